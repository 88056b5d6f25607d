"""Annotations of GitHub Actions (workflow commands).

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution.linting import FileFindings, Severity, UnreadDraft
from attribution.reporting.escaping import workflow_data, workflow_property
from attribution.reporting.findings.common import UNREAD, all_findings, message_help_and_page, slashed, unread_message

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def findings_github(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The findings, and the drafts that could not be read, as workflow commands.

    A span of several lines has no columns, which GitHub would reject.
    """
    lines = []
    for finding in all_findings(files):
        place = f"file={workflow_property(slashed(finding.path))},line={finding.start.line},endLine={finding.end.line}"
        if finding.start.line == finding.end.line:
            place += f",col={finding.start.column},endColumn={finding.end.column}"
        title = workflow_property(f"{finding.rule} {finding.name}")
        lines.append(
            f"::{COMMANDS[finding.severity]} {place},title={title}::{workflow_data(message_help_and_page(finding))}\n"
        )
    for draft in unread:
        place = f"file={workflow_property(slashed(draft.path))}"
        lines.append(f"::error {place},title={UNREAD}::{workflow_data(unread_message(draft))}\n")
    return "".join(lines)
