"""Builds the reading text of a marked-up file, recording where each character came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from attribution.records import Anchor, Block, BlockKind, LeftOut, Link, Span, TimeMark


class MarkKind(Enum):
    """What markup tells about a stretch of the text beyond its block's kind."""

    EMPHASIS = auto()  # bold or italic
    QUOTE = auto()  # a block quotation, with all its paragraphs
    POST = auto()  # an embedded post, with all its paragraphs
    SIGNATURE = auto()  # <cite>, or a line below the words of a block quotation
    TERM = auto()  # <dt>
    CLUTTER = auto()  # an element that the page names as something around the article
    ENTRY = auto()  # an entry of a live blog
    BREAK = auto()  # a line break within a block; the span is empty, before the next line
    RULE = auto()  # a line across the page; the span is empty
    TABLE = auto()  # a table, which may be one for the layout
    HEADER_CELL = auto()  # a cell of a table that heads its row or column
    CELL = auto()  # another cell of a table
    NOTE = auto()  # foot- or endnotes
    APART = auto()  # words set apart from the text: a text box, an element that is named as a pull quote


class Mark(NamedTuple):
    """A stretch of the text with its meaning in the markup."""

    kind: MarkKind
    span: Span


class Element(NamedTuple):
    """An element of a web page with text in it: its tag, its class, id and itemprop, and the text that it holds."""

    tag: str
    names: str
    span: Span


