"""Stretches of blocks with one speaker, and the attribution that such a stretch becomes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import msgspec

from attribution import grammar
from attribution.extraction.spans import join, text_of
from attribution.lexicon import Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import (
    Attitude,
    Attribution,
    Block,
    BlockKind,
    Content,
    Cue,
    Frame,
    Manner,
    Sentence,
    SourceMention,
    Span,
    Tone,
)


class Region(msgspec.Struct, frozen=True):
    """Consecutive blocks with one speaker; ``first`` is the number of the first block."""

    first: int
    blocks: tuple[Block, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of the blocks."""
        return tuple(block.span for block in self.blocks)

    def holds(self, span: Span) -> bool:
        """Whether one of the blocks covers the span."""
        place = bisect_right(self.blocks, span.start, key=attrgetter("span.start"))
        return place > 0 and self.blocks[place - 1].span.covers(span)


def regions_of(doc: Doc) -> list[Region]:
    """The stretches of blocks with one speaker, of answers without a label, and unsigned block quotations."""
    found: list[Region] = []
    run: list[Block] = []
    first = 0
    for number, block in enumerate(doc.draft.blocks):
        spoken = block.speaker is not None or block.kind in (BlockKind.TURN, BlockKind.BLOCK_QUOTE)
        spoken = spoken and not block.is_repetition
        goes_on = run and (block.speaker, block.section) == (run[-1].speaker, run[-1].section)
        if run and not (spoken and goes_on and (block.speaker is not None or block.kind is run[-1].kind)):
            if block.kind is BlockKind.SPEAKER and block.span.overlaps(run[-1].speaker or Span(0, 0)):
                continue
            found.append(Region(first, tuple(run)))
            run = []
        if spoken:
            first = first if run else number
            run.append(block)
    if run:
        found.append(Region(first, tuple(run)))
    return found


def dispatches(doc: Doc, lexicon: Lexicon) -> Iterator[Region]:
    """Yield the words of a reporter or reader in an entry of a live blog (*Ada Quill, at the quay, writes:*).

    They extend to the end of the entry, to words with a speaker of their own, or to another such line.
    """
    blocks = doc.draft.blocks
    frames = {tree.sentence.block for tree in doc.trees if _opens_dispatch(doc, tree, lexicon)}
    for number in frames:
        told: list[Block] = []
        for place in range(number + 1, len(blocks)):
            block = blocks[place]
            words = doc.draft.text[block.span.start : block.span.end]
            if block.kind is not BlockKind.PARAGRAPH or block.section != blocks[number].section or place in frames:
                break
            if not told and words.startswith(OPENING_MARKS):
                break  # the line announces this quotation
            told.append(block)
        if told:
            yield Region(number + 1, tuple(told))


def _opens_dispatch(doc: Doc, tree: Tree, lexicon: Lexicon) -> bool:
    """Whether a sentence is a paragraph of a live blog and says that somebody writes what follows."""
    block = doc.block(tree.sentence)
    if not block.section or block.kind is not BlockKind.PARAGRAPH or not tree.sentence.text.rstrip().endswith(":"):
        return False
    subject = grammar.subject(tree, tree.root)
    if len(block.span) > len(tree.sentence.span) + 2 or subject is None or tree.forms[subject] in NO_SPEAKERS:
        return False
    lemma = tree.lemmas[tree.root]
    return lemma in lexicon.words_for("dispatch") | lexicon.words_for("occasion-of-speech")


OPENING_MARKS = ('"', "“", "‘", "'", "«", "„")


NO_SPEAKERS = frozenset({"it", "this", "that", "here", "there", "what", "these", "those"})
"""Subjects of a sentence that announces words without naming a speaker (*Here is what we know:*)."""


def direct_speech(
    doc: Doc,
    identifier: str,
    sentence: Sentence,
    cue: tuple[Span, ...],
    source: SourceMention,
    content: Iterable[Span],
    frame: Frame,
) -> Attribution:
    """A report in direct speech with the given parts, not yet numbered."""
    text = doc.draft.text
    spans = join(text, content)
    return Attribution(
        id=identifier,
        sentence=sentence.id,
        cue=Cue(cue, text_of(text, cue), text_of(text, cue).lower()),
        source=source,
        content=Content(spans, text_of(text, spans)),
        manner=Manner.DIRECT,
        attitude=Attitude.ASSERTION,
        tone=Tone.NEUTRAL,
        negated=False,
        parent=None,
        frame=frame,
    )


def blocks_over(doc: Doc, span: Span) -> Sequence[Block]:
    """The blocks that share characters with a span."""
    blocks = doc.draft.blocks
    first = bisect_right(blocks, span.start, key=attrgetter("span.end"))
    return blocks[first : max(first, bisect_left(blocks, span.end, key=attrgetter("span.start")))]


def sentence_before(doc: Doc, region: Region) -> Sentence | None:
    """The last sentence before a region; None if it opens the draft."""
    place = bisect_left(doc.sentences, region.first, key=attrgetter("block"))
    return doc.sentences[place - 1] if place else None


def sentence_at(doc: Doc, offset: int) -> Sentence | None:
    """The sentence at an offset of the draft; None between sentences."""
    place = bisect_right(doc.sentences, offset, key=lambda sentence: sentence.start) - 1
    return doc.sentences[place] if place >= 0 and offset < doc.sentences[place].end else None


def numbered(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The attributions in the order of their cues, with new identifiers; missing parents are removed."""
    order = sorted(
        attributions,
        key=lambda attribution: (
            attribution.cue.spans or attribution.content.spans or attribution.source.spans,
            attribution.id,
        ),
    )
    names = {attribution.id: f"a{number}" for number, attribution in enumerate(order, 1)}
    return tuple(
        msgspec.structs.replace(
            attribution, id=names[attribution.id], parent=names.get(attribution.parent) if attribution.parent else None
        )
        for attribution in order
    )
