"""The institution that a noun belongs to: whose spokeswoman, which firm's engineers, what *two of* is part of."""

from __future__ import annotations

from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.mention import Mention
from attribution.extraction.names import Name, same_body
from attribution.lexicon import Lexicon

TELLING = frozenset({"of", "for", "at", "with", "from"})
"""Prepositions after a noun that identify the person, not the place of speaking."""


def is_spokesperson(mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the noun speaks for another: *spokesman* and kin, press office, press secretary."""
    if not mention.office:
        return False
    return " ".join(mention.office[-2:]) in lexicon.words_for("press-office") or mention.office[-1].startswith("spokes")


def institutions_beside(store: EntityStore, mention: Mention) -> list[Entity]:
    """Possessor, complement (*for the agency*) and name before the noun (*a Tarsk spokeswoman*)."""
    tree = store.trees[mention.sentence]
    heads = [mention.possessor] if mention.possessor is not None else []
    for child in tree.children(mention.head, "nmod"):
        first = tree.tokens[tree.subtree(child)[0]]  # parsers attach the preposition to any word of a name
        if first.upos == "ADP" and first.text.lower() in TELLING:
            heads.append(child)
    beside = (store.discourse.mention_at(mention.sentence, head) for head in heads)
    found = [
        store.entity_of[neighbour.number]
        for neighbour in beside
        if neighbour is not None and store.is_placed(neighbour)
    ]
    words = tuple(tree.tokens[index].text for index in mention.tokens if tree.tokens[index].upos == "PROPN")
    if words:
        name = Name(words)
        found += [
            entity
            for entity in store.entities
            if any(same_body(name, other) for other in entity.names)
            and entity.being in ("organisation", "outlet", "unknown")
        ]
    return found


def whole_of(store: EntityStore, mention: Mention) -> Entity | None:
    """The whole that a part belongs to (*two of the people*)."""
    tree = store.trees[mention.sentence]
    for child in tree.children(mention.head, "nmod"):
        case = tree.child(child, "case")
        if case is not None and tree.tokens[case].lemma == "of":
            whole = store.discourse.mention_at(mention.sentence, child)
            return None if whole is None else store.entity_of.get(whole.number)
    return None
