"""Matches two sequences of words, or of claims, in a time that does not explode with their length.

``difflib`` takes cubic time for words that repeat (*said said said …*), and comparing each of many claims with each of
many takes quadratic time. What is ordinary is compared in full; beyond the bounds below, only what is near.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

MOST_EQUAL_PAIRS = 4_000
"""Sequences with more pairs of equal words, as texts of some 600 words have, are matched at words that are unique."""

EXHAUSTIVE = 40_000
"""The most pairs of claims, or of sentences, that are all compared: two hundred changed ones of each version."""

NEAREST = 80
"""Beyond that, each is compared with at least so many of those at the corresponding place."""

MOST_PAIRS = 1_000_000
"""Of drafts so long that these were still more pairs, each is compared with fewer."""

FEWEST = 16
"""With so many each is always compared."""

PARTLY_COMPARED = (
    "too many claims differ to compare each with all: each was compared with those at the corresponding place, and one "
    "that was moved and rewritten may be told as dropped and added"
)
"""What readers are told of a comparison beyond ``EXHAUSTIVE``."""

REMEMBERED = 1 << 16
"""Pairs whose similarity is kept, for claims and sentences that repeat others."""


class Opcode(NamedTuple):
    """How a stretch of the old sequence becomes one of the new: ``equal``, ``replace``, ``delete`` or ``insert``."""

    tag: str
    old_start: int
    old_end: int
    new_start: int
    new_end: int


class Block(NamedTuple):
    """A stretch that both sequences have."""

    old: int
    new: int
    size: int


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    """How to turn one sequence into the other, as ``difflib`` tells it."""
    if _equal_pairs(old, new) <= MOST_EQUAL_PAIRS:
        return [Opcode(*code) for code in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()]
    found: list[Opcode] = []
    old_done = new_done = 0
    for block in [*_blocks_at_anchors(old, new), Block(len(old), len(new), 0)]:
        if old_done < block.old or new_done < block.new:
            tag = "insert" if old_done == block.old else "delete" if new_done == block.new else "replace"
            found.append(Opcode(tag, old_done, block.old, new_done, block.new))
        old_done, new_done = block.old + block.size, block.new + block.size
        if block.size:
            found.append(Opcode("equal", block.old, old_done, block.new, new_done))
    return found


def common_length(old: Sequence[str], new: Sequence[str]) -> int:
    """How many elements the sequences have in common, in order."""
    if _equal_pairs(old, new) <= MOST_EQUAL_PAIRS:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks())
    return sum(block.size for block in _blocks_at_anchors(old, new))


def all_are_near(old: int, new: int) -> bool:
    """Whether there are not too many pairs of these numbers of items to compare all of them."""
    return old * new <= EXHAUSTIVE


def near(
    old: int, new: int, place: Callable[[int], int], tell: Callable[[], None] | None = None
) -> Iterator[tuple[int, range]]:
    """For each of ``old`` items, the range of the ``new`` ones to compare it with.

    All of them, if there are not too many pairs; otherwise those around the ``place`` that corresponds to it, and
    ``tell`` is called.
    """
    if all_are_near(old, new):
        yield from ((number, range(new)) for number in range(old))
        return
    if tell is not None:
        tell()
    reach = max(FEWEST, min(NEAREST, MOST_PAIRS // old), EXHAUSTIVE // old) // 2
    for number in range(old):
        middle = place(number)
        yield number, range(max(0, middle - reach), min(new, middle + reach))


def longest_increasing(numbers: Sequence[int]) -> list[int]:
    """Places of a longest increasing subsequence: of what moved, the items that kept their order."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(places[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            places.append(place)
        else:
            tails[at], places[at] = number, place
    found: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def follower(pairs: list[tuple[int, int]]) -> Callable[[int], float]:
    """A function from an old place without a partner to its place in the new version."""
    partner: dict[int, int] = {}
    for before, after in pairs:
        partner[before] = max(after, partner.get(before, -1))

    places = sorted(partner)

    def followed(place: int) -> float:
        before = bisect_right(places, place)
        return partner[places[before - 1]] + 0.5 if before else -0.5

    return followed


def _equal_pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal elements there are: what ``difflib`` looks at to find one block."""
    if len(old) * len(new) <= MOST_EQUAL_PAIRS:
        return 0
    counts = Counter(new)
    return sum(number * counts[word] for word, number in Counter(old).items())


def _blocks_at_anchors(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Common stretches in order: at the ends, around words that both have once, and what lies between those.

    Bram Cohen's patience diff, without its recursion.
    """
    start, end = _common_ends(old, new)
    if start:
        yield Block(0, 0, start)
    anchors = _anchors(old, new, start, end)
    old_done = new_done = start
    for first, second in pairwise([(start - 1, start - 1), *anchors, (len(old) - end, len(new) - end)]):
        old_done, new_done = max(old_done, first[0]), max(new_done, first[1])
        for block in _blocks_between(old[old_done : second[0]], new[new_done : second[1]]):
            yield Block(old_done + block.old, new_done + block.new, block.size)
        old_done, new_done = second
    if end:
        yield Block(len(old) - end, len(new) - end, end)


def _anchors(old: Sequence[str], new: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
    """The places, between the common ends, of words that both have once there, as far as in the same order."""
    once = [
        {word: place for place, word in enumerate(words[start : len(words) - end], start) if counts[word] == 1}
        for words in (old, new)
        for counts in (Counter(words[start : len(words) - end]),)
    ]
    pairs = [(place, once[1][word]) for word, place in once[0].items() if word in once[1]]
    return [pairs[number] for number in longest_increasing([place for _, place in pairs])]


def _blocks_between(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Common stretches between two anchors, of which the first is the first element of both."""
    if _equal_pairs(old, new) <= MOST_EQUAL_PAIRS:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        yield from (Block(*block) for block in blocks if block.size)
        return
    start, end = _common_ends(old, new)
    if start:
        yield Block(0, 0, start)
    if end:
        yield Block(len(old) - end, len(new) - end, end)


def _common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many elements are equal at the beginning, and how many of the others at the end."""
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    most -= start
    end = next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
    return start, end
