"""Loads and validates the words of ``lexicons/*.toml``.

Grammar is in code, words are in files that a newsroom can read and edit. Each file holds a single kind of entry, named
below; each entry has a single meaning, an example sentence and a source. ``lexicons/README.md`` explains the files to
editors. ``load_lexicon`` reads the built-in files and then the user's folders, and stops at the first bad entry.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from attribution import toml_tables
from attribution.records import Attitude, AttribError, HedgeCategory, Tone
from attribution.resources import cache_folder, keep, kept, lexicon_folder
from attribution.toml_tables import (
    Record,
    TableReader,
    check_top_level,
    line_of,
    listed,
    nearest,
    quoted,
    read_toml,
    tables_of,
)

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

AdjectiveFrame = Literal[
    "clause",  # she is confident that it will pass
    "infinitive",  # he is willing to testify
    "preposition",  # they are critical of the plan (prepositions: of)
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


Complement = Literal["any", "clause", "that", "noun", "predicate", "number"]
HedgeScope = Literal["clause", "complement", "phrase", "number", "condition"]

SCOPE_OF_COMPLEMENT: Mapping[Complement, HedgeScope] = MappingProxyType(
    {
        "any": "clause",
        "clause": "complement",
        "that": "complement",
        "noun": "phrase",
        "predicate": "complement",
        "number": "number",
    }
)
"""The scope of a hedge whose entry does not give one."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fields of every entry: an example sentence, and where the entry comes from."""

    example: Words
    source: Words


class CueVerb(Entry, frozen=True, kw_only=True):
    """cue-verbs.toml: a verb that signals an attribution, in the frames it takes.

    ``particle`` makes it a phrasal verb (*point out*); ``prepositions`` belong to the two preposition frames.
    ``spellings`` are other lemmas of the same word (*criticize*). ``subject`` is ``document`` if the verb is a cue only
    with a document as subject (*the footage shows tanks*), and ``content`` if the subject belongs to the content and
    nobody is named (*the fire seems to have spread*). ``withheld`` verbs withhold their content (*declined to say*),
    ``denies`` verbs deny it. ``bodily`` verbs can also mean a physical or official act (*attacked the town*, *dismissed
    the coach*): they are cues only for words, somebody's claim or a document, or with a listed preposition.
    """

    lemma: Words
    spellings: tuple[Words, ...] = ()
    particle: Words | None = None
    frames: Annotated[tuple[VerbFrame, ...], msgspec.Meta(min_length=1)]
    prepositions: tuple[Words, ...] = ()
    attitude: Attitude
    tone: Tone = Tone.NEUTRAL
    subject: Literal["any", "document", "content"] = "any"
    withheld: bool = False
    denies: bool = False
    bodily: bool = False


class CueNoun(Entry, frozen=True, kw_only=True):
    """cue-nouns.toml: a noun whose complement is somebody's content (*her claim that …*).

    ``withheld`` nouns withhold their content (*his refusal to say*).
    """

    lemma: Words
    spellings: tuple[Words, ...] = ()
    frames: Annotated[tuple[NounFrame, ...], msgspec.Meta(min_length=1)]
    prepositions: tuple[Words, ...] = ()
    attitude: Attitude
    tone: Tone = Tone.NEUTRAL
    withheld: bool = False


class CueAdjective(Entry, frozen=True, kw_only=True):
    """cue-adjectives.toml: an adjective after a copula whose complement is its subject's content (*is sure that …*).

    Includes participles used as adjectives (*is convinced that*, *is opposed to*).
    """

    lemma: Words
    spellings: tuple[Words, ...] = ()
    frames: Annotated[tuple[AdjectiveFrame, ...], msgspec.Meta(min_length=1)]
    prepositions: tuple[Words, ...] = ()
    attitude: Attitude
    tone: Tone = Tone.NEUTRAL
    withheld: bool = False


class CuePhrase(Entry, frozen=True, kw_only=True, dict=True):
    """cue-phrases.toml: fixed words around a source, whose place is ``{source}``; without it, nobody is named.

    ``according to {source}``, ``in the words of {source}``, ``in {source} 's view``, ``as {source} put it``,
    ``reportedly``, ``it is understood``. Words are lower-case tokens, separated by spaces. ``sources`` restricts the
    lemma of the source's head if the words alone are ambiguous (*in a poll of farmers*). ``opening``: the phrase counts
    only where it opens a clause (*he won in the poll* tells of an election).
    """

    words: Words
    attitude: Attitude
    tone: Tone = Tone.NEUTRAL
    sources: tuple[Words, ...] = ()
    opening: bool = False

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The words before the source's place; all words if nobody is named."""
        return tuple(self.words.partition(SOURCE_PLACE)[0].split())

    @cached_property
    def after(self) -> tuple[str, ...]:
        """The words after the source's place."""
        return tuple(self.words.partition(SOURCE_PLACE)[2].split())

    @cached_property
    def fixed(self) -> frozenset[str]:
        """The words that must occur in the sentence; not *'s*, which a pronoun replaces (*in his view*)."""
        return frozenset({*self.before, *self.after} - {"'s"})


