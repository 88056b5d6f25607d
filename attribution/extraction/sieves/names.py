"""Names: each goes to the entity with the best fitting name, else to a new one."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.extraction.entities import BODIES, PLACES, WINDOW, Entity, EntityStore, are_namesakes
from attribution.extraction.mention import Mention
from attribution.extraction.names import Name, is_given_name_of, is_misspelt, same_body, same_person


def takes(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention has a name, or stands in apposition to one."""
    return not store.is_placed(mention) and any(member.form == "name" for member in _together(store, mention))


def place_name(store: EntityStore, mention: Mention) -> None:
    """Place a name and the mentions in apposition to it, names first."""
    together = _together(store, mention)
    entity = entity_of_name(store, next(member for member in together if member.form == "name"))
    for member in sorted(together, key=lambda member: (member.form != "name", member.number)):
        store.join(member, entity)


def _together(store: EntityStore, mention: Mention) -> Sequence[Mention]:
    return store.clusters.get(mention.number, [mention])


def entity_of_name(store: EntityStore, mention: Mention) -> Entity:
    """The entity whose name fits clearly best; else a new one."""
    assert mention.name is not None
    alike = store.with_any_of(store.handles(mention.name))
    if mention.name.titles and not alike and mention.name.keys:
        alike = [
            entity
            for entity in store.with_initial(mention.name.keys[-1][0])
            if entity.being in ("person", "unknown") and entity.start < mention.span.start
        ]
    fits = [(fit, entity) for entity in alike if (fit := _name_fit(store, mention, entity)) > 0]
    if not fits:
        return store.new()
    best = max(fit for fit, _ in fits)
    candidates = [entity for fit, entity in fits if fit == best]
    if len(candidates) == 1:
        return candidates[0]
    persons = [
        candidate
        for candidate in candidates
        if candidate.being not in BODIES and _is_surname_of(mention.name, candidate)
    ]
    if len(persons) == 1 and mention.being not in BODIES and mention.determiner is None:
        return persons[0]  # Kell is Otto Kell, not Kell Valley Mines
    candidates.sort(key=lambda entity: -entity.mentions[-1].sentence)
    near, far = candidates[:2]
    if mention.sentence - near.mentions[-1].sentence + WINDOW < mention.sentence - far.mentions[-1].sentence:
        return near
    known = [candidate for candidate in candidates if mention.gender is not None and candidate.gender is mention.gender]
    return known[0] if len(known) == 1 else store.new()


def _is_surname_of(name: Name, entity: Entity) -> bool:
    """Whether the name is the last word of one of the entity's longer names."""
    return any(len(other.keys) > 1 and other.surname == name.keys for other in entity.names)


def _name_fit(store: EntityStore, mention: Mention, entity: Entity) -> int:
    """How well a name fits an entity's names: 3 equal, 2 a surname or an acronym, 1 a first name; 0 not."""
    name = mention.name
    assert name is not None
    if mention.gender is not None and entity.gender is not None and mention.gender is not entity.gender:
        return 0
    if entity.being != "outlet" and not any(_may_fit(name, other) for other in entity.names):
        return 0
    if any(are_namesakes(name, other) for other in entity.names):
        return 0
    persons = "person" in (mention.being, entity.being)
    bodies = {"organisation", "outlet", "document", "platform"}
    best = 0
    if mention.being == entity.being == "outlet" and (outlet := store.outlet_of(name)) is not None:
        if outlet in [store.outlet_of(other) for other in entity.names]:
            return 3
    for other in entity.names:
        if name.keys == other.keys:
            if mention.gender is None and entity.gender is not None and _is_another_of_the_name(store, name, entity):
                best = max(best, 2)  # Starmer beside Lady Starmer and Keir Starmer
            elif not persons or {mention.being, entity.being}.isdisjoint({*PLACES, *bodies}):
                best = max(best, 3)
        elif persons or not bodies.intersection((mention.being, entity.being)):
            if bodies.intersection((mention.being, entity.being)) and min(len(name.keys), len(other.keys)) < 2:
                continue
            if not {mention.being, entity.being}.isdisjoint({*PLACES, "people"}):
                continue
            if same_person(name, other) or (name.titles and is_misspelt(name, other)):
                best = max(best, 2)
            elif entity.being in ("person", "unknown") and _is_first_name(store, name, other):
                best = max(best, 1)
        if bodies.intersection((mention.being, entity.being)) and not persons:
            if {mention.being, entity.being}.isdisjoint(PLACES) and _may_be_same_body(store, name, other):
                best = max(best, 2)
            elif len(name.keys) == 1 and name.keys[-1] == other.keys[-1] and mention.being != "state":
                if not _is_fixed(store, other) and (mention.determiner == "the" or _is_only_end(store, name)):
                    best = max(best, 1)
    return best


def _may_fit(first: Name, second: Name) -> bool:
    """Whether two names end alike, or one begins the other or is a single word; else they fit only as an outlet's."""
    size = min(len(first.keys), len(second.keys))
    return size < 2 or first.keys[-1] == second.keys[-1] or first.keys[:size] == second.keys[:size]


def _is_another_of_the_name(store: EntityStore, name: Name, entity: Entity) -> bool:
    """Whether the entity is known only by title and surname, and the draft has a full name with that surname."""
    if len(name.keys) != 1 or any(len(other.keys) > 1 for other in entity.names):
        return False
    full = [keys for keys in store.discourse.names_by_last.get(name.keys[-1], ()) if len(keys) > 1]
    return bool(full) and all(member.name is None or bool(member.name.titles) for member in entity.mentions)


def _is_only_end(store: EntityStore, name: Name) -> bool:
    """Whether exactly one longer name ends in this one-word name (*Rovers*)."""
    return sum(len(keys) > 1 for keys in store.discourse.names_by_last.get(name.keys[-1], ())) == 1


def _is_fixed(store: EntityStore, name: Name) -> bool:
    """Whether the lexicon has the whole name, so that its last word alone is none (*White House*, *the House*)."""
    whole = " ".join(name.keys)
    return any(noun.words == whole for noun in store.lexicon.source_nouns_of(name.keys[-1]) if " " in whole)


def _is_first_name(store: EntityStore, short: Name, full: Name) -> bool:
    """Whether the first is the second's given name (*Hillary*), and of nobody else with a full name."""
    return is_given_name_of(short, full) and not any(
        len(name) > 1 and name[-1] != full.keys[-1] for name in store.discourse.names_by_first.get(short.keys[0], ())
    )


def _may_be_same_body(store: EntityStore, first: Name, second: Name) -> bool:
    """Equal, acronym, or first words, unless other names begin with the same word (*Tolva Gazette*, *Tolva TV*)."""
    if not same_body(first, second):
        return False
    short, long = sorted((first, second), key=lambda name: len(name.keys))
    if long.keys[: len(short.keys)] != short.keys or len(short.keys) > 1 or first.keys == second.keys:
        return True
    if short is second:
        return False  # China was there before the China Daily
    beginning = (name for name in store.discourse.names_by_first.get(short.keys[0], ()) if len(name) > 1)
    return all(name == long.keys or set(name) <= set(long.keys) for name in beginning)
