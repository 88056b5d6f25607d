"""Whether the words of a hedge are used as one.

Three questions, in this order: do the words have what their entry needs; do they have the meaning of its category
(possibility, not permission or ability); and does their clause belong to what the sentence claims? A word of doubt in
a condition, in a question or in the description of a kind (*any woman who may have seen it*) hedges nothing.
"""

from __future__ import annotations

from attribution.extraction.exceptions import exception_applies
from attribution.extraction.hedge_claims import bears_on_claim
from attribution.extraction.hedge_match import Match, readings_at
from attribution.extraction.hedge_meanings import has_meaning
from attribution.extraction.hedge_needs import COMPLEMENTS, has_subject, raises_commitment
from attribution.lexicon import BoosterEntry, Lexicon
from attribution.parsing import Tree
from attribution.records import HedgeCategory


def is_used(tree: Tree, match: Match, lexicon: Lexicon) -> bool:
    """Whether the words are used in the way their entry means."""
    if _is_shadowed(tree, match, lexicon):
        return False
    if isinstance(match.entry, BoosterEntry):
        return raises_commitment(tree, match)
    entry, anchor = match.entry, match.anchor(tree)
    return (
        COMPLEMENTS[entry.complement](tree, match)
        and has_subject(tree, anchor, entry, lexicon)
        and has_meaning(tree, match, entry.category, lexicon)
        and (entry.category is HedgeCategory.APPROXIMATOR or bears_on_claim(tree, anchor, entry.category))
    )


def _is_shadowed(tree: Tree, match: Match, lexicon: Lexicon) -> bool:
    """Whether an exception of the lexicon excludes one of the words; *as if* is no exception to *look as if*."""
    return any(
        exception.shadows == "hedge"
        and f" {exception.words} " not in f" {match.entry.words} "
        and exception_applies(tree, index, exception)
        for index in match.indices
        for word in readings_at(tree, index)
        for exception in lexicon.exceptions_of(word)
    )
