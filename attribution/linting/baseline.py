"""A baseline: the findings that existed when a newsroom started, so that only new ones are reported.

Entries hold path, rule and fingerprint, never line numbers, because drafts get re-ordered. Paths are relative to the
folder of the baseline, so they hold wherever the command is run.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from attribution.linting.findings import Finding, Suppression, SuppressionKind
from attribution.records import AttribError

VERSION = 1
REASON = "in the baseline"

Key = tuple[str, str, str]
"""A draft's path, a rule, and the fingerprint of a finding."""

Baseline = Counter[Key]
"""How often each finding is in a baseline."""


def path_in_baseline(baseline: str | Path, draft: Path) -> str:
    """A draft's path as the entries of a baseline file hold it."""
    return Path(os.path.relpath(draft, Path(baseline).absolute().parent)).as_posix()


def baseline_of(found: Mapping[str, Iterable[Finding]]) -> Baseline:
    """The baseline of the findings in drafts, by the drafts' paths in it."""
    return Counter(_key(path, finding) for path, findings in found.items() for finding in findings)


def updated(baseline: Baseline, fresh: Baseline, is_read: Callable[[str], bool]) -> Baseline:
    """A baseline with the entries of the drafts that were read replaced; those of other drafts stay."""
    return Counter({key: count for key, count in baseline.items() if not is_read(key[0])}) + fresh


def write_baseline(baseline: Baseline) -> str:
    """The baseline as JSON, sorted, one entry per line, so that it is easy to read and to merge."""
    lines = [
        json.dumps({"path": path, "rule": rule, "fingerprint": mark, "count": count}, ensure_ascii=False)
        for (path, rule, mark), count in sorted(baseline.items())
    ]
    body = ",\n    ".join(lines)
    return f'{{\n  "version": {VERSION},\n  "findings": [\n    {body}\n  ]\n}}\n' if lines else _EMPTY


_EMPTY = f'{{\n  "version": {VERSION},\n  "findings": []\n}}\n'


def read_baseline(text: str, path: str) -> Baseline:
    """The baseline in a file's text; raises AttribError if the text is not a baseline."""
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
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise AttribError(f"{path}: is not a baseline ({type(error).__name__}: {error}); write it again") from error


def without_baseline(
    findings: Sequence[Finding], baseline: Baseline, path: str
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The new findings of a draft, and those in the baseline; ``path`` is the draft's path in it."""
    left = Counter(baseline)
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in findings:
        key = _key(path, finding)
        if left[key] > 0:
            left[key] -= 1
            known.append(msgspec.structs.replace(finding, suppression=Suppression(SuppressionKind.BASELINE, REASON)))
        else:
            new.append(finding)
    return tuple(new), tuple(known)


def _key(path: str, finding: Finding) -> Key:
    return path, finding.rule, finding.fingerprint
