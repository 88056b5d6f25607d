"""How firmly a text commits itself to what each predicate of a claim says: a signed number from −1 to 1.

A predicate's commitment is its polarity times its strength. Strength begins at 1; each construction of the predicate
leaves a share of it, from 0 to 1. What it hangs on matters, too: a link leaves its share and, where the governing word
is itself weak (*may plan to close*), takes over a part of that weakness. Polarity is turned round by each construction
that negates, and taken over by links that are transparent (*did not manage to close*). Recursive in this way after
Nairn, Condoravdi and Karttunen (2006) and Saurí and Pustejovsky (2012), *Are you sure that this happened?*

The shares of the number are estimated from what readers take to have happened. The grade is worked out in the same way
from the shares that the constructions are expected to leave: readers are in doubt whether what will happen counts, but
*will close* is no less certain a statement than *closed*.

What follows from the form of the model: taking a hedge away never lowers the size of a commitment, negating a predicate
turns its sign, and what stands in other sentences changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from pathlib import Path

import msgspec

from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import (
    AttribError,
    Claim,
    Grade,
    Hedge,
    Mode,
    Polarity,
    Predicate,
    Share,
    Span,
    joined,
)
from attribution.resources import commitment_shares_file
from attribution.scoring.clauses import ClaimClause
from attribution.scoring.construction_table import BY_NAME, CONSTRUCTIONS, ConstructionKind
from attribution.scoring.constructions import PredicateReading, SentenceConstructions

DECIMALS = 2
"""Commitment is given to two decimals, which is as much as readers agree on."""

GRADES = ((0.75, Grade.CERTAIN), (0.5, Grade.PROBABLE), (0.2, Grade.POSSIBLE))
"""The least firmness of each grade; below the last it is open."""


class CommitmentShares(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each construction leaves of the strength, and which part of a governor's weakness each link takes over."""

    shares: Mapping[str, Share]
    taken_over: Mapping[str, Share]


class Standing(msgspec.Struct, frozen=True):
    """What is decided of a predicate before it is rounded.

    ``strength`` is by the estimated shares, ``firmness`` by the expected ones.
    """

    strength: float
    firmness: float
    negative: bool
    mode: Mode
    constructions: tuple[str, ...]

    @property
    def commitment(self) -> float:
        """The signed number."""
        return -self.strength if self.negative else self.strength


UNDECIDED = Standing(1.0, 1.0, False, Mode.HAPPENED, ())
"""How a plain statement stands."""


class PredicateJudge:
    """Judges the predicates of one sentence."""

    def __init__(self, sentence: SentenceConstructions, shares: CommitmentShares) -> None:
        self.sentence = sentence
        self.shares = shares
        self._known: dict[int, Standing] = {}

    def standing(self, index: int) -> Standing:
        """The standing of a word as a predicate."""
        known = self._known.get(index)
        if known is None:
            # A tree has no cycle; should a parse have one, the word stands plainly on the way round.
            self._known[index] = UNDECIDED
            known = self._known[index] = self._judge(self.sentence.of(index))
        return known

    def _judge(self, reading: PredicateReading) -> Standing:
        strength, firmness, negative, mode = 1.0, 1.0, False, Mode.HAPPENED
        shares = self.shares.shares
        for name in reading.constructions:
            construction = BY_NAME[name]
            strength *= shares[name]
            firmness *= construction.expected
            negative ^= construction.negates
            mode = _stronger(mode, construction.mode)
        names = reading.constructions
        if reading.link is not None and reading.governor is not None:
            link, governor = BY_NAME[reading.link], self.standing(reading.governor)
            taken_over = self.shares.taken_over[link.name]
            strength *= shares[link.name] * (1 - taken_over * (1 - governor.strength))
            firmness *= link.expected * (1 - taken_over * (1 - governor.firmness))
            negative ^= link.negates
            mode = _stronger(mode, link.mode)
            if link.transparent:
                negative ^= governor.negative
                mode = _stronger(mode, governor.mode)
            names = (*names, link.name, *governor.constructions)
        return Standing(strength, firmness, negative, mode, names)


