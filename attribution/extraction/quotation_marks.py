"""Quotation marks, and what each reading of one costs: opening, closing, or none at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum

import msgspec

from attribution.records import Span

STRAY = 1.0


FORBIDDEN = 9.0


CLOSERS: dict[str, dict[str, float]] = {
    '"': {'"': 0.0, "”": 0.5, "''": 0.5, "“": 0.8, "'": 0.9, "’": 0.9},
    "“": {"”": 0.0, '"': 0.5, "''": 0.5, "’’": 0.5, "“": 0.8, "'": 0.9, "’": 0.9},
    "”": {"”": 0.0, "“": 0.3, '"': 0.3},
    "„": {"“": 0.0, "”": 0.0, "‟": 0.0, '"': 0.3},
    "‟": {"”": 0.0, '"': 0.5},
    "〝": {"〞": 0.0, '"': 0.5},
    "＂": {"＂": 0.0},
    "``": {"''": 0.0, '"': 0.3, "”": 0.5, "``": 0.8},
    "''": {"''": 0.0, '"': 0.3, "”": 0.5},
    "‘‘": {"’’": 0.0, "''": 0.3, '"': 0.5, "”": 0.5},
    "'": {"'": 0.0, "’": 0.4},
    "‘": {"’": 0.0, "'": 0.4, "‘": 0.8},
    "’": {"’": 0.0, "'": 0.4},
    "‛": {"’": 0.0, "'": 0.4},
    "‚": {"‘": 0.0, "’": 0.0, "'": 0.4},
    "`": {"'": 0.0, "’": 0.3},
    "«": {"»": 0.0},
    "»": {"«": 0.0},
    "‹": {"›": 0.0},
    "›": {"‹": 0.0},
}
"""Opening mark → the marks that can close it, and what that costs."""


_OPENING_COST = {"”": 0.7, "’": 0.7, "''": 0.3, "»": 0.5, "›": 0.5}
"""Cost of reading these as opening marks; the others cost nothing."""


_MARK = re.compile(r"``|‘‘|’’|'{2,}|[\"“”„‟〝〞＂'‘’‚‛`«»‹›]")


_MARK_CHARACTERS = frozenset("\"“”„‟〝〞＂'‘’‚‛`«»‹›")


_SEE_THROUGH = _MARK_CHARACTERS | frozenset("*_")


APOSTROPHES = frozenset("'’‘")


_SYMMETRIC = frozenset(["'", '"', "''", "＂", "`"])


_GUILLEMETS = frozenset("«»‹›")


_OPENING_BRACKETS = frozenset("([{<")


_DASHES = frozenset("-‐‑‒–—―/")


_CLOSING = frozenset(",;:!?)]}>")


_ELISION = re.compile(
    r"(?:s|t|d|m|ll|re|ve|em|til|till|cause|cos|coz|tis|tisn|twas|twasn|twere|twill|twixt|bout|round|neath|nuff|n|un"
    r"|e|er|im|ere|ow|ello|ndrangheta|\d\ds?)(?![^\W_])",
    re.IGNORECASE,
)
"""What follows an apostrophe for missing letters or figures: 'em, '90s, and the 's of text cut into words."""


_ROCK_N_ROLL = re.compile(r"['‘’][nN]['’‘](?![^\W_])")


_FEET_AND_INCHES = re.compile(r"(?<=\d)['’](?=\s?\d{1,2}(?:\s?\d/\d|[½¼¾.]\d*)?\s?(?:\"|”|''|’’|″))")


_POSSESSIVE_OF_BRACKET = re.compile(r"(?<=[)\]])['’](?=[sS](?![^\W_]))")


_INCHES = re.compile(r"\d['’′]\s?\d{1,2}(?:\s?\d/\d|[½¼¾.]\d*)?\s?$")


_SPEECH_BEGINS = re.compile(r"(?:^|[,:;.!?…—–\"“])\s*$")


class _Left(Enum):
    """The character before a mark, other marks skipped."""

    BOUNDARY = 1
    DASH = 2
    WORD = 3
    PUNCTUATION = 4


class _Right(Enum):
    """The character after a mark, other marks skipped."""

    BOUNDARY = 1
    CLOSING = 2
    STOP = 3
    DASH = 4
    WORD = 5


