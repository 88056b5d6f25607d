"""GitLab's Code Quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from attribution.linting import FileFindings, Severity
from attribution.reporting.findings.common import all_findings, message_and_help, slashed
from attribution.reporting.json import pretty

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def findings_gitlab(files: Sequence[FileFindings]) -> str:
    """The findings as a JSON array; fingerprints are unique over all files, as GitLab requires."""
    seen: Counter[str] = Counter()
    entries = []
    for finding in all_findings(files):
        key = f"{slashed(finding.path)}\n{finding.fingerprint}"
        mark = hashlib.sha256(f"{key}\n{seen[key]}".encode("utf-8", "replace")).hexdigest()[:32]
        seen[key] += 1
        entries.append(
            {
                "description": f"{finding.rule}: {message_and_help(finding)}",
                "check_name": finding.name,
                "fingerprint": mark,
                "severity": SEVERITIES[finding.severity],
                "location": {
                    "path": slashed(finding.path),
                    "positions": {
                        "begin": {"line": finding.start.line, "column": finding.start.column},
                        "end": {"line": finding.end.line, "column": finding.end.column},
                    },
                },
            }
        )
    return pretty(entries)
