"""Write what describes attrib's JSON from the records that make it: python scripts/write_schemas.py

The JSON Schemas, and the table of a report's fields in docs/FORMATS.md.
"""

from __future__ import annotations

import re
from pathlib import Path

from attribution import reporting
from attribution.reporting.contract import SCHEMA_VERSION, field_table, schema_of
from attribution.reporting.diff_json import Diff
from attribution.reporting.findings.json import Lint
from attribution.reporting.findings.statistics import LintStatistics
from attribution.reporting.json import Report, pretty
from attribution.reporting.sources import Ledger

FOLDER = Path(reporting.__file__).parent / "schema"
FORMATS = Path(__file__).parent.parent / "docs" / "FORMATS.md"
TABLE = re.compile(r"(?<=\n\n)\| field \| value \|.*\n(?:\|.*\n)+")

if __name__ == "__main__":
    for name, record in (
        ("report", Report),
        ("sources", Ledger),
        ("lint", Lint),
        ("lint-statistics", LintStatistics),
        ("diff", Diff),
    ):
        path = FOLDER / f"{name}-{SCHEMA_VERSION}.json"
        path.write_text(pretty(schema_of(record, name)), encoding="utf-8")
        print(path)
    table = field_table(schema_of(Report, "report"))
    FORMATS.write_text(TABLE.sub(lambda _: table, FORMATS.read_text(encoding="utf-8")), encoding="utf-8")
    print(FORMATS)
