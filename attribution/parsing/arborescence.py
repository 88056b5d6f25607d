"""The best tree with one root over scores of heads (Chu and Liu 1965; Edmonds 1967), exactly.

Most often every word's best head already makes a tree with one root, and no tree scores higher. Else cycles are
contracted one by one, in one matrix, each in a few vector operations. A tree with several roots is searched again with
a charge on root arcs that no second one can make good (Stanojević and Cohen 2021).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating]


def best_tree(scores: Scores) -> list[int]:
    """Give the head of each node in the best tree with one root arc; position 0 is the root node, its own head.

    ``scores`` holds a row for each dependent and a column for each head; row 0 and the diagonal are not looked at.
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
    """Whether one word, and no other, hangs on the root."""
    return int(np.count_nonzero(heads[1:] == 0)) == 1


def is_tree(heads: NDArray[np.intp]) -> bool:
    """Whether every word comes to the root by its heads, that is, whether there is no cycle."""
    steps = 1
    while steps < len(heads):
        heads = heads[heads]
        steps *= 2
    return not heads.any()


class _Contraction(NamedTuple):
    """A cycle that was made one node: its parts, and each part's arc in the cycle (dependent and head, of words)."""

    node: int
    parts: list[int]
    arcs: list[tuple[int, int]]


def _search(weights: Scores) -> list[int]:
    """The best tree, with as many roots as it likes; ``weights`` is used up.

    A cycle takes the slot of its first part; ``node`` names what stands in a slot, and ``members`` the words in a node.
    """
    size = len(weights)
    places = np.arange(size)
    dependents = np.repeat(places[:, None], size, 1)
    governors = np.repeat(places[None, :], size, 0)
    heads: list[int] = weights.argmax(1).tolist()
    heads[0] = 0
    node = list(range(size))
    members: dict[int, set[int]] = {place: {place} for place in range(size)}
    contractions: list[_Contraction] = []
    waiting = list(range(1, size))
    alive = [True] * size
    while waiting:
        start = waiting.pop()
        if not alive[start]:
            continue
        cycle = _cycle(heads, start)
        if not cycle:
            continue
        slots = np.array(cycle)
        inside = [heads[slot] for slot in cycle]
        name = size + len(contractions)
        contractions.append(
            _Contraction(
                name,
                [node[slot] for slot in cycle],
                [(int(dependents[slot, head]), int(governors[slot, head])) for slot, head in zip(cycle, inside)],
            )
        )
        members[name] = set().union(*(members[node[slot]] for slot in cycle))
        # Arcs into the cycle: what is gained where one takes the place of the cycle's own.
        rows = weights[slots] - weights[slots, inside][:, None]
        best = rows.argmax(0)
        slot = cycle[0]
        entered = slots[best]
        dependents[slot], governors[slot] = dependents[entered, places], governors[entered, places]
        weights[slot] = rows[best, places]
        # Arcs out of the cycle.
        columns = weights[:, slots]
        left = slots[columns.argmax(1)]
        dependents[:, slot], governors[:, slot] = dependents[places, left], governors[places, left]
        weights[:, slot] = weights[places, left]
        weights[:, slots[1:]] = -np.inf
        weights[slot, slots] = -np.inf
        for dead in cycle[1:]:
            alive[dead] = False
        gone = set(cycle)
        heads = [slot if head in gone else head for head in heads]
        heads[slot] = int(weights[slot].argmax())
        node[slot] = name
        waiting.append(slot)
    return _expanded(size, heads, node, alive, members, contractions, dependents, governors)


def _cycle(heads: list[int], start: int) -> list[int]:
    """The slots of the cycle to which heads lead from a slot; none when they lead to the root."""
    seen: dict[int, int] = {}
    path: list[int] = []
    slot = start
    while slot and slot not in seen:
        seen[slot] = len(path)
        path.append(slot)
        slot = heads[slot]
    return path[seen[slot] :] if slot else []


def _expanded(
    size: int,
    heads: list[int],
    node: list[int],
    alive: list[bool],
    members: dict[int, set[int]],
    contractions: list[_Contraction],
    dependents: NDArray[np.intp],
    governors: NDArray[np.intp],
) -> list[int]:
    """Heads of all words: a cycle keeps its arcs but the one into the word where it is entered."""
    found = [0] * size
    entry: dict[int, int] = {}
    for slot in range(1, size):
        if alive[slot]:
            word = int(dependents[slot, heads[slot]])
            entry[node[slot]] = word
            found[word] = int(governors[slot, heads[slot]])
    for contraction in reversed(contractions):
        entered = entry[contraction.node]
        for part, (word, head) in zip(contraction.parts, contraction.arcs, strict=True):
            if entered in members[part]:
                entry[part] = entered
            else:
                entry[part] = word
                found[word] = head
    return found
