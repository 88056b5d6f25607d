"""GitLab's Code Quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from attribution.linting import FileFindings, Severity
from attribution.reporting.findings.common import all_findings, slashed, whole
from attribution.reporting.json import pretty

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def findings_gitlab(files: Sequence[FileFindings]) -> str:
    """The findings as a JSON array; fingerprints are unique over all files, as GitLab asks."""
    seen: Counter[str] = Counter()
    entries = []
    for one in all_findings(files):
        key = f"{slashed(one.path)}\n{one.fingerprint}"
        mark = hashlib.sha256(f"{key}\n{seen[key]}".encode("utf-8", "replace")).hexdigest()[:32]
        seen[key] += 1
        entries.append(
            {
                "description": f"{one.rule}: {whole(one)}",
                "check_name": one.name,
                "fingerprint": mark,
                "severity": SEVERITIES[one.severity],
                "location": {
                    "path": slashed(one.path),
                    "positions": {
                        "begin": {"line": one.start.line, "column": one.start.column},
                        "end": {"line": one.end.line, "column": one.end.column},
                    },
                },
            }
        )
    return pretty(entries)
