"""Asks which of many spans lie around a span, or within it, without looking at them all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from attribution.records import Span


class SpanCover:
    """A set of spans; each question takes time in proportion to the logarithm of their number."""

    def __init__(self, spans: Iterable[Span]) -> None:
        """``spans`` come in any order."""
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._ends = [span.end for span in ordered]
        self._furthest = list(accumulate(self._ends, max))
        self._nearest = list(accumulate(reversed(self._ends), min))[::-1]

    def __bool__(self) -> bool:
        return bool(self._starts)

    def covers(self, span: Span) -> bool:
        """Whether one of the spans holds the whole of another span, or is the same."""
        before = bisect_right(self._starts, span.start)
        return before > 0 and self._furthest[before - 1] >= span.end

    def has_within(self, span: Span) -> bool:
        """Whether one of the spans lies within another span, or is the same."""
        first = bisect_left(self._starts, span.start)
        return first < len(self._starts) and self._nearest[first] <= span.end

    def starting_at(self, offset: int, most: int) -> int | None:
        """Where the longest of the spans ends that start at an offset and do not reach over ``most``."""
        first, last = bisect_left(self._starts, offset), bisect_right(self._starts, offset)
        found = bisect_right(self._ends, most, first, last)
        return self._ends[found - 1] if found > first else None
