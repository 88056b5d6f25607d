"""Venues: the platform on which something was said (*on Telegram*), named beside a source but not part of it."""

from __future__ import annotations

from collections.abc import Iterable

from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import source_kind
from attribution.lexicon import Lexicon

VENUE_PREPOSITIONS = frozenset({"on", "via", "through", "over"})


def venue_words(context: SentenceContext, source: frozenset[int], lexicon: Lexicon) -> frozenset[int]:
    """The words of a source from its first venue on: *the press office | on Telegram late*.

    The platform of a document is part of the source (*footage on social media*).
    """
    speakers = [
        index
        for index in source
        if context.tokens[index].upos in {"NOUN", "PROPN"} and source_kind(context, index, lexicon) != "document"
    ]
    venues = venues_of(context, speakers, lexicon)
    first = min((context.tree.subtree(venue)[0] for venue in venues), default=len(context))
    return frozenset(index for index in source if index >= first)


def venues_of(context: SentenceContext, parents: Iterable[int], lexicon: Lexicon) -> list[int]:
    """The phrases on the given tokens that name a platform (*on Telegram*)."""
    return [
        child
        for parent in sorted(parents)
        for child in context.tree.children(parent, "obl", "nmod")
        if context.preposition(child) in VENUE_PREPOSITIONS and is_platform(context, child, lexicon)
    ]


def is_platform(context: SentenceContext, index: int, lexicon: Lexicon) -> bool:
    """Whether the lexicon lists the noun as a platform."""
    nouns = lexicon.source_nouns_of(context.lemma(index)) or lexicon.source_nouns_of(context.tokens[index].text)
    return any(noun.kind == "platform" for noun in nouns)
