"""Finds a page's headline among its blocks by the titles that the page gives for machines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attribution.ingest.page_blocks import PageBlock, normalised
from attribution.records import Span

LONGEST_HEADLINE = 300
"""The longest headline, in characters."""

LEAST_SHARED = 0.6
"""The share of the words of headline and title that both must have to be taken for the same."""

FEWEST_TITLE_WORDS = 3
"""The fewest words of a title of which a block's words are only the beginning or the end."""

_SITE = re.compile(r"\s+[|·»«•–—-]+\s+|\s*[|»]\s*")


def find_headline(blocks: Sequence[PageBlock], titles: Sequence[str]) -> int | None:
    """The number of the block that is the headline; None if no block has the words of a title.

    ``titles`` come from the page's metadata. The page's ``<title>`` counts as one, without the name of the site.
    """
    known = [normalised(title) for title in titles]
    known += [
        normalised(piece)
        for block in blocks
        if block.is_title and len(block.text) <= LONGEST_HEADLINE
        for piece in (block.text, longest_piece(block.text))
    ]
    known = [title for title in dict.fromkeys(known) if title]
    ranked = [
        (_likeness(block, known), block.tag == "h1", bool(block.tag), not block.apart, block.linked < 1, -number)
        for number, block in enumerate(blocks)
        if not block.is_title and not block.is_author and len(block.text) <= LONGEST_HEADLINE
    ]
    best = max(ranked, default=None)
    if best is None or best[0] < LEAST_SHARED:
        return None
    return -best[-1]


def words_of_title(blocks: Sequence[PageBlock]) -> str:
    """The words of the page's ``<title>``; empty if it has none."""
    return next((block.words for block in blocks if block.is_title), "")


def may_be_headline(heading: PageBlock, title: str) -> bool:
    """Whether a heading shares a word with the page's ``<title>``, or there is none."""
    return not title or not set(heading.words.split()).isdisjoint(title.split())


def heading_above(blocks: Sequence[PageBlock], first: int) -> int | None:
    """The number of the last ``<h1>`` above the block ``first``, or of the heading right above it; None without one."""
    title = words_of_title(blocks)
    above = [number for number in range(first) if blocks[number].tag == "h1" and may_be_headline(blocks[number], title)]
    if above:
        return above[-1]
    return first - 1 if first and blocks[first - 1].tag and may_be_headline(blocks[first - 1], title) else None


def title_span(block: PageBlock, titles: Sequence[str]) -> Span:
    """The part of a page's ``<title>`` that is the headline: what the metadata has, or all but the name of the site."""
    found = [title for title in titles if title and title in block.text]
    headline = max(found, key=len, default="") or longest_piece(block.text)
    start = block.block.span.start + block.text.index(headline)
    return Span(start, start + len(headline))


def longest_piece(title: str) -> str:
    """The longest piece of a title between dashes and bars: the title without the name of the site."""
    return max(_SITE.split(title), key=len)


def _likeness(block: PageBlock, titles: Sequence[str]) -> float:
    """How like a block's words are to one of the titles: 1 if they are the same."""
    if not block.words:
        return 0.0
    return max((_shared(block.words, title) for title in titles), default=0.0)


def _shared(words: str, title: str) -> float:
    if words == title:
        return 1.0
    here, there = words.split(), title.split()
    if len(here) >= FEWEST_TITLE_WORDS and (title.startswith(words + " ") or title.endswith(" " + words)):
        return 0.9
    ours, theirs = set(here), set(there)
    return 0.89 * len(ours & theirs) / max(1, len(ours | theirs))
