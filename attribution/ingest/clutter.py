"""Tells what surrounds the article on a web page: links to other stories, cookie notices, calls to share."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from attribution.ingest.reading import MarkKind, Reading
from attribution.ingest.shapes import ends_sentence
from attribution.ingest.span_cover import SpanCover
from attribution.parsing.tree import merge
from attribution.records import Block, BlockKind, Span

FEWEST_LINKS = 2
"""The fewest consecutive items, each nothing but a link, that are taken to lead to other stories."""

LINK_SHARE = 0.9
"""The share of a block's characters that must be linked for the block to be a mere link."""

MOST_PROSE = 2
"""The most paragraphs of prose in an element named as clutter that is dropped."""

SHORTEST_PROSE = 80
"""The shortest paragraph, in characters, that is prose rather than a link or label."""

MOST_CLUTTER = 0.25
"""The largest share of the text that an element named as clutter may have and still be dropped."""

SMALL_CLUTTER = 300
"""Elements named as clutter with at most this many characters may be dropped whatever the length of the page."""

LONGEST_LABEL = 60
"""The longest heading, in characters, over a list of links."""

_PARTS = (
    r"cookies?|consent|gdpr|related|most-?(?:read|popular|viewed|shared|commented)|trending|popular|recirc\w*|"
    r"recommend(?:ed|ations?)?|newsletters?|share|sharing|share-?(?:bar|buttons?|tools?|links?)|social|"
    r"social-?(?:bar|share|sharing|media|links?|icons?|buttons?)|promo|promos|adverts?|advertisement|ad-?slot|"
    r"read-?(?:more|next)|more-?(?:on|from|stories|like-this)|up-?next|breadcrumbs?|comments?|tags?|outbrain|taboola|"
    r"author-?(?:bio(?:graphy)?|description)|about-?(?:the-?)?author|[a-z]*video[-_]{0,2}(?:title|footer|headline|label)|"
    r"subscribe|subscription|paywall|sign-?up|site-?(?:header|footer|nav)|navigation|menu|footer|sidebar"
)
_LISTED = (BlockKind.LIST_ITEM, BlockKind.HEADLINE)
_CLUTTER = re.compile(rf"(?:[a-z0-9]+[-_]{{1,2}}){{0,2}}(?:{_PARTS})(?:[-_]{{1,2}}[a-z0-9]+){{0,2}}", re.IGNORECASE)
_WITHOUT = re.compile(r"(?:^|[-_])(?:has|with|no|without|is)(?:$|[-_])", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:[a-z0-9]+[-_]{1,2})?(?:article|story|content|main|page|post|entry)(?:[-_]{1,2}(?:body|content|text|main|wrap\w*))?",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"(?:share (?:this|on|via)\b|(?:read|see|watch|listen)(?: more| also| next| now)\s*:|also read\b|related\s*:|"
    r"sign up (?:for|to)\b|subscribe (?:to|now)\b|click here\b|advertisement$|story continues below\b|"
    r"(?:we|this (?:web)?site) uses? cookies\b|follow us on\b|download our app\b)",
    re.IGNORECASE,
)


_POST_FURNITURE = re.compile(
    r"(?:view|see) (?:this |more )?(?:post|reel|photo|video|posts|profile)?\s*on \w+|\[image or embed\]|translate post|"
    r"pic\.twitter\.com/\w+|see new posts|show this thread",
    re.IGNORECASE,
)


_CONTACT = re.compile(
    r"(?:[\w.+-]{1,60}@[\w-]{1,60}\.\w|\bfollow (?:him|her|them|us|me|@\w+|\w+ \w+|the \w+) on\b|\bsubscribe\b|"
    r"\bsign up\b|\bnewsletter|\bdownload (?:our|the) app\b|\bcontact (?:the author|us)\b|\blike us on\b|"
    r"\bhave (?:a|any) (?:tip|story|news tip|question)s?\b)",
    re.IGNORECASE,
)


def is_contact(words: str) -> bool:
    """Whether words tell how to reach or follow the paper or its reporter, as below an article."""
    return _CONTACT.search(words) is not None


