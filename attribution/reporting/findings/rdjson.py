"""Reviewdog's Diagnostic Format, as one JSON object.

Columns are 1-based and count UTF-8 bytes; ends are exclusive
(https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attribution.ingest import Offsets
from attribution.linting import FileFindings, Finding, Severity, UnreadDraft
from attribution.linting.findings import FileFix, Position
from attribution.reporting.findings.common import PROJECT, UNREAD, message_and_help, slashed, unread_message
from attribution.reporting.json import pretty

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def findings_rdjson(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The findings as a DiagnosticResult; a draft that could not be read is a diagnostic without a range."""
    diagnostics: list[dict[str, Any]] = []
    for file in files:
        offsets = Offsets(file.source)
        diagnostics += [_diagnostic(finding, file.source, offsets) for finding in file.findings]
    diagnostics += [
        {
            "message": unread_message(draft),
            "location": {"path": slashed(draft.path)},
            "severity": SEVERITIES[Severity.ERROR],
            "code": {"value": UNREAD},
        }
        for draft in unread
    ]
    return pretty({"source": {"name": "attrib", "url": PROJECT}, "severity": "WARNING", "diagnostics": diagnostics})


def _diagnostic(finding: Finding, source: str, offsets: Offsets) -> dict[str, Any]:
    code = {"value": finding.rule}
    if finding.page:
        code["url"] = finding.page
    diagnostic: dict[str, Any] = {
        "message": message_and_help(finding),
        "location": {
            "path": slashed(finding.path),
            "range": {"start": _place(finding.start, offsets), "end": _place(finding.end, offsets)},
        },
        "severity": SEVERITIES[finding.severity],
        "code": code,
    }
    if finding.fixes:
        diagnostic["suggestions"] = [_suggestion(fix, source, offsets) for fix in finding.fixes]
    return diagnostic


def _suggestion(fix: FileFix, source: str, offsets: Offsets) -> dict[str, Any]:
    """A fix as one replacement: several edits are joined by the words between them."""
    edits = sorted(fix.edits, key=lambda edit: edit.start)
    text, place = "", edits[0].start.offset
    for edit in edits:
        text += source[place : edit.start.offset] + edit.replacement
        place = edit.end.offset
    return {
        "range": {"start": _place(edits[0].start, offsets), "end": _place(edits[-1].end, offsets)},
        "text": text,
    }


def _place(position: Position, offsets: Offsets) -> dict[str, int]:
    line_start = position.offset - position.column + 1
    return {
        "line": position.line,
        "column": offsets.to_utf8(position.offset) - offsets.to_utf8(line_start) + 1,
    }
