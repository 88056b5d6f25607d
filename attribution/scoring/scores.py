"""Scores claims: how well the reader is told where they come from, and how committed the text is.

Both scores are built step by step from named weights. Each step is a factor with its effect, so that the effects of a
score's factors add up to the score. A factor has the name of the weight behind it, or is a ``weakest-link``, whose
number is the weight of the source it names. docs/SCORING.md gives the method with a worked example.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import msgspec

from attribution.records import (
    Attitude,
    Attribution,
    Booster,
    Claim,
    Factor,
    Hedge,
    Manner,
    ScoreName,
    SourceEntity,
    SourceKind,
    Tone,
    Voice,
)
from attribution.scoring.carriers import carrier_and_support
from attribution.scoring.chains import GIVEN, Link, Records, chains_of, hearsay_of, link_of, share_words, speaking_links
from attribution.scoring.clauses import ClaimClause
from attribution.scoring.weights import Weights

DECIMALS = 2
"""Scores and effects are given to two decimals, which is as much as such weights can bear."""

ATTITUDE_WEIGHTS = {
    Attitude.BELIEF: "belief-attitude",
    Attitude.INTENTION: "intention-attitude",
    Attitude.HEARSAY: "hearsay-attitude",
}


def score_claims(
    clauses: Sequence[ClaimClause],
    attributions: Sequence[Attribution],
    hedges: Sequence[Hedge],
    boosters: Sequence[Booster],
    sources: Sequence[SourceEntity],
    weights: Weights,
) -> tuple[Claim, ...]:
    """The claims with voice, scores and factors, in the order of ``clauses``.

    A claim's scores depend on nothing but the records its clause names and the ledger entries of their sources.
    """
    records = Records(
        attributions={attribution.id: attribution for attribution in attributions},
        hedges={hedge.id: hedge for hedge in hedges},
        boosters={booster.id: booster for booster in boosters},
        sources={source.id: source for source in sources},
        places={hedge.id: place for place, hedge in enumerate(hedges)},
    )
    return tuple(_score(clause, records, weights) for clause in clauses)


class _Step(msgspec.Struct, frozen=True):
    """The running value of a score after one more factor: the factor's name, its record and the value."""

    name: str
    because: str | None
    value: float


def _score(clause: ClaimClause, records: Records, weights: Weights) -> Claim:
    links = [link_of(records.attributions[identifier], records, weights) for identifier in clause.attributions]
    full_hedges = [records.hedges[identifier] for identifier in clause.hedges]
    partial_hedges = [records.hedges[identifier] for identifier in clause.partial_hedges]
    boosters = [records.boosters[identifier] for identifier in clause.boosters]
    withheld = None if clause.withheld is None else link_of(records.attributions[clause.withheld], records, weights)
    chains = chains_of(links, records)
    hearsay = hearsay_of(full_hedges, links)
    sourcing, sourcing_factors = _factors(ScoreName.SOURCING, _sourcing(clause, chains, hearsay, withheld, weights))
    carrier, support = carrier_and_support(clause, chains, passed_on=bool(hearsay))
    certainty, certainty_factors = _factors(
        ScoreName.CERTAINTY, _certainty(links, full_hedges, partial_hedges, boosters, weights)
    )
    return Claim(
        id=clause.id,
        sentence=clause.sentence,
        spans=clause.spans,
        text=clause.text,
        voice=_voice(clause, chains),
        sourcing=sourcing,
        certainty=certainty,
        attributions=clause.attributions,
        hedges=tuple(sorted({*clause.hedges, *clause.partial_hedges}, key=records.places.__getitem__)),
        boosters=clause.boosters,
        factors=(*sourcing_factors, *certainty_factors),
        carrier=carrier,
        support=support,
    )


def _factors(score: ScoreName, steps: Sequence[_Step]) -> tuple[float, tuple[Factor, ...]]:
    """The score, and the factors whose effects add up to it.

    Each running value is rounded and the effect is the difference, so that rounding errors do not pile up. Rounding to
    nine decimals first makes two decimals the same however the same numbers were multiplied.
    """
    factors: list[Factor] = []
    before = 0.0
    for step in steps:
        after = round(round(min(1.0, max(0.0, step.value)), 9), DECIMALS)
        factors.append(Factor(score, step.name, round(after - before, DECIMALS), step.because))
        before = after
    return before, tuple(factors)


