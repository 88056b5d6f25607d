"""Repairs of fixed phrases, and of brackets."""

from __future__ import annotations

from functools import lru_cache

from attribution.extraction.context import SentenceContext
from attribution.extraction.repairs.pattern import Case
from attribution.extraction.repairs.stretches import edge_marks
from attribution.extraction.roles import Roles


def named_by_copula(case: Case, roles: Roles) -> Roles | None:
    """*That is according to a new survey*: the noun is the source, with all that modifies it, but not the verb."""
    context = case.context
    tree = context.tree
    cue = sorted(roles.cue)
    noun = tree.head(case.cue)
    if noun is None or noun < case.cue or not tree.has_child(noun, "cop") or not tree.matches(case.cue, "case"):
        return None
    phrase = frozenset(index for index in tree.subtree(noun) if index > cue[-1])
    source = phrase - edge_marks(context, sorted(phrase))
    return Roles(roles.cue, source, roles.content - source, roles.other - source)


@lru_cache(maxsize=1)  # asked for each cue of a sentence
def _bracketed(context: SentenceContext) -> frozenset[int]:
    """The tokens in brackets."""
    inside: set[int] = set()
    depth = 0
    for index, token in enumerate(context.tokens):
        depth += token.text in {"[", "("}
        if depth:
            inside.add(index)
        depth -= token.text in {"]", ")"} and depth > 0
    return frozenset(inside)


def bracketed_aside(case: Case, roles: Roles) -> Roles | None:
    """*… said on Wednesday [14 November]*: words in brackets alone are not content."""
    context, cue = case.context, case.cue
    inside = _bracketed(context)
    beyond = {index for index in roles.content if index > cue}
    if beyond and beyond & inside and all(not context.is_word(index) or index in inside for index in beyond):
        if cue not in inside and beyond != roles.content:
            return Roles(roles.cue, roles.source, roles.content - beyond, roles.other | beyond)
    if not roles.content or not roles.content <= inside or cue in inside:
        return None
    return Roles(roles.cue, roles.source, frozenset(), roles.other | roles.content)
