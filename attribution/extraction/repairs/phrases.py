"""Repairs of fixed phrases, and of brackets."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.repairs.pattern import Case
from attribution.extraction.repairs.stretches import edge_marks
from attribution.extraction.roles import Roles


def clause_after_phrase(case: Case, roles: Roles) -> Roles | None:
    """*According to Irma Vant, the crew’s boat leaks*: the source of an opening phrase ends at the comma.

    Parsers take the clause after the comma for an apposition of the source.
    """
    context = case.context
    cue = sorted(roles.cue)
    if roles.content or not cue or not context.opens(cue[0]):
        return None
    comma = next((index for index in sorted(roles.source) if context.tokens[index].text == ","), None)
    if comma is None or comma <= cue[-1]:
        return None
    rest = frozenset(range(comma + 1, len(context)))
    content = rest - edge_marks(context, sorted(rest))
    return Roles(roles.cue, frozenset(range(cue[-1] + 1, comma)), content, roles.other - content)


def main_verb_without_subject(case: Case, roles: Roles) -> Roles | None:
    """*According to Irma Vant, the crew, who row daily, is safe*: a verb without a subject has that behind the comma.

    Parsers take the subject for an apposition of the source.
    """
    context = case.context
    tree = context.tree
    if not roles.content or not roles.source or not context.opens(min(roles.cue, default=0)):
        return None
    comma = next((index for index in sorted(roles.source) if context.tokens[index].text == ","), None)
    verbs = [index for index in roles.content if tree.head(index) not in roles.content and context.is_word(index)]
    if comma is None or len(verbs) != 1 or min(roles.content) < max(roles.source):
        return None
    if not grammar.is_finite(tree, verbs[0]) or context.subject(verbs[0]) is not None:
        return None
    moved = frozenset(index for index in roles.source if index > comma)
    if not any(tree.matches(index, "appos") for index in moved):
        return None
    between = frozenset(range(comma + 1, min(roles.content)))
    return Roles(roles.cue, roles.source - moved - {comma}, roles.content | between, roles.other - between)


def named_by_copula(case: Case, roles: Roles) -> Roles | None:
    """*That is according to a new survey*: the noun is the source, with all that modifies it, but not the verb."""
    context = case.context
    tree = context.tree
    cue = sorted(roles.cue)
    noun = tree.head(case.cue)
    if noun is None or noun < case.cue or not tree.children(noun, "cop") or not tree.matches(case.cue, "case"):
        return None
    phrase = frozenset(index for index in tree.subtree(noun) if index > cue[-1])
    source = phrase - edge_marks(context, sorted(phrase))
    return Roles(roles.cue, source, roles.content - source, roles.other - source)


def bracketed_aside(case: Case, roles: Roles) -> Roles | None:
    """*… said on Wednesday [14 November]*: words in brackets alone are not content."""
    context, cue = case.context, case.cue
    inside: set[int] = set()
    depth = 0
    for index, token in enumerate(context.tokens):
        depth += token.text in {"[", "("}
        if depth:
            inside.add(index)
        depth -= token.text in {"]", ")"} and depth > 0
    beyond = {index for index in roles.content if index > cue}
    if beyond and beyond & inside and all(not context.is_word(index) or index in inside for index in beyond):
        if cue not in inside and beyond != roles.content:
            return Roles(roles.cue, roles.source, roles.content - beyond, roles.other | beyond)
    if not roles.content or not roles.content <= inside or cue in inside:
        return None
    return Roles(roles.cue, roles.source, frozenset(), roles.other | roles.content)
