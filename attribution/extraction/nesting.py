"""Attributions inside the content of others."""

from __future__ import annotations

from attribution.extraction.found import Found
from attribution.extraction.span_index import SpanIndex
from attribution.records import VOUCHING


def nest(found: list[Found]) -> None:
    """Give each attribution the smallest other one whose content its cue stands in.

    Of two that stand in each other's content the outer is the one with a source, else the likelier.
    """

    def ranks_above(one: Found, other: Found) -> bool:
        return (bool(one.source), one.log_odds) > (bool(other.source), other.log_odds)

    contents = SpanIndex((span, number) for number, one in enumerate(found) for span in one.content)
    for one in found:
        near = [found[number] for number in sorted(set(contents.overlapping(one.head)))]
        around = [
            other
            for other in near
            if other is not one and _holds(other, one) and not (_holds(one, other) and ranks_above(one, other))
        ]
        around.sort(key=lambda other: sum(len(span) for span in other.content))
        for other in around:
            if not _is_above(one, other):
                one.parent = other
                break


def _holds(outer: Found, inner: Found) -> bool:
    return any(span.covers(inner.head) for span in outer.content)


def _is_above(one: Found, other: Found | None) -> bool:
    """Whether ``one`` is already among the parents of ``other``."""
    while other is not None:
        if other is one:
            return True
        other = other.parent
    return False


def vouching_parent(one: Found) -> Found | None:
    """The nearest attribution around one that vouches for its content."""
    above = one.parent
    while above is not None and above.evidence not in VOUCHING:
        above = above.parent
    return above