MODE_ORDER = (Mode.ASKED, Mode.SUPPOSED, Mode.WANTED, Mode.WILL, Mode.ABLE, Mode.GENERAL, Mode.HAPPENED)
"""Which of two modes a predicate has that both bear on: the first."""


def _stronger(mode: Mode, other: Mode | None) -> Mode:
    return mode if other is None else min(mode, other, key=MODE_ORDER.index)


def add_commitment(
    claims: Sequence[Claim],
    clauses: Sequence[ClaimClause],
    doc: Doc,
    hedges: Sequence[Hedge],
    lexicon: Lexicon,
    shares: CommitmentShares | None = None,
) -> tuple[tuple[Claim, ...], tuple[Predicate, ...]]:
    """The claims with their predicates and the commitment of what they assert, and the predicates in no claim.

    ``clauses`` are what the claims were made from, in the same order. A predicate's commitment depends on nothing but
    its sentence and the hedges in it. Predicates are in text order.
    """
    shares = shares or load_commitment_shares()
    hedges_in: defaultdict[str, list[Hedge]] = defaultdict(list)
    for hedge in hedges:
        hedges_in[hedge.sentence].append(hedge)
    judges = {
        tree.sentence.id: PredicateJudge(SentenceConstructions(tree, lexicon, hedges_in[tree.sentence.id]), shares)
        for tree in doc.trees
    }
    text = doc.draft.text
    unclaimed = {tree.sentence.id: set(range(len(tree))) for tree in doc.trees}
    found: list[Claim] = []
    for claim, clause in zip(claims, clauses, strict=True):
        judge = judges[clause.sentence]
        words = judge.sentence.tree.words_in(clause.spans)
        unclaimed[clause.sentence] -= words
        commitment = _rounded(judge.standing(judge.sentence.links.asserted(clause.head)).commitment)
        predicates = tuple(_predicates(words, judge, text))
        found.append(msgspec.structs.replace(claim, commitment=commitment, predicates=predicates))
    outside = (predicate for name, words in unclaimed.items() for predicate in _predicates(words, judges[name], text))
    return tuple(found), tuple(outside)


def _predicates(words: Set[int], judge: PredicateJudge, text: str) -> Iterator[Predicate]:
    """The predicates among the words of a sentence, each with those of its own words that are among them."""
    sentence = judge.sentence
    for index in sorted(words):
        if sentence.is_predicate(index):
            spans = sentence.tree.spans(words & set(sentence.words(index)))
            yield _record(judge.standing(index), spans, text)


def _record(standing: Standing, spans: tuple[Span, ...], text: str) -> Predicate:
    commitment = _rounded(standing.commitment)
    return Predicate(
        spans=spans,
        text=joined(text, spans),
        polarity=Polarity.NEGATIVE if standing.negative else Polarity.POSITIVE,
        grade=next((grade for least, grade in GRADES if standing.firmness >= least), Grade.OPEN),
        mode=standing.mode,
        commitment=commitment,
        constructions=tuple(dict.fromkeys(standing.constructions)),
    )


def _rounded(commitment: float) -> float:
    return round(commitment, DECIMALS) + 0.0


@lru_cache(maxsize=8)
def load_commitment_shares(path: Path | None = None) -> CommitmentShares:
    """The built-in shares, or those of a file of the same form.

    Raises AttribError, with the file and the construction, when a share is missing, unknown or outside 0 to 1.
    """
    place = path or commitment_shares_file()
    try:
        shares = msgspec.json.decode(place.read_bytes(), type=CommitmentShares)
    except OSError as error:
        raise AttribError(f"{place}: cannot be read ({error.strerror}); reinstall or name another file") from error
    except msgspec.DecodeError as error:
        raise AttribError(f"{place}: {error}; see the built-in shares for the form") from error
    links = {construction.name for construction in CONSTRUCTIONS if construction.kind is ConstructionKind.LINK}
    for table, known, given in (("shares", set(BY_NAME), shares.shares), ("taken_over", links, shares.taken_over)):
        for name in sorted(known - set(given)):
            raise AttribError(f'{place}: {table} lacks "{name}"; every construction must be given')
        for name in sorted(set(given) - known):
            raise AttribError(f'{place}: {table} has "{name}", which is no construction; docs/SCORING.md lists them')
    return shares
