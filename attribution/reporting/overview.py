"""The table that sums up several reports."""

from __future__ import annotations

from collections.abc import Sequence
from os.path import commonpath
from pathlib import PurePath
from typing import TypeVar

import msgspec
from rich.style import Style
from rich.table import Table
from rich.text import Text

from attribution.records import Analysis, Carrier, CarrierCounts, PlaceCounts, Summary, VoiceCounts
from attribution.reporting.drawing import heading, render
from attribution.reporting.look import DEFAULT_WIDTH, LABEL, PLAIN, QUIET, Look, carrier_bar, look_for, short_path
from attribution.reporting.words import CARRIERS
from attribution.reporting.yardstick import words_of

Counts = TypeVar("Counts", VoiceCounts, CarrierCounts, PlaceCounts)

NARROW = 76
NARROWER = 48
BAR = 10
SHORTEST_NAME = 8
TOTAL = "all"


class Line(msgspec.Struct, frozen=True):
    """What the table says of one document; ``points`` is how many places there are to look at."""

    path: str
    words: int
    summary: Summary
    points: int = 0


def line_of(analysis: Analysis, points: int = 0) -> Line:
    """The document's line; small, so that the analyses of many documents need not be kept."""
    return Line(analysis.draft.path, words_of(analysis), analysis.summary, points)


def overview_text(
    lines: Sequence[Line], *, width: int = DEFAULT_WIDTH, color: bool = False, encoding: str = "utf-8"
) -> str:
    """The documents in a table of ``width`` cells, with a last line for all of them together.

    A folder that all documents lie in is told once, in the heading.
    """
    look = look_for(encoding, color=color)
    folder, names = without_common_folder([line.path for line in lines])
    everything = total(lines)
    counts = everything.summary.carriers
    carriers = [carrier for carrier in CARRIERS if getattr(counts, carrier.value)] if width >= NARROW else []
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=PLAIN)
    numbers = ("look at", "claims", *(CARRIERS[carrier].short for carrier in carriers))
    bar = BAR if width >= NARROWER else 0
    room = max(SHORTEST_NAME, width - sum(len(name) + 2 for name in numbers) - bar - 4)
    table.add_column(Text("document", style=QUIET), no_wrap=True, overflow=look.overflow)
    for name in numbers:
        table.add_column(Text(name, style=QUIET), no_wrap=True, overflow=look.overflow, justify="right")
    if bar:
        table.add_column("", no_wrap=True, overflow=look.overflow)
    for line, name in zip(lines, names, strict=True):
        _add(table, line, short_path(name, look, room), carriers, bar, look, PLAIN)
    if len(lines) > 1:
        _add(table, everything, TOTAL, carriers, bar, look, LABEL)
    title = f"{len(lines):,} documents"
    if folder:
        title += f" in {short_path(folder, look, width - len(title) - 6)}"
    return render([heading(title, look), table], width, color)


def without_common_folder(paths: Sequence[str]) -> tuple[str, list[str]]:
    """The folder that all paths lie in, empty where there is none, and the paths as seen from there."""
    if len(paths) < 2 or len({PurePath(path).is_absolute() for path in paths}) > 1:
        return "", list(paths)
    try:
        folder = commonpath([PurePath(path).parent for path in paths])
    except ValueError:
        return "", list(paths)
    if folder in ("", ".", PurePath(folder).anchor):
        return "", list(paths)
    return folder, [str(PurePath(path).relative_to(folder)) for path in paths]


def total(lines: Sequence[Line]) -> Line:
    """All documents as one; the scores are means over all claims."""
    summaries = [line.summary for line in lines]
    return Line(
        TOTAL,
        sum(line.words for line in lines),
        Summary(
            sentences=sum(summary.sentences for summary in summaries),
            claims=sum(summary.claims for summary in summaries),
            voice=_sum([summary.voice for summary in summaries], VoiceCounts),
            sourcing=_weighted([(summary.sourcing, summary.claims) for summary in summaries]),
            certainty=_weighted([(summary.certainty, summary.claims) for summary in summaries]),
            distinct_sources=sum(summary.distinct_sources for summary in summaries),
            named_sources=sum(summary.named_sources for summary in summaries),
            carriers=_sum([summary.carriers for summary in summaries], CarrierCounts),
            places=_sum([summary.places for summary in summaries], PlaceCounts),
        ),
        sum(line.points for line in lines),
    )


def _add(table: Table, line: Line, name: str, carriers: Sequence[Carrier], bar: int, look: Look, style: Style) -> None:
    counts = line.summary.carriers
    cells = [
        Text().append(name, style=style),
        Text().append(f"{line.points:,}", style=LABEL if line.points else QUIET),
        Text(f"{line.summary.claims:,}"),
        *(Text(f"{getattr(counts, carrier.value):,}") for carrier in carriers),
    ]
    table.add_row(*cells, *([carrier_bar(counts, look, bar)] if bar else []))


def _sum(counts: Sequence[Counts], kind: type[Counts]) -> Counts:
    """The counts added up, field by field."""
    return kind(**{name: sum(getattr(count, name) for count in counts) for name in kind.__struct_fields__})


def _weighted(scores: Sequence[tuple[float | None, int]]) -> float | None:
    claims = sum(count for score, count in scores if score is not None)
    return sum(score * count for score, count in scores if score is not None) / claims if claims else None