class CueException(Entry, frozen=True, kw_only=True):
    """exceptions.toml: words that look like a cue or a hedge but are not (compare PSEUDO in medspaCy's ConText).

    ``lemma`` is the word concerned. Exactly one condition says when: ``words``, the whole token sequence (lower-case
    forms or lemmas); ``objects``, lemmas of its direct object; ``number_object``, its object has a numeral (*claimed 12
    lives*); ``obliques``, "preposition noun" pairs (*admitted to hospital*); ``modifies``, it is an adjective before
    one of these nouns, or before any noun if the list contains ``*`` (*noted author*).
    """

    lemma: Words
    shadows: Literal["cue", "hedge"]
    words: str | None = None
    objects: tuple[str, ...] = ()
    number_object: bool = False
    obliques: tuple[str, ...] = ()
    modifies: tuple[str, ...] = ()


class Marker(Entry, frozen=True, kw_only=True, dict=True):
    """The fields of hedges and boosters: consecutive words, and the parts of speech allowed for the first."""

    words: Words
    strength: Strength
    upos: tuple[str, ...] = ()

    @cached_property
    def row(self) -> tuple[str, ...]:
        """The words as a tuple."""
        return tuple(self.words.split())

    @cached_property
    def fixed(self) -> frozenset[str]:
        """The words that must occur in the sentence."""
        return frozenset(self.row)


class HedgeEntry(Marker, frozen=True, kw_only=True):
    """hedges.toml: consecutive lower-case lemmas that reduce the text's commitment to a claim.

    ``upos`` limits the part of speech of the first word (*may* AUX, not the month). ``complement`` is what the entry
    requires: nothing (``any``), a ``clause`` that it governs (finite or infinitive: *appears to be*), a ``that`` clause
    (finite, with or without *that*), a ``noun`` that it modifies (*the alleged forger*), a position in the predicate
    (``predicate``: *is a possible cause*), or a ``number`` (*about 40*). ``subject`` is ``speaker`` for verbs that
    hedge only with *I* or *we* as subject, ``evidence`` for those that hedge only if the subject is not a person (*the
    marks suggest*). ``scope`` is what the entry bears on: its ``clause``, its ``complement`` (the clause it governs,
    with the subject of an infinitive), the noun ``phrase`` that it modifies, the ``number`` beside it, or the claim
    under its ``condition``; by default what it requires. An ``agentless-passive`` counts only in the passive without a
    *by*-phrase, and precedes other entries of the word.
    """

    category: HedgeCategory
    complement: Complement = "any"
    subject: Literal["any", "speaker", "evidence"] = "any"
    scope: HedgeScope | None = None

    @property
    def bears_on(self) -> HedgeScope:
        """The scope: as given, or the default for the complement."""
        return self.scope or SCOPE_OF_COMPLEMENT[self.complement]


class BoosterEntry(Marker, frozen=True, kw_only=True):
    """boosters.toml: consecutive lower-case lemmas that raise commitment (*clearly*)."""


class SourceNoun(Entry, frozen=True, kw_only=True):
    """source-nouns.toml: the kind of source that a noun denotes. ``words`` are one or more lemmas (*media report*).

    ``crowd``: the bare plural means nobody in particular (*analysts*, *reports*).
    """

    words: Words
    kind: SourceNounKind
    crowd: bool = False


class Outlet(Entry, frozen=True, kw_only=True):
    """outlets.toml: a news outlet or agency. ``ambiguous`` names need an article or must be a subject (*the Sun*)."""

    name: Words
    aliases: tuple[str, ...] = ()
    ambiguous: bool = False


class State(Entry, frozen=True, kw_only=True):
    """states.toml: a state; ``aliases`` are its capital, seat of government and people (*Beijing*, *Chinese*)."""

    name: Words
    aliases: Annotated[tuple[Words, ...], msgspec.Meta(min_length=1)]


