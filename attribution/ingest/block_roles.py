"""The blocks that are no running text: cells of tables, notes, posts, pull quotes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from attribution.ingest.pull_quotes import pull_quotes
from attribution.ingest.reading import Mark, MarkKind
from attribution.ingest.span_cover import SpanCover
from attribution.ingest.tables import data_cells
from attribution.records import Block, BlockKind, BlockRole, Span


def lay_out_items(blocks: Sequence[Block], marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Give the blocks with the cells of tables and the notes as list items, so that no form makes them headlines."""
    items = SpanCover(
        mark.span for mark in (*data_cells(blocks, marks), *(mark for mark in marks if mark.kind is MarkKind.NOTE))
    )
    if not items:
        return tuple(blocks)
    return tuple(
        msgspec.structs.replace(block, kind=BlockKind.LIST_ITEM)
        if block.kind is BlockKind.PARAGRAPH and items.covers(block.span)
        else block
        for block in blocks
    )


def with_roles(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Give the blocks with the roles of those that are no running text."""
    cells = data_cells(blocks, marks)
    covers = {
        BlockRole.TABLE_HEADER: SpanCover(cell.span for cell in cells if cell.kind is MarkKind.HEADER_CELL),
        BlockRole.TABLE_CELL: SpanCover(cell.span for cell in cells),
        BlockRole.NOTE: SpanCover(mark.span for mark in marks if mark.kind is MarkKind.NOTE),
        BlockRole.POST: SpanCover(
            [*(mark.span for mark in marks if mark.kind is MarkKind.POST), *_posted(text, blocks)]
        ),
    }
    found = tuple(
        msgspec.structs.replace(
            block, role=next((role for role, cover in covers.items() if cover and cover.covers(block.span)), None)
        )
        for block in blocks
    )
    repeated = pull_quotes(text, found, marks)
    return tuple(
        msgspec.structs.replace(block, role=BlockRole.PULL_QUOTE) if number in repeated else block
        for number, block in enumerate(found)
    )


def _posted(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield the spans of the blocks of posts that were copied without their markup, and of the accounts on them."""
    labels = {block.span.start: block.span for block in blocks if block.kind is BlockKind.SPEAKER}
    starts = sorted(labels)
    for block in blocks:
        if block.kind is not BlockKind.BLOCK_QUOTE or block.speaker is None:
            continue
        place = bisect_right(starts, block.speaker.start) - 1
        label = labels[starts[place]] if place >= 0 else None
        if label is not None and label.covers(block.speaker) and "@" in text[label.start : label.end]:
            yield from (block.span, label)
