"""The optimal assignment, compared with exhaustive search."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.comparison import assignment
from attribution.comparison.assignment import assign

Scores = dict[tuple[int, int], float]
SCORES = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 100).map(lambda percent: percent / 100), max_size=25
)


def best_sum(scores: Scores) -> float:
    columns = [*{column for _, column in scores}, *([None] * 5)]
    rows = sorted({row for row, _ in scores})
    return max(
        sum(scores.get((row, column), 0.0) for row, column in zip(rows, order, strict=False) if column is not None)
        for order in set(permutations(columns, len(rows)))
    )


@given(SCORES)
def test_assignment_is_optimal(scores: Scores) -> None:
    pairs = assign(scores)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(pair in scores for pair in pairs)
    if len({row for row, _ in scores}) <= 3:
        assert sum(scores[pair] for pair in pairs) == pytest.approx(best_sum(scores))


def test_the_best_pair_is_given_up_for_a_better_total() -> None:
    assert assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}) == [(0, 1), (1, 0)]


def test_large_groups_are_paired_best_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assignment, "LARGEST", 1)
    assert assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}) == [(0, 0)]


def test_nothing_to_assign() -> None:
    assert assign({}) == []
