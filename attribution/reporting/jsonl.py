"""One line of JSON a document, for streams and large collections."""

from __future__ import annotations

import json

from attribution.records import Analysis
from attribution.reporting.contract import published
from attribution.reporting.escaping import json_text
from attribution.reporting.json import report
from attribution.reporting.units import OffsetUnit


def report_jsonl(analysis: Analysis, unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> str:
    """The report of the JSON contract on one line, with a line end; its offsets count ``unit``."""
    text = json.dumps(published(report(analysis, unit)), ensure_ascii=False, separators=(", ", ": "))
    return json_text(text) + "\n"
