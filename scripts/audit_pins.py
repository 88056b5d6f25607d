#!/usr/bin/env python3
"""Ask whether a pinned version in constraints.txt has a known vulnerability.

    audit_pins.py [CONSTRAINTS]

Vulnerable versions are printed, and the exit status is 1. Where the package index does not tell, or cannot be reached,
that is said and the exit status is 0: the check is only as good as the index. pip-audit asks, from the extra dev.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CONSTRAINTS = Path(__file__).parent.parent / "constraints.txt"

PATIENCE = 120
"""Seconds for all answers; more than two hundred packages take a few seconds where the index answers."""


def answers(constraints: Path) -> list[dict[str, Any]] | None:
    """What is known of each pinned package; None where nobody could be asked."""
    command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off"]
    command += ["--timeout", "5", "--format", "json", "--requirement", str(constraints)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return found


def verdict(found: list[dict[str, Any]] | None) -> tuple[int, list[str]]:
    """The exit status and the lines to print."""
    if found is None:
        return 0, ["audit: nobody could be asked about the pinned versions; they are not audited"]
    known = [package for package in found if "skip_reason" not in package]
    lines = [
        f"audit: {package['name']} {package['version']} has {fault['id']}; "
        f"mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for package in known
        for fault in package["vulns"]
    ]
    status = 1 if lines else 0
    return status, [*lines, f"audit: {len(known)} of {len(found)} pinned versions could be asked about"]


def main(arguments: list[str]) -> int:
    """Print the verdict about a file of constraints, and give the exit status."""
    status, lines = verdict(answers(Path(arguments[0]) if arguments else CONSTRAINTS))
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
