"""The records of an analysis by identifier and by sentence, for everything that reads analyses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

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
)

InSentence = TypeVar("InSentence", Attribution, Booster, Claim, Hedge)


@dataclass(frozen=True, eq=False)
class AnalysisIndex:
    """Finds the records of an analysis. Each table is built when first needed, and kept.

    ``vouching_only`` leaves only reports and beliefs; an attribution nested in another kind (a stance, words that are
    only supposed) then counts as nested in that one's parent.
    """

    analysis: Analysis
    vouching_only: bool = False

    @cached_property
    def sentences(self) -> dict[str, Sentence]:
        """The sentences by identifier, in text order."""
        return {sentence.id: sentence for sentence in self.analysis.sentences}

    @cached_property
    def attributions(self) -> dict[str, Attribution]:
        """The attributions by identifier."""
        return {
            attribution.id: attribution
            for attribution in self.analysis.attributions
            if attribution.evidence in VOUCHING or not self.vouching_only
        }

    @cached_property
    def entities(self) -> dict[str, SourceEntity]:
        """The ledger entries by identifier."""
        return {entity.id: entity for entity in self.analysis.sources}

    @cached_property
    def hedges(self) -> dict[str, Hedge]:
        """The hedges by identifier."""
        return {hedge.id: hedge for hedge in self.analysis.hedges}

    @cached_property
    def boosters(self) -> dict[str, Booster]:
        """The boosters by identifier."""
        return {booster.id: booster for booster in self.analysis.boosters}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims by identifier."""
        return {claim.id: claim for claim in self.analysis.claims}

    def claims_in(self, sentence: Sentence) -> tuple[Claim, ...]:
        """The sentence's claims."""
        return self._claims.get(sentence.id, ())

    def hedges_in(self, sentence: Sentence) -> tuple[Hedge, ...]:
        """The sentence's hedges."""
        return self._hedges.get(sentence.id, ())

    def boosters_in(self, sentence: Sentence) -> tuple[Booster, ...]:
        """The sentence's boosters."""
        return self._boosters.get(sentence.id, ())

    def cued_in(self, sentence: Sentence) -> tuple[Attribution, ...]:
        """The attributions whose cue is in the sentence."""
        return self._cued.get(sentence.id, ())

    def attributions_in(self, sentence: Sentence) -> tuple[Attribution, ...]:
        """The attributions with any part in the sentence: content may begin sentences before its cue."""
        return self._attributions.get(sentence.id, ())

    def entities_of(self, attribution: Attribution) -> tuple[SourceEntity, ...]:
        """The ledger entries of all parts of the attribution's source."""
        identifiers = (attribution.source.entity, *attribution.source.also)
        return tuple(self.entities[identifier] for identifier in identifiers if identifier in self.entities)

    def name_in_sentence(self, entity: SourceEntity) -> str:
        """The ledger's name as it reads in a sentence: with the article that it has in the draft."""
        text = self.analysis.draft.text
        article = f"the {entity.name}".casefold()
        mentioned = (text[span.start : span.end].casefold() for span in entity.mentions)
        return f"the {entity.name}" if any(mention == article for mention in mentioned) else entity.name

    def parent(self, attribution: Attribution) -> Attribution | None:
        """The attribution in which this one is nested."""
        passed: set[str] = set()
        parent = attribution.parent
        while parent in self._parents and parent not in self.attributions and parent not in passed:
            passed.add(parent)
            parent = self._parents[parent]
        return None if parent is None else self.attributions.get(parent)

    def ancestry(self, attribution: Attribution) -> list[Attribution]:
        """The attributions in which this one is nested, outermost first, and itself."""
        chain = [attribution]
        while (parent := self.parent(chain[0])) is not None and parent not in chain:
            chain.insert(0, parent)
        return chain

    def provenance(self, claim: Claim) -> list[Attribution]:
        """The attributions that the claim is under, outermost first."""
        return [self.attributions[identifier] for identifier in claim.attributions if identifier in self.attributions]

    def hedges_on(self, claim: Claim) -> list[Hedge]:
        """The hedges that bear on the claim."""
        return [self.hedges[identifier] for identifier in claim.hedges if identifier in self.hedges]

    def boosters_on(self, claim: Claim) -> list[Booster]:
        """The boosters that bear on the claim."""
        return [self.boosters[identifier] for identifier in claim.boosters if identifier in self.boosters]

    def chains(self, claim: Claim) -> list[list[Attribution]]:
        """The chains of attributions that the claim is under, each outermost first: one, or several in parallel."""
        links = self.provenance(claim)
        parents = {parent.id for parent in map(self.parent, links) if parent is not None}
        own = {link.id for link in links}
        return [[above for above in self.ancestry(link) if above.id in own] for link in links if link.id not in parents]

    def claimless(self, sentence: Sentence) -> list[Attribution]:
        """The sentence's attributions without a claim: a withheld statement, speech without a clause."""
        used = {identifier for claim in self.claims_in(sentence) for identifier in claim.attributions}
        here = [attribution for attribution in self.cued_in(sentence) if attribution.id not in used]
        parents = [self.parent(attribution) for attribution in here]
        return [attribution for attribution in here if attribution not in parents]

    def start_of(self, claim: Claim) -> int:
        """The offset at which the claim begins, or its sentence if it has no words of its own."""
        return claim.spans[0].start if claim.spans else self.sentences[claim.sentence].start

    def place(self, offset: int) -> tuple[int, int]:
        """Where in the file an offset of the draft's text is, 1-based line and column."""
        return locate(self.analysis.draft, offset)

    @cached_property
    def _claims(self) -> dict[str, tuple[Claim, ...]]:
        return _by_sentence(self.analysis.claims)

    @cached_property
    def _hedges(self) -> dict[str, tuple[Hedge, ...]]:
        return _by_sentence(self.analysis.hedges)

    @cached_property
    def _boosters(self) -> dict[str, tuple[Booster, ...]]:
        return _by_sentence(self.analysis.boosters)

    @cached_property
    def _cued(self) -> dict[str, tuple[Attribution, ...]]:
        return _by_sentence(self.attributions.values())

    @cached_property
    def _attributions(self) -> dict[str, tuple[Attribution, ...]]:
        starts = [sentence.start for sentence in self.analysis.sentences]
        found: dict[str, dict[str, Attribution]] = {}
        for attribution in self.attributions.values():
            for span in (*attribution.cue.spans, *attribution.source.spans, *attribution.content.spans):
                first, last = max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)
                for sentence in self.analysis.sentences[first:last]:
                    if sentence.span.overlaps(span):
                        found.setdefault(sentence.id, {})[attribution.id] = attribution
        return {identifier: tuple(here.values()) for identifier, here in found.items()}

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {attribution.id: attribution.parent for attribution in self.analysis.attributions}


