"""General words for bodies: *the company*, *the club* and *the agency* for a body mentioned shortly before."""

from __future__ import annotations

from attribution.extraction.entities import BODIES, Entity, EntityStore
from attribution.extraction.mention import NEUTER_PRONOUNS, Mention


def another_body_in_view(store: EntityStore, mention: Mention, entity: Entity) -> bool:
    """Whether a named body has been mentioned since the entity, to which *the company* may equally refer.

    For an entity with a name, only one in the sentence before.
    """
    last = entity.last_before(mention)
    first = max(last.sentence, mention.sentence - 1) if entity.names else last.sentence
    return mention.sentence - last.sentence > 1 and any(
        other is not entity
        and (other.being == "organisation" or (not entity.names and _is_unexplained_name(other)))
        and any(
            last.span.start < member.span.start < mention.span.start and member.form == "name"
            for member in other.by_sentence[sentence]
        )
        for sentence in range(first, mention.sentence + 1)
        for other in store.in_sentence.get(sentence, ())
    )


def _is_unexplained_name(entity: Entity) -> bool:
    """Whether nothing but a name of one word is known of the entity."""
    return (
        entity.being == "unknown" and entity.gender is None and entity.name is not None and len(entity.name.keys) == 1
    )


def is_told_by_clause(store: EntityStore, mention: Mention) -> bool:
    """Whether a relative clause without a comma tells which body is meant (*the company that makes the drug*)."""
    tree = store.trees[mention.sentence]
    starts = (tree.subtree(clause)[0] for clause in tree.children(mention.head, "acl:relcl"))
    return any("," not in (tree.forms[start - 1], tree.forms[start]) for start in starts if start > 0)


def _may_stand_for_body(store: EntityStore, mention: Mention, words: frozenset[str]) -> bool:
    """Whether a phrase is *the* with one of the words, and tells nothing more of which body is meant."""
    if mention.determiner != "the" or mention.plural or mention.word not in words:
        return False
    return not is_told_by_clause(store, mention)


def only_body(store: EntityStore, mention: Mention) -> Entity | None:
    """*The company*, *the nonprofit*: the only named body in view, if there is no rival."""
    if not _may_stand_for_body(store, mention, store.lexicon.words_for("generic-body")):
        return None
    in_view = [
        entity
        for entity in store.in_view(mention, 1)
        if entity.being in ("organisation", "outlet")
        and entity.plural is not True
        and mention.sentence - entity.last_before(mention).sentence <= 1
        and not (mention.word in store.lexicon.words_for("firm") and _is_told_by_name(store, entity))
    ]
    if not in_view:
        return _only_unexplained_name(store, mention)
    named = [entity for entity in in_view if entity.names]
    return named[0] if len(named) == 1 and len(in_view) == 1 and _has_modifiers_of(mention, named[0]) else None


def _only_unexplained_name(store: EntityStore, mention: Mention) -> Entity | None:
    """*The company* as a subject: where no body is in view, the only unexplained subject or object just before."""
    if mention.word not in store.lexicon.words_for("firm") or not store.discourse.is_topic(mention):
        return None
    if len(mention.office) > 1 or any(entity.being in BODIES for entity in store.in_view(mention, 2)):
        return None
    named = [entity for entity in store.in_view(mention, 1) if _is_named_body(store, mention, entity)]
    if len(named) != 1:
        return None
    near = [member for member in named[0].mentions if mention.sentence - 1 <= member.sentence <= mention.sentence]
    arguments = (member for member in near if member.span.start < mention.span.start)
    return named[0] if any(member.relation.split(":")[0] in ("nsubj", "obj") for member in arguments) else None


