"""Sources: what kind of source each attribution gives its reader, and who is who over the whole article.

Each source mention goes to one entry of the ledger where the text supports it. What kind an entry is:

* somebody or something with a name: ``named-person``, ``named-organisation``, ``outlet``, ``document``;
* an institution without a name of its own that can be asked all the same (*police*, *the ministry*), and who speaks for
  a named one without a name of their own (*a spokeswoman for the ministry*): ``named-organisation``, the latter in the
  institution's own entry (Reuters Handbook, Guardian style guide: an institution on the record is a named source);
* an office without a name: ``unnamed-official``; a person without one: ``anonymous``; a crowd: ``vague-collective``;
* a pronoun that could be two people stays ``pronoun-unresolved``, in no entry, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from attribution.extraction.coreference import Coreference, Entity
from attribution.extraction.mentions import (
    DEMONSTRATIVES,
    FEMALE_KIN,
    FIRST_PERSON,
    KIN,
    MALE_KIN,
    QUANTITIES,
    RELATIVES,
    SECOND_PERSON,
    THIRD_PERSON,
    Mention,
)
from attribution.extraction.names import RANK_WORDS, TIME_WORDS, Name, same_body
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import (
    Attribution,
    Quotation,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
)

NAMED_KINDS = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANISATION, SourceKind.OWN_OUTLET})
"""Kinds that are named by what they are; an outlet or a document may lack a name."""

CROWDS = frozenset(
    {"many", "some", "few", "most", "several", "others", "other", "all", "everyone", "everybody", "any", "each"}
    | {"dozens", "hundreds", "nobody", "none", "no-one", "anyone", "anybody", "either", "neither"}
)
"""Indefinite pronouns that stand for a crowd; the others stand for one somebody."""

PERSONAL = FIRST_PERSON | SECOND_PERSON | THIRD_PERSON | RELATIVES
"""Pronouns that stand for somebody in particular."""

TELLING = frozenset({"of", "for", "at", "with", "from"})
"""Prepositions after a noun that tell who is meant, not where something was said."""

LONGEST_DESCRIPTION = 60
"""Characters of the longest description that stands for a name."""

CROWD_QUANTIFIERS = frozenset({"some", "many", "most", "few", "other", "various", "numerous"})
"""Words before a plural noun that make it a crowd."""


@dataclass
class _Entry:
    """A ledger entry while it is put together."""

    key: object
    name: str
    kind: SourceKind
    named: bool
    sources: list[Span] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)


def resolve_sources(
    doc: Doc,
    quotations: Sequence[Quotation],
    attributions: Sequence[Attribution],
    lexicon: Lexicon,
    own_outlets: Sequence[str] = (),
) -> tuple[tuple[Attribution, ...], tuple[SourceEntity, ...]]:
    """The attributions with kind, ledger entry and reason of their sources filled in, and the ledger.

    Ledger entries are in the order in which they first speak; only who is the source of something has one. A compound
    source of which a part has a name (*Smith and residents*) gives each part its entry: the first in ``entity``, the
    others in ``also``; of which none has (*officials and residents*), one entry for all. Kinds of attributions that
    have no source words are kept. ``own_outlets`` are the names of the paper itself.
    """
    return _Ledger(doc, quotations, attributions, lexicon, own_outlets).filled()


class _Ledger:
    """The ledger of one article."""

    def __init__(
        self,
        doc: Doc,
        quotations: Sequence[Quotation],
        attributions: Sequence[Attribution],
        lexicon: Lexicon,
        own_outlets: Sequence[str],
    ) -> None:
        self.draft = doc.draft
        self.attributions = attributions
        self.lexicon = lexicon
        self.own = {_plain(name) for name in own_outlets}
        self.coreference = Coreference(doc, quotations, attributions, lexicon)
        self.entries: dict[object, _Entry] = {}

    def filled(self) -> tuple[tuple[Attribution, ...], tuple[SourceEntity, ...]]:
        sources = {one.id: self._source(one) for one in self.attributions}
        order = sorted(self.entries.values(), key=lambda entry: min(entry.sources))
        names = {id(entry): f"e{number}" for number, entry in enumerate(order, 1)}
        attributions = []
        for one in self.attributions:
            source, entries = sources[one.id]
            identifiers = [names[id(entry)] for entry in entries]
            if identifiers:
                source = msgspec.structs.replace(source, entity=identifiers[0], also=tuple(identifiers[1:]))
            attributions.append(msgspec.structs.replace(one, source=source))
        ledger = tuple(
            SourceEntity(names[id(entry)], entry.name, entry.kind, entry.named, _mention_spans(entry))
            for entry in order
        )
        return tuple(attributions), ledger

    # -------------------------------------------------------------------------------------------- one attribution

    def _source(self, attribution: Attribution) -> tuple[SourceMention, list[_Entry]]:
        source = attribution.source
        if source.reason is not None or not any(letter.isalnum() for letter in source.text):
            return source, []
        parts = self.coreference.source_mentions(attribution)
        if not parts:
            entry = self._entry_of_words(source)
            return msgspec.structs.replace(source, kind=entry.kind), [entry]
        if len(parts) > 1:
            return self._compound(source, parts)
        mention = parts[0]
        entity = self.coreference.entity_of.get(mention.number)
        if entity is None:
            return self._without_entity(source, mention)
        entries = [self._entry(one, mention) for one in self._speaking_entities(entity)]
        for entry in entries:
            entry.sources += source.spans
        return msgspec.structs.replace(source, kind=entries[0].kind), entries

    def _compound(self, source: SourceMention, parts: tuple[Mention, ...]) -> tuple[SourceMention, list[_Entry]]:
        entities = [self.coreference.entity_of.get(part.number) for part in parts]
        group = self.coreference.group_of(parts[0])
        whole = None if group is None else self.coreference.entity_of.get(group.number)
        if whole is not None and not any(entity is not None and entity.names for entity in entities):
            entry = self._entry(whole, parts[0])
            entry.sources += source.spans
            return msgspec.structs.replace(source, kind=entry.kind), [entry]
        entries: list[_Entry] = []
        for part, entity in zip(parts, entities, strict=True):
            if entity is None:
                continue
            entry = self._entry(entity, part)
            entry.sources.append(part.span)
            if entry not in entries:
                entries.append(entry)
        entries.sort(key=lambda entry: not entry.named)
        if not entries:
            return self._without_entity(source, parts[0])
        return msgspec.structs.replace(source, kind=entries[0].kind), entries

    def _speaking_entities(self, entity: Entity) -> list[Entity]:
        """The entity, or for a coordination with a name in it (*they*, Smith and Jones) its parts."""
        group = next((one for one in entity.mentions if one.form == "group"), None)
        if group is None:
            return [entity]
        parts = [
            self.coreference.entity_of[mention.number]
            for head in group.parts
            if (mention := self.coreference.mention_at(group.sentence, head)) is not None
            and mention.number in self.coreference.entity_of
        ]
        named = any(part.names for part in parts)
        return list(dict.fromkeys(sorted(parts, key=lambda part: not part.names))) if named else [entity]

    def _without_entity(self, source: SourceMention, mention: Mention) -> tuple[SourceMention, list[_Entry]]:
        """A pronoun that stands for nobody in the ledger."""
        if mention.word not in PERSONAL or mention.form != "pronoun":
            entry = self._entry_of_words(source, mention)
            return msgspec.structs.replace(source, kind=entry.kind), [entry]
        reason = self.coreference.reason_of.get(mention.number)
        if mention.word in FIRST_PERSON and mention.quotation is None:
            reason = f"“{source.text}” outside a quotation is the writer"
            return msgspec.structs.replace(source, kind=SourceKind.OWN_OUTLET, reason=reason), []
        reason = reason or f"nothing in the text tells who “{source.text}” is"
        return msgspec.structs.replace(source, kind=SourceKind.PRONOUN_UNRESOLVED, reason=reason), []

    # ---------------------------------------------------------------------------------------------------- entries

    def _entry(self, entity: Entity, mention: Mention) -> _Entry:
        """The ledger entry of an entity; who speaks for an institution shares its entry."""
        institution = self._institution(entity)
        holder = entity if institution is None else institution
        entry = self.entries.get(holder)
        if entry is None:
            kind = SourceKind.NAMED_ORGANISATION if institution is not None else self._kind(holder, mention)
            if institution is not None and institution.being == "outlet":
                kind = SourceKind.OUTLET
            entry = _Entry(holder, self._name(holder), kind, self._is_named(holder, kind))
            self.entries[holder] = entry
            entry.others += [one.span for one in holder.mentions if one.form != "group"]
        if institution is not None:
            entry.others += [one.span for one in entity.mentions]
        return entry

    def _entry_of_words(self, source: SourceMention, mention: Mention | None = None) -> _Entry:
        """An entry of its own for source words that stand for nothing else in the article."""
        known = self.entries.get(source.spans)
        if known is not None:
            return known
        kind = SourceKind.ANONYMOUS if mention is None else self._kind_of_pronoun(mention)
        if mention is None and any(word[0].isupper() for word in source.text.split()[:1]):
            kind = SourceKind.NAMED_ORGANISATION
        if _plain(source.text) in self.own:
            kind = SourceKind.OWN_OUTLET
        entry = _Entry(source.spans, _tidy(source.text), kind, kind in NAMED_KINDS, list(source.spans))
        self.entries[source.spans] = entry
        return entry

    def _kind_of_pronoun(self, mention: Mention, otherwise: SourceKind = SourceKind.ANONYMOUS) -> SourceKind:
        """What *some* and *two of the aides* are: of a kind with what they are part of, if that has no name."""
        whole = self._whole(mention)
        described = [] if whole is None else [one for one in whole.mentions if one.form in ("noun", "name")]
        if whole is not None and described:
            kind = self._kind(whole, described[0])
            if kind not in NAMED_KINDS:
                return kind
        return SourceKind.VAGUE_COLLECTIVE if mention.word in CROWDS else otherwise

    def _whole(self, mention: Mention) -> Entity | None:
        """What a part is a part of (*two of the people*)."""
        tree = self.coreference.trees[mention.sentence]
        for child in tree.children(mention.head, "nmod"):
            case = tree.child(child, "case")
            if case is not None and tree.tokens[case].lemma == "of":
                whole = self.coreference.mention_at(mention.sentence, child)
                return None if whole is None else self.coreference.entity_of.get(whole.number)
        return None

    def _institution(self, entity: Entity) -> Entity | None:
        """The institution with a name for which somebody without one speaks (*the ministry's spokeswoman*)."""
        if entity.names:
            return None
        for mention in entity.mentions:
            if mention.form != "noun" or not _is_spokesperson(mention):
                continue
            for other in self._institutions_beside(mention):
                if other is not entity and self._kind_of_named(other) in (
                    SourceKind.NAMED_ORGANISATION,
                    SourceKind.OUTLET,
                ):
                    return other
        return None

    def _institutions_beside(self, mention: Mention) -> list[Entity]:
        """Possessor, complement (*for the agency*) and name before the noun (*a Tarsk spokeswoman*)."""
        coreference = self.coreference
        tree = coreference.trees[mention.sentence]
        found: list[Entity] = []
        heads = [mention.possessor] if mention.possessor is not None else []
        for child in tree.children(mention.head, "nmod"):
            first = tree.tokens[tree.subtree(child)[0]]  # parsers hang the preposition on any word of a name
            if first.upos == "ADP" and first.text.lower() in TELLING:
                heads.append(child)
        for head in heads:
            beside = coreference.mention_at(mention.sentence, head)
            if beside is not None and beside.number in coreference.entity_of:
                found.append(coreference.entity_of[beside.number])
        words = [tree.tokens[index].text for index in mention.tokens if tree.tokens[index].upos == "PROPN"]
        if words:
            name = Name(tuple(words))
            found += [
                entity
                for entity in coreference.entities
                if any(same_body(name, other) for other in entity.names)
                and entity.being in ("organisation", "outlet", "unknown")
            ]
        return found

    # ------------------------------------------------------------------------------------------------------ kinds

    def _kind(self, entity: Entity, mention: Mention) -> SourceKind:
        """What kind of source an entity is, from its name or else from the noun that tells most."""
        if self._is_own(entity):
            return SourceKind.OWN_OUTLET
        if entity.names:
            return self._kind_of_named(entity)
        group = next((one for one in entity.mentions if one.form == "group"), None)
        if group is not None:
            return self._kind_of_group(group)
        nouns = [one for one in entity.mentions if one.form == "noun"] or [mention]
        telling = next((one for one in nouns if one.kind is not None), nouns[0])
        return self._kind_of_noun(telling)

    def _is_own(self, entity: Entity) -> bool:
        """Whether the entity is the paper itself: one of its configured names, or *this newspaper*."""
        if any(_plain(name.text) in self.own for name in entity.names):
            return True
        return any(one.determiner in DEMONSTRATIVES and one.kind == "outlet" for one in entity.mentions)

    def _kind_of_named(self, entity: Entity) -> SourceKind:
        match entity.being:
            case "person":
                return SourceKind.NAMED_PERSON
            case "outlet":
                return SourceKind.OUTLET
            case "document":
                return SourceKind.DOCUMENT
            case "people":
                return SourceKind.VAGUE_COLLECTIVE
            case "unknown" if entity.names:
                return self._kind_of_unknown_name(entity)
            case "organisation" if not entity.names:
                return self._kind_of_noun(entity.mentions[0])
        return SourceKind.NAMED_ORGANISATION

    def _kind_of_unknown_name(self, entity: Entity) -> SourceKind:
        """A name of which nothing tells whose: a person's, unless it behaves like a country or a firm."""
        if entity.gender is not None:
            return SourceKind.NAMED_PERSON
        if entity.neuter:
            return SourceKind.NAMED_ORGANISATION
        if entity.name is not None and len(entity.name.keys) > 1:
            neuter = any(mention.word in ("it", "its", "which") for mention in entity.mentions)
            return SourceKind.NAMED_ORGANISATION if neuter else SourceKind.NAMED_PERSON
        for mention in entity.mentions:
            tree = self.coreference.trees[mention.sentence]
            if mention.being == "place" or mention.word in ("it", "its", "they", "their", "which"):
                return SourceKind.NAMED_ORGANISATION
            head = tree.head(mention.head)
            if tree.matches(mention.head, "nmod:poss") and head is not None:
                owned = self.coreference.mention_at(mention.sentence, head)
                if owned is not None and owned.kind in ("role", "organisation"):
                    return SourceKind.NAMED_ORGANISATION
        return SourceKind.NAMED_PERSON

    def _kind_of_noun(self, mention: Mention) -> SourceKind:
        """What a noun phrase without a name is as a source, by the lexicon's kind of its noun."""
        if (mention.office and mention.office[-1].lower().rstrip("%") in QUANTITIES) or mention.word.endswith("%"):
            return self._kind_of_pronoun(mention, SourceKind.VAGUE_COLLECTIVE)
        counted = self._is_counted(mention)
        crowd = mention.plural and not counted
        crowd = crowd and (mention.bare or bool(CROWD_QUANTIFIERS.intersection(mention.office)))
        if mention.office[-1:] == ("office",) and mention.possessor is not None:
            return SourceKind.NAMED_ORGANISATION
        quantified = mention.determiner in CROWD_QUANTIFIERS or mention.office[:1] == ("many",)
        match mention.kind:
            case "organisation":
                if mention.plural:
                    return SourceKind.VAGUE_COLLECTIVE if crowd or quantified else SourceKind.ANONYMOUS
                some = mention.determiner in ("a", "an", "another", "one", "no", "neither", "either", "any", "every")
                return SourceKind.ANONYMOUS if some else SourceKind.NAMED_ORGANISATION
            case "outlet":
                return SourceKind.VAGUE_COLLECTIVE if mention.plural else SourceKind.OUTLET
            case "document":
                return SourceKind.DOCUMENT
            case "official":
                return SourceKind.UNNAMED_OFFICIAL
            case "role" if not quantified and (self._is_office(mention) or self._place_is_told(mention)):
                return SourceKind.UNNAMED_OFFICIAL
            case "role":
                return SourceKind.VAGUE_COLLECTIVE if crowd or quantified else SourceKind.ANONYMOUS
            case "anonymous":
                return SourceKind.VAGUE_COLLECTIVE if quantified else SourceKind.ANONYMOUS
            case "vague-collective" if counted or self._is_described(mention) or mention.being == "person":
                return SourceKind.ANONYMOUS
            case "vague-collective" | "platform":
                return SourceKind.VAGUE_COLLECTIVE
        if mention.form == "pronoun":
            return self._kind_of_pronoun(mention)
        return SourceKind.VAGUE_COLLECTIVE if mention.plural and not counted else SourceKind.ANONYMOUS

    def _is_counted(self, mention: Mention) -> bool:
        """Whether a number says how many (*two diplomats*)."""
        tree = self.coreference.trees[mention.sentence]
        return mention.form == "noun" and bool(tree.children(mention.head, "nummod"))

    def _is_described(self, mention: Mention) -> bool:
        """Whether the reader is told what makes them know (*people familiar with the matter*)."""
        tree = self.coreference.trees[mention.sentence]
        return mention.word == "people" and any(
            child > mention.head for child in tree.children(mention.head, "acl", "amod", "nmod")
        )

    def _is_office(self, mention: Mention) -> bool:
        """Whether the noun is an office that goes before a name as a title (*minister*, *prosecutors*)."""
        last = mention.office[-1]
        if last in KIN or last in FEMALE_KIN or last in MALE_KIN:
            return False
        return _is_spokesperson(mention) or any(
            self.lexicon.title(" ".join(mention.office[-size:])) is not None for size in (1, 2, 3)
        )

    def _place_is_told(self, mention: Mention) -> bool:
        """Whether the reader is told whose or where: *Russia's*, *at Brandt & Lowe*, *a Tarsk engineer*."""
        if mention.office[-1] in KIN | FEMALE_KIN | MALE_KIN:
            return False
        tree = self.coreference.trees[mention.sentence]
        if any(tree.tokens[index].upos == "PROPN" for index in mention.tokens):
            return True
        if any(entity.names or entity.being == "organisation" for entity in self._institutions_beside(mention)):
            return True
        return mention.possessor is not None

    def _kind_of_group(self, group: Mention) -> SourceKind:
        """Of several nouns without a name: the kind of the first, a crowd if any of them is one."""
        kinds = [
            self._kind_of_noun(part)
            for head in group.parts
            if (part := self.coreference.mention_at(group.sentence, head)) is not None
        ]
        if not kinds or SourceKind.VAGUE_COLLECTIVE in kinds:
            return SourceKind.VAGUE_COLLECTIVE
        return kinds[0]

    def _is_named(self, entity: Entity, kind: SourceKind) -> bool:
        """Whether a reader could ask for the source by name: a name, an institution, or a named maker of a document."""
        if kind in NAMED_KINDS:
            return True
        if kind is SourceKind.OUTLET:
            return bool(entity.names)
        if kind is not SourceKind.DOCUMENT:
            return False
        if entity.names:
            return True
        for mention in entity.mentions:
            tree = self.coreference.trees[mention.sentence]
            near = [*mention.tokens, *tree.children(mention.head, "nmod", "nmod:poss", "acl")]
            near += [index for child in tree.children(mention.head, "acl") for index in tree.children(child, "obl")]
            if any(tree.tokens[index].upos == "PROPN" and not _is_time(tree.tokens[index].text) for index in near):
                return True
        return False

    # ------------------------------------------------------------------------------------------------------ names

    def _name(self, entity: Entity) -> str:
        """The fullest name, else the longest description, without an article at its head."""
        if entity.name is not None:
            return entity.name.text
        ministry = self._ministry_name(entity)
        if ministry is not None:
            return ministry
        described = [self._description(one) for one in entity.mentions if one.form != "pronoun"]
        if not described:
            described = [entity.mentions[0].span]
        longest = max(described, key=lambda span: (len(span), -span.start))
        words = _tidy(self.draft.text[longest.start : longest.end])
        owner = next((self._owner(one) for one in entity.mentions if one.span.start == longest.start), None)
        if owner is not None and owner is not entity and owner.name is not None:
            return f"{owner.name.text}’s {' '.join(words.split()[1:])}"
        return words

    def _description(self, mention: Mention) -> Span:
        """The phrase with what right after it tells who is meant (*a person familiar with the matter*), if short."""
        tree = self.coreference.trees[mention.sentence]
        if mention.form == "group" or mention.head != mention.tokens[-1]:
            return mention.span
        after = {
            index
            for child in tree.children(mention.head, "nmod", "amod")
            if child > mention.head
            and (tree.matches(child, "amod") or tree.tokens[tree.subtree(child)[0]].text.lower() in TELLING)
            for index in tree.subtree(child)
        }
        last = mention.head
        while last + 1 in after and tree.tokens[last + 1].text not in (",", ";", ":", "(", "—", "–"):
            last += 1
        if not after or last != max(after):
            return mention.span
        span = Span(mention.span.start, tree.tokens[last].end)
        return span if len(span) <= LONGEST_DESCRIPTION else mention.span

    def _ministry_name(self, entity: Entity) -> str | None:
        """*The ministry* by its minister: *Norland's defence ministry*, when the article has ministers of one alone."""
        nouns = [one for one in entity.mentions if one.form == "noun" and one.office[-1:] == ("ministry",)]
        if not nouns:
            return None
        fullest = max(nouns, key=lambda one: len(one.office))
        if self._named_owner(fullest) is not None:
            return None  # it says whose it is
        ministers = [
            (portfolio, bool(RANK_WORDS.intersection(one.office)), self._named_owner(one))
            for one in self.coreference.mentions
            if one.office[-1:] == ("minister",) and not one.plural
            if (portfolio := tuple(word for word in one.office[:-1] if word not in RANK_WORDS))
        ]
        portfolios = {portfolio for portfolio, _, _ in ministers}
        own = fullest.office[:-1] or (next(iter(portfolios)) if len(portfolios) == 1 else ())
        if not own:
            return None
        for deputies in (False, True):
            owners = {
                owner: None
                for portfolio, ranked, owner in ministers
                if portfolio == own and ranked is deputies and owner is not None
            }
            if owners:
                break
        words = " ".join((*own, "ministry"))
        name = next(iter(owners)).name if len(owners) == 1 else None
        return words if name is None else f"{name.text}’s {words}"

    def _named_owner(self, mention: Mention) -> Entity | None:
        """Whose the phrase is, if that has a name."""
        if mention.possessor is None:
            return None
        owner = self.coreference.mention_at(mention.sentence, mention.possessor)
        entity = None if owner is None else self.coreference.entity_of.get(owner.number)
        return entity if entity is not None and entity.names else None

    def _owner(self, mention: Mention) -> Entity | None:
        """Whose a phrase is that begins with a possessive pronoun (*her office*)."""
        coreference = self.coreference
        if mention.possessor != mention.tokens[0]:
            return None
        owner = coreference.mention_at(mention.sentence, mention.possessor)
        if owner is None or owner.form != "pronoun":
            return None
        return coreference.entity_of.get(owner.number)


def _mention_spans(entry: _Entry) -> tuple[Span, ...]:
    """All mentions of an entry in text order; where a source holds a shorter mention, the source alone."""
    sources = set(entry.sources)
    others = {span for span in entry.others if not any(source.overlaps(span) for source in sources)}
    return tuple(sorted(sources | others))


def _is_spokesperson(mention: Mention) -> bool:
    """Whether the noun speaks for another: *spokesman* and kin, press office, press secretary."""
    if not mention.office:
        return False
    by_press = mention.office[-2:] in (("press", "office"), ("press", "secretary"), ("press", "service"))
    return by_press or mention.office[-1].startswith("spokes")


def _plain(name: str) -> str:
    words = name.lower().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _tidy(text: str) -> str:
    """The words on one line, without a comma at the end or an article at the start."""
    words = " ".join(text.split()).rstrip(",;:").split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in ("a", "an", "the") else words)


def _is_time(word: str) -> bool:

    return word.lower().rstrip(".") in TIME_WORDS
