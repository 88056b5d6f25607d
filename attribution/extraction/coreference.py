"""Which mentions of an article stand for the same person, body or thing.

Passes of falling precision, as in the multi-pass sieve of Raghunathan et al. (2010): names and their variants,
apposition and relative pronouns, offices (*the minister*), then pronouns. Pronouns go to the most salient antecedent
that agrees (Lappin and Leass 1994, with the syntactic constraints of Hobbs 1978); when two are nearly as salient, the
pronoun stays unresolved and the reason is kept: a wrong name is worse than none.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from attribution.extraction.mentions import (
    CARDINALS,
    DEMONSTRATIVES,
    FIRST_PERSON,
    INDEFINITE_PRONOUNS,
    NEUTER_PRONOUNS,
    PLURAL_PRONOUNS,
    QUANTITIES,
    REFLEXIVES,
    RELATIVES,
    THIRD_PERSON,
    Being,
    Gender,
    Mention,
    age_of,
    find_mentions,
)
from attribution.extraction.names import (
    BODY_WORDS,
    Name,
    is_given_name_of,
    same_body,
    same_given,
    same_office,
    same_person,
    same_title,
)
from attribution.extraction.span_index import SpanIndex
from attribution.lexicon import Lexicon, Outlet
from attribution.parsing import Doc, Tree
from attribution.records import Attribution, Manner, Quotation, Span

ROLE_SALIENCE = {
    "nsubj": 100.0,
    "csubj": 100.0,
    "root": 90.0,
    "obj": 60.0,
    "iobj": 60.0,
    "obl": 50.0,
    "nmod": 30.0,
    "appos": 30.0,
}
"""How prominent a mention is by its grammatical role (after Lappin and Leass 1994, table 1)."""

AGENT_SALIENCE = 70.0
EMBEDDED_SUBJECT_SALIENCE = 75.0
POSSESSOR_SALIENCE = 45.0
OTHER_SALIENCE = 30.0
DECAY = 0.5
"""What remains of a mention's salience with each sentence that follows."""

WINDOW = 5
"""How many sentences back a pronoun's antecedent may stand."""

REPEATED_SHARE = 0.3
"""What the mentions beside the most prominent one add."""

SPEAKER_SALIENCE = 60.0
"""What having spoken last adds, for a pronoun that speaks itself (*… she said. "…," she added*)."""

CLAUSE_SALIENCE = 40.0
"""What being the subject of the clause around the pronoun's adds (*Salo left after **he** …*)."""

COMPLEMENT_SALIENCE = 80.0
"""The same where that clause says, thinks or asks the pronoun's (*Salo said **he** …*), or *own* goes with it."""

QUOTED_SHARE = 0.4
"""What a mention inside a quotation counts for a pronoun outside it."""

INDEFINITE = INDEFINITE_PRONOUNS | CARDINALS - {"nobody", "none", "no-one", "nothing", "something", "everything"}

LEAST_LEAD = 1.25
"""How many times as salient as the second the best antecedent must be."""

LEAST_LEAD_UNSURE = 1.6
"""The same where *she* or *he* would be somebody whose gender nothing tells."""

LEAST_LEAD_UNNAMED = 2.0
"""The same where that somebody has no name either."""

LEAST_SALIENCE = 3.0

LONGEST_ABBREVIATION = 4
"""Letters of the longest title that is looked at as an abbreviation."""

UNSURE_GENDER_SHARE = (0.7, 0.9)
"""What an antecedent counts for *she* or *he* when only the pronoun itself tells the gender: to win, to rival."""

UNSURE_PERSON_SHARE = (0.4, 0.6)
"""What a name of one word counts for *she* or *he* when nothing shows that it is a person's: to win, to rival."""

THING_SHARE = (0.5, 0.5)
"""What things count for *they* beside people and bodies."""

OWNERS = frozenset({"his", "her", "its"})
"""Possessives that, in a phrase before the subject, most often are the subject's (*In its report the firm …*)."""

PERSONAL_ADJECTIVES = frozenset(
    {"able", "unable", "ready", "willing", "unwilling", "due", "set", "keen", "eager", "reluctant", "free", "bound"}
    | {"prepared", "aware", "confident", "happy", "sorry", "pleased", "determined", "committed", "likely", "unlikely"}
)
"""Adjectives with an infinitive whose subject *it* stands for something (Quirk et al. 1985, 16.76-82)."""

STATE_NOUNS = frozenset({"minister", "ministry", "parliament", "president", "premier", "embassy"})
"""What a country has and hardly a person (*Tolmar's parliament*)."""

INVERSE_RELATIONS = {
    "client": {"lawyer", "barrister", "attorney", "solicitor", "advocate", "counsel", "agent"},
    "wife": {"husband"},
    "husband": {"wife"},
    "mother": {"son", "daughter", "child"},
    "father": {"son", "daughter", "child"},
    "son": {"mother", "father", "parent"},
    "daughter": {"mother", "father", "parent"},
    "brother": {"brother", "sister", "sibling", "twin"},
    "sister": {"brother", "sister", "sibling", "twin"},
    "manager": {"captain", "player", "goalkeeper", "striker", "defender", "midfielder"},
    "coach": {"captain", "player", "goalkeeper", "striker", "defender", "midfielder"},
    "boss": {"spokesman", "spokeswoman", "spokesperson", "aide", "assistant", "secretary", "deputy"},
}
"""Who is whose: the client of somebody is the one whose lawyer they are."""

FIRMS = frozenset({"company", "firm", "business", "corporation", "operator", "maker", "owner"})
GENERIC_BODIES = FIRMS | {"group", "organisation", "organization", "nonprofit", "charity", "body", "institution"}
"""Nouns by which almost any body may be meant."""

INVOLVED = frozenset({"witness", "victim", "survivor", "suspect", "defendant", "winner", "loser"})
"""Nouns for somebody by what befell them, who may have a name all the same."""

CLUBS = frozenset({"club", "team", "side"})
"""Nouns by which teams are called whose names do not say so."""

PAPERS = frozenset({"paper", "newspaper", "daily", "weekly", "broadcaster", "magazine", "channel", "website", "site"})
"""Nouns by which an outlet is called."""

BODY_ROLES = frozenset(
    {"owner", "operator", "maker", "developer", "parent", "publisher", "contractor", "broker", "investor", "sponsor"}
    | {"backer", "shareholder", "landlord", "trader", "insurer", "lender", "rival", "bidder", "buyer", "partner"}
)
"""Nouns of persons that firms are called by as well."""

SPEAKING = frozenset({"person", "organisation", "outlet", "document", "people", "unknown"})
"""Beings that can be the source of something."""


@dataclass(eq=False)
class Entity:
    """Everything the article says under different words about one somebody or something."""

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
        """The fullest name found; of several full names of a person the one used most, then the earliest."""
        if self.being in ("person", "unknown"):
            counts = Counter(mention.name.keys for mention in self.mentions if mention.name is not None)
            ranks = {name: (len(name.keys) > 1, counts[name.keys], len(name.keys)) for name in self.names}
            return max(self.names, key=lambda name: ranks[name], default=None)
        return max(self.names, key=lambda name: len(name.keys), default=None)


