"""Reads Markdown: front matter, headings, block quotes, lists, links and emphasis, each character with its position.

markdown-it-py gives line numbers for blocks and no positions within them. Its rules are public, though: here each
inline rule records where it began, and fragments are not joined, so that every piece of text has its position.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from attribution.ingest.hypertext import read_html_part
from attribution.ingest.layouts import lay_out
from attribution.ingest.markdown_spans import PLACE, figure_of, footnote_mark_tokens
from attribution.ingest.offsets import line_starts
from attribution.ingest.reading import MarkKind, Reading, ReadingText
from attribution.records import BlockKind, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# The first line must be a field, because a draft may also begin with a rule.
_FRONT_MATTER = re.compile(
    r"\s*(---|\+\+\+)[ \t]*[\r\n]+(?=\s*(?:#|[\w-]+[ \t]*[:=]))(.*?)^\1[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^(?P<name>[A-Za-z_-]+)[ \t]*[:=][ \t]*(?P<value>[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)
_FIELD_KINDS = {
    "title": BlockKind.HEADLINE,
    "headline": BlockKind.HEADLINE,
    "subtitle": BlockKind.PARAGRAPH,
    "standfirst": BlockKind.PARAGRAPH,
    "author": BlockKind.BYLINE,
    "authors": BlockKind.BYLINE,
    "byline": BlockKind.BYLINE,
}
_CONTAINERS = {
    "heading": BlockKind.HEADLINE,
    "blockquote": BlockKind.BLOCK_QUOTE,
    "list_item": BlockKind.LIST_ITEM,
    "th": BlockKind.LIST_ITEM,
    "td": BlockKind.LIST_ITEM,
}
_MARKED = {
    "blockquote": MarkKind.QUOTE,
    "table": MarkKind.TABLE,
    "th": MarkKind.HEADER_CELL,
    "td": MarkKind.CELL,
}
_FOOTNOTE = re.compile(r"(?P<mark>\[\^[^\]\[\s]+\])(?P<colon>:[ \t]*)?")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_QUOTATION_TAG = re.compile(r"<(?P<closes>/?)q(?=[\s>])", re.IGNORECASE)
_PIECE = re.compile(r"(?P<space>[ \t]+)|[^ \t]+")
_LONGEST_MARK = 4


def read_markdown(source: str) -> Reading:
    """Read a Markdown file (CommonMark with tables and struck-out text).

    Left out: code blocks, struck-out text, HTML comments, footnote marks, and images but for the caption of one that
    stands alone. Each cell of a table is a block, and so is each paragraph of a footnote. Front matter gives headline,
    standfirst and byline; HTML blocks are read as HTML.
    """
    # The parser does the same; if it is done here first, the parser's text can be found in the source.
    source = re.sub(r"\r(?!\n)", "\n", source).replace("\0", "\ufffd")
    text = ReadingText()
    body = _read_front_matter(source, text)
    # The body's lines count from its first; normalised line ends let lines be found by number.
    starts = [start for start in line_starts(source) if start >= body] if body else list(line_starts(source))
    _Body(source, [*starts, len(source)], text).read(_parser().parse(source[starts[0] if starts else len(source) :]))
    return lay_out(text.result())


def _read_front_matter(source: str, text: ReadingText) -> int:
    """Write the article's fields in the front matter and give the offset after it (0 if there is none)."""
    match = _FRONT_MATTER.match(source)
    if match is None:
        return 0
    for field in _FIELD.finditer(source, match.start(2), match.end(2)):
        kind = _FIELD_KINDS.get(field["name"].lower())
        value = field["value"]
        words = value.strip("\"'[] ,")
        if kind is not None and any(map(str.isalnum, words)):
            text.open_block(kind)
            quote = value[0] if value[0] in "\"'" else ""
            place = field.start("value") + value.index(words)
            # Within quotation marks, YAML and TOML write a quotation mark as \\" or ''.
            for piece in re.split(r"(\\[\"\\]|'')", words) if quote else [words]:
                if piece in ('\\"', "\\\\", "''"):
                    text.write_instead(piece[1], place)
                else:
                    text.write(piece, place)
                place += len(piece)
            text.close_block()
    return match.end()


