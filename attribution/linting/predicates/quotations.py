"""Quotations and what is within them."""

from __future__ import annotations

from attribution.linting.context import Context
from attribution.records import Attribution, Quotation, Sentence


def sentences_of(context: Context, quotation: Quotation) -> list[Sentence]:
    """The sentences that share words with a quotation."""
    return context.sentences_over(quotation.parts)


def is_inside(attribution: Attribution, quotation: Quotation) -> bool:
    """Whether the attribution is within the quoted words, so that it does not tell who is quoted."""
    return any(part.covers(attribution.cue.spans[0]) for part in quotation.parts)
