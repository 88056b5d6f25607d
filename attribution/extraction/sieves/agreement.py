"""Which entities a pronoun may refer to: number, gender, being, grammar, and whether they are alive to speak."""

from __future__ import annotations

from attribution.extraction.entities import BODIES, PERSONS, SPEAKING, WINDOW, Entity, EntityStore
from attribution.extraction.mention import REFLEXIVES, Mention
from attribution.extraction.people import OFFICES
from attribution.extraction.sieves.deaths import is_dead
from attribution.parsing import Tree


def may_be(store: EntityStore, mention: Mention, entity: Entity) -> bool:
    """Whether the pronoun may refer to the entity."""
    return agrees(store, mention, entity) and not is_barred(store, mention, entity)


def agrees(store: EntityStore, mention: Mention, entity: Entity) -> bool:
    """Whether number, gender and being allow the pronoun to refer to the entity."""
    speaks = mention.number in store.discourse.speakers
    if speaks and (entity.being not in SPEAKING or is_dead(store, mention, entity)):
        return False
    if entity.being in ("thing", "document") and _owns_people(store, mention):
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
        if entity.being == "unknown" and (entity.goes_by_surname or entity.looks_personal):
            return False
        return entity.plural is not True and entity.gender is None and entity.being not in PERSONS
    if entity.plural is True:
        return True
    if mention.quotation is not None or store.discourse.is_part_of_speaker(mention):
        return False
    return entity.being in BODIES or (entity.being == "unknown" and bool(entity.names) and not entity.gender)


def _owns_people(store: EntityStore, mention: Mention) -> bool:
    """Whether the pronoun owns an office-holder (*its chairman*), as only bodies and countries do."""
    if mention.relation != "nmod:poss" or mention.word not in ("its", "their"):
        return False
    owned = store.discourse.by_head.get((mention.sentence, store.trees[mention.sentence].tokens[mention.head].head))
    return owned is not None and owned.kind in OFFICES


def is_barred(store: EntityStore, mention: Mention, entity: Entity) -> bool:
    """Whether grammar forbids it: a fellow argument, a phrase around the pronoun, or the speaker's own words."""
    tree = store.trees[mention.sentence]
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
        speaker = store.discourse.speaker_of(mention)
        parts = () if speaker is None else store.discourse.sources.get(speaker.id, ())
        return any(store.entity_of.get(part.number) is entity for part in parts)
    if mention.number in store.discourse.speakers:
        # Speakers are not named inside their own words.
        own = store.discourse.direct_words.get(mention.number)
        if not own:
            return False
        near = [other for other in entity.mentions if mention.sentence - other.sentence <= WINDOW]
        return bool(near) and all(any(s.covers(other.span) for s in own) for other in near)
    return False


def turned_to_another(store: EntityStore, speaker: Mention, mention: Mention, entity: Entity) -> bool:
    """Whether another possible antecedent is a subject in between, outside the speaker's words."""
    said = store.discourse.words_of.get(speaker.number, ())
    return any(
        speaker.span.start < subject.span.start < mention.span.start
        and subject.form != "pronoun"
        and subject.quotation is None
        and store.discourse.is_main_subject(subject)
        and other is not entity
        and not any(span.covers(subject.span) for span in said)
        and agrees(store, mention, other)
        for sentence in range(speaker.sentence, mention.sentence + 1)
        for other in store.in_sentence.get(sentence, ())
        for subject in other.by_sentence.get(sentence, ())
    )


def _is_within(index: int, head: int, tree: Tree) -> bool:
    """Whether a token is in a head's noun phrase, with no clause between them (*a person close to **him***)."""
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
