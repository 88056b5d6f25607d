"""The report for the terminal. It answers first: what to look at, who carries the story, and then the marked text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from attribution.index import AnalysisIndex
from attribution.records import Carrier
from attribution.reporting import words
from attribution.reporting.attention import Point, PointKind, excerpt, points_of
from attribution.reporting.drawing import Margin, heading, render
from attribution.reporting.ledger import LedgerRow, ledger_rows, short_ledger
from attribution.reporting.look import (
    CARRIER_STYLES,
    DEFAULT_WIDTH,
    LABEL,
    NARROWEST,
    PLAIN,
    QUIET,
    SOURCE,
    URGENT,
    Look,
    look_for,
    printable,
    short_path,
)
from attribution.reporting.marked import Mark, marked_text
from attribution.reporting.text_body import marked_draft
from attribution.reporting.yardstick import Gauge, gauges_of, load_yardstick, words_of

if TYPE_CHECKING:
    from attribution.linting import Finding
    from attribution.records import Analysis

NARROW = 72
NUMBERS_WIDTH = 79
"""Cells that the table of numbers takes with all genres."""
LEDGER_CELLS = 20
OF_CLAIMS = "claims "
"""How labels begin that tell a share of the claims; under each other they begin so once."""
EXCERPT_LINES = 2
"""Lines that the words of a point may take in the list of what to look at."""


def report_text(
    analysis: Analysis,
    *,
    findings: Sequence[Finding] = (),
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    full: bool = True,
    explain: bool = False,
    only: Collection[Carrier] = (),
    encoding: str = "utf-8",
) -> str:
    """The report as text of ``width`` cells, with ANSI colours when ``color``.

    ``findings`` are those of lint on the draft, which the list of what to look at is made of. ``full`` adds the draft's
    text with its marks, ``explain`` what each claim's scores rest on, in the terms of the field; ``only`` shows of the
    text the sentences with a claim that one of these answers for. ``encoding`` is the output's: one that cannot write
    the report's signs gets ASCII ones.
    """
    look = look_for(encoding, color=color)
    index = AnalysisIndex(analysis, vouching_only=True)
    width = max(NARROWEST, width)
    points = points_of(analysis, findings)
    parts: list[RenderableType] = [
        *header(index, look, width),
        *attention(points, index, look, width),
        *ledger(index, look, width),
        *numbers(points, index, look, width),
        *unchecked(index, look),
    ]
    if full or explain or only:
        parts += [Text(), *marked_draft(index, points, look, explain, only)]
        # On a terminal the answer has scrolled away by now.
        parts += [Text(), Text(words.at_the_top(len(points)), style=QUIET)] if points else []
    return render(parts, width, color)


def attention_text(
    analysis: Analysis,
    *,
    findings: Sequence[Finding] = (),
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    encoding: str = "utf-8",
) -> str:
    """The first part of the report alone: what to look at."""
    look = look_for(encoding, color=color)
    index = AnalysisIndex(analysis, vouching_only=True)
    width = max(NARROWEST, width)
    points = points_of(analysis, findings)
    return render([*header(index, look, width), *attention(points, index, look, width)], width, color)


def header(index: AnalysisIndex, look: Look, width: int) -> list[RenderableType]:
    """The file, its size, and for how many of its claims who answers."""
    analysis = index.analysis
    size = f" {look.dot} ".join(
        (
            words.count(words_of(analysis), "word"),
            words.count(analysis.summary.sentences, "sentence"),
        )
    )
    return [
        heading(short_path(analysis.draft.path, look, width - 2), look, size),
        Text(printable(words.counts_words(analysis.summary), look)),
    ]


def attention(points: Sequence[Point], index: AnalysisIndex, look: Look, width: int) -> list[RenderableType]:
    """What to look at, each with its place, its words, the reasons and how to mend it."""
    if not index.analysis.claims and not points:
        return []
    if not points:
        return [Text(), heading("What to look at", look), Text(words.NOTHING_TO_LOOK_AT)]
    places = [words.place(point.reasons[0].span.start, index) for point in points]
    order = ", the gravest first" if len(points) > 1 else ""
    units = words.place_units(index.analysis.draft.format)
    digits, longest = len(str(len(points))), max(map(len, places))
    parts: list[RenderableType] = []
    for number, (point, place) in enumerate(zip(points, places, strict=True), 1):
        label = Text().append(str(number).rjust(digits), style=LABEL).append("  ").append(place, style=QUIET)
        cells = digits + 2 + longest
        body = Group(*point_lines(point, index, look, width - cells - 2))
        parts += [Text(), Margin([label], Text("  "), body, cells)]
    return [
        Text(),
        heading("What to look at", look, f"{words.count(len(points), 'place')}{order}; {units}"),
        *parts[1:],
    ]


def point_lines(point: Point, index: AnalysisIndex, look: Look, cells: int) -> list[RenderableType]:
    """The words of a point, why to look at them, and what would mend it."""
    lines: list[RenderableType] = []
    if point.kind is not PointKind.ARTICLE:
        lines.append(words_shown(point, index, look, cells * EXCERPT_LINES - 8))
    style = URGENT if point.kind is PointKind.NEEDS_SOURCE or point.gravity > 1 else LABEL
    why = " ".join(dict.fromkeys(words.sentence(reason.message) for reason in point.reasons))
    lines.append(Text().append(f"{words.POINTS[point.kind]}: ", style=style).append(printable(why, look)))
    for remedy in dict.fromkeys(reason.help for reason in point.reasons):
        lines.append(Margin([Text(look.remedy)], Text(" "), Text(printable(remedy, look)), len(look.remedy)))
    return lines


def words_shown(point: Point, index: AnalysisIndex, look: Look, longest: int) -> Text:
    """The words of a point between quotation marks, those that are to be looked at marked; cut where they are long."""
    shown = excerpt(point, index.analysis, longest)
    marks = [Mark(span, 0, look.flagged) for span in point.flagged]
    told = marked_text(shown.span, marks, index, look)
    told.plain = printable(told.plain.translate(words.INNER_QUOTES), look)
    before, after = look.cut * shown.cut_before, look.cut * shown.cut_after
    return Text(printable("“", look) + before).append_text(told).append(after + printable("”", look))


def ledger(index: AnalysisIndex, look: Look, width: int) -> list[RenderableType]:
    """Who carries the story, under a heading, the lesser sources in one row; nothing for an article without claims."""
    rows = short_ledger(ledger_rows(index.analysis))
    return [Text(), heading("Who carries the story", look), ledger_table(rows, index, look, width)] if rows else []


def ledger_table(
    rows: Sequence[LedgerRow], index: AnalysisIndex, look: Look, width: int, places: bool = False
) -> Table:
    """Each source, what it is, how many claims it carries, and, with ``places``, where it is first mentioned."""
    analysis = index.analysis
    total = max(1, len(analysis.claims))
    bars = width >= NARROW
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=PLAIN)
    table.add_column(Text("source", style=QUIET), overflow="fold")
    table.add_column(Text("what it is", style=QUIET), overflow="fold")
    for name in ("claims", "share", "first") if places else ("claims", "share"):
        table.add_column(Text(name, style=QUIET), justify="right", no_wrap=True, overflow=look.overflow)
    if bars:
        table.add_column("", no_wrap=True, overflow=look.overflow)
    for row in rows:
        cells = [
            Text().append(printable(row.name, look), style=SOURCE if row.carrier is Carrier.NAMED else PLAIN),
            Text(row.kind),
            Text(str(row.claims)),
            Text(words.percent(row.claims / total)),
        ]
        if places:
            cells.append(Text("" if row.first is None else words.place(row.first, index)))
        if bars:
            length = max(1, round(row.claims / total * LEDGER_CELLS))
            cells.append(Text().append(look.shares[row.carrier] * length, style=CARRIER_STYLES[row.carrier]))
        table.add_row(*cells)
    return table


def numbers(points: Sequence[Point], index: AnalysisIndex, look: Look, width: int) -> list[RenderableType]:
    """The article in numbers beside published news; nothing for one that is too short to compare."""
    gauges = gauges_of(index.analysis, len(points))
    if not gauges:
        return []
    genres = load_yardstick().genre if width >= NUMBERS_WIDTH else ()
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, header_style=PLAIN)
    table.add_column("", overflow="fold")
    for name in ("here", "", *(genre.name for genre in genres)):
        table.add_column(Text(name, style=QUIET), justify="right" if name else "left", no_wrap=True)
    before = ""
    # What there is none of is told only where that is unusual.
    for gauge in (gauge for gauge in gauges if gauge.value or gauge.is_less):
        label = words.GAUGES[gauge.name]
        follows = before.startswith(OF_CLAIMS) and label.startswith(OF_CLAIMS)
        before = label
        cells = [
            Text("  " * follows + printable(label.removeprefix(OF_CLAIMS * follows), look)),
            Text(_value(gauge, gauge.value)),
            Text().append("high" if gauge.is_more else "low" if gauge.is_less else "", style=LABEL),
        ]
        for usual in gauge.ranges[: len(genres)]:
            low, high = _value(gauge, usual.low), _value(gauge, usual.high)
            cells.append(Text(printable(f"{low.removesuffix('%')}–{high}", look), style=QUIET))
        table.add_row(*cells)
    return [Text(), heading("In numbers", look, words.YARDSTICK if genres else ""), table]


def _value(gauge: Gauge, value: float) -> str:
    return words.percent(value) if gauge.is_share else f"{value:.1f}"


def unchecked(index: AnalysisIndex, look: Look) -> list[RenderableType]:
    """What the report says nothing about."""
    if not index.analysis.claims:
        return []
    told = "Not checked: " + "; ".join(words.NOT_CHECKED) + "."
    return [Text(), Text(printable(told, look), style=QUIET)]
