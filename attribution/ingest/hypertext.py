"""Reads HTML with the position of every character: offsets into the file are worth more than a repaired tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from attribution.ingest import html_names
from attribution.ingest.clutter import is_clutter
from attribution.ingest.footnote_marks import is_footnote_mark
from attribution.ingest.html_names import holds_notes, is_named_as_note_mark, names_of
from attribution.ingest.html_tags import StartTag, Text, tokens, unescaped
from attribution.ingest.layouts import lay_out
from attribution.ingest.page_blocks import AUTHOR
from attribution.ingest.page_metadata import Author, Metadata, read_metadata
from attribution.ingest.page_selection import select_article
from attribution.ingest.reading import MarkKind, Reading, ReadingText
from attribution.ingest.shapes import LINE_LENGTH
from attribution.records import Block, BlockKind, Span

_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "title"), BlockKind.HEADLINE),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    "blockquote": BlockKind.BLOCK_QUOTE,
}
# Elements that begin and end a block of text without telling its kind.
_BOUNDARIES = frozenset(
    "address article aside body center details div dl fieldset figure footer form header hgroup html main nav ol p pre"
    " section summary table tbody td tfoot th thead tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Elements whose text is not shown, or is no prose.
_SKIPPED = frozenset(
    "audio button canvas del dialog iframe math noscript object s script select strike style svg template textarea"
    " video".split()
)
# Elements around an article, which are no part of one that stands in a file of another format.
_APART = frozenset(("aside", "footer", "nav", "title"))
# Elements that may be clutter by name.
_CONTAINERS = frozenset("div section ul ol p header".split())
# Elements that may be a pull quote by name, and those within one that may be its signature by name.
_QUOTING = frozenset("aside div figure p section".split())
_SIGNING = frozenset("p div span footer figcaption small strong em".split())
# Elements that are closed by another of their kind, and the list that shields them from it.
_IMPLIED_ENDS = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "tr": ("table",), "td": ("tr", "table")}
_IMPLIED_ENDS["th"] = _IMPLIED_ENDS["td"]
_ENDED = {"td": ("td", "th"), "th": ("td", "th")}

_PIECE = re.compile(
    r"(?P<space>[ \t\n\r\f]+)|(?P<reference>&(?:#[xX]?[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?)|[^ \t\n\r\f&]+|&"
)
# Elements whose text is marked, and with what.
_MARKED = {
    **dict.fromkeys(("b", "strong", "em", "i"), MarkKind.EMPHASIS),
    "blockquote": MarkKind.QUOTE,
    "cite": MarkKind.SIGNATURE,
    "dt": MarkKind.TERM,
}
_TABLE_MARKS = {"table": MarkKind.TABLE, "th": MarkKind.HEADER_CELL, "td": MarkKind.CELL}

LONGEST_FOOTNOTE = 2000
"""The longest footnote mark in characters with its markup."""

LONGEST_WORD = 40
"""How many characters of the source before the mark of a footnote are looked at."""

_TAG = re.compile(r"<[^>]*>")
_OPENING_QUOTE = re.compile(r"(?:<[^>]*>|\s)*(?:[“\"„«]|&(?:ldquo|quot|bdquo|laquo|#8220|#34);)", re.IGNORECASE)


def read_html(source: str, *, whole_page: bool = False) -> Reading:
    """Read an HTML page or fragment.

    White space is as a browser shows it. Of a page, the article is read (see ``page_selection``), or, with
    ``whole_page``, all that a browser shows. Scripts, styles, controls, struck-out and hidden text are left out.
    """
    metadata = read_metadata(source)
    text = ReadingText()
    _Reader(source, Span(0, len(source)), text, metadata).read()
    reading = text.result()
    blocks = [
        Block(BlockKind.PARAGRAPH, block.span)
        if block.kind == BlockKind.BYLINE and len(block.span) > LINE_LENGTH
        else block
        for block in reading.blocks
    ]
    reading = select_article(reading._replace(blocks=tuple(blocks)), metadata, whole_page=whole_page)
    return lay_out(reading)


def read_html_part(source: str, part: Span, reading: ReadingText) -> None:
    """Read the HTML in ``part`` of a file of another format into ``reading``."""
    _Reader(source, part, reading).read()


class _OpenElement(NamedTuple):
    """An element with the kind of block that its text is, its names, and where its text starts."""

    tag: str
    kind: BlockKind
    names: str
    start: int
    mark: MarkKind | None = None


class _OpenElements:
    """The elements that are open around a place, each with the kind of block that its text is."""

    def __init__(self) -> None:
        self._elements: list[_OpenElement] = []
        self._depths: dict[str, list[int]] = {}

    def __contains__(self, name: str) -> bool:
        return bool(self._depths.get(name))

    @property
    def innermost(self) -> str:
        """The name of the innermost element; empty if there is none."""
        return self._elements[-1].tag if self._elements else ""

    @property
    def kind(self) -> BlockKind:
        """The kind of block that text here belongs to."""
        return self._elements[-1].kind if self._elements else BlockKind.PARAGRAPH

    def open(self, name: str, kind: BlockKind | None, names: str, start: int, mark: MarkKind | None = None) -> None:
        """Open an element within the others; without a kind of its own it has that of the one around it."""
        self._depths.setdefault(name, []).append(len(self._elements))
        self._elements.append(_OpenElement(name, kind or self.kind, names, start, mark))

    def close(self, name: str, shields: tuple[str, ...] = ()) -> list[_OpenElement]:
        """Close the innermost open element of this name and all within it, unless a shielding element is in between.

        Gives the elements that were closed.
        """
        if name not in self:
            return []
        depth = self._depths[name][-1]
        if any(shield in self and self._depths[shield][-1] > depth for shield in shields):
            return []
        return self._close_from(depth)

    def close_all(self) -> list[_OpenElement]:
        """Close what is still open at the end of the file, and give it."""
        return self._close_from(0)

    def _close_from(self, depth: int) -> list[_OpenElement]:
        closed = self._elements[depth:]
        for element in closed:
            self._depths[element.tag].pop()
        del self._elements[depth:]
        return closed


class _Reader:
    """Writes the visible text of a part of a file into a reading text.

    With the metadata of a page, the part is a page: its title and the names of its authors are written too, and what
    is set apart from its main text.
    """

    def __init__(self, source: str, part: Span, reading: ReadingText, metadata: Metadata | None = None) -> None:
        self._source = source
        self._part = part
        self._place = part.start
        self._reading = reading
        self._is_page = metadata is not None
        self._authors = metadata.author_places if metadata is not None else {}
        self._open = _OpenElements()
        self._skipped = ""
        self._skipped_depth = 0
        self._links: list[tuple[int, str]] = []
        self._marks: dict[str, list[tuple[MarkKind, int]]] = {}
        self._open_quotes = 0
        self._closing_marks: list[str] = []
        self._is_in_block = False
        self._is_after_break = False
        self._has_quoted_figure = False

    def read(self) -> None:
        for token in tokens(self._source, self._part.start, self._part.end):
            self._place = token.start
            if isinstance(token, Text):
                self._write_source(token)
            elif isinstance(token, StartTag):
                self._start_tag(token.name, token.attributes)
            else:
                self._end_tag(token.name)
        self._closing_marks.clear()
        self._end_block()
        self._add_elements(self._open.close_all())

    def _add_elements(self, closed: Sequence[_OpenElement]) -> None:
        for element in closed:
            if element.mark is not None:
                self._reading.add_mark(element.mark, element.start)
            if self._is_page:
                self._reading.add_element(element.tag, element.names, element.start)

    def _write_authors(self, authors: Sequence[Author]) -> None:
        for author in authors:
            self._end_block()
            self._reading.open_block(BlockKind.BYLINE)
            start = self._reading.position()
            self._reading.write_instead(author.name, author.place)
            self._reading.close_block()
            self._reading.add_element(AUTHOR, "", start)

    def _start_tag(self, tag: str, attributes: dict[str, str | None]) -> None:
        if self._skipped:
            self._skipped_depth += tag == self._skipped
            return
        if tag == "script" and self._place in self._authors:
            self._write_authors(self._authors[self._place])
        if self._is_skipped(tag, attributes):
            self._skipped, self._skipped_depth = tag, 1
            return
        self._open_mark(tag, attributes)
        if tag == "br":
            self._break()
        elif tag == "hr":
            self._end_block()
            self._reading.add_place(MarkKind.RULE)
        elif tag == "a":
            self._links.append((self._reading.position(), attributes.get("href") or ""))
        elif tag == "q":
            self._open_quotation()
        elif tag in _KINDS or tag in _BOUNDARIES:
            self._start_element(tag, attributes)

    def _end_tag(self, tag: str) -> None:
        if self._skipped:
            self._skipped_depth -= tag == self._skipped
            if not self._skipped_depth:
                self._skipped = ""
        elif tag == "a":
            if self._links:
                self._reading.add_link(*self._links.pop())
        elif tag == "q":
            self._close_quotation()
        elif tag == "br":
            self._break()
        elif tag in _KINDS or tag in _BOUNDARIES:
            self._end_block()
            self._add_elements(self._open.close(tag))
        if not self._skipped:
            self._close_mark(tag)

    def _open_mark(self, tag: str, attributes: dict[str, str | None]) -> None:
        kind = _MARKED.get(tag)
        names = names_of(attributes, "class", "id", "itemprop")
        if tag not in _VOID and html_names.POST.search(names):
            kind = MarkKind.POST
        elif tag not in _VOID and html_names.ENTRY.search(names):
            kind = MarkKind.ENTRY
        elif tag in _CONTAINERS and kind is None and is_clutter(names):
            kind = MarkKind.CLUTTER
        elif tag in _QUOTING and kind is None and html_names.QUOTE.search(names):
            kind = MarkKind.QUOTE
        elif (
            kind is None
            and self._is_in_quote()
            and (tag in ("footer", "figcaption") or (tag in _SIGNING and html_names.SIGNATURE.search(names)))
        ):
            kind = MarkKind.SIGNATURE
        if tag == "figure":
            self._has_quoted_figure = False
        elif tag == "blockquote":
            self._has_quoted_figure = "figure" in self._open
        if kind is not None or self._marks.get(tag):
            # Elements of the same name are counted, so that the matching end tag closes the mark.
            self._marks.setdefault(tag, []).append((kind or MarkKind.BREAK, self._reading.position()))
            self._open_quotes += kind is MarkKind.QUOTE

    def _is_in_quote(self) -> bool:
        """Whether the element that begins here is in a block quotation, or in the figure around one."""
        return self._open_quotes > 0 or (self._has_quoted_figure and "figure" in self._open)

    def _close_mark(self, tag: str) -> None:
        marks = self._marks.get(tag)
        if marks:
            kind, start = marks.pop()
            self._open_quotes -= kind is MarkKind.QUOTE
            if kind is not MarkKind.BREAK:
                self._reading.add_mark(kind, start)

    def _is_skipped(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if tag in _VOID:
            return False
        return (
            tag in _SKIPPED
            or (not self._is_page and tag in _APART and not self._is_of_article(tag, attributes))
            or (tag == "code" and "pre" in self._open)
            or self._is_footnote_mark(tag, attributes)
            or "hidden" in attributes
            or attributes.get("role") == "tooltip"
            or html_names.POPUP.search(names_of(attributes, "class")) is not None
            or html_names.HIDDEN.search(attributes.get("style") or "") is not None
        )

    def _is_of_article(self, tag: str, attributes: dict[str, str | None]) -> bool:
        """Whether an element that mostly stands around articles belongs to one: a signature, a pull quote, notes."""
        if tag == "footer" and "blockquote" in self._open:
            return True
        return holds_notes(tag, attributes) or html_names.QUOTE.search(names_of(attributes, "class")) is not None

    def _is_footnote_mark(self, tag: str, attributes: dict[str, str | None]) -> bool:
        """Whether the ``<sup>`` or link that begins here is the mark of a footnote, or leads back from one to it."""
        named = is_named_as_note_mark(attributes)
        if tag != "sup" and not (tag == "a" and (named or (attributes.get("href") or "").startswith("#"))):
            return False
        start = self._place
        end = self._source.find(f"</{tag}", start, start + LONGEST_FOOTNOTE)
        if end < 0:
            return False
        inner = self._source[start:end].partition(">")[2]
        words = "".join(unescaped(_TAG.sub("", inner)).split())
        if tag == "a" and not any(map(str.isalnum, words)):
            return bool(words) and "<img" not in inner
        before = _TAG.sub("", self._source[max(self._part.start, start - LONGEST_WORD) : start])
        return is_footnote_mark(words, "" if tag == "a" else before, is_named=named or (tag == "sup" and "<a" in inner))

    def _start_element(self, tag: str, attributes: dict[str, str | None]) -> None:
        self._end_block()
        if self._open.innermost == "p":
            self._add_elements(self._open.close("p"))
        for ended in _ENDED.get(tag, (tag,)) if tag in _IMPLIED_ENDS else ():
            self._add_elements(self._open.close(ended, shields=_IMPLIED_ENDS[tag]))
        kind = _KINDS.get(tag)
        names = names_of(attributes, "class", "itemprop", "rel")
        if kind is None and tag in _QUOTING and html_names.QUOTE.search(names):
            kind = BlockKind.BLOCK_QUOTE
        if kind is None and tag in _QUOTING and html_names.CAPTION.search(names):
            kind = BlockKind.CAPTION
        if kind is None and html_names.BYLINE.search(names) and not self._is_in_quote():
            kind = BlockKind.BYLINE
        kept_names = names_of(attributes, "class", "id", "itemprop")
        mark = MarkKind.NOTE if holds_notes(tag, attributes) else _TABLE_MARKS.get(tag)
        self._open.open(tag, kind, kept_names, self._reading.position(), mark)

    def _open_quotation(self) -> None:
        """Write the mark with which a browser shows that ``<q>`` begins, unless the page writes one itself."""
        after = self._source.find(">", self._place) + 1
        if _OPENING_QUOTE.match(self._source, after, after + LONGEST_WORD):
            self._closing_marks.append("")
            return
        is_inner = bool(self._closing_marks)
        self._write("‘" if is_inner else "“", self._place, stands_for_markup=True)
        self._closing_marks.append("’" if is_inner else "”")

    def _close_quotation(self) -> None:
        if self._closing_marks and (mark := self._closing_marks.pop()):
            self._write(mark, self._place, stands_for_markup=True)

    def _end_block(self) -> None:
        while self._closing_marks:
            self._close_quotation()
        self._reading.close_block()
        self._is_in_block = self._is_after_break = False

    def _break(self) -> None:
        # Old pages separate paragraphs by two line breaks.
        if self._is_after_break:
            self._end_block()
        elif self._is_in_block:
            self._reading.write_space(self._place)
            self._reading.add_place(MarkKind.BREAK)
            self._is_after_break = True

    def _write_source(self, written: Text) -> None:
        if self._skipped:
            return
        for piece in _PIECE.finditer(self._source, written.start, written.end):
            words = piece.group()
            if piece["reference"]:
                words = unescaped(words)
            if words.isspace() and words.isascii():
                self._reading.write_space(piece.start())
            else:
                self._write(words, piece.start(), stands_for_markup=words != piece.group())

    def _write(self, words: str, place: int, *, stands_for_markup: bool = False) -> None:
        if not self._is_in_block:
            self._reading.open_block(self._open.kind)
            self._is_in_block = True
        self._is_after_break = False
        if stands_for_markup:
            self._reading.write_instead(words, place)
        else:
            self._reading.write(words, place)
