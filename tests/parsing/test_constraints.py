"""No head with two subjects or objects: against Stanza's own repair."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from attribution.parsing.arborescence import best_tree
from attribution.parsing.constraints import repaired, violation

NAMES = ["root", "nsubj", "csubj", "obj", "iobj", "nsubj:outer", "punct"]


def best_relations(scores: NDArray[np.float32], heads: list[int]) -> list[int]:
    """The number of the best relation of each arc of a tree."""
    best: list[int] = scores[np.arange(len(heads)), heads].argmax(1).tolist()
    return best


def test_a_violation_is_the_first_head_with_two_of_a_group() -> None:
    assert violation([0, 2, 0, 2], ["", "nsubj", "root", "obj"]) is None
    assert violation([0, 2, 0, 2], ["", "nsubj", "root", "nsubj:outer"]) is None
    found = violation([0, 2, 0, 2, 2], ["", "obj", "root", "obj", "punct"])
    assert found is not None
    assert (found.head, found.words) == (2, [1, 3])
    found = violation([0, 2, 0, 2], ["", "nsubj:pass", "root", "csubj"])
    assert found is not None
    assert (found.head, found.words) == (2, [1, 3])


def test_of_two_objects_the_one_that_can_be_something_else_gives_way() -> None:
    # "gave (1) the cat (2) a fish (3)": both best as obj of 1; the cat is nearly as good as iobj.
    arcs = np.full((4, 4), -9.0, np.float32)
    np.fill_diagonal(arcs, -np.inf)
    arcs[1, 0] = arcs[2, 1] = arcs[3, 1] = -0.1
    relations = np.full((4, 4, len(NAMES)), -9.0, np.float32)
    relations[1, 0, NAMES.index("root")] = -0.1
    relations[2, 1, NAMES.index("obj")], relations[2, 1, NAMES.index("iobj")] = -0.5, -0.6
    relations[3, 1, NAMES.index("obj")], relations[3, 1, NAMES.index("iobj")] = -0.1, -5.0
    heads, names = repaired(arcs, relations.__getitem__, NAMES, [0, 0, 1, 1], best_relations(relations, [0, 0, 1, 1]))
    assert heads == [0, 0, 1, 1]
    assert names[1:] == ["root", "iobj", "obj"]


@pytest.mark.slow
@given(st.integers(3, 12), st.integers(0, 10_000))
def test_stanza_repairs_alike(size: int, seed: int) -> None:
    from stanza.models.common.vocab import BaseVocab
    from stanza.models.depparse.head_constraints import resolve_head_constraint_violations

    vocabulary = BaseVocab()
    vocabulary._id2unit = ["<PAD>", "<UNK>", "<EMPTY>", "<ROOT>", *NAMES]
    numbers = np.random.default_rng(seed)
    arcs = -numbers.random((size, size), np.float32)
    np.fill_diagonal(arcs, -np.inf)
    relations = -numbers.random((size, size, len(NAMES)), np.float32)
    tree = best_tree(arcs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs, identifiers = resolve_head_constraint_violations(arcs, relations, np.array(tree), vocabulary)
    heads, names = repaired(arcs, relations.__getitem__, NAMES, tree, best_relations(relations, tree))
    assert heads == list(theirs)
    assert names[1:] == [NAMES[identifier] for identifier in identifiers]
