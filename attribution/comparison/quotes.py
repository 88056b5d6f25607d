"""Whether words inside quotation marks were changed.

A quotation may be cut short, broken by *she said*, or joined; ellipses and square brackets own up to a change. All
other differences in words are alterations. Punctuation, case and the form of the marks are the house's own.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import msgspec

from attribution.comparison.version import Version
from attribution.comparison.wording import WORD, plain
from attribution.records import Quotation, Sentence, Span

SIMILAR = 0.5
"""From this share of words in common on, two quotations are taken for versions of one."""

SIMILAR_IN_PLACE = 0.25
"""The same, where they stand in sentences that correspond."""

_OWNED_UP = re.compile(r"\[[^\]]*\]|\.\s?\.\s?\.|…")


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
    """Quotations of the new version that have other words than the old; ``partners`` are sentences that correspond."""
    before = [_quoted(one, old) for one in old.analysis.quotations if one.parent is None]
    after = [_quoted(one, new) for one in new.analysis.quotations if one.parent is None]
    everything = tuple(word for one in before for word in one.words)
    kept = [one for one in after if all(_contains(everything, piece) for piece in one.pieces)]
    changed = [one for one in after if one not in kept]
    candidates: list[tuple[float, int, int]] = []
    # An old quotation that stands unchanged in the new version was not turned into another one.
    kept_words = tuple(word for one in kept for word in one.words)
    open_old = [number for number, one in enumerate(before) if not _contains(kept_words, one.words)]
    for number in open_old:
        for place, other in enumerate(changed):
            one = before[number]
            score = _likeness(one.words, other.words)
            beside = any(
                (left.id, right.id) in partners
                for left in _sentences(one.quotation, old)
                for right in _sentences(other.quotation, new)
            )
            short = beside and max(len(one.words), len(other.words)) <= 2
            if score >= (SIMILAR_IN_PLACE if beside else SIMILAR) or short:
                candidates.append((score + beside, number, place))
    found: list[Altered] = []
    used: set[int] = set()
    for _, number, place in sorted(candidates, key=lambda one: (-one[0], one[1], one[2])):
        if place in used:
            continue
        used.add(place)
        found.append(_altered(before[number], changed[place]))
    return sorted(found, key=lambda one: one.new.start)


def _quoted(quotation: Quotation, version: Version) -> _Quoted:
    spans: list[Span] = []
    pieces: list[list[str]] = [[]]
    for part in quotation.parts:
        edge = part.start
        text = version.text
        for gap in [*_OWNED_UP.finditer(text, part.start, part.end), None]:
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


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Words in common, in order, as a share of the shorter quotation and of both."""
    if not one or not other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks())
    return (2 * common / (len(one) + len(other)) + common / min(len(one), len(other))) / 2


def _sentences(quotation: Quotation, version: Version) -> list[Sentence]:
    return [one for one in version.analysis.sentences if one.span.overlaps(quotation.span)]


def _altered(one: _Quoted, other: _Quoted) -> Altered:
    gone: list[Span] = []
    came: list[Span] = []
    opcodes = SequenceMatcher(None, one.words, other.words, autojunk=False).get_opcodes()
    for number, (tag, old_start, old_end, new_start, new_end) in enumerate(opcodes):
        # Words cut at the beginning or the end are a shorter quotation, not another one.
        if tag == "equal" or (tag == "delete" and number in (0, len(opcodes) - 1)):
            continue
        if old_end > old_start:
            gone.append(Span(one.spans[old_start].start, one.spans[old_end - 1].end))
        if new_end > new_start:
            came.append(Span(other.spans[new_start].start, other.spans[new_end - 1].end))
    return Altered(one.quotation, other.quotation, tuple(gone), tuple(came))
