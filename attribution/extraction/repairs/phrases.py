"""Repairs of fixed phrases, and of brackets."""

from __future__ import annotations

from attribution.extraction.repairs.pattern import Case
from attribution.extraction.repairs.stretches import edge_marks
from attribution.extraction.roles import Roles


def clause_after_phrase(case: Case, roles: Roles) -> Roles | None:
    """*According to Irma Vant, the crew’s boat leaks*: the source of an opening phrase ends at the comma.

    Parsers take the clause after the comma for an apposition of the source.
    """
    context = case.context
    cue = sorted(roles.cue)
    if roles.content or not cue or any(context.is_word(index) for index in range(cue[0])):
        return None
    comma = next((index for index in sorted(roles.source) if context.tokens[index].text == ","), None)
    if comma is None or comma <= cue[-1]:
        return None
    rest = frozenset(range(comma + 1, len(context)))
    content = rest - edge_marks(context, sorted(rest))
    return Roles(roles.cue, frozenset(range(cue[-1] + 1, comma)), content, roles.other - content)


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
