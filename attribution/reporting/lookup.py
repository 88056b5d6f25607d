"""Finds the records of an analysis by identifier and by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from attribution.index import Index
from attribution.ingest import locate
from attribution.records import (
    VOUCHING,
    Analysis,
    Attribution,
    Booster,
    Claim,
    Hedge,
    Sentence,
    SourceEntity,
    Span,
    Voice,
)


class Lookup(Index):
    """The records of one analysis by identifier, and those that stand in each sentence.

    Attributions that vouch for no claim (stances, what is only supposed to be said) are left out unless asked for. What
    is nested in one of them is taken as nested in whatever that one is nested in.
    """

    def __init__(self, analysis: Analysis, *, vouching_only: bool = True) -> None:
        super().__init__(analysis, vouching_only=vouching_only)
        self._parents = {attribution.id: attribution.parent for attribution in analysis.attributions}
        self._claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in analysis.claims:
            self._claims[claim.sentence].append(claim)
        self._starts = [sentence.start for sentence in analysis.sentences]
        self._attributions: dict[str, list[Attribution]] = defaultdict(list)
        for attribution in self.attributions.values():
            spans = (*attribution.cue.spans, *attribution.source.spans, *attribution.content.spans)
            for identifier in dict.fromkeys(identifier for span in spans for identifier in self._sentences_of(span)):
                self._attributions[identifier].append(attribution)
        self._hedges: dict[str, list[Hedge]] = defaultdict(list)
        for hedge in analysis.hedges:
            self._hedges[hedge.sentence].append(hedge)
        self._boosters: dict[str, list[Booster]] = defaultdict(list)
        for booster in analysis.boosters:
            self._boosters[booster.sentence].append(booster)

    def _sentences_of(self, span: Span) -> list[str]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_left(self._starts, span.end)
        return [one.id for one in self.analysis.sentences[first:last] if one.span.overlaps(span)]

    def claims_in(self, sentence: Sentence) -> list[Claim]:
        """The sentence's claims."""
        return self._claims.get(sentence.id, [])

    def attributions_in(self, sentence: Sentence) -> list[Attribution]:
        """The attributions of which any part stands in the sentence: content may begin sentences before its cue."""
        return self._attributions.get(sentence.id, [])

    def hedges_in(self, sentence: Sentence) -> list[Hedge]:
        """The sentence's hedges."""
        return self._hedges.get(sentence.id, [])

    def boosters_in(self, sentence: Sentence) -> list[Booster]:
        """The sentence's boosters."""
        return self._boosters.get(sentence.id, [])

    def chains(self, claim: Claim) -> list[list[Attribution]]:
        """The chains of sources behind the claim, each outermost first: one, or several side by side."""
        links = [self.attributions[identifier] for identifier in claim.attributions if identifier in self.attributions]
        parents = {parent.id for parent in map(self.parent, links) if parent is not None}
        own = {link.id for link in links}
        return [[above for above in self.ancestry(link) if above.id in own] for link in links if link.id not in parents]

    def ancestry(self, attribution: Attribution) -> list[Attribution]:
        """The attributions this one is nested in, outermost first, and itself."""
        chain = [attribution]
        while (parent := self.parent(chain[0])) is not None and parent not in chain:
            chain.insert(0, parent)
        return chain

    def parent(self, attribution: Attribution) -> Attribution | None:
        """The attribution that this one is nested in."""
        passed: set[str] = set()
        parent = attribution.parent
        while parent in self._parents and parent not in self.attributions and parent not in passed:
            passed.add(parent)
            parent = self._parents[parent]
        return None if parent is None else self.attributions.get(parent)

    def claimless(self, sentence: Sentence) -> list[Attribution]:
        """The sentence's attributions that no claim of it stands under: a withheld statement, speech with no clause."""
        used = {identifier for claim in self.claims_in(sentence) for identifier in claim.attributions}
        here = [one for one in self.attributions_in(sentence) if one.sentence == sentence.id and one.id not in used]
        parents = [self.parent(one) for one in here]
        return [one for one in here if one not in parents]

    def weakest(self) -> list[Claim]:
        """All claims, the lowest sourcing score first.

        Of claims that score alike, quotations whose speaker is not clear come first, as they are quickly fixed; then
        the most certain, then in text order.
        """
        return sorted(
            self.analysis.claims,
            key=lambda claim: (claim.sourcing, claim.voice is not Voice.UNCLEAR, -claim.certainty, claim.spans[:1]),
        )

    def line_and_column(self, claim: Claim) -> tuple[int, int]:
        """Where the claim begins in the file, 1-based."""
        return self.place(claim.spans[0].start if claim.spans else self.sentences[claim.sentence].start)

    def place(self, offset: int) -> tuple[int, int]:
        """Where in the file an offset of the draft's text is, 1-based line and column."""
        return locate(self.analysis.draft, offset)


def ledger_entries(analysis: Analysis) -> tuple[SourceEntity, ...]:
    """The ledger's entries without those that only take stances, or are only supposed to speak: they carry nothing."""
    others: set[str | None] = set()
    speakers: set[str | None] = set()
    for attribution in analysis.attributions:
        group = speakers if attribution.evidence in VOUCHING else others
        group.update((attribution.source.entity, *attribution.source.also))
    return tuple(
        entity for entity in analysis.sources if entity.claims or entity.id not in others or entity.id in speakers
    )


def clipped(span: Span, others: Iterable[Span]) -> list[Span]:
    """The parts of the others that lie within the span."""
    return [Span(max(span.start, other.start), min(span.end, other.end)) for other in others if span.overlaps(other)]
