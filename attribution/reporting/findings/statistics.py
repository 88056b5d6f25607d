"""The number of findings of each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attribution.linting import FileFindings
from attribution.reporting.findings.common import all_findings


def findings_statistics(files: Sequence[FileFindings]) -> str:
    """One line per rule: number of findings, identifier, name; the most frequent first."""
    found = Counter((finding.rule, finding.name) for finding in all_findings(files))
    width = max((len(str(count)) for count in found.values()), default=1)
    lines = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return "".join(f"{count:>{width}}  {rule}  {name}\n" for (rule, name), count in lines)