class Title(Entry, frozen=True, kw_only=True):
    """titles.toml: a title before a name (*Gen.*, *Mrs*), with its ``gender`` if it has one."""

    words: Words
    gender: Literal["female", "male"] | None = None


class WordList(Entry, frozen=True, kw_only=True):
    """rule-, exposure-, quotation-, reference- and commitment-words and word-lists.toml: lower-case lemmas.

    Each entry is a list. In this order they serve the rules of ``attrib lint``, exposure, the classification of
    quotations and their speakers, coreference, the commitment to predicates, and the grammar of attribution.
    """

    list: Words
    words: Annotated[tuple[Words, ...], msgspec.Meta(min_length=1)]


class GivenName(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """given-names.toml: first names by the pronoun of most bearers; names used for both are omitted."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    source: Words


class Lexicon(msgspec.Struct, frozen=True, dict=True, kw_only=True):
    """All entries, file by file, with look-ups by word.

    Entries of added folders come before the built-in ones, and the first match wins. Look-ups of an unknown word give
    an empty tuple (or None); all keep the order of the entries.
    """

    cue_verbs: tuple[CueVerb, ...] = ()
    cue_nouns: tuple[CueNoun, ...] = ()
    cue_adjectives: tuple[CueAdjective, ...] = ()
    cue_phrases: tuple[CuePhrase, ...] = ()
    exceptions: tuple[CueException, ...] = ()
    hedges: tuple[HedgeEntry, ...] = ()
    boosters: tuple[BoosterEntry, ...] = ()
    source_nouns: tuple[SourceNoun, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    states: tuple[State, ...] = ()
    titles: tuple[Title, ...] = ()
    rule_words: tuple[WordList, ...] = ()
    exposure_words: tuple[WordList, ...] = ()
    quotation_words: tuple[WordList, ...] = ()
    reference_words: tuple[WordList, ...] = ()
    commitment_words: tuple[WordList, ...] = ()
    word_lists: tuple[WordList, ...] = ()
    given_names: GivenName = GivenName(female=(), male=(), source="none")

    def verbs_of(self, lemma: str, form: str = "") -> tuple[CueVerb, ...]:
        """Cue verbs with this lemma in any of its spellings, including phrasal verbs.

        Lemmatizers err on rare verbs (*quipped*, *quipp*) and on capitals (*Said Brandt: …*). If the lemma is not a cue
        verb, gives the verbs of which ``form`` is an inflection, regular or in ``IRREGULAR``.
        """
        entries = self._verbs.get(lemma.lower(), ())
        bases = [] if entries or not form else [IRREGULAR.get(form.lower(), ""), *regular_bases(form.lower())]
        return entries or next((self._verbs[base] for base in bases if base in self._verbs), ())

    def nouns_of(self, lemma: str) -> tuple[CueNoun, ...]:
        """Cue nouns with this lemma in any of its spellings."""
        return self._nouns.get(lemma.lower(), ())

    def adjectives_of(self, lemma: str) -> tuple[CueAdjective, ...]:
        """Cue adjectives with this lemma in any of its spellings."""
        return self._adjectives.get(lemma.lower(), ())

    def phrases_of(self, word: str) -> tuple[CuePhrase, ...]:
        """Cue phrases with this first word, apart from ``{source}``; longest first."""
        return self._phrases.get(word.lower(), ())

    def exceptions_of(self, lemma: str) -> tuple[CueException, ...]:
        """Exceptions that shadow this lemma."""
        return self._exceptions.get(lemma.lower(), ())

    def hedges_of(self, word: str) -> tuple[HedgeEntry, ...]:
        """Hedges with this first word; longest first."""
        return self._hedges.get(word.lower(), ())

    def boosters_of(self, word: str) -> tuple[BoosterEntry, ...]:
        """Boosters with this first word; longest first."""
        return self._boosters.get(word.lower(), ())

    def markers_of(self, readings: tuple[str, ...], upos: str) -> tuple[HedgeEntry | BoosterEntry, ...]:
        """Hedges and boosters that begin with a word with these readings, in the order in which to try them.

        Longer entries precede shorter ones, and an agentless passive precedes other meanings of its verb.
        """
        if self._marker_openings.isdisjoint(readings):
            return ()
        found = self._markers.get((readings, upos))
        if found is None:
            entries: list[HedgeEntry | BoosterEntry] = []
            for word in readings:
                entries += self.hedges_of(word)
                entries += self.boosters_of(word)
            found = self._markers[readings, upos] = tuple(
                sorted((entry for entry in entries if not entry.upos or upos in entry.upos), key=_marker_rank)
            )
        return found

    def source_nouns_of(self, lemma: str) -> tuple[SourceNoun, ...]:
        """Source nouns with this last word, the head; longest first."""
        return self._source_nouns.get(lemma.lower(), ())

    def outlet(self, name: str) -> Outlet | None:
        """The outlet with this name or alias, case-sensitive (*the Sun* is not *sun*), or None."""
        return self._outlets.get(name)

    def state(self, name: str) -> str | None:
        """The state with this name or alias, case-sensitive; None if there is none."""
        return self._states.get(name)

    def states_in(self, words: Sequence[str]) -> frozenset[str]:
        """The names of the states that words mean, case-sensitive: *the Kremlin* and *Russian* mean Russia."""
        found: set[str] = set()
        start = 0
        while start < len(words):
            runs = ((size, " ".join(words[start : start + size])) for size in range(self._longest_state, 0, -1))
            size, name = next(((size, self._states[run]) for size, run in runs if run in self._states), (1, ""))
            found.update([name] if name else [])
            start += size
        return frozenset(found)

    def words_for(self, name: str) -> frozenset[str]:
        """The words of a list in any file of word lists; empty for an unknown list. Names of lists are unique."""
        return self.word_lists_by_name.get(name, _NO_WORDS)

    def lists_of(self, words: str) -> frozenset[str]:
        """The names of the lists that have these words as an entry."""
        return self._lists_by_entry.get(words, _NO_WORDS)

    def holds(self, name: str, lemma: str, form: str) -> bool:
        """Whether a list has the lemma or, as lemmatizers err, a word of which ``form`` is a regular inflection."""
        words = self.words_for(name)
        return lemma.lower() in words or not words.isdisjoint(regular_bases(form.lower()))

    def title(self, words: str) -> Title | None:
        """The title with these words, ignoring case and full stops, or None."""
        return self._titles.get(_title_key(words))

    def gender(self, given_name: str) -> Literal["female", "male"] | None:
        """The gender of most bearers of a first name, of a double name by its first part; None if it is not listed."""
        name = given_name.lower()
        return self._genders.get(name) or self._genders.get(name.partition("-")[0])

    @cached_property
    def _verbs(self) -> Mapping[str, tuple[CueVerb, ...]]:
        return _index(self.cue_verbs, lambda entry: (entry.lemma, *entry.spellings))

    @cached_property
    def _nouns(self) -> Mapping[str, tuple[CueNoun, ...]]:
        return _index(self.cue_nouns, lambda entry: (entry.lemma, *entry.spellings))

    @cached_property
    def _adjectives(self) -> Mapping[str, tuple[CueAdjective, ...]]:
        return _index(self.cue_adjectives, lambda entry: (entry.lemma, *entry.spellings))

    @cached_property
    def _phrases(self) -> Mapping[str, tuple[CuePhrase, ...]]:
        return _index(
            _longest_first(self.cue_phrases),
            lambda entry: [word for word in entry.words.split() if word != SOURCE_PLACE][:1],
        )

    @cached_property
    def _exceptions(self) -> Mapping[str, tuple[CueException, ...]]:
        return _index(self.exceptions, lambda entry: (entry.lemma,))

    @cached_property
    def _hedges(self) -> Mapping[str, tuple[HedgeEntry, ...]]:
        return _index(_longest_first(self.hedges), lambda entry: entry.words.split()[:1])

    @cached_property
    def _boosters(self) -> Mapping[str, tuple[BoosterEntry, ...]]:
        return _index(_longest_first(self.boosters), lambda entry: entry.words.split()[:1])

    @cached_property
    def _marker_openings(self) -> frozenset[str]:
        return frozenset({*self._hedges, *self._boosters})

    @cached_property
    def _markers(self) -> dict[tuple[tuple[str, ...], str], tuple[HedgeEntry | BoosterEntry, ...]]:
        """Cache of ``markers_of``, which asks only for the few words that begin an entry."""
        return {}

    @cached_property
    def _source_nouns(self) -> Mapping[str, tuple[SourceNoun, ...]]:
        return _index(_longest_first(self.source_nouns), lambda entry: entry.words.split()[-1:])

    @cached_property
    def _outlets(self) -> Mapping[str, Outlet]:
        return {name: entry for entry in reversed(self.outlets) for name in (*entry.aliases, entry.name)}

    @cached_property
    def _states(self) -> Mapping[str, str]:
        return {name: entry.name for entry in reversed(self.states) for name in (*entry.aliases, entry.name)}

    @cached_property
    def _longest_state(self) -> int:
        """The number of words in the longest name of a state."""
        return max((len(name.split()) for name in self._states), default=0)

    @cached_property
    def lists_by_first_word(self) -> Mapping[str, frozenset[str]]:
        """The names of the lists that have an entry that begins with a word."""
        return self._lists_by(lambda entry: entry.split()[0])

    @cached_property
    def known_bodies(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """The names of bodies that have several words, by the first, the longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted(self.words_for("known-body"), key=lambda name: (-len(name.split()), name)):
            words = tuple(name.split())
            if len(words) > 1:
                found.setdefault(words[0], []).append(words)
        return found

    @cached_property
    def _lists_by_entry(self) -> Mapping[str, frozenset[str]]:
        return self._lists_by(lambda entry: entry)

    def _lists_by(self, key: Callable[[str], str]) -> Mapping[str, frozenset[str]]:
        """The names of the lists by a key of their entries."""
        names: dict[str, set[str]] = {}
        for name, entries in self.word_lists_by_name.items():
            for entry in entries:
                names.setdefault(key(entry), set()).add(name)
        return {known: frozenset(lists) for known, lists in names.items()}

    @cached_property
    def word_lists_by_name(self) -> Mapping[str, frozenset[str]]:
        """The words of each list by its name."""
        lists = (
            *self.rule_words,
            *self.exposure_words,
            *self.quotation_words,
            *self.reference_words,
            *self.commitment_words,
            *self.word_lists,
        )
        return {entry.list: frozenset(entry.words) for entry in lists}

    @cached_property
    def _titles(self) -> Mapping[str, Title]:
        return {_title_key(entry.words): entry for entry in reversed(self.titles)}

    @cached_property
    def _genders(self) -> Mapping[str, Literal["female", "male"]]:
        genders: dict[str, Literal["female", "male"]] = {name.lower(): "female" for name in self.given_names.female}
        genders.update((name.lower(), "male") for name in self.given_names.male)
        return MappingProxyType(genders)


_NO_WORDS: frozenset[str] = frozenset()

SOURCE_PLACE = "{source}"
"""The place of the source in a cue phrase."""

IRREGULAR: Mapping[str, str] = MappingProxyType(
    {"said": "say", "told": "tell", "wrote": "write", "spoke": "speak", "swore": "swear", "thought": "think"}
)
"""Past tenses of verbs that may begin a sentence, where lemmatizers mistake them for names."""

_ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ying", ("ie",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("e", "")),
    ("ing", ("e", "")),
)


