"""Finds quotations whose words were changed.

A quotation may be shortened, interrupted by *she said*, or joined; ellipses and square brackets admit a change. All
other differences in words are alterations. Punctuation, case and the form of the marks are matters of house style.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import msgspec

from attribution.comparison.version import Version
from attribution.comparison.wording import WORD, plain
from attribution.records import Quotation, Sentence, Span

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
    everything = tuple(word for quoted in before for word in quoted.words)
    kept = [quoted for quoted in after if all(_contains(everything, piece) for piece in quoted.pieces)]
    changed = [quoted for quoted in after if quoted not in kept]
    candidates: list[tuple[float, int, int]] = []
    # An old quotation that is unchanged in the new version was not turned into another.
    kept_words = tuple(word for quoted in kept for word in quoted.words)
    open_old = [number for number, quoted in enumerate(before) if not _contains(kept_words, quoted.words)]
    for number in open_old:
        for place, later in enumerate(changed):
            earlier = before[number]
            score = _likeness(earlier.words, later.words)
            beside = any(
                (left.id, right.id) in partners
                for left in _sentences(earlier.quotation, old)
                for right in _sentences(later.quotation, new)
            )
            short = beside and max(len(earlier.words), len(later.words)) <= 2
            if score >= (SIMILAR_IN_PLACE if beside else SIMILAR) or short:
                candidates.append((score + beside, number, place))
    found: list[Altered] = []
    used: set[int] = set()
    for _, number, place in sorted(candidates, key=lambda candidate: (-candidate[0], candidate[1], candidate[2])):
        if place in used:
            continue
        used.add(place)
        found.append(_altered(before[number], changed[place]))
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


def _contains(words: tuple[str, ...], piece: tuple[str, ...]) -> bool:
    if not piece:
        return True
    return any(
        words[start : start + len(piece)] == piece
        for start in range(len(words) - len(piece) + 1)
        if words[start] == piece[0]
    )


def _likeness(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """The common words, in order, as a share of the shorter quotation averaged with their share of both."""
    if not first or not second:
        return 0.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    return (2 * common / (len(first) + len(second)) + common / min(len(first), len(second))) / 2


def _sentences(quotation: Quotation, version: Version) -> list[Sentence]:
    return [sentence for sentence in version.analysis.sentences if sentence.span.overlaps(quotation.span)]


def _altered(before: _Quoted, after: _Quoted) -> Altered:
    gone: list[Span] = []
    came: list[Span] = []
    opcodes = SequenceMatcher(None, before.words, after.words, autojunk=False).get_opcodes()
    for number, (tag, old_start, old_end, new_start, new_end) in enumerate(opcodes):
        # Words removed at the beginning or the end shorten the quotation; they do not alter it.
        if tag == "equal" or (tag == "delete" and number in (0, len(opcodes) - 1)):
            continue
        if old_end > old_start:
            gone.append(Span(before.spans[old_start].start, before.spans[old_end - 1].end))
        if new_end > new_start:
            came.append(Span(after.spans[new_start].start, after.spans[new_end - 1].end))
    return Altered(before.quotation, after.quotation, tuple(gone), tuple(came))
