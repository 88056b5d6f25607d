"""Finds pull quotes: words set apart from the article that repeat words of it in larger type."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from attribution.ingest.reading import Mark, MarkKind
from attribution.ingest.span_cover import SpanCover
from attribution.records import Block, BlockKind

REPEATED_WORDS = 4
"""The fewest words by which a pull quote is recognised in the article."""

INDEXED_WORDS = 3
"""How many words the index of the article's words looks up together; shorter pieces are not found."""

MOST_PLACES = 20
"""The most places of the article where the first words of a piece are looked for."""

_WORD = re.compile(r"\w+")
_OMISSION = re.compile(r"\[[^\[\]]*\]|\(?(?:…|\.\s?\.\s?\.)\)?")
_NO_STORY = (BlockKind.HEADLINE, BlockKind.SPEAKER, BlockKind.CAPTION, BlockKind.BYLINE, BlockKind.DATELINE)


def pull_quotes(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> frozenset[int]:
    """The numbers of the blocks of pull quotes, with their signatures.

    A block quotation, or words in a text box or an element that is named as a pull quote, is one if the article's
    running text has all of its words; an ellipsis and words in square brackets may stand for some.
    """
    apart = SpanCover(mark.span for mark in marks if mark.kind is MarkKind.APART)
    numbers = [number for number, block in enumerate(blocks) if _may_repeat(block, apart)]
    if not numbers:
        return frozenset()
    may_repeat = frozenset(numbers)
    story = _Story(
        text,
        [
            block
            for number, block in enumerate(blocks)
            if number not in may_repeat and block.role is None and block.kind not in _NO_STORY
        ],
    )
    found: set[int] = set()
    for region in _regions(numbers, blocks):
        words = "\n".join(text[blocks[number].span.start : blocks[number].span.end] for number in region)
        if story.has(words):
            found.update(region)
            found.update(_signature(blocks, region))
    return frozenset(found)


def _may_repeat(block: Block, apart: SpanCover) -> bool:
    if block.role is not None or block.kind is BlockKind.SPEAKER:
        return False
    return block.kind is BlockKind.BLOCK_QUOTE or apart.covers(block.span)


def _regions(numbers: Sequence[int], blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Yield the numbers of consecutive blocks with one speaker."""
    # Of consecutive numbers, each is as much greater than its place.
    for _, run in groupby(enumerate(numbers), key=lambda pair: (pair[1] - pair[0], blocks[pair[1]].speaker)):
        yield [number for _, number in run]


def _signature(blocks: Sequence[Block], region: Sequence[int]) -> Iterator[int]:
    """Yield the number of the label that names the speaker, if it stands beside the words."""
    speaker = blocks[region[0]].speaker
    for number in (region[0] - 1, region[-1] + 1):
        if speaker is not None and 0 <= number < len(blocks) and blocks[number].span.covers(speaker):
            yield number


class _Story:
    """The words of an article's running text."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self._words: list[str] = []
        for block in blocks:
            self._words += _words(text[block.span.start : block.span.end])
            self._words.append("\n")
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        words = self._words
        for place, first in enumerate(zip(words, words[1:], words[2:], strict=False)):
            if len(places := self._places[first]) < MOST_PLACES:
                places.append(place)

    def has(self, quoted: str) -> bool:
        """Whether the words stand in the article, all of them or the pieces between omissions."""
        pieces = [words for piece in _OMISSION.split(quoted) if (words := _words(piece))]
        return sum(map(len, pieces)) >= REPEATED_WORDS and all(map(self._has_piece, pieces))

    def _has_piece(self, words: list[str]) -> bool:
        places = self._places.get(tuple(words[:INDEXED_WORDS]), ())
        return any(self._words[place : place + len(words)] == words for place in places)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
