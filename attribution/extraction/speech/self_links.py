"""Attributions by which speakers attribute to themselves what they are quoted with."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.extraction.found import Found
from attribution.extraction.quotation_kinds import FIRST_PERSON


def without_self_links(found: Sequence[Found]) -> list[Found]:
    """*“I shouted twice,” said Aras*: what speakers say of themselves in their own quotation makes no second link.

    Attributions within one that is left out hang on the speaker's.
    """
    left_out = {id(one) for one in found if one.parent is not None and _is_self(one)}
    kept = [one for one in found if id(one) not in left_out]
    for one in kept:
        while one.parent is not None and id(one.parent) in left_out:
            one.parent = one.parent.parent
    return kept


def _is_self(one: Found) -> bool:
    """Whether an attribution in a quotation has its speaker for source: *I*, *we*."""
    context = one.context
    words = [context.tree.forms[index] for index in one.roles.source if context.is_word(index)]
    if not context.in_quotation[one.candidate.head] or not words or not set(words) <= FIRST_PERSON:
        return False
    speaker = one.parent
    while speaker is not None and _stands_quoted(speaker):
        speaker = speaker.parent
    return speaker is not None and bool(speaker.source)


def _stands_quoted(one: Found) -> bool:
    return one.context.in_quotation[one.candidate.head]