@lru_cache(maxsize=2**14)
def regular_bases(form: str) -> tuple[str, ...]:
    """The base forms of which a verb form may be a regular inflection, also without a doubled consonant."""
    bases: list[str] = []
    for ending, replacements in _ENDINGS:
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1:
            bases += [stem + replacement for replacement in replacements]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                bases.append(stem[:-1])
    return tuple(bases)


AnyEntry = TypeVar("AnyEntry", bound=Entry)
WordsEntry = TypeVar("WordsEntry", CuePhrase, HedgeEntry, BoosterEntry, SourceNoun)


def _index(
    entries: Iterable[AnyEntry], words: Callable[[AnyEntry], Iterable[str]]
) -> Mapping[str, tuple[AnyEntry, ...]]:
    found: defaultdict[str, list[AnyEntry]] = defaultdict(list)
    for entry in entries:
        for word in words(entry):
            found[word.lower()].append(entry)
    return MappingProxyType({word: tuple(entries) for word, entries in found.items()})


def _longest_first(entries: Sequence[WordsEntry]) -> list[WordsEntry]:
    return sorted(entries, key=lambda entry: -len(entry.words.split()))


def _marker_rank(entry: HedgeEntry | BoosterEntry) -> tuple[int, bool]:
    passive = isinstance(entry, HedgeEntry) and entry.category is HedgeCategory.AGENTLESS_PASSIVE
    return -len(entry.row), not passive


