"""Findings as an editor shows them."""

from __future__ import annotations

from lsprotocol import types

from attribution.linting import Finding, Severity
from attribution.lsp.checked import Checked
from attribution.reporting.findings.common import message_and_help

SOURCE = "attrib"
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def diagnostics_of(checked: Checked) -> list[types.Diagnostic]:
    """The findings, or why there are none, at the draft's first line."""
    if checked.error is not None:
        first_line = checked.placed.range(0, checked.placed.line_end(0))
        return [types.Diagnostic(first_line, checked.error, severity=types.DiagnosticSeverity.Error, source=SOURCE)]
    return [diagnostic_of(finding, checked) for finding in checked.findings]


def diagnostic_of(finding: Finding, checked: Checked) -> types.Diagnostic:
    """A finding; its rule's page is behind the code, if the documentation is published."""
    return types.Diagnostic(
        range=checked.placed.range(finding.start.offset, finding.end.offset),
        message=message_and_help(finding),
        severity=SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=None if finding.page is None else types.CodeDescription(finding.page),
        source=SOURCE,
        data={"fingerprint": finding.fingerprint, "name": finding.name},
    )
