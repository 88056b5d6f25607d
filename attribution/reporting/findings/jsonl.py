"""A line of JSON for each finding, in the form of ``findings`` in the JSON output."""

from __future__ import annotations

import json
from collections.abc import Sequence

from attribution.linting import FileFindings
from attribution.reporting.contract import published
from attribution.reporting.escaping import json_text
from attribution.reporting.findings.common import all_findings


def findings_jsonl(files: Sequence[FileFindings]) -> str:
    """The findings, each an object on its own line."""
    lines = (json_text(json.dumps(published(finding), ensure_ascii=False)) for finding in all_findings(files))
    return "".join(line + "\n" for line in lines)
