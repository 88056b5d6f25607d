"""Reads plain text: paragraphs, hard-wrapped or not, and other lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from attribution.ingest.entries import is_time
from attribution.ingest.layouts import lay_out
from attribution.ingest.reading import Reading, trimmed
from attribution.ingest.set_apart import signs
from attribution.ingest.shapes import (
    HEADLINE_LENGTH,
    ends_sentence,
    is_byline,
    is_caption,
    is_date,
    is_end_mark,
    list_mark,
    looks_like_heading,
)
from attribution.ingest.span_cover import SpanCover
from attribution.ingest.turns import opens_turn
from attribution.records import Anchor, Block, BlockKind, Span

WIDEST_WRAP = 120
"""A text with longer lines has one paragraph per line."""

LOOSEST_WRAP = 1.5
"""Hardly any line of a wrapped text is longer than this multiple of its width."""

FEWEST_SPACES = 2
"""The indentation, in spaces, of a paragraph that is set apart."""

LONGEST_MARK = 100
"""The mark of a list item, with the white space behind it, is looked for in this many characters."""

NARROWEST_WRAP = 40
"""A text with shorter lines is a list, not hard-wrapped paragraphs."""


class _Wrap(NamedTuple):
    """How lines are broken: the wrap width, whether blank lines separate paragraphs, where the first line starts."""

    width: int | None
    blank_lines: bool
    first: int


def read_plain(source: str) -> Reading:
    r"""Read a plain text file; links are not looked for.

    The text is the file's, with every line end normalised to ``\n``. Blank lines separate paragraphs; without any, each
    line is a paragraph, unless the lines are hard-wrapped. Line ends within a paragraph stay in the text.
    """
    text, anchors = _with_plain_line_ends(source)
    groups = list(_groups(text))
    wrap = _Wrap(_wrap_width(text, groups), len(groups) > 1, groups[0][0].start if groups else 0)
    blocks = [block for group in groups for block in _paragraphs(text, group, wrap)]
    indented = SpanCover(_indented_quotes(text, groups))
    blocks = [
        msgspec.structs.replace(block, kind=BlockKind.BLOCK_QUOTE)
        if block.kind is BlockKind.PARAGRAPH and indented.covers(block.span)
        else block
        for block in blocks
    ]
    return lay_out(Reading(text, tuple(blocks), anchors))


def _with_plain_line_ends(source: str) -> tuple[str, tuple[Anchor, ...]]:
    pieces: list[str] = []
    anchors = [Anchor(0, 0)]
    length = 0
    place = 0
    while (carriage_return := source.find("\r\n", place)) >= 0:
        pieces.append(source[place:carriage_return])
        length += carriage_return - place
        # \r\n is one character of the draft; the file's offsets after it are one greater.
        place = carriage_return + 1
        anchors.append(Anchor(length, place))
    pieces.append(source[place:])
    return "".join(pieces).replace("\r", "\n"), tuple(anchors)


def _groups(text: str) -> Iterator[list[Span]]:
    """Yield the runs of lines between blank lines; a line's span excludes the white space around it."""
    group: list[Span] = []
    start = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            first = start + len(line) - len(line.lstrip())
            group.append(Span(first, first + len(words)))
        elif group:
            yield group
            group = []
        start += len(line) + 1
    if group:
        yield group


def _wrap_width(text: str, groups: Sequence[Sequence[Span]]) -> int | None:
    """Give the width at which the text's lines were wrapped by hand or by an e-mail program; None if they were not."""
    pairs = [(line, following) for group in groups for line, following in pairwise(group)]
    if not pairs:
        return None
    # Any wrapped text has a few lines that are longer than the rest: addresses that could not be broken.
    width = sorted(len(line) for line, _ in pairs)[len(pairs) * 9 // 10]
    broken = sum(not ends_sentence(text[line.start : line.end]) for line, _ in pairs)
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return None
    lines = [line for group in groups for line in group]
    if sum(len(line) > LOOSEST_WRAP * width for line in lines) * 5 > len(lines):
        return None  # a headline with a line right below it, over one-line paragraphs
    return width if len(groups) > 1 or broken * 3 >= len(pairs) else None


def _paragraphs(text: str, group: Sequence[Span], wrap: _Wrap) -> Iterator[Block]:
    """Yield a group's blocks: its lines joined where a line end only wraps a paragraph."""
    start = group[0]
    for line, following in pairwise(group):
        if not _goes_on(text, start, line, following, wrap):
            yield _block(text, Span(start.start, line.end))
            start = following
    yield _block(text, Span(start.start, group[-1].end))


def _goes_on(text: str, start: Span, line: Span, following: Span, wrap: _Wrap) -> bool:
    """Whether the paragraph that began on line ``start`` continues from ``line`` to the ``following`` one."""
    written, after = text[line.start : line.end], text[following.start : following.end]
    in_list = list_mark(text[start.start : min(start.end, start.start + LONGEST_MARK)]) > 0
    first_word = after.split(maxsplit=1)[0]
    is_full = wrap.width is not None and wrap.width < len(line) + 1 + len(first_word) <= 2 * wrap.width
    breaks_sentence = not ends_sentence(written)
    if list_mark(after) and (in_list or not is_full or not breaks_sentence):
        # Otherwise wrapping put a number or a dash at the start of the line.
        return False
    if any(other.startswith(">") or _stands_alone(other) for other in (written, after)):
        return False
    if opens_turn(text, following) and (not breaks_sentence or opens_turn(text, line)):
        return False
    if signs(text, Span(start.start, line.end), following):
        return False
    if is_full:
        return in_list or _indent(text, following) <= _indent(text, line)
    if breaks_sentence and first_word[0].islower():
        return True
    if wrap.width is None or not wrap.blank_lines:
        return False
    is_headline = start == line and line.start <= wrap.first and looks_like_heading(written, HEADLINE_LENGTH)
    return not (is_headline and len(after) > len(written))


def _indented_quotes(text: str, groups: Sequence[Sequence[Span]]) -> list[Span]:
    """The wholly indented paragraphs of a text that mostly is not: those after a colon or with several lines."""
    indented = [all(_indent(text, line) >= FEWEST_SPACES for line in group) for group in groups]
    if 2 * sum(indented) >= len(groups):
        return []
    found: list[Span] = []
    for number in range(1, len(groups)):
        above, group = groups[number - 1], groups[number]
        announced = text[above[-1].start : above[-1].end].endswith(":") or (found and found[-1].start == above[0].start)
        if indented[number] and (announced or len(group) > 1):
            found.append(Span(group[0].start, group[-1].end))
    return found


def _stands_alone(line: str) -> bool:
    return is_byline(line) or is_caption(line) or is_date(line) or is_time(line) or is_end_mark(line)


def _indent(text: str, line: Span) -> int:
    return line.start - (text.rfind("\n", 0, line.start) + 1)


def _block(text: str, span: Span) -> Block:
    written = text[span.start : span.end]
    if mark := list_mark(written):
        return Block(BlockKind.LIST_ITEM, Span(span.start + mark, span.end))
    if written.startswith(">") and (quoted := written.lstrip("> \t")):
        return Block(BlockKind.BLOCK_QUOTE, trimmed(text, Span(span.end - len(quoted), span.end)))
    return Block(BlockKind.PARAGRAPH, span)
