"""Predicates that identify somebody: *X is the minister*, *The first witness was X*."""

from __future__ import annotations

from attribution.extraction.entities import EntityStore, go_together
from attribution.extraction.mention import Mention


def takes_office(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention is a noun phrase with a copula."""
    return mention.form == "noun" and not store.is_placed(mention) and store.discourse.is_copular(mention)


def place_office(store: EntityStore, mention: Mention) -> None:
    """*X is the minister*: the predicate is an office of X, not a mention of its own."""
    tree = store.trees[mention.sentence]
    subject = tree.child(mention.head, "nsubj")
    if subject is None or any(tree.tokens[child].lemma == "not" for child in tree.children(mention.head, "advmod")):
        return
    holder = store.discourse.mention_at(mention.sentence, subject)
    entity = None if holder is None else store.entity_of.get(holder.number)
    if entity is not None and go_together(entity.being, mention.being) and not mention.plural:
        store.give_office(entity, mention.office)


def takes_name(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention is a name with a copula."""
    return mention.form == "name" and store.is_placed(mention) and store.discourse.is_copular(mention)


def place_subject(store: EntityStore, mention: Mention) -> None:
    """*The first witness was Ada Kern*: the subject is the person named by the predicate."""
    subject = store.trees[mention.sentence].child(mention.head, "nsubj")
    other = None if subject is None else store.discourse.by_head.get((mention.sentence, subject))
    if other is None or other.form != "noun" or not other.definite or store.is_placed(other):
        return
    if mention.being in ("person", "unknown") and other.being in ("person", "unknown") and not other.plural:
        store.join(other, store.entity_of[mention.number])