def _title_key(words: str) -> str:
    return words.lower().replace(".", "")


# --- Identity of entries ----------------------------------------------------------------------------------------------


def _label(entry: Entry) -> str:
    """The words by which editors, and ``remove`` lists, refer to an entry."""
    match entry:
        case CueVerb(particle=str(particle)):
            return f"{entry.lemma} {particle}"
        case CueVerb() | CueNoun() | CueAdjective() | CueException():
            return entry.lemma
        case CuePhrase() | HedgeEntry() | BoosterEntry() | SourceNoun() | Title():
            return entry.words
        case Outlet() | State():
            return entry.name
        case WordList():
            return entry.list
    raise TypeError(type(entry).__name__)  # pragma: no cover


def _key(entry: Entry) -> tuple[str, ...]:
    """The identity of an entry: a later folder's entry replaces an earlier one with the same key."""
    match entry:
        case CueVerb():
            return (_label(entry), entry.attitude, entry.subject, "withheld" if entry.withheld else "given")
        case CueNoun() | CueAdjective():
            return (entry.lemma, entry.attitude)
        case CueException():
            (condition,) = _conditions(entry)
            return (entry.lemma, entry.shadows, condition, entry.words or "")
        case HedgeEntry():
            return (entry.words, entry.category)
        case _:
            return (_label(entry),)


