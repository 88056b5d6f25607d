"""Writes tables of claims for spreadsheets and notebooks; ``attrib sources -f csv`` writes the table of sources."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from attribution.ingest import locate
from attribution.records import Analysis
from attribution.reporting.escaping import csv_cell, path_in_line

LIST_SEPARATOR = "; "
CLAIM_COLUMNS = (
    "document",
    "claim",
    "sentence",
    "line",
    "column",
    "start",
    "end",
    "text",
    "voice",
    "sourcing",
    "certainty",
    "sources",
    "kinds",
    "named",
    "cues",
    "attitudes",
    "hedges",
    "boosters",
    "evidence",
)


def claims_csv(analyses: Sequence[Analysis]) -> str:
    """The claims of all documents as CSV (RFC 4180) with a header, a row for each.

    ``line`` and ``column`` are where the claim begins in the file, from 1; ``start`` and ``end`` are code points of the
    draft's text. Several values in a cell are separated by ``; ``.
    """
    output = StringIO()
    writer = csv.DictWriter(output, CLAIM_COLUMNS)
    writer.writeheader()
    for analysis in analyses:
        for row in analysis.to_rows():
            line, column = locate(analysis.draft, row["start"])
            cells = {name: LIST_SEPARATOR.join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
            named = "yes" if row["named"] else "no"
            cells |= {"document": path_in_line(analysis.draft.path), "line": line, "column": column, "named": named}
            writer.writerow({name: csv_cell(cell) for name, cell in cells.items()})
    return output.getvalue()