class Coreference:
    """The entities of one article. ``entity_of`` and ``reason_of`` are looked up by a mention's number."""

    def __init__(
        self,
        doc: Doc,
        quotations: Sequence[Quotation],
        attributions: Sequence[Attribution],
        lexicon: Lexicon,
    ) -> None:
        """Find the mentions and resolve them; the attributions tell who speaks in which quotation."""
        self.draft = doc.draft
        self.sentences = doc.sentences
        self.lexicon = lexicon
        self.trees = doc.trees
        self._position = doc.positions
        self._source_position = {one.id: self._position_of_source(one) for one in attributions}
        self._tops = {one.id: self._tops_of(one) for one in attributions}
        given: dict[tuple[int, int], list[int]] = {}
        for attribution in attributions:
            for top, tokens in self._tops[attribution.id][:1]:
                given.setdefault((self._source_position[attribution.id], top), tokens)
        self.mentions = find_mentions(doc, quotations, lexicon, given)
        self.entities: list[Entity] = []
        self.entity_of: dict[int, Entity] = {}
        self.reason_of: dict[int, str] = {}
        self._by_head = {(one.sentence, one.head): one for one in self.mentions if one.form != "group"}
        self._groups = {(one.sentence, one.head): one for one in self.mentions if one.form == "group"}
        self._mentions_in: dict[int, list[Mention]] = {}
        for one in self.mentions:
            self._mentions_in.setdefault(one.sentence, []).append(one)
        self._names_by_first: dict[str, set[tuple[str, ...]]] = {}
        self._names_by_last: dict[str, set[tuple[str, ...]]] = {}
        for one in self.mentions:
            if one.name is not None and one.name.keys:
                self._names_by_first.setdefault(one.name.keys[0], set()).add(one.name.keys)
                if not one.heading:
                    self._names_by_last.setdefault(one.name.keys[-1], set()).add(one.name.keys)
        self._sources = {
            attribution.id: self.source_mentions(attribution)
            for attribution in attributions
            if attribution.source.spans
        }
        self._speakers = {part.number for parts in self._sources.values() for part in parts}
        self._index_speech(quotations, attributions)
        self._speakers |= {one.number for one in self.mentions if self._is_part_of_speaker(one)}
        self._in_sentence: dict[int, dict[Entity, None]] = {}
        self._by_word: dict[str, dict[Entity, None]] = {}
        self._by_office: dict[str, dict[str, dict[Entity, None]]] = {}
        self._by_noun: dict[tuple[str, ...], list[tuple[Mention, Entity]]] = {}
        self._copular = {
            (number, token.head)
            for number, tree in enumerate(self.trees)
            for token in tree.tokens
            if token.relation[:3] == "cop"
        }
        self._speaker_cache: dict[int, Attribution | None] = {}
        self._prominence_cache: dict[int, float] = {}
        self._weighing = (-1, 0)
        self._weighed: dict[Entity, float] = {}
        self._around: tuple[Entity | None, float] = (None, 0.0)
        self._resolve()

    def _index_speech(self, quotations: Sequence[Quotation], attributions: Sequence[Attribution]) -> None:
        """Make who speaks, and what, quick to find by place."""
        self._quoted = SpanIndex((part, part) for quotation in quotations for part in quotation.parts)
        contents = SpanIndex((span, span) for one in attributions for span in one.content.spans)
        outer = [
            part
            for parts in self._sources.values()
            for part in parts
            if not any(span.covers(part.span) for span in contents.overlapping(part.span))
        ]
        first_at = {part.span.start: part for part in reversed(outer)}
        self._outer_speakers = [first_at[start] for start in sorted(first_at)]
        self._outer_starts = [part.span.start for part in self._outer_speakers]
        self._spoken = SpanIndex(
            (span, (number, one))
            for number, one in enumerate(attributions)
            if one.manner is not Manner.INDIRECT
            for span in one.content.spans
        )
        self._direct_words: dict[int, list[Span]] = {}
        for one in attributions:
            if one.manner is Manner.DIRECT:
                for part in self._sources.get(one.id, ()):
                    self._direct_words.setdefault(part.number, []).extend(one.content.spans)

    # ------------------------------------------------------------------------------------------------------ look-ups

    def mention_at(self, sentence: int, token: int) -> Mention | None:
        """The mention headed by the token, else the shortest one whose core holds it."""
        headed = self._by_head.get((sentence, token))
        if headed is not None:
            return headed
        holding = [one for one in self._mentions_in.get(sentence, ()) if token in one.tokens and one.form != "group"]
        return min(holding, key=lambda one: len(one.tokens), default=None)

    def source_mentions(self, attribution: Attribution) -> tuple[Mention, ...]:
        """The mentions that make an attribution's source: one, or the parts of a coordination."""
        sentence = self._source_position[attribution.id]
        for top, tokens in self._tops[attribution.id]:
            inside = set(tokens)
            mention = self.mention_at(sentence, top)
            if mention is None or mention.head not in inside:
                continue
            group = self._groups.get((sentence, mention.head))
            if group is not None and set(group.parts) <= inside:
                parts = [self._by_head[(sentence, part)] for part in group.parts]
                return tuple(parts)
            return (mention,)
        return ()

    def _position_of_source(self, attribution: Attribution) -> int:
        """The sentence in which the source is named: mostly the cue's, but for who answers in an interview."""
        here = self._position[attribution.sentence]
        if not attribution.source.spans or self.sentences[here].span.overlaps(attribution.source.spans[0]):
            return here
        place = bisect_right(self.sentences, attribution.source.spans[0].start, key=lambda one: one.start) - 1
        return max(place, 0)

    def _tops_of(self, attribution: Attribution) -> list[tuple[int, list[int]]]:
        """The tokens that may head the source, the likeliest first, each with all tokens of the source."""
        tree = self.trees[self._source_position[attribution.id]]
        inside = list(dict.fromkeys(index for span in attribution.source.spans for index in _tokens_in(span, tree)))
        tops = [
            index
            for index in inside
            if tree.tokens[index].upos not in ("PUNCT", "ADP", "CCONJ", "PART", "SCONJ", "ADV")
            and tree.tokens[index].head not in inside
        ]
        nominal = ("NOUN", "PROPN", "PRON")
        tops.sort(key=lambda index: (not tree.matches(index, "nsubj"), tree.tokens[index].upos not in nominal))
        with_words = [index for index in tops if tree.tokens[index].upos != "DET"] or tops
        return [(top, inside) for top in with_words]

    def _is_part_of_speaker(self, mention: Mention) -> bool:
        """*One of **them** said*: what the speaker is one of speaks, too."""
        if mention.relation.split(":")[0] != "nmod":
            return False
        whole = self._by_head.get((mention.sentence, self.trees[mention.sentence].tokens[mention.head].head))
        return whole is not None and whole.number in self._speakers and whole.form == "pronoun"

    def group_of(self, mention: Mention) -> Mention | None:
        """The coordination that the mention is the first part of."""
        return self._groups.get((mention.sentence, mention.head))

    # ------------------------------------------------------------------------------------------------------- passes

    def _resolve(self) -> None:
        self._clusters = self._appositions()
        for mention in sorted(self.mentions, key=lambda one: one.heading):
            members = self._clusters.get(mention.number, [mention])
            named = [one for one in members if one.form == "name"]
            if named and mention.number not in self.entity_of:
                entity = self._entity_of_name(named[0])
                for one in sorted(members, key=lambda one: (one.form != "name", one.number)):
                    self._join(one, entity)
        self._offices_from_copulas()
        relatives = self._relative_pronouns()
        for mention in self.mentions:
            if mention.form == "pronoun" and mention.quotation is not None:
                speaker = self._speaker_of(mention)
                for part in () if speaker is None else self._sources.get(speaker.id, ()):
                    if part.form == "noun":
                        self._place_noun(part)
            if mention.number in self.entity_of:
                continue
            if mention.form == "noun":
                if not self._is_predicate(mention):
                    self._place_noun(mention)
            elif mention.form == "group":
                self._join(mention, self._new())
            elif mention.number in relatives:
                antecedent = self.entity_of.get(relatives[mention.number].number)
                if antecedent is not None:
                    self._join(mention, antecedent)
            elif mention.word in THIRD_PERSON:
                self._place_pronoun(mention)
            elif mention.number in self._speakers and mention.word in INDEFINITE:
                self._join(mention, self._someone(mention))
        for mention in self.mentions:
            if mention.word in FIRST_PERSON and mention.form == "pronoun" and mention.number not in self.entity_of:
                self._place_first_person(mention)

    def _place_noun(self, mention: Mention) -> None:
        """Resolve a noun phrase, with what stands in apposition to it."""
        if mention.number in self.entity_of:
            return
        entity = self._entity_of_noun(mention)
        anaphor = bool(entity.mentions)
        for one in self._clusters.get(mention.number, [mention]):
            if one.number not in self.entity_of:
                self._join(one, entity, anaphor=anaphor)

    def _is_predicate(self, mention: Mention) -> bool:
        """Whether the phrase says what somebody is (*being elected president*) and so stands for nobody."""
        if mention.number in self._speakers:
            return False
        return self._is_copular(mention)

    def _is_copular(self, mention: Mention) -> bool:
        """Whether the phrase has a copula (*is the minister*)."""
        return (mention.sentence, mention.head) in self._copular

    def _someone(self, mention: Mention) -> Entity:
        """Who speaks as *one*, *two of them*, *others*: nobody mentioned before, but *they* may refer to them after."""
        entity = self._new()
        entity.plural = mention.word not in ("one", "another", "someone", "somebody", "anyone", "anybody", "each")
        entity.being = "people" if entity.plural else "person"
        return entity

    def _new(self) -> Entity:
        entity = Entity(len(self.entities))
        self.entities.append(entity)
        return entity

    def _join(self, mention: Mention, entity: Entity, *, anaphor: bool = False) -> None:
        """Make the mention one of the entity's, and learn from it; of an ``anaphor`` no office, it may be anyone's."""
        self.entity_of[mention.number] = entity
        entity.mentions.append(mention)
        entity.by_sentence.setdefault(mention.sentence, []).append(mention)
        entity.start = min(entity.start, mention.span.start)
        self._in_sentence.setdefault(mention.sentence, {})[entity] = None
        if mention.name is not None:
            self._give_name(entity, mention.name, mention)
        if mention.form == "noun" and (mention.bare or mention.possessor is not None):
            self._by_noun.setdefault(mention.office, []).append((mention, entity))
        if mention.office and mention.form in ("name", "noun") and mention.office not in entity.offices:
            if not anaphor or entity.being not in _PERSONS:
                self._give_office(entity, mention.office)
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
        if mention.gender is not None and entity.gender is None:
            entity.gender = mention.gender
        if entity.being == "unknown" and self._shows_neuter(mention):
            entity.neuter = all(len(name.keys) == 1 for name in entity.names)
        if mention.word in PLURAL_PRONOUNS and mention.number in self._speakers and not entity.names:
            if entity.being in ("unknown", "thing"):
                entity.being = "people"
        if entity.plural is None and mention.form != "pronoun":
            entity.plural = mention.plural
        if mention.form == "pronoun" and mention.word in ("who", "whom") and entity.being == "unknown":
            entity.being = "person"

    def _shows_neuter(self, mention: Mention) -> bool:
        """Whether a name of one word has what countries have after it, and so is no person's."""
        if mention.form != "name" or mention.relation != "nmod:poss" or mention.name is None:
            return False
        if len(mention.name.keys) > 1:
            return False
        tokens = self.trees[mention.sentence].tokens
        return tokens[tokens[mention.head].head].lemma.lower() in STATE_NOUNS

    def _give_name(self, entity: Entity, name: Name, mention: Mention) -> None:
        """Make the name one of the entity's.

        Where a name ends is uncertain in a heading: it may be found by other names, but finds none itself.
        """
        if (mention.heading and entity.names) or any(known.keys == name.keys for known in entity.names):
            return
        entity.names.append(name)
        for word in self._handles(name):
            self._by_word.setdefault(word, {})[entity] = None
        for office in _offices_in_name(name):
            self._index_office(entity, office)

    def _give_office(self, entity: Entity, office: tuple[str, ...]) -> None:
        entity.offices.append(office)
        self._index_office(entity, office)

    def _index_office(self, entity: Entity, office: tuple[str, ...]) -> None:
        """Make the entity one that the office's last word finds; abbreviations have their word's first letter."""
        word = office[-1].rstrip(".") if office else ""
        if word:
            self._by_office.setdefault(word[0], {}).setdefault(word, {})[entity] = None

    def _being(self, mention: Mention) -> Being:
        """What the mention is; things that speak are people or a body."""
        if mention.being == "thing" and mention.form == "noun" and mention.number in self._speakers:
            crowd = mention.plural or (mention.office and mention.office[-1] in QUANTITIES)
            return "people" if crowd else "organisation"
        return mention.being

    def _age_after(self, mention: Mention) -> int | None:
        """The age between commas after a name (*Denise Marwick, 52,*)."""
        if mention.form != "name":
            return None
        tokens = self.trees[mention.sentence].tokens
        after = tokens[mention.tokens[-1] + 1 : mention.tokens[-1] + 3]
        if len(after) == 2 and after[0].text == "," and after[1].text.isdigit() and 1 <= len(after[1].text) <= 3:
            return int(after[1].text)
        return None

    # -------------------------------------------------------------------------------------------- within a sentence

    def _appositions(self) -> dict[int, list[Mention]]:
        """Mentions that apposition makes one, by the number of each of them."""
        clusters: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            if mention.form == "group" or mention.relation.split(":")[0] != "appos":
                continue
            first = self._apposed_to(mention)
            if first is None:
                continue
            cluster = clusters.setdefault(first.number, [first])
            if mention not in cluster:
                cluster.append(mention)
            clusters[mention.number] = cluster
        return clusters

    def _apposed_to(self, mention: Mention) -> Mention | None:
        """What an apposition belongs to: the name just before the comma if it can be, else what the parser says."""
        tree = self.trees[mention.sentence]
        nearest = next(
            (
                one
                for one in self._mentions_in[mention.sentence]
                if one.form == "name"
                and one.tokens[-1] == mention.tokens[0] - 2
                and tree.tokens[one.tokens[-1] + 1].text == ","
            ),
            None,
        )
        parsed = self.mention_at(mention.sentence, tree.tokens[mention.head].head)
        for first in (nearest, parsed):
            if first is not None and first is not mention and self._may_be_apposed(first, mention):
                return first
        return None

    def _may_be_apposed(self, first: Mention, second: Mention) -> bool:
        """Whether the two parts of a parsed apposition can be one: same number, beings that go together, no dash."""
        if "pronoun" in (first.form, second.form):
            return False
        if first.plural is not None and second.plural is not None and first.plural != second.plural:
            return False
        between = self.draft.text[first.span.end : second.span.start]
        if any(dash in between for dash in ("—", "–", "--", " - ")):
            return False
        if first.form == "name" and second.form == "name":
            assert first.name is not None
            assert second.name is not None
            return "(" in between and same_body(first.name, second.name)
        if first.word in BODY_ROLES and second.form == "name" and second.being in _BODIES:
            return True
        return _go_together(first.being, second.being)

    def _offices_from_copulas(self) -> None:
        """*X is the minister*: an office of X, though no mention of its own."""
        for mention in self.mentions:
            if mention.form != "noun" or mention.number in self.entity_of:
                continue
            if not self._is_copular(mention):
                continue
            tree = self.trees[mention.sentence]
            subject = tree.child(mention.head, "nsubj")
            if subject is None:
                continue
            if any(tree.tokens[child].lemma == "not" for child in tree.children(mention.head, "advmod")):
                continue
            holder = self.mention_at(mention.sentence, subject)
            entity = None if holder is None else self.entity_of.get(holder.number)
            if entity is not None and _go_together(entity.being, mention.being) and not mention.plural:
                self._give_office(entity, mention.office)

    def _relative_pronouns(self) -> dict[int, Mention]:
        """Each relative pronoun's antecedent: what its clause modifies."""
        found: dict[int, Mention] = {}
        for mention in self.mentions:
            if mention.form != "pronoun" or mention.word not in RELATIVES:
                continue
            tree = self.trees[mention.sentence]
            clause = next(
                (index for index in [mention.head, *tree.ancestors(mention.head)] if tree.matches(index, "acl:relcl")),
                None,
            )
            if clause is None or clause < mention.head - 1:
                antecedent = self._just_before(mention) if mention.number in self._speakers else None
            else:
                antecedent = self.mention_at(mention.sentence, tree.tokens[clause].head)
            if antecedent is None or antecedent.span.start >= mention.span.start:
                continue
            if mention.number in self._speakers and antecedent.being not in SPEAKING:
                antecedent = self._speaking_before(antecedent) or antecedent
            found[mention.number] = antecedent
        return found

    def _just_before(self, mention: Mention) -> Mention | None:
        """The noun phrase that ends right before a relative pronoun, but for a comma."""
        tokens = self.trees[mention.sentence].tokens
        last = mention.head - 1
        if last > 0 and tokens[last].text == ",":
            last -= 1
        return next(
            (
                one
                for one in self._mentions_in[mention.sentence]
                if one.tokens[-1] == last and one.form in ("name", "noun")
            ),
            None,
        )

    def _speaking_before(self, mention: Mention) -> Mention | None:
        """A mention above the given one in the tree, or beside what is above it, that can be a source.

        *Footage circulating on social media which shows*: the parser gives the clause to the nearest noun.
        """
        tree = self.trees[mention.sentence]
        for index in tree.ancestors(mention.head):
            for near in (index, *reversed(tree.children(index))):
                above = self._by_head.get((mention.sentence, near))
                if above is not None and above.being in SPEAKING and above.span.end <= mention.span.start:
                    return above
        return None

    # --------------------------------------------------------------------------------------------------------- names

    def _entity_of_name(self, mention: Mention) -> Entity:
        """The entity with the best fitting name, if one fits best; else a new one."""
        assert mention.name is not None
        alike = {entity: None for word in self._handles(mention.name) for entity in self._by_word.get(word, ())}
        fits = [(fit, entity) for entity in alike if (fit := self._name_fit(mention, entity)) > 0]
        if not fits:
            return self._new()
        best = max(fit for fit, _ in fits)
        candidates = [entity for fit, entity in fits if fit == best]
        if len(candidates) == 1:
            return candidates[0]
        candidates.sort(key=lambda entity: -entity.mentions[-1].sentence)
        near, far = candidates[:2]
        if mention.sentence - near.mentions[-1].sentence + WINDOW < mention.sentence - far.mentions[-1].sentence:
            return near
        known = [one for one in candidates if mention.gender is not None and one.gender is mention.gender]
        return known[0] if len(known) == 1 else self._new()

    def _handles(self, name: Name) -> list[str]:
        """What a name can be found by: its words, itself or its initials as an acronym, its outlet."""
        outlet = self._outlet_of(name)
        handles = [*name.keys, name.text.lower().replace(".", ""), name.acronym.lower()]
        handles += [f"outlet {outlet.name}"] if outlet is not None else []
        return [handle for handle in dict.fromkeys(handles) if handle]

    def _outlet_of(self, name: Name) -> Outlet | None:
        return self.lexicon.outlet(name.text) or self.lexicon.outlet("The " + name.text)

    def _name_fit(self, mention: Mention, entity: Entity) -> int:
        """How well a name fits an entity's names: 3 equal, 2 a surname or an acronym, 1 a first name; 0 not."""
        name = mention.name
        assert name is not None
        if mention.gender is not None and entity.gender is not None and mention.gender is not entity.gender:
            return 0
        if any(_are_namesakes(name, other) for other in entity.names):
            return 0
        persons = "person" in (mention.being, entity.being)
        bodies = {"organisation", "outlet", "document", "platform"}
        best = 0
        if mention.being == entity.being == "outlet" and (outlet := self._outlet_of(name)) is not None:
            if outlet in [self._outlet_of(other) for other in entity.names]:
                return 3
        for other in entity.names:
            if name.keys == other.keys:
                if not persons or {mention.being, entity.being}.isdisjoint({"place", *bodies}):
                    best = max(best, 3)
            elif persons or not bodies.intersection((mention.being, entity.being)):
                if bodies.intersection((mention.being, entity.being)) and min(len(name.keys), len(other.keys)) < 2:
                    continue
                if "place" in (mention.being, entity.being) or "people" in (mention.being, entity.being):
                    continue
                if same_person(name, other):
                    best = max(best, 2)
                elif entity.being in ("person", "unknown") and self._is_first_name(name, other):
                    best = max(best, 1)
            if bodies.intersection((mention.being, entity.being)) and not persons:
                if "place" not in (mention.being, entity.being) and self._may_be_same_body(name, other):
                    best = max(best, 2)
                elif len(name.keys) == 1 and name.keys[-1] == other.keys[-1]:
                    if not self._is_fixed(other) and (mention.determiner == "the" or self._is_only_end(name)):
                        best = max(best, 1)
        return best

    def _is_only_end(self, name: Name) -> bool:
        """Whether just one name of several words ends in that of one word (*Rovers*)."""
        return sum(len(keys) > 1 for keys in self._names_by_last.get(name.keys[-1], ())) == 1

    def _is_fixed(self, name: Name) -> bool:
        """Whether the lexicon holds the whole name, whose last word alone then is none (*White House*, *the House*)."""
        whole = " ".join(name.keys)
        return any(noun.words == whole for noun in self.lexicon.source_nouns_of(name.keys[-1]) if " " in whole)

    def _is_first_name(self, short: Name, full: Name) -> bool:
        """Whether the one is the other's first name (*Hillary*), and that of nobody else with a full name."""
        return is_given_name_of(short, full) and not any(
            len(name) > 1 and name[-1] != full.keys[-1] for name in self._names_by_first.get(short.keys[0], ())
        )

    def _may_be_same_body(self, one: Name, other: Name) -> bool:
        """Equal, acronym, or first words, unless other names begin with the same word (*Tolva Gazette*, *Tolva TV*)."""
        if not same_body(one, other):
            return False
        short, long = sorted((one, other), key=lambda name: len(name.keys))
        if long.keys[: len(short.keys)] != short.keys or len(short.keys) > 1 or one.keys == other.keys:
            return True
        if short is other:
            return False  # China was there before the China Daily
        beginning = (name for name in self._names_by_first.get(short.keys[0], ()) if len(name) > 1)
        return all(name == long.keys or set(name) <= set(long.keys) for name in beginning)

    # --------------------------------------------------------------------------------------------------------- nouns

    def _entity_of_noun(self, mention: Mention) -> Entity:
        """The entity that a noun phrase stands for: a known office, a repeated phrase; else a new one."""
        if not mention.definite:
            return self._same_bare_noun(mention) or self._new()
        rules = (
            self._same_possessed_noun,
            self._inverse_relation,
            self._same_age,
            self._office_of_a_name,
            self._known_office,
            self._only_body,
            self._topic_body,
            self._only_outlet,
            self._only_person,
        )
        for rule in rules:
            entity = rule(mention)
            if entity is not None:
                return entity
        return self._new()

    def _same_bare_noun(self, mention: Mention) -> Entity | None:
        """*Police … police*: the same words without a determiner are the same crowd or institution."""
        if not mention.bare or mention.being not in ("organisation", "people"):
            return None
        known = self._by_noun.get(mention.office, ())
        return self._first_before(mention, (own for one, own in known if one.bare and one.plural == mention.plural))

    def _first_before(self, mention: Mention, entities: Iterable[Entity]) -> Entity | None:
        """Of some entities the one found first, of those mentioned before the mention."""
        before = (entity for entity in entities if entity.start < mention.span.start)
        return min(before, key=lambda entity: entity.number, default=None)

    def _same_possessed_noun(self, mention: Mention) -> Entity | None:
        """*The country's ministry … the country's ministry*: the same noun of the same possessor."""
        owner = self._possessor(mention)
        if owner is None:
            return None
        known = {own: None for one, own in self._by_noun.get(mention.office, ()) if self._possessor(one) is owner}
        first = self._first_before(mention, known)
        if first is None and not mention.plural:
            named = [own for own in known if own.names]
            return named[0] if len(named) == 1 else None  # their manager … Salo's manager, Isla Drummond
        return first

    def _inverse_relation(self, mention: Mention) -> Entity | None:
        """*His client* of somebody who was introduced as *Adeyra's agent*: Adeyra."""
        owner = self._possessor(mention)
        inverse = INVERSE_RELATIONS.get(mention.word)
        if owner is None or inverse is None or mention.plural:
            return None
        related = {
            other: None
            for one in owner.mentions
            if one.office and one.office[-1] in inverse and (other := self._possessor(one)) is not None
        }
        fitting = [one for one in related if None in (one.gender, mention.gender) or one.gender is mention.gender]
        return fitting[0] if len(fitting) == 1 and fitting[0] is not owner else None

    def _possessor(self, mention: Mention) -> Entity | None:
        if mention.possessor is None:
            return None
        owner = self.mention_at(mention.sentence, mention.possessor)
        if owner is None:
            return None
        if owner.word in FIRST_PERSON and owner.form == "pronoun":
            speaker = self._speaker_of(owner)
            owner = next(iter(() if speaker is None else self._sources.get(speaker.id, ())), owner)
        return self.entity_of.get(owner.number)

    def _same_age(self, mention: Mention) -> Entity | None:
        """*The 60-year-old*: who was said to be of that age, else the one person in view."""
        age = age_of(mention, self.trees[mention.sentence])
        if age is None or not mention.definite:
            return None
        persons = [
            entity
            for entity in self._before(mention)
            if entity.being in ("person", "unknown") and entity.plural is not True and entity.names
        ]
        aged = [entity for entity in persons if age in entity.ages]
        if aged:
            return aged[0] if len(aged) == 1 else None
        return self._most_salient(mention, [entity for entity in persons if not entity.ages])

    def _office_of_a_name(self, mention: Mention) -> Entity | None:
        """*The first minister*: whoever the article, before or after, gives that very office of several words."""
        if mention.determiner != "the" or len(mention.office) < 2 or mention.plural:
            return None
        holders = [
            entity
            for entity in self._with_office_like(mention.office)
            if entity.names
            and _go_together(entity.being, mention.being)
            and any(
                len(office) == len(mention.office) and same_office(mention.office, office) for office in entity.offices
            )
        ]
        return holders[0] if len(holders) == 1 else None

    def _known_office(self, mention: Mention) -> Entity | None:
        """*The minister*, *the agency*: the entity with that office or noun, the most salient of several."""
        if mention.determiner != "the" and mention.determiner not in DEMONSTRATIVES:
            return None
        exact: list[Entity] = []
        partial: list[Entity] = []
        for entity in self._with_office_like(mention.office):
            if entity.start >= mention.span.start:
                continue
            if mention.plural is not None and entity.plural is not None and mention.plural != entity.plural:
                continue
            if mention.plural and not entity.plural:
                continue
            if not _go_together(entity.being, mention.being):
                continue
            told = [*entity.offices, *self._offices_in_names(entity)]
            if any(same_office(mention.office, office) and len(office) == len(mention.office) for office in told):
                exact.append(entity)
            elif any(same_office(mention.office, office) and len(office) > len(mention.office) for office in told):
                partial.append(entity)
        best = None
        for candidates in (exact + partial,) if len(mention.office) == 1 else (exact, partial):
            if len(candidates) == 1:
                best = candidates[0]
            elif candidates:
                best = self._most_salient(mention, candidates)
            if best is not None:
                break
        if best is not None and not best.names and mention.word in GENERIC_BODIES:
            return None if self._another_body_in_view(mention, best) else best
        return best

    def _another_body_in_view(self, mention: Mention, entity: Entity) -> bool:
        """Whether a named body was spoken of since the entity, which *the company* may as well stand for."""
        last = _last_before(entity, mention)
        return mention.sentence - last.sentence > 1 and any(
            other is not entity
            and other.being in ("organisation", "unknown")
            and other.gender is None
            and (other.being == "organisation" or (other.name is not None and len(other.name.keys) == 1))
            and any(
                last.span.start < one.span.start < mention.span.start and one.form == "name"
                for one in other.by_sentence[sentence]
            )
            for sentence in range(last.sentence, mention.sentence + 1)
            for other in self._in_sentence.get(sentence, ())
        )

    def _with_office_like(self, office: tuple[str, ...]) -> list[Entity]:
        """The entities with an office or noun of the same last word, in full or abbreviated; in the order found."""
        last = office[-1].rstrip(".") if office else ""
        known = self._by_office.get(last[:1], {})
        alike = dict(known.get(last, {}))
        for word, entities in known.items():
            if min(len(word), len(last)) <= LONGEST_ABBREVIATION and word != last and same_title(last, word):
                alike |= entities
        return sorted(alike, key=lambda one: one.number)

    def _offices_in_names(self, entity: Entity) -> list[tuple[str, ...]]:
        """A body's name tells what it is: *Institute for Fiscal Balance* is an institute."""
        if entity.being not in ("organisation", "outlet", "document"):
            return []
        return [office for name in entity.names for office in _offices_in_name(name)]

    def _only_body(self, mention: Mention) -> Entity | None:
        """*The company*, *the nonprofit*: the one named body in view, when no other could be meant."""
        if mention.determiner != "the" or mention.plural or len(mention.office) > 1:
            return None
        if mention.word not in GENERIC_BODIES:
            return None
        in_view = [
            entity
            for entity in self._in_view(mention, 1)
            if entity.being in ("organisation", "outlet")
            and entity.plural is not True
            and mention.sentence - _last_before(entity, mention).sentence <= 1
            and not (mention.word in FIRMS and self._is_told_by_name(entity))
        ]
        named = [entity for entity in in_view if entity.names]
        return named[0] if len(named) == 1 and len(in_view) == 1 else None

    def _topic_body(self, mention: Mention) -> Entity | None:
        """*The club*, *the operator* as a subject: the named body that the sentence before had as its subject."""
        if mention.determiner != "the" or mention.plural or len(mention.office) > 1 or not self._is_topic(mention):
            return None
        if mention.word not in GENERIC_BODIES | CLUBS:
            return None
        topics = {
            entity: None
            for entity in self._in_sentence.get(mention.sentence - 1, ())
            if any(self._is_topic(one) for one in entity.by_sentence[mention.sentence - 1])
        }
        bodies = [one for one in topics if one.names and (one.being == "organisation" or self._is_neuter(one))]
        if len(topics) != 1 or len(bodies) != 1 or bodies[0].plural or self._is_told_by_name(bodies[0]):
            return None
        return bodies[0]

    def _is_neuter(self, entity: Entity) -> bool:
        """Whether a name is taken for no person's: *it* stood for it, or countries' nouns with it."""
        if entity.neuter:
            return True
        return entity.being == "unknown" and any(one.word in NEUTER_PRONOUNS for one in entity.mentions)

    def _only_outlet(self, mention: Mention) -> Entity | None:
        """*The paper*: the one outlet named in this sentence or the one before."""
        if mention.determiner != "the" or mention.plural or mention.word not in PAPERS:
            return None
        possible = ("outlet", "document")
        in_view = [one for one in self._in_view(mention, 1) if one.being in possible and one.plural is not True]
        return in_view[0] if len(in_view) == 1 and in_view[0].being == "outlet" and in_view[0].names else None

    def _only_person(self, mention: Mention) -> Entity | None:
        """*The nominee said*: another word for the person the sentence before was about, when that word speaks."""
        if mention.determiner != "the" or mention.plural or mention.number not in self._speakers:
            return None
        if (mention.kind not in (None, "role") and mention.word not in INVOLVED) or mention.being not in (
            "person",
            "unknown",
            "thing",
        ):
            return None
        tree = self.trees[mention.sentence]
        if tree.children(mention.head, "nmod", "acl") or mention.being == "thing":
            return None
        persons = [
            entity
            for entity in self._in_view(mention, 2)
            if entity.being in _PERSONS or (entity.being == "unknown" and entity.names)
        ]
        best = self._most_salient(mention, persons, 2, LEAST_LEAD_UNNAMED)
        if best is None or not best.names or best.being == "people":
            return None
        after = tree.tokens[mention.tokens[-1] + 1 : mention.tokens[-1] + 3]
        if any(token.upos in ("PROPN", "NOUN", "ADJ") for token in after):
            return None  # a name stands with it, or the phrase goes on
        if any(same_title(office[-1], mention.office[-1]) for office in best.offices):
            return None  # the French president is another president
        before = best.by_sentence.get(mention.sentence - 1, ())
        return best if any(self._is_topic(one) for one in before) else None

    def _is_topic(self, mention: Mention) -> bool:
        """Whether the mention is the subject of its sentence, outside quotations and headings."""
        tree = self.trees[mention.sentence]
        return tree.matches(mention.head, "nsubj") and mention.quotation is None and not mention.heading

    def _is_told_by_name(self, entity: Entity) -> bool:
        """Whether the body's name says what it is, and so is no mere *company* (*Competition Authority*)."""
        last = {office[-1] for office in self._offices_in_names(entity) if office}
        nouns = [noun for word in last for noun in self.lexicon.source_nouns_of(word) if noun.kind == "organisation"]
        return bool(BODY_WORDS.intersection(last)) or any(noun.words not in FIRMS for noun in nouns)

    # ------------------------------------------------------------------------------------------------------ pronouns

    def _place_pronoun(self, mention: Mention) -> None:
        """Resolve a third-person pronoun, or keep the reason why not."""
        if self._is_empty(mention):
            return
        if mention.word in REFLEXIVES:
            beside = self._just_before(mention)
            own = None if beside is None else self.entity_of.get(beside.number)
            own = own or self._own_subject(mention)
            if own is not None and self._agrees(mention, own):
                self._join(mention, own)
                return
        follows = self._subject_that_follows(mention)
        fronted = follows is not None and mention.word in OWNERS and not self._has_subject_before(mention)
        if fronted and follows is not None and follows.being != "unknown":
            if mention.gender is None or follows.gender is mention.gender:
                self._join(mention, follows)
                return
        candidates = [entity for entity in self._in_view(mention) if self._agrees(mention, entity)]
        candidates = [entity for entity in candidates if not self._is_barred(mention, entity)]
        best = self._most_salient(mention, candidates)
        if best is None and not [one for one in candidates if self._salience(mention, one) >= LEAST_SALIENCE]:
            best = follows
        if best is None:
            self.reason_of[mention.number] = self._why_unresolved(mention, candidates)
            return
        if best.gender is None and mention.gender is not None:
            best.gender = mention.gender
            if best.being == "unknown":
                best.being = "person"
        self._join(mention, best)

    def _has_subject_before(self, mention: Mention) -> bool:
        """Whether a subject stands before the mention in its sentence (*If Salo keeps **his** post, …*)."""
        return any(
            one.head < mention.head and one.relation.startswith("nsubj") for one in self._mentions_in[mention.sentence]
        )

    def _is_empty(self, mention: Mention) -> bool:
        """*It* that stands for nothing (*it is unclear whether*)."""
        if mention.word != "it" or mention.number in self._speakers:
            return False
        tree = self.trees[mention.sentence]
        token = tree.tokens[mention.head]
        if token.relation.startswith("expl"):
            return tree.tokens[token.head].lemma.lower() not in ("able", "unable")
        if token.head < 0 or not tree.matches(mention.head, "nsubj"):
            return False
        predicate = tree.tokens[token.head]
        that_clause = tree.child(token.head, "csubj", "ccomp")
        infinitive = tree.child(token.head, "xcomp", "advcl")
        if predicate.upos == "ADJ" and predicate.lemma.lower() not in PERSONAL_ADJECTIVES:
            return any(clause is not None and clause > token.head for clause in (that_clause, infinitive))
        passive = tree.child(token.head, "aux:pass") is not None
        return passive and that_clause is not None and that_clause > token.head

    def _own_subject(self, mention: Mention) -> Entity | None:
        tree = self.trees[mention.sentence]
        governor = tree.head(mention.head)
        while governor is not None:
            subject = tree.child(governor, "nsubj")
            if subject is not None and subject != mention.head:
                holder = self.mention_at(mention.sentence, subject)
                return None if holder is None else self.entity_of.get(holder.number)
            governor = tree.head(governor)
        return None

    def _agrees(self, mention: Mention, entity: Entity) -> bool:
        """Whether number, gender and being allow the pronoun to stand for the entity."""
        speaks = mention.number in self._speakers
        if speaks and entity.being not in SPEAKING:
            return False
        if entity.being in ("thing", "document") and self._owns_people(mention):
            return False
        if mention.gender is not None:
            if entity.neuter:
                return False
            if entity.being not in ("person", "unknown") or entity.plural is True:
                return False
            if entity.gender is not None:
                return entity.gender is mention.gender
            return bool(entity.names) or entity.being == "person"
        if mention.word in ("it", "its", "itself"):
            if entity.being == "unknown" and _goes_by_surname(entity):
                return False
            return entity.plural is not True and entity.gender is None and entity.being not in _PERSONS
        if entity.plural is True:
            return True
        if mention.quotation is not None or self._is_part_of_speaker(mention):
            return False
        return entity.being in _BODIES or (entity.being == "unknown" and bool(entity.names) and not entity.gender)

    def _owns_people(self, mention: Mention) -> bool:
        """Whether the pronoun has somebody in office (*its chairman*), as bodies and countries have and no things."""
        if mention.relation != "nmod:poss" or mention.word not in ("its", "their"):
            return False
        owned = self._by_head.get((mention.sentence, self.trees[mention.sentence].tokens[mention.head].head))
        return owned is not None and owned.kind in ("role", "official")

    def _is_barred(self, mention: Mention, entity: Entity) -> bool:
        """Whether grammar forbids it: a fellow argument, a phrase around the pronoun, or the speaker's own words."""
        tree = self.trees[mention.sentence]
        token = tree.tokens[mention.head]
        possessive = token.relation == "nmod:poss"
        for other in entity.by_sentence.get(mention.sentence, ()):
            if mention.head in other.tokens or _is_within(mention.head, other.head, tree):
                return True
            fellow = tree.tokens[other.head]
            if not possessive and mention.word not in REFLEXIVES and fellow.head == token.head and token.head >= 0:
                if _is_argument(fellow.relation) and _is_argument(token.relation):
                    return True
        if mention.quotation is not None and mention.gender is not None:
            speaker = self._speaker_of(mention)
            parts = () if speaker is None else self._sources.get(speaker.id, ())
            return any(self.entity_of.get(part.number) is entity for part in parts)
        if mention.number in self._speakers:
            # Who speaks is not named inside the very words spoken.
            own = self._direct_words.get(mention.number)
            if not own:
                return False
            near = [other for other in entity.mentions if mention.sentence - other.sentence <= WINDOW]
            return bool(near) and all(any(s.covers(other.span) for s in own) for other in near)
        return False

    def _before(self, mention: Mention) -> list[Entity]:
        """The entities mentioned before the mention, in order of their first mention."""
        return [entity for entity in self.entities if entity.start < mention.span.start]

    def _in_view(self, mention: Mention, window: int = WINDOW) -> list[Entity]:
        """The entities mentioned before the mention within the window, in the order they were found."""
        near: dict[Entity, None] = {}
        for sentence in range(max(0, mention.sentence - window), mention.sentence + 1):
            near.update(self._in_sentence.get(sentence, {}))
        return sorted((entity for entity in near if entity.start < mention.span.start), key=lambda one: one.number)

    def _most_salient(
        self, mention: Mention, candidates: Iterable[Entity], window: int = WINDOW, least_lead: float = LEAST_LEAD
    ) -> Entity | None:
        """The entity that is clearly the most salient before the mention; None when none is."""
        raw = {entity: self._salience(mention, entity, window) for entity in candidates}
        if not raw:
            return None
        weighed = {entity: salience * self._doubt(mention, entity)[0] for entity, salience in raw.items()}
        best = max(raw, key=lambda entity: (weighed[entity], -entity.number), default=None)
        if best is None or weighed[best] < LEAST_SALIENCE:
            return None
        unsure = mention.gender is not None and best.gender is None
        if (
            unsure
            and not best.names
            and any(one.gender is mention.gender and raw[one] >= LEAST_SALIENCE for one in raw)
        ):
            return None  # The judge spoke to Sara Falk. She …
        lead = (LEAST_LEAD_UNSURE if best.names else LEAST_LEAD_UNNAMED) if unsure else least_lead
        rivals = (salience * self._doubt(mention, entity)[1] for entity, salience in raw.items() if entity is not best)
        return best if weighed[best] >= lead * max(rivals, default=0.0) else None

    def _salience(self, mention: Mention, entity: Entity, window: int = WINDOW) -> float:
        """The sum over sentences of the entity's most prominent mention in each, less with distance."""
        if self._weighing != (mention.number, window):
            self._weighing = (mention.number, window)
            self._weighed = {}
            self._around = self._subject_around(mention)
        known = self._weighed.get(entity)
        if known is None:
            known = self._find_salience(mention, entity, window)
            self._weighed[entity] = known
        return known

    def _find_salience(self, mention: Mention, entity: Entity, window: int) -> float:
        most = total = 0.0
        start = mention.span.start
        for sentence in range(max(0, mention.sentence - window), mention.sentence + 1):
            others = entity.by_sentence.get(sentence)
            if others is None:
                continue
            weight = 0.0
            for other in others:
                if other.span.start < start:
                    here = self._prominence(other) * DECAY ** (mention.sentence - sentence)
                    if other.quotation is not None and other.quotation != mention.quotation:
                        here *= QUOTED_SHARE
                    weight = max(weight, here)
            total += weight
            most = max(most, weight)
        if not most:
            return 0.0
        total = most + REPEATED_SHARE * (total - most)
        subject, bonus = self._around
        if subject is not entity or not self._surely_agrees(mention, entity):
            bonus = 0.0
        return total + self._speaking_salience(mention, entity) + bonus

    def _surely_agrees(self, mention: Mention, entity: Entity) -> bool:
        """Whether the pronoun fits what is known of the entity, and not only for want of knowledge."""
        if mention.gender is not None:
            return True
        if mention.plural:
            return entity.plural is True or entity.being in _BODIES or entity.being == "people"
        return entity.being in _BODIES or entity.being in ("place", "thing", "document") or entity.neuter

    def _is_told(self, mention: Mention, verb: int, subject: int) -> bool:
        """Whether the subject addresses somebody by the pronoun's own kind (*Salo told **her** she …*)."""
        addressed = self.trees[mention.sentence].child(verb, "iobj", "obj")
        other = None if addressed in (None, subject) else self._by_head.get((mention.sentence, addressed))
        return other is not None and other.form == "pronoun" and other.gender is mention.gender is not None

    def _is_somebody(self, mention: Mention, head: int) -> bool:
        """Whether the token, in the mention's sentence, heads a mention of a person or body."""
        other = self._by_head.get((mention.sentence, head))
        return other is not None and other.being in _PERSONS | _BODIES

    def _subject_around(self, mention: Mention) -> tuple[Entity | None, float]:
        """The subject of the clause around a pronoun's own, and the salience that this adds."""
        if mention.form != "pronoun":
            return None, 0.0
        tree = self.trees[mention.sentence]
        index = mention.head
        own = index + 1 < len(tree) and tree.tokens[index + 1].text.lower() == "own"
        if mention.relation == "nmod:poss" and tree.matches(tree.tokens[index].head, "nsubj"):
            index = tree.tokens[index].head
        clause = tree.head(index)
        if clause is not None and tree.matches(index, "nsubj"):
            index, clause = clause, tree.head(clause)
        while clause is not None:
            subject = tree.child(clause, "nsubj")
            if tree.matches(index, "xcomp", "advcl"):
                subject = tree.child(clause, "obj", "iobj") or subject  # ordered her to surrender her passport
            elif tree.matches(index, "acl:relcl"):
                return None, 0.0
            elif subject is None and tree.tokens[index].relation == "acl":
                owner = tree.child(clause, "nmod:poss")  # Salo's effort to save his post
                subject = clause if self._is_somebody(mention, clause) else owner  # accused her of hiding her age
            if subject is not None and subject not in (mention.head, index):
                holder = self.mention_at(mention.sentence, subject)
                if holder is None or holder.quotation != mention.quotation:
                    return None, 0.0
                if self._is_told(mention, clause, subject):
                    return None, 0.0
                close = own or tree.matches(index, "ccomp", "xcomp")
                return self.entity_of.get(holder.number), COMPLEMENT_SALIENCE if close else CLAUSE_SALIENCE
            index, clause = clause, tree.head(clause)
        return None, 0.0

    def _doubt(self, mention: Mention, entity: Entity) -> tuple[float, float]:
        """What is left of the salience of an entity that agrees only for want of knowledge.

        First to win, then to stand in the way of another: whoever may be meant may still make it doubtful who is.
        """
        if mention.gender is not None and entity.gender is None:
            if entity.being == "unknown" and not any(len(name.keys) > 1 for name in entity.names):
                return UNSURE_PERSON_SHARE
            return UNSURE_GENDER_SHARE
        if mention.form == "pronoun" and mention.plural and entity.being in ("thing", "unknown"):
            return (1.0, 1.0) if self._around[0] is entity and entity.plural is True else THING_SHARE
        return 1.0, 1.0

    def _speaking_salience(self, mention: Mention, entity: Entity) -> float:
        """What having spoken last adds, for a pronoun that is a source itself; less with distance."""
        if mention.form != "pronoun" or mention.number not in self._speakers:
            return 0.0
        last = self._last_speaker(mention)
        if last is None:
            return 0.0
        if self.entity_of.get(last.number) is not entity or self._subject_changed(last, mention, entity):
            return 0.0
        return float(SPEAKER_SALIENCE * DECAY ** max(0, mention.sentence - last.sentence - 1))

    def _last_speaker(self, mention: Mention) -> Mention | None:
        """Who spoke last before the mention outside others' words, or was asked by them."""
        place = bisect_left(self._outer_starts, mention.span.start)
        if not place:
            return None
        last = self._outer_speakers[place - 1]
        return self._asked_by(last) or last

    def _prominence(self, mention: Mention) -> float:
        known = self._prominence_cache.get(mention.number)
        if known is None:
            known = _prominence(mention, self.trees[mention.sentence])
            self._prominence_cache[mention.number] = known
        return known

    def _subject_changed(self, speaker: Mention, mention: Mention, entity: Entity) -> bool:
        """Whether the text between has turned to somebody else, outside quotations."""
        return any(
            speaker.span.start < one.span.start < mention.span.start
            and one.form == "name"
            and one.quotation is None
            and self.trees[one.sentence].matches(one.head, "nsubj")
            and other is not entity
            and other.being in ("person", "unknown")
            for sentence in range(speaker.sentence, mention.sentence + 1)
            for other in self._in_sentence.get(sentence, ())
            for one in other.by_sentence.get(sentence, ())
        )

    def _asked_by(self, speaker: Mention) -> Mention | None:
        """Whom the speaker asked, and who is expected to answer (*Conroy asked Salo whether … "…," he said*)."""
        tree = self.trees[speaker.sentence]
        verb = tree.head(speaker.head)
        if verb is None or tree.tokens[verb].lemma.lower() != "ask":
            return None
        asked = tree.child(verb, "iobj", "obj")
        return None if asked is None else self.mention_at(speaker.sentence, asked)

    def _subject_that_follows(self, mention: Mention) -> Entity | None:
        """*In his speech, Salo said*: the main clause's subject after a fronted phrase (Hobbs 1978, cataphora)."""
        tree = self.trees[mention.sentence]
        for index in tree.ancestors(mention.head):
            if not tree.matches(index, "obl", "advcl"):
                continue
            governor = tree.head(index)
            subject = None if governor is None else tree.child(governor, "nsubj")
            if subject is None or subject < mention.head:
                continue
            holder = self.mention_at(mention.sentence, subject)
            if holder is not None and holder.form == "noun" and holder.determiner == "the":
                self._place_noun(holder)
            entity = None if holder is None else self.entity_of.get(holder.number)
            if entity is not None and self._agrees(mention, entity) and not self._is_barred(mention, entity):
                return entity
        return None

    def _why_unresolved(self, mention: Mention, candidates: Sequence[Entity]) -> str:
        word = self._words(mention)
        near = sorted(candidates, key=lambda entity: -self._salience(mention, entity))[:2]
        near = [entity for entity in near if self._salience(mention, entity) >= LEAST_SALIENCE]
        if len(near) < 2:
            return f"nothing before “{word}” is clearly meant by it"
        first, second = (self._label(entity) for entity in near)
        return f"“{word}” could be {first} or {second}"

    def _label(self, entity: Entity) -> str:
        if entity.name is not None:
            return entity.name.text
        described = [one.span for one in entity.mentions if one.form != "pronoun"]
        span = max(described or [one.span for one in entity.mentions[:1]], key=len, default=Span(0, 0))
        return " ".join(self.draft.text[span.start : span.end].split())

    def _place_first_person(self, mention: Mention) -> None:
        """*I* and *we* in a quotation are its speaker's own words."""
        speaker = self._speaker_of(mention)
        parts = () if speaker is None else self._sources.get(speaker.id, ())
        if mention.quotation is None or speaker is None:
            self.reason_of[mention.number] = f"“{self._words(mention)}” stands in no quotation with a known speaker"
            return
        if len(parts) == 1 and parts[0] is not mention:
            if parts[0].word in FIRST_PERSON and parts[0].number not in self.entity_of:
                self._place_first_person(parts[0])
            entity = self.entity_of.get(parts[0].number)
            if entity is not None:
                self._join(mention, entity)
                return
        self.reason_of[mention.number] = f"who speaks “{self._words(mention)}” is itself not resolved"

    def _speaker_of(self, mention: Mention) -> Attribution | None:
        """The attribution whose content is the quotation the mention stands in, the innermost that has one."""
        if mention.number not in self._speaker_cache:
            self._speaker_cache[mention.number] = self._find_speaker(mention)
        return self._speaker_cache[mention.number]

    def _find_speaker(self, mention: Mention) -> Attribution | None:
        around = [part for part in self._quoted.overlapping(mention.span) if part.covers(mention.span)]
        for part in sorted(around, key=len):
            speaking = {
                number: attribution
                for number, attribution in self._spoken.overlapping(part)
                if any(span.covers(part) for span in attribution.content.spans)
                and all(source.number != mention.number for source in self._sources.get(attribution.id, ()))
            }
            if speaking:
                first = min(speaking, key=lambda number: (sum(map(len, speaking[number].content.spans)), number))
                return speaking[first]
        return None

    def _words(self, mention: Mention) -> str:
        return " ".join(self.draft.text[mention.span.start : mention.span.end].split())


