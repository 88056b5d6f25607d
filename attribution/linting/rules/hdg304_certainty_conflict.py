"""HDG304: A hedge and a word of certainty modify the same predicate."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BBC_ACCURACY
from attribution.linting.context import Context
from attribution.linting.predicates.claims import claim_id_at
from attribution.linting.predicates.hedges import is_single_word_hedge, marked_predicate
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Hedge, HedgeCategory, Sentence, Span


@Rule(
    id="HDG304",
    name="certainty-conflict",
    summary="A hedge and a word of certainty modify the same predicate.",
    rationale="The two cancel each other, and the reader is left to guess how sure the paper is.",
    bad="It was clearly possibly deliberate.",
    good="It was possibly deliberate, the inspector said.",
    severity=Severity.WARNING,
    guidelines=(BBC_ACCURACY,),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
)
def certainty_conflict(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        boosters = [
            (marked_predicate(context, sentence, booster), booster)
            for booster in context.boosters_in(sentence)
            if booster.text.lower() in context.lexicon.words_for("certainty")
        ]
        for hedge in context.hedges_in(sentence):
            if not _is_doubt(context, sentence, hedge) or context.is_quoted(hedge.spans[0]):
                continue
            predicate = marked_predicate(context, sentence, hedge)
            for other, booster in boosters:
                if predicate is None or other != predicate or context.is_quoted(booster.spans[0]):
                    continue
                both = (hedge.spans[0], hedge.spans[-1], booster.spans[0], booster.spans[-1])
                yield Match(
                    Span(min(span.start for span in both), max(span.end for span in both)),
                    f"“{booster.text}” says that it is certain, “{hedge.text}” that it is not",
                    "Choose one.",
                    claim=claim_id_at(context, hedge.spans[0]),
                )


def _is_doubt(context: Context, sentence: Sentence, hedge: Hedge) -> bool:
    """Whether the hedge is an adverb of doubt, *may* or *might*; *could certainly* rates a possibility."""
    if hedge.category is HedgeCategory.MODAL:
        return hedge.text.lower() in ("may", "might")
    return hedge.category in (HedgeCategory.EPISTEMIC, HedgeCategory.HEARSAY) and is_single_word_hedge(
        context, sentence, hedge
    )