def ledger_entries(analysis: Analysis) -> tuple[SourceEntity, ...]:
    """The ledger's entries without sources of nothing but stances and supposed words, which carry no claims."""
    others: set[str | None] = set()
    speakers: set[str | None] = set()
    for attribution in analysis.attributions:
        group = speakers if attribution.evidence in VOUCHING else others
        group.update((attribution.source.entity, *attribution.source.also))
    return tuple(
        entity for entity in analysis.sources if entity.claims or entity.id not in others or entity.id in speakers
    )


def sentences_over(sentences: Sequence[Sentence], span: Span) -> Sequence[Sentence]:
    """Those of the sentences, which are in text order and apart, that share words with the span."""
    first = bisect_right(sentences, span.start, key=attrgetter("end"))
    return sentences[first : max(first, bisect_left(sentences, span.end, key=attrgetter("start")))]


def smallest_claim_at(
    offset: int, claims: Iterable[Claim], place: Callable[[Span], Span] = lambda span: span
) -> Claim | None:
    """The smallest of the claims that have the character at the offset; None if none has it.

    ``place`` tells where a span of the draft's text stands in the text that the offset counts in, if that is another.
    """
    around = (claim for claim in claims if any(there.start <= offset < there.end for there in map(place, claim.spans)))
    return min(around, key=lambda claim: sum(map(len, claim.spans)), default=None)


def clipped(span: Span, others: Iterable[Span]) -> list[Span]:
    """The parts of the others that lie within the span."""
    return [Span(max(span.start, other.start), min(span.end, other.end)) for other in others if span.overlaps(other)]


def _by_sentence(records: Iterable[InSentence]) -> dict[str, tuple[InSentence, ...]]:
    found: dict[str, list[InSentence]] = {}
    for record in records:
        found.setdefault(record.sentence, []).append(record)
    return {sentence: tuple(here) for sentence, here in found.items()}
