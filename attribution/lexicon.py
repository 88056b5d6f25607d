"""Loads and validates the words of ``lexicons/*.toml``.

The grammar is in code, the words are in files that a newsroom can read and edit. Each file holds one kind of entry,
named below; each entry has one meaning, an example sentence and a source.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from attribution.records import Attitude, HedgeCategory, Tone

Strength = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Words = Annotated[str, msgspec.Meta(min_length=1)]

VerbFrame = Literal[
    "clause",  # officials said (that) the bridge was safe; "…," she said
    "infinitive",  # she promised to resign
    "gerund",  # he denied taking the money
    "object",  # she criticised the plan
    "object-clause",  # he told reporters that it was safe
    "object-infinitive",  # she urged the council to act
    "object-as",  # he described it as a mistake
    "object-complement",  # they called him a hero; she considers it unsafe
    "object-preposition",  # prosecutors accused him of fraud (prepositions: of)
    "preposition",  # she called for a vote (prepositions: for)
    "quotation",  # a cue only with words in quotation marks: "No," he laughed
    "bare",  # the union disagreed
]

NounFrame = Literal[
    "clause",  # her claim that the bridge was safe
    "infinitive",  # plans to close the plant
    "preposition",  # accusations of fraud (prepositions: of)
    "predicate",  # his fear is that it will fail; the view was that …
]

SourceNounKind = Literal[
    "role",  # minister, spokeswoman, coach: a person by office; named when a name stands with it
    "official",  # official, aide: an office nobody can check without a name
    "anonymous",  # source, insider, resident, witness
    "vague-collective",  # experts, critics, observers, many, media reports
    "organisation",  # ministry, police, company
    "document",  # report, study, footage, poll
    "outlet",  # newspaper, channel, news agency
    "platform",  # Telegram, Twitter, social media: a venue, where things are said
]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every entry has: an example sentence and where the entry comes from."""

    example: Words
    source: Words


class CueVerb(Entry, frozen=True, kw_only=True):
    """cue-verbs.toml: a verb that signals an attribution, in the frames it takes.

    ``particle`` makes a phrasal verb (*point out*); ``prepositions`` go with the two preposition frames.
    """

    lemma: Words
    particle: str | None = None
    frames: Annotated[tuple[VerbFrame, ...], msgspec.Meta(min_length=1)]
    prepositions: tuple[str, ...] = ()
    attitude: Attitude
    tone: Tone = Tone.NEUTRAL


class CueNoun(Entry, frozen=True, kw_only=True):
    """cue-nouns.toml: a noun whose complement is somebody's content (*her claim that …*)."""

    lemma: Words
    frames: Annotated[tuple[NounFrame, ...], msgspec.Meta(min_length=1)]
    prepositions: tuple[str, ...] = ()
    attitude: Attitude
    tone: Tone = Tone.NEUTRAL


class CuePhrase(Entry, frozen=True, kw_only=True):
    """cue-phrases.toml: fixed words around a source, ``{source}`` marking its place; without it nobody is named.

    ``according to {source}``, ``in the words of {source}``, ``in {source} 's view``, ``as {source} put it``,
    ``reportedly``, ``it is understood``. Words are lower-case tokens, separated by spaces.
    """

    words: Words
    attitude: Attitude
    tone: Tone = Tone.NEUTRAL


class CueException(Entry, frozen=True, kw_only=True):
    """exceptions.toml: words that look like a cue or a hedge and are none (medspaCy's PSEUDO idea).

    ``lemma`` is the word that is shadowed. Exactly one condition tells when: ``words``, the whole token sequence
    (lower-case forms or lemmas); ``objects``, lemmas of its direct object; ``number_object``, its object is counted by a
    numeral (*claimed 12 lives*); ``obliques``, "preposition noun" pairs (*admitted to hospital*); ``modifies``, it is an
    adjective before one of these nouns, or before any noun when the list holds ``*`` (*noted author*).
    """

    lemma: Words
    shadows: Literal["cue", "hedge"]
    words: str | None = None
    objects: tuple[str, ...] = ()
    number_object: bool = False
    obliques: tuple[str, ...] = ()
    modifies: tuple[str, ...] = ()


class HedgeEntry(Entry, frozen=True, kw_only=True):
    """hedges.toml: lower-case lemmas in a row that lower commitment.

    ``upos`` limits the part of speech of the first word (*may* AUX, not the month); ``complement`` says what must be
    governed for the entry to count: ``any``, a ``clause`` (finite or infinitive: *appears to be*), or a ``number``
    (*about 40*).
    """

    words: Words
    category: HedgeCategory
    strength: Strength
    upos: tuple[str, ...] = ()
    complement: Literal["any", "clause", "number"] = "any"


class BoosterEntry(Entry, frozen=True, kw_only=True):
    """boosters.toml: lower-case lemmas in a row that raise commitment (*clearly*)."""

    words: Words
    strength: Strength
    upos: tuple[str, ...] = ()


class SourceNoun(Entry, frozen=True, kw_only=True):
    """source-nouns.toml: what kind of source a noun makes. ``words`` may be several (*media report*), lemmas."""

    words: Words
    kind: SourceNounKind


class Outlet(Entry, frozen=True, kw_only=True):
    """outlets.toml: a news outlet or agency. ``ambiguous`` names count only with an article or as a subject (*the Sun*)."""

    name: Words
    aliases: tuple[str, ...] = ()
    country: Words
    ambiguous: bool = False


class Title(Entry, frozen=True, kw_only=True):
    """titles.toml: a title before a name (*Gen.*, *Mrs*); ``gender`` when the title tells it."""

    words: Words
    gender: Literal["female", "male"] | None = None


class GivenName(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """given-names.toml: first names by the pronoun most bearers take; names used for both are left out."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    source: Words