def _conditions(entry: CueException) -> list[str]:
    return [name for name in EXCEPTION_CONDITIONS if getattr(entry, name)]


EXCEPTION_CONDITIONS = ("words", "objects", "number_object", "obliques", "modifies")
"""The conditions of an exception, of which exactly one must be given."""

# --- Reading files ----------------------------------------------------------------------------------------------------

GIVEN_NAMES_FILE = "given-names.toml"

ENTRY_FILES: Mapping[str, tuple[str, type[Entry]]] = MappingProxyType(
    {
        "cue-verbs.toml": ("cue_verbs", CueVerb),
        "cue-nouns.toml": ("cue_nouns", CueNoun),
        "cue-adjectives.toml": ("cue_adjectives", CueAdjective),
        "cue-phrases.toml": ("cue_phrases", CuePhrase),
        "exceptions.toml": ("exceptions", CueException),
        "hedges.toml": ("hedges", HedgeEntry),
        "boosters.toml": ("boosters", BoosterEntry),
        "source-nouns.toml": ("source_nouns", SourceNoun),
        "outlets.toml": ("outlets", Outlet),
        "states.toml": ("states", State),
        "titles.toml": ("titles", Title),
        "rule-words.toml": ("rule_words", WordList),
        "exposure-words.toml": ("exposure_words", WordList),
        "quotation-words.toml": ("quotation_words", WordList),
        "reference-words.toml": ("reference_words", WordList),
        "commitment-words.toml": ("commitment_words", WordList),
        "word-lists.toml": ("word_lists", WordList),
    }
)
"""For each file of ``[[entry]]`` tables the field of ``Lexicon`` that it fills and the type of its entries."""

FILE_NAMES = (*ENTRY_FILES, GIVEN_NAMES_FILE)
"""The files that a lexicon folder may contain."""


def load_lexicon(folders: Sequence[Path] = ()) -> Lexicon:
    """The built-in words with the additions, replacements and removals of each folder, in order.

    A file in a folder holds ``[[entry]]`` tables of the same kind as the built-in file of that name. An entry with the
    key of an earlier one replaces it (``lexicons/README.md`` gives the key of each file); a ``remove = ["…"]`` list at
    the top removes earlier entries by their words. Raises ``AttribError`` with file, line, entry and what is allowed.
    """
    lexicon = _built_in_lexicon()
    for folder in folders:
        lexicon = _with_folder(lexicon, folder)
    return lexicon


@cache
def _built_in_lexicon() -> Lexicon:
    """The built-in words, from the cache if the files are unchanged."""
    paths = [path for name in FILE_NAMES if (path := lexicon_folder() / name).is_file()]
    try:
        file, fingerprint = kept_words_file(), _fingerprint(paths)
    except (OSError, RuntimeError):  # reading reports the file; a user without a home has no cache
        return _with_files(Lexicon(), paths)
    lexicon = _kept_lexicon(file, fingerprint)
    if lexicon is None:
        lexicon = _with_files(Lexicon(), paths)
        data = msgspec.msgpack.encode(lexicon)
        keep(file, fingerprint + hashlib.sha256(data).digest() + data)
    return lexicon


def kept_words_file() -> Path:
    """The file that caches the built-in words, one for each installation.

    Raises RuntimeError for a user without a home.
    """
    return cache_folder() / f"words-{hashlib.sha256(str(lexicon_folder()).encode()).hexdigest()[:16]}.msgpack"


def _fingerprint(paths: Iterable[Path]) -> bytes:
    """A hash of the words and of the code that checks them."""
    digest = hashlib.sha256()
    for path in (Path(__file__), Path(toml_tables.__file__), *paths):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.digest()


