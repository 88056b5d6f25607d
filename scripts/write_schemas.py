"""Write the JSON Schemas of attrib's output from the records that make it: python scripts/write_schemas.py"""

from __future__ import annotations

from pathlib import Path

from attribution import reporting
from attribution.reporting.diff_json import Diff
from attribution.reporting.findings.json import Lint
from attribution.reporting.json import SCHEMA_VERSION, Report, pretty, schema_of
from attribution.reporting.sources import Ledger

FOLDER = Path(reporting.__file__).parent / "schema"

if __name__ == "__main__":
    for name, record in (("report", Report), ("sources", Ledger), ("lint", Lint), ("diff", Diff)):
        path = FOLDER / f"{name}-{SCHEMA_VERSION}.json"
        path.write_text(pretty(schema_of(record, name)), encoding="utf-8")
        print(path)
