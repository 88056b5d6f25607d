"""What a hedge or booster modifies."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.context import Context
from attribution.records import Booster, Hedge, Sentence

MODIFYING = ("aux", "advmod", "discourse", "obl", "parataxis", "fixed", "cop")
"""Relations between a hedge and the predicate that it weakens."""

DEGREES = frozenset({"as", "least", "less", "more", "most", "very"})
"""Adverbs of degree: *more likely* is a comparison."""


def marked_predicate(context: Context, sentence: Sentence, marker: Hedge | Booster) -> int | None:
    """The index of the predicate that a hedge or booster modifies, or that it is itself."""
    token = context.head(sentence, marker.spans)
    if token is None:
        return None
    tree = context.tree(sentence)
    if tree.matches(token.index, *MODIFYING) and token.head >= 0:
        return token.head
    return token.index


def is_single_word_hedge(context: Context, sentence: Sentence, hedge: Hedge) -> bool:
    """Whether the hedge is a single adverb or auxiliary that weakens its whole predicate.

    A verb or adjective may well take another hedge (*may seem*), a phrase sets a condition (*in theory*), *more likely*
    is a comparison, and a capitalised heading is not a sentence.
    """
    tokens = context.tokens(sentence, hedge.spans)
    if len(tokens) != 1 or tokens[0].upos not in ("ADV", "AUX") or tokens[0].text.isupper():
        return False
    before = sentence.tokens[max(0, tokens[0].index - 1) : tokens[0].index]
    return not any(token.text.lower() in DEGREES for token in before)


def hearsay_adverbs(context: Context) -> Iterator[Hedge]:
    """Hedges that relay what somebody unnamed says (*reportedly*)."""
    wanted = context.lexicon.words_for("sourceless-hedge")
    return (hedge for hedge in context.analysis.hedges if hedge.text.lower() in wanted)
