"""The judgements of findings, and that no rule is on by default against them."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
from newsroom import DRAFTS, NEWSROOM
from script_modules import script_module

from attribution.linting import find_rule
from attribution.linting.rule import Status

JUDGED = NEWSROOM.parent.parent / "docs" / "precision.csv"
LEAST_PRECISION = 0.8
FEWEST_JUDGED = 5


def test_rules_that_err_too_often_are_preview() -> None:
    with JUDGED.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 150
    assert {row["verdict"] for row in rows} == {"right", "wrong"}
    assert all(row["reason"] and row["document"] and row["offset"].isdigit() for row in rows)
    right = Counter(row["rule"] for row in rows if row["verdict"] == "right")
    for name, judged in Counter(row["rule"] for row in rows).items():
        rule = find_rule(name)
        assert rule is not None
        if judged >= FEWEST_JUDGED and right[name] / judged < LEAST_PRECISION:
            assert rule.status is Status.PREVIEW, f"{name}: {right[name]} of {judged} are right"


def test_measuring_script_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert script_module("rule_precision").print_table() == 0, capsys.readouterr().err
    assert "| ATT201 |" in capsys.readouterr().out


def test_judged_drafts_exist() -> None:
    with JUDGED.open(encoding="utf-8", newline="") as stream:
        names = {row["document"] for row in csv.DictReader(stream) if row["document"].startswith("drafts/")}
    assert len(names) >= 50
    assert [name for name in names if not (DRAFTS / name.removeprefix("drafts/")).is_file()] == []
