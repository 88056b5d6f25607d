"""How firmly each version tells what a claim says, by the grades of the predicates that both versions have."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.comparison.changes import Words
from attribution.comparison.version import Version
from attribution.records import Attitude, Attribution, Claim, Evidence, Grade, Predicate, Span

ORDER = (Grade.OPEN, Grade.POSSIBLE, Grade.PROBABLE, Grade.CERTAIN)

UNSTEADY = frozenset({"clause after asking", "adjective without verb", "participle before its noun"})
"""Constructions that the same edit in other words brings or takes (*told reporters that*), or that the parse often
misreads."""

STEPS = 4
"""How far up the tree a word may stand that weakens a predicate: *was thought to have been about to leave*."""

MARKING = ("aux", "aux:pass", "cop", "mark", "advmod")
"""Relations of the words beside a predicate that tell how firm it is."""


class Firmness(msgspec.Struct, frozen=True):
    """The grades of one predicate in the two versions, and the words of each that make the difference."""

    old: Grade
    new: Grade
    old_words: tuple[Words, ...]
    new_words: tuple[Words, ...]

    @property
    def is_firmer(self) -> bool:
        """Whether the new version tells it more firmly."""
        return ORDER.index(self.new) > ORDER.index(self.old)


def firmness(
    old_claim: Claim,
    new_claim: Claim,
    old: Version,
    new: Version,
    gone: Sequence[Span],
    came: Sequence[Span],
) -> Firmness | None:
    """The change of grade of the first predicate that has one; None if every predicate is as firm as before.

    ``gone`` and ``came`` are the words that the edit took out and put in: where none of them bears on a predicate, a
    difference of grade is one of the two parses.
    """
    before, after = _predicates(old_claim, old), _predicates(new_claim, new)
    for lemma, (index, predicate) in before.items():
        if lemma not in after:
            continue
        place, partner = after[lemma]
        if predicate.grade is partner.grade or predicate.polarity is not partner.polarity:
            continue
        old_words = _bearing(index, old_claim.sentence, old, gone)
        new_words = _bearing(place, new_claim.sentence, new, came)
        if old_words or new_words:
            return Firmness(predicate.grade, partner.grade, old_words, new_words)
    return None


def _predicates(claim: Claim, version: Version) -> dict[str, tuple[int, Predicate]]:
    """The claim's verbs and what *be* says in it, by lemma, each with the index of its word."""
    tree = version.tree(claim.sentence)
    found: dict[str, tuple[int, Predicate]] = {}
    for predicate in claim.predicates:
        first = predicate.constructions[:1]
        if first == ("noun",) or not UNSTEADY.isdisjoint(predicate.constructions):
            continue
        held = [tree.tokens[index] for index in tree.words_within(predicate.spans)]
        content = [token for token in held if token.upos not in ("AUX", "PART")]
        if content:
            found.setdefault(content[-1].lemma.casefold(), (content[-1].index, predicate))
    return found


def _bearing(index: int, sentence: str, version: Version, touched: Sequence[Span]) -> tuple[Words, ...]:
    """The touched words that tell how firm a predicate is: beside it, and in the words that it hangs on."""
    tree = version.tree(sentence)
    above = [index, *list(tree.ancestors(index))[:STEPS]]
    beside = [child for word in above for child in tree.children(word) if tree.tokens[child].relation in MARKING]
    asserting = [span for link in version.attributions_in(tree.sentence) for span in link.cue.spans if _asserts(link)]
    bearing = [
        word
        for word in {*above[1:], *beside}
        if _overlaps(tree.tokens[word].span, touched) and not _overlaps(tree.tokens[word].span, asserting)
    ]
    return tuple(Words(span.start, span.end, version.text[span.start : span.end]) for span in tree.spans(bearing))


def _asserts(attribution: Attribution) -> bool:
    """Whether the cue only tells that somebody says it, which makes it no weaker."""
    return attribution.evidence is Evidence.REPORT and attribution.attitude is Attitude.ASSERTION


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)