def _are_namesakes(one: Name, other: Name) -> bool:
    """Whether two names share a surname and differ in the first name (*Tom* and *Betsy Ebeling*)."""
    if not one.given or not other.given or one.surname != other.surname:
        return False
    return not same_given(one.given[0], other.given[0])


def _goes_by_surname(entity: Entity) -> bool:
    """Whether the last word of a longer name stands alone, too, as persons' do (firms go by their first: *Tarsk*)."""
    short = {name.keys[0] for name in entity.names if len(name.keys) == 1}
    return any(name.keys[-1] in short for name in entity.names if len(name.keys) > 1)


def _prominence(mention: Mention, tree: Tree) -> float:
    """How prominent the mention's grammatical role makes it; a conjunct has its first part's role."""
    index = mention.head
    if mention.word in REFLEXIVES and not _is_argument(mention.relation):
        return ROLE_SALIENCE["nsubj"]  # Salo himself
    relation = tree.tokens[index].relation
    while relation.split(":")[0] == "conj" and tree.tokens[index].head >= 0:
        index = tree.tokens[index].head
        relation = tree.tokens[index].relation
    if relation.startswith("nsubj"):
        clause = tree.head(index)
        if clause is not None and tree.matches(clause, "acl", "advcl", "ccomp", "csubj"):
            return EMBEDDED_SUBJECT_SALIENCE
    if relation == "obl:agent":
        return AGENT_SALIENCE
    if relation == "nmod:poss":
        return POSSESSOR_SALIENCE
    return ROLE_SALIENCE.get(relation.split(":")[0], OTHER_SALIENCE)


