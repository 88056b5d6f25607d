"""Aligns the claims of two versions.

Claims are paired in three passes: those in the same words; an optimal assignment by the similarity of content words,
names and numbers, with position as a tie-breaker; then, between claims already paired, the rest on weaker evidence.
A claim without a partner may still be part of a paired one: a claim was split, or two were merged.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from attribution.comparison.assignment import assign
from attribution.comparison.changes import Link, Relation
from attribution.comparison.matching import REMEMBERED, all_are_near, follower, longest_increasing, near
from attribution.comparison.version import PREFIX, ClaimView, Term, Version

SIMILAR = 0.50
"""Least similarity of two versions of the same claim, wherever they are in the article."""

SIMILAR_IN_PLACE = 0.26
"""The same for claims between the same neighbours."""

CONTAINED = 0.65
"""A claim with this share of its words in another claim is part of the other."""

CONTAINED_AFAR = 0.90
"""The same for claims in different parts of the article."""

MERGED_BESIDE = 0.50
"""The same for an old claim whose sentence is paired: the new sentence may express it with another predicate."""

PREFIX_MATCH = 0.7
PRONOUN_SHARE = 0.2
"""Weight of a subject's words if the other version has a pronoun instead."""

OPPOSITE_SHARE = 0.5
"""Factor of the similarity of a claim and its negation."""

DICE, CONTAINMENT, PLACE = 0.80, 0.15, 0.05
"""Weights of the parts of the similarity: shared words, words of the shorter claim in the longer, and position."""


def align(old: Version, new: Version, tell: Callable[[], None] | None = None) -> tuple[Link, ...]:
    """How the claims correspond, in the order of the new version, with dropped claims in their old place.

    ``tell`` is called if there are too many claims to compare all of them with each other.
    """
    similarity = _Similarity(old.views, new.views)
    pairs: dict[int, int] = {}
    scores: dict[tuple[int, int], float] = {}
    _pair_identical(old.views, new.views, pairs)
    scores.update(dict.fromkeys(pairs.items(), 1.0))
    taken = set(pairs.values())
    before = [view for view in old.views if view.number not in pairs]
    after = [view for view in new.views if view.number not in taken]
    _pair_similar(before, after, similarity, SIMILAR, pairs, scores, tell)
    _pair_in_place(old, new, similarity, pairs, scores)
    links = _paired_links(old.views, new.views, pairs, scores)
    links += _part_links(old, new, similarity, pairs)
    done_old = {link.old for link in links}
    done_new = {link.new for link in links}
    links += [Link(view.claim.id, None, Relation.DROPPED) for view in old.views if view.claim.id not in done_old]
    links += [Link(None, view.claim.id, Relation.NEW) for view in new.views if view.claim.id not in done_new]
    return tuple(_in_order(links, old, new))


class _Similarity:
    """Compares two claims by their content words; words that are frequent in the two articles count less."""

    def __init__(self, old: Sequence[ClaimView], new: Sequence[ClaimView]) -> None:
        counts = Counter(lemma for view in (*old, *new) for lemma in {term.lemma for term in view.terms})
        total = max(2, len(old) + len(new))
        # A word that occurs once in each version has full weight.
        self.rarity = {
            lemma: math.log(1 + total / max(2, count)) / math.log(1 + total / 2) for lemma, count in counts.items()
        }
        # Claims that repeat each other are compared once with others that do.
        kinds: dict[tuple[tuple[Term, ...], bool], int] = {}
        self._kinds = {
            id(view): kinds.setdefault((view.terms, view.pronoun_subject), len(kinds)) for view in (*old, *new)
        }
        self._views = {self._kinds[id(view)]: view for view in (*old, *new)}
        self._common = lru_cache(maxsize=REMEMBERED)(
            lambda first, second: self._compared(self._views[first], self._views[second])
        )

    def weight(self, term: Term, other: ClaimView | None = None) -> float:
        weight = term.weight * self.rarity.get(term.lemma, 1.0)
        return weight * PRONOUN_SHARE if term.subject and other is not None and other.pronoun_subject else weight

    def common(self, first: ClaimView, second: ClaimView) -> tuple[float, float, float, float]:
        """The weight of the shared words in the first and in the second claim, then of all words of each."""
        return self._common(self._kinds[id(first)], self._kinds[id(second)])

    def _compared(self, first: ClaimView, second: ClaimView) -> tuple[float, float, float, float]:
        mine = [self.weight(term, second) for term in first.terms]
        theirs = [self.weight(term, first) for term in second.terms]
        free = set(range(len(second.terms)))
        matched_mine = matched_theirs = 0.0
        for exact, places in ((True, _places(second.terms, None)), (False, _places(second.terms, PREFIX))):
            for number, term in enumerate(first.terms):
                if mine[number] < 0:
                    continue
                there = places.get(term.lemma if exact else term.lemma[:PREFIX], ())
                partner = next(
                    (place for place in there if place in free and _same(term, second.terms[place], exact)), None
                )
                if partner is None:
                    continue
                free.remove(partner)
                share = 1.0 if exact else PREFIX_MATCH
                matched_mine += share * mine[number]
                matched_theirs += share * theirs[partner]
                mine[number] = -mine[number] or -1e-9  # taken
        return matched_mine, matched_theirs, sum(map(abs, mine)), sum(theirs)

    def similarity(self, first: ClaimView, second: ClaimView) -> float:
        """The similarity of two claims, from 0 to 1."""
        if first.terms and second.terms and first.stems.isdisjoint(second.stems):
            return 0.0
        matched_first, matched_second, all_first, all_second = self.common(first, second)
        if not all_first or not all_second:
            return 1.0 if first.wording == second.wording else 0.0
        dice = (matched_first + matched_second) / (all_first + all_second)
        contained = max(matched_first / all_first, matched_second / all_second)
        score = DICE * dice + CONTAINMENT * contained
        if first.negated != second.negated:
            if _contradicts(first, second):
                return 0.0
            score *= OPPOSITE_SHARE
        return score + PLACE * (1 - abs(first.place - second.place)) if score else 0.0

    def containment(self, part: ClaimView, whole: ClaimView) -> float:
        """The share of the part's words that are in the whole."""
        matched, _, total, _ = self.common(part, whole)
        return matched / total if total else 0.0


