"""Reviewdog's Diagnostic Format, as one JSON object.

Columns are 1-based and count UTF-8 bytes; ends are exclusive
(https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attribution.ingest import Offsets
from attribution.linting import FileFindings, Finding, Severity, find_rule
from attribution.linting.findings import Position
from attribution.reporting.findings.common import PROJECT, slashed, whole
from attribution.reporting.json import pretty

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def findings_rdjson(files: Sequence[FileFindings]) -> str:
    """The findings as a DiagnosticResult."""
    diagnostics = []
    for file in files:
        offsets = Offsets(file.source)
        diagnostics += [_diagnostic(one, offsets) for one in file.findings]
    return pretty({"source": {"name": "attrib", "url": PROJECT}, "severity": "WARNING", "diagnostics": diagnostics})


def _diagnostic(one: Finding, offsets: Offsets) -> dict[str, Any]:
    rule = find_rule(one.rule)
    return {
        "message": whole(one),
        "location": {
            "path": slashed(one.path),
            "range": {"start": _place(one.start, offsets), "end": _place(one.end, offsets)},
        },
        "severity": SEVERITIES[one.severity],
        "code": {"value": one.rule, "url": rule.guidelines[0].where if rule else PROJECT},
    }


def _place(position: Position, offsets: Offsets) -> dict[str, int]:
    line_start = position.offset - position.column + 1
    return {
        "line": position.line,
        "column": offsets.to_utf8(position.offset) - offsets.to_utf8(line_start) + 1,
    }
