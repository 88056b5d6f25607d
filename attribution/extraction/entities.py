"""The entities of a draft found so far, with their mentions, names and offices."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from attribution.extraction.discourse import Discourse
from attribution.extraction.mention import PLURAL_PRONOUNS, Being, Gender, Mention, age_of
from attribution.extraction.names import Name, same_given, same_title
from attribution.grammar import whole_number
from attribution.lexicon import Lexicon, Outlet
from attribution.parsing import Tree
from attribution.records import Span

BODIES = frozenset({"organisation", "outlet"})
PERSONS = frozenset({"person", "people"})
PLACES = frozenset({"place", "state"})
"""Beings with a place: where something is, and the state that acts there."""
SPEAKING = frozenset({"person", "organisation", "outlet", "document", "people", "state", "unknown"})
"""Beings that can be the source of something."""

WINDOW = 5
"""How many sentences back an antecedent may be."""

LONGEST_ABBREVIATION = 4
"""Most letters of a title that may be an abbreviation."""

MOST_ALIKE = 100
"""Of so many entities with a word of their names in common, those found last may bear a new name with that word."""

MOST_MISSPELT = 50
"""Of so many entities with surnames of one initial, those found last may be meant by a name spelt otherwise."""


@dataclass(eq=False)
class Entity:
    """A person, body or thing, with all its mentions in the article."""

    number: int
    mentions: list[Mention] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    offices: list[tuple[str, ...]] = field(default_factory=list)
    being: Being = "unknown"
    gender: Gender | None = None
    neuter: bool = False
    plural: bool | None = None
    ages: set[int] = field(default_factory=set)
    start: int = sys.maxsize
    by_sentence: dict[int, list[Mention]] = field(default_factory=dict)

    @property
    def name(self) -> Name | None:
        """The fullest name; of several full names of a person the most frequent, then the earliest."""
        if self.being in ("person", "unknown"):
            counts = Counter(mention.name.keys for mention in self.mentions if mention.name is not None)
            ranks = {name: (len(name.keys) > 1, counts[name.keys], len(name.keys)) for name in self.names}
            return max(self.names, key=lambda name: ranks[name], default=None)
        return max(self.names, key=lambda name: len(name.keys), default=None)

    @property
    def goes_by_surname(self) -> bool:
        """Whether the last word of a longer name is also used alone, as with people (firms use their first)."""
        short = {name.keys[0] for name in self.names if len(name.keys) == 1}
        return any(name.keys[-1] in short for name in self.names if len(name.keys) > 1)

    @property
    def looks_personal(self) -> bool:
        """Whether the entity is known only by names of two or more words, as people are."""
        return not self.neuter and bool(self.names) and all(len(name.keys) > 1 for name in self.names)

    def last_before(self, mention: Mention) -> Mention:
        """The last of the entity's mentions before another mention."""
        before = (other for other in self.mentions if other.span.start < mention.span.start)
        return max(before, key=lambda other: other.span.start)


