"""The source ledger: who carries a story, and how much of it, for people, spreadsheets and programs."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from rich.console import RenderableType
from rich.text import Text

from attribution import __version__
from attribution.index import AnalysisIndex, ledger_entries
from attribution.ingest import locate
from attribution.records import Analysis, Count, Share, SourceEntity
from attribution.reporting.contract import SCHEMA_VERSION, published, rounded
from attribution.reporting.drawing import heading, render
from attribution.reporting.escaping import csv_cell, path_in_line
from attribution.reporting.json import Tool, pretty
from attribution.reporting.ledger import ledger_rows, ranked
from attribution.reporting.look import DEFAULT_WIDTH, PLAIN, look_for, short_path
from attribution.reporting.text import ledger_table
from attribution.reporting.units import OffsetUnit, in_unit

COLUMNS = ("document", "source", "kind", "named", "claims", "share", "mentions", "line", "column")


class LedgerEntry(msgspec.Struct, frozen=True):
    """A source, the share of the document's claims it carries, and where it is first mentioned."""

    source: Annotated[SourceEntity, Meta(description="The ledger entry, as in the report.")]
    share: Annotated[Share, Meta(description="Part of the document's claims that it carries, alone or not.")]
    line: Annotated[Count, Meta(description="Line of its first mention in the file, from 1; 0 without a mention.")]
    column: Annotated[Count, Meta(description="Column of its first mention, from 1, in code points; 0 without.")]


class Ledger(msgspec.Struct, frozen=True):
    """The sources of one document, those that carry most claims first."""

    schema_version: Annotated[
        Literal["1.0"], Meta(description="The contract that the ledger keeps; 1.x only ever adds fields.")
    ]
    tool: Annotated[Tool, Meta(description="What made the ledger.")]
    document: Annotated[str, Meta(description="The draft's name, as it was given.")]
    offsets: Annotated[
        OffsetUnit, Meta(description="What offsets count in the text, whose line ends are a line feed each.")
    ]
    claims: Annotated[Count, Meta(description="How many claims the document makes.")]
    sources: Annotated[tuple[LedgerEntry, ...], Meta(description="The sources, those that carry most claims first.")]


def sources_text(
    analysis: Analysis, *, width: int = DEFAULT_WIDTH, color: bool = False, encoding: str = "utf-8"
) -> str:
    """The ledger as a table of ``width`` cells, with the first mention of each source."""
    look = look_for(encoding, color=color)
    table = ledger_table(ledger_rows(analysis), AnalysisIndex(analysis, vouching_only=True), look, width, places=True)
    body: RenderableType = table if table.row_count else Text("no claims and no sources", style=PLAIN)
    return render([heading(short_path(analysis.draft.path, look, width - 2), look), body], width, color)


def sources_csv(analyses: Sequence[Analysis]) -> str:
    """The ledgers of all documents as CSV (RFC 4180) with a header; ``line`` and ``column`` are the first mention's."""
    output = StringIO()
    writer = csv.writer(output)
    writer.writerow(COLUMNS)
    for analysis in analyses:
        for entity in ranked(ledger_entries(analysis)):
            named = "yes" if entity.named else "no"
            row = [path_in_line(analysis.draft.path), entity.name, entity.kind, named, len(entity.claims)]
            row += [share(entity, analysis), len(entity.mentions), *first_mention(entity, analysis)]
            writer.writerow(map(csv_cell, row))
    return output.getvalue()


def sources_json(analyses: Sequence[Analysis], *, array: bool, unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> str:
    """The ledgers as a JSON array, or the only one as an object; their offsets count ``unit``."""
    ledgers = [_ledger(analysis, unit) for analysis in analyses]
    return pretty(published(ledgers if array else ledgers[0]))


def share(entity: SourceEntity, analysis: Analysis) -> float:
    """Which part of the document's claims the source carries, alone or with others."""
    return rounded(len(entity.claims) / len(analysis.claims)) if analysis.claims else 0.0


def first_mention(entity: SourceEntity, analysis: Analysis) -> tuple[int, int]:
    """Line and column of the source's first mention, 1-based."""
    return locate(analysis.draft, entity.mentions[0].start) if entity.mentions else (0, 0)


def _ledger(analysis: Analysis, unit: OffsetUnit) -> Ledger:
    entries = tuple(
        LedgerEntry(entity, share(entity, analysis), *first_mention(entity, analysis))
        for entity in ranked(ledger_entries(analysis))
    )
    tool = Tool(version=__version__, model=analysis.model)
    ledger = Ledger(SCHEMA_VERSION, tool, analysis.draft.path, unit, len(analysis.claims), entries)
    return in_unit(ledger, analysis.draft.text, unit)
