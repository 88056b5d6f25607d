"""An index of spans by the characters they cover."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from attribution.records import Span

Item = TypeVar("Item")

FAN = 32
"""How many spans, or groups of spans, are skipped together if none of them reaches far enough."""


class SpanIndex(Generic[Item]):
    """Finds which of many spans overlap a given one, in about logarithmic time."""

    def __init__(self, items: Iterable[tuple[Span, Item]]) -> None:
        """``items`` are spans with the value to return for each; a value may have several spans."""
        self._items = sorted(items, key=lambda item: item[0])
        self._starts = [span.start for span, _ in self._items]
        ends = [span.end for span, _ in self._items]
        self._reach = list(accumulate(ends, max))
        # The ends, then the greatest of each ``FAN`` of them, and so on.
        self._greatest = [ends]
        while len(self._greatest[-1]) > FAN:
            below = self._greatest[-1]
            self._greatest.append([max(below[place : place + FAN]) for place in range(0, len(below), FAN)])

    def overlapping(self, span: Span) -> list[Item]:
        """The values of the spans that share a character with ``span``, in text order."""
        stop = bisect_left(self._starts, span.end)
        first = bisect_right(self._reach, span.start, 0, stop)
        if first == stop:
            return []
        return [self._items[place][1] for place in self._ending_after(span.start, first, stop)]

    def _ending_after(self, offset: int, first: int, stop: int) -> Iterable[int]:
        """The places from ``first`` to before ``stop`` of spans that end after the offset."""
        level = 0
        while level + 1 < len(self._greatest) and stop - first > FAN ** (level + 1):
            level += 1
        places = list(range(first // FAN**level, (stop - 1) // FAN**level + 1))
        while level:
            greatest, width = self._greatest[level], FAN ** (level - 1)
            lowest, highest = first // width, (stop - 1) // width + 1
            places = [
                below
                for place in places
                if greatest[place] > offset
                for below in range(max(lowest, place * FAN), min(highest, place * FAN + FAN))
            ]
            level -= 1
        ends = self._greatest[0]
        return [place for place in places if ends[place] > offset]
