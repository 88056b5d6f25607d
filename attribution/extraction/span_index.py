"""An index of spans by the characters they cover."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from attribution.records import Span

Item = TypeVar("Item")


class SpanIndex(Generic[Item]):
    """Finds which of many spans overlap a given one, in about logarithmic time."""

    def __init__(self, items: Iterable[tuple[Span, Item]]) -> None:
        """``items`` are spans with the value to return for each; a value may have several spans."""
        self._items = sorted(items, key=lambda item: item[0])
        self._starts = [span.start for span, _ in self._items]
        self._reach = list(accumulate((span.end for span, _ in self._items), max))

    def overlapping(self, span: Span) -> list[Item]:
        """The values of the spans that share a character with ``span``, in text order."""
        found: list[Item] = []
        place = bisect_left(self._starts, span.end)
        while place and self._reach[place - 1] > span.start:
            place -= 1
            if self._items[place][0].end > span.start:
                found.append(self._items[place][1])
        return found[::-1]
