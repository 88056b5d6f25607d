"""The article in numbers, and the ledger's claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import fsum

import msgspec

from attribution.records import (
    MOST_SUPPORT,
    Attribution,
    CarrierCounts,
    Claim,
    Place,
    PlaceCounts,
    Sentence,
    SourceEntity,
    SourceKind,
    Summary,
    Voice,
    VoiceCounts,
)
from attribution.scoring.scores import DECIMALS

UNCOUNTED = frozenset({SourceKind.AGENTLESS, SourceKind.NONE, SourceKind.OWN_OUTLET})
"""Ledger entries of these kinds are no sources beside the paper itself."""


def credit_sources(
    sources: Sequence[SourceEntity], claims: Sequence[Claim], attributions: Sequence[Attribution]
) -> tuple[SourceEntity, ...]:
    """The ledger entries with the claims each stands behind, anywhere in the claim's chain, in text order."""
    entities_of = {
        attribution.id: (attribution.source.entity, *attribution.source.also) for attribution in attributions
    }
    carried: dict[str, list[str]] = {source.id: [] for source in sources}
    for claim in claims:
        behind = [entity for identifier in claim.attributions for entity in entities_of.get(identifier, ())]
        for entity in dict.fromkeys(behind):
            if entity is not None and entity in carried:
                carried[entity].append(claim.id)
    return tuple(msgspec.structs.replace(source, claims=tuple(carried[source.id])) for source in sources)


def mean_support(claims: Sequence[Claim]) -> float | None:
    """The mean support, from 0 to 1, of the claims that somebody other than the paper answers for; None without any."""
    supports = [claim.support for claim in claims if claim.support is not None]
    return round(_mean(supports) / MOST_SUPPORT, DECIMALS) if supports else None


def summarise(
    sentences: Sequence[Sentence],
    claims: Sequence[Claim],
    sources: Sequence[SourceEntity],
    places: Sequence[Place] = (),
) -> Summary:
    """The article's counts, and its scores: means over its claims, None when it makes none.

    Every claim weighs the same. Sources are counted once however often they speak; the paper itself is none.
    """
    voices = Counter(claim.voice for claim in claims)
    counted = [source for source in sources if source.kind not in UNCOUNTED]
    return Summary(
        sentences=len(sentences),
        claims=len(claims),
        voice=VoiceCounts(
            source=voices[Voice.SOURCE],
            hearsay=voices[Voice.HEARSAY],
            own=voices[Voice.OWN],
            unclear=voices[Voice.UNCLEAR],
        ),
        sourcing=round(_mean([claim.sourcing for claim in claims]), DECIMALS) if claims else None,
        certainty=round(_mean([claim.certainty for claim in claims]), DECIMALS) if claims else None,
        distinct_sources=len(counted),
        named_sources=sum(source.named for source in counted),
        carriers=CarrierCounts.of(claims),
        places=PlaceCounts.of(places),
    )


def _mean(numbers: Sequence[float]) -> float:
    # The module statistics takes longer to import than an article takes to score.
    return fsum(numbers) / len(numbers)
