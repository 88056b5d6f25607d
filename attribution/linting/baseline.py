"""A baseline: the findings that were there when a newsroom began, so that only new ones are reported.

Entries are made of path, rule and fingerprint, never of line numbers: drafts get re-ordered.
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
    """The baseline of findings as JSON, sorted, one entry a line: easy to read and to merge."""
    entries = sorted(Counter(_key(one) for one in findings).items())
    lines = [
        json.dumps({"path": path, "rule": rule, "fingerprint": mark, "count": count}, ensure_ascii=False)
        for (path, rule, mark), count in entries
    ]
    body = ",\n    ".join(lines)
    return f'{{\n  "version": {VERSION},\n  "findings": [\n    {body}\n  ]\n}}\n' if lines else _EMPTY


_EMPTY = f'{{\n  "version": {VERSION},\n  "findings": []\n}}\n'


def read_baseline(text: str, path: str) -> Counter[Key]:
    """How often each finding is in the baseline; raises AttribError for what is none."""
    try:
        table: Any = json.loads(text)
        if table["version"] != VERSION:
            raise AttribError(f"{path}: is a baseline of version {table['version']}; write it anew (--update-baseline)")
        return Counter(
            {(one["path"], one["rule"], one["fingerprint"]): int(one.get("count", 1)) for one in table["findings"]}
        )
    except (ValueError, KeyError, TypeError) as error:
        raise AttribError(f"{path}: is no baseline ({type(error).__name__}: {error}); write it anew") from error


def without_baseline(
    findings: Sequence[Finding], baseline: Counter[Key]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are new, and those that the baseline holds."""
    left = Counter(baseline)
    new: list[Finding] = []
    known: list[Finding] = []
    for one in findings:
        if left[_key(one)] > 0:
            left[_key(one)] -= 1
            known.append(msgspec.structs.replace(one, suppression=Suppression(SuppressionKind.BASELINE, REASON)))
        else:
            new.append(one)
    return tuple(new), tuple(known)


def _key(finding: Finding) -> Key:
    return finding.path.replace("\\", "/"), finding.rule, finding.fingerprint
