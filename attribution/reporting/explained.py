"""What a claim's measures rest on, in the terms of docs/SCORING.md, for those who ask for an explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from attribution.index import AnalysisIndex
from attribution.records import MOST_SUPPORT, Claim, ScoreName
from attribution.reporting import words
from attribution.reporting.look import score_number
from attribution.scoring.carriers import SUPPORTS
from attribution.scoring.commitment import load_commitment_shares
from attribution.scoring.construction_table import BY_NAME
from attribution.scoring.exposure_marks import KINDS


class Ground(msgspec.Struct, frozen=True):
    """What a measure rests on, and its own value or effect on the measure, if it has one."""

    words: str
    effect: str = ""


class Measure(msgspec.Struct, frozen=True):
    """A measure of a claim: its name, its value, and what it rests on."""

    name: str
    value: str
    grounds: tuple[Ground, ...]


def measures_of(claim: Claim, index: AnalysisIndex) -> Iterator[Measure]:
    """Who answers for the claim and how near they are, what is exposed, how firmly it is told, and the two scores."""
    called = words.CARRIERS[claim.carrier]
    said = words.provenance_words(index.chains(claim), index)
    yield Measure("carrier", claim.carrier.value, (Ground(f"{said}: {called.meaning}" if said else called.meaning),))
    if claim.support is not None:
        yield Measure("support", f"{claim.support} of {MOST_SUPPORT}", (Ground(_unmarked(SUPPORTS[claim.support])),))
    if claim.exposure.marks:
        marks = tuple(
            Ground(
                f"{mark.name}, “{mark.text.translate(words.INNER_QUOTES)}”: {KINDS[mark.name].meaning}", str(mark.grade)
            )
            for mark in claim.exposure.marks
        )
        yield Measure("exposure", f"{claim.exposure.grade} of 3", marks)
    if claim.predicates:
        told = tuple(
            Ground(
                "; ".join([words.predicate_words(predicate), ", ".join(predicate.constructions)]).removesuffix("; "),
                signed(predicate.commitment),
            )
            for predicate in claim.predicates
        )
        yield Measure("commitment", "" if claim.commitment is None else signed(claim.commitment), told)
    for name, score in ((ScoreName.SOURCING, claim.sourcing), (ScoreName.CERTAINTY, claim.certainty)):
        factors = [factor for factor in claim.factors if factor.score is name]
        grounds = tuple(Ground(words.factor_words(factor, index), signed(factor.effect)) for factor in factors)
        yield Measure(name.value, score_number(score), grounds)


def constructions_of(claims: Iterable[Claim]) -> list[tuple[str, str]]:
    """The constructions behind the claims' commitment, each once, with an example and what it leaves."""
    found = {name for claim in claims for predicate in claim.predicates for name in predicate.constructions}
    shares = load_commitment_shares()
    return [
        (name, f"as in “{_unmarked(construction.example)}”; leaves {shares.shares[name]:.2f}")
        for name, construction in BY_NAME.items()
        if name in found
    ]


def signed(number: float) -> str:
    """The number with its sign and two digits."""
    return f"{'−' if number < 0 else '+'}{abs(number):.2f}"


def _unmarked(text: str) -> str:
    """Words of the documentation without the asterisks around what they stress."""
    return text.replace("*", "")