def _is_within(index: int, head: int, tree: Tree) -> bool:
    """Whether a token stands in a head's noun phrase, without a clause between them (*a person close to **him***)."""
    if any(tree.tokens[between].text == "," for between in range(head, index)):
        return False  # The minister, for her part, …
    while index >= 0 and index != head:
        token = tree.tokens[index]
        relation = token.relation.split(":")[0]
        if relation in ("ccomp", "advcl", "csubj", "parataxis", "nsubj", "root"):
            return False
        if relation == "acl" and token.upos in ("VERB", "AUX"):
            return False
        index = token.head
    return index == head


def _is_argument(relation: str) -> bool:
    return relation.split(":")[0] in ("nsubj", "obj", "iobj", "obl")


def _tokens_in(span: Span, tree: Tree) -> Iterator[int]:
    """The tokens that lie in a span."""
    tokens = tree.tokens
    for index in range(bisect_left(tokens, span.start, key=lambda token: token.start), len(tokens)):
        if tokens[index].end > span.end:
            return
        yield index


def _offices_in_name(name: Name) -> list[tuple[str, ...]]:
    """What a body's name may tell it is: its words, and those before *of* and the like."""
    keys = name.keys
    before = [keys[: keys.index(word)] for word in ("of", "for", "on") if word in keys[1:]]
    return [office for office in (*before, keys) if office]


def _last_before(entity: Entity, mention: Mention) -> Mention:
    return max(
        (other for other in entity.mentions if other.span.start < mention.span.start), key=lambda one: one.span.start
    )


_BODIES = frozenset({"organisation", "outlet"})
_PERSONS = frozenset({"person", "people"})


def _go_together(one: Being, other: Being) -> bool:
    """Whether two beings may be one thing under two words; what is unknown goes with everything but a place."""
    if one == other:
        return True
    if "unknown" in (one, other):
        return "place" not in (one, other)
    return any(one in beings and other in beings for beings in (_BODIES, _PERSONS))
