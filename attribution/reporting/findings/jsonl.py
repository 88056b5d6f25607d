"""One line of JSON a finding, in the form of ``findings`` in the JSON output."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from attribution.linting import FileFindings
from attribution.reporting.findings.common import all_findings
from attribution.reporting.findings.json import finding_part


def findings_jsonl(files: Sequence[FileFindings]) -> str:
    """The findings, each an object on a line of its own."""
    lines = (
        json.dumps(msgspec.to_builtins(finding_part(one)), ensure_ascii=False).encode("utf-8", "replace").decode()
        for one in all_findings(files)
    )
    return "".join(line + "\n" for line in lines)
