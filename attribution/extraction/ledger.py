"""The ledger: one entry for each source, with all mentions that the text supports.

An unnamed person who speaks for a named institution shares its entry (Reuters Handbook, Guardian style guide: an
institution on the record is a named source). An ambiguous pronoun is in no entry, and the reason is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from attribution import grammar
from attribution.extraction.descriptions import name_of, tidy
from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.institutions import institutions_beside, is_spokesperson
from attribution.extraction.kinds import (
    NAMED_KINDS,
    Sources,
    is_named,
    is_own,
    kind_of,
    kind_of_named,
    kind_of_part,
    plain,
)
from attribution.extraction.mention import FIRST_PERSON, RELATIVES, SECOND_PERSON, THIRD_PERSON, Mention
from attribution.extraction.sieves import speech
from attribution.records import VOUCHING, Attribution, SourceEntity, SourceKind, SourceMention, Span

PERSONAL = FIRST_PERSON | SECOND_PERSON | THIRD_PERSON | RELATIVES
"""Pronouns that refer to somebody in particular."""

INSTITUTIONS = frozenset({SourceKind.NAMED_ORGANISATION, SourceKind.OUTLET})


@dataclass
class Entry:
    """A ledger entry under construction."""

    key: object
    name: str
    kind: SourceKind
    named: bool
    sources: list[Span] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)


class Ledger:
    """The ledger of one article under construction; it only groups mentions."""

    def __init__(self, store: EntityStore, attributions: Sequence[Attribution], own_outlets: Sequence[str]) -> None:
        self.store = store
        self.discourse = store.discourse
        self.attributions = attributions
        self.by_id = {attribution.id: attribution for attribution in attributions}
        self.sources = Sources(store, frozenset(plain(name) for name in own_outlets))
        self.entries: dict[object, Entry] = {}

    def filled(self) -> tuple[tuple[Attribution, ...], tuple[SourceEntity, ...]]:
        """The attributions with their sources filled in, and the ledger in the order in which entries first speak."""
        sources = {attribution.id: self._source(attribution) for attribution in self.attributions}
        # Somebody who is only for or against something is not a source of the article.
        vouching = {
            id(entry)
            for attribution in self.attributions
            if attribution.evidence in VOUCHING
            for entry in sources[attribution.id][1]
        }
        kept = [entry for entry in self.entries.values() if id(entry) in vouching]
        order = sorted(kept, key=lambda entry: min(entry.sources))
        names = {id(entry): f"e{number}" for number, entry in enumerate(order, 1)}
        attributions = []
        for attribution in self.attributions:
            source, entries = sources[attribution.id]
            identifiers = [names[id(entry)] for entry in entries if id(entry) in names]
            if identifiers:
                source = msgspec.structs.replace(source, entity=identifiers[0], also=tuple(identifiers[1:]))
            attributions.append(msgspec.structs.replace(attribution, source=source))
        ledger = tuple(
            SourceEntity(names[id(entry)], entry.name, entry.kind, entry.named, _mention_spans(entry))
            for entry in order
        )
        return tuple(attributions), ledger

    # -------------------------------------------------------------------------------------------- one attribution

    def _source(self, attribution: Attribution) -> tuple[SourceMention, list[Entry]]:
        source = attribution.source
        if source.reason is not None or not any(letter.isalnum() for letter in source.text):
            return source, []
        parts = self.discourse.source_mentions(attribution)
        if not parts:
            labelled = self._labelled(attribution)
            if labelled is not None:
                entry = self._entry_of_label(labelled)
                entry.sources += source.spans
                return msgspec.structs.replace(source, kind=entry.kind), [entry]
            entry = self._entry_of_words(source)
            return msgspec.structs.replace(source, kind=entry.kind), [entry]
        if len(parts) > 1:
            return self._compound(attribution, parts)
        mention = parts[0]
        if grammar.is_negative_phrase(self.discourse.trees[mention.sentence], mention.head):
            reason = f"“{source.text}” stands for nobody"
            return msgspec.structs.replace(source, kind=SourceKind.NONE, reason=reason), []
        entity = self.store.entity_of.get(mention.number)
        if entity is None:
            return self._without_entity(attribution, mention)
        entries = [self._entry(speaking, mention) for speaking in self._speaking_entities(entity)]
        for entry in entries:
            entry.sources += source.spans
        return msgspec.structs.replace(source, kind=entries[0].kind), entries

    def _labelled(self, attribution: Attribution) -> Entity | None:
        """The speaker named by the layout, for a source that is the label of its block or the account of a post."""
        speaker = self.discourse.doc.block(self.discourse.doc.sentence(attribution.sentence)).speaker
        if speaker is None or not all(speaker.overlaps(span) for span in attribution.source.spans):
            return None
        return speech.labelled(self.store, speaker)

    def _compound(self, attribution: Attribution, parts: tuple[Mention, ...]) -> tuple[SourceMention, list[Entry]]:
        source = attribution.source
        entities = [self.store.entity_of.get(part.number) for part in parts]
        group = self.discourse.group_of(parts[0])
        whole = None if group is None else self.store.entity_of.get(group.number)
        if whole is not None and not any(entity is not None and entity.names for entity in entities):
            entry = self._entry(whole, parts[0])
            entry.sources += source.spans
            return msgspec.structs.replace(source, kind=entry.kind), [entry]
        entries: list[Entry] = []
        for part, entity in zip(parts, entities, strict=True):
            if entity is None:
                continue
            entry = self._entry(entity, part)
            entry.sources.append(part.span)
            if entry not in entries:
                entries.append(entry)
        entries.sort(key=lambda entry: not entry.named)
        if not entries:
            return self._without_entity(attribution, parts[0])
        return msgspec.structs.replace(source, kind=entries[0].kind), entries

    def _speaking_entities(self, entity: Entity) -> list[Entity]:
        """The entity, or the parts of a coordination that contains a name (*they*, Smith and Jones)."""
        group = next((member for member in entity.mentions if member.form == "group"), None)
        if group is None:
            return [entity]
        parts = [
            self.store.entity_of[mention.number]
            for head in group.parts
            if (mention := self.discourse.mention_at(group.sentence, head)) is not None
            and mention.number in self.store.entity_of
        ]
        named = any(part.names for part in parts)
        return list(dict.fromkeys(sorted(parts, key=lambda part: not part.names))) if named else [entity]

    def _without_entity(self, attribution: Attribution, mention: Mention) -> tuple[SourceMention, list[Entry]]:
        """The source of a pronoun without an entry in the ledger."""
        source = attribution.source
        if mention.word not in PERSONAL or mention.form != "pronoun":
            entry = self._entry_of_words(source, mention)
            return msgspec.structs.replace(source, kind=entry.kind), [entry]
        reason = self.store.reason_of.get(mention.number)
        if mention.word in FIRST_PERSON and mention.quotation is None and not self._is_reported(attribution):
            reason = f"“{source.text}” outside a quotation is the writer"
            return msgspec.structs.replace(source, kind=SourceKind.OWN_OUTLET, reason=reason), []
        reason = reason or f"nothing in the text tells who “{source.text}” is"
        return msgspec.structs.replace(source, kind=SourceKind.PRONOUN_UNRESOLVED, reason=reason), []

    def _is_reported(self, attribution: Attribution) -> bool:
        """Whether the attribution is inside the words of somebody other than the writer."""
        above = self.by_id.get(attribution.parent or "")
        while above is not None:
            if any(part.word not in FIRST_PERSON for part in self.discourse.source_mentions(above)):
                return True
            above = self.by_id.get(above.parent or "")
        return False

    # ---------------------------------------------------------------------------------------------------- entries

    def _entry(self, entity: Entity, mention: Mention) -> Entry:
        """The ledger entry of an entity; for somebody who speaks for an institution, that of the institution."""
        institution = self._institution(entity)
        holder = entity if institution is None else institution
        entry = self.entries.get(holder)
        if entry is None:
            kind = SourceKind.NAMED_ORGANISATION if institution is not None else kind_of(self.sources, holder, mention)
            if institution is not None and institution.being == "outlet":
                kind = SourceKind.OUTLET
            entry = Entry(holder, name_of(self.store, holder), kind, is_named(self.sources, holder, kind))
            self.entries[holder] = entry
            entry.others += [member.span for member in holder.mentions if member.form != "group"]
        if institution is not None:
            entry.others += [member.span for member in entity.mentions]
        return entry

    def _entry_of_label(self, entity: Entity) -> Entry:
        """The ledger entry of somebody named only by the layout."""
        if entity.mentions:
            return self._entry(entity, entity.mentions[0])
        entry = self.entries.get(entity)
        if entry is None:
            kind = SourceKind.OWN_OUTLET if is_own(self.sources, entity) else kind_of_named(self.sources, entity)
            entry = self.entries[entity] = Entry(
                entity, name_of(self.store, entity), kind, is_named(self.sources, entity, kind)
            )
        return entry

    def _entry_of_words(self, source: SourceMention, mention: Mention | None = None) -> Entry:
        """A separate entry for source words that refer to no entity."""
        known = self.entries.get(source.spans)
        if known is not None:
            return known
        kind = SourceKind.ANONYMOUS if mention is None else kind_of_part(self.sources, mention)
        if mention is None and any(word[0].isupper() for word in source.text.split()[:1]):
            kind = SourceKind.NAMED_ORGANISATION
        if plain(source.text) in self.sources.own:
            kind = SourceKind.OWN_OUTLET
        entry = Entry(source.spans, tidy(source.text), kind, kind in NAMED_KINDS, list(source.spans))
        self.entries[source.spans] = entry
        return entry

    def _institution(self, entity: Entity) -> Entity | None:
        """The named institution for which an unnamed person speaks (*the ministry's spokeswoman*)."""
        if entity.names:
            return None
        for mention in entity.mentions:
            if mention.form != "noun" or not is_spokesperson(mention, self.store.lexicon):
                continue
            for other in institutions_beside(self.store, mention):
                if other is not entity and kind_of_named(self.sources, other) in INSTITUTIONS:
                    return other
        return None


def _mention_spans(entry: Entry) -> tuple[Span, ...]:
    """All mentions of an entry in text order, without those inside its sources."""
    sources = set(entry.sources)
    others = {span for span in entry.others if not any(source.overlaps(span) for source in sources)}
    return tuple(sorted(sources | others))