def _kept_lexicon(file: Path, fingerprint: bytes) -> Lexicon | None:
    """The cached words; None if there are none, they are of other files, or the cache is damaged."""
    content = memoryview(kept(file) or b"")
    size = len(fingerprint)
    data = content[2 * size :]
    if content[:size] != fingerprint or content[size : 2 * size] != hashlib.sha256(data).digest():
        return None
    try:
        return msgspec.msgpack.decode(data, type=Lexicon)
    except msgspec.MsgspecError:
        return None


def _with_folder(lexicon: Lexicon, folder: Path) -> Lexicon:
    if not folder.is_dir():
        raise AttribError(f"{folder}: no such lexicon folder; give a folder with {listed(FILE_NAMES)}")
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise AttribError(f"{folder}: contains no lexicon file; allowed are {listed(FILE_NAMES)}")
    for path in paths:
        if path.name not in FILE_NAMES:
            similar = nearest(path.name, FILE_NAMES)
            raise AttribError(f"{path}: is not a lexicon file{similar}; allowed are {listed(FILE_NAMES)}")
    return _with_files(lexicon, paths)


def _with_files(lexicon: Lexicon, paths: Iterable[Path]) -> Lexicon:
    changes: dict[str, Any] = {}
    for path in paths:
        if path.name == GIVEN_NAMES_FILE:
            changes["given_names"] = _with_given_names(lexicon.given_names, path)
        else:
            field, entry_type = ENTRY_FILES[path.name]
            others = _lists_of_other_files(lexicon, changes, path.name) if entry_type is WordList else {}
            changes[field] = _with_entries(getattr(lexicon, field), path, entry_type, others)
    return msgspec.structs.replace(lexicon, **changes)


def _lists_of_other_files(lexicon: Lexicon, changes: Mapping[str, Any], name: str) -> dict[str, str]:
    """The names of the lists that are not of this file, each with the file it is of."""
    return {
        entry.list: other
        for other, (field, entry_type) in ENTRY_FILES.items()
        if entry_type is WordList and other != name
        for entry in changes.get(field, getattr(lexicon, field))
    }


def _with_entries(
    earlier: tuple[AnyEntry, ...], path: Path, entry_type: type[AnyEntry], lists_of_others: Mapping[str, str]
) -> tuple[AnyEntry, ...]:
    text, table = read_toml(path)
    check_top_level(path, text, table, ("entry", "remove"))
    removed = _removed(path, text, table, {_label(entry) for entry in earlier})
    entries: dict[tuple[str, ...], AnyEntry] = {}
    of_word: defaultdict[str, list[AnyEntry]] = defaultdict(list)
    for number, (line, fields) in enumerate(tables_of(path, text, table, "entry"), 1):
        reader = _EntryReader(path, text, line, number, fields)
        entry = reader.read(entry_type)
        key = _key(entry)
        if key in entries:
            raise reader.error(None, f"is given twice (same {_key_words(entry)}); keep one")
        if _label(entry) in lists_of_others:
            label, other = _label(entry), lists_of_others[_label(entry)]
            raise reader.error("list", f'"{label}" is a list of {other}; change it there, or use another name here')
        others = of_word[_label(entry)]
        reader.check_frames_are_not_shared(entry, others)
        others.append(entry)
        entries[key] = entry
    kept = (entry for entry in earlier if _key(entry) not in entries and _label(entry) not in removed)
    return (*entries.values(), *kept)


def _key_words(entry: Entry) -> str:
    match entry:
        case CueVerb():
            return "lemma, particle, attitude, subject and withheld"
        case CueNoun() | CueAdjective():
            return "lemma and attitude"
        case CueException():
            return "lemma, shadows and condition"
        case HedgeEntry():
            return "words and category"
        case Outlet() | State():
            return "name"
        case _:
            return "words"


def _with_given_names(earlier: GivenName, path: Path) -> GivenName:
    text, table = read_toml(path)
    check_top_level(path, text, table, ("female", "male", "source", "remove"))
    removed = _removed(path, text, table, {*earlier.female, *earlier.male})
    reader = _EntryReader(path, text, 1, None, {name: value for name, value in table.items() if name != "remove"})
    names = reader.read(GivenName)
    twice = sorted(set(names.female) & set(names.male))
    if twice:
        raise reader.error("male", f'"{twice[0]}" is both female and male; omit names used for both')
    new = {*names.female, *names.male, *removed}
    return GivenName(
        female=(*names.female, *(name for name in earlier.female if name not in new)),
        male=(*names.male, *(name for name in earlier.male if name not in new)),
        source=names.source,
    )


