"""The summary of a corpus as tables: for people, in a terminal, and for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from attribution.corpus.summary import PERSON, CorpusSummary, Group, Quoted
from attribution.records import SourceKind
from attribution.reporting.contract import rounded
from attribution.reporting.drawing import heading, render
from attribution.reporting.escaping import csv_cell
from attribution.reporting.look import DEFAULT_WIDTH, LABEL, PLAIN, QUIET, Look, carrier_bar, look_for, printable
from attribution.reporting.words import CARRIERS, KINDS, percent

BAR = 20
NARROW = 90
"""Cells below which the bars are left out."""

GROUP_COLUMNS = (
    "articles",
    "words",
    "claims",
    *(f"share_{carrier.value}" for carrier in CARRIERS),
    "unnamed_sources",
    "sourcing",
    "certainty",
)
QUOTED_COLUMNS = ("name", "kind", "kinds", "articles", "claims", "attributions", "forms", "may_be")
LIST_SEPARATOR = "; "


def summary_text(
    summary: CorpusSummary,
    *,
    top: int,
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    encoding: str = "utf-8",
) -> str:
    """The groups, and the people and bodies quoted most, as tables; ``top`` rows of each."""
    look = look_for(encoding, color=color)
    parts: list[RenderableType] = [heading("Who answers for the claims", look), _groups(summary, top, look, width)]
    for title, quoted in (("People quoted most", people(summary)), ("Bodies quoted most", bodies(summary))):
        if quoted:
            parts += [Text(), heading(title, look), _quoted(quoted, top, look)]
    return render(parts, width, color)


def people(summary: CorpusSummary) -> list[Quoted]:
    """The people who are quoted, most first."""
    return [found for found in summary.quoted if found.kind == PERSON]


def bodies(summary: CorpusSummary) -> list[Quoted]:
    """The organisations, media and documents that are quoted, most first."""
    return [found for found in summary.quoted if found.kind != PERSON]


def _groups(summary: CorpusSummary, top: int, look: Look, width: int) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    for name in summary.by:
        table.add_column(Text(printable(name, look), style=QUIET), overflow=look.overflow, no_wrap=True, max_width=30)
    if not summary.by:
        table.add_column("")
    shares = [words.short for words in CARRIERS.values()]
    for name in ("articles", "claims", *shares, "unnamed"):
        table.add_column(Text(name, style=QUIET), justify="right", no_wrap=True)
    if width >= NARROW:
        table.add_column("")
    shown = summary.groups if summary.every else summary.groups[:top]
    for group in shown:
        table.add_row(*_cells(group, len(summary.by), look, width))
    left = len(summary.groups) - len(shown)
    if left:
        table.add_row(Text(f"and {left:,} more", style=QUIET))
    if len(summary.groups) != 1:
        table.add_row(*_cells(summary.total, max(1, len(summary.by)), look, width), style=LABEL)
    return table


def _cells(group: Group, columns: int, look: Look, width: int) -> list[Text]:
    values = [*group.values, *[""] * (columns - len(group.values))]
    shares = group.carriers.shares()
    return [
        *(Text(printable(value, look)) for value in values),
        Text(f"{group.articles:,}"),
        Text(f"{group.counts['claims']:,}"),
        *(Text(percent(shares[carrier])) for carrier in CARRIERS),
        Text(percent(group.unnamed_sources)),
        *([carrier_bar(group.carriers, look, BAR)] if width >= NARROW else []),
    ]


def _quoted(quoted: Sequence[Quoted], top: int, look: Look) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=PLAIN)
    table.add_column(Text("name", style=QUIET), overflow="fold")
    for name in ("quoted", "claims", "articles"):
        table.add_column(Text(name, style=QUIET), justify="right", no_wrap=True)
    table.add_column(Text("may be the same as", style=QUIET), overflow="fold")
    for found in quoted[:top]:
        unsure = ", ".join(found.may_be[:3]) + ("" if len(found.may_be) < 4 else f" and {len(found.may_be) - 3} more")
        table.add_row(
            Text(printable(found.name, look)),
            f"{found.attributions:,}",
            f"{found.claims:,}",
            f"{found.articles:,}",
            Text(printable(unsure, look)),
        )
    if len(quoted) > top:
        table.add_row(Text(f"and {len(quoted) - top:,} more", style=QUIET))
    return table


def groups_csv(summary: CorpusSummary) -> str:
    """The groups as CSV (RFC 4180) with a header, or all articles as one; shares are from 0 to 1."""
    output = StringIO()
    writer = csv.writer(output)
    writer.writerow([*map(csv_cell, summary.by), *GROUP_COLUMNS])
    for group in summary.groups or (summary.total,):
        shares = group.carriers.shares()
        values = group.values if summary.groups else ()
        row = [*values, group.articles, group.counts["words"], group.counts["claims"]]
        row += [rounded(shares[carrier]) for carrier in CARRIERS]
        row += [rounded(group.unnamed_sources), rounded(group.score("sourcing")), rounded(group.score("certainty"))]
        writer.writerow(map(csv_cell, row))
    return output.getvalue()


def quoted_csv(summary: CorpusSummary) -> str:
    """Everybody who is quoted as CSV with a header; several values in a cell are separated by ``; ``."""
    output = StringIO()
    writer = csv.writer(output)
    writer.writerow(QUOTED_COLUMNS)
    for found in summary.quoted:
        row = [found.name, found.kind, LIST_SEPARATOR.join(sorted(found.kinds)), found.articles, found.claims]
        row += [found.attributions, LIST_SEPARATOR.join(sorted(found.forms)), LIST_SEPARATOR.join(found.may_be)]
        writer.writerow(map(csv_cell, row))
    return output.getvalue()


def kind_words(kind: str) -> str:
    """A kind of source in words for people."""
    return KINDS[SourceKind(kind)]
