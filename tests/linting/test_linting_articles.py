"""Whole articles: one with many faults, and ones without any."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsroom import CLEAN, FAULTY, article_analysis
from rule_cases import words

from attribution.linting import RULES, Finding, lint
from attribution.linting.rule import Status
from attribution.linting.selection import select_rules


def found_in(path: Path, preview: bool) -> list[Finding]:
    return list(lint(article_analysis(path), words()[0], select_rules(preview=preview)))


def test_faults_of_an_article_are_found_by_default() -> None:
    found = [(finding.rule, finding.text) for finding in found_in(FAULTY, preview=False)]
    assert found == [
        ("HDG303", "Reportedly"),
        ("SRC105", "media reports"),
        ("ATT202", "has been seen"),
        ("HDG302", "reportedly"),
        ("ATT201", "has been accused"),
        ("SRC104", "Analysts"),
    ]


def test_correct_text_is_left_alone() -> None:
    text = FAULTY.read_text(encoding="utf-8")
    silent = (
        "placed under sanctions by Norway",
        "the country’s defence ministry said",
        "announced the ministry’s press",
    )
    for words_of in silent:
        start = text.index(words_of)
        near = [
            finding
            for finding in found_in(FAULTY, preview=True)
            if start <= finding.start.offset < start + len(words_of)
        ]
        assert near == []


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_articles_have_no_finding_even_with_preview_rules(path: Path) -> None:
    assert [(finding.rule, finding.text) for finding in found_in(path, preview=True)] == []


def test_preview_rules_are_few_and_say_so() -> None:
    preview = [rule.id for rule in RULES if rule.status is Status.PREVIEW]
    assert preview == ["SRC108", "ATT203", "ATT206", "CLM501", "CLM503", "DOC602", "DOC603"]
