"""Which places to look at the edit opened, and which it closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from attribution.records import Place, PlaceKind


def opened_and_closed(
    old: Iterable[Place], new: Iterable[Place], partners: frozenset[tuple[str, str]]
) -> tuple[list[Place], list[Place]]:
    """The places that only the new version has, and those that only the old one has.

    ``partners`` are pairs of corresponding sentences. A place of the same kind in corresponding sentences is the same.
    """
    before, after = list(old), list(new)

    held_before = {(place.kind, place.sentence) for place in before}
    held_after = {(place.kind, place.sentence) for place in after}
    old_of: dict[str, list[str]] = {}
    new_of: dict[str, list[str]] = {}
    for old_sentence, new_sentence in partners:
        old_of.setdefault(new_sentence, []).append(old_sentence)
        new_of.setdefault(old_sentence, []).append(new_sentence)

    def is_held(place: Place, there: Collection[tuple[PlaceKind, str]], sentences: Mapping[str, Sequence[str]]) -> bool:
        return any((place.kind, sentence) in there for sentence in sentences.get(place.sentence, ()))

    opened = [place for place in after if not is_held(place, held_before, old_of)]
    closed = [place for place in before if not is_held(place, held_after, new_of)]
    return opened, closed
