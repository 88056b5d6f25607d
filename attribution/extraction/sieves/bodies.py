"""General words for bodies: *the company*, *the club* and *the agency* for a body mentioned shortly before."""

from __future__ import annotations

from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.mention import NEUTER_PRONOUNS, Mention


def another_body_in_view(store: EntityStore, mention: Mention, entity: Entity) -> bool:
    """Whether a named body has been mentioned since the entity, to which *the company* may equally refer."""
    last = entity.last_before(mention)
    return mention.sentence - last.sentence > 1 and any(
        other is not entity
        and other.being in ("organisation", "unknown")
        and other.gender is None
        and (other.being == "organisation" or (other.name is not None and len(other.name.keys) == 1))
        and any(
            last.span.start < member.span.start < mention.span.start and member.form == "name"
            for member in other.by_sentence[sentence]
        )
        for sentence in range(last.sentence, mention.sentence + 1)
        for other in store.in_sentence.get(sentence, ())
    )


def only_body(store: EntityStore, mention: Mention) -> Entity | None:
    """*The company*, *the nonprofit*: the only named body in view, if there is no rival."""
    if mention.determiner != "the" or mention.plural or len(mention.office) > 1:
        return None
    if mention.word not in store.lexicon.words_for("generic-body"):
        return None
    in_view = [
        entity
        for entity in store.in_view(mention, 1)
        if entity.being in ("organisation", "outlet")
        and entity.plural is not True
        and mention.sentence - entity.last_before(mention).sentence <= 1
        and not (mention.word in store.lexicon.words_for("firm") and _is_told_by_name(store, entity))
    ]
    named = [entity for entity in in_view if entity.names]
    return named[0] if len(named) == 1 and len(in_view) == 1 else None


def topic_body(store: EntityStore, mention: Mention) -> Entity | None:
    """*The club*, *the operator* as a subject: the named body that is the subject of the sentence before."""
    if mention.determiner != "the" or mention.plural or len(mention.office) > 1:
        return None
    if not store.discourse.is_topic(mention):
        return None
    if mention.word not in store.lexicon.words_for("generic-body") | store.lexicon.words_for("club"):
        return None
    topics = {
        entity: None
        for entity in store.in_sentence.get(mention.sentence - 1, ())
        if any(store.discourse.is_topic(member) for member in entity.by_sentence[mention.sentence - 1])
    }
    named = [topic for topic in topics if topic.names and (topic.being == "organisation" or _is_neuter(topic))]
    if len(topics) != 1 or len(named) != 1 or named[0].plural or _is_told_by_name(store, named[0]):
        return None
    return named[0]


def _is_neuter(entity: Entity) -> bool:
    """Whether a name is known not to be a person's: *it* referred to it, or it owns what countries own."""
    if entity.neuter:
        return True
    return entity.being == "unknown" and any(member.word in NEUTER_PRONOUNS for member in entity.mentions)


def _is_told_by_name(store: EntityStore, entity: Entity) -> bool:
    """Whether the body's name says what it is, so that *company* does not fit (*Competition Authority*)."""
    last = {office[-1] for office in store.offices_in_names(entity) if office}
    nouns = [noun for word in last for noun in store.lexicon.source_nouns_of(word) if noun.kind == "organisation"]
    firms, endings = store.lexicon.words_for("firm"), store.lexicon.words_for("body-ending")
    return not endings.isdisjoint(last) or any(noun.words not in firms for noun in nouns)
