"""Tells tables that give data from those that only arrange a page or a form."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from attribution.ingest.reading import Mark, MarkKind
from attribution.records import Block, Span

FEWEST_CELLS = 2
"""The fewest cells with text that a table without a heading cell has if it gives data."""

MOST_BLOCKS = 2
"""The most blocks in a cell of a table that gives data."""

_CELLS = (MarkKind.CELL, MarkKind.HEADER_CELL)


def data_cells(blocks: Sequence[Block], marks: Sequence[Mark]) -> list[Mark]:
    """The cells with text of the tables that give data, in text order.

    These have a heading cell, or several short cells. A table within a cell counts for itself.
    """
    if not any(mark.kind is MarkKind.TABLE for mark in marks):
        return []
    starts = [block.span.start for block in blocks]

    def size(span: Span) -> int:
        return bisect_left(starts, span.end) - bisect_left(starts, span.start)

    found: list[Mark] = []
    for cells in _tables(marks):
        headed = any(cell.kind is MarkKind.HEADER_CELL for cell in cells)
        if (headed or len(cells) >= FEWEST_CELLS) and all(size(cell.span) <= MOST_BLOCKS for cell in cells):
            found += cells
    return sorted(found, key=lambda mark: mark.span)


def _tables(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Yield the cells of each table, without those of tables within it."""
    order = {MarkKind.TABLE: 0, MarkKind.CELL: 1, MarkKind.HEADER_CELL: 1}
    parts = sorted(
        (mark for mark in marks if mark.kind in order),
        key=lambda mark: (mark.span.start, -mark.span.end, order[mark.kind]),
    )
    around: list[tuple[Span, list[Mark]]] = []
    for mark in parts:
        while around and around[-1][0].end <= mark.span.start:
            yield around.pop()[1]
        if mark.kind is MarkKind.TABLE:
            around.append((mark.span, []))
        elif around:
            around[-1][1].append(mark)
    while around:
        yield around.pop()[1]