class Mark(msgspec.Struct, frozen=True):
    """A candidate quotation mark and what each reading of it costs.

    ``skip`` is the cost of reading it as no quotation mark; ``stray``: report it as a problem in that case.
    """

    start: int
    end: int
    text: str
    open: float
    close: float
    skip: float
    stray: bool


def marks_of(text: str, block: Span) -> Iterator[Mark]:
    """The paragraph's candidate marks, with the costs of their readings; ``block`` ends with no white space."""
    not_marks = {
        offset
        for match in _ROCK_N_ROLL.finditer(text, block.start, block.end)
        if _left(text, match.start(), block.start)[0] is not _Left.WORD
        for offset in (match.start(), match.end() - 1)
    }
    for pattern in (_FEET_AND_INCHES, _POSSESSIVE_OF_BRACKET):
        not_marks.update(match.start() for match in pattern.finditer(text, block.start, block.end))
    for start, end in _mark_spans(text, block):
        if start in not_marks:
            continue
        left, before = _left(text, start, block.start)
        right = _right(text, end, block.end)
        mark = text[start:end]
        if mark in APOSTROPHES and left is _Left.WORD and right is _Right.WORD:
            if start > block.start and text[start - 1].isalnum() and end < block.end and text[end].isalnum():
                continue  # don't
        opening = 0.9 if mark == "”" and before == "" else _open_cost(mark, left, right, before)
        closing = _close_cost(mark, left, right)
        if end == block.end or mark not in CLOSERS:
            opening = FORBIDDEN
        skip, stray = _skip_cost(text, block, start, end, left, right)
        if mark in APOSTROPHES and left is not _Left.WORD and _ELISION.match(text, end, block.end):
            opening += 0.5
        if left is _Left.WORD and _INCHES.search(text, max(block.start, start - 10), start):
            closing += 0.6
        yield Mark(start, end, mark, opening, closing, skip, stray)


def _mark_spans(text: str, block: Span) -> Iterator[tuple[int, int]]:
    """The positions of marks. Straight single marks in a row are read as doubled ones, a third as the inner mark."""
    for match in _MARK.finditer(text, block.start, block.end):
        start, end = match.span()
        if match.group().startswith("''") and len(match.group()) > 2:
            odd = (end - start) % 2
            if odd and _left(text, start, block.start)[0] not in (_Left.BOUNDARY, _Left.DASH):
                yield start, start + 1
                start += 1
            while end - start >= 2:
                yield start, start + 2
                start += 2
            if start < end:
                yield start, end
        else:
            yield start, end


def _left(text: str, offset: int, limit: int) -> tuple[_Left, str]:
    """The class of the character before the offset, and the character itself ("" at the paragraph's start).

    Only a few marks in a row are skipped, so that a line of marks alone takes no longer than any other.
    """
    index = offset - 1
    while index >= max(limit, offset - 6) and _see_through(text[index]):
        index -= 1
    if index < limit:
        return _Left.BOUNDARY, ""
    character = text[index]
    if character.isspace() or character in _OPENING_BRACKETS:
        return _Left.BOUNDARY, character
    if character in _DASHES:
        return _Left.DASH, character
    if character.isalnum():
        return _Left.WORD, character
    return _Left.PUNCTUATION, character


def _see_through(character: str) -> bool:
    """Whether to skip a character: other marks, asterisks for emphasis, and invisible characters."""
    return character in _SEE_THROUGH or unicodedata.category(character) == "Cf"


def _right(text: str, offset: int, limit: int) -> _Right:
    """The class of the character after the offset."""
    index = offset
    while index < min(limit, offset + 6) and _see_through(text[index]):
        index += 1
    if index >= limit or text[index].isspace():
        return _Right.BOUNDARY
    character = text[index]
    if character in _CLOSING:
        return _Right.CLOSING
    if character in ".…":
        return _Right.STOP
    if character in _DASHES:
        return _Right.DASH
    return _Right.WORD


