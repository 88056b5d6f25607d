"""Finds quotations whose words were changed.

A quotation may be shortened, interrupted by *she said*, or joined; ellipses and square brackets admit a change. All
other differences in words are alterations. Punctuation, case and the form of the marks are matters of house style.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

import msgspec

from attribution.comparison.matching import common_length, near, opcodes
from attribution.comparison.version import Version
from attribution.comparison.wording import WORD, plain
from attribution.records import Quotation, Span

SIMILAR = 0.5
"""Least share of common words of two versions of the same quotation."""

SIMILAR_IN_PLACE = 0.25
"""The same for quotations in corresponding sentences."""

_ADMITTED = re.compile(r"\[[^\]]*\]|\.\s?\.\s?\.|…")


class Altered(msgspec.Struct, frozen=True):
    """A quotation of each version, and the words in which they differ."""

    old: Quotation
    new: Quotation
    old_words: tuple[Span, ...]
    new_words: tuple[Span, ...]


class _Quoted(msgspec.Struct, frozen=True):
    quotation: Quotation
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    pieces: tuple[tuple[str, ...], ...]


def altered_quotations(old: Version, new: Version, partners: frozenset[tuple[str, str]]) -> list[Altered]:
    """Quotations whose words differ between the versions; ``partners`` are pairs of corresponding sentences."""
    before = [_quoted(quoted, old) for quoted in old.analysis.quotations if quoted.parent is None]
    after = [_quoted(quoted, new) for quoted in new.analysis.quotations if quoted.parent is None]
    everything = _Words(word for quoted in before for word in quoted.words)
    kept = [quoted for quoted in after if all(map(everything.contain, quoted.pieces))]
    known = {quoted.quotation.id for quoted in kept}
    changed = [quoted for quoted in after if quoted.quotation.id not in known]
    candidates: list[tuple[float, int, int]] = []
    # An old quotation that is unchanged in the new version was not turned into another.
    kept_words = _Words(word for quoted in kept for word in quoted.words)
    open_old = [number for number, quoted in enumerate(before) if not kept_words.contain(quoted.words)]
    old_sentences = [old.sentences_at(quoted.quotation.span) for quoted in before]
    new_sentences = [new.sentences_at(quoted.quotation.span) for quoted in changed]
    starts = [later.quotation.start / max(1, len(new.text)) for later in changed]

    def place(row: int) -> int:
        return bisect_left(starts, before[open_old[row]].quotation.start / max(1, len(old.text)))

    for row, columns in near(len(open_old), len(changed), place):
        number = open_old[row]
        earlier = before[number]
        for column in columns:
            later = changed[column]
            score = _likeness(earlier.words, later.words)
            beside = any((left, right) in partners for left in old_sentences[number] for right in new_sentences[column])
            short = beside and max(len(earlier.words), len(later.words)) <= 2
            if score >= (SIMILAR_IN_PLACE if beside else SIMILAR) or short:
                candidates.append((score + beside, number, column))
    found: list[Altered] = []
    used: set[int] = set()
    for _, number, column in sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1], candidate[2])):
        if column in used:
            continue
        used.add(column)
        found.append(_altered(before[number], changed[column]))
    return sorted(found, key=lambda pair: pair.new.start)


def _quoted(quotation: Quotation, version: Version) -> _Quoted:
    spans: list[Span] = []
    pieces: list[list[str]] = [[]]
    for part in quotation.parts:
        edge = part.start
        text = version.text
        for gap in [*_ADMITTED.finditer(text, part.start, part.end), None]:
            end = part.end if gap is None else gap.start()
            for found in WORD.finditer(text, edge, end):
                spans.append(Span(*found.span()))
                pieces[-1].append(plain(found.group()))
            if gap is not None:
                pieces.append([])
                edge = gap.end()
    words = tuple(word for piece in pieces for word in piece)
    return _Quoted(quotation, words, tuple(spans), tuple(tuple(piece) for piece in pieces if piece))


class _Words:
    """The words of many quotations, one after the other; tells whether a piece stands in them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            self._places.setdefault(word, []).append(place)
        self._known: dict[tuple[str, ...], bool] = {}

    def contain(self, piece: tuple[str, ...]) -> bool:
        """Whether the words of the piece follow each other here; an empty piece does."""
        if piece not in self._known:
            self._known[piece] = self._find(piece)
        return self._known[piece]

    def _find(self, piece: tuple[str, ...]) -> bool:
        if not piece:
            return True
        # The rarest word has the fewest places at which the piece might stand.
        rarest = min(range(len(piece)), key=lambda number: len(self._places.get(piece[number], ())))
        starts = (place - rarest for place in self._places.get(piece[rarest], ()) if place >= rarest)
        return any(self._words[start : start + len(piece)] == piece for start in starts)


def _likeness(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """The common words, in order, as a share of the shorter quotation averaged with their share of both."""
    if not first or not second:
        return 0.0
    common = common_length(first, second)
    return (2 * common / (len(first) + len(second)) + common / min(len(first), len(second))) / 2


def _altered(before: _Quoted, after: _Quoted) -> Altered:
    gone: list[Span] = []
    came: list[Span] = []
    codes = opcodes(before.words, after.words)
    for number, (tag, old_start, old_end, new_start, new_end) in enumerate(codes):
        # Words removed at the beginning or the end shorten the quotation; they do not alter it.
        if tag == "equal" or (tag == "delete" and number in (0, len(codes) - 1)):
            continue
        if old_end > old_start:
            gone.append(Span(before.spans[old_start].start, before.spans[old_end - 1].end))
        if new_end > new_start:
            came.append(Span(after.spans[new_start].start, after.spans[new_end - 1].end))
    return Altered(before.quotation, after.quotation, tuple(gone), tuple(came))
