"""Long and repetitive sequences are matched in bounded time, ordinary ones as ``difflib`` matches them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution.comparison import matching

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=30)


def turned(old: Sequence[str], codes: Sequence[matching.Opcode], new: Sequence[str]) -> list[str]:
    """What the opcodes make of the old sequence."""
    done: list[str] = []
    place = 0
    for code in codes:
        assert place == code.old_start
        assert len(done) == code.new_start
        if code.tag == "equal":
            assert old[code.old_start : code.old_end] == new[code.new_start : code.new_end]
        done += new[code.new_start : code.new_end]
        place = code.old_end
    assert place == len(old)
    return done


@given(WORDS, WORDS)
def test_short_sequences_are_matched_as_by_difflib(old: list[str], new: list[str]) -> None:
    expected = SequenceMatcher(None, old, new, autojunk=False)
    assert [tuple(code) for code in matching.opcodes(old, new)] == expected.get_opcodes()
    assert matching.common_length(old, new) == sum(block.size for block in expected.get_matching_blocks())


@given(WORDS, WORDS, WORDS)
@settings(max_examples=30)
def test_opcodes_of_long_sequences_turn_one_into_the_other(first: list[str], second: list[str], new: list[str]) -> None:
    old = [*first, *["said"] * 90, "Norfield", *second]
    other = [*new, *["said"] * 80, "Norfield", *first]
    codes = matching.opcodes(old, other)
    assert turned(old, codes, other) == other
    assert matching.common_length(old, other) <= min(len(old), len(other))


def test_words_that_both_have_once_are_anchors() -> None:
    old = ["said", *["he"] * 100, "harbour", *["he"] * 100, "tower", "said"]
    new = ["said", *["he"] * 40, "harbour", *["she"] * 100, "tower", "said"]
    equal = {
        word
        for code in matching.opcodes(old, new)
        if code.tag == "equal"
        for word in old[code.old_start : code.old_end]
    }
    assert equal == {"said", "he", "harbour", "tower"}


def test_few_claims_are_all_compared_and_of_many_those_nearby() -> None:
    told: list[bool] = []
    assert list(matching.near(2, 3, lambda row: row, lambda: told.append(True))) == [(0, range(3)), (1, range(3))]
    assert not told
    pairs = list(matching.near(5_000, 5_000, lambda row: row, lambda: told.append(True)))
    assert len(told) == 1
    assert len(pairs) == 5_000
    assert all(len(columns) <= matching.NEAREST and min(row, 4_999) in columns for row, columns in pairs)


@pytest.mark.parametrize("count", [20_000, 100_000])
def test_of_very_many_fewer_are_compared(count: int) -> None:
    compared = sum(len(columns) for _, columns in matching.near(count, count, lambda row: row))
    assert compared <= max(matching.MOST_PAIRS, count * matching.FEWEST)


def test_a_longest_increasing_subsequence() -> None:
    assert matching.longest_increasing([5, 0, 1, 6, 2, 3]) == [1, 2, 4, 5]
    assert matching.longest_increasing([]) == []
