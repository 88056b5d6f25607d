"""Reads HTML with the position of every character.

The standard library's ``html.parser`` tells where each tag and each piece of text begins, which third-party parsers do
not (they build a tree and give line numbers at most); here, offsets into the file are worth more than the repair of
broken markup.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from itertools import accumulate

from attribution.ingest.clutter import is_clutter, without_clutter
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


class _PlacedParser(HTMLParser):
    """A parser that knows the file offset of each tag and text."""

    def __init__(self, source: str, part: Span) -> None:
        # References are handled separately, so that the characters after one keep their offsets.
        super().__init__(convert_charrefs=False)
        self._source = source
        self._part = part
        lines = source[part.start : part.end].split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=part.start))

    def read(self) -> None:
        self.feed(self._source[self._part.start : self._part.end])
        self.close()

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        # Browsers treat <![…]> as a comment; the standard library fails on unknown ones.
        return self.parse_bogus_comment(i, report)

    def place(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column


class _ArticleFinder(_PlacedParser):
    """Finds the outermost ``<article>`` and ``<main>`` elements."""

    def __init__(self, source: str) -> None:
        super().__init__(source, Span(0, len(source)))
        self.found: dict[str, list[Span]] = {"article": [], "main": []}
        self._depth = {"article": 0, "main": 0}
        self._start = {"article": 0, "main": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.found:
            if not self._depth[tag]:
                self._start[tag] = self.place()
            self._depth[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if self._depth.get(tag):
            self._depth[tag] -= 1
            if not self._depth[tag]:
                self.found[tag].append(Span(self._start[tag], self.place()))


def _article(source: str) -> Span | None:
    """Give the part of the page that holds its only article; None if there is no such part."""
    finder = _ArticleFinder(source)
    finder.read()
    return next((spans[0] for spans in finder.found.values() if len(spans) == 1), None)


class _Reader(_PlacedParser):
    """Writes the visible text of the region (and the headings of a wider part) into a reading text."""

    def __init__(self, source: str, part: Span, reading: ReadingText, region: Span, headings: Span) -> None:
        super().__init__(source, part)
        self._reading = reading
        self._region = region
        self._headings = headings
        self._has_heading = _HEADING_ONE.search(source) is not None
        self._open: list[tuple[str, BlockKind | None]] = []
        self._skipped = ""
        self._skipped_depth = 0
        self._links: list[tuple[int, str]] = []
        self._marks: list[tuple[str, MarkKind, int]] = []
        self._is_in_block = False
        self._is_after_break = False
        self._has_quoted_figure = False

    def read(self) -> None:
        super().read()
        self._end_block()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._skipped_depth += tag == self._skipped
            return
        attributes = dict(attrs)
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
            self._write("“", self.place(), stands_for_markup=True)
        elif tag in _KINDS or tag in _BOUNDARIES:
            self._start_element(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped_depth -= tag == self._skipped
            if not self._skipped_depth:
                self._skipped = ""
        elif tag == "a":
            if self._links:
                self._reading.add_link(*self._links.pop())
        elif tag == "q":
            self._write("”", self.place(), stands_for_markup=True)
        elif tag == "br":
            self._break()
        elif tag in _KINDS or tag in _BOUNDARIES:
            self._end_block()
            self._close(tag)
        if not self._skipped:
            self._close_mark(tag)

    def handle_data(self, data: str) -> None:
        self._write_source(data)

    def handle_entityref(self, name: str) -> None:
        self._write_reference("&" + name)

    def handle_charref(self, name: str) -> None:
        self._write_reference("&#" + name)

    def _open_mark(self, tag: str, attributes: dict[str, str | None]) -> None:
        kind = _MARKED.get(tag)
        names = " ".join(attributes.get(name) or "" for name in ("class", "id", "itemprop"))
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
            self._has_quoted_figure = self._is_inside("figure")
        if kind is not None or any(name == tag for name, _, _ in self._marks):
            # Elements of the same name are counted, so that the matching end tag closes the mark.
            self._marks.append((tag, kind or MarkKind.BREAK, self._reading.position()))

    def _is_in_quote(self) -> bool:
        """Whether the element that begins here is in a block quotation, or in the figure around one."""
        inside = any(kind is MarkKind.QUOTE for _, kind, _ in self._marks)
        return inside or (self._has_quoted_figure and self._is_inside("figure"))

    def _close_mark(self, tag: str) -> None:
        for depth in range(len(self._marks) - 1, -1, -1):
            name, kind, start = self._marks[depth]
            if name == tag:
                del self._marks[depth]
                if kind is not MarkKind.BREAK:
                    self._reading.add_mark(kind, start)
                return

    def _is_skipped(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if tag in _VOID:
            return False
        return (
            tag in _SKIPPED
            or (tag == "title" and self._has_heading)
            or (tag == "code" and self._is_inside("pre"))
            or (tag == "footer" and not self._is_inside("blockquote"))
            or (tag == "sup" and self._is_footnote(attributes))
            or "hidden" in attributes
            or _HIDDEN.search(attributes.get("style") or "") is not None
        )

    def _is_footnote(self, attributes: dict[str, str | None]) -> bool:
        """Whether the ``<sup>`` that begins here is a footnote mark, not a power or an ordinal."""
        start = self.place()
        end = self._source.find("</sup", start)
        if end < 0:
            return False
        inner = self._source[start:end].partition(">")[2]
        words = "".join(html.unescape(re.sub(r"<[^>]*>", "", inner)).split())
        if not words or len(words) > LONGEST_FOOTNOTE_MARK:
            return False
        named = _FOOTNOTE_CLASS.search(" ".join(attributes.get(name) or "" for name in ("class", "id")))
        if named or "<a" in inner or words.startswith("["):
            return True
        before = self._source[:start].rstrip()[-1:]
        return _FOOTNOTE.fullmatch(words) is not None and not before.isalnum()

    def _is_inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def _start_element(self, tag: str, attributes: dict[str, str | None]) -> None:
        self._end_block()
        if self._open and self._open[-1][0] == "p":
            self._open.pop()
        if tag in _IMPLIED_ENDS:
            self._close(tag, shields=_IMPLIED_ENDS[tag])
        kind = _KINDS.get(tag)
        names = " ".join(attributes.get(name) or "" for name in ("class", "itemprop", "rel"))
        if kind is None and tag in _QUOTING and _QUOTE_CLASS.search(names):
            kind = BlockKind.BLOCK_QUOTE
        if kind is None and _BYLINE_CLASS.search(names) and not self._is_in_quote():
            kind = BlockKind.BYLINE
        self._open.append((tag, kind))

    def _close(self, tag: str, shields: tuple[str, ...] = ()) -> None:
        """Close the innermost open element of this name and all within it, unless a shielding element is in between."""
        for depth in range(len(self._open) - 1, -1, -1):
            name, _ = self._open[depth]
            if name == tag:
                del self._open[depth:]
                return
            if name in shields:
                return

    def _end_block(self) -> None:
        self._reading.close_block()
        self._is_in_block = self._is_after_break = False

    def _break(self) -> None:
        # Old pages separate paragraphs by two line breaks.
        if self._is_after_break:
            self._end_block()
        elif self._is_in_block:
            self._reading.write_space(self.place())
            self._reading.add_place(MarkKind.BREAK)
            self._is_after_break = True

    def _write_reference(self, reference: str) -> None:
        place = self.place()
        end = place + len(reference)
        self._write_source(reference + ";" if self._source[end : end + 1] == ";" else reference)

    def _write_source(self, source: str) -> None:
        if self._skipped:
            return
        place = self.place()
        for piece in _PIECE.finditer(source):
            words = piece.group()
            if piece["reference"]:
                words = html.unescape(words)
            if words.isspace() and words.isascii():
                self._reading.write_space(place + piece.start())
            else:
                self._write(words, place + piece.start(), stands_for_markup=words != piece.group())

    def _write(self, words: str, place: int, *, stands_for_markup: bool = False) -> None:
        kind = next((kind for _, kind in reversed(self._open) if kind is not None), BlockKind.PARAGRAPH)
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
