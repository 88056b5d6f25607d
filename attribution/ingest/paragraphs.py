"""Builds the text of a word processor's file, in which paragraphs take the place of lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attribution.ingest.layouts import lay_out
from attribution.ingest.reading import FileText, MarkKind, ReadingText
from attribution.records import BlockKind

BREAK = "\u2028"
"""What a line break within a paragraph is in its line."""

_STRETCH = re.compile(r"[ \t]+|[^ \t]+")
"""Spaces, or what stands between them."""


class Piece(NamedTuple):
    """Characters of a paragraph with the same type, and the address that they are linked to."""

    text: str
    is_emphasis: bool = False
    target: str = ""


class ParagraphText:
    """Takes paragraphs with their kinds and with what they stand in; footnotes follow after the text, in their order.

    A paragraph's characters are kept until it ends, so that one within another (in a cell, a text box or a note) does
    not cut it.
    """

    def __init__(self) -> None:
        self._reading = ReadingText()
        self._lines: list[str] = []
        self._length = 0
        self._quote: int | None = None
        self._notes: list[tuple[BlockKind, Sequence[Piece]]] = []

    def position(self) -> int:
        """Where in the text the words of the next paragraph will begin."""
        return self._reading.position()

    def add_mark(self, kind: MarkKind, start: int) -> None:
        """Record what the paragraphs added since ``start`` stand in."""
        self._reading.add_mark(kind, start)

    def add(self, kind: BlockKind, pieces: Sequence[Piece], *, is_note: bool = False) -> None:
        """Add a paragraph; one without words leaves only its line."""
        if is_note:
            self._notes.append((kind, pieces))
            return
        self._reading.open_block(kind)
        if kind is not BlockKind.BLOCK_QUOTE:
            self._end_quote()
        elif self._quote is None:
            self._quote = self._reading.position()
        place = self._length
        for piece in pieces:
            self._write(piece, place)
            place += len(piece.text)
        self._reading.close_block()
        line = "".join(piece.text for piece in pieces)
        self._lines.append(line)
        self._length += len(line) + 1

    def finished(self, notices: tuple[str, ...]) -> FileText:
        """The file's text, with a line for each paragraph, its blocks and notices."""
        self._end_quote()
        start = self.position()
        for kind, pieces in self._notes:
            self.add(kind, pieces)
        self._end_quote()
        self.add_mark(MarkKind.NOTE, start)
        return FileText("\n".join(self._lines), lay_out(self._reading.result()), notices)

    def _end_quote(self) -> None:
        if self._quote is not None:
            self._reading.add_mark(MarkKind.QUOTE, self._quote)
        self._quote = None

    def _write(self, piece: Piece, place: int) -> None:
        if piece.text == BREAK:
            self._reading.write_space(place)
            self._reading.add_place(MarkKind.BREAK)
            return
        start = self._reading.position()
        for stretch in _STRETCH.finditer(piece.text):
            if stretch[0][0] in " \t":
                self._reading.write_space(place + stretch.start())
            else:
                self._reading.write(stretch[0], place + stretch.start())
        if piece.is_emphasis:
            self._reading.add_mark(MarkKind.EMPHASIS, start)
        if piece.target:
            self._reading.add_link(start, piece.target)


_STYLE_KINDS = (
    (re.compile(r"subtitle|standfirst"), BlockKind.PARAGRAPH),
    (re.compile(r"heading|headline|title"), BlockKind.HEADLINE),
    (re.compile(r"quot(?:e|ation)|block text"), BlockKind.BLOCK_QUOTE),
    (re.compile(r"caption"), BlockKind.CAPTION),
    (re.compile(r"byline|author"), BlockKind.BYLINE),
    (re.compile(r"\blist"), BlockKind.LIST_ITEM),
)
_CONTENTS = re.compile(r"toc ?(?:\d|heading)|table of (?:figures|authorities)", re.IGNORECASE)
MOST_PARENTS = 20
"""The most styles that a style is looked up in, each the parent of the one before."""


class Style(NamedTuple):
    """A style of paragraphs or characters: its name, the one that it is based on, and whether it is bold or italic."""

    name: str
    parent: str = ""
    is_emphasis: bool = False


def kind_of_style(identifier: str, styles: Mapping[str, Style]) -> BlockKind:
    """The kind of block that a style's name, or that of a style that it is based on, tells."""
    for _ in range(MOST_PARENTS):
        style = styles.get(identifier, Style(identifier))
        for pattern, kind in _STYLE_KINDS:
            if pattern.search(style.name.lower()):
                return kind
        if not style.parent:
            break
        identifier = style.parent
    return BlockKind.PARAGRAPH


def is_style_of_contents(identifier: str, styles: Mapping[str, Style]) -> bool:
    """Whether a style is that of an entry in a table of contents or of figures."""
    return _CONTENTS.fullmatch(styles.get(identifier, Style(identifier)).name) is not None


def change_notices(insertions: int, deletions: int, comments: int) -> tuple[str, ...]:
    """What people should know of the changes and comments in a file."""
    found = []
    if insertions or deletions:
        found.append(f"has tracked changes, read as accepted ({insertions} inserted, {deletions} deleted and left out)")
    if comments:
        found.append(
            f"has {comments} comment{'s' * (comments != 1)}, which {'were' if comments != 1 else 'was'} left out"
        )
    return tuple(found)
