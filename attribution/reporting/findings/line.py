"""One line per finding: ``path:line:column: severity rule message``, as editors and error formats read it."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.linting import FileFindings
from attribution.reporting.findings.common import all_findings, plain


def findings_line(files: Sequence[FileFindings]) -> str:
    """The findings, one per line; columns count code points from 1."""
    return "".join(
        f"{finding.path}:{finding.start.line}:{finding.start.column}:"
        f" {finding.severity.value} {finding.rule} {plain(finding.message)}\n"
        for finding in all_findings(files)
    )
