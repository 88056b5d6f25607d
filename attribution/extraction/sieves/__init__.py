"""Coreference as sieves of falling precision (Raghunathan et al. 2010), declared in ``PASSES``.

A pass reads all mentions in order and gives each to the first of its sieves that takes it. Names, offices, deaths and
genders come before the rest, as they hold for the whole draft; then nouns and pronouns are read together from the top,
as each narrows down what the next one may mean; last, *I* and *we* become their speakers. When two antecedents are
nearly as likely, a pronoun stays unresolved and the reason is kept: a wrong name is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from attribution.extraction.discourse import Discourse
from attribution.extraction.entities import EntityStore
from attribution.extraction.mention import Mention
from attribution.extraction.sieves import copulas, deaths, genders, names, nouns, pronouns, relatives, speech
from attribution.extraction.sieves.appositions import appositions


class Sieve(NamedTuple):
    """A rule of coreference: which mentions it takes; ``place`` joins a mention to an entity or records why not."""

    name: str
    takes: Callable[[EntityStore, Mention], bool]
    place: Callable[[EntityStore, Mention], None]


class Pass(NamedTuple):
    """Sieves that read the mentions together; headings come last where names in them are uncertain."""

    sieves: tuple[Sieve, ...]
    headings_last: bool = False
    prepare: Callable[[EntityStore, Mention], None] | None = None


def _takes_group(store: EntityStore, mention: Mention) -> bool:
    return mention.form == "group" and not store.is_placed(mention)


def _place_group(store: EntityStore, mention: Mention) -> None:
    """Give a coordination an entity of its own, for *they* to refer to."""
    store.join(mention, store.new())


def _place_speaker(store: EntityStore, mention: Mention) -> None:
    """Place the noun phrase that speaks a quoted pronoun first, as it may follow the quotation."""
    if mention.form != "pronoun" or mention.quotation is None:
        return
    speaker = store.discourse.speaker_of(mention)
    for part in () if speaker is None else store.discourse.sources.get(speaker.id, ()):
        if part.form == "noun":
            nouns.place_noun(store, part)


PASSES = (
    Pass((Sieve("names", names.takes, names.place_name),), headings_last=True),
    Pass((Sieve("offices", copulas.takes_office, copulas.place_office),)),
    Pass((Sieve("identities", copulas.takes_name, copulas.place_subject),)),
    Pass((Sieve("deaths", deaths.takes, deaths.note_death), Sieve("genders", genders.takes, genders.note_gender))),
    Pass(
        (
            Sieve("nouns", nouns.takes, nouns.place_noun),
            Sieve("groups", _takes_group, _place_group),
            Sieve("relatives", relatives.takes, relatives.place_relative),
            Sieve("pronouns", pronouns.takes, pronouns.place_pronoun),
            Sieve("indefinites", speech.takes_someone, speech.place_someone),
        ),
        prepare=_place_speaker,
    ),
    Pass((Sieve("first-persons", speech.takes, speech.place_first_person),)),
)
"""The passes, in order."""

SIEVES = tuple(sieve for stage in PASSES for sieve in stage.sieves)
"""All sieves, in the order in which they read."""


def resolve(discourse: Discourse, passes: Iterable[Pass] = PASSES) -> EntityStore:
    """The entities that the draft's mentions stand for."""
    store = EntityStore(discourse, appositions(discourse))
    for stage in passes:
        mentions = discourse.mentions
        for mention in sorted(mentions, key=lambda mention: mention.heading) if stage.headings_last else mentions:
            if stage.prepare is not None:
                stage.prepare(store, mention)
            for sieve in stage.sieves:
                if sieve.takes(store, mention):
                    sieve.place(store, mention)
                    break
    return store
