"""One line a finding: ``path:line:column: severity rule message``, as editors and error formats read it."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.linting import FileFindings
from attribution.reporting.findings.common import all_findings, plain


def findings_line(files: Sequence[FileFindings]) -> str:
    """The findings, one a line; columns count code points from 1."""
    return "".join(
        f"{one.path}:{one.start.line}:{one.start.column}: {one.severity.value} {one.rule} {plain(one.message)}\n"
        for one in all_findings(files)
    )