def is_clutter(names: str) -> bool:
    """Whether an element's class and id mark it as no part of the article."""
    found = [name for name in names.split() if _CLUTTER.fullmatch(name) and not _WITHOUT.search(name)]
    return bool(found) and not any(_ARTICLE.fullmatch(name) and name not in found for name in names.split())


def clutter_numbers(reading: Reading) -> dict[int, str]:
    """The numbers of the blocks that surround the article, each with what it is.

    They are elements named as clutter, lists of links to other stories, calls to share, and what platforms write
    around posts. Names can mislead: an element with a good deal of prose, or a large part of the text, is not taken
    for clutter.
    """
    text, blocks = reading.text, reading.blocks
    linked = linked_characters(blocks, [link.span for link in reading.links])
    mere = [count >= LINK_SHARE * len(block.span) for count, block in zip(linked, blocks, strict=True)]
    total = sum(len(block.span) for block in blocks)
    found = dict.fromkeys(_linked_runs(text, blocks, mere), "links to other stories")
    spoken = SpanCover(mark.span for mark in reading.marks if mark.kind in (MarkKind.POST, MarkKind.QUOTE))
    starts = [block.span.start for block in blocks]
    regions: list[Span] = []
    prose = _sums(not link and _is_prose(_words(text, block)) for link, block in zip(mere, blocks, strict=True))
    sizes = _sums(len(block.span) for block in blocks)
    for region in {mark.span for mark in reading.marks if mark.kind is MarkKind.CLUTTER}:
        if spoken.has_within(region):
            continue
        first, last = bisect_left(starts, region.start), bisect_left(starts, region.end)
        while last > first and blocks[last - 1].span.end > region.end:
            last -= 1
        size = sizes[last] - sizes[first]
        if prose[last] - prose[first] <= MOST_PROSE and size <= max(MOST_CLUTTER * total, SMALL_CLUTTER):
            regions.append(Span(first, last))
    for region in merge(regions):
        found.update(dict.fromkeys(range(region.start, region.end), "named as something around the article"))
    for number, block in enumerate(blocks):
        if 2 * linked[number] >= len(block.span) and _CALL.match(_words(text, block)):
            found[number] = "a call to share or read on"
        elif _POST_FURNITURE.fullmatch(_words(text, block)) and spoken.covers(block.span):
            found[number] = "a platform's label on a post"
    return found


def _linked_runs(text: str, blocks: Sequence[Block], mere: Sequence[bool]) -> Iterator[int]:
    """Yield the numbers of consecutive list items or headings that are mere links, and of the heading above them."""
    start = 0
    for number in range(len(blocks) + 1):
        if number < len(blocks) and mere[number]:
            continue
        listed = any(blocks[place].kind in _LISTED for place in range(start, number))
        if number - start >= FEWEST_LINKS and listed:
            yield from range(start, number)
            if start > 1 and _is_label(text, blocks[start - 1]):
                yield start - 1
        start = number + 1


def _is_prose(words: str) -> bool:
    return len(words) >= SHORTEST_PROSE and ends_sentence(words)


def _words(text: str, block: Block) -> str:
    return text[block.span.start : block.span.end]


def linked_characters(blocks: Sequence[Block], links: Sequence[Span]) -> list[int]:
    """How many characters of each block are linked; blocks and links are in text order."""
    # Links do not overlap, unless markup is broken; then the characters of each count.
    starts, ends = [link.start for link in links], sorted(link.end for link in links)
    lengths, end_sums = _sums(starts), _sums(ends)

    def linked_before(place: int) -> int:
        """How many characters of links come before a place."""
        begun, over = bisect_left(starts, place), bisect_left(ends, place)
        return end_sums[over] + (begun - over) * place - lengths[begun]

    return [linked_before(block.span.end) - linked_before(block.span.start) for block in blocks]


def _sums(numbers: Iterable[int]) -> list[int]:
    """The sums of the first 0, 1, 2 … numbers."""
    return list(accumulate(numbers, initial=0))


def _is_label(text: str, block: Block) -> bool:
    """Whether a block is a short heading."""
    if len(block.span) > LONGEST_LABEL:
        return False
    return block.kind is BlockKind.HEADLINE or not ends_sentence(_words(text, block))
