"""One line per finding: ``path:line:column: severity rule message``, as editors and error formats read it."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.linting import FileFindings, UnreadDraft
from attribution.reporting.escaping import one_line, path_in_line
from attribution.reporting.findings.common import all_findings


def findings_line(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The findings, one per line; columns count code points from 1. Standard error alone names the drafts not read."""
    return "".join(
        f"{path_in_line(finding.path)}:{finding.start.line}:{finding.start.column}:"
        f" {finding.severity.value} {finding.rule} {one_line(finding.message)}\n"
        for finding in all_findings(files)
    )
