"""What the page shows of a draft: the report's list, ledger, notes and marks, by their places in the page's text.

Positions count UTF-16 units of the text as it was sent, as scripts of pages do. The words are those of the report
(``reporting.html``), so that page and report speak one language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from attribution.index import AnalysisIndex
from attribution.ingest.offsets import Offsets
from attribution.linting import Finding
from attribution.linting.edits import Applicability
from attribution.linting.findings import file_range
from attribution.records import Draft, Span
from attribution.reporting import words
from attribution.reporting.attention import Point, PointKind, points_of
from attribution.reporting.html.article import Piece, article
from attribution.reporting.html.report import Item, Note, headline, items_of, kinds_of, notes_of, shares_of
from attribution.reporting.html.templates import plain
from attribution.reporting.ledger import LedgerRow, ledger_rows, short_ledger
from attribution.reporting.yardstick import words_of
from attribution.session.work import AnalysedDraft


class Edit(msgspec.Struct, frozen=True):
    """Characters of the text, and what to write in their place."""

    start: int
    end: int
    text: str
    replacement: str


class Fix(msgspec.Struct, frozen=True):
    """A way to mend something: what it does, whether it is safe, and the edits that belong together."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class Entry(msgspec.Struct, frozen=True):
    """An item of the list, the words that it is about, and how they can be mended; without place for the article."""

    item: Item
    start: int | None
    end: int | None
    fixes: tuple[Fix, ...]


class Mark(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of the text and all it belongs to, as ``reporting.html.article.Piece`` tells it."""

    start: int
    end: int
    points: str = ""
    flagged: bool = False
    gravity: int = 0
    claims: str = ""
    sources: str = ""
    speaks: bool = False
    cues: str = ""
    hedges: str = ""


class View(msgspec.Struct, frozen=True):
    """All that the page shows of a draft."""

    headline: str
    counts: str
    words: int
    claims: int
    entries: tuple[Entry, ...]
    kinds: tuple[tuple[str, str, int], ...]
    rows: tuple[LedgerRow, ...]
    shares: tuple[tuple[str, float], ...]
    notes: tuple[Note, ...]
    problems: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    marks: tuple[Mark, ...]


def view_of(analysed: AnalysedDraft, findings: Sequence[Finding]) -> View:
    """What the page shows of an analysed draft with these findings of lint."""
    analysis = analysed.analysis
    index = AnalysisIndex(analysis, vouching_only=True)
    points = points_of(analysis, findings)
    places = _Places(analysis.draft, analysed.source)
    entries = tuple(
        _entry(item, point, findings, places) for item, point in zip(items_of(points, index), points, strict=True)
    )
    return View(
        headline=headline(tuple(entry.item for entry in entries)),
        counts=words.counts_words(analysis.summary),
        words=words_of(analysis),
        claims=len(analysis.claims),
        entries=entries,
        kinds=tuple(kinds_of([entry.item for entry in entries])),
        rows=tuple(short_ledger(ledger_rows(analysis))),
        shares=tuple(shares_of(analysis.summary)),
        notes=notes_of(index),
        problems=tuple((words.place(problem.start, index), problem.message) for problem in analysis.problems),
        notices=analysis.draft.notices,
        marks=tuple(_marks(index, points, places)),
    )


def view_json(view: View) -> bytes:
    """The view as JSON, in which no text turns the direction of what stands around it; edits stay as they are."""
    told = msgspec.to_builtins(view)
    return msgspec.json.encode({name: value if name == "marks" else _shown(value) for name, value in told.items()})


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: inner if name == "edits" else _shown(inner) for name, inner in value.items()}
    return [_shown(inner) for inner in value] if isinstance(value, list | tuple) else value


class _Places:
    """Tells where characters of the draft stand in the page's text."""

    def __init__(self, draft: Draft, source: str) -> None:
        self._draft = draft
        self._offsets = Offsets(source)

    def of(self, span: Span) -> tuple[int, int]:
        """Start and end of a span of the draft."""
        start, end = file_range(self._draft, span)
        return self.of_file(start.offset, end.offset)

    def of_file(self, start: int, end: int) -> tuple[int, int]:
        """Start and end of code points of the file, which is the page's text."""
        return self._offsets.to_utf16(start), self._offsets.to_utf16(end)


def _entry(item: Item, point: Point, findings: Sequence[Finding], places: _Places) -> Entry:
    if point.kind is PointKind.ARTICLE:
        return Entry(item, None, None, ())
    fixes = {fix: None for finding in findings if _is_of(finding, point) for fix in _fixes(finding, places)}
    return Entry(item, *places.of(point.reasons[0].span), tuple(fixes))


def _is_of(finding: Finding, point: Point) -> bool:
    """Whether a finding is one of the reasons of a point."""
    return finding.span in point.flagged and any(
        (finding.rule, finding.message) == (reason.rule, reason.message) for reason in point.reasons
    )


def _fixes(finding: Finding, places: _Places) -> Iterator[Fix]:
    for fix in finding.fixes:
        yield Fix(
            fix.title,
            fix.applicability is Applicability.SAFE,
            tuple(
                Edit(*places.of_file(edit.start.offset, edit.end.offset), edit.text, edit.replacement)
                for edit in fix.edits
            ),
        )


def _marks(index: AnalysisIndex, points: Sequence[Point], places: _Places) -> Iterator[Mark]:
    offset = 0
    for piece in _texts(article(index, points)):
        start, offset = offset, offset + len(piece.text)
        if isinstance(piece, Piece) and not piece.is_plain:
            fields = (getattr(piece, name) for name in Mark.__struct_fields__[2:])
            yield Mark(*places.of(Span(start, offset)), *fields)


def _texts(nodes: Sequence[Any]) -> Iterator[Any]:
    """What has text in the article, in the order of the draft's text, of which it is all."""
    for node in nodes:
        if node.form == "list":
            yield from _texts(node.items)
        elif node.form in ("block", "loose"):
            yield from _texts(node.parts)
        elif node.form in ("piece", "outside"):
            yield node
