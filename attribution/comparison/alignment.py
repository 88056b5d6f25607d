"""Which claim of the new version is which of the old one.

In three passes: claims in the same words; an optimal assignment over the similarity of content words, names and
numbers, with place as a tie-breaker; then, between claims that are already paired, what is left, on weaker evidence.
A claim without a partner may still be a part of one that has one: a claim was split, or two were merged.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from attribution.comparison.assignment import assign
from attribution.comparison.changes import Link, Relation, Row
from attribution.comparison.version import PREFIX, ClaimView, Term, Version
from attribution.comparison.wording import plain, word_spans
from attribution.records import Sentence, Span

SIMILAR = 0.50
"""From here on two claims are taken for one, wherever they stand."""

SIMILAR_IN_PLACE = 0.26
"""From here on, when they stand between the same neighbours."""

CONTAINED = 0.65
"""This share of a claim's words in another claim makes it a part of that one."""

CONTAINED_AFAR = 0.90
"""The same, where the two stand in different parts of the article."""

MERGED_BESIDE = 0.50
"""The same, for an old claim whose sentence has a partner: the new sentence says it with another predicate."""

PREFIX_MATCH = 0.7
PRONOUN_SHARE = 0.2
"""What a subject's words count when the other version has a pronoun in their place."""

OPPOSITE_SHARE = 0.5
"""What is left of the similarity of a claim and its negation."""

DICE, CONTAINMENT, PLACE = 0.80, 0.15, 0.05
"""Shares of the similarity: words in common, the shorter's words in the longer, and where they stand."""


def align(old: Version, new: Version) -> tuple[Link, ...]:
    """How the claims correspond, in the order of the new version, dropped claims where they were."""
    similarity = _Similarity(old.views, new.views)
    pairs: dict[int, int] = {}
    scores: dict[tuple[int, int], float] = {}
    _pair_identical(old.views, new.views, pairs)
    scores.update(dict.fromkeys(pairs.items(), 1.0))
    _pair_similar(old.views, new.views, similarity, SIMILAR, pairs, scores)
    _pair_in_place(old, new, similarity, pairs, scores)
    links = _paired_links(old.views, new.views, pairs, scores)
    links += _part_links(old, new, similarity, pairs)
    done_old = {link.old for link in links}
    done_new = {link.new for link in links}
    links += [Link(view.claim.id, None, Relation.DROPPED) for view in old.views if view.claim.id not in done_old]
    links += [Link(None, view.claim.id, Relation.NEW) for view in new.views if view.claim.id not in done_new]
    return tuple(_in_order(links, old, new))


class _Similarity:
    """Compares two claims by their content words; what is said all over the two articles tells less."""

    def __init__(self, old: Sequence[ClaimView], new: Sequence[ClaimView]) -> None:
        counts = Counter(lemma for view in (*old, *new) for lemma in {term.lemma for term in view.terms})
        total = max(2, len(old) + len(new))
        # A word that stands once in each version counts in full.
        self.rarity = {
            lemma: math.log(1 + total / max(2, count)) / math.log(1 + total / 2) for lemma, count in counts.items()
        }

    def weight(self, term: Term, other: ClaimView | None = None) -> float:
        weight = term.weight * self.rarity.get(term.lemma, 1.0)
        return weight * PRONOUN_SHARE if term.subject and other is not None and other.pronoun_subject else weight

    def common(self, one: ClaimView, other: ClaimView) -> tuple[float, float, float, float]:
        """Weight of the words of each that the other has, and of all words of each."""
        mine = [self.weight(term, other) for term in one.terms]
        theirs = [self.weight(term, one) for term in other.terms]
        free = list(range(len(other.terms)))
        matched_mine = matched_theirs = 0.0
        for exact in (True, False):
            for number, term in enumerate(one.terms):
                if mine[number] < 0:
                    continue
                partner = next((place for place in free if _same(term, other.terms[place], exact)), None)
                if partner is None:
                    continue
                free.remove(partner)
                share = 1.0 if exact else PREFIX_MATCH
                matched_mine += share * mine[number]
                matched_theirs += share * theirs[partner]
                mine[number] = -mine[number] or -1e-9  # taken
        return matched_mine, matched_theirs, sum(map(abs, mine)), sum(theirs)

    def similarity(self, one: ClaimView, other: ClaimView) -> float:
        """From 0 to 1."""
        if one.terms and other.terms and one.stems.isdisjoint(other.stems):
            return 0.0
        matched_one, matched_other, all_one, all_other = self.common(one, other)
        if not all_one or not all_other:
            return 1.0 if one.wording == other.wording else 0.0
        dice = (matched_one + matched_other) / (all_one + all_other)
        contained = max(matched_one / all_one, matched_other / all_other)
        score = DICE * dice + CONTAINMENT * contained
        if one.negated != other.negated:
            if _contradicts(one, other):
                return 0.0
            score *= OPPOSITE_SHARE
        return score + PLACE * (1 - abs(one.place - other.place)) if score else 0.0

    def containment(self, part: ClaimView, whole: ClaimView) -> float:
        """The share of the part's words that the whole has."""
        matched, _, total, _ = self.common(part, whole)
        return matched / total if total else 0.0


