"""The lines of a draft that may open a turn of speech: blocks, parted at labels and questions in bold type."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from attribution.ingest.labels import Label, is_name_like, label_alone, label_at
from attribution.ingest.reading import Mark, MarkKind, trimmed
from attribution.ingest.shapes import is_byline, is_caption, is_date, is_end_mark
from attribution.ingest.span_cover import SpanCover
from attribution.records import Block, BlockKind, Span

_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|‘[^‘’]*’")

SELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
"""Words with which somebody speaks of himself or herself."""

OURSELVES = re.compile(r"\b(?:[Ww]e|[Uu]s|[Oo]ur|[Oo]urs)\b")
"""Words with which somebody speaks of a group of which he or she is one."""

ADDRESSED = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
"""Words that address somebody."""

QUESTION = re.compile(r"\?[\"'”’)\]]*$")
"""The end of a question."""

OPENERS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BLOCK_QUOTE)
"""Blocks that can open or continue a turn."""


class Line(NamedTuple):
    """A block, or a piece of one behind a line break, with the label it may open with and whether it is a question.

    ``alone`` says that the label is all of the line. ``asked`` is a question set apart by type. ``whole`` counts the
    block that the line is a piece of.
    """

    block: Block
    whole: int
    label: Label | None = None
    alone: bool = False
    asked: bool = False
    cut: bool = False


def lines_of(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> Iterator[Line]:
    """Yield the blocks, parted where a label or a question in bold type shows that a new turn begins within."""
    breaks = sorted(mark.span.start for mark in marks if mark.kind is MarkKind.BREAK)
    emphasis = SpanCover(mark.span for mark in marks if mark.kind is MarkKind.EMPHASIS)
    terms = SpanCover(mark.span for mark in marks if mark.kind is MarkKind.TERM)
    for number, block in enumerate(blocks):
        start = block.span.start
        cut = False
        within = breaks[bisect_right(breaks, start) : bisect_left(breaks, block.span.end)]
        for place in (*within, block.span.end):
            piece = trimmed(text, Span(start, place))
            bold = _bold_start(text, piece, emphasis)
            if bold is not None and QUESTION.search(text[bold.start : bold.end]) and bold.end < piece.end:
                yield _line(text, block, number, bold, emphasis, terms, cut=cut)
                piece, cut = trimmed(text, Span(bold.end, piece.end)), True
            if place < block.span.end and not _parts_turns(text, piece, place, block.span.end, emphasis):
                continue
            yield _line(text, block, number, piece, emphasis, terms, cut=cut)
            start, cut = place, True


def _parts_turns(text: str, piece: Span, place: int, end: int, emphasis: SpanCover) -> bool:
    """Whether a line break parts two turns: a label follows, or a question or name in bold type goes before."""
    if label_at(text, place, end) is not None:
        return True
    bold = _bold_start(text, Span(place, end), emphasis)
    if bold is not None and QUESTION.search(text[bold.start : bold.end]):
        return True
    return emphasis.covers(piece) or _ends_label(text, piece)


def _ends_label(text: str, piece: Span) -> bool:
    label = label_at(text, piece.start, piece.end)
    return label is not None and label.end == piece.end


def _bold_start(text: str, piece: Span, emphasis: SpanCover) -> Span | None:
    """The words in bold or italic type that a piece opens with."""
    end = emphasis.starting_at(piece.start, piece.end)
    return None if end is None else trimmed(text, Span(piece.start, end))


def _line(
    text: str,
    block: Block,
    whole: int,
    piece: Span,
    emphasis: SpanCover,
    terms: SpanCover,
    *,
    cut: bool,
) -> Line:
    words = text[piece.start : piece.end]
    block = msgspec.structs.replace(block, span=piece)
    if block.speaker is not None or is_other(words):
        return Line(block, whole, cut=cut)
    apart = terms.covers(piece) or block.kind is BlockKind.HEADLINE or emphasis.covers(piece)
    label = label_at(text, piece.start, piece.end) if block.kind in OPENERS else None
    alone = label is not None and label.end == piece.end
    if label is None and block.kind in (*OPENERS, BlockKind.HEADLINE):
        bold = _bold_start(text, piece, emphasis)
        label = label_alone(text, piece.start, piece.end)
        alone = label is not None
        if label is None and bold is not None and bold.end < piece.end:
            label = label_alone(text, bold.start, bold.end)
    if label is not None and not is_name_like(text, label):
        label, alone = None, False
    asked = apart and label is None and QUESTION.search(words) is not None
    return Line(block, whole, label, alone, asked, cut)


def is_other(words: str) -> bool:
    """Whether a line is a caption, byline, date or ornament, whose labels name nobody who speaks."""
    return is_caption(words) or is_byline(words) or is_date(words) or is_end_mark(words)


def words_of(text: str, line: Line) -> str:
    """The characters of a line."""
    return text[line.block.span.start : line.block.span.end]


def without_quotations(words: str) -> str:
    """The words with each quotation replaced by a space."""
    return _QUOTED.sub(" ", words)
