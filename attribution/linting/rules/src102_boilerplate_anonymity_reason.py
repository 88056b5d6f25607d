"""SRC102: The reason given for anonymity is a set phrase."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import NYT_BOILERPLATE
from attribution.linting.context import Context
from attribution.linting.predicates.cues import reports
from attribution.linting.predicates.surroundings import without_adverbs
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Sentence, Span


@Rule(
    id="SRC102",
    name="boilerplate-anonymity-reason",
    summary="The reason given for anonymity is a set phrase.",
    rationale="“Not authorised to speak” is true of nearly every source and explains nothing; readers have learned to"
    " read past it.",
    bad="“The merger is off,” said a manager, who was not authorised to speak publicly.",
    good="“The merger is off,” said a manager, who spoke on condition of anonymity because the firm has threatened to"
    " sack staff who talk to reporters.",
    severity=Severity.INFO,
    guidelines=(NYT_BOILERPLATE,),
    needs=frozenset({Need.LEXICON}),
)
def boilerplate_anonymity_reason(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        found = context.phrases(sentence.tokens, "rote-reason") or context.phrases(
            without_adverbs(sentence), "rote-reason"
        )
        for run in found:
            if not _is_about_anonymity(context, sentence):
                continue
            span = Span(run[0].start, run[-1].end)
            yield Match(
                span,
                f"“{context.text(span)}” is a rote reason that tells a reader nothing",
                "Say what the source risks, or why nobody would say it on the record.",
            )


def _is_about_anonymity(context: Context, sentence: Sentence) -> bool:
    near = (*context.before(sentence, 1), sentence)
    return bool(context.phrases(sentence.tokens, "anonymity-reason")) or any(
        attribution.source.kind.is_unnamed_person and reports(attribution)
        for close in near
        for attribution in context.attributions_in(close)
    )
