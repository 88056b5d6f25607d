"""QUO001: A quotation has no speaker."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ATTRIBUTION, GUARDIAN_QUOTES, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.rule import Match, Need, QuotationPolicy, Rule, Severity
from attribution.records import Claim, Quotation, Voice

LONGEST = 40
"""Characters of a quotation that a message repeats."""


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
    limits="Fires where the report calls the voice of quoted words unclear. Titles, terms and scare quotes are no"
    " speech; quotations shorter than the configured number of words are passed over.",
)
def unattributed_quote(context: Context) -> Iterator[Match]:
    unclear = [claim for claim in context.analysis.claims if claim.voice is Voice.UNCLEAR]
    for quotation in context.quotations:
        claim = next((claim for claim in unclear if _stands_in(claim, quotation)), None)
        if (
            claim is None
            or quotation.parent is not None
            or _length(context, quotation) < context.settings.quotation_words
        ):
            continue
        yield Match(
            next(part for part in quotation.parts for span in claim.spans if part.overlaps(span)),
            f"nobody is named as the speaker of {_shortened(context.text(quotation.span))}",
            "Say who said it, at the latest where the first sentence of the quotation ends.",
            claim=claim.id,
        )


def _stands_in(claim: Claim, quotation: Quotation) -> bool:
    return any(part.overlaps(span) for part in quotation.parts for span in claim.spans)


def _length(context: Context, quotation: Quotation) -> int:
    return sum(any(map(str.isalnum, word)) for word in context.text(quotation.parts).split())


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]}…”"
