"""Attributions shown by the layout: turns of interviews, signed and announced block quotations, embedded posts.

``ingest`` has marked the blocks that have a speaker. Each stretch of such blocks becomes an attribution: the words of
the label are its source, the label's colon or dash its cue (else the label itself; for answers without a label the
question mark), the blocks its content. Attributions that the grammar found inside are nested in it, except those of
the speaker to themselves (*I think*).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from attribution.extraction.mention import FIRST_PERSON
from attribution.extraction.name_words import singular
from attribution.extraction.names import TIME_WORDS
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import stripped, text_of, without
from attribution.extraction.turns.block_quotations import announced, going_on
from attribution.extraction.turns.interviewee import Interviewee
from attribution.extraction.turns.regions import (
    Region,
    blocks_over,
    direct_speech,
    dispatches,
    numbered,
    regions_of,
    sentence_at,
    sentence_before,
)
from attribution.ingest.labels import is_personal_name, part_of
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.parsing.segmentation import is_lower_case_word
from attribution.records import (
    Attribution,
    Block,
    BlockKind,
    Content,
    Frame,
    Quotation,
    Sentence,
    SourceKind,
    SourceMention,
    Span,
)


def add_turns(
    doc: Doc, quotations: Sequence[Quotation], attributions: Sequence[Attribution], lexicon: Lexicon
) -> tuple[Attribution, ...]:
    """The attributions with those shown by the layout, renumbered in text order.

    Attributions in labels and in an interviewer's questions are dropped, those in an interviewer's statements are kept.
    No content extends into another entry of a live blog, or into a turn from outside it.
    """
    regions = sorted([*regions_of(doc), *dispatches(doc, lexicon)], key=lambda region: region.first)
    kept = [attribution for attribution in attributions if not _is_label_of_nobody(doc, attribution, lexicon)]
    asking = (BlockKind.SPEAKER, BlockKind.QUESTION)
    if not regions and not any(block.section or block.kind in asking for block in doc.draft.blocks):
        return numbered(kept) if len(kept) < len(attributions) else tuple(attributions)
    kept = [attribution for attribution in kept if not _is_asked(doc, _sentence(doc, attribution))]
    kept = [_within_section(doc, attribution) for attribution in kept]
    answering = Interviewee(doc, quotations, lexicon)
    known = {attribution.id: attribution for attribution in kept}
    cued = {sentence: [attribution.id for attribution in here] for sentence, here in _by_sentence(kept).items()}
    touching = SpanIndex(
        (span, attribution.id)
        for attribution in kept
        for span in (attribution.cue.spans[0], *attribution.content.spans)
    )
    added: list[Attribution] = []
    for region in regions:
        identifier = f"turn-{region.first}"
        before = sentence_before(doc, region)
        here = () if before is None else [known[number] for number in cued.get(before.id, ()) if number in known]
        told = (
            _turn(doc, region, answering, identifier)
            or announced(doc, region, before, here, identifier)
            or going_on(doc, region, before, here, identifier)
        )
        if told is None:
            continue
        known.pop(told.id, None)
        near = {number for span in region.spans for number in touching.overlapping(span) if number in known}
        for number in [number for number in near if _is_own(known[number], region)]:
            near.remove(number)
            del known[number]
        inside = {number for number in near if region.holds(known[number].cue.spans[0])}
        for number in near:
            known[number] = _beside(doc, known[number], region, told, inside)
        added.append(told)
    kept = list(known.values())
    added += _quoted_above(doc, quotations, [*kept, *added], answering)
    return numbered([*kept, *added])


def _by_sentence(attributions: Iterable[Attribution]) -> dict[str, list[Attribution]]:
    found: dict[str, list[Attribution]] = {}
    for attribution in attributions:
        found.setdefault(attribution.sentence, []).append(attribution)
    return found


def _is_asked(doc: Doc, sentence: Sentence) -> bool:
    """Whether a sentence is a label or an interviewer's question, and so reports nothing."""
    kind = doc.block_kind(sentence)
    asked = kind is BlockKind.QUESTION and sentence.text.rstrip("\"'”’)] ").endswith("?")
    return asked or kind is BlockKind.SPEAKER


def _sentence(doc: Doc, attribution: Attribution) -> Sentence:
    return doc.sentences[doc.positions[attribution.sentence]]


def _turn(doc: Doc, region: Region, answering: Interviewee, identifier: str) -> Attribution | None:
    """The attribution of a region with a speaker named by the layout, or of answers to an interviewer."""
    block = region.blocks[0]
    if block.speaker is None and block.kind is not BlockKind.TURN:
        return None
    if block.speaker is None:
        before = (doc.draft.blocks[number] for number in reversed(range(region.first)))
        question = next((earlier for earlier in before if earlier.kind is BlockKind.QUESTION), None)
        if question is None:
            return None
        cue = (Span(question.span.end - 1, question.span.end),)
        sentence = sentence_at(doc, question.span.end - 1)
        source = answering.source() or SourceMention((), "", SourceKind.ANONYMOUS, reason=NOBODY_NAMED)
        frame = Frame.TURN
    else:
        sentence = sentence_at(doc, block.speaker.start)
        words = doc.draft.text[block.speaker.start : block.speaker.end]
        cue = (_cue_of_label(doc, block.speaker),)
        source = answering.source_of_label(block.speaker, words)
        frame = _frame(doc, block)
    if sentence is None:
        return None
    return direct_speech(doc, identifier, sentence, cue, source, region.spans, frame)


