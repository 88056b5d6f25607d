"""The chains of provenance of a claim: who told whom, from whoever knows to the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from attribution.records import Attitude, Attribution, Booster, Hedge, HedgeCategory, SourceEntity, SourceKind
from attribution.scoring.weights import NAMED, UNIDENTIFIED_DOCUMENT, Weights

GIVEN = frozenset(
    {
        SourceKind.NAMED_PERSON,
        SourceKind.NAMED_ORGANISATION,
        SourceKind.OUTLET,
        SourceKind.DOCUMENT,
        SourceKind.UNNAMED_OFFICIAL,
        SourceKind.ANONYMOUS,
        SourceKind.PRONOUN_UNRESOLVED,
    }
)
"""Kinds by which the reader is given somebody or something in particular."""

HEARSAY_HEDGES = frozenset({HedgeCategory.HEARSAY, HedgeCategory.AGENTLESS_PASSIVE})
"""Hedges by which the text passes on what nobody named has said or thinks."""

SPOKEN = frozenset({Attitude.ASSERTION, Attitude.HEARSAY})
"""Attitudes by which a source is said to have told somebody; beliefs, plans and knowledge may be told by others."""


class Records(msgspec.Struct, frozen=True):
    """The records that claims name, by identifier."""

    attributions: Mapping[str, Attribution]
    hedges: Mapping[str, Hedge]
    boosters: Mapping[str, Booster]
    sources: Mapping[str, SourceEntity]
    places: Mapping[str, int]
    """Where in the draft's hedges each stands."""


class Link(msgspec.Struct, frozen=True):
    """One attribution of a chain: its source's weight, and what tells sources apart."""

    attribution: Attribution
    kind: SourceKind
    weight: str
    identity: str
    because: str
    value: float

    @property
    def named(self) -> bool:
        """Whether a reader could ask the source or look it up."""
        return self.weight in NAMED

    @property
    def nobody(self) -> bool:
        """Whether the reader is given nobody at all."""
        return self.kind.is_nobody

    @property
    def speaks(self) -> bool:
        """Whether the source is said to have told somebody, or is a document."""
        return self.kind is SourceKind.DOCUMENT or self.attribution.attitude in SPOKEN


def link_of(attribution: Attribution, records: Records, weights: Weights) -> Link:
    """The link for an attribution; a resolved pronoun has the weight of the source that it refers to."""
    mention = attribution.source
    entity = None if mention.entity is None else records.sources.get(mention.entity)
    kind = mention.kind
    if entity is not None and kind in (SourceKind.PRONOUN_UNRESOLVED, SourceKind.NONE):
        kind = entity.kind
    weight = kind.value
    if kind is SourceKind.DOCUMENT and (entity is None or not entity.named):
        weight = UNIDENTIFIED_DOCUMENT
    # Sources that no ledger entry tells apart are taken for one when the same words name them.
    identity = attribution.id if not mention.text else f"“{mention.text.casefold()}”"
    return Link(
        attribution=attribution,
        kind=kind,
        weight=weight,
        identity=identity if entity is None else entity.id,
        because=attribution.id if entity is None else entity.id,
        value=weights.value("source", weight),
    )


def chains_of(links: Sequence[Link], records: Records) -> list[list[Link]]:
    """Each way from an innermost attribution out to the paper, innermost first."""
    by_id = {link.attribution.id: link for link in links}

    def above(link: Link) -> Link | None:
        """The nearest enclosing link, skipping attributions in between that are not links."""
        parent = link.attribution.parent
        passed: set[str] = set()
        while parent is not None and parent not in by_id and parent not in passed:
            passed.add(parent)
            parent = records.attributions[parent].parent if parent in records.attributions else None
        return None if parent is None else by_id.get(parent)

    outer = {link.attribution.id: above(link) for link in links}
    parents = {link.attribution.id for link in outer.values() if link is not None}
    chains: list[list[Link]] = []
    for link in links:
        if link.attribution.id in parents:
            continue
        chain = [link]
        while (parent := outer[chain[-1].attribution.id]) is not None and parent not in chain:
            chain.append(parent)
        chains.append(chain)
    return chains


def speaking_links(chain: list[Link]) -> list[Link]:
    """The chain without the links that do not say where the claim comes from.

    A paper that names itself adds nothing to whom it names besides. Of named links only the outermost need not be said
    to speak: *critics said the firm plans to sell* is about the firm's plan, and the firm told nobody. A document says
    what stands in it, whatever the verb.
    """
    telling = [link for link in chain if not link.named or link.speaks or link is chain[-1]]
    return [link for link in telling if link.kind is not SourceKind.OWN_OUTLET] or telling


def hearsay_of(hedges: Sequence[Hedge], links: Sequence[Link]) -> list[Hedge]:
    """The hedges on a claim that speak for somebody unnamed and are no cue of one of its links.

    *Reportedly* or *is believed to* does, whether or not the extraction made it a link.
    """
    return [
        hedge
        for hedge in hedges
        if hedge.category in HEARSAY_HEDGES and not any(share_words(hedge, link.attribution) for link in links)
    ]


def share_words(hedge: Hedge, attribution: Attribution) -> bool:
    """Whether a hedge is part of an attribution's cue."""
    return any(span.overlaps(cue) for span in hedge.spans for cue in attribution.cue.spans)