# --- Sourcing ---------------------------------------------------------------------------------------------------------


def _voice(clause: ClaimClause, chains: Sequence[Sequence[Link]]) -> Voice:
    """Whose claim it is, judged by whom the paper itself leans on: the outermost link of a chain.

    *BBC said he was seen as …* is BBC's, *Brandt reportedly said …* is hearsay. Quoted words are never the paper's:
    without a speaker they are hearsay in a headline (*Mayor ‘lied about depot’*) and unclear anywhere else.
    """
    if clause.quotation is not None:
        return Voice.HEARSAY if clause.heading else Voice.UNCLEAR
    outermost = [
        next((link for link in reversed(chain) if link.kind is not SourceKind.OWN_OUTLET), None) for chain in chains
    ]
    if any(link is not None and link.kind in GIVEN for link in outermost):
        return Voice.SOURCE
    return Voice.HEARSAY if any(link is not None for link in outermost) else Voice.OWN


def _sourcing(
    clause: ClaimClause,
    told: Sequence[list[Link]],
    hearsay: Sequence[Hedge],
    withheld: Link | None,
    weights: Weights,
) -> list[_Step]:
    if clause.quotation is not None:
        nobody_known = SourceKind.NONE.value
        return [_Step(nobody_known, clause.quotation, weights.value("source", nobody_known))]
    chains = [speaking_links(chain) for chain in told]
    supports = _independent([_support(chain, weights) for chain in chains if not all(link.nobody for link in chain)])
    nobody = [link for chain in chains if all(link.nobody for link in chain) for link in chain]
    steps: list[_Step] = []
    value = 0.0
    for support in supports:
        steps += [_Step(step.name, step.because, value + step.value * (1 - value)) for step in support.steps]
        value = steps[-1].value
    unnamed = [(link.weight, link.because) for link in nobody]
    unnamed += [(SourceKind.NONE.value, hedge.id) for hedge in hearsay]
    if supports and unnamed:
        weight, because = unnamed[0]
        steps.append(_Step("unnamed-link", because, value * weights.unnamed_share(weight)))
    if supports:
        return steps
    if unnamed:
        weight, because = unnamed[0]
        return [_Step(weight, because, weights.value("source", weight))]
    steps = [_Step("own-voice", None, weights.value("own", "own-voice"))]
    if withheld is not None:
        share = weights.value("own", "reported-silence") * withheld.value
        steps.append(_Step("reported-silence", withheld.because, steps[0].value + share * (1 - steps[0].value)))
    return steps


class _Support(msgspec.Struct, frozen=True):
    """The value of one chain, step by step, and the sources that it rests on."""

    steps: tuple[_Step, ...]
    identities: frozenset[str]

    @property
    def value(self) -> float:
        return self.steps[-1].value


def _support(chain: Sequence[Link], weights: Weights) -> _Support:
    """A chain with at least one link that is somebody: as strong as its weakest named link, less for unnamed ones."""
    given = [link for link in chain if not link.nobody]
    named = [link for link in given if link.named]
    carriers = named or given
    # Somebody who speaks twice in a chain (*she wrote: "I said no"*) is one link, the outer one.
    carriers = list({link.identity: link for link in carriers}.values())
    steps = _carrier_steps(carriers[0], chain, weights)
    for link in carriers[1:]:
        value = _carrier_steps(link, chain, weights)[-1].value
        if value < steps[-1].value:
            steps.append(_Step("weakest-link", link.because, value))
    unnamed = [link for link in chain if link.nobody or (named and not link.named)]
    if unnamed:
        worst = min(unnamed, key=lambda link: (link.value, link.attribution.id))
        steps.append(_Step("unnamed-link", worst.because, steps[-1].value * weights.unnamed_share(worst.weight)))
    return _Support(tuple(steps), frozenset(link.identity for link in carriers))


