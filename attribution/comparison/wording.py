"""Finds the words in which two texts differ."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    before = [word for span in old for word in word_spans(old_text, span)]
    after = [word for span in new for word in word_spans(new_text, span)]
    codes = opcodes(
        [plain(old_text[word.start : word.end]) for word in before],
        [plain(new_text[word.start : word.end]) for word in after],
    )
    gone: list[Span] = []
    came: list[Span] = []
    for tag, old_start, old_end, new_start, new_end in codes:
        if tag == "equal":
            continue
        if old_end > old_start:
            gone += _runs(before[old_start:old_end], old)
        if new_end > new_start:
            came += _runs(after[new_start:new_end], new)
    return tuple(gone), tuple(came)


def _runs(words: Sequence[Span], stretches: Sequence[Span]) -> list[Span]:
    """The words as a span for each stretch."""
    runs: list[Span] = []
    for stretch in stretches:
        inside = [word for word in words if stretch.covers(word)]
        if inside:
            runs.append(Span(inside[0].start, inside[-1].end))
    return runs
