"""Reads HTML with the position of every character: offsets into the file are worth more than a repaired tree."""

from __future__ import annotations

import re

from attribution.ingest.clutter import is_clutter, without_clutter
from attribution.ingest.html_tags import StartTag, Text, tokens, unescaped
from attribution.ingest.layouts import lay_out
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
    "address article body center details div dl fieldset figure footer form header hgroup html main ol p pre section"
    " summary table tbody td tfoot th thead tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Elements whose text is not part of the article. An aside repeats a quotation or leads to another story.
_SKIPPED = frozenset(
    "aside audio button canvas del dialog iframe math nav noscript object s script select strike style svg template"
    " textarea video".split()
)
# Elements that may be clutter by name.
_CONTAINERS = frozenset("div section ul ol p header".split())
# Elements that may be a pull quote by name, and those within one that may be its signature by name.
_QUOTING = frozenset("div figure p section".split())
_SIGNING = frozenset("p div span footer figcaption small strong em".split())
# Elements that are closed by another of their kind, and the list that shields them from it.
_IMPLIED_ENDS = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",)}

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
_POST_CLASS = re.compile(
    r"\b(?:twitter-(?:tweet|video)|bluesky-embed|instagram-media|text-post-media|fb-(?:post|video)|tiktok-embed|"
    r"mastodon-embed)\b"
)
_ENTRY_CLASS = re.compile(
    r"liveblogupdate|\blive-?blog[\w-]*?[-_](?:post|entry|item|update|block)\b|\blive[-_](?:post|entry|update)\b|"
    r"\bstream[-_]+post\b|\btimeline[-_]+(?:entry|item|post)\b",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[\w{1,3}\]|\d{1,3}|[*†‡§¶]")
_FOOTNOTE_CLASS = re.compile(r"\b(?:foot|end)?note|\breference\b|\bcite_ref", re.IGNORECASE)
_QUOTE_CLASS = re.compile(
    r"(?<![\w-])(?:[a-z]+[-_]+)?(?:pull|block)[-_]?quote(?:[-_]+(?:block|box|wrap\w*))?(?![\w-])", re.IGNORECASE
)
_SIGNATURE_CLASS = re.compile(
    r"(?<![a-z])(?:attribution|author|cite|citation|credit|signature|source|speaker)(?![a-z])", re.IGNORECASE
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BYLINE_CLASS = re.compile(r"\bby-?line\b|\bauthor(?:-?names?)?\b", re.IGNORECASE)
_HEADING_ONE = re.compile(r"<h1[\s>]", re.IGNORECASE)


LONGEST_FOOTNOTE_MARK = 20
"""The longest footnote mark in characters (*[citation needed]*)."""

LONGEST_FOOTNOTE = 2000
"""The longest footnote mark in characters with its markup."""

LONGEST_NAMES = 4000
"""The most characters of an element's classes that are looked at."""


def read_html(source: str) -> Reading:
    """Read an HTML page or fragment.

    White space is as a browser shows it. In a page with exactly one ``<article>`` (otherwise one ``<main>``) only that
    is read; without an ``<h1>`` the ``<title>`` is the headline. Scripts, styles, navigation, asides, forms, struck-out
    and hidden text are left out.
    """
    everything = Span(0, len(source))
    region = _article(source) or everything
    reading = _read(source, region)
    if not reading.blocks and region != everything:
        reading = _read(source, everything)
    return lay_out(without_clutter(reading))


def read_html_part(source: str, part: Span, reading: ReadingText) -> None:
    """Read the HTML in ``part`` of a file of another format into ``reading``."""
    _Reader(source, part, reading, region=part, headings=part).read()


def _read(source: str, region: Span) -> Reading:
    everything = Span(0, len(source))
    text = ReadingText()
    # A heading above the article is its headline only if the article has none of its own.
    has_heading = _HEADING_ONE.search(source, region.start, region.end) is not None
    _Reader(source, everything, text, region, headings=region if has_heading else everything).read()
    reading = text.result()
    blocks = [
        Block(BlockKind.PARAGRAPH, block.span)
        if block.kind == BlockKind.BYLINE and len(block.span) > LINE_LENGTH
        else block
        for block in reading.blocks
    ]
    return reading._replace(blocks=tuple(blocks))


def _article(source: str) -> Span | None:
    """Give the part of the page that holds its only article; None if there is no such part."""
    found: dict[str, list[Span]] = {"article": [], "main": []}
    depth, start = dict.fromkeys(found, 0), dict.fromkeys(found, 0)
    for token in tokens(source, 0, len(source)):
        if isinstance(token, Text) or token.name not in found:
            continue
        name = token.name
        if isinstance(token, StartTag):
            if not depth[name]:
                start[name] = token.start
            depth[name] += 1
        elif depth[name]:
            depth[name] -= 1
            if not depth[name]:
                found[name].append(Span(start[name], token.start))
    return next((spans[0] for spans in found.values() if len(spans) == 1), None)


class _OpenElements:
    """The elements that are open around a place, each with the kind of block that its text is."""

    def __init__(self) -> None:
        self._elements: list[tuple[str, BlockKind]] = []
        self._depths: dict[str, list[int]] = {}

    def __contains__(self, name: str) -> bool:
        return bool(self._depths.get(name))

    @property
    def innermost(self) -> str:
        """The name of the innermost element; empty if there is none."""
        return self._elements[-1][0] if self._elements else ""

    @property
    def kind(self) -> BlockKind:
        """The kind of block that text here belongs to."""
        return self._elements[-1][1] if self._elements else BlockKind.PARAGRAPH

    def open(self, name: str, kind: BlockKind | None) -> None:
        """Open an element within the others; without a kind of its own it has that of the one around it."""
        self._depths.setdefault(name, []).append(len(self._elements))
        self._elements.append((name, kind or self.kind))

    def close(self, name: str, shields: tuple[str, ...] = ()) -> None:
        """Close the innermost open element of this name and all within it, unless a shielding element is in between."""
        if name not in self:
            return
        depth = self._depths[name][-1]
        if any(shield in self and self._depths[shield][-1] > depth for shield in shields):
            return
        for closed, _ in self._elements[depth:]:
            self._depths[closed].pop()
        del self._elements[depth:]


class _Reader:
    """Writes the visible text of the region (and the headings of a wider part) into a reading text."""

    def __init__(self, source: str, part: Span, reading: ReadingText, region: Span, headings: Span) -> None:
        self._source = source
        self._part = part
        self._place = part.start
        self._reading = reading
        self._region = region
        self._headings = headings
        self._has_heading = _HEADING_ONE.search(source) is not None
        self._open = _OpenElements()
        self._skipped = ""
        self._skipped_depth = 0
        self._links: list[tuple[int, str]] = []
        self._marks: dict[str, list[tuple[MarkKind, int]]] = {}
        self._open_quotes = 0
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
        self._end_block()

    def _start_tag(self, tag: str, attributes: dict[str, str | None]) -> None:
        if self._skipped:
            self._skipped_depth += tag == self._skipped
            return
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
            self._write("“", self._place, stands_for_markup=True)
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
            self._write("”", self._place, stands_for_markup=True)
        elif tag == "br":
            self._break()
        elif tag in _KINDS or tag in _BOUNDARIES:
            self._end_block()
            self._open.close(tag)
        if not self._skipped:
            self._close_mark(tag)

    def _open_mark(self, tag: str, attributes: dict[str, str | None]) -> None:
        kind = _MARKED.get(tag)
        names = _names(attributes, "class", "id", "itemprop")
        if tag not in _VOID and _POST_CLASS.search(names):
            kind = MarkKind.POST
        elif tag not in _VOID and _ENTRY_CLASS.search(names):
            kind = MarkKind.ENTRY
        elif tag in _CONTAINERS and kind is None and is_clutter(names):
            kind = MarkKind.CLUTTER
        elif tag in _QUOTING and kind is None and _QUOTE_CLASS.search(names):
            kind = MarkKind.QUOTE
        elif (
            kind is None
            and self._is_in_quote()
            and (tag in ("footer", "figcaption") or (tag in _SIGNING and _SIGNATURE_CLASS.search(names)))
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
            or (tag == "title" and self._has_heading)
            or (tag == "code" and "pre" in self._open)
            or (tag == "footer" and "blockquote" not in self._open)
            or (tag == "sup" and self._is_footnote(attributes))
            or "hidden" in attributes
            or _HIDDEN.search(attributes.get("style") or "") is not None
        )

    def _is_footnote(self, attributes: dict[str, str | None]) -> bool:
        """Whether the ``<sup>`` that begins here is a footnote mark, not a power or an ordinal."""
        start = self._place
        end = self._source.find("</sup", start, start + LONGEST_FOOTNOTE)
        if end < 0:
            return False
        inner = self._source[start:end].partition(">")[2]
        words = "".join(unescaped(re.sub(r"<[^>]*>", "", inner)).split())
        if not words or len(words) > LONGEST_FOOTNOTE_MARK:
            return False
        named = _FOOTNOTE_CLASS.search(_names(attributes, "class", "id"))
        if named or "<a" in inner or words.startswith("["):
            return True
        while start and self._source[start - 1].isspace():
            start -= 1
        return _FOOTNOTE.fullmatch(words) is not None and not self._source[max(0, start - 1) : start].isalnum()

    def _start_element(self, tag: str, attributes: dict[str, str | None]) -> None:
        self._end_block()
        if self._open.innermost == "p":
            self._open.close("p")
        if tag in _IMPLIED_ENDS:
            self._open.close(tag, shields=_IMPLIED_ENDS[tag])
        kind = _KINDS.get(tag)
        names = _names(attributes, "class", "itemprop", "rel")
        if kind is None and tag in _QUOTING and _QUOTE_CLASS.search(names):
            kind = BlockKind.BLOCK_QUOTE
        if kind is None and _BYLINE_CLASS.search(names) and not self._is_in_quote():
            kind = BlockKind.BYLINE
        self._open.open(tag, kind)

    def _end_block(self) -> None:
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
        kind = self._open.kind
        allowed = self._headings if kind == BlockKind.HEADLINE else self._region
        if not allowed.start <= place < allowed.end:
            return
        if not self._is_in_block:
            self._reading.open_block(kind)
            self._is_in_block = True
        self._is_after_break = False
        if stands_for_markup:
            self._reading.write_instead(words, place)
        else:
            self._reading.write(words, place)


def _names(attributes: dict[str, str | None], *wanted: str) -> str:
    """An element's classes and other names, separated by spaces."""
    return " ".join((attributes.get(name) or "")[:LONGEST_NAMES] for name in wanted)