class Reading(NamedTuple):
    """A reader's result: the parts of a draft that depend on its format.

    ``left_out`` has the blocks that the draft is to go without.
    """

    text: str
    blocks: tuple[Block, ...]
    anchors: tuple[Anchor, ...]
    links: tuple[Link, ...] = ()
    marks: tuple[Mark, ...] = ()
    elements: tuple[Element, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    times: tuple[TimeMark, ...] = ()


class FileText(NamedTuple):
    """A file that is more than its text: the text whose lines its places count, its reading, and notices for people."""

    source: str
    reading: Reading
    notices: tuple[str, ...]


class ReadingText:
    """The text of a draft while it is being read: blocks separated by blank lines, anchors into the file, links.

    Readers open a block, write characters with their offset in the decoded file, and close it. File offsets must not
    decrease. White space at the ends of a block is dropped.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._last_file = 0
        self._expected_file: int | None = None
        self._anchors: list[Anchor] = []
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._marks: list[Mark] = []
        self._elements: list[Element] = []
        self._kind: BlockKind | None = None
        self._block_start: int | None = None
        self._space: int | None = None

    def open_block(self, kind: BlockKind) -> None:
        """Start a block, closing the one that is open."""
        self.close_block()
        self._kind = kind

    def close_block(self) -> None:
        """End the open block, if any; a block without visible characters leaves no trace."""
        if self._kind is not None and self._block_start is not None:
            self._blocks.append(Block(self._kind, Span(self._block_start, self._length)))
        self._kind = self._block_start = self._space = None

    def position(self) -> int:
        """Give the draft offset that the next visible character of the open block will take."""
        if self._block_start is None:
            return self._length + (2 if self._blocks else 0)
        return self._length + (self._space is not None)

    def end(self) -> int:
        """Give the draft offset after the last visible character written."""
        return self._length

    def write(self, text: str, file: int) -> None:
        """Write characters that are in the file, one to one, from offset ``file`` on."""
        visible = text.lstrip() if self._block_start is None else text
        file += len(text) - len(visible)
        if not visible:
            return
        self._begin(file)
        self._append(visible, file)

    def write_space(self, file: int) -> None:
        """Write a space for the white space or markup at ``file``; runs make one space, and a block's end has none."""
        if self._block_start is not None and self._space is None:
            self._space = file

    def write_instead(self, text: str, file: int) -> None:
        """Write characters that the markup at ``file`` stands for (``&`` for ``&amp;``)."""
        if not text:
            return
        self._begin(file)
        for character in text:
            self._append(character, file, exact=False)

    def add_link(self, start: int, target: str) -> None:
        """Record that the text written since draft offset ``start``, if any, links to ``target``."""
        if target and start < self._length:
            self._links.append(Link(Span(start, self._length), target))

    def add_mark(self, kind: MarkKind, start: int) -> None:
        """Record that the text written since draft offset ``start``, if any, is of this kind."""
        if start < self._length:
            self._marks.append(Mark(kind, Span(start, self._length)))

    def add_element(self, tag: str, names: str, start: int) -> None:
        """Record that the text written since draft offset ``start``, if any, is in an element of a page."""
        if start < self._length:
            self._elements.append(Element(tag, names, Span(start, self._length)))

    def add_place(self, kind: MarkKind) -> None:
        """Record that something of this kind comes before the next visible character."""
        place = self.position()
        self._marks.append(Mark(kind, Span(place, place)))

    def result(self) -> Reading:
        """Give the text written so far, its blocks, anchors and links (in text order)."""
        self.close_block()
        text = "".join(self._pieces)
        trimmed_blocks = (Block(block.kind, trimmed(text, block.span)) for block in self._blocks)
        blocks = tuple(block for block in trimmed_blocks if len(block.span))
        links = (Link(trimmed(text, link.span), link.target) for link in self._links)
        found = sorted((link for link in links if len(link.span)), key=lambda link: link.span)
        marks = sorted(self._marks, key=lambda mark: (mark.span, mark.kind.value))
        elements = sorted(self._elements, key=lambda element: (element.span.start, -element.span.end))
        anchors = tuple(self._anchors) or (Anchor(0, 0),)
        return Reading(text, blocks, anchors, tuple(found), tuple(marks), tuple(elements))

    def _begin(self, file: int) -> None:
        """Write what must come before a visible character: the start of a block, or a space that was held back."""
        if self._kind is None:
            self._kind = BlockKind.PARAGRAPH
        if self._block_start is None:
            if self._blocks:
                # The blank line represents the markup between the blocks.
                self._append("\n", self._last_file, exact=False)
                self._append("\n", self._last_file, exact=False)
            self._block_start = self._length
        elif self._space is not None:
            space, self._space = self._space, None
            self._append(" ", space)

    def _append(self, text: str, file: int, *, exact: bool = True) -> None:
        if file != self._expected_file or not exact:
            self._anchors.append(Anchor(self._length, file))
        self._pieces.append(text)
        self._length += len(text)
        self._last_file = file + len(text) if exact else file
        # The text after a character that replaces markup needs an anchor of its own.
        self._expected_file = self._last_file if exact else None


def reduced(reading: Reading, kept: Sequence[Block]) -> Reading:
    """Give the reading with the text of these blocks only, in their order; their spans are those of the reading.

    Links and marks that reach out of the blocks are cut. Elements are dropped.
    """
    starts = [block.span.start for block in kept]
    pieces: list[str] = []
    anchors: list[Anchor] = []
    blocks: list[Block] = []
    moved: list[int] = []
    length = 0
    for block in kept:
        if moved:
            # The blank line represents the markup between the blocks.
            place = file_place(reading.anchors, kept[len(moved) - 1].span.end)
            anchors += [Anchor(length, place), Anchor(length + 1, place)]
            pieces.append("\n\n")
            length += 2
        start, end = block.span.start, block.span.end
        anchors.append(Anchor(length, file_place(reading.anchors, start)))
        first = bisect_right(reading.anchors, start, key=lambda anchor: anchor.text)
        last = bisect_left(reading.anchors, end, key=lambda anchor: anchor.text)
        anchors += [Anchor(anchor.text - start + length, anchor.file) for anchor in reading.anchors[first:last]]
        pieces.append(reading.text[start:end])
        blocks.append(Block(block.kind, Span(length, length + end - start)))
        moved.append(length)
        length += end - start

    def place_of(offset: int) -> int:
        """Where an offset has moved to; between the blocks, the end of the block before."""
        number = bisect_right(starts, offset) - 1
        if number < 0:
            return 0
        return moved[number] + min(offset, kept[number].span.end) - starts[number]

    def moved_span(span: Span) -> Span:
        number = bisect_right(starts, span.start) - 1
        is_between = number < 0 or span.start >= kept[number].span.end
        first = moved[number + 1] if is_between and number + 1 < len(moved) else place_of(span.start)
        return Span(first, max(first, place_of(span.end)))

    links = tuple(Link(span, link.target) for link in reading.links if len(span := moved_span(link.span)))
    marks = tuple(
        Mark(mark.kind, span) for mark in reading.marks if len(span := moved_span(mark.span)) or not len(mark.span)
    )
    return Reading("".join(pieces), tuple(blocks), tuple(anchors) or (Anchor(0, 0),), links, marks)


def file_place(anchors: Sequence[Anchor], offset: int) -> int:
    """The code point offset in the file of an offset in the text."""
    anchor = anchors[bisect_right(anchors, offset, key=lambda anchor: anchor.text) - 1]
    return anchor.file + offset - anchor.text


def trimmed(text: str, span: Span) -> Span:
    """Give the span without the white space at its ends."""
    written = text[span.start : span.end]
    start = span.start + len(written) - len(written.lstrip())
    return Span(start, max(start, span.start + len(written.rstrip())))
