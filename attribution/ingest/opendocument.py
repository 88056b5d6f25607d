"""Reads OpenDocument texts (.odt; ISO/IEC 26300): paragraphs with their styles, tables, notes, changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from attribution.ingest.archives import Archive
from attribution.ingest.paragraphs import (
    BREAK,
    ParagraphText,
    Piece,
    Style,
    change_notices,
    kind_of_style,
)
from attribution.ingest.reading import FileText, MarkKind
from attribution.records import BlockKind

MOST_SPACES = 100
"""The most spaces that one element may stand for."""

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_SKIPPED = frozenset(
    "text:tracked-changes text:note-citation text:table-of-content text:alphabetical-index text:bibliography"
    " office:annotation office:annotation-end office:forms style:header style:footer text:ruby-text".split()
)
_MARKS = {"table:table": MarkKind.TABLE, "table:table-cell": MarkKind.CELL, "draw:text-box": MarkKind.APART}
_LINK = "{http://www.w3.org/1999/xlink}href"


def read_opendocument(data: bytes, path: str) -> FileText:
    """Read an OpenDocument text. Tracked changes are read as accepted, comments are left out; notices tell of both.

    Raises ``AttribError`` if it cannot be read.
    """
    archive = Archive(data, path, "an OpenDocument text (.odt)")
    body = _Body()
    if "styles.xml" in archive:
        archive.read("styles.xml", body)
    archive.read("content.xml", body)
    return body.text.finished(change_notices(body.insertions, body.deletions, body.comments))


def _prefixed(name: str) -> str:
    """An element's or attribute's name with the usual prefix; empty if it is of another format."""
    namespace, _, local = name.removeprefix("{").rpartition("}")
    if not namespace.startswith(_NAMESPACE):
        return ""
    return f"{namespace.removeprefix(_NAMESPACE).split(':')[0]}:{local}"


@dataclass
class _Paragraph:
    """A paragraph that is being read, with the emphasis and the links of the elements open in it."""

    kind: BlockKind
    is_note: bool
    pieces: list[Piece] = field(default_factory=list)
    emphasis: list[bool] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


class _Body:
    """Takes the styles and paragraphs of a file."""

    def __init__(self) -> None:
        self.text = ParagraphText()
        self.insertions = self.deletions = self.comments = 0
        self._styles: dict[str, Style] = {}
        self._style = ""
        self._paragraphs: list[_Paragraph] = []
        self._tags: list[str] = []
        self._counts: dict[str, int] = {}
        self._skipped = 0
        self._places: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _prefixed(tag)
        self._tags.append(name)
        if self._skipped:
            self._skipped += 1
            self.deletions += name == "text:deletion"
            self.insertions += name == "text:insertion"
            return
        if name in _SKIPPED:
            self.comments += name == "office:annotation"
            self._skipped = 1
            return
        values = {_prefixed(key): value for key, value in attributes.items()}
        self._counts[name] = self._counts.get(name, 0) + 1
        if name in ("text:p", "text:h"):
            self._paragraphs.append(_Paragraph(self._kind(name, values), self._has("text:note-body")))
        elif name in _MARKS:
            self._places.append(self.text.position())
        elif name == "style:style":
            self._style = values.get("style:name", "")
            shown = values.get("style:display-name") or self._style
            self._styles[self._style] = Style(shown.replace("_20_", " "), values.get("style:parent-style-name", ""))
        elif name == "style:text-properties" and self._style in self._styles:
            bold = values.get("xsl-fo-compatible:font-weight", "") in ("bold", "600", "700", "800", "900")
            italic = values.get("xsl-fo-compatible:font-style", "") in ("italic", "oblique")
            self._styles[self._style] = self._styles[self._style]._replace(is_emphasis=bold or italic)
        elif self._paragraphs:
            self._start_in_paragraph(name, values, attributes.get(_LINK, ""))

    def _kind(self, name: str, values: dict[str, str]) -> BlockKind:
        if name == "text:h":
            return BlockKind.HEADLINE
        kind = kind_of_style(values.get("text:style-name", ""), self._styles)
        return BlockKind.LIST_ITEM if kind is BlockKind.PARAGRAPH and self._has("text:list-item") else kind

    def _has(self, name: str) -> bool:
        return self._counts.get(name, 0) > 0

    def _start_in_paragraph(self, name: str, values: dict[str, str], target: str) -> None:
        paragraph = self._paragraphs[-1]
        if name == "text:span":
            style = self._styles.get(values.get("text:style-name", ""), Style(""))
            paragraph.emphasis.append(style.is_emphasis or (bool(paragraph.emphasis) and paragraph.emphasis[-1]))
        elif name == "text:a":
            paragraph.links.append(target)
        elif name == "text:s":
            count = values.get("text:c", "1")
            self._write(" " * (min(int(count), MOST_SPACES) if count.isascii() and count.isdigit() else 1))
        elif name == "text:tab":
            self._write(" ")
        elif name == "text:line-break":
            self._write(BREAK)

    def end(self, tag: str) -> None:
        name = self._tags.pop()
        if self._skipped:
            self._skipped -= 1
            return
        self._counts[name] -= 1
        if name == "style:style":
            self._style = ""
        elif name in _MARKS and self._places:
            place = self._places.pop()
            if not self._has("text:note-body"):
                is_header = name == "table:table-cell" and self._has("table:table-header-rows")
                self.text.add_mark(MarkKind.HEADER_CELL if is_header else _MARKS[name], place)
        elif not self._paragraphs:
            return
        elif name in ("text:p", "text:h"):
            paragraph = self._paragraphs.pop()
            self.text.add(paragraph.kind, paragraph.pieces, is_note=paragraph.is_note)
        elif name == "text:span" and self._paragraphs[-1].emphasis:
            self._paragraphs[-1].emphasis.pop()
        elif name == "text:a" and self._paragraphs[-1].links:
            self._paragraphs[-1].links.pop()

    def data(self, text: str) -> None:
        if self._paragraphs and not self._skipped and self._tags[-1] in ("text:p", "text:h", "text:span", "text:a"):
            self._write(" ".join(text.split("\n")))

    def _write(self, text: str) -> None:
        paragraph = self._paragraphs[-1]
        is_emphasis = bool(paragraph.emphasis) and paragraph.emphasis[-1]
        paragraph.pieces.append(Piece(text, is_emphasis, paragraph.links[-1] if paragraph.links else ""))
