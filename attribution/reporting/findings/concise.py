"""Findings for people in one line each: where, how severe, which rule, and the words found."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from attribution.linting import FileFindings, Finding, UnreadDraft
from attribution.linting.fixes import fix_of
from attribution.reporting.drawing import render
from attribution.reporting.findings.common import all_findings, tally
from attribution.reporting.findings.full import STYLES
from attribution.reporting.look import HEADING, QUIET, look_for, printable

FIXABLE = "[*]"
"""Marks a finding that --fix mends."""

LONGEST_WORDS = 50
"""The most characters of the words found that are added to a message which does not quote any."""


def findings_concise(
    files: Sequence[FileFindings],
    unread: Sequence[UnreadDraft] = (),
    *,
    width: int = 80,
    color: bool = False,
    encoding: str = "utf-8",
) -> str:
    """A line for each finding, however long, then a count and how to learn more."""
    look = look_for(encoding)
    parts: list[Text] = []
    findings = all_findings(files)
    for finding in findings:
        line = Text()
        line.append(printable(finding.path, look), style=HEADING)
        line.append(f":{finding.start.line}:{finding.start.column}: ", style=QUIET)
        line.append(finding.severity.value, style=STYLES[finding.severity])
        line.append(f" {finding.rule} ", style=HEADING)
        if fix_of(finding) is not None:
            line.append(f"{FIXABLE} ", style=HEADING)
        line.append(printable(told(finding), look))
        parts.append(line)
    parts.append(Text(f"{tally(files, unread)}.", style=HEADING))
    if findings:
        parts += [Text(hint, style=QUIET) for hint in _hints(findings)]
    # A line is one line for grep and for editors, however narrow the terminal.
    return render(parts, max(width, *(part.cell_len for part in parts)), color)


def told(finding: Finding) -> str:
    """The message, with the words found where it does not quote any."""
    words = " ".join(finding.text.split())
    if "“" in finding.message or not words:
        return finding.message
    shown = words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS].rpartition(" ")[0] + " …"
    return f"{finding.message}: “{shown}”"


def _hints(findings: Sequence[Finding]) -> list[str]:
    fixable = sum(fix_of(finding) is not None for finding in findings)
    suggested = sum(bool(finding.fixes) and fix_of(finding) is None for finding in findings)
    hints = []
    if fixable:
        more = f", {suggested} more with --unsafe-fixes" if suggested else ""
        hints.append(f"{FIXABLE} {fixable} can be mended with --fix{more}.")
    elif suggested:
        hints.append(f"{suggested} can be mended with --fix --unsafe-fixes.")
    return [
        *hints,
        f"attrib explain {findings[0].rule} tells what a rule means; -f full shows the lines and the remedies.",
    ]
