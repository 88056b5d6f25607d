"""Causes: what is said to have brought about what."""

from __future__ import annotations

from attribution.lexicon import Lexicon
from attribution.parsing import Tree
from attribution.records import Token


def links_events(lexicon: Lexicon, tree: Tree, verb: Token) -> bool:
    """Whether one event is said to have caused another.

    What fire and water do anybody can see, and that a meeting was put off after it is no reading of events.
    """
    subject = tree.child(verb.index, "nsubj")
    effect = tree.child(verb.index, "obj")
    effect = tree.child(verb.index, "obl") if effect is None else effect
    if subject is not None and tree.matches(subject, "nsubj:pass"):
        # The row was sparked by a new roster.
        subject, effect = next((index for index in tree.children(verb.index, "obl:agent")), None), subject
    if subject is None or effect is None:
        return False
    if tree.tokens[subject].lemma.lower() in lexicon.words_for("plain-cause"):
        return False
    if tree.tokens[effect].lemma.lower() in lexicon.words_for("plain-effect"):
        return False
    return tree.tokens[subject].upos == "NOUN" and tree.tokens[effect].upos == "NOUN"
