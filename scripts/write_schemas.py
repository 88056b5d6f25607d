"""Write what describes attrib's JSON from the records that make it: python scripts/write_schemas.py

The JSON Schemas of what it writes and of what a newsroom writes for it, and the tables of fields in docs/FORMATS.md and
docs/OWN_RULES.md.
"""

from __future__ import annotations

import re
from pathlib import Path

from attribution import reporting
from attribution.reporting.contract import SCHEMA_VERSION, field_table, schema_of
from attribution.reporting.diff_json import Diff
from attribution.reporting.editor_schemas import configuration_schema, reference, rules_schema
from attribution.reporting.findings.json import Lint
from attribution.reporting.findings.statistics import LintStatistics
from attribution.reporting.json import Report, pretty
from attribution.reporting.sources import Ledger

FOLDER = Path(reporting.__file__).parent / "schema"
DOCS = Path(__file__).parent.parent / "docs"
FORMATS, OWN_RULES = DOCS / "FORMATS.md", DOCS / "OWN_RULES.md"
TABLE = re.compile(r"(?<=\n\n)\| field \| value \|.*\n(?:\|.*\n)+")


def with_references(text: str) -> str:
    """The page on own rules with its tables of keys written again."""
    schema = rules_schema()
    for name, record in (("conditions", "Conditions"), ("keys", "HouseRule")):
        table = reference(schema, record)
        text = re.sub(rf"(?<=<!-- {name} -->\n\n)(?:\|.*\n)*", lambda _, table=table: table, text)
    return text


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
    for name, schema in (("config", configuration_schema()), ("rules", rules_schema())):
        path = FOLDER / f"{name}-{SCHEMA_VERSION}.json"
        path.write_text(pretty(schema), encoding="utf-8")
        print(path)
    OWN_RULES.write_text(with_references(OWN_RULES.read_text(encoding="utf-8")), encoding="utf-8")
    print(OWN_RULES)
    table = field_table(schema_of(Report, "report"))
    FORMATS.write_text(TABLE.sub(lambda _: table, FORMATS.read_text(encoding="utf-8")), encoding="utf-8")
    print(FORMATS)
