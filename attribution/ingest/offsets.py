"""Converts offsets between the units that tools count in: code points, UTF-8 bytes, UTF-16 units, line and column.

The project counts Unicode code points everywhere; other tools do not (Java and editors count UTF-16 units, rdjson
counts bytes). Conversion happens only here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

_LINE_END = re.compile(r"\r\n|\r|\n")


def line_starts(text: str) -> tuple[int, ...]:
    r"""Give the offset of each line's first character; lines end with ``\n``, ``\r\n`` or ``\r``, as in editors."""
    return (0, *(match.end() for match in _LINE_END.finditer(text)))


class Offsets:
    """Converts between the units for one text.

    Offsets run from 0 to the text's length, end included. Lines and columns count from 1, columns in code points. Every
    method raises ``ValueError`` for a position outside the text or inside a character.
    """

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._lines = line_starts(text)
        # Only characters outside ASCII make the units differ, so only they are stored.
        self._utf8 = _Unit(
            [(place, _utf8_width(character)) for place, character in enumerate(text) if character > "\x7f"]
        )
        self._utf16 = _Unit([(place, 2) for place, character in enumerate(text) if character > "\uffff"])

    def to_utf8(self, offset: int) -> int:
        """Give the number of UTF-8 bytes before a code point offset."""
        return self._utf8.from_code_points(self._checked(offset))

    def from_utf8(self, offset: int) -> int:
        """Give the code point offset of a UTF-8 byte offset."""
        return self._checked(self._utf8.to_code_points(offset))

    def to_utf16(self, offset: int) -> int:
        """Give the number of UTF-16 code units before a code point offset."""
        return self._utf16.from_code_points(self._checked(offset))

    def from_utf16(self, offset: int) -> int:
        """Give the code point offset of an offset in UTF-16 code units."""
        return self._checked(self._utf16.to_code_points(offset))

    def to_line_column(self, offset: int) -> tuple[int, int]:
        """Give the 1-based line and column of a code point offset."""
        line = bisect_right(self._lines, self._checked(offset))
        return line, offset - self._lines[line - 1] + 1

    def from_line_column(self, line: int, column: int) -> int:
        """Give the code point offset of a 1-based line and column."""
        if not 1 <= line <= len(self._lines):
            raise ValueError(f"line {line} is outside the text of {len(self._lines)} lines")
        start = self._lines[line - 1]
        end = self._lines[line] - 1 if line < len(self._lines) else self._length
        if not 1 <= column <= end - start + 1:
            raise ValueError(f"column {column} is outside line {line}")
        return start + column - 1

    def _checked(self, offset: int) -> int:
        if not 0 <= offset <= self._length:
            raise ValueError(f"offset {offset} is outside the text of {self._length} characters")
        return offset


class _Unit:
    """A unit in which some characters are wider than 1."""

    def __init__(self, wide: list[tuple[int, int]]) -> None:
        self._places = [place for place, _ in wide]
        # _extra[i]: by how much the first i wide characters make the text longer than its count of code points.
        self._extra = list(accumulate((width - 1 for _, width in wide), initial=0))
        # Where each wide character starts in this unit; sorted, because the extra length only grows.
        self._starts = [place + extra for place, extra in zip(self._places, self._extra, strict=False)]

    def from_code_points(self, offset: int) -> int:
        return offset + self._extra[bisect_left(self._places, offset)]

    def to_code_points(self, offset: int) -> int:
        before = bisect_left(self._starts, offset)
        if before:
            end = self._places[before - 1] + 1 + self._extra[before]
            if offset < end:
                raise ValueError(f"offset {offset} is inside a character")
        return offset - self._extra[before]


def _utf8_width(character: str) -> int:
    if character <= "\u07ff":
        return 2
    return 3 if character <= "\uffff" else 4
