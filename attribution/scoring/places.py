"""The places of a draft that an editor should look at.

What a newsroom's guidelines ask is not that every claim has a source, but that the exposed ones have. A claim of the
paper's own needs one when it is exposed and nobody near vouches for it; a claim of somebody without a name has a weak
one when it is more exposed than that source can bear; and a quotation needs a speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attribution.extraction.span_index import SpanIndex
from attribution.records import Carrier, Claim, ExposureMark, Place, PlaceKind, Sentence, Span
from attribution.scoring.exposure_marks import KINDS
from attribution.scoring.surroundings import BODY, Surroundings

NEEDS_SOURCE = 2
"""The exposure from which a claim of the paper's own needs a source."""

ACCUSATIONS = frozenset({"crime", "accusation", "fault", "character", "bad-motive"})
"""Marks of what is held against somebody: whoever stands behind it must stand right beside it."""

FORETOLD = frozenset({"prediction", "figure"})
"""Light marks that together need a source: a number that nobody can know yet."""

CASUALTIES = frozenset({"death", "unknown-culprit"})
"""Marks of what is soon established: they need a source of the paper's claim only where the number is uncertain."""

JUDGEMENTS = frozenset({"fault", "character", "forecast-of-harm", "bad-motive", "cause-of-harm"})
"""Marks of what a writer may say who speaks for themselves, in a comment or a letter."""

UNBEARABLE = {
    0: frozenset({"crime", "accusation", "unknown-culprit", "fault", "character", "cause-of-harm", "death"}),
    1: frozenset({"crime", "accusation", "fault", "character"}),
    2: frozenset({"character"}),
}
"""By support, the marks for which a source without a name is a weak one."""

ORDER = (PlaceKind.NEEDS_SOURCE, PlaceKind.WEAK_SOURCE, PlaceKind.SPEAKER_UNCLEAR)


def find_places(claims: Sequence[Claim], surroundings: Surroundings) -> tuple[Place, ...]:
    """The places to look at, as an editor should read them; none where there is nothing to check.

    First what needs a source, then what has a weak one, the most exposed first; of weak ones equally exposed, those
    with the least support. Quotations without a speaker come last. A sentence is listed once.
    """
    supports = {claim.id: claim.support or 0 for claim in claims}
    found = [place for claim in claims for place in _places_of(claim, surroundings)]
    found += _quotations_without_speaker(claims, surroundings)
    found.sort(key=lambda place: (ORDER.index(place.kind), -place.grade, supports[place.claim], place.spans))
    listed: dict[str, Place] = {}
    for place in found:
        listed.setdefault(place.sentence, place)
    return tuple(listed.values())


def _quotations_without_speaker(claims: Sequence[Claim], surroundings: Surroundings) -> Iterator[Place]:
    """One place for each quotation whose speaker is not told, at the first claim in it."""
    unclear = [claim for claim in claims if claim.carrier is Carrier.UNCLEAR]
    index = SpanIndex((span, number) for number, claim in enumerate(unclear) for span in claim.spans)
    for quotation in surroundings.quotations if unclear else ():
        near = (unclear[number] for number in sorted(set(index.overlapping(quotation.span))))
        inside = [claim for claim in near if any(map(quotation.span.covers, claim.spans))]
        if inside and surroundings.is_without_speaker(quotation):
            yield Place(
                PlaceKind.SPEAKER_UNCLEAR,
                inside[0].id,
                inside[0].sentence,
                max(claim.exposure.grade for claim in inside),
                "The reader is not told whose words these are.",
                "Say who said it, at the latest where the first sentence of the quotation ends.",
                next(((part,) for part in quotation.parts if part.overlaps(inside[0].spans[0])), inside[0].spans),
            )


def _places_of(claim: Claim, surroundings: Surroundings) -> Iterator[Place]:
    sentence = surroundings.doc.sentence(claim.sentence)
    if surroundings.doc.block_kind(sentence) not in BODY:
        return
    if claim.carrier is Carrier.PAPER or (claim.carrier is Carrier.NAMED and surroundings.is_own_act(claim)):
        if _calls_for_source(claim, surroundings, sentence):
            yield _place(PlaceKind.NEEDS_SOURCE, claim, "No source is given for")
    elif claim.carrier in (Carrier.DESCRIBED, Carrier.NOBODY):
        if UNBEARABLE[claim.support or 0].isdisjoint(mark.name for mark in claim.exposure.marks):
            return
        grave = _is_accusation(claim)
        if surroundings.is_known_source(claim.attributions) or surroundings.is_on_record(sentence, grave=grave):
            return
        if claim.exposure.marks[0].name == "accusation" and surroundings.is_accuser_told(sentence):
            return
        source = "Nobody" if claim.carrier is Carrier.NOBODY else "Nobody with a name"
        yield _place(PlaceKind.WEAK_SOURCE, claim, f"{source} is given for")


def _calls_for_source(claim: Claim, surroundings: Surroundings, sentence: Sentence) -> bool:
    """Whether a claim of the paper's own is exposed, the paper states it, and nobody near vouches for it."""
    names = {mark.name for mark in claim.exposure.marks}
    grave = {mark.name for mark in claim.exposure.marks if mark.grade > 1}
    if claim.exposure.grade < NEEDS_SOURCE or not (grave or names & FORETOLD == FORETOLD):
        return False
    if grave and grave <= CASUALTIES and not claim.hedges:
        return False
    if names <= JUDGEMENTS and surroundings.is_comment(sentence):
        return False
    if surroundings.is_content(sentence, _spans(claim.exposure.marks[:1])):
        return False
    return not surroundings.is_vouched_for(sentence, claim, grave=_is_accusation(claim))


def _is_accusation(claim: Claim) -> bool:
    return any(mark.name in ACCUSATIONS for mark in claim.exposure.marks)


def _place(kind: PlaceKind, claim: Claim, opening: str) -> Place:
    marks = claim.exposure.marks
    gravest = [mark for mark in marks if mark.grade == marks[0].grade]
    reason = " and ".join(f"{KINDS[mark.name].concern} (“{mark.text}”)" for mark in gravest)
    return Place(
        kind=kind,
        claim=claim.id,
        sentence=claim.sentence,
        grade=claim.exposure.grade,
        reason=f"{opening} {reason}.",
        remedy=KINDS[gravest[0].name].remedy,
        spans=_spans(gravest),
    )


def _spans(marks: Iterable[ExposureMark]) -> tuple[Span, ...]:
    return tuple(sorted({span for mark in marks for span in mark.spans}))
