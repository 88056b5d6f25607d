"""No head with two subjects or two objects: a faster version of Stanza's repair (``resolve_head_constraints``).

For each word that could keep the relation, the others are rescored with the best relation still open to them and the
best tree is searched again; the trial with the highest score wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.parsing.arborescence import best_tree

GROUPS = (
    frozenset({"nsubj", "csubj", "nsubj:pass", "csubj:pass"}),
    frozenset({"nsubj:outer", "csubj:outer"}),
    frozenset({"obj"}),
)
"""Groups of relations of which a head may have at most one."""

ROUNDS = 5
"""The most violations that are repaired in one sentence."""


class _Violation(NamedTuple):
    head: int
    group: frozenset[str]
    words: list[int]


def violation(heads: Sequence[int], relations: Sequence[str]) -> _Violation | None:
    """Give the first head with more than one relation of a group, or None.

    Both sequences have the root node at position 0; its entries are ignored.
    """
    found: dict[int, dict[frozenset[str], list[int]]] = {}
    for word, relation in enumerate(relations):
        if word:
            for group in GROUPS:
                if relation in group:
                    found.setdefault(heads[word], {}).setdefault(group, []).append(word)
    for head, groups in found.items():
        for group, words in groups.items():
            if len(words) > 1:
                return _Violation(head, group, words)
    return None


class _Labels:
    """The best relation of each arc, given what has been ruled out so far."""

    def __init__(self, scores: NDArray[np.floating], names: Sequence[str]) -> None:
        self.scores = scores
        self.names = names
        self._best = scores.argmax(2)
        self._highest = scores.max(2)
        self.excluded: defaultdict[tuple[int, int], set[frozenset[str]]] = defaultdict(set)

    def best(self, word: int, head: int, also: frozenset[str] | None = None) -> int:
        """The best relation of an arc that is not ruled out; ``also`` rules out another group."""
        groups = self.excluded.get((word, head), set()) | ({also} if also else set())
        if not groups:
            return int(self._best[word, head])
        out = [any(name in group for group in groups) for name in self.names]
        return int(np.where(out, -np.inf, self.scores[word, head]).argmax())

    def of_tree(self, heads: Sequence[int]) -> list[int]:
        """The best relation of each arc of a tree."""
        chosen: list[int] = self._best[np.arange(len(heads)), heads].tolist()
        for word, head in self.excluded:
            if heads[word] == head:
                chosen[word] = self.best(word, head)
        return chosen

    def highest(self, word: int, head: int, group: frozenset[str]) -> NDArray[np.floating]:
        """The score of a word's best relation to each head; for ``head``, of the best one outside the group."""
        highest: NDArray[np.floating] = self._highest[word].copy()
        for at in {head, *(at for dependent, at in self.excluded if dependent == word)}:
            highest[at] = self.scores[word, at, self.best(word, at, group if at == head else None)]
        return highest


def repaired(
    arcs: NDArray[np.floating], relations: NDArray[np.floating], names: Sequence[str], heads: Sequence[int]
) -> tuple[list[int], list[str]]:
    """Give heads and relations without violations, or with as few as remain after all rounds; position 0 is the root.

    ``arcs`` scores heads (columns) of dependents (rows), ``relations`` scores relations (dependents × heads ×
    relations), ``names`` names the relations, and ``heads`` is the tree to start from.
    """
    labels = _Labels(relations, names)
    tree = list(heads)
    chosen = labels.of_tree(tree)
    for _ in range(ROUNDS):
        found = violation(tree, [names[identifier] for identifier in chosen])
        if found is None:
            break
        trials = [_trial(arcs, labels, found, kept) for kept in found.words]
        # On ties max returns the first, as Stanza does.
        _, tree, chosen, kept = max(trials, key=lambda trial: trial[0])
        for word in found.words:
            if word != kept:
                labels.excluded[word, found.head].add(found.group)
    return tree, [names[identifier] for identifier in chosen]


def _trial(
    arcs: NDArray[np.floating], labels: _Labels, found: _Violation, kept: int
) -> tuple[float, list[int], list[int], int]:
    """The score of the best tree, the tree and its relations, if the word ``kept`` keeps its relation."""
    scores = arcs.copy()
    yielding = [word for word in found.words if word != kept]
    for word in yielding:
        scores[word] += labels.highest(word, found.head, found.group)
    tree = best_tree(scores)
    chosen = labels.of_tree(tree)
    for word in yielding:
        if tree[word] == found.head:
            chosen[word] = labels.best(word, found.head, found.group)
    words = np.arange(1, len(tree))
    total = arcs[words, tree[1:]].sum() + labels.scores[words, tree[1:], chosen[1:]].sum()
    return float(total), tree, chosen, kept