def _places(terms: Sequence[Term], letters: int | None) -> dict[str, list[int]]:
    """Where the terms are, by so many first letters of their lemma."""
    places: dict[str, list[int]] = {}
    for place, term in enumerate(terms):
        places.setdefault(term.lemma[:letters], []).append(place)
    return places


def _contradicts(first: ClaimView, second: ClaimView) -> bool:
    """Whether the claims, with the same predicate and cues and outside quotation marks, contradict each other.

    With other cues they may mean the same: *denied that it leaked*, *said that it did not leak*.
    """
    if first.quoted or second.quoted or first.cues != second.cues:
        return False
    return first.predicate == second.predicate


def _same(first: Term, second: Term, exact: bool) -> bool:
    if exact:
        return first.lemma == second.lemma
    shared = 0
    for left, right in zip(first.lemma, second.lemma, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= PREFIX and shared >= 0.6 * max(len(first.lemma), len(second.lemma))


def _has_word(view: ClaimView, word: Term) -> bool:
    """Whether the claim has a word or another form of it."""
    return any(_same(word, term, exact) for term in view.terms for exact in (True, False))


# --- Pairs ------------------------------------------------------------------------------------------------------------


def _pair_identical(old: Sequence[ClaimView], new: Sequence[ClaimView], pairs: dict[int, int]) -> None:
    """Pair claims in the same words; repeated ones in their order."""
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for view in new:
        waiting[view.wording].append(view.number)
    for view in old:
        if waiting[view.wording]:
            pairs[view.number] = waiting[view.wording].popleft()


def _pair_similar(
    before: Sequence[ClaimView],
    after: Sequence[ClaimView],
    similarity: _Similarity,
    least: float,
    pairs: dict[int, int],
    scores: dict[tuple[int, int], float],
    tell: Callable[[], None] | None = None,
) -> None:
    """Pair claims without a partner that are similar enough, with the greatest total similarity."""
    candidates: dict[tuple[int, int], float] = {}
    for row, columns in near(len(before), len(after), _corresponding(before, after, pairs), tell):
        for column in columns:
            score = similarity.similarity(before[row], after[column])
            if score >= least:
                candidates[before[row].number, after[column].number] = score
    for pair in assign(candidates):
        pairs[pair[0]] = pair[1]
        scores[pair] = candidates[pair]


def _corresponding(
    before: Sequence[ClaimView], after: Sequence[ClaimView], pairs: Mapping[int, int]
) -> Callable[[int], int]:
    """Where among claims of the new version one of the old version belongs: after the partner of the one before it."""
    if not pairs or all_are_near(len(before), len(after)):
        return lambda row: row * len(after) // len(before)
    numbers = [view.number for view in after]
    where = follower(list(pairs.items()))
    return lambda row: bisect_left(numbers, where(before[row].number))


def _pair_in_place(
    old: Version,
    new: Version,
    similarity: _Similarity,
    pairs: dict[int, int],
    scores: dict[tuple[int, int], float],
) -> None:
    """Pair remaining claims between the same paired neighbours, on weaker evidence."""
    anchors = sorted(pairs.items())
    kept = {anchors[number][0] for number in longest_increasing([partner for _, partner in anchors])}
    borders = [
        (-1, -1),
        *((before, after) for before, after in anchors if before in kept),
        (len(old.views), len(new.views)),
    ]
    taken = set(pairs.values())
    for (old_start, new_start), (old_end, new_end) in pairwise(borders):
        before = [view for view in old.views[old_start + 1 : old_end] if view.number not in pairs]
        after = [view for view in new.views[new_start + 1 : new_end] if view.number not in taken]
        if before and after:
            _pair_similar(before, after, similarity, SIMILAR_IN_PLACE, pairs, scores)
            taken.update(pairs[view.number] for view in before if view.number in pairs)


def _paired_links(
    old: Sequence[ClaimView],
    new: Sequence[ClaimView],
    pairs: dict[int, int],
    scores: dict[tuple[int, int], float],
) -> list[Link]:
    ordered = sorted(pairs.items())
    in_order = {ordered[place][0] for place in longest_increasing([partner for _, partner in ordered])}
    links: list[Link] = []
    for before, after in ordered:
        if before not in in_order:
            relation = Relation.MOVED
        elif old[before].wording == new[after].wording:
            relation = Relation.UNCHANGED
        else:
            relation = Relation.REWRITTEN
        links.append(Link(old[before].claim.id, new[after].claim.id, relation, round(scores[before, after], 4)))
    return links


def _part_links(old: Version, new: Version, similarity: _Similarity, pairs: dict[int, int]) -> list[Link]:
    """Links of claims without a partner: a new claim part of an old one (split), an old of a new one (merged)."""
    links: list[Link] = []
    partners = {after: before for before, after in pairs.items()}
    split: set[int] = set()
    alone = [view for view in new.views if view.number not in partners]
    beside = _by_sentence(new.views, partners)
    where = follower(list(partners.items()))
    for row, range_of_old in near(len(alone), len(old.views), lambda row: math.ceil(where(alone[row].number))):
        view = alone[row]
        there = {before for sentence in _around(view) for before in beside.get(sentence, ())}
        others = old.views[range_of_old.start : range_of_old.stop]
        if found := _whole(view, others, there, similarity, {}):
            split.add(found[0].number)
            links.append(Link(found[0].claim.id, view.claim.id, Relation.SPLIT, found[1]))
    alone = [view for view in old.views if view.number not in pairs and view.number not in split]
    beside = _by_sentence(old.views, pairs)
    follow = follower(list(pairs.items()))
    for row, range_of_new in near(len(alone), len(new.views), lambda row: math.ceil(follow(alone[row].number))):
        view = alone[row]
        there = {after for sentence in _around(view) for after in beside.get(sentence, ())}
        lenient = dict.fromkeys(beside.get(view.sentence, ()), MERGED_BESIDE)
        others = new.views[range_of_new.start : range_of_new.stop]
        if found := _whole(view, others, there, similarity, lenient):
            links.append(Link(view.claim.id, found[0].claim.id, Relation.MERGED, found[1]))
    return links


def _by_sentence(views: Sequence[ClaimView], partners: Mapping[int, int]) -> dict[int, list[int]]:
    """The partners of claims by the sentence that the claims are in."""
    found: dict[int, list[int]] = {}
    for number, partner in partners.items():
        found.setdefault(views[number].sentence, []).append(partner)
    return found


def _around(view: ClaimView) -> range:
    """The claim's sentence and the neighbouring ones."""
    return range(view.sentence - 1, view.sentence + 2)


def _whole(
    part: ClaimView, others: Iterable[ClaimView], near: set[int], similarity: _Similarity, lenient: dict[int, float]
) -> tuple[ClaimView, float] | None:
    """The claim that contains the part's words, including its predicate, and the share of them that it contains.

    ``near`` are claims with a partner next to the part; others must contain nearly all of at least three words.
    ``lenient`` gives the share that suffices, even without the predicate, for further claims.
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
            and (head.lemma[:PREFIX] not in other.stems or not _has_word(other, head))
        ):
            continue
        if least is None:
            least = CONTAINED if other.number in near else (CONTAINED_AFAR if len(part.terms) > 2 else 2.0)
        share = similarity.containment(part, other)
        if share >= least and (best is None or share > best[1]):
            best = (other, round(share, 4))
    return best


def _in_order(links: list[Link], old: Version, new: Version) -> list[Link]:
    """Links in the order of the new claims; a dropped claim comes after its old predecessor."""
    old_place = {view.claim.id: view.number for view in old.views}
    new_place = {view.claim.id: view.number for view in new.views}
    where = follower(
        [(old_place[link.old], new_place[link.new]) for link in links if link.old is not None and link.new is not None]
    )

    def key(link: Link) -> tuple[float, float]:
        before = -1 if link.old is None else old_place[link.old]
        if link.new is not None:
            return (new_place[link.new], before)
        return (where(before), before)

    return sorted(links, key=key)
