"""HDG303: “Reportedly”, “allegedly” or similar, and nothing in the paragraph says who reports or alleges it."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ALLEGEDLY, NPR_IDENTIFY
from attribution.linting.context import Context
from attribution.linting.predicates.claims import claim_id_at
from attribution.linting.predicates.cues import cue_token, has_cue_of, reports
from attribution.linting.predicates.hedges import hearsay_adverbs, marked_predicate
from attribution.linting.predicates.surroundings import has_words
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Attribution, Frame, Hedge, SourceKind

CASE_TOLD = 2
"""How many sentences before may tell of the arrest or charge."""


@Rule(
    id="HDG303",
    name="sourceless-hedge",
    summary="“Reportedly”, “allegedly” or similar, and nothing in the paragraph says who reports or alleges it.",
    rationale="The word admits that somebody else said so, and hides who. It tells readers that the paper did not"
    " check, and leaves them unable to.",
    bad="The star has reportedly left.",
    good="The star has left, her agent told us.",
    severity=Severity.WARNING,
    guidelines=(NPR_IDENTIFY, AP_ALLEGEDLY),
    needs=frozenset({Need.LEXICON, Need.DOCUMENT}),
    limits="“Apparently” and “supposedly” are skipped: they mostly express what the writer infers or doubts.",
)
def sourceless_hedge(context: Context) -> Iterator[Match]:
    for hedge in hearsay_adverbs(context):
        span = hedge.spans[0]
        if not _tells_whence(context, hedge) and not _is_legal_caution(context, hedge):
            yield Match(
                span,
                f"“{hedge.text}” does not say who says so",
                "Say who reports or alleges it; if nobody does, leave it out.",
                claim=claim_id_at(context, span),
            )


def _tells_whence(context: Context, hedge: Hedge) -> bool:
    """Whether the sentence has a source, or a report or accusation beside it in the paragraph has one."""
    sentence = context.sentence(hedge.sentence)
    span = hedge.spans[0]
    for near in context.paragraph(sentence):
        for attribution in context.attributions_in(near):
            kind = attribution.source.kind
            if not attribution.source.spans or kind.is_nobody or kind is SourceKind.VAGUE_COLLECTIVE:
                continue
            if any(cue.overlaps(span) for cue in attribution.cue.spans):
                continue
            tells = near == sentence and reports(attribution) and not _is_relayed(context, hedge, attribution)
            if tells or any(content.covers(span) for content in attribution.content.spans):
                return True
            if kind in (SourceKind.OUTLET, SourceKind.DOCUMENT) or has_cue_of(context, attribution, "passing-on"):
                return True
    return any(
        reports(attribution) and _is_found(context, attribution)
        for near in context.after(sentence, 1)
        for attribution in context.attributions_in(near)
    )


def _is_relayed(context: Context, hedge: Hedge, attribution: Attribution) -> bool:
    """Whether the report itself is only hearsay: *has reportedly suggested* does not tell who reports it."""
    cue = cue_token(context, attribution)
    return cue is not None and marked_predicate(context, context.sentence(hedge.sentence), hedge) == cue.index


def _is_found(context: Context, attribution: Attribution) -> bool:
    """Whether a reader finds who reports it: an outlet, a document, a post, or *according to* somebody with a name."""
    if attribution.source.kind in (SourceKind.OUTLET, SourceKind.DOCUMENT):
        return True
    told = attribution.frame is Frame.PHRASE or has_cue_of(context, attribution, "posting")
    return told and any(entity.named for entity in context.entities(attribution))


def _is_legal_caution(context: Context, hedge: Hedge) -> bool:
    """Whether the law requires the hedge: *was arrested for allegedly poisoning the well*, here or just before."""
    sentence = context.sentence(hedge.sentence)
    alleged = hedge.text.lower() in context.lexicon.words_for("legal-caution")
    return alleged and has_words(context, [*context.before(sentence, CASE_TOLD), sentence], "proceeding")
