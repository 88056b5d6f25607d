"""Finds what a newsroom's rule looks at: words, or records of the analysis, each with the records it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attribution.linting.context import Context
from attribution.linting.house.records import Mark, Position, Subject
from attribution.linting.house.wording import Wording
from attribution.linting.predicates.cues import cue_span
from attribution.linting.predicates.surroundings import is_lead
from attribution.records import Attribution, BlockKind, Claim, Hedge, Sentence, Span

HEADLINE, LEAD, BODY, CAPTION = "headline", "lead", "body", "caption"

_POSITIONS = {BlockKind.HEADLINE: HEADLINE, BlockKind.CAPTION: CAPTION}
_NOT_PROSE = frozenset({BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.SPEAKER, BlockKind.QUESTION})


@dataclass(frozen=True)
class Candidate:
    """A place that a rule may report, with what conditions are asked of.

    ``words`` are those found; ``entry`` is the entry of the rule that they are of, empty for records.
    """

    words: Span
    sentence: Sentence
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    hedges: tuple[Hedge, ...]
    entry: str = ""


def candidates_with_words(context: Context, wording: Wording) -> Iterator[Candidate]:
    """Each place of the words, with the claim in which they stand and the attributions that have them as a part."""
    for sentence in prose(context):
        for span, entry in wording.find(context, sentence, sentence.tokens):
            claim = context.claim_at(span)
            hedges = [hedge for hedge in context.hedges_in(sentence) if any(map(span.overlaps, hedge.spans))]
            yield Candidate(
                span,
                sentence,
                tuple(found for found in context.attributions if part_with(found, span) is not None),
                () if claim is None else (claim,),
                tuple(hedges) or _hedges_on(context, () if claim is None else (claim,)),
                entry,
            )


def candidates_of(context: Context, subject: Subject) -> Iterator[Candidate]:
    """Each attribution, claim, hedge, quotation or sentence of the article's prose."""
    wanted = {sentence.id for sentence in prose(context)}
    found = {
        "attribution": _attributions,
        "claim": _claims,
        "hedge": _hedges,
        "quotation": _quotations,
        "sentence": _sentences,
    }[subject](context)
    return (candidate for candidate in found if candidate.sentence.id in wanted)


def prose(context: Context) -> list[Sentence]:
    """The sentences of headlines, captions and text: no bylines, datelines, labels or questions."""
    return [sentence for sentence in context.sentences if context.block(sentence) not in _NOT_PROSE]


def position_of(context: Context, sentence: Sentence) -> Position:
    """Where in the article the sentence stands."""
    found = _POSITIONS.get(context.block(sentence))
    if found == HEADLINE:
        return "headline"
    if found == CAPTION:
        return "caption"
    return "lead" if is_lead(context, sentence) else "body"


def part_with(attribution: Attribution, words: Span) -> str | None:
    """The part of an attribution in which words stand: its cue, its source or its content; None if in none."""
    for part, spans in (
        ("cue", attribution.cue.spans),
        ("source", attribution.source.spans),
        ("content", attribution.content.spans),
    ):
        if any(span.overlaps(words) for span in spans):
            return part
    return None


def place_of(candidate: Candidate, mark: Mark, attribution: Attribution | None, claim: Claim | None) -> Span:
    """The words that a finding underlines; those found where what is to be marked has none."""
    spans: Sequence[Span] = ()
    match mark:
        case "source":
            spans = attribution.source.spans if attribution is not None else ()
        case "cue":
            spans = (cue_span(attribution),) if attribution is not None and attribution.cue.spans else ()
        case "content":
            spans = attribution.content.spans if attribution is not None else ()
        case "claim":
            spans = claim.spans if claim is not None else ()
        case "sentence":
            spans = (candidate.sentence.span,)
    return spans[0] if spans else candidate.words


def _attributions(context: Context) -> Iterator[Candidate]:
    for attribution in context.attributions:
        claims = tuple(claim for claim in context.analysis.claims if attribution.id in claim.attributions)
        if attribution.cue.spans:
            words = cue_span(attribution)
        else:
            words = (*attribution.source.spans, *attribution.content.spans)[0]
        sentence = context.sentence(attribution.sentence)
        yield Candidate(words, sentence, (attribution,), claims, _hedges_on(context, claims))


def _claims(context: Context) -> Iterator[Candidate]:
    for claim in context.analysis.claims:
        sentence = context.sentence(claim.sentence)
        words = claim.spans[0] if claim.spans else sentence.span
        chain = tuple(context.index.provenance(claim))
        yield Candidate(words, sentence, chain, (claim,), _hedges_on(context, (claim,)))


def _hedges(context: Context) -> Iterator[Candidate]:
    for hedge in context.analysis.hedges:
        claims = tuple(claim for claim in context.analysis.claims if hedge.id in claim.hedges)
        words = Span(hedge.spans[0].start, hedge.spans[-1].end)
        yield Candidate(words, context.sentence(hedge.sentence), _above(context, claims), claims, (hedge,))


def _quotations(context: Context) -> Iterator[Candidate]:
    for quotation in context.quotations:
        sentence = context.sentence_at(quotation.parts[0].start)
        if sentence is None:
            continue
        claims = tuple(
            claim
            for claim in context.analysis.claims
            if any(part.overlaps(span) for part in quotation.parts for span in claim.spans)
        )
        speaker = context.index.attributions.get(quotation.attribution or "")
        attributions = () if speaker is None else (speaker,)
        yield Candidate(quotation.parts[0], sentence, attributions, claims, _hedges_on(context, claims))


def _sentences(context: Context) -> Iterator[Candidate]:
    for sentence in context.sentences:
        claims = context.claims_in(sentence)
        attributions = context.index.attributions_in(sentence)
        yield Candidate(sentence.span, sentence, attributions, claims, context.hedges_in(sentence))


def _above(context: Context, claims: Sequence[Claim]) -> tuple[Attribution, ...]:
    found = {attribution.id: attribution for claim in claims for attribution in context.index.provenance(claim)}
    return tuple(found.values())


def _hedges_on(context: Context, claims: Sequence[Claim]) -> tuple[Hedge, ...]:
    found = {hedge.id: hedge for claim in claims for hedge in context.index.hedges_on(claim)}
    return tuple(found.values())
