"""The dead do not speak: the place from which a draft reports somebody as dead."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.mention import Mention


def takes(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention names somebody who is reported to die (*Dorn drowned in June*, *Dorn was killed*)."""
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
    """Record the first place where somebody is reported dead."""
    store.dead_since.setdefault(store.entity_of[mention.number], mention.span.start)


def is_dead(store: EntityStore, mention: Mention, entity: Entity) -> bool:
    """Whether somebody is reported dead before a mention that speaks, except in the past perfect (*had said*)."""
    since = store.dead_since.get(entity)
    if since is None or since > mention.span.start:
        return False
    tree = store.trees[mention.sentence]
    verb = tree.head(mention.head)
    return verb is None or not any(tree.forms[child] in ("had", "'d") for child in tree.children(verb, "aux"))
