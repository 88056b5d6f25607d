"""The entries of a live blog: each is a context of its own, found by its time or by the page's containers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from attribution.ingest.reading import Mark, MarkKind, trimmed
from attribution.records import Block, BlockKind, Span

FEWEST_ENTRIES = 3
"""The fewest paragraphs starting with a time that make a live blog."""

_CLOCK = (
    r"(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
    r"(?:\s+(?:GMT|UTC|BST|CET|CEST|EE?S?T|[ECMP][SD]T|ET|IST|AES?T|AEDT)\b)?"
)
_TIME_ALONE = re.compile(rf"\W{{0,3}}(?:updated (?:at )?)?{_CLOCK}\W{{0,3}}", re.IGNORECASE)
_TIME_LEADS = re.compile(rf"\W{{0,3}}{_CLOCK}\s*(?:[-–—:|.]\s*|\]\s*|\)\s*|\s)(?=[\"“‘'A-Z])", re.IGNORECASE)


def is_time(line: str) -> bool:
    """Whether a line is nothing but a time of day (*14:05*, *3.20pm BST*)."""
    return _TIME_ALONE.fullmatch(line.strip()) is not None


def number_sections(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Give the blocks with ``section`` numbering the entries from 1; it is 0 before the first and in other drafts."""
    containers = [mark.span.start for mark in marks if mark.kind is MarkKind.ENTRY]
    timed = [block.span.start for block in blocks if is_time(text[block.span.start : block.span.end])]
    if len(containers) >= FEWEST_ENTRIES - 1:
        starts = containers
    elif len(timed) >= FEWEST_ENTRIES:
        starts = timed
    else:
        leading = [block for block in blocks if _leading_time(text, block)]
        if len(leading) < FEWEST_ENTRIES:
            return tuple(blocks)
        starts = [block.span.start for block in leading]
        blocks = list(_parted(text, blocks))
    return tuple(_numbered(blocks, _with_headings(blocks, starts)))


def _leading_time(text: str, block: Block) -> re.Match[str] | None:
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADLINE):
        return None
    return _TIME_LEADS.match(text[block.span.start : block.span.end])


def _parted(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, with a time at the start of a block split off as a dateline."""
    for block in blocks:
        match = _leading_time(text, block)
        if match is None:
            yield block
            continue
        middle = block.span.start + match.end()
        yield Block(BlockKind.DATELINE, trimmed(text, Span(block.span.start, middle)), section=block.section)
        yield msgspec.structs.replace(block, span=Span(middle, block.span.end))


def _with_headings(blocks: Sequence[Block], starts: Sequence[int]) -> list[int]:
    """The starts, each moved up to the heading immediately above it."""
    moved = []
    places = [block.span.start for block in blocks]
    for start in starts:
        number = bisect_left(places, start)
        above = blocks[number - 1] if 0 < number < len(blocks) else None
        headed = above is not None and above.kind is BlockKind.HEADLINE and number > 1
        moved.append(above.span.start if headed and above is not None else start)
    return sorted(set(moved))


def _numbered(blocks: Sequence[Block], starts: Sequence[int]) -> Iterator[Block]:
    for block in blocks:
        section = bisect_right(starts, block.span.start)
        yield msgspec.structs.replace(block, section=section) if section else block
