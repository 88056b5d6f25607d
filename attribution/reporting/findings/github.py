"""Annotations of GitHub Actions (workflow commands).

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution.linting import FileFindings, Severity
from attribution.reporting.findings.common import all_findings, slashed, whole

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def findings_github(files: Sequence[FileFindings]) -> str:
    """The findings as workflow commands. A span of several lines has no columns, which GitHub would refuse."""
    lines = []
    for one in all_findings(files):
        place = f"file={_property(slashed(one.path))},line={one.start.line},endLine={one.end.line}"
        if one.start.line == one.end.line:
            place += f",col={one.start.column},endColumn={one.end.column}"
        title = _property(f"{one.rule} {one.name}")
        lines.append(f"::{COMMANDS[one.severity]} {place},title={title}::{_data(whole(one))}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
