"""Finds the words in which two texts differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from attribution.comparison.matching import opcodes
from attribution.records import Span

WORD = re.compile(r"\w+(?:[.,:'’\-]\w+)*")
"""A word, including marks inside it (*9.30*, *don’t*, *far-off*)."""

_WORD_OR_MARK = re.compile(WORD.pattern + r"|[^\w\s]")
_APOSTROPHES = str.maketrans("’‘`´“”„«»–—", '\'\'\'\'"""""--')


def word_spans(text: str, span: Span) -> list[Span]:
    """The words and punctuation marks of ``text`` within ``span``."""
    return [Span(*found.span()) for found in _WORD_OR_MARK.finditer(text, span.start, span.end)]


def plain(word: str) -> str:
    """A word normalised for comparison: lower case, and a single form of each mark."""
    return word.translate(_APOSTROPHES).casefold()


def changed_words(
    old_text: str, old: Sequence[Span], new_text: str, new: Sequence[Span]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Spans of the words that only the old text has, and of those that only the new text has.

    ``old`` and ``new`` are the stretches to compare (sentences, quotations). Adjacent words form a single span; case
    and the form of quotation marks are ignored.
    """
    before = [(number, word) for number, span in enumerate(old) for word in word_spans(old_text, span)]
    after = [(number, word) for number, span in enumerate(new) for word in word_spans(new_text, span)]
    codes = opcodes(
        [plain(old_text[word.start : word.end]) for _, word in before],
        [plain(new_text[word.start : word.end]) for _, word in after],
    )
    gone: list[Span] = []
    came: list[Span] = []
    for tag, old_start, old_end, new_start, new_end in codes:
        if tag == "equal":
            continue
        if old_end > old_start:
            gone += _runs(before[old_start:old_end])
        if new_end > new_start:
            came += _runs(after[new_start:new_end])
    return tuple(gone), tuple(came)


def _runs(words: Sequence[tuple[int, Span]]) -> Iterator[Span]:
    """The words, each with the number of its stretch, as a span for each stretch."""
    for _, run in groupby(words, key=itemgetter(0)):
        inside = [word for _, word in run]
        yield Span(inside[0].start, inside[-1].end)
