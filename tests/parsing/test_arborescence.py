"""The best tree with one root: against all trees, and against Stanza's own search."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from attribution.parsing.arborescence import best_tree
from attribution.parsing.layers import log_softmax


def matrix(numbers: list[float], size: int) -> NDArray[np.float32]:
    scores = np.array(numbers, np.float32).reshape(size, size)
    np.fill_diagonal(scores, -np.inf)
    return scores


@st.composite
def scores(draw: st.DrawFn) -> NDArray[np.float32]:
    """Distinct powers of two: no two sets of arcs have the same sum, so that there is one best tree."""
    size = draw(st.integers(2, 5))
    return matrix([float(2**exponent) for exponent in draw(st.permutations(range(size * size)))], size)


def all_trees(size: int) -> list[tuple[int, ...]]:
    trees = []
    for heads in product(range(size), repeat=size - 1):
        tree = (0, *heads)
        reached = {0}
        while more := {word for word in range(1, size) if tree[word] in reached} - reached:
            reached |= more
        if len(reached) == size and heads.count(0) == 1:
            trees.append(tree)
    return trees


TREES = {size: all_trees(size) for size in range(2, 6)}


def total(scores: NDArray[np.float32], heads: tuple[int, ...] | list[int]) -> float:
    return sum(float(scores[word, heads[word]]) for word in range(1, len(heads)))


@given(scores())
def test_no_tree_is_better(scores: NDArray[np.float32]) -> None:
    best = max(TREES[len(scores)], key=lambda tree: total(scores, tree))
    assert best_tree(scores) == list(best)


def test_one_word_is_attached_to_the_root() -> None:
    assert best_tree(matrix([0, 0, -1, 0], 2)) == [0, 0]


def test_of_two_roots_the_better_one_stays() -> None:
    # Both words score best with the root; the second loses less by depending on the first.
    assert best_tree(matrix([0, 0, 0, -1, 0, -9, -2, -4, 0], 3)) == [0, 0, 1]


@pytest.mark.slow
@given(st.integers(2, 60), st.integers(0, 10_000), st.sampled_from([0.5, 5, 50]))
def test_stanza_finds_the_same_tree(size: int, seed: int, spread: float) -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    numbers = np.random.default_rng(seed).normal(0, spread, size * size)
    scores = log_softmax(matrix(numbers.tolist(), size))
    assert best_tree(scores) == chuliu_edmonds_one_root(scores).tolist()