def _contradicts(one: ClaimView, other: ClaimView) -> bool:
    """Whether one claim denies the other in its own words, outside quotation marks and under the same cues.

    Otherwise it may be the same thing said differently: *denied that it leaked*, *said that it did not leak*.
    """
    if one.quoted or other.quoted or one.cues != other.cues:
        return False
    return one.predicate == other.predicate


def _same(one: Term, other: Term, exact: bool) -> bool:
    if exact:
        return one.lemma == other.lemma
    shared = 0
    for left, right in zip(one.lemma, other.lemma, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= PREFIX and shared >= 0.6 * max(len(one.lemma), len(other.lemma))


# --- Pairs ------------------------------------------------------------------------------------------------------------


def _pair_identical(old: Sequence[ClaimView], new: Sequence[ClaimView], pairs: dict[int, int]) -> None:
    """Pair claims in the same words, those that repeat in their order."""
    waiting: defaultdict[str, list[int]] = defaultdict(list)
    for view in new:
        waiting[view.wording].append(view.number)
    for view in old:
        if waiting[view.wording]:
            pairs[view.number] = waiting[view.wording].pop(0)


def _pair_similar(
    old: Sequence[ClaimView],
    new: Sequence[ClaimView],
    similarity: _Similarity,
    least: float,
    pairs: dict[int, int],
    scores: dict[tuple[int, int], float],
) -> None:
    """Pair the claims that are left where they are similar enough, the whole as similar as can be."""
    taken = set(pairs.values())
    candidates: dict[tuple[int, int], float] = {}
    for one in old:
        if one.number in pairs:
            continue
        for other in new:
            if other.number in taken:
                continue
            score = similarity.similarity(one, other)
            if score >= least:
                candidates[one.number, other.number] = score
    for pair in assign(candidates):
        pairs[pair[0]] = pair[1]
        scores[pair] = candidates[pair]


def _pair_in_place(
    old: Version,
    new: Version,
    similarity: _Similarity,
    pairs: dict[int, int],
    scores: dict[tuple[int, int], float],
) -> None:
    """Pair what is left between the same paired neighbours, on weaker evidence."""
    anchors = sorted(pairs.items())
    kept = {anchors[number][0] for number in _longest_rising([partner for _, partner in anchors])}
    borders = [(-1, -1), *((one, other) for one, other in anchors if one in kept), (len(old.views), len(new.views))]
    for (old_start, new_start), (old_end, new_end) in pairwise(borders):
        before = [view for view in old.views[old_start + 1 : old_end] if view.number not in pairs]
        taken = set(pairs.values())
        after = [view for view in new.views[new_start + 1 : new_end] if view.number not in taken]
        if before and after:
            _pair_similar(before, after, similarity, SIMILAR_IN_PLACE, pairs, scores)


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """Places of a longest rising subsequence: what kept its order when other things moved."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(places[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            places.append(place)
        else:
            tails[at], places[at] = number, place
    found: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _paired_links(
    old: Sequence[ClaimView],
    new: Sequence[ClaimView],
    pairs: dict[int, int],
    scores: dict[tuple[int, int], float],
) -> list[Link]:
    ordered = sorted(pairs.items())
    in_order = {ordered[place][0] for place in _longest_rising([partner for _, partner in ordered])}
    links: list[Link] = []
    for one, other in ordered:
        if one not in in_order:
            relation = Relation.MOVED
        elif old[one].wording == new[other].wording:
            relation = Relation.UNCHANGED
        else:
            relation = Relation.REWRITTEN
        links.append(Link(old[one].claim.id, new[other].claim.id, relation, round(scores[one, other], 4)))
    return links


def _part_links(old: Version, new: Version, similarity: _Similarity, pairs: dict[int, int]) -> list[Link]:
    """Claims without a partner that are part of one: a new one of an old (split), an old one of a new (merged)."""
    links: list[Link] = []
    partners = {other: one for one, other in pairs.items()}
    split: set[int] = set()
    for view in new.views:
        if view.number in partners:
            continue
        near = {one for one, other in pairs.items() if _near(view, new.views[other])}
        if found := _whole(view, old.views, near, similarity, {}):
            split.add(found[0].number)
            links.append(Link(found[0].claim.id, view.claim.id, Relation.SPLIT, found[1]))
    for view in old.views:
        if view.number in pairs or view.number in split:
            continue
        near = {other for one, other in pairs.items() if _near(view, old.views[one])}
        beside = {other for one, other in pairs.items() if old.views[one].sentence == view.sentence}
        if found := _whole(view, new.views, near, similarity, dict.fromkeys(beside, MERGED_BESIDE)):
            links.append(Link(view.claim.id, found[0].claim.id, Relation.MERGED, found[1]))
    return links


def _near(one: ClaimView, other: ClaimView) -> bool:
    """Whether two claims of one version stand in the same sentence or in neighbouring ones."""
    return abs(one.sentence - other.sentence) <= 1


def _whole(
    part: ClaimView, others: Iterable[ClaimView], near: set[int], similarity: _Similarity, lenient: dict[int, float]
) -> tuple[ClaimView, float] | None:
    """The claim that the part's words stand in, predicate included, and the share of them that do.

    ``near`` are claims with a partner next to the part; others are taken only when they have all of several words.
    ``lenient`` are claims that need less, and not the predicate.
    """
    best: tuple[ClaimView, float] | None = None
    for other in others:
        if part.negated != other.negated:
            continue
        least = lenient.get(other.number)
        head = part.head
        if (
            least is None
            and head is not None
            and not any(_same(head, term, exact) for term in other.terms for exact in (True, False))
        ):
            continue
        if least is None:
            least = CONTAINED if other.number in near else (CONTAINED_AFAR if len(part.terms) > 2 else 2.0)
        share = similarity.containment(part, other)
        if share >= least and (best is None or share > best[1]):
            best = (other, round(share, 4))
    return best


def _in_order(links: list[Link], old: Version, new: Version) -> list[Link]:
    """Links by the new claim's place; a dropped claim stands behind the one it followed."""
    old_place = {view.claim.id: view.number for view in old.views}
    new_place = {view.claim.id: view.number for view in new.views}
    where = _follower(
        [(old_place[link.old], new_place[link.new]) for link in links if link.old is not None and link.new is not None]
    )

    def key(link: Link) -> tuple[float, float]:
        before = -1 if link.old is None else old_place[link.old]
        if link.new is not None:
            return (new_place[link.new], before)
        return (where(before), before)

    return sorted(links, key=key)


def _follower(pairs: list[tuple[int, int]]) -> Callable[[int], float]:
    """Where in the new version an old place without a partner would stand."""
    partner: dict[int, int] = {}
    for one, other in pairs:
        partner[one] = max(other, partner.get(one, -1))

    def where(place: int) -> float:
        while place >= 0 and place not in partner:
            place -= 1
        return partner[place] + 0.5 if place >= 0 else -0.5

    return where


# --- Sentences --------------------------------------------------------------------------------------------------------


def sentence_rows(old: Version, new: Version, links: Sequence[Link]) -> tuple[Row, ...]:
    """The sentences of both versions side by side, in the order of the new one.

    Sentences go together when their claims do; what makes no claim goes with what is in nearly the same words.
    """
    partners: set[tuple[str, str]] = set()
    for link in links:
        if link.old is not None and link.new is not None:
            partners.add((old.claims[link.old].sentence, new.claims[link.new].sentence))
    partners |= _claimless_pairs(old, new, partners)
    order_old, order_new = old.doc.positions, new.doc.positions
    groups = _connected(old.sentences, new.sentences, partners)
    where = _follower(
        [(order_old[identifier], order_new[group[1][0]]) for group in groups if group[1] for identifier in group[0]]
    )
    rows = [Row(tuple(before), tuple(after)) for before, after in groups]

    def key(row: Row) -> tuple[float, float]:
        before = order_old[row.old[0]] if row.old else -1
        return (order_new[row.new[0]], before) if row.new else (where(before), before)

    return tuple(sorted(rows, key=key))


def _claimless_pairs(old: Version, new: Version, partners: set[tuple[str, str]]) -> set[tuple[str, str]]:
    done_old = {one for one, _ in partners}
    done_new = {other for _, other in partners}
    before = [one for one in old.sentences.values() if one.id not in done_old]
    after = [one for one in new.sentences.values() if one.id not in done_new]
    scores: dict[tuple[int, int], float] = {}
    for row, one in enumerate(before):
        for column, other in enumerate(after):
            score = SequenceMatcher(None, _wording(one), _wording(other), autojunk=False).ratio()
            if score >= 0.6:
                scores[row, column] = score
    return {(before[row].id, after[column].id) for row, column in assign(scores)}


def _wording(sentence: Sentence) -> list[str]:
    text = sentence.text
    return [plain(text[word.start : word.end]) for word in word_spans(text, Span(0, len(text)))]


def _connected(
    old: Iterable[str], new: Iterable[str], partners: set[tuple[str, str]]
) -> list[tuple[list[str], list[str]]]:
    """Groups of sentences that hang together, each side in text order."""
    group: dict[tuple[str, str], int] = {}
    members: dict[int, list[tuple[str, str]]] = {}
    for number, node in enumerate([*(("old", one) for one in old), *(("new", one) for one in new)]):
        group[node] = number
        members[number] = [node]
    for one, other in sorted(partners):
        left, right = group["old", one], group["new", other]
        if left != right:
            for node in members[right]:
                group[node] = left
            members[left] += members.pop(right)
    order = {node: number for number, node in enumerate(group)}
    found: list[tuple[list[str], list[str]]] = []
    for nodes in members.values():
        nodes = sorted(nodes, key=order.__getitem__)
        found.append(([name for side, name in nodes if side == "old"], [name for side, name in nodes if side == "new"]))
    return found
