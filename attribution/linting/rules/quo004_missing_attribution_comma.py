"""QUO004: A quotation runs into the words that say whose it is, without a comma."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import GUARDIAN_QUOTES
from attribution.linting.context import Context
from attribution.linting.edits import Applicability, Edit, Fix
from attribution.linting.predicates.cues import speaks
from attribution.linting.rule import BODY, Match, Need, QuotationPolicy, Rule, Severity
from attribution.records import Attribution, Quotation, Span


@Rule(
    id="QUO004",
    name="missing-attribution-comma",
    summary="A quotation runs into the words that say whose it is, without a comma.",
    rationale="The comma tells a reader that the quotation is over and the paper speaks again.",
    bad="“The bridge is safe” the mayor said.",
    good="“The bridge is safe,” the mayor said.",
    severity=Severity.INFO,
    guidelines=(GUARDIAN_QUOTES,),
    needs=frozenset({Need.QUOTATIONS, Need.SYNTAX}),
    quotations=QuotationPolicy.BOTH,
    blocks=BODY,
    limits="Only quotations that open their sentence, with the speaker or the verb right behind them.",
)
def missing_attribution_comma(context: Context) -> Iterator[Match]:
    for quotation in context.quotations:
        attribution = context.index.attributions.get(quotation.attribution or "")
        if attribution is None or not _runs_on(context, quotation, attribution):
            continue
        span = _next_words(context, quotation, attribution)
        if span is None:
            continue
        mark = Span(quotation.end - 1, quotation.end)
        sign = context.draft.text[mark.start : mark.end]
        yield Match(
            span,
            f"no comma stands between the quotation and “{context.text(span)}”",
            "Put a comma before the closing quotation mark.",
            attribution=attribution.id,
            fixes=(
                Fix(
                    title="Put a comma before the closing quotation mark",
                    edits=(Edit(mark, f",{sign}"),),
                    applicability=Applicability.SAFE,
                ),
            ),
        )


def _runs_on(context: Context, quotation: Quotation, attribution: Attribution) -> bool:
    """Whether a quotation of somebody's words opens its sentence and ends without a mark, before the attribution."""
    if not quotation.closed or quotation.parent is not None or not quotation.speech:
        return False
    if not attribution.frame.governs_sentence or not speaks(attribution):
        return False
    sentence = context.sentence(attribution.sentence)
    opens = quotation.start in context.kept(_starts_of_sentences)
    inside = context.draft.text[quotation.end - 2]
    return opens and inside.isalnum() and quotation.end < sentence.end and context.draft.text[quotation.end] == " "


def _starts_of_sentences(context: Context) -> frozenset[int]:
    return frozenset(sentence.start for sentence in context.sentences)


def _next_words(context: Context, quotation: Quotation, attribution: Attribution) -> Span | None:
    """The source or the cue, if it is what comes right after the quotation, and no word of it is quoted."""
    spans = sorted((*attribution.source.spans, *attribution.cue.spans))
    if any(span.overlaps(part) for span in spans for part in quotation.parts):
        return None
    first = spans[0]
    return first if first.start == quotation.end + 1 else None
