"""A baseline: the findings that existed when a newsroom started, so that only new ones are reported.

Entries hold path, rule and fingerprint, never line numbers, because drafts get re-ordered.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from attribution.linting.findings import Finding, Suppression, SuppressionKind
from attribution.records import AttribError

VERSION = 1
REASON = "in the baseline"

Key = tuple[str, str, str]


def write_baseline(findings: Iterable[Finding]) -> str:
    """The baseline of findings as JSON, sorted, one entry per line, so that it is easy to read and to merge."""
    entries = sorted(Counter(_key(finding) for finding in findings).items())
    lines = [
        json.dumps({"path": path, "rule": rule, "fingerprint": mark, "count": count}, ensure_ascii=False)
        for (path, rule, mark), count in entries
    ]
    body = ",\n    ".join(lines)
    return f'{{\n  "version": {VERSION},\n  "findings": [\n    {body}\n  ]\n}}\n' if lines else _EMPTY


_EMPTY = f'{{\n  "version": {VERSION},\n  "findings": []\n}}\n'


def read_baseline(text: str, path: str) -> Counter[Key]:
    """How often each finding is in the baseline; raises AttribError if the text is not a baseline."""
    try:
        table: Any = json.loads(text)
        if table["version"] != VERSION:
            raise AttribError(
                f"{path}: is a baseline of version {table['version']}; write it again (--update-baseline)"
            )
        return Counter(
            {
                (entry["path"], entry["rule"], entry["fingerprint"]): int(entry.get("count", 1))
                for entry in table["findings"]
            }
        )
    except (ValueError, KeyError, TypeError) as error:
        raise AttribError(f"{path}: is not a baseline ({type(error).__name__}: {error}); write it again") from error


def without_baseline(
    findings: Sequence[Finding], baseline: Counter[Key]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The new findings, and those in the baseline."""
    left = Counter(baseline)
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in findings:
        if left[_key(finding)] > 0:
            left[_key(finding)] -= 1
            known.append(msgspec.structs.replace(finding, suppression=Suppression(SuppressionKind.BASELINE, REASON)))
        else:
            new.append(finding)
    return tuple(new), tuple(known)


def _key(finding: Finding) -> Key:
    return finding.path.replace("\\", "/"), finding.rule, finding.fingerprint
