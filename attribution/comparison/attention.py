"""Which places to look at the edit opened, and which it closed."""

from __future__ import annotations

from collections.abc import Iterable

from attribution.records import Place


def opened_and_closed(
    old: Iterable[Place], new: Iterable[Place], partners: frozenset[tuple[str, str]]
) -> tuple[list[Place], list[Place]]:
    """The places that only the new version has, and those that only the old one has.

    ``partners`` are pairs of corresponding sentences. A place of the same kind in corresponding sentences is the same.
    """
    before, after = list(old), list(new)

    def is_same(place: Place, other: Place) -> bool:
        return place.kind is other.kind and (place.sentence, other.sentence) in partners

    opened = [place for place in after if not any(is_same(other, place) for other in before)]
    closed = [place for place in before if not any(is_same(place, other) for other in after)]
    return opened, closed