@dataclass(eq=False)
class EntityStore:
    """The entities found so far, with look-ups. ``entity_of`` and ``reason_of`` are keyed by a mention's number.

    ``clusters`` are the mentions joined by apposition; ``dead_since`` is the offset from which somebody is known to be
    dead; ``labelled`` are the speakers named by the layout, by the span of their label.
    """

    discourse: Discourse
    clusters: Mapping[int, Sequence[Mention]] = field(default_factory=dict)
    entities: list[Entity] = field(default_factory=list)
    entity_of: dict[int, Entity] = field(default_factory=dict)
    reason_of: dict[int, str] = field(default_factory=dict)
    labelled: dict[Span, Entity] = field(default_factory=dict)
    dead_since: dict[Entity, int] = field(default_factory=dict)
    in_sentence: dict[int, dict[Entity, None]] = field(default_factory=dict)
    by_word: dict[str, dict[Entity, None]] = field(default_factory=dict)
    by_initial: dict[str, dict[Entity, None]] = field(default_factory=dict)
    by_office: dict[str, dict[str, dict[Entity, None]]] = field(default_factory=dict)
    by_noun: dict[tuple[str, ...], list[tuple[Mention, Entity]]] = field(default_factory=dict)

    @property
    def lexicon(self) -> Lexicon:
        """The words."""
        return self.discourse.lexicon

    @property
    def trees(self) -> Sequence[Tree]:
        """The sentences' trees."""
        return self.discourse.trees

    # --- Changes ------------------------------------------------------------------------------------------------------

    def new(self) -> Entity:
        """A new entity without mentions."""
        entity = Entity(len(self.entities))
        self.entities.append(entity)
        return entity

    def join(self, mention: Mention, entity: Entity, *, anaphor: bool = False) -> None:
        """Add the mention to the entity and merge its attributes. Anaphors add no office: their noun may be a guess."""
        self.entity_of[mention.number] = entity
        entity.mentions.append(mention)
        entity.by_sentence.setdefault(mention.sentence, []).append(mention)
        entity.start = min(entity.start, mention.span.start)
        self.in_sentence.setdefault(mention.sentence, {})[entity] = None
        if mention.name is not None and not (mention.heading and entity.names):
            self.give_name(entity, mention.name)  # the end of a name is uncertain in a heading
        if mention.form == "noun" and (mention.bare or mention.possessor is not None):
            self.by_noun.setdefault(mention.office, []).append((mention, entity))
        if mention.office and mention.form in ("name", "noun") and mention.office not in entity.offices:
            if not anaphor or entity.being not in PERSONS:
                self.give_office(entity, mention.office)
        self._learn_being(mention, entity)
        if mention.gender is not None and entity.gender is None:
            entity.gender = mention.gender
        if entity.being == "unknown" and self._shows_neuter(mention):
            entity.neuter = all(len(name.keys) == 1 for name in entity.names)
        if mention.word in PLURAL_PRONOUNS and mention.number in self.discourse.speakers and not entity.names:
            if entity.being in ("unknown", "thing"):
                entity.being = "people"
        if entity.plural is None and mention.form != "pronoun":
            entity.plural = mention.plural
        if mention.form == "pronoun" and mention.word in ("who", "whom") and entity.being == "unknown":
            entity.being = "person"

    def _learn_being(self, mention: Mention, entity: Entity) -> None:
        if mention.form != "pronoun":
            age = age_of(mention, self.trees[mention.sentence]) or self._age_after(mention)
            if age is not None:
                entity.ages.add(age)
                if entity.being == "unknown":
                    entity.being = "person"
        if entity.being in ("unknown", "thing") or (entity.being == "place" and mention.form == "name"):
            being = mention.being if entity.names else self._being(mention)
            if being != "unknown" and not (being == "thing" and entity.names):
                entity.being = being

    def give_name(self, entity: Entity, name: Name) -> None:
        """Add a name to the entity and index the entity by it."""
        if any(known.keys == name.keys for known in entity.names):
            return
        entity.names.append(name)
        for word in self.handles(name):
            self.by_word.setdefault(word, {})[entity] = None
        if name.keys:
            self.by_initial.setdefault(name.keys[-1][0], {})[entity] = None
        for office in _offices_in_name(name):
            self._index_office(entity, office)

    def give_office(self, entity: Entity, office: tuple[str, ...]) -> None:
        """Add an office to the entity and index the entity by it."""
        entity.offices.append(office)
        self._index_office(entity, office)

    def _index_office(self, entity: Entity, office: tuple[str, ...]) -> None:
        """Index the entity by the last word of the office; abbreviations also by their first letter."""
        word = office[-1].rstrip(".") if office else ""
        if word:
            self.by_office.setdefault(word[0], {}).setdefault(word, {})[entity] = None

    # --- Look-ups -----------------------------------------------------------------------------------------------------

    def is_placed(self, mention: Mention) -> bool:
        """Whether the mention has an entity already."""
        return mention.number in self.entity_of

    def handles(self, name: Name) -> list[str]:
        """The keys that find a name: its words, its acronym, its outlet."""
        outlet = self.outlet_of(name)
        handles = [*name.keys, name.text.lower().replace(".", ""), name.acronym.lower()]
        handles += [f"outlet {outlet.name}"] if outlet is not None else []
        return [handle for handle in dict.fromkeys(handles) if handle]

    def with_any_of(self, handles: Iterable[str]) -> list[Entity]:
        """The entities found by any of the keys; of those that have one in common, the ``MOST_ALIKE`` found last."""
        found = (islice(reversed(self.by_word.get(handle, {})), MOST_ALIKE) for handle in handles)
        return list(dict.fromkeys(chain.from_iterable(found)))

    def with_initial(self, letter: str) -> list[Entity]:
        """The entities with a name whose last word begins with the letter, the ``MOST_MISSPELT`` found last."""
        return list(islice(reversed(self.by_initial.get(letter, {})), MOST_MISSPELT))

    def outlet_of(self, name: Name) -> Outlet | None:
        """The outlet with that name, with or without its article."""
        return self.lexicon.outlet(name.text) or self.lexicon.outlet("The " + name.text)

    def with_office_like(self, office: tuple[str, ...]) -> list[Entity]:
        """The entities with an office or noun of the same last word, in full or abbreviated; in the order found.

        Of more than ``MOST_ALIKE``, those found last.
        """
        last = office[-1].rstrip(".") if office else ""
        known = self.by_office.get(last[:1], {})
        words = [
            word
            for word in known
            if word == last or (min(len(word), len(last)) <= LONGEST_ABBREVIATION and same_title(last, word))
        ]
        alike = {entity for word in words for entity in islice(reversed(known[word]), MOST_ALIKE)}
        return sorted(alike, key=lambda entity: entity.number)[-MOST_ALIKE:]

    def offices_in_names(self, entity: Entity) -> list[tuple[str, ...]]:
        """Index a body by the noun in its name: the *Institute for Fiscal Balance* is an institute."""
        if entity.being not in ("organisation", "outlet", "document"):
            return []
        return [office for name in entity.names for office in _offices_in_name(name)]

    def before(self, mention: Mention) -> list[Entity]:
        """The entities mentioned before the mention, in order of their first mention."""
        return [entity for entity in self.entities if entity.start < mention.span.start]

    def in_view(self, mention: Mention, window: int = WINDOW) -> list[Entity]:
        """The entities mentioned before the mention within the window, in the order they were found."""
        near: dict[Entity, None] = {}
        for sentence in self.discourse.back_from(mention.sentence, window):
            near.update(self.in_sentence.get(sentence, {}))
        return sorted(
            (entity for entity in near if entity.start < mention.span.start), key=lambda entity: entity.number
        )

    # --- What a mention shows -----------------------------------------------------------------------------------------

    def _shows_neuter(self, mention: Mention) -> bool:
        """Whether a name of one word owns something that only countries have, and so is not a person's."""
        if mention.form != "name" or mention.relation != "nmod:poss" or mention.name is None:
            return False
        if len(mention.name.keys) > 1:
            return False
        tree = self.trees[mention.sentence]
        return tree.lemmas[tree.tokens[mention.head].head] in self.lexicon.words_for("state-noun")

    def _being(self, mention: Mention) -> Being:
        """What the mention refers to; things that speak are people or a body."""
        if mention.being == "thing" and mention.form == "noun" and mention.number in self.discourse.speakers:
            counted = bool(mention.office) and mention.office[-1] in self.lexicon.words_for("quantity")
            return "people" if mention.plural or counted else "organisation"
        return mention.being

    def _age_after(self, mention: Mention) -> int | None:
        """The age between commas after a name (*Denise Marwick, 52,*)."""
        if mention.form != "name":
            return None
        tokens = self.trees[mention.sentence].tokens
        after = tokens[mention.tokens[-1] + 1 : mention.tokens[-1] + 3]
        if len(after) == 2 and after[0].text == "," and len(after[1].text) <= 3:
            return whole_number(after[1].text)
        return None


def go_together(first: Being, second: Being) -> bool:
    """Whether two mentions of these beings may corefer; an unknown being goes with anything but a place."""
    if first == second:
        return True
    if "unknown" in (first, second):
        return "place" not in (first, second)
    if first in PLACES and second in PLACES:
        return True
    return any(first in beings and second in beings for beings in (BODIES, PERSONS))


def are_namesakes(first: Name, second: Name) -> bool:
    """Whether two names share a surname and differ in the first name (*Tom* and *Betsy Ebeling*)."""
    if not first.given or not second.given or first.surname != second.surname:
        return False
    return not same_given(first.given[0], second.given[0])


def _offices_in_name(name: Name) -> list[tuple[str, ...]]:
    """The nouns that a body's name may give for it: its words, and those before *of* and the like."""
    keys = name.keys
    before = [keys[: keys.index(word)] for word in ("of", "for", "on") if word in keys[1:]]
    return [office for office in (*before, keys) if office]
