"""What the blocks of a web page look like: how much prose, how much linked, and in which elements they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attribution.ingest.clutter import clutter_numbers, linked_characters
from attribution.ingest.reading import MarkKind, Reading
from attribution.ingest.shapes import ends_sentence
from attribution.ingest.span_cover import SpanCover
from attribution.records import Block

AUTHOR = "author"
"""The tag of the made-up element around an author's name from the page's metadata."""

SHORTEST_PROSE = 80
"""The shortest paragraph, in characters, that is prose rather than a link or label."""

MOST_LINKED = 0.5
"""The largest share of a paragraph's characters that may be linked for it to be prose."""

MERE_LINK = 0.9
"""The share of a block's characters in links from which on it only leads elsewhere."""

TEASER_BLOCKS = 2
"""How many blocks below a heading that is a link introduce the story that it leads to."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_APART = {"nav": "navigation", "aside": "an aside", "footer": "the page's footer"}
_GALLERY = re.compile(r"(?:^|[\s_-])(?:galler(?:y|ies)|slide-?shows?|carousels?|light-?box)(?![a-z])", re.IGNORECASE)
_COMMENTS = re.compile(
    r"(?:^|\s)(?:[a-z]+[-_])?comments?(?:[-_]?(?:list|area|section|bod(?:y|ies)|content|text|container|wrapper|thread|box))?"
    r"(?=\s|$)|\bdisqus",
    re.IGNORECASE,
)
MOST_GALLERY, MOST_COMMENTS = 0.25, 0.9
"""The largest share of a page's characters in an element that is named as pictures, or as readers' comments."""

_WORD = re.compile(r"\w+")


class PageBlock(NamedTuple):
    """A block of a page: its block, its words, and what is known of it.

    ``words`` are in small letters and joined by spaces; ``linked`` is the share of its characters in links; ``tag`` is
    that of the heading it is, empty in other text; ``apart`` says why it cannot belong to the article, if so.
    ``is_title`` tells the page's ``<title>``, ``is_author`` an author's name from the metadata, ``is_teaser`` text
    right below a heading that is a link.
    """

    block: Block
    text: str
    words: str
    linked: float
    tag: str
    apart: str
    is_title: bool
    is_author: bool
    is_teaser: bool

    @property
    def is_prose(self) -> bool:
        """Whether this is a paragraph of sentences."""
        return len(self.text) >= SHORTEST_PROSE and self.linked < MOST_LINKED and ends_sentence(self.text)


def normalised(text: str) -> str:
    """The words of a text in small letters, joined by spaces."""
    return " ".join(_WORD.findall(text.casefold()))


def page_blocks(reading: Reading) -> list[PageBlock]:
    """The blocks of a page, with what they look like."""
    blocks = reading.blocks
    starts = [block.span.start for block in blocks]
    count = len(blocks)
    tags = [""] * count
    titles, authors = [False] * count, [False] * count
    reasons: list[str] = [""] * count
    for element in reading.elements:
        first, last = bisect_left(starts, element.span.start), bisect_left(starts, element.span.end)
        if element.tag in _HEADINGS and last == first + 1:
            tags[first] = element.tag
        elif element.tag == "title" and last > first:
            titles[first] = True
        elif element.tag == AUTHOR and last > first:
            authors[first] = True
    for number, reason in _apart(reading, starts):
        reasons[number] = reason
    for number, reason in clutter_numbers(reading).items():
        if tags[number] != "h1":
            reasons[number] = reasons[number] or reason
    linked = linked_characters(blocks, [link.span for link in reading.links])
    found: list[PageBlock] = []
    below_link = 0
    for number, block in enumerate(blocks):
        share = linked[number] / len(block.span)
        if tags[number]:
            below_link = TEASER_BLOCKS + 1 if share >= MERE_LINK else 0
        below_link -= below_link > 0
        text = reading.text[block.span.start : block.span.end]
        found.append(
            PageBlock(
                block,
                text,
                normalised(text),
                share,
                tags[number],
                reasons[number],
                titles[number],
                authors[number],
                below_link > 0 and not tags[number],
            )
        )
    return found


def _apart(reading: Reading, starts: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the blocks in elements that are set apart from the article, and why."""
    spoken = SpanCover(mark.span for mark in reading.marks if mark.kind in (MarkKind.QUOTE, MarkKind.NOTE))
    total = sum(len(block.span) for block in reading.blocks)
    done = 0
    # The elements come in text order, outer ones first.
    for element in reading.elements:
        reason = _APART.get(element.tag)
        size = len(element.span)
        if reason is None and size <= MOST_GALLERY * total and _GALLERY.search(element.names):
            reason = "a gallery of pictures"
        elif reason is None and size <= MOST_COMMENTS * total and _COMMENTS.search(element.names):
            reason = "comments of readers"
        if reason is None or (element.tag in ("aside", "footer") and spoken.covers(element.span)):
            continue
        last = bisect_left(starts, element.span.end)
        for number in range(max(done, bisect_left(starts, element.span.start)), last):
            yield number, reason
        done = max(done, last)
