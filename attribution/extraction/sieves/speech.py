"""First person and labels: *I* and *we* refer to the speaker of the words, a turn belongs to its label."""

from __future__ import annotations

import re

from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.mention import CARDINALS, FIRST_PERSON, INDEFINITE_PRONOUNS, Mention
from attribution.extraction.names import Name, same_person
from attribution.ingest.labels import part_of
from attribution.records import Span

INDEFINITE = INDEFINITE_PRONOUNS | CARDINALS - {"nobody", "none", "no-one", "nothing", "something", "everything"}
ONE = frozenset({"one", "another", "someone", "somebody", "anyone", "anybody", "each"})
"""Indefinite pronouns for a single person."""


def takes(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention is a pronoun of the first person."""
    return mention.form == "pronoun" and mention.word in FIRST_PERSON and not store.is_placed(mention)


def place_first_person(store: EntityStore, mention: Mention) -> None:
    """*I* and *we* in a quotation, and beside it in the same content, refer to its speaker."""
    labelled = label_of(store, mention)
    if labelled is not None:
        store.join(mention, labelled)
        return
    speaker = store.discourse.speaker_of(mention) or store.discourse.mixed_speaker_of(mention)
    parts = () if speaker is None else store.discourse.sources.get(speaker.id, ())
    if speaker is None:
        words = store.discourse.words(mention)
        store.reason_of[mention.number] = f"“{words}” stands in no quotation with a known speaker"
        return
    if len(parts) == 1 and parts[0] is not mention:
        if parts[0].word in FIRST_PERSON and parts[0].number not in store.entity_of:
            place_first_person(store, parts[0])
        entity = store.entity_of.get(parts[0].number)
        if entity is not None:
            store.join(mention, entity)
            return
    store.reason_of[mention.number] = f"who speaks “{store.discourse.words(mention)}” is itself not resolved"


def label_of(store: EntityStore, mention: Mention) -> Entity | None:
    """The speaker of the mention's whole block, where the layout names one (turns, embedded posts)."""
    speaker = store.discourse.doc.block(store.discourse.doc.sentences[mention.sentence]).speaker
    answering = _of_turn(store, mention)
    if answering is not None or speaker is None or speaker.covers(mention.span):
        return answering
    # A letter or part (*A*, *Guest*) that the introduction does not explain refers to nobody known.
    words = store.discourse.doc.draft.text[speaker.start : speaker.end]
    return None if part_of(words) == "answers" else labelled(store, speaker)


def _of_turn(store: EntityStore, mention: Mention) -> Entity | None:
    """The interviewee named in the introduction, for words in an answer."""
    turn = store.discourse.turn_of(mention)
    parts = () if turn is None else store.discourse.sources.get(turn.id, ())
    named = len(parts) == 1 and parts[0].form == "name" and not parts[0].span.covers(mention.span)
    return store.entity_of.get(parts[0].number) if named else None


def labelled(store: EntityStore, label: Span) -> Entity | None:
    """The entity that a label refers to: the one with that name or those initials, else a new one."""
    known = store.labelled.get(label)
    if known is None:
        words = words_of_label(store.discourse.doc.draft.text[label.start : label.end])
        if not words:
            return None
        known = with_name_of(store, Name(words)) or _named_by_label(store, words, label)
        store.labelled[label] = known
    return known


def with_name_of(store: EntityStore, name: Name) -> Entity | None:
    """The only entity with the label's name, a name that it begins or ends, or its initials (*AK*, Ada Kern)."""
    alike = store.with_any_of(store.handles(name))
    fits = [
        entity
        for entity in alike
        if any(
            other.keys == name.keys
            or other.surname == name.keys
            or (len(name.keys) > 1 and same_person(name, other))
            or other.acronym.lower() == name.keys[0]
            for other in entity.names
        )
    ]
    exact = [entity for entity in fits if any(other.keys == name.keys for other in entity.names)]
    found = exact or fits
    return found[0] if len(found) == 1 else None


def _named_by_label(store: EntityStore, words: tuple[str, ...], label: Span) -> Entity:
    entity = store.new()
    name = Name(words)
    entity.start = label.start
    store.give_name(entity, name)
    entity.being = "outlet" if store.outlet_of(name) is not None else "person"
    return entity


def takes_someone(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention is an indefinite pronoun that speaks (*two of them said*)."""
    return mention.number in store.discourse.speakers and mention.word in INDEFINITE and not store.is_placed(mention)


def place_someone(store: EntityStore, mention: Mention) -> None:
    """*One*, *two of them*, *others* that speak: a new entity, to which a later *they* may refer."""
    entity = store.new()
    entity.plural = mention.word not in ONE
    entity.being = "people" if entity.plural else "person"
    store.join(mention, entity)


def words_of_label(text: str) -> tuple[str, ...]:
    """The name in a label, without brackets, colon, dash and what follows a comma (*— Ada Kern, engineer*)."""
    name = re.split(r"[(\[,:]", text.strip().lstrip("—–-@").strip(), maxsplit=1)[0]
    return tuple(word for word in name.split() if any(letter.isalnum() for letter in word))
