"""GitLab's Code Quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from attribution.linting import FileFindings, Severity, UnreadDraft
from attribution.reporting.findings.common import UNREAD, all_findings, message_help_and_page, slashed, unread_message
from attribution.reporting.json import pretty

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def findings_gitlab(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The findings, and the drafts that could not be read, as a JSON array.

    Fingerprints are unique over all files, as GitLab requires.
    """
    seen: Counter[str] = Counter()
    entries: list[dict[str, Any]] = []
    for finding in all_findings(files):
        key = f"{slashed(finding.path)}\n{finding.fingerprint}"
        mark = _fingerprint(f"{key}\n{seen[key]}")
        seen[key] += 1
        entries.append(
            {
                "description": f"{finding.rule}: {message_help_and_page(finding)}",
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
    for draft in unread:
        path = slashed(draft.path)
        entries.append(
            {
                "description": unread_message(draft),
                "check_name": UNREAD,
                "fingerprint": _fingerprint(f"{path}\n{UNREAD}"),
                "severity": "critical",
                "location": {"path": path, "lines": {"begin": 1}},
            }
        )
    return pretty(entries)


def _fingerprint(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