def _removed(path: Path, text: str, table: Mapping[str, Any], labels: set[str]) -> set[str]:
    removed = table.get("remove", [])
    if not isinstance(removed, list) or not all(isinstance(words, str) for words in removed):
        raise AttribError(f'{path}:{line_of(text, "remove")}: remove is not a list of words; write remove = ["…", "…"]')
    for words in removed:
        if words not in labels:
            where = f"{path}:{line_of(text, 'remove')}"
            raise AttribError(f'{where}: remove names "{words}", which is not an earlier entry{nearest(words, labels)}')
    return set(removed)


class _EntryReader(TableReader):
    """Converts a table to an entry, or reports what is wrong with it and where."""

    def __init__(self, path: Path, text: str, line: int, number: int | None, fields: dict[str, Any]) -> None:
        words = [fields[name] for name in ("lemma", "particle", "words", "name") if name in fields][:2]
        if "lemma" in fields and "particle" not in fields:
            words = words[:1]
        if number is None:
            label = ""
        elif words and all(isinstance(word, str) and word for word in words):
            label = f'entry "{" ".join(words)}"'
        else:
            label = f"entry {number}"
        super().__init__(path, text, line, label, fields)

    def read(self, record: type[Record]) -> Record:
        """The entry, with all fields checked."""
        entry = super().read(record)
        if isinstance(entry, Entry):
            self._check_entry(entry)
        return entry

    def _check_entry(self, entry: Entry) -> None:
        for name in ("lemma", "words"):
            words = self.fields.get(name)
            if words is not None and not isinstance(entry, SourceNoun | Title | WordList) and words != words.lower():
                raise self.error(name, f"{name} has a capital letter; write {quoted(words.lower())}")
        match entry:
            case CueVerb() | CueNoun() | CueAdjective():
                self._check_prepositions(entry)
            case CuePhrase():
                places = re.findall(r"\{.*?\}", entry.words)
                if len(places) > 1 or any(place != SOURCE_PLACE for place in places):
                    raise self.error("words", f"words have {listed(places)}; allowed is {SOURCE_PLACE}, once at most")
                if not entry.words.replace(SOURCE_PLACE, "").strip():
                    raise self.error("words", f"words are {SOURCE_PLACE} alone; add the words around the source")
            case CueException():
                conditions = _conditions(entry)
                if len(conditions) != 1:
                    given = listed(conditions) if conditions else "no condition"
                    raise self.error(None, f"has {given}; give exactly one of {listed(EXCEPTION_CONDITIONS)}")
                if any(len(pair.split()) != 2 for pair in entry.obliques):
                    raise self.error("obliques", 'obliques has no "preposition noun" pair; write "to hospital"')

    def _check_prepositions(self, entry: CueVerb | CueNoun | CueAdjective) -> None:
        frames = [frame for frame in entry.frames if frame in _PREPOSITION_FRAMES]
        if frames and not entry.prepositions:
            raise self.error("frames", f'frame "{frames[0]}" needs prepositions; add prepositions = ["…"]')
        if entry.prepositions and not frames:
            wanted = [frame for frame in _PREPOSITION_FRAMES if isinstance(entry, CueVerb) or frame == "preposition"]
            missing = listed(wanted, "or")
            raise self.error("prepositions", f"prepositions without a frame for them; add {missing} to frames")

    def check_frames_are_not_shared(self, entry: Entry, others: Iterable[Entry]) -> None:
        """Check that the meanings of a word differ in their frames, which tell them apart."""
        if not isinstance(entry, CueVerb | CueNoun | CueAdjective):
            return
        for other in others:
            if not isinstance(other, CueVerb | CueNoun | CueAdjective):
                continue
            if isinstance(entry, CueVerb) and isinstance(other, CueVerb):
                if "any" not in (entry.subject, other.subject) and entry.subject != other.subject:
                    continue
            shared = [name for name in _frames_with_prepositions(entry) if name in _frames_with_prepositions(other)]
            if shared:
                raise self.error("frames", f'frame "{shared[0]}" is also in another entry of the word; keep it in one')


_PREPOSITION_FRAMES = ("preposition", "object-preposition")


def _frames_with_prepositions(entry: CueVerb | CueNoun | CueAdjective) -> list[str]:
    plain = [frame for frame in entry.frames if frame not in _PREPOSITION_FRAMES]
    return plain + [
        f"{frame} {word}" for frame in entry.frames if frame in _PREPOSITION_FRAMES for word in entry.prepositions
    ]
