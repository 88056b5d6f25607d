"""Salience: how likely each entity is as a mention's antecedent, and which clearly leads.

After Lappin and Leass (1994): an entity's weight comes from the grammatical roles of its mentions. It decreases with
each sentence, and increases where the clause around the pronoun or the current report favours the entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from attribution.extraction.entities import BODIES, PERSONS, PLACES, WINDOW, Entity, EntityStore
from attribution.extraction.mention import REFLEXIVES, Mention
from attribution.extraction.sieves import agreement
from attribution.parsing import Tree

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

PRONOUN_SALIENCE = 80.0
"""The referent of a pronoun is what the text is about (Grosz, Joshi and Weinstein 1995, rule 1)."""

OTHER_SALIENCE = 30.0

DECAY = 0.5
"""Share of a mention's salience that remains after each further sentence."""

REPEATED_SHARE = 0.3
"""Share of their salience that mentions beside the most prominent one add."""

SPEAKER_SALIENCE = 60.0
"""Bonus of the last speaker, for a pronoun that itself speaks (*… she said. "…," she added*)."""

CLAUSE_SALIENCE = 40.0
"""Bonus of the subject of the clause around the pronoun's clause (*Salo left after **he** …*)."""

COMPLEMENT_SALIENCE = 80.0
"""The same where that clause reports or asks the pronoun's clause (*Salo said **he** …*), or *own* is used."""

QUOTED_SHARE = 0.4
"""Weight of a mention inside a quotation for a pronoun outside it."""

LEAST_LEAD = 1.25
"""How many times as salient as the second the best antecedent must be."""

LEAST_LEAD_UNSURE = 1.6
"""The same for *she* or *he* where the entity's gender is unknown."""

LEAST_LEAD_UNNAMED = 2.0
"""The same where the entity has no name either."""

LEAST_SALIENCE = 3.0

UNSURE_GENDER_SHARE = (0.7, 0.9)
"""Weights of an entity of unknown gender for *she* or *he*: as a candidate, as a competitor."""

UNSURE_PERSON_SHARE = (0.4, 0.6)
"""Weights of a one-word name for *she* or *he* if it may not be a person's: as a candidate, as a competitor."""

THING_SHARE = (0.5, 0.5)
"""Weights of things for *they*, relative to people and bodies: as a candidate, as a competitor."""

Bonus = tuple[Entity | None, float]
"""The entity favoured by the clause around a pronoun, and its bonus."""


@dataclass(frozen=True)
class Weighing:
    """The candidates for a mention with their weights, and the bonus from the clause around it."""

    mention: Mention
    weights: Mapping[Entity, float]
    bonus: Bonus

    @property
    def likely(self) -> list[Entity]:
        """The candidates with enough weight to be the antecedent, the heaviest first."""
        heaviest = sorted(self.weights, key=lambda entity: -self.weights[entity])
        return [entity for entity in heaviest if self.weights[entity] >= LEAST_SALIENCE]


def weigh(store: EntityStore, mention: Mention, candidates: Iterable[Entity], window: int = WINDOW) -> Weighing:
    """The candidates' weights before the mention; only mentions within the window count."""
    bonus = _bonus(store, mention)
    near = {
        entity
        for sentence in store.discourse.back_from(mention.sentence, window)
        for entity in store.in_sentence.get(sentence, ())
    }
    weights = {
        entity: _weight(store, mention, entity, window, bonus) if entity in near else 0.0 for entity in candidates
    }
    return Weighing(mention, weights, bonus)


def leader(store: EntityStore, weighing: Weighing, least_lead: float = LEAST_LEAD) -> Entity | None:
    """The candidate with clearly the most weight; None if there is none."""
    mention, weights = weighing.mention, weighing.weights
    if not weights:
        return None
    doubts = {entity: _doubt(store, weighing, entity) for entity in weights}
    weighed = {entity: weight * doubts[entity][0] for entity, weight in weights.items()}
    best = max(weights, key=lambda entity: (weighed[entity], -entity.number))
    if weighed[best] < LEAST_SALIENCE:
        return None
    unsure = mention.gender is not None and best.gender is None
    if unsure and not best.names and any(entity.gender is mention.gender for entity in weighing.likely):
        return None  # The judge spoke to Sara Falk. She …
    lead = (LEAST_LEAD_UNSURE if best.names else LEAST_LEAD_UNNAMED) if unsure else least_lead
    rivals = (weight * doubts[entity][1] for entity, weight in weights.items() if entity is not best)
    return best if weighed[best] >= lead * max(rivals, default=0.0) else None


def most_salient(
    store: EntityStore,
    mention: Mention,
    candidates: Iterable[Entity],
    window: int = WINDOW,
    least_lead: float = LEAST_LEAD,
) -> Entity | None:
    """The clearly most salient entity before the mention; None if there is none."""
    return leader(store, weigh(store, mention, candidates, window), least_lead)


