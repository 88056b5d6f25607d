"""Relative pronouns: *who*, *which* and *that* refer to what their clause modifies."""

from __future__ import annotations

from attribution.extraction.discourse import Discourse
from attribution.extraction.entities import SPEAKING, EntityStore
from attribution.extraction.mention import RELATIVES, Mention


def takes(store: EntityStore, mention: Mention) -> bool:
    """Whether the mention is a relative pronoun with an antecedent."""
    if mention.form != "pronoun" or mention.word not in RELATIVES or store.is_placed(mention):
        return False
    return antecedent_of(store.discourse, mention) is not None


def place_relative(store: EntityStore, mention: Mention) -> None:
    """Join a relative pronoun to its antecedent, if that has an entity."""
    antecedent = antecedent_of(store.discourse, mention)
    entity = None if antecedent is None else store.entity_of.get(antecedent.number)
    if entity is not None:
        store.join(mention, entity)


def antecedent_of(discourse: Discourse, mention: Mention) -> Mention | None:
    """The mention that the pronoun's clause modifies; for a pronoun that speaks, one that can speak."""
    tree = discourse.trees[mention.sentence]
    speaks = mention.number in discourse.speakers
    above = [mention.head, *tree.ancestors(mention.head)]
    clause = next((index for index in above if tree.matches(index, "acl:relcl")), None)
    if clause is None or clause < mention.head - 1:
        antecedent = discourse.just_before(mention) if speaks else None
    else:
        antecedent = discourse.mention_at(mention.sentence, tree.tokens[clause].head)
    if antecedent is None or antecedent.span.start >= mention.span.start:
        return None
    if speaks and antecedent.being not in SPEAKING:
        return _speaking_before(discourse, antecedent) or antecedent
    return antecedent


def _speaking_before(discourse: Discourse, mention: Mention) -> Mention | None:
    """A mention above the given one in the tree, or beside one above it, that can be a source.

    *Footage circulating on social media which shows*: parsers attach the clause to the nearest noun.
    """
    tree = discourse.trees[mention.sentence]
    for index in tree.ancestors(mention.head):
        for near in (index, *reversed(tree.children(index))):
            above = discourse.by_head.get((mention.sentence, near))
            if above is not None and above.being in SPEAKING and above.span.end <= mention.span.start:
                return above
    return None
