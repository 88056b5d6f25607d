"""QUO001: A quotation has no speaker."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ATTRIBUTION, GUARDIAN_QUOTES, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.rule import Match, Need, QuotationPolicy, Rule, Severity
from attribution.records import PlaceKind, Quotation

LONGEST = 40
"""The most characters of a quotation that a message repeats."""


@Rule(
    id="QUO001",
    name="unattributed-quote",
    summary="A quotation has no speaker.",
    rationale="Words in quotation marks are somebody's. A reader who is not told whose cannot judge them, and may take"
    " them for the paper's.",
    bad="“The bridge was never safe.” Work stops on Friday.",
    good="“The bridge was never safe,” site engineer Ola Brandt said.",
    severity=Severity.ERROR,
    guidelines=(REUTERS_SOURCING, GUARDIAN_QUOTES, AP_ATTRIBUTION),
    needs=frozenset({Need.QUOTATIONS, Need.SYNTAX, Need.DOCUMENT}),
    quotations=QuotationPolicy.INSIDE,
    settings=("quotation-words",),
    limits="Fires only where the report calls the voice of the quoted words unclear, and not where the words beside"
    " them, or somebody in the sentence before or after, lead a reader to the speaker. Quotations shorter than the"
    " configured number of words are skipped.",
)
def unattributed_quote(context: Context) -> Iterator[Match]:
    for place in context.analysis.places:
        if place.kind is not PlaceKind.SPEAKER_UNCLEAR:
            continue
        quotation = context.quotation_around(place.spans[0])
        if quotation is None or _length(context, quotation) < context.settings.quotation_words:
            continue
        yield Match(
            place.spans[0],
            f"nobody is named as the speaker of {_shortened(context.text(quotation.span))}",
            place.remedy,
            claim=place.claim,
        )


def _length(context: Context, quotation: Quotation) -> int:
    return sum(any(map(str.isalnum, word)) for word in context.text(quotation.parts).split())


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]}…”"
