"""Tells whether the conditions of a newsroom's rule hold of what it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from attribution.lexicon import Lexicon
from attribution.linting.context import Context
from attribution.linting.house.candidates import Candidate, part_with, position_of
from attribution.linting.house.records import OF_ATTRIBUTION, OF_CLAIM, OF_HEDGE, Conditions
from attribution.linting.house.wording import Wording, spelled_out
from attribution.records import Attribution, Claim, Hedge


@dataclass(frozen=True)
class Holding:
    """The records of which the conditions hold: what a message may quote."""

    attribution: Attribution | None
    claim: Claim | None
    hedge: Hedge | None


@dataclass(frozen=True)
class Condition:
    """The conditions of a rule, with its words looked up in the lexicon."""

    conditions: Conditions
    lexicon: Lexicon

    @cached_property
    def given(self) -> frozenset[str]:
        """The names of the conditions that are set, as in TOML."""
        return frozenset(name for name, value in _named(self.conditions) if value is not None)

    def holding(self, context: Context, candidate: Candidate) -> Holding | None:
        """The records of a candidate of which the conditions hold; None if they do not.

        Where there is no condition on a kind of record, the first one of the candidate's is given.
        """
        if not self._holds_of_sentence(context, candidate):
            return None
        attribution = _first(
            candidate.attributions, lambda found: self._holds_of_attribution(context, candidate, found)
        )
        claim = _first(candidate.claims, lambda found: self._holds_of_claim(context, found))
        hedge = _first(candidate.hedges, lambda found: self._holds_of_hedge(context, candidate, found))
        if attribution is None and not self.given.isdisjoint(OF_ATTRIBUTION):
            return None
        if claim is None and not self.given.isdisjoint(OF_CLAIM):
            return None
        if hedge is None and not self.given.isdisjoint(OF_HEDGE):
            return None
        return Holding(attribution, claim, hedge)

    def _holds_of_sentence(self, context: Context, candidate: Candidate) -> bool:
        wanted = self.conditions
        if wanted.position is not None and not _fits(wanted.position, position_of(context, candidate.sentence)):
            return False
        wording = self._wordings.get("words")
        return wording is None or bool(wording.find(context, candidate.sentence, candidate.sentence.tokens))

    def _holds_of_attribution(self, context: Context, candidate: Candidate, attribution: Attribution) -> bool:
        wanted = self.conditions
        entities = context.entities(attribution)
        return (
            _fits(wanted.source, attribution.source.kind)
            and _fits(wanted.attitude, attribution.attitude)
            and _fits(wanted.tone, attribution.tone)
            and _fits(wanted.manner, attribution.manner)
            and _fits(wanted.frame, attribution.frame)
            and _fits(wanted.evidence, attribution.evidence)
            and wanted.negated in (None, attribution.negated)
            and wanted.withheld in (None, attribution.withheld)
            and wanted.named in (None, any(entity.named for entity in entities))
            and (wanted.part is None or _fits(wanted.part, part_with(attribution, candidate.words)))
            and (wanted.first_mention is None or wanted.first_mention == _speaks_first(context, attribution))
            and self._has_cue(context, attribution)
            and self._has_source_words(context, attribution)
        )

    def _holds_of_claim(self, context: Context, claim: Claim) -> bool:
        wanted = self.conditions
        places = [place.kind for place in context.analysis.places if place.claim == claim.id]
        marks = [mark.name for mark in claim.exposure.marks]
        return (
            _fits(wanted.voice, claim.voice)
            and _fits(wanted.carrier, claim.carrier)
            and (wanted.place is None or any(_fits(wanted.place, place) for place in places))
            and (wanted.exposure is None or any(_fits(wanted.exposure, mark) for mark in marks))
            and (wanted.least_exposure is None or claim.exposure.grade >= wanted.least_exposure)
            and (wanted.most_support is None or (claim.support is not None and claim.support <= wanted.most_support))
        )

    def _holds_of_hedge(self, context: Context, candidate: Candidate, hedge: Hedge) -> bool:
        wording = self._wordings.get("hedge-words")
        if wording is None:
            return _fits(self.conditions.hedge, hedge.category)
        tokens = context.tokens(context.sentence(hedge.sentence), hedge.spans)
        return _fits(self.conditions.hedge, hedge.category) and bool(wording.find(context, candidate.sentence, tokens))

    def _has_cue(self, context: Context, attribution: Attribution) -> bool:
        wording = self._wordings.get("cue")
        if wording is None or wording.names(attribution.cue.lemma) or wording.names(attribution.cue.text):
            return True
        sentence = context.sentence(attribution.sentence)
        return bool(wording.find(context, sentence, context.tokens(sentence, attribution.cue.spans)))

    def _has_source_words(self, context: Context, attribution: Attribution) -> bool:
        wording = self._wordings.get("source-words")
        if wording is None:
            return True
        sentence = context.source_sentence(attribution)
        return bool(wording.find(context, sentence, context.tokens(sentence, attribution.source.spans)))

    @cached_property
    def _wordings(self) -> dict[str, Wording]:
        """The words of the conditions that hold words."""
        wanted = self.conditions
        given = {
            "words": wanted.words,
            "cue": wanted.cue,
            "source-words": wanted.source_words,
            "hedge-words": wanted.hedge_words,
        }
        return {
            name: Wording(spelled_out(several(words), self.lexicon))
            for name, words in given.items()
            if words is not None
        }


def several(value: Any) -> tuple[Any, ...]:
    """A value, or a list of values, as a tuple; empty for None."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _named(conditions: Conditions) -> Iterable[tuple[str, Any]]:
    fields = zip(conditions.__struct_encode_fields__, conditions.__struct_fields__, strict=True)
    return ((encoded, getattr(conditions, name)) for encoded, name in fields)


def _fits(wanted: Any, value: Any) -> bool:
    return wanted is None or value in several(wanted)


def _first(records: Iterable[Any], holds: Any) -> Any:
    return next((record for record in records if holds(record)), None)


def _speaks_first(context: Context, attribution: Attribution) -> bool:
    """Whether no attribution before has the same source."""
    own = {attribution.source.entity, *attribution.source.also} - {None}
    for earlier in context.attributions:
        if earlier.id == attribution.id:
            return True
        if not own.isdisjoint({earlier.source.entity, *earlier.source.also}):
            return False
    return True
