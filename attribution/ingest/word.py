"""Reads Word files (.docx; ISO/IEC 29500, WordprocessingML): paragraphs with their styles, tables, notes, changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from attribution.ingest.archives import Archive
from attribution.ingest.paragraphs import (
    BREAK,
    ParagraphText,
    Piece,
    Style,
    change_notices,
    is_style_of_contents,
    kind_of_style,
)
from attribution.ingest.reading import FileText, MarkKind
from attribution.ingest.word_parts import Relations, Styles, local, values_of
from attribution.records import BlockKind

_SKIPPED = frozenset(("del", "moveFrom", "pPrChange", "rPrChange", "sectPr", "Fallback", "instrText", "delText", "rt"))
_OFF = frozenset(("0", "false", "off", "none"))


def read_word(data: bytes, path: str) -> FileText:
    """Read a Word file. Tracked changes are read as accepted, comments are left out; notices tell of both.

    Raises ``AttribError`` if it cannot be read.
    """
    archive = Archive(data, path, "a Word file (.docx)")
    document = Relations(archive).part("officeDocument", "word/document.xml")
    relations = Relations(archive, document)
    styles = Styles()
    if (name := relations.part("styles", "styles.xml")) in archive:
        archive.read(name, styles)
    body = _Body(styles.found, relations.links)
    archive.read(document, body)
    body.finish()
    for kind in ("footnotes", "endnotes"):
        if (name := relations.part(kind, f"{kind}.xml")) in archive:
            body.in_notes = True
            archive.read(name, body)
    return body.text.finished(change_notices(body.insertions, body.deletions, body.comments))


@dataclass
class _Paragraph:
    """A paragraph that is being read; ``joins`` means that its end is deleted, so that the next belongs to it."""

    kind: BlockKind
    pieces: list[Piece] = field(default_factory=list)
    joins: bool = False
    is_left_out: bool = False


class _Body:
    """Takes the paragraphs of a file's text, and then those of its notes."""

    def __init__(self, styles: dict[str, Style], targets: dict[str, str]) -> None:
        self.text = ParagraphText()
        self.in_notes = False
        self.insertions = self.deletions = self.comments = 0
        self._styles, self._targets = styles, targets
        self._paragraphs: list[_Paragraph] = []
        self._joined: list[Piece] = []
        self._tags: list[str] = []
        self._places: list[int] = []
        self._is_header_row = self._is_deleted_row = self._is_left_out = False
        self._skipped = 0
        self._is_text = self._is_emphasis = self._is_hidden = False
        self._links: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, values = local(tag), values_of(attributes)
        around = self._tags[-1] if self._tags else ""
        self._tags.append(name)
        if self._skipped:
            self._skipped += 1
        elif name == "del" and around == "rPr":
            if self._paragraphs and "pPr" in self._tags[-4:]:
                self._paragraphs[-1].joins = True
        elif name in _SKIPPED or (name in ("footnote", "endnote") and values.get("type", "normal") != "normal"):
            self.deletions += name in ("del", "moveFrom")
            self._is_deleted_row = self._is_deleted_row or around == "trPr"
            self._skipped = 1
        elif name in ("ins", "moveTo") and around != "rPr":
            self.insertions += 1
        elif name == "p":
            self._paragraphs.append(_Paragraph(BlockKind.PARAGRAPH, self._joined))
            self._joined = []
        elif name == "tc" and self._is_deleted_row:
            self._skipped = 1
        elif name in ("tbl", "tc", "txbxContent"):
            self._places.append(self.text.position())
        elif name == "showingPlcHdr" or (name == "docPartGallery" and values.get("val") == "Table of Contents"):
            self._is_left_out = True
        elif name == "sdtContent" and self._is_left_out:
            self._is_left_out, self._skipped = False, 1
        elif name in ("tr", "tblHeader"):
            self._is_deleted_row = self._is_deleted_row and name != "tr"
            self._is_header_row = name == "tblHeader" and values.get("val", "true").lower() not in _OFF
        elif name == "hyperlink":
            self._links.append(self._targets.get(values.get("id", ""), ""))
        elif name == "commentReference":
            self.comments += 1
        elif self._paragraphs:
            self._start_in_paragraph(name, around, values)

    def _start_in_paragraph(self, name: str, around: str, values: dict[str, str]) -> None:
        paragraph = self._paragraphs[-1]
        is_on = values.get("val", "true").lower() not in _OFF
        if name == "pStyle":
            paragraph.kind = kind_of_style(values.get("val", ""), self._styles)
            paragraph.is_left_out = is_style_of_contents(values.get("val", ""), self._styles)
        elif name == "numPr" and paragraph.kind is BlockKind.PARAGRAPH:
            paragraph.kind = BlockKind.LIST_ITEM
        elif name == "numId" and values.get("val") == "0" and paragraph.kind is BlockKind.LIST_ITEM:
            paragraph.kind = BlockKind.PARAGRAPH  # the numbering of the style is taken away
        elif name == "outlineLvl" and values.get("val", "9") != "9":
            paragraph.kind = BlockKind.HEADLINE
        elif name == "r":
            self._is_emphasis = self._is_hidden = False
        elif name in ("b", "i") and around == "rPr":
            self._is_emphasis = self._is_emphasis or is_on
        elif name == "vanish" and around == "rPr":
            self._is_hidden = is_on
        elif name == "t":
            self._is_text = True
        elif name in ("tab", "ptab") and around == "r":
            self._write(" ")
        elif name in ("br", "cr"):
            self._write(BREAK)
        elif name == "noBreakHyphen":
            self._write("-")

    def end(self, tag: str) -> None:
        name = self._tags.pop()
        if self._skipped:
            self._skipped -= 1
        elif name == "t":
            self._is_text = False
        elif name in ("tbl", "tc", "txbxContent") and self._places:
            place = self._places.pop()
            if not self.in_notes:
                cell = MarkKind.HEADER_CELL if self._is_header_row else MarkKind.CELL
                self.text.add_mark({"tbl": MarkKind.TABLE, "tc": cell}.get(name, MarkKind.APART), place)
        elif name == "hyperlink" and self._links:
            self._links.pop()
        elif name == "p" and self._paragraphs:
            paragraph = self._paragraphs.pop()
            if paragraph.joins:
                self._joined = paragraph.pieces
                return
            pieces = [] if paragraph.is_left_out else paragraph.pieces
            self.text.add(paragraph.kind, pieces, is_note=self.in_notes)

    def finish(self) -> None:
        """Add what is left of a last paragraph whose end is deleted."""
        if self._joined:
            self.text.add(BlockKind.PARAGRAPH, self._joined)
            self._joined = []

    def data(self, text: str) -> None:
        if self._is_text and not self._skipped:
            self._write(" ".join(text.split("\n")))

    def _write(self, text: str) -> None:
        if self._paragraphs and not self._is_hidden:
            target = self._links[-1] if self._links else ""
            self._paragraphs[-1].pieces.append(Piece(text, self._is_emphasis, target))
