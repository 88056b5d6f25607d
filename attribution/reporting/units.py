"""Converts the offsets of a report to the unit of another tool.

The project counts code points; Java, JavaScript and most editors count UTF-16 units, other tools bytes of UTF-8. All
units count the same text: the draft's, with a line feed as line end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
"""Fields that are offsets; all other offsets are in spans."""


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


def spans_in(value: Any) -> Iterator[Span]:
    """All spans in a part of a report, including those from ``start`` to ``end``."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        if EDGES.issubset(value.__struct_fields__):
            yield Span(*(getattr(value, field) for field in ("start", "end")))
        for field in value.__struct_fields__:
            yield from spans_in(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)


def _counted(value: Any, count: Callable[[int], int], name: str = "") -> Any:
    if isinstance(value, msgspec.Struct):
        fields = {field: _counted(getattr(value, field), count, field) for field in value.__struct_fields__}
        return type(value)(**fields)
    if isinstance(value, tuple):
        return tuple(_counted(item, count) for item in value)
    return count(value) if name in EDGES else value
