"""Exact search for the best single-root dependency tree (Chu and Liu 1965; Edmonds 1967).

Usually every word's best head already makes a tree with one root, and no tree can score higher. Otherwise cycles are
contracted one at a time within one matrix, each in a few vector operations. If the result has several roots, the search
is repeated with a penalty on root arcs that no second root can outweigh (Stanojević and Cohen 2021).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating]


def best_tree(scores: Scores) -> list[int]:
    """Give the head of each node in the best tree with one root arc; position 0 is the root node, its own head.

    ``scores`` has a row for each dependent and a column for each head; row 0 and the diagonal are ignored.
    """
    heads = scores.argmax(1)
    heads[0] = 0
    if one_root(heads) and is_tree(heads):
        return [int(head) for head in heads]
    weights = scores.astype(np.float64)
    np.fill_diagonal(weights, -np.inf)
    weights[0] = -np.inf
    found = _search(weights.copy())
    if found[1:].count(0) == 1:
        return found
    finite = weights[np.isfinite(weights)]
    weights[:, 0] -= (finite.max() - finite.min() + 1) * len(weights)
    return _search(weights)


def one_root(heads: NDArray[np.intp]) -> bool:
    """Whether exactly one word is attached to the root."""
    return int(np.count_nonzero(heads[1:] == 0)) == 1


def is_tree(heads: NDArray[np.intp]) -> bool:
    """Whether every word reaches the root through its heads, that is, whether there is no cycle."""
    steps = 1
    while steps < len(heads):
        heads = heads[heads]
        steps *= 2
    return not heads.any()


class _Contraction(NamedTuple):
    """A cycle contracted into one node: its parts, and each part's arc within the cycle."""

    node: int
    parts: list[int]
    arcs: list[int]


def _search(weights: Scores) -> list[int]:
    """The best tree, with any number of roots; overwrites ``weights``.

    A cycle takes the slot of its first part; ``node`` maps slots to nodes, and ``members`` nodes to their words.
    """
    size = len(weights)
    places = np.arange(size)
    # The arc between words that the arc between two slots stands for: dependent × size + head.
    arcs = np.arange(size * size).reshape(size, size)
    heads: list[int] = weights.argmax(1).tolist()
    heads[0] = 0
    node = list(range(size))
    members: dict[int, set[int]] = {place: {place} for place in range(size)}
    contractions: list[_Contraction] = []
    settled = [True] + [False] * (size - 1)
    waiting = list(range(1, size))
    while waiting:
        cycle = _cycle(heads, waiting.pop(), settled)
        if not cycle:
            continue
        slot = cycle[0]
        slots = np.array(cycle)
        inside = [heads[part] for part in cycle]
        contraction = _Contraction(
            size + len(contractions), [node[part] for part in cycle], arcs[slots, inside].tolist()
        )
        contractions.append(contraction)
        members[contraction.node] = set().union(*(members[part] for part in contraction.parts))
        # Arcs into the cycle: the gain over the arc within the cycle that each would replace.
        rows = weights[slots] - weights[slots, inside][:, None]
        best = rows.argmax(0)
        arcs[slot] = arcs[slots[best], places]
        weights[slot] = rows[best, places]
        # Arcs out of the cycle.
        left = slots[weights[:, slots].argmax(1)]
        arcs[:, slot] = arcs[places, left]
        weights[:, slot] = weights[places, left]
        weights[:, slots[1:]] = -np.inf
        weights[slot, slot] = -np.inf
        gone = set(cycle)
        heads = [slot if head in gone else head for head in heads]
        heads[slot] = int(weights[slot].argmax())
        node[slot] = contraction.node
        # The slots of the other parts are now unused.
        for part in cycle[1:]:
            settled[part], node[part] = True, 0
        waiting.append(slot)
    chosen = {node[slot]: int(arcs[slot, heads[slot]]) for slot in range(1, size) if node[slot]}
    return _expanded(size, chosen, members, contractions)


def _cycle(heads: list[int], start: int, settled: list[bool]) -> list[int]:
    """The slots of the cycle reached by following heads from a slot; none if they reach the root, which is recorded."""
    seen: dict[int, int] = {}
    path: list[int] = []
    slot = start
    while not settled[slot] and slot not in seen:
        seen[slot] = len(path)
        path.append(slot)
        slot = heads[slot]
    if slot in seen:
        return path[seen[slot] :]
    for passed in path:
        settled[passed] = True
    return []


def _expanded(
    size: int, chosen: dict[int, int], members: dict[int, set[int]], contractions: list[_Contraction]
) -> list[int]:
    """Heads of all words, from each node's arc: a cycle keeps its arcs except the one into the part that is entered."""
    for contraction in reversed(contractions):
        entered = chosen.pop(contraction.node)
        for part, arc in zip(contraction.parts, contraction.arcs, strict=True):
            chosen[part] = entered if entered // size in members[part] else arc
    found = [0] * size
    for word, arc in chosen.items():
        found[word] = arc % size
    return found
