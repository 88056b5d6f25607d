"""What an audit of the pinned versions says: pip-audit asks, these are its answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from script_modules import script_module

CHECKOUT = Path(__file__).parent.parent


audit = script_module("audit_pins")

SAFE = {"name": "click", "version": "8.5.1", "vulns": []}
UNKNOWN = {"name": "torch", "skip_reason": "Dependency not found on PyPI and could not be audited: torch (2.13.0)"}
FAULTY = {
    "name": "jinja2",
    "version": "2.4",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1", "3.2"]}, {"id": "PYSEC-2", "fix_versions": []}],
}


@pytest.mark.parametrize(
    ("found", "status", "lines"),
    [
        (None, 0, ["audit: nobody could be asked about the pinned versions; they are not audited"]),
        ([SAFE, UNKNOWN], 0, ["audit: 1 of 2 pinned versions could be asked about"]),
        (
            [SAFE, FAULTY],
            1,
            [
                "audit: jinja2 2.4 has PYSEC-1; mended in 3.1, 3.2",
                "audit: jinja2 2.4 has PYSEC-2; mended in no version yet",
                "audit: 2 of 2 pinned versions could be asked about",
            ],
        ),
    ],
    ids=["nobody", "safe", "faulty"],
)
def test_the_verdict(found: list[dict[str, Any]] | None, status: int, lines: list[str]) -> None:
    assert audit.verdict(found) == (status, lines)


def test_answers_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit.sys, "executable", "/bin/echo")
    assert audit.answers(tmp_path / "constraints.txt") is None
