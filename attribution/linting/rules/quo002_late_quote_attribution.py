"""QUO002: A quotation runs over several sentences before the reader learns who is speaking."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import GUARDIAN_QUOTES, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.predicates.quotations import is_inside, sentences_of
from attribution.linting.predicates.surroundings import word_count
from attribution.linting.rule import Match, Need, QuotationPolicy, Rule, Severity
from attribution.records import Attribution, Quotation, SourceKind

SHOUT = 4
"""The fewest quoted words after which a reader waits for the speaker: *I know. I know.* keeps nobody waiting."""


@Rule(
    id="QUO002",
    name="late-quote-attribution",
    summary="A quotation runs over several sentences before the reader learns who is speaking.",
    rationale="A reader weighs words by who says them. Agencies ask that the speaker be known by the end of the first"
    " quoted sentence.",
    bad="“It failed. We knew. Nobody acted. It was on paper for a year,” said Ola Brandt, the site engineer.",
    good="“It failed,” said Ola Brandt, the site engineer. “We knew. Nobody acted. It was on paper for a year.”",
    severity=Severity.WARNING,
    guidelines=(REUTERS_SOURCING, GUARDIAN_QUOTES),
    needs=frozenset({Need.QUOTATIONS}),
    quotations=QuotationPolicy.INSIDE,
    settings=("late-quotation-sentences",),
)
def late_quote_attribution(context: Context) -> Iterator[Match]:
    for quotation in context.quotations:
        if quotation.parent is not None or not quotation.closed:
            continue
        sentences = [sentence for sentence in sentences_of(context, quotation) if quotation.start <= sentence.start + 1]
        over = [
            attribution
            for attribution in context.attributions_of(quotation.parts[0])
            if attribution.source.spans and not is_inside(attribution, quotation)
        ]
        if not over or any(_place(attribution) < quotation.end for attribution in over):
            continue
        speaker_known = min(map(_place, over))
        unsourced = [
            sentence for sentence in sentences if sentence.end <= speaker_known and sentence.end <= quotation.end
        ]
        if sum(map(word_count, unsourced)) < SHOUT:
            continue
        if len(unsourced) < context.settings.late_quotation_sentences or _is_known_already(context, quotation, over[0]):
            continue
        if not any(entity.kind is SourceKind.NAMED_PERSON for entity in context.entities(over[0])):
            continue
        if _answers(context, quotation) or _is_hinted_at(context, quotation, over[0]):
            continue
        speaker = over[0]
        yield Match(
            quotation.parts[0],
            f"only after {len(unsourced)} quoted sentences do readers learn that"
            f" “{context.text(speaker.source.spans)}” is speaking",
            "Name the speaker before the quotation or after its first sentence.",
            attribution=speaker.id,
        )


def _is_hinted_at(context: Context, quotation: Quotation, attribution: Attribution) -> bool:
    """Whether the last two paragraphs have a word that starts like the speaker's surname: misspelt, or a plural."""
    names = [entity.name.split()[-1] for entity in context.entities(attribution) if entity.name]
    first = context.sentence_at(quotation.start)
    if first is None or not names:
        return False
    start = context.draft.blocks[max(0, first.block - 2)].span.start
    words = context.draft.text[start : quotation.start].lower().split()
    return any(word.strip("“”‘’'\"(").startswith(name.lower()[:5]) for name in names for word in words)


def _answers(context: Context, quotation: Quotation) -> bool:
    """Whether the quotation answers a question before it, as in an interview."""
    return "?" in context.draft.text[: quotation.start].rstrip()[-60:]


def _place(attribution: Attribution) -> int:
    """The place where the reader first learns who is speaking."""
    return min(span.start for span in (*attribution.source.spans, *attribution.cue.spans))


def _is_known_already(context: Context, quotation: Quotation, attribution: Attribution) -> bool:
    """Whether this paragraph so far, or the one before, mentions the speaker; a pronoun means somebody known."""
    sentence = context.sentence_at(quotation.start)
    if sentence is None:
        return False
    entity = context.entity(attribution)
    start = context.draft.blocks[max(0, sentence.block - 1)].span.start
    names = context.tokens(context.source_sentence(attribution), attribution.source.spans)
    if names and all(name.upos in ("PRON", "DET") for name in names):
        return True
    if any(name.upos == "PROPN" and name.text in context.draft.text[start : quotation.start] for name in names):
        return True
    if entity is not None and any(start <= mention.start < quotation.start for mention in entity.mentions):
        return True
    return entity is None and any(
        other.source.spans
        and other.cue.spans[0].start < quotation.start
        and (other.source.entity == entity or entity is None)
        for near in (*context.sentences_in(sentence.block - 1), *context.sentences_in(sentence.block))
        for other in context.attributions_in(near)
    )