def _open_cost(mark: str, left: _Left, right: _Right, before: str) -> float:
    """Cost of reading the mark as an opening one."""
    base = _OPENING_COST.get(mark, 0.0)
    if mark in ("”", "’"):
        return base if left in (_Left.BOUNDARY, _Left.DASH) and right is _Right.WORD else FORBIDDEN
    if mark in _GUILLEMETS:
        return base
    if mark not in _SYMMETRIC:
        if left in (_Left.WORD, _Left.PUNCTUATION):
            return base + (0.1 if right is _Right.WORD else 1.0)
        return base
    if mark == "`" and right is not _Right.WORD:
        return FORBIDDEN
    if left is _Left.BOUNDARY:
        return base + {_Right.BOUNDARY: 0.3, _Right.CLOSING: 0.6}.get(right, 0.0)
    if left is _Left.DASH:
        return base + {_Right.WORD: 0.05, _Right.STOP: 0.1, _Right.DASH: 0.4}.get(right, 0.8)
    if left is _Left.PUNCTUATION:
        return base + ((0.2 if before == ":" else 0.5) if right is _Right.WORD else 1.0)
    return base + (0.6 if right is _Right.WORD else 1.2)


def _close_cost(mark: str, left: _Left, right: _Right) -> float:
    """Cost of reading the mark as a closing one."""
    if mark in _GUILLEMETS:
        return 0.0
    if mark not in _SYMMETRIC and mark not in ("“", "‘", "``"):
        if left is _Left.BOUNDARY:
            return 0.6 if right is _Right.WORD else 0.1
        return 0.0
    if left in (_Left.WORD, _Left.PUNCTUATION):
        return {_Right.WORD: 0.5 if left is _Left.WORD else 0.4}.get(right, 0.0)
    if left is _Left.DASH:
        return {_Right.BOUNDARY: 0.05, _Right.CLOSING: 0.05, _Right.STOP: 0.05, _Right.DASH: 0.4}.get(right, 0.6)
    return 1.0 if right in (_Right.WORD, _Right.STOP, _Right.DASH) else 0.3


def _skip_cost(text: str, block: Span, start: int, end: int, left: _Left, right: _Right) -> tuple[float, bool]:
    """Cost of reading the mark as no quotation mark, and whether to report that."""
    mark = text[start:end]
    before = text[start - 1] if start > block.start else ""
    if mark in APOSTROPHES:
        return _apostrophe_cost(text, block, start, end, left, right)
    if mark == "`":
        return 0.1, False
    if mark == "''" and left is _Left.WORD and right is _Right.WORD:
        return 0.3, False  # don''t
    if mark in ('"', "”", "''", "’’") and before.isdigit():
        if _INCHES.search(text, max(block.start, start - 10), start):
            return 0.0, False  # 5'10"
        return 0.4, False  # a 12" gun
    if mark in _GUILLEMETS and left is _Left.BOUNDARY and right is _Right.BOUNDARY:
        return 0.3, False  # Home » News
    opening_shape = left in (_Left.BOUNDARY, _Left.DASH) and right in (_Right.WORD, _Right.STOP)
    if mark == "‚":
        return 0.1 if not opening_shape else STRAY, opening_shape
    if mark in ("”", "’’") or not opening_shape:
        return STRAY, True
    return STRAY + 0.5, True


def _apostrophe_cost(text: str, block: Span, start: int, end: int, left: _Left, right: _Right) -> tuple[float, bool]:
    """Cost of reading a single mark as an apostrophe or feet, and whether to report that."""
    before = text[start - 1] if start > block.start else ""
    if before.isdigit():
        return 0.1, False  # 6' tall
    if left is _Left.WORD:
        if right is _Right.WORD:
            return 0.3, False
        ending = text[max(block.start, start - 2) : start].lower()
        if ending[-1:] in ("s", "z", "x"):
            return 0.15, False  # the boys' toys
        if ending == "in" or _word_before(text, start, block.start) in ("o", "ol", "th", "an", "lil"):
            return 0.2, False  # goin', ol'
        return 0.8, False
    if before == "." and text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum():
        return 0.05, False  # the E.U.'s
    if left in (_Left.BOUNDARY, _Left.DASH) and right is _Right.WORD:
        if _ELISION.match(text, end, block.end):
            return 0.05, False
        if text[end].isupper() and not _SPEECH_BEGINS.search(text, max(block.start, start - 4), start):
            return 0.6, False  # the 'Ndrangheta, 'Abd
        return 1.3, True
    return STRAY, True


def _word_before(text: str, offset: int, limit: int) -> str:
    """The letters that end at the offset, at most four, lower case."""
    start = offset
    while start > max(limit, offset - 4) and text[start - 1].isalpha():
        start -= 1
    return text[start:offset].lower()