def _parser() -> MarkdownIt:
    """Give a parser whose text tokens carry their position within their block in ``meta``."""
    from markdown_it import MarkdownIt, rules_inline

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["fragments_join", "text_join"])
    rules = {
        "text": rules_inline.text,
        "newline": rules_inline.newline,
        "escape": rules_inline.escape,
        "backticks": rules_inline.backtick,
        "strikethrough": rules_inline.strikethrough.tokenize,
        "emphasis": rules_inline.emphasis.tokenize,
        "link": rules_inline.link,
        "image": rules_inline.image,
        "autolink": rules_inline.autolink,
        "html_inline": rules_inline.html_inline,
        "entity": rules_inline.entity,
    }
    for name, rule in rules.items():
        parser.inline.ruler.at(name, _noting_place(rule))
    parser.inline.ruler.push("character", _noting_place(_character))
    parser.inline.ruler.before("link", "footnote", _noting_place(_footnote))
    return parser


def _footnote(state: StateInline, silent: bool) -> bool:
    """Consume the mark of a footnote, ``[^1]``, or the one that opens its text, ``[^1]:``."""
    match = _FOOTNOTE.match(state.src, state.pos)
    if match is None:
        return False
    opens = match["colon"] is not None and (state.pos == 0 or state.src[state.pos - 1] == "\n")
    if not silent:
        state.push("footnote_open" if opens else "footnote", "", 0)
    state.pos = match.end() if opens else match.end("mark")
    return True


def _character(state: StateInline, silent: bool) -> bool:
    """Consume a character that no other rule matches, as the parser itself would."""
    if not silent:
        state.pending += state.src[state.pos]
    state.pos += 1
    return True


