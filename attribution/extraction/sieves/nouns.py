"""Noun phrases: a known office, a repeated phrase, another word for a recent entity; else a new entity."""

from __future__ import annotations

from collections.abc import Iterable

from attribution.extraction.entities import PERSONS, Entity, EntityStore, go_together
from attribution.extraction.mention import DEMONSTRATIVES, FIRST_PERSON, Mention, age_of
from attribution.extraction.names import TIME_WORDS, same_office, same_title
from attribution.extraction.phrases import OFFICE_PREPOSITIONS
from attribution.extraction.sieves import bodies, salience


def takes(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention is a noun phrase that refers to something: predicates do not (*is the minister*)."""
    if mention.form != "noun" or store.is_placed(mention):
        return False
    return mention.number in store.discourse.speakers or not store.discourse.is_copular(mention)


def place_noun(store: EntityStore, mention: Mention) -> None:
    """Resolve a noun phrase and the mentions in apposition to it."""
    if store.is_placed(mention):
        return
    entity = _entity_of_noun(store, mention)
    anaphor = bool(entity.mentions)
    for member in store.clusters.get(mention.number, [mention]):
        if not store.is_placed(member):
            store.join(member, entity, anaphor=anaphor)


def _entity_of_noun(store: EntityStore, mention: Mention) -> Entity:
    """The entity that a noun phrase refers to: a known office, a repeated phrase; else a new one."""
    if not mention.definite:
        return _same_bare_noun(store, mention) or store.new()
    for rule in RULES:
        entity = rule(store, mention)
        if entity is not None:
            return entity
    return store.new()


def _same_bare_noun(store: EntityStore, mention: Mention) -> Entity | None:
    """*Police … police*: the same words without a determiner are the same crowd or institution."""
    if not mention.bare or mention.being not in ("organisation", "people"):
        return None
    if store.trees[mention.sentence].children(mention.head, "nmod", "acl"):
        return None  # analysts at the bank are not all analysts
    known = store.by_noun.get(mention.office, ())
    return _first_before(
        store, mention, (own for member, own in known if member.bare and member.plural == mention.plural)
    )


def _first_before(store: EntityStore, mention: Mention, entities: Iterable[Entity]) -> Entity | None:
    """The first of some entities that was mentioned before the mention."""
    before = (entity for entity in entities if entity.start < mention.span.start)
    return min(before, key=lambda entity: entity.number, default=None)


def _same_possessed_noun(store: EntityStore, mention: Mention) -> Entity | None:
    """*The country's ministry … the country's ministry*: the same noun of the same possessor."""
    owner = _possessor(store, mention)
    if owner is None:
        return None
    known = {own: None for member, own in store.by_noun.get(mention.office, ()) if _possessor(store, member) is owner}
    first = _first_before(store, mention, known)
    if first is None and not mention.plural:
        named = [own for own in known if own.names]
        return named[0] if len(named) == 1 else None  # their manager … Salo's manager, Isla Drummond
    return first


def _inverse_relation(store: EntityStore, mention: Mention) -> Entity | None:
    """*His client*, of somebody introduced as *Adeyra's agent*: Adeyra."""
    owner = _possessor(store, mention)
    inverse = store.lexicon.words_for(f"other-end-of-{mention.word}")
    if owner is None or not inverse or mention.plural:
        return None
    related = {
        other: None
        for member in owner.mentions
        if member.office and member.office[-1] in inverse and (other := _possessor(store, member)) is not None
    }
    fitting = [kin for kin in related if None in (kin.gender, mention.gender) or kin.gender is mention.gender]
    return fitting[0] if len(fitting) == 1 and fitting[0] is not owner else None


def _possessor(store: EntityStore, mention: Mention) -> Entity | None:
    if mention.possessor is None:
        return None
    owner = store.discourse.mention_at(mention.sentence, mention.possessor)
    if owner is None:
        return None
    if owner.word in FIRST_PERSON and owner.form == "pronoun":
        speaker = store.discourse.speaker_of(owner)
        owner = next(iter(() if speaker is None else store.discourse.sources.get(speaker.id, ())), owner)
    return store.entity_of.get(owner.number)


def _same_age(store: EntityStore, mention: Mention) -> Entity | None:
    """*The 60-year-old*: the person of that age, else the only person in view."""
    age = age_of(mention, store.trees[mention.sentence])
    if age is None or not mention.definite:
        return None
    persons = [
        entity
        for entity in store.before(mention)
        if entity.being in ("person", "unknown") and entity.plural is not True and entity.names
    ]
    aged = [entity for entity in persons if age in entity.ages]
    if aged:
        return aged[0] if len(aged) == 1 else None
    return salience.most_salient(store, mention, [entity for entity in persons if not entity.ages])


def _office_of_a_name(store: EntityStore, mention: Mention) -> Entity | None:
    """*The first minister*: the holder of that office of several words, anywhere in the article."""
    if mention.determiner != "the" or len(mention.office) < 2 or mention.plural:
        return None
    holders = [
        entity
        for entity in store.with_office_like(mention.office)
        if entity.names
        and go_together(entity.being, mention.being)
        and any(_is_the_office(store, mention.office, office) for office in entity.offices)
    ]
    return holders[0] if len(holders) == 1 else None


def _is_the_office(store: EntityStore, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two offices are the same, word for word."""
    return len(first) == len(second) and same_office(first, second, store.lexicon)


def _known_office(store: EntityStore, mention: Mention) -> Entity | None:
    """*The minister*, *the agency*: the most salient entity with that office or noun."""
    if mention.determiner != "the" and mention.determiner not in DEMONSTRATIVES:
        return None
    if mention.word in store.lexicon.words_for("generic-body") and bodies.is_told_by_clause(store, mention):
        return None
    exact: list[Entity] = []
    partial: list[Entity] = []
    for entity in store.with_office_like(mention.office):
        if entity.start >= mention.span.start:
            continue
        if mention.plural is not None and entity.plural is not None and mention.plural != entity.plural:
            continue
        if mention.plural and not entity.plural:
            continue
        if not go_together(entity.being, mention.being) or _is_of_another(store, mention, entity):
            continue
        told = [*entity.offices, *store.offices_in_names(entity)]
        sizes = [len(office) for office in told if same_office(mention.office, office, store.lexicon)]
        if len(mention.office) in sizes:
            exact.append(entity)
        elif any(size > len(mention.office) for size in sizes):
            partial.append(entity)
    best = None
    for candidates in (exact + partial,) if len(mention.office) == 1 else (exact, partial):
        if len(candidates) == 1:
            best = candidates[0]
        elif candidates:
            best = salience.most_salient(store, mention, candidates)
        if best is not None:
            break
    if best is not None and mention.word in store.lexicon.words_for("generic-body"):
        if any(same_office(mention.office, office, store.lexicon) for office in store.offices_in_names(best)):
            return best
        topic = (
            None if best.last_before(mention).sentence >= mention.sentence - 1 else bodies.topic_body(store, mention)
        )
        return None if topic is not None or bodies.another_body_in_view(store, mention, best) else best
    return best


def _is_of_another(store: EntityStore, mention: Mention, entity: Entity) -> bool:
    """Whether the office is that of one body or place, and the entity's that of another (*the envoy of Norland*)."""
    own = _complements(store, mention)
    others = [named for member in entity.mentions if member.office for named in _complements(store, member)]
    return bool(own and others) and own.isdisjoint(others)


def _complements(store: EntityStore, mention: Mention) -> set[str]:
    """The bodies and places that an office is of (*the envoy of Norland*), states by their common name."""
    tree = store.trees[mention.sentence]
    found: set[str] = set()
    for child in tree.children(mention.head, "nmod"):
        other = store.discourse.by_head.get((mention.sentence, child))
        case = tree.tokens[tree.subtree(child)[0]].text.lower()
        if case not in OFFICE_PREPOSITIONS or tree.forms[child] in TIME_WORDS:
            continue
        if child > mention.head and tree.tokens[child].upos == "PROPN" and (other is None or other.being != "person"):
            words = [tree.tokens[index].text for index in tree.subtree(child) if tree.tokens[index].upos != "PUNCT"]
            found |= store.lexicon.states_in(words) or {tree.forms[child]}
    return found


def _makers_of_a_study(store: EntityStore, mention: Mention) -> Entity | None:
    """*The scientists*: a group introduced before by another word."""
    makers = store.lexicon.words_for("study-makers")
    if mention.determiner != "the" or not (mention.plural or mention.word == "team") or mention.word not in makers:
        return None
    if store.trees[mention.sentence].children(mention.head, "nmod", "acl", "amod"):
        return None
    found = [
        entity
        for entity in store.in_view(mention)
        if entity.being in ("people", "organisation")
        and any(
            member.form == "noun" and member.word in makers and (member.plural or member.word == "team")
            for member in entity.mentions
        )
    ]
    return salience.most_salient(store, mention, found)


def _only_outlet(store: EntityStore, mention: Mention) -> Entity | None:
    """*The paper*: the one outlet named in this sentence or the one before."""
    if mention.determiner != "the" or mention.plural or mention.word not in store.lexicon.words_for("paper"):
        return None
    possible = ("outlet", "document")
    in_view = [entity for entity in store.in_view(mention, 1) if entity.being in possible and entity.plural is not True]
    return in_view[0] if len(in_view) == 1 and in_view[0].being == "outlet" and in_view[0].names else None


def _only_person(store: EntityStore, mention: Mention) -> Entity | None:
    """*The nominee said*: another word for the topic of the sentence before, if the phrase speaks."""
    if mention.determiner != "the" or mention.plural or mention.number not in store.discourse.speakers:
        return None
    if mention.word not in store.lexicon.words_for("generic-person"):
        return None  # the judge is a judge, not whoever was named last
    tree = store.trees[mention.sentence]
    if tree.has_child(mention.head, "nmod", "acl"):
        return None
    persons = [
        entity
        for entity in store.in_view(mention, 2)
        if entity.being in PERSONS or (entity.being == "unknown" and entity.names)
    ]
    best = salience.most_salient(store, mention, persons, 2, salience.LEAST_LEAD_UNNAMED)
    if best is None or not best.names or best.being == "people":
        return None
    after = tree.tokens[mention.tokens[-1] + 1 : mention.tokens[-1] + 3]
    if any(token.upos in ("PROPN", "NOUN", "ADJ") for token in after):
        return None  # a name stands with it, or the phrase goes on
    if any(same_title(office[-1], mention.office[-1]) for office in best.offices):
        return None  # the French president is another president
    before = best.by_sentence.get(mention.sentence - 1, ())
    return best if any(store.discourse.is_topic(member) for member in before) else None


RULES = (
    _same_possessed_noun,
    _inverse_relation,
    _same_age,
    _office_of_a_name,
    _known_office,
    _makers_of_a_study,
    bodies.only_body,
    bodies.topic_body,
    _only_outlet,
    _only_person,
)
"""Rules for a definite phrase, the surest first."""
