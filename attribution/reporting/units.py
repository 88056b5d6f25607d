"""Counts the offsets of a report anew in the unit of another tool.

Code points are what the project counts; Java, JavaScript and most editors count UTF-16 units, other tools bytes of
UTF-8. Offsets of every unit count the same text: the draft's, whose line ends are a line feed each.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from attribution.ingest.offsets import Offsets
from attribution.records import Span

StructType = TypeVar("StructType", bound=msgspec.Struct)


class OffsetUnit(StrEnum):
    """What offsets count."""

    CODE_POINTS = "code-points"
    UTF8 = "utf8"
    UTF16 = "utf16"


EDGES = frozenset({"start", "end"})
"""Fields that are an offset."""

RANGES = frozenset({"spans", "mentions", "parts", "scope", "venue"})
"""Fields that are a list of starts and ends."""


def in_unit(part: StructType, text: str, unit: OffsetUnit) -> StructType:
    """The part of a report on ``text``, whose offsets are in code points, with its offsets in ``unit``.

    Raises ``ValueError`` for an offset outside the text.
    """
    if unit is OffsetUnit.CODE_POINTS:
        return part
    offsets = Offsets(text)
    counted: StructType = _counted(part, offsets.to_utf8 if unit is OffsetUnit.UTF8 else offsets.to_utf16)
    return counted


def in_code_points(part: StructType, text: str, unit: OffsetUnit) -> StructType:
    """The part of a report on ``text``, whose offsets are in ``unit``, with its offsets in code points.

    Raises ``ValueError`` for an offset outside the text or inside a character.
    """
    if unit is OffsetUnit.CODE_POINTS:
        return part
    offsets = Offsets(text)
    counted: StructType = _counted(part, offsets.from_utf8 if unit is OffsetUnit.UTF8 else offsets.from_utf16)
    return counted


def _counted(value: Any, count: Callable[[int], int], name: str = "") -> Any:
    if isinstance(value, msgspec.Struct):
        fields = {field: _counted(getattr(value, field), count, field) for field in value.__struct_fields__}
        return type(value)(**fields)
    if name in EDGES and isinstance(value, int):
        return count(value)
    if isinstance(value, list | tuple):
        if name in RANGES:
            return type(value)(_counted_range(one, count) for one in value)
        return type(value)(_counted(one, count) for one in value)
    return value


def _counted_range(pair: Any, count: Callable[[int], int]) -> Any:
    if isinstance(pair, Span):
        return Span(count(pair.start), count(pair.end))
    start, end = pair
    return (count(start), count(end))