def _weight(store: EntityStore, mention: Mention, entity: Entity, window: int, bonus: Bonus) -> float:
    """The sum over sentences of the entity's most prominent mention in each, less with distance."""
    weights = []
    for distance, sentence in enumerate(store.discourse.back_from(mention.sentence, window)):
        if sentence in entity.by_sentence:
            before = (earlier for earlier in entity.by_sentence[sentence] if earlier.span.start < mention.span.start)
            most_here = max((_weight_of(store, earlier, mention) for earlier in before), default=0.0)
            weights.append(most_here * DECAY**distance)
    most = max(weights, default=0.0)
    if not most:
        return 0.0
    repeated = most + REPEATED_SHARE * (sum(weights) - most)
    clause = bonus[1] if bonus[0] is entity and _surely_agrees(mention, entity) else 0.0
    return repeated + _speaking_salience(store, mention, entity) + clause


def _weight_of(store: EntityStore, other: Mention, mention: Mention) -> float:
    """The weight of an earlier mention for a later one, without distance."""
    weight = prominence(other, store.trees[other.sentence])
    if other.form == "pronoun" and mention.form == "pronoun" and other.sentence < mention.sentence:
        weight = max(weight, PRONOUN_SALIENCE)
    if other.quotation is not None and other.quotation != mention.quotation:
        weight *= QUOTED_SHARE
    return weight


def _surely_agrees(mention: Mention, entity: Entity) -> bool:
    """Whether the pronoun agrees with known attributes of the entity, and not only because they are unknown."""
    if mention.gender is not None:
        return True
    if mention.plural:
        return entity.plural is True or entity.being in BODIES or entity.being == "people"
    return entity.being in BODIES | PLACES | {"thing", "document"} or entity.neuter


def _doubt(store: EntityStore, weighing: Weighing, entity: Entity) -> tuple[float, float]:
    """(weight as a candidate, weight as a competitor) of an entity that agrees only because attributes are unknown.

    A doubtful candidate rarely wins, but still makes it uncertain who is meant.
    """
    mention = weighing.mention
    if mention.gender is not None and entity.gender is None:
        if entity.being == "unknown" and not any(len(name.keys) > 1 for name in entity.names):
            return UNSURE_PERSON_SHARE
        return UNSURE_GENDER_SHARE
    things = ("thing", "unknown", "document") if mention.number in store.discourse.speakers else ("thing", "unknown")
    if mention.form == "pronoun" and mention.plural and entity.being in things:
        return (1.0, 1.0) if weighing.bonus[0] is entity and entity.plural is True else THING_SHARE
    return 1.0, 1.0


def _is_told(store: EntityStore, mention: Mention, verb: int, subject: int) -> bool:
    """Whether the subject addresses somebody who fits the pronoun (*Salo told **her** she …*)."""
    addressed = store.trees[mention.sentence].child(verb, "iobj", "obj")
    other = None if addressed in (None, subject) else store.discourse.by_head.get((mention.sentence, addressed))
    return other is not None and other.form == "pronoun" and other.gender is mention.gender is not None


def _is_somebody(store: EntityStore, mention: Mention, head: int) -> bool:
    """Whether the token heads a mention of a person or body in the mention's sentence."""
    other = store.discourse.by_head.get((mention.sentence, head))
    return other is not None and other.being in PERSONS | BODIES


def _bonus(store: EntityStore, mention: Mention) -> Bonus:
    """The subject of the clause around a pronoun's clause, and the bonus that this gives."""
    if mention.form != "pronoun":
        return None, 0.0
    tree = store.trees[mention.sentence]
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
            subject = clause if _is_somebody(store, mention, clause) else owner  # accused her of hiding her age
        if subject is not None and subject not in (mention.head, index):
            holder = store.discourse.mention_at(mention.sentence, subject)
            if holder is None or holder.quotation != mention.quotation:
                return None, 0.0
            if _is_told(store, mention, clause, subject):
                return None, 0.0
            close = own or tree.matches(index, "ccomp", "xcomp")
            return store.entity_of.get(holder.number), COMPLEMENT_SALIENCE if close else CLAUSE_SALIENCE
        index, clause = clause, tree.head(clause)
    return None, 0.0


def _speaking_salience(store: EntityStore, mention: Mention, entity: Entity) -> float:
    """The bonus of the last speaker for a pronoun that is itself a source; it decreases with distance."""
    if mention.form != "pronoun" or mention.number not in store.discourse.speakers:
        return 0.0
    last = store.discourse.last_speaker(mention)
    if last is None:
        return 0.0
    if store.entity_of.get(last.number) is not entity or agreement.turned_to_another(store, last, mention, entity):
        return 0.0
    return float(SPEAKER_SALIENCE * DECAY ** max(0, mention.sentence - last.sentence - 1))


def prominence(mention: Mention, tree: Tree) -> float:
    """The prominence of the mention's grammatical role; a conjunct has the role of the first part."""
    index = mention.head
    if mention.word in REFLEXIVES and mention.relation.partition(":")[0] not in ("nsubj", "obj", "iobj", "obl"):
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
