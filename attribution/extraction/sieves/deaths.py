"""The dead do not speak: from which place on a draft tells that somebody is dead."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.mention import Mention


def takes(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention is the name of somebody who is told to die (*Dorn drowned in June*, *Dorn was killed*)."""
    if mention.form != "name" or mention.quotation is not None or not store.is_placed(mention):
        return False
    tree = store.trees[mention.sentence]
    verb = tree.head(mention.head)
    if verb is None or not tree.matches(mention.head, "nsubj") or not grammar.is_finite(tree, verb):
        return False
    if grammar.is_negated(tree, verb) or grammar.modals(tree, verb) or grammar.is_supposed(tree, verb):
        return False
    words = "killing" if tree.matches(mention.head, "nsubj:pass") else "dying"
    return store.lexicon.holds(words, tree.lemmas[verb], tree.forms[verb])


def note_death(store: EntityStore, mention: Mention) -> None:
    """Keep the first place where somebody is told to be dead."""
    store.dead_since.setdefault(store.entity_of[mention.number], mention.span.start)


def is_dead(store: EntityStore, mention: Mention, entity: Entity) -> bool:
    """Whether somebody was told to be dead before a mention that speaks; what they *had said* they said before."""
    since = store.dead_since.get(entity)
    if since is None or since > mention.span.start:
        return False
    tree = store.trees[mention.sentence]
    verb = tree.head(mention.head)
    return verb is None or not any(tree.forms[child] in ("had", "'d") for child in tree.children(verb, "aux"))
