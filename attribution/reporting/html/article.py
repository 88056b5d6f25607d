"""The draft as it reads: its blocks, and in them the words cut wherever anything marked begins or ends.

Points, claims, sources, cues and hedges nest, overlap and come in pieces, so no element stands for one of them. Each
piece of text between two borders is one element that says all it belongs to: markup is always well-formed, and nothing
but the draft's own characters is in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import ClassVar

import msgspec

from attribution.index import AnalysisIndex, ledger_entries
from attribution.records import BlockKind, Span
from attribution.reporting.attention import Point, PointKind
from attribution.reporting.words import role_label


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text and the identifiers of all it belongs to, each list parted by spaces; empty for nothing.

    ``points`` are the numbers of the points whose words these are, ``flagged`` whether their reasons are about these
    very words, ``gravity`` the highest of theirs. ``claims`` stand innermost first.
    """

    form: ClassVar[str] = "piece"
    text: str
    points: str = ""
    flagged: bool = False
    gravity: int = 0
    claims: str = ""
    sources: str = ""
    speaks: bool = False
    cues: str = ""
    hedges: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the text belongs to nothing."""
        return not (self.points or self.claims or self.sources or self.cues or self.hedges)


class Anchor(msgspec.Struct, frozen=True):
    """Where a claim begins, or a sentence that attributes something and claims nothing: what a link leads to."""

    form: ClassVar[str] = "anchor"
    id: str


class Mark(msgspec.Struct, frozen=True):
    """The number behind the words of a point."""

    form: ClassVar[str] = "mark"
    number: int
    point: Point


Part = Piece | Anchor | Mark


class TextBlock(msgspec.Struct, frozen=True):
    """A block of the draft with its words; ``role`` and ``label`` say what it is where that is not running text."""

    form: ClassVar[str] = "block"
    kind: BlockKind
    parts: tuple[Part, ...]
    role: str = ""
    label: str = ""


class Outside(msgspec.Struct, frozen=True):
    """Text between blocks, mostly white space."""

    form: ClassVar[str] = "outside"
    text: str


class ItemList(msgspec.Struct, frozen=True):
    """List items that follow one another, with the white space between them."""

    form: ClassVar[str] = "list"
    items: tuple[TextBlock | Outside, ...]


class Loose(msgspec.Struct, frozen=True):
    """Anchors and marks behind which no block comes any more."""

    form: ClassVar[str] = "loose"
    parts: tuple[Part, ...]


Node = TextBlock | Outside | ItemList | Loose


class _Layer(msgspec.Struct, frozen=True):
    """A stretch of the draft and one record that it belongs to."""

    span: Span
    role: str
    id: str


def article(index: AnalysisIndex, points: Sequence[Point]) -> tuple[Node, ...]:
    """The draft's text, all of it and nothing else, in blocks and marked pieces."""
    draft = index.analysis.draft
    blocks = _Places([block.span for block in draft.blocks])
    before: dict[int, list[Part]] = defaultdict(list)
    behind: dict[int, list[Part]] = defaultdict(list)
    for claim in index.analysis.claims:
        before[index.start_of(claim)].append(Anchor(claim.id))
    for sentence in index.analysis.sentences:
        if not index.claims_in(sentence) and index.claimless(sentence):
            before[sentence.start].append(Anchor(sentence.id))
    for number, point in enumerate(points, 1):
        if point.kind is not PointKind.ARTICLE:
            behind[max(span.end for span in point.flagged)].append(Mark(number, point))
    stretches = list(_swept(draft.text, _layers(index, points), blocks.spans, [*before, *behind]))
    sizes = {claim.id: sum(map(len, claim.spans)) for claim in index.analysis.claims}
    waiting = behind.pop(0, [])  # what falls between blocks goes with the next one
    nodes: list[TextBlock | Outside] = []
    for place, group in groupby(stretches, key=lambda stretch: blocks.at(stretch[0])):
        parts: list[Part] = []
        text = ""
        for start, end, covering in group:
            waiting += before.pop(start, [])
            text += draft.text[start:end]
            if place is not None:
                parts += [*waiting, _piece(draft.text[start:end], covering, points, sizes)]
                waiting = []
            waiting += behind.pop(end, [])
            if place is not None:
                parts += waiting
                waiting = []
        if place is None:
            nodes.append(Outside(text))
        else:
            block = draft.blocks[place]
            nodes.append(TextBlock(block.kind, tuple(parts), block.role or "", role_label(draft.blocks, place)))
    loose = [*waiting, *(part for parts in (*before.values(), *behind.values()) for part in parts)]
    return (*_listed(nodes), *((Loose(tuple(loose)),) if loose else ()))