def _noting_place(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Wrap the rule so that the tokens it makes record where in the block it began."""

    def placed(state: StateInline, silent: bool) -> bool:
        place, made = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            if state.pending:
                state.pushPending()
            for token in state.tokens[made:]:
                if PLACE not in token.meta:
                    token.meta[PLACE] = place
                    # A rule may make one token for each mark: ** is two.
                    place += len(token.content) if token.type == "text" else 0
        return True

    return placed


class _Body:
    """Writes a document's tokens into a reading text."""

    def __init__(self, source: str, starts: Sequence[int], text: ReadingText) -> None:
        self._source = source
        self._starts = starts
        self._text = text
        self._containers: list[BlockKind] = []
        self._marks: list[int] = []
        self._cell_end = -1
        self._is_in_notes = False

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            name, _, side = token.type.rpartition("_")
            if token.type == "inline" and token.map:
                is_cell = self._cell_end >= 0
                places = self._cell_places(token.content, token.map[0]) if is_cell else None
                self._read_block(token, places or self._places(token.content, *token.map))
            elif token.type == "code_block" and token.map and self._is_in_notes:
                self._read_note_paragraphs(*token.map)
            elif token.type == "html_block" and token.map:
                first, last = token.map
                read_html_part(self._source, Span(self._starts[first], self._starts[last]), self._text)
            elif token.type == "tr_open":
                self._cell_end = 0
            elif token.type == "table_close":
                self._cell_end = -1
            elif token.type == "hr":
                self._text.add_place(MarkKind.RULE)
            if name in _CONTAINERS and side == "open":
                self._containers.append(_CONTAINERS[name])
            elif name in _CONTAINERS:
                self._containers.pop()
            if name in _MARKED and side == "open":
                self._marks.append(self._text.position())
            elif name in _MARKED:
                self._text.add_mark(_MARKED[name], self._marks.pop())

    def _read_block(self, token: Token, places: Sequence[int]) -> None:
        kind = self._containers[-1] if self._containers else BlockKind.PARAGRAPH
        tokens, content = token.children or [], token.content.replace("\n", " ")
        figure = figure_of(tokens, content) if kind is BlockKind.PARAGRAPH else None
        self._is_in_notes = bool(tokens) and tokens[0].type == "footnote_open"
        if figure is None:
            self._text.open_block(kind)
            self._read_inline(tokens, content, places)
        else:
            self._text.open_block(BlockKind.CAPTION)
            self._write(figure.words, content, figure.place, places)
            self._read_inline(figure.below, content, places)
        self._text.close_block()

    def _read_note_paragraphs(self, first: int, last: int) -> None:
        """Read the indented lines below a footnote, further paragraphs of it, as they stand."""
        for number in range(first, last):
            line = self._line(number)
            if not line.strip():
                self._text.close_block()
                continue
            if number == first or not self._line(number - 1).strip():
                self._text.open_block(BlockKind.LIST_ITEM)
                start = self._text.position()
            else:
                self._text.write_space(self._starts[number])
            indent = len(line) - len(line.lstrip())
            for piece in _PIECE.finditer(line.rstrip(), indent):
                if piece["space"]:
                    self._text.write_space(self._starts[number] + piece.start())
                else:
                    self._text.write(piece.group(), self._starts[number] + piece.start())
            self._text.add_mark(MarkKind.NOTE, start)
        self._text.close_block()

    def _places(self, content: str, first: int, last: int) -> list[int]:
        """Give the file offset of each character, and of the end, of a block's content on lines ``first`` to ``last``.

        The parser strips marks and indentation from the start of each line and white space from both ends of the block.
        """
        places: list[int] = []
        lines = content.split("\n")
        while first < last - 1 and lines[0].strip() not in self._line(first):
            first += 1
        for number, line in enumerate(lines, first):
            column = max(self._line(number).rfind(line.strip()), 0) - (len(line) - len(line.lstrip()))
            start = self._starts[number] + column
            places.extend(range(start, start + len(line) + 1))
        return places

    def _cell_places(self, content: str, number: int) -> list[int]:
        """Give the file offset of each character, and of the end, of a table cell; a row's cells must come in order."""
        line = self._line(number)
        column = line.find(content.replace("|", "\\|"), self._cell_end)
        if column < 0:
            column = self._cell_end
        places: list[int] = []
        for character in content:
            if character == "|" and line[column : column + 1] == "\\":
                column += 1
            places.append(self._starts[number] + column)
            column += 1
        self._cell_end = column
        return [*places, self._starts[number] + min(column, len(line))]

    def _line(self, number: int) -> str:
        return self._source[self._starts[number] : self._starts[number + 1]].rstrip("\r\n")

    def _read_inline(self, tokens: Sequence[Token], content: str, places: Sequence[int]) -> None:
        note: int | None = None
        links: list[tuple[int, str]] = []
        emphasis: list[int] = []
        struck = 0
        marks = footnote_mark_tokens(tokens, content)
        for number, token in enumerate(tokens):
            if number in marks:
                continue
            place = token.meta.get(PLACE, len(places) - 1)
            if token.type == "s_open":
                struck += 1
            elif token.type == "s_close":
                struck -= 1
            elif struck:
                continue
            elif token.type == "link_open":
                links.append((self._text.position(), str(token.attrGet("href") or "")))
            elif token.type == "link_close":
                self._text.add_link(*links.pop())
            elif token.type == "footnote_open":
                if note is not None:
                    self._text.add_mark(MarkKind.NOTE, note)
                self._text.open_block(BlockKind.LIST_ITEM)
                note = self._text.position()
            elif token.type == "html_inline" and (mark := _QUOTATION_TAG.match(token.content)):
                self._text.write_instead("”" if mark["closes"] else "“", places[place])
            elif token.type in ("strong_open", "em_open"):
                emphasis.append(self._text.position())
            elif token.type in ("strong_close", "em_close"):
                self._text.add_mark(MarkKind.EMPHASIS, emphasis.pop())
            elif token.type in ("softbreak", "hardbreak") or _LINE_BREAK.fullmatch(token.content):
                self._text.write_space(places[place])
                self._text.add_place(MarkKind.BREAK)
            elif token.type in ("text", "text_special", "code_inline"):
                self._write(token.content, content, place, places)
        if note is not None:
            self._text.add_mark(MarkKind.NOTE, note)

    def _write(self, words: str, content: str, place: int, places: Sequence[int]) -> None:
        # After the mark of a code span, or in an address in angle brackets, the text is verbatim.
        found = content.find(words, place, place + len(words) + _LONGEST_MARK)
        if found < 0:
            self._text.write_instead(words, places[place])
            return
        for piece in _PIECE.finditer(content, found, found + len(words)):
            place = places[piece.start()]
            if piece["space"]:
                self._text.write_space(place)
            else:
                self._text.write(piece.group(), place)
