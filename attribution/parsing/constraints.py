"""No head with two subjects or two objects: a faster version of Stanza's repair (``resolve_head_constraints``).

For each word that could keep the relation, the others are rescored with the best relation still open to them and the
best tree is searched again; the trial with the highest score wins.
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
"""Groups of relations of which a head may have at most one."""

ROUNDS = 5
"""The most violations that are repaired in one sentence."""


RelationScores = Callable[[Sequence[int]], NDArray[np.floating]]
"""What scores the relations of some words of a sentence: dependents × heads × relations."""


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

    def __init__(
        self, scores_of: RelationScores, names: Sequence[str], heads: Sequence[int], relations: Sequence[int]
    ) -> None:
        self.names = names
        self._scores_of = scores_of
        self._heads = heads
        self._relations = relations
        self._scores: dict[int, NDArray[np.floating]] = {}
        self.excluded: defaultdict[tuple[int, int], set[frozenset[str]]] = defaultdict(set)

    def score(self, words: Sequence[int]) -> None:
        """Score the relations of these words to any head, all at once."""
        missing = [word for word in words if word not in self._scores]
        if missing:
            self._scores.update(zip(missing, self._scores_of(missing), strict=True))

    def scores(self, word: int) -> NDArray[np.floating]:
        """The scores of a word's relations: heads × relations."""
        self.score([word])
        return self._scores[word]

    def best(self, word: int, head: int, also: frozenset[str] | None = None) -> int:
        """The best relation of an arc that is not ruled out; ``also`` rules out another group."""
        groups = self.excluded.get((word, head), set()) | ({also} if also else set())
        if not groups:
            return self._relations[word] if head == self._heads[word] else int(self.scores(word)[head].argmax())
        out = [any(name in group for group in groups) for name in self.names]
        return int(np.where(out, -np.inf, self.scores(word)[head]).argmax())

    def of_tree(self, heads: Sequence[int]) -> list[int]:
        """The best relation of each arc of a tree."""
        self.score(self.moved(heads))
        return [self.best(word, head) for word, head in enumerate(heads)]

    def moved(self, heads: Sequence[int]) -> list[int]:
        """The words whose head in a tree is not the one they had at first."""
        return [word for word, (head, first) in enumerate(zip(heads, self._heads, strict=True)) if head != first]

    def highest(self, word: int, head: int, group: frozenset[str]) -> NDArray[np.floating]:
        """The score of a word's best relation to each head; for ``head``, of the best one outside the group."""
        scores = self.scores(word)
        highest: NDArray[np.floating] = scores.max(1)
        for at in {head, *(at for dependent, at in self.excluded if dependent == word)}:
            highest[at] = scores[at, self.best(word, at, group if at == head else None)]
        return highest


class _Trial(NamedTuple):
    """The best tree, and its relations, if one of the words of a violation keeps its relation."""

    heads: list[int]
    relations: list[int]
    kept: int


def repaired(
    arcs: NDArray[np.floating],
    scores_of: RelationScores,
    names: Sequence[str],
    heads: Sequence[int],
    relations: Sequence[int],
) -> tuple[list[int], list[str]]:
    """Give heads and relations without violations, or with as few as remain after all rounds; position 0 is the root.

    ``arcs`` scores heads (columns) of dependents (rows), ``names`` names the relations by number, ``heads`` is the tree
    to start from, and ``relations`` the numbers of the best relations of its arcs.
    """
    labels = _Labels(scores_of, names, heads, relations)
    tree, chosen = list(heads), list(relations)
    for _ in range(ROUNDS):
        found = violation(tree, [names[identifier] for identifier in chosen])
        if found is None:
            break
        labels.score(found.words)
        trials = [_trial(arcs, labels, found, kept) for kept in found.words]
        # The arcs of all other words are the same in all trials.
        compared = sorted({*found.words, *(word for trial in trials for word in labels.moved(trial.heads))} - {0})
        # On ties max returns the first, as Stanza does.
        tree, chosen, kept = max(trials, key=lambda trial: _score(arcs, labels, trial, compared))
        for word in found.words:
            if word != kept:
                labels.excluded[word, found.head].add(found.group)
    return tree, [names[identifier] for identifier in chosen]


def _trial(arcs: NDArray[np.floating], labels: _Labels, found: _Violation, kept: int) -> _Trial:
    scores = arcs.copy()
    yielding = [word for word in found.words if word != kept]
    for word in yielding:
        scores[word] += labels.highest(word, found.head, found.group)
    tree = best_tree(scores)
    chosen = labels.of_tree(tree)
    for word in yielding:
        if tree[word] == found.head:
            chosen[word] = labels.best(word, found.head, found.group)
    return _Trial(tree, chosen, kept)


def _score(arcs: NDArray[np.floating], labels: _Labels, trial: _Trial, words: Sequence[int]) -> float:
    """What the arcs of these words add to the score of a trial's tree."""
    labels.score(words)
    return sum(
        float(arcs[word, trial.heads[word]] + labels.scores(word)[trial.heads[word], trial.relations[word]])
        for word in words
    )
