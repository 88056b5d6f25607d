"""What an edit did, as a Code Quality report of GitLab, which shows it on a merge request.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from attribution.comparison import ChangeKind, Comparison
from attribution.reporting.diff_marks import annotations_of
from attribution.reporting.diff_words import summary
from attribution.reporting.json import pretty

SEVERITIES = ("info", "minor", "major", "major")
"""By gravity; changes that the caller fails on are critical."""


def diff_gitlab(comparisons: Sequence[Comparison], failing: Collection[ChangeKind] = ()) -> str:
    """The changes as a JSON array, the gravest first, on the new version's file; fingerprints are unique."""
    entries = []
    for number, found in enumerate(annotations_of(comparisons)):
        change = found.change
        told = f"{found.path}\n{change.kind}\n{summary(change)}\n{number}"
        failed = not set(failing).isdisjoint(change.kinds)
        entries.append(
            {
                "description": summary(change),
                "check_name": f"attrib-{change.kind}",
                "fingerprint": hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32],
                "severity": "critical" if failed else SEVERITIES[change.gravity],
                "location": {
                    "path": found.path,
                    "positions": {"begin": {"line": found.line, "column": found.column}},
                },
            }
        )
    return pretty(entries)