def topic_body(store: EntityStore, mention: Mention) -> Entity | None:
    """*The club*, *the operator* as a subject: the named body that is the subject of the sentence or clause before."""
    if not _may_stand_for_body(
        store, mention, store.lexicon.words_for("generic-body") | store.lexicon.words_for("club")
    ):
        return None
    if not store.discourse.is_topic(mention):
        return None
    for sentence in (mention.sentence, mention.sentence - 1):
        subjects = {
            entity: None
            for entity in store.in_sentence.get(sentence, ())
            for member in entity.by_sentence[sentence]
            if member.span.start < mention.span.start and store.discourse.is_topic(member)
        }
        topics = [
            entity for entity in subjects if _may_be_body(entity) and _is_main_topic(store, entity, mention, sentence)
        ]
        if topics or sentence < mention.sentence:
            break
    if len(topics) != 1 or not _is_named_body(store, mention, topics[0]) or not _has_modifiers_of(mention, topics[0]):
        return None
    rivals = (entity for entity in subjects if entity is not topics[0])
    found = any(
        (rival.being in BODIES and not rival.plural) or _is_named_body(store, mention, rival) for rival in rivals
    )
    return None if found else topics[0]


def _may_be_body(entity: Entity) -> bool:
    """Whether the entity is a body, or nothing shows that it is none."""
    return entity.being in BODIES or (entity.being == "unknown" and entity.gender is None)


def _is_main_topic(store: EntityStore, entity: Entity, mention: Mention, sentence: int) -> bool:
    """Whether the entity is the subject of a main clause of the sentence, before the mention."""
    return any(
        member.span.start < mention.span.start
        and store.discourse.is_topic(member)
        and store.discourse.is_main_subject(member)
        for member in entity.by_sentence[sentence]
    )


def _is_named_body(store: EntityStore, mention: Mention, entity: Entity) -> bool:
    """Whether the entity has a body's name that the noun fits; for a firm, also an unexplained name of one word."""
    if not entity.names or entity.plural or _is_told_by_name(store, entity):
        return False
    if entity.being == "organisation" or _is_neuter(entity):
        return True
    if mention.word not in store.lexicon.words_for("firm") or mention.being == "person":
        return False  # the owner may be a person
    if not _may_be_firm(store, entity):
        return False
    tree = store.trees[mention.sentence]
    told = any(tree.matches(above, "ccomp") for above in tree.ancestors(mention.head))
    return not (told and mention.sentence in entity.by_sentence)  # Reed says the firm will grow


def _may_be_firm(store: EntityStore, entity: Entity) -> bool:
    """Whether a name of one word, or its first word alone, is all that is known of an entity, and no state's."""
    if entity.being != "unknown" or entity.gender is not None:
        return False
    short = {name.keys for name in entity.names if len(name.keys) == 1}
    if any(name.keys[:1] not in short for name in entity.names):
        return False
    return not any(
        name.titles or store.lexicon.states_in(name.words) or store.lexicon.gender(name.words[0])
        for name in entity.names
    )


def _has_modifiers_of(mention: Mention, entity: Entity) -> bool:
    """Whether the words before the noun are in the name (*the production company*, Nick Lark Productions)."""
    keys = [key for name in entity.names for key in name.keys]
    return all(any(key.startswith(word) for key in keys) for word in mention.office[:-1])


def _is_neuter(entity: Entity) -> bool:
    """Whether a name is known not to be a person's: *it* referred to it, or it owns what countries own."""
    if entity.neuter:
        return True
    return entity.being == "unknown" and any(member.word in NEUTER_PRONOUNS for member in entity.mentions)


def _is_told_by_name(store: EntityStore, entity: Entity) -> bool:
    """Whether the body's name says what it is, so that *company* does not fit (*Competition Authority*)."""
    firms = store.lexicon.words_for("firm") | store.lexicon.words_for("firm-ending")
    endings = store.lexicon.words_for("body-ending")
    told = [" ".join(office) for office in store.offices_in_names(entity)]
    return any(
        noun.kind == "organisation" and noun.words not in firms and f" {words}".endswith(f" {noun.words}")
        for words in told
        for noun in store.lexicon.source_nouns_of(words.split()[-1])
    ) or any(words.split()[-1] in endings for words in told)