def _carrier_steps(link: Link, chain: Sequence[Link], weights: Weights) -> list[_Step]:
    """The steps of one source: its value, and what quotation and venue add if it spoke to the paper directly."""
    steps = [_Step(link.weight, link.because, link.value)]
    if link.named and link is chain[-1]:
        quotation = {Manner.DIRECT: "direct-quotation", Manner.MIXED: "mixed-quotation"}.get(link.attribution.manner)
        extras = [quotation] if quotation else []
        extras += ["venue"] if link.attribution.source.venue else []
        for name in extras:
            gap = 1 - steps[-1].value
            steps.append(_Step(name, link.attribution.id, steps[-1].value + weights.value("support", name) * gap))
    return steps


def _independent(supports: Sequence[_Support]) -> list[_Support]:
    """Supports that share no source, chosen strongest first and returned in their original order."""
    chosen: list[int] = []
    for number in sorted(range(len(supports)), key=lambda number: (-supports[number].value, number)):
        if all(supports[number].identities.isdisjoint(supports[other].identities) for other in chosen):
            chosen.append(number)
    return [supports[number] for number in sorted(chosen)]


# --- Certainty --------------------------------------------------------------------------------------------------------


def _certainty(
    links: Sequence[Link],
    hedges: Sequence[Hedge],
    partial: Sequence[Hedge],
    boosters: Sequence[Booster],
    weights: Weights,
) -> list[_Step]:
    plain = weights.value("certainty", "plain-assertion")
    steps = [_Step("plain-assertion", None, plain)]

    def keep(name: str, because: str, share: float) -> None:
        steps.append(_Step(name, because, steps[-1].value * share))

    hedge_shares = {hedge.id: 1 - weights.value("hedge", hedge.category.value) * hedge.strength for hedge in hedges}
    # A word that is both cue and hedge (reportedly, is believed to) counts once, as whichever weighs more; and each
    # hedge stands for one cue only, or a further hedge could raise the score.
    unhedged = plain
    outweighed: set[str] = set()
    # An attitude counts once however many links share it, else long chains would sink for their length.
    counted: set[str] = set()
    cues: list[tuple[str, str, float]] = []
    waiting = list(hedges)
    for link in links:
        same = [hedge for hedge in waiting if share_words(hedge, link.attribution)]
        waiting = [hedge for hedge in waiting if hedge not in same]
        shares = [(name, share) for name, share in _cue_shares(link, weights) if name not in counted]
        counted.update(name for name, _ in shares)
        as_cue = prod(share for _, share in shares)
        unhedged *= as_cue
        if as_cue < prod(hedge_shares[hedge.id] for hedge in same):
            cues += [(name, link.attribution.id, share) for name, share in shares]
            outweighed.update(hedge.id for hedge in same)
    for hedge in hedges:
        if hedge.id not in outweighed:
            keep(hedge.category.value, hedge.id, hedge_shares[hedge.id])
    for hedge in partial:
        strength = weights.value("hedge", "in-part") * weights.value("hedge", hedge.category.value) * hedge.strength
        keep("in-part", hedge.id, 1 - strength)
    for name, because, share in cues:
        keep(name, because, share)

    raised = steps[-1].value
    raises: list[tuple[str, str, float]] = []
    innermost = links[-1] if links else None
    if (
        innermost
        and innermost.attribution.tone is Tone.FACTIVE
        and not (innermost.attribution.negated or innermost.nobody)
    ):
        raises.append(("factive-cue", innermost.attribution.id, weights.value("certainty", "factive-cue")))
    booster_weight = weights.value("certainty", "booster")
    raises += [("booster", booster.id, booster_weight * booster.strength) for booster in boosters]
    for name, because, share in raises:
        raised += share * (1 - raised)
        # Emphasis may not talk a hedge away.
        steps.append(_Step(name, because, min(raised, unhedged) if hedges or partial else raised))
    return steps


def _cue_shares(link: Link, weights: Weights) -> list[tuple[str, float]]:
    """The shares of certainty that the cue leaves: for the source's attitude, and for the doubt it expresses."""
    names = [ATTITUDE_WEIGHTS[link.attribution.attitude]] if link.attribution.attitude in ATTITUDE_WEIGHTS else []
    if link.nobody and Attitude.HEARSAY is not link.attribution.attitude:
        names.append(ATTITUDE_WEIGHTS[Attitude.HEARSAY])
        names = [min(names, key=lambda name: weights.value("certainty", name))]
    if link.attribution.tone is Tone.DOUBTING:
        names.append("doubting-cue")
    return [(name, weights.value("certainty", name)) for name in names]
