"""Reads from a unified diff which lines of which files it changes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attribution.records import AttribError

_HUNK = re.compile(r"^@@ -\d+(?:,(?P<old>\d+))? \+(?P<start>\d+)(?:,(?P<new>\d+))? @@")


def changed_lines(diff: str, name: str) -> dict[str, frozenset[int]]:
    """The added or changed lines (from 1) of each file's new version; paths as the diff gives them, without ``b/``.

    Raises AttribError if the text is not empty and not a unified diff.
    """
    found: dict[str, set[int]] = {}
    path: str | None = None
    line = old = new = 0
    seen = False
    for text in diff.splitlines():
        if old > 0 or new > 0:
            if text.startswith("+"):
                if path is not None:
                    found[path].add(line)
                line, new = line + 1, new - 1
            elif text.startswith("-"):
                old -= 1
            elif not text.startswith("\\"):
                line, old, new = line + 1, old - 1, new - 1
            continue
        hunk = _HUNK.match(text)
        if hunk:
            line, old, new = int(hunk["start"]), int(hunk["old"] or 1), int(hunk["new"] or 1)
            seen = True
        elif text.startswith("+++ "):
            path = _path(text[4:])
            seen = True
            if path is not None:
                found.setdefault(path, set())
        elif text.startswith(("diff ", "--- ")):
            seen = True
    if diff.strip() and not seen:
        raise AttribError(f"{name}: is not a unified diff; create one with git diff")
    return {path: frozenset(lines) for path, lines in found.items()}


def _path(text: str) -> str | None:
    name = text.split("\t")[0].strip()
    if name.startswith('"') and name.endswith('"'):
        name = name[1:-1].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
    if name == "/dev/null":
        return None
    return name.removeprefix("b/")


def lines_of(changes: Mapping[str, frozenset[int]], path: str) -> frozenset[int]:
    """The changed lines of a file, whose path may be longer than that in the diff."""
    normal = path.replace("\\", "/").removeprefix("./")
    if normal in changes:
        return changes[normal]
    return next((lines for name, lines in changes.items() if normal.endswith("/" + name)), frozenset())
