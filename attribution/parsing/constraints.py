"""No head with two subjects or two objects: Stanza's repair of such trees (``resolve_head_constraints``), faster.

For each word that could keep the relation, the others are scored with the best relation that is left to them, and the
best tree is searched again; the trial with the highest score stays. Scores of relations are asked for only where the
repair looks at them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.parsing.arborescence import best_tree

GROUPS = (
    frozenset({"nsubj", "csubj", "nsubj:pass", "csubj:pass"}),
    frozenset({"nsubj:outer", "csubj:outer"}),
    frozenset({"obj"}),
)
"""Relations of which a head has one at most."""

ROUNDS = 5
"""How many violations of one sentence are repaired at most."""


class _Violation(NamedTuple):
    head: int
    group: frozenset[str]
    words: list[int]


def violation(heads: Sequence[int], relations: Sequence[str]) -> _Violation | None:
    """Give the first head with more than one relation of a group, if there is any.

    Both sequences have the root node at position 0; its entries are not looked at.
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
    """Relations of arcs, with what has been ruled out so far."""

    def __init__(self, score: Callable[[int], NDArray[np.floating]], names: Sequence[str]) -> None:
        self._score = score
        self._rows: dict[int, NDArray[np.floating]] = {}
        self.names = names
        self.excluded: defaultdict[tuple[int, int], set[frozenset[str]]] = defaultdict(set)

    def row(self, word: int) -> NDArray[np.floating]:
        if word not in self._rows:
            self._rows[word] = self._score(word)
        return self._rows[word]

    def best(self, word: int, head: int, also: frozenset[str] | None = None) -> int:
        groups = self.excluded.get((word, head), set()) | ({also} if also else set())
        scores = self.row(word)[head]
        if groups:
            out = [any(name in group for group in groups) for name in self.names]
            scores = np.where(out, -np.inf, scores)
        return int(np.argmax(scores))

    def best_scores(self, word: int, head: int, group: frozenset[str]) -> NDArray[np.floating]:
        """The score of the best relation to each head; at ``head`` not of the group, nor where one is ruled out."""
        scores = self.row(word).max(1)
        for at in {head, *(at for dependent, at in self.excluded if dependent == word)}:
            scores[at] = self.row(word)[at, self.best(word, at, group if at == head else None)]
        return scores


def repaired(
    arcs: NDArray[np.floating],
    score: Callable[[int], NDArray[np.floating]],
    names: Sequence[str],
    heads: Sequence[int],
) -> tuple[list[int], list[str]]:
    """Give heads and relations without violations, or with as few as the rounds leave; position 0 is the root node.

    ``arcs`` are the scores of heads (columns) of dependents (rows), ``score`` gives those of all relations (columns) of
    a dependent to all heads (rows), ``names`` the relations, ``heads`` the tree to begin with.
    """
    labels = _Labels(score, names)
    tree = list(heads)
    chosen = [0] + [labels.best(word, tree[word]) for word in range(1, len(tree))]
    for _ in range(ROUNDS):
        found = violation(tree, [names[identifier] for identifier in chosen])
        if found is None:
            break
        trials = [_trial(arcs, labels, found, kept, len(tree)) for kept in found.words]
        # max gives the first of equals, as Stanza does.
        _, tree, chosen, kept = max(trials, key=lambda trial: trial[0])
        for word in found.words:
            if word != kept:
                labels.excluded[word, found.head].add(found.group)
    return tree, [names[identifier] for identifier in chosen]


def _trial(
    arcs: NDArray[np.floating], labels: _Labels, found: _Violation, kept: int, length: int
) -> tuple[float, list[int], list[int], int]:
    """The best tree, its relations and its score, when one word keeps its relation and the others give way."""
    scores = arcs.copy()
    for word in found.words:
        if word != kept:
            scores[word] = arcs[word] + labels.best_scores(word, found.head, found.group)
    tree = best_tree(scores)
    chosen = [0]
    total = 0.0
    for word in range(1, length):
        gives_way = word in found.words and word != kept and tree[word] == found.head
        chosen.append(labels.best(word, tree[word], found.group if gives_way else None))
        total += float(arcs[word, tree[word]]) + float(labels.row(word)[tree[word], chosen[word]])
    return total, tree, chosen, kept
