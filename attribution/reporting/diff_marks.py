"""What a comparison shows of a row of sentences: the words in pieces, those that changed told from the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise

import msgspec

from attribution.comparison import Change, ChangeKind, Comparison, Relation, Row, Side
from attribution.comparison.wording import changed_words
from attribution.extraction.span_index import SpanIndex
from attribution.index import AnalysisIndex
from attribution.records import Span

TITLES = {
    ChangeKind.SOURCE_DROPPED: "source dropped",
    ChangeKind.SOURCE_REPLACED: "source replaced",
    ChangeKind.SOURCE_ADDED: "source added",
    ChangeKind.HARDENED: "hardened",
    ChangeKind.SOFTENED: "softened",
    ChangeKind.QUOTATION_ALTERED: "quotation altered",
    ChangeKind.CLAIM_ADDED_UNSOURCED: "claim added unsourced",
    ChangeKind.CLAIM_DROPPED: "claim dropped",
    ChangeKind.VOICE_CHANGED: "voice changed",
    ChangeKind.MADE_DIRECT: "made direct",
    ChangeKind.FIGURE_CHANGED: "figure changed",
    ChangeKind.PLACE_OPENED: "place opened",
    ChangeKind.PLACE_CLOSED: "place closed",
}


COUNTED = ("source", "quotation", "claim", "voice", "figure", "place")
"""Nouns that titles begin with."""


def title(kind: ChangeKind, number: int = 1) -> str:
    """The title of a kind of change, of which there are so many."""
    noun, _, rest = TITLES[kind].partition(" ")
    return f"{noun}s {rest}" if number != 1 and noun in COUNTED else TITLES[kind]


class Weight(IntEnum):
    """How much a piece of a sentence matters: the same in both versions, changed, or what a change is about."""

    SAME = 0
    CHANGED = 1
    TELLING = 2


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a sentence."""

    text: str
    weight: Weight


class RowView(msgspec.Struct, frozen=True):
    """A row with its changes; ``old`` and ``new`` are the sentences in pieces, one list a sentence."""

    row: Row
    changes: tuple[Change, ...]
    old: tuple[tuple[Piece, ...], ...]
    new: tuple[tuple[Piece, ...], ...]
    moved: bool

    @property
    def gravity(self) -> int:
        """That of its gravest change."""
        return max((change.gravity for change in self.changes), default=0)

    @property
    def differs(self) -> bool:
        """Whether any word of the row changed."""
        return any(piece.weight for sentence in (*self.old, *self.new) for piece in sentence)


class Annotation(msgspec.Struct, frozen=True):
    """A change with its place in the new version's file; a removed claim is placed where it stood."""

    change: Change
    path: str
    line: int
    column: int


def annotations_of(comparisons: Iterable[Comparison]) -> list[Annotation]:
    """All changes with their places, the gravest first, those equally grave draft by draft in reading order."""
    found = [annotation for comparison in comparisons for annotation in _annotations(comparison)]
    return sorted(found, key=lambda annotation: -annotation.change.gravity)


def _annotations(comparison: Comparison) -> Iterator[Annotation]:
    new = comparison.new
    path = new.draft.path if new.draft.text else comparison.old.draft.path
    index = AnalysisIndex(new)
    beside = (1, 1)
    for view in row_views(comparison):
        if view.row.new:
            beside = index.place(index.sentences[view.row.new[0]].start)
        for change in view.changes:
            place = beside if change.new is None else (change.new.line, change.new.column)
            yield Annotation(change, path, *place)


def row_views(comparison: Comparison) -> list[RowView]:
    """The rows of the comparison with the changes that begin in them, in the order of the new version."""
    old_row = {identifier: number for number, row in enumerate(comparison.rows) for identifier in row.old}
    new_row = {identifier: number for number, row in enumerate(comparison.rows) for identifier in row.new}
    changes: dict[int, list[Change]] = {}
    for change in comparison.changes:
        side, rows = (change.new, new_row) if change.new is not None else (change.old, old_row)
        if side is not None:
            changes.setdefault(rows[side.sentences[0]], []).append(change)
    telling = (_telling(comparison.changes, old=True), _telling(comparison.changes, old=False))
    moved = {link.new for link in comparison.links if link.relation is Relation.MOVED}
    moved_sentences = {claim.sentence for claim in comparison.new.claims if claim.id in moved}
    old_index, new_index = AnalysisIndex(comparison.old), AnalysisIndex(comparison.new)
    views: list[RowView] = []
    for number, row in enumerate(comparison.rows):
        before = [old_index.sentences[identifier].span for identifier in row.old]
        after = [new_index.sentences[identifier].span for identifier in row.new]
        gone, came = changed_words(comparison.old.draft.text, before, comparison.new.draft.text, after)
        views.append(
            RowView(
                row,
                gravest_first(changes.get(number, ())),
                tuple(_pieces(comparison.old.draft.text, span, gone, telling[0]) for span in before),
                tuple(_pieces(comparison.new.draft.text, span, came, telling[1]) for span in after),
                any(identifier in moved_sentences for identifier in row.new),
            )
        )
    return views


def gravest_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, the gravest first, those equally grave in their order."""
    return tuple(sorted(changes, key=lambda change: -change.gravity))


def counts(changes: Sequence[Change]) -> list[tuple[ChangeKind, int]]:
    """How many changes are of each kind, or opened or closed a place; kinds that do not occur are left out."""
    found = [(kind, sum(kind in change.kinds for change in changes)) for kind in ChangeKind]
    return [(kind, number) for kind, number in found if number]


def place(side: Side) -> str:
    """Line and column of a change."""
    return f"{side.line}:{side.column}"


def _telling(changes: Sequence[Change], old: bool) -> SpanIndex[Span]:
    sides = [change.old if old else change.new for change in changes]
    return SpanIndex((word.span, word.span) for side in sides if side is not None for word in side.words)


def _pieces(text: str, span: Span, changed: Sequence[Span], telling: SpanIndex[Span]) -> tuple[Piece, ...]:
    edges = {span.start, span.end}
    index = SpanIndex((marked, marked) for marked in changed)
    for marked in (*changed, *telling.overlapping(span)):
        edges.update(edge for edge in (marked.start, marked.end) if span.start < edge < span.end)
    borders = sorted(edges)
    pieces: list[Piece] = []
    for start, end in pairwise(borders):
        here = Span(start, end)
        weight = Weight.SAME
        if index.overlapping(here):
            weight = Weight.TELLING if telling.overlapping(here) else Weight.CHANGED
        words = text[start:end]
        if pieces and (pieces[-1].weight is weight or not words.strip()):
            pieces[-1] = Piece(pieces[-1].text + words, pieces[-1].weight)
        else:
            pieces.append(Piece(words, weight))
    return tuple(pieces)
