"""Puts the sentences of two versions side by side."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from functools import lru_cache

from attribution.comparison.assignment import assign
from attribution.comparison.changes import Link, Row
from attribution.comparison.matching import REMEMBERED, common_length, follower, near
from attribution.comparison.version import Version
from attribution.comparison.wording import plain, word_spans
from attribution.records import Sentence, Span

SAME_SENTENCE = 0.6
"""Least share of common words of two versions of a sentence without claims."""


def sentence_rows(old: Version, new: Version, links: Sequence[Link]) -> tuple[Row, ...]:
    """The sentences of both versions side by side, in the order of the new version.

    Sentences correspond if their claims do; sentences without claims, if they have nearly the same words.
    """
    partners: set[tuple[str, str]] = set()
    for link in links:
        if link.old is not None and link.new is not None:
            partners.add((old.claims[link.old].sentence, new.claims[link.new].sentence))
    partners |= _claimless_pairs(old, new, partners)
    order_old, order_new = old.doc.positions, new.doc.positions
    groups = _connected(old.sentences, new.sentences, partners)
    where = follower(
        [(order_old[identifier], order_new[group[1][0]]) for group in groups if group[1] for identifier in group[0]]
    )
    rows = [Row(tuple(before), tuple(after)) for before, after in groups]

    def key(row: Row) -> tuple[float, float]:
        before = order_old[row.old[0]] if row.old else -1
        return (order_new[row.new[0]], before) if row.new else (where(before), before)

    return tuple(sorted(rows, key=key))


def _claimless_pairs(old: Version, new: Version, partners: set[tuple[str, str]]) -> set[tuple[str, str]]:
    done_old = {identifier for identifier, _ in partners}
    done_new = {identifier for _, identifier in partners}
    before = [sentence for sentence in old.sentences.values() if sentence.id not in done_old]
    after = [sentence for sentence in new.sentences.values() if sentence.id not in done_new]
    identical = _in_the_same_words(before, after)
    known = set(identical.values())
    before = [sentence for sentence in before if sentence.id not in identical]
    after = [sentence for sentence in after if sentence.id not in known]
    words, others = [_wording(sentence) for sentence in before], [_wording(sentence) for sentence in after]
    ratio = lru_cache(maxsize=REMEMBERED)(_ratio)  # sentences may repeat others
    scores: dict[tuple[int, int], float] = {}
    for row, columns in near(len(before), len(after), lambda row: row * len(after) // len(before)):
        for column in columns:
            score = ratio(words[row], others[column])
            if score >= SAME_SENTENCE:
                scores[row, column] = score
    return {*identical.items(), *((before[row].id, after[column].id) for row, column in assign(scores))}


def _in_the_same_words(old: Sequence[Sentence], new: Sequence[Sentence]) -> dict[str, str]:
    """Pairs of sentences in the same words; repeated ones in their order."""
    waiting: defaultdict[tuple[str, ...], deque[str]] = defaultdict(deque)
    for sentence in new:
        waiting[_wording(sentence)].append(sentence.id)
    return {sentence.id: there.popleft() for sentence in old if (there := waiting[_wording(sentence)])}


def _ratio(first: Sequence[str], second: Sequence[str]) -> float:
    """The common words, in order, as a share of all words of both; 0 if it cannot be SAME_SENTENCE."""
    total = len(first) + len(second)
    if not total:
        return 1.0
    if 2 * min(len(first), len(second)) < SAME_SENTENCE * total:
        return 0.0
    if 2 * (Counter(first) & Counter(second)).total() < SAME_SENTENCE * total:
        return 0.0
    return 2 * common_length(first, second) / total


def _wording(sentence: Sentence) -> tuple[str, ...]:
    text = sentence.text
    return tuple(plain(text[word.start : word.end]) for word in word_spans(text, Span(0, len(text))))


def _connected(
    old: Iterable[str], new: Iterable[str], partners: set[tuple[str, str]]
) -> list[tuple[list[str], list[str]]]:
    """Groups of sentences that are connected by partners, each side in text order."""
    group: dict[tuple[str, str], int] = {}
    members: dict[int, list[tuple[str, str]]] = {}
    nodes = [(side, identifier) for side, identifiers in (("old", old), ("new", new)) for identifier in identifiers]
    for number, node in enumerate(nodes):
        group[node] = number
        members[number] = [node]
    for before, after in sorted(partners):
        left, right = group["old", before], group["new", after]
        if left != right:
            if len(members[left]) < len(members[right]):
                left, right = right, left
            for node in members[right]:
                group[node] = left
            members[left] += members.pop(right)
    order = {node: number for number, node in enumerate(group)}
    found: list[tuple[list[str], list[str]]] = []
    for connected in members.values():
        connected.sort(key=order.__getitem__)
        sides = {wanted: [name for side, name in connected if side == wanted] for wanted in ("old", "new")}
        found.append((sides["old"], sides["new"]))
    return found