def _cue_of_label(doc: Doc, speaker: Span) -> Span:
    """The colon or dash of the label that names the speaker; without one, the speaker's name."""
    label = _label_around(doc, speaker)
    for offset in (label.end - 1, label.start):
        marks = MARKS + ".)" if len(speaker) == 1 else MARKS
        if doc.draft.text[offset] in marks and not speaker.start <= offset < speaker.end:
            return Span(offset, offset + 1)
    return speaker


def _label_around(doc: Doc, speaker: Span) -> Span:
    """The block that holds the speaker's name; the name itself where no block does."""
    return next((block.span for block in blocks_over(doc, speaker) if block.span.covers(speaker)), speaker)


def _frame(doc: Doc, block: Block) -> Frame:
    if block.kind is not BlockKind.BLOCK_QUOTE or block.speaker is None:
        return Frame.TURN
    label = _label_around(doc, block.speaker)
    return Frame.POST if "@" in doc.draft.text[label.start : label.end] else Frame.SIGNATURE


def _is_label_of_nobody(doc: Doc, attribution: Attribution, lexicon: Lexicon) -> bool:
    """Whether a colon was taken for a cue after a label that names no speaker (*Monday: …*, *Parking: …*).

    Such a label opens its block and is a day, a month, or a common noun that is no source noun; in a list, anything but
    a source noun or the full name of a person.
    """
    block = doc.block(_sentence(doc, attribution))
    spans = attribution.source.spans
    if attribution.cue.text != ":" or not spans or spans[0].start != block.span.start:
        return False
    words = attribution.source.text.split()
    if words[0].lower() in TIME_WORDS:
        return True
    last = words[-1].lower()
    if part_of(attribution.source.text) is not None or any(map(lexicon.source_nouns_of, (last, singular(last)))):
        return False
    if block.kind is BlockKind.LIST_ITEM:
        return not is_personal_name(attribution.source.text)
    return all(is_lower_case_word(word) for word in words)


def _is_own(attribution: Attribution, region: Region) -> bool:
    """Whether an attribution in a region has the region's speaker (*I*) as its source."""
    if not region.holds(attribution.cue.spans[0]):
        return False
    words = attribution.source.text.lower().split()
    return len(words) == 1 and words[0] in FIRST_PERSON


def _beside(
    doc: Doc, attribution: Attribution, region: Region, turn: Attribution, inside: Collection[str]
) -> Attribution:
    """The attribution, nested in the turn if it is inside the region; if outside, without content from the region."""
    if region.holds(attribution.cue.spans[0]):
        outer = attribution.parent is None or attribution.parent not in inside
        return msgspec.structs.replace(attribution, parent=turn.id) if outer else attribution
    if not any(span.overlaps(part) for span in attribution.content.spans for part in region.spans):
        return attribution
    return _with_content(doc, attribution, without(attribution.content.spans, region.spans))


def _with_content(doc: Doc, attribution: Attribution, spans: Iterable[Span]) -> Attribution:
    kept = stripped(doc.draft.text, spans)
    return msgspec.structs.replace(attribution, content=Content(kept, text_of(doc.draft.text, kept)))


def _within_section(doc: Doc, attribution: Attribution) -> Attribution:
    """The attribution without content from other entries of a live blog than its cue's."""
    section = doc.block(_sentence(doc, attribution)).section
    near = (block for span in attribution.content.spans for block in blocks_over(doc, span))
    elsewhere = [block.span for block in near if block.section != section]
    if not elsewhere:
        return attribution
    return _with_content(doc, attribution, without(attribution.content.spans, elsewhere))


def _quoted_above(
    doc: Doc, quotations: Sequence[Quotation], attributions: Sequence[Attribution], answering: Interviewee
) -> Iterator[Attribution]:
    """Yield attributions of quotations in the headline of an interview to the only person who answers."""
    if not any(block.kind is BlockKind.QUESTION for block in doc.draft.blocks):
        return
    speakers = {doc.draft.text[block.speaker.start : block.speaker.end] for block in doc.draft.blocks if block.speaker}
    if len({words.split()[-1].lower() for words in speakers}) > 1:
        return
    source = answering.source()
    for quotation in quotations:
        sentence = sentence_at(doc, quotation.start)
        if sentence is None or source is None or doc.block_kind(sentence) is not BlockKind.HEADLINE:
            continue
        if quotation.parent is None and len(doc.tree(sentence.id).words_in([quotation.span])) > QUOTED_WORDS:
            if not any(
                quotation.span.overlaps(span) for attribution in attributions for span in attribution.content.spans
            ):
                cue = (Span(quotation.start, quotation.start + 1),)
                yield direct_speech(
                    doc, f"above-{quotation.id}", sentence, cue, source, (quotation.span,), Frame.HEADLINE
                )


QUOTED_WORDS = 4
"""Fewest words and marks of a headline's quotation from an interview."""


MARKS = ":—–―-~"
"""Characters that separate a label or signature from the words."""


NOBODY_NAMED = "the answers have no label, and the introduction does not tell for sure who gives them"