def _listed(nodes: Sequence[TextBlock | Outside]) -> Iterator[Node]:
    """The nodes, with consecutive list items gathered into a list."""
    items: list[TextBlock | Outside] = []
    for node in nodes:
        is_blank = isinstance(node, Outside) and not node.text.strip()
        is_item = isinstance(node, TextBlock) and node.kind is BlockKind.LIST_ITEM
        if is_item or (items and is_blank):
            items.append(node)
        else:
            yield from _closed(items)
            items = []
            yield node
    yield from _closed(items)


def _closed(items: list[TextBlock | Outside]) -> Iterator[Node]:
    if items:
        after = [items.pop()] if isinstance(items[-1], Outside) else []
        yield ItemList(tuple(items))
        yield from after


class _Places:
    """Finds which of several disjoint spans, in text order, an offset lies in."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        self._starts = [span.start for span in spans]

    def at(self, offset: int) -> int | None:
        """The number of the span that the offset lies in."""
        number = bisect_right(self._starts, offset) - 1
        return number if number >= 0 and offset < self.spans[number].end else None


def _layers(index: AnalysisIndex, points: Sequence[Point]) -> list[_Layer]:
    """All stretches that are marked, or highlighted on request."""
    layers: list[_Layer] = []

    def add(spans: Iterable[Span], role: str, identifier: str) -> None:
        layers.extend(_Layer(span, role, identifier) for span in spans if len(span))

    for number, point in enumerate(points, 1):
        if point.kind is not PointKind.ARTICLE:
            add(_words_of(point, index), "point", str(number))
            add(point.flagged, "flagged", str(number))
    for claim in index.analysis.claims:
        add(claim.spans, "claim", claim.id)
    for attribution in index.attributions.values():
        add(attribution.cue.spans, "cue", attribution.id)
        add(attribution.source.spans, "source", attribution.id)
    for hedge in index.analysis.hedges:
        add(hedge.spans, "hedge", hedge.id)
    for booster in index.analysis.boosters:
        add(booster.spans, "hedge", booster.id)
    for entity in ledger_entries(index.analysis):
        add(entity.mentions, "mention", entity.id)
    return layers


def _words_of(point: Point, index: AnalysisIndex) -> tuple[Span, ...]:
    """The words in question: those of the claims, else those that the reasons are about."""
    claimed = tuple(span for name in point.claims if name in index.claims for span in index.claims[name].spans)
    return (*claimed, *point.flagged)


def _swept(
    text: str, layers: Sequence[_Layer], blocks: Iterable[Span], offsets: Iterable[int]
) -> Iterator[tuple[int, int, list[_Layer]]]:
    """The text from border to border, each stretch with the layers that cover it."""
    starting: dict[int, list[_Layer]] = defaultdict(list)
    for layer in layers:
        starting[layer.span.start].append(layer)
    borders = {0, len(text), *offsets}
    for span in (*blocks, *(layer.span for layer in layers)):
        borders.update((span.start, span.end))
    active: list[_Layer] = []
    for start, end in pairwise(sorted(border for border in borders if 0 <= border <= len(text))):
        active = [layer for layer in active if layer.span.end > start] + starting.get(start, [])
        yield start, end, active


def _piece(text: str, covering: Sequence[_Layer], points: Sequence[Point], sizes: dict[str, int]) -> Piece:
    roles: dict[str, list[str]] = defaultdict(list)
    for layer in covering:
        if layer.id not in roles[layer.role]:
            roles[layer.role].append(layer.id)
    return Piece(
        text,
        points=" ".join(roles["point"]),
        flagged=bool(roles["flagged"]),
        gravity=max((points[int(number) - 1].gravity for number in roles["point"]), default=0),
        claims=" ".join(sorted(roles["claim"], key=lambda claim: sizes[claim])),
        sources=" ".join(dict.fromkeys([*roles["source"], *roles["mention"]])),
        speaks=bool(roles["source"]),
        cues=" ".join(roles["cue"]),
        hedges=" ".join(roles["hedge"]),
    )
