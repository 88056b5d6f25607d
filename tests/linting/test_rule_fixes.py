"""The fixes that built-in rules propose."""

from __future__ import annotations

import pytest
from rule_cases import all_cases, words

from attribution.linting import lint
from attribution.linting.findings import Finding
from attribution.linting.fixes import apply_fixes


def findings_in(rule: str, text: str) -> tuple[Finding, ...]:
    case = next(case for case in all_cases() if case.rule.id == rule and case.text == text)
    return lint(case.analysis(), words()[0], [case.rule])


@pytest.mark.parametrize(
    ("rule", "text", "fixed"),
    [
        ("QUO004", "“The bridge is safe” the mayor said.", "“The bridge is safe,” the mayor said."),
        ("QUO004", "'It leaks' she said.", "'It leaks,' she said."),
        ("X002", "The mayor said said that the bridge was safe.", "The mayor said that the bridge was safe."),
        ("X002", "Police allegedly allegedly beat him.", "Police allegedly beat him."),
        ("HDG301", "The plant reportedly may possibly close.", "The plant reportedly may close."),
    ],
)
def test_safe_fixes(rule: str, text: str, fixed: str) -> None:
    assert apply_fixes(text, findings_in(rule, text)).source == fixed


@pytest.mark.parametrize(
    ("rule", "text", "fixed"),
    [
        ("HDG302", "Police said he allegedly ran.", "Police said he ran."),
        ("VRB401", "The nurse claimed she was tired.", "The nurse said she was tired."),
        ("VRB402", "He refuted the charge.", "He denied the charge."),
    ],
)
def test_suggested_fixes(rule: str, text: str, fixed: str) -> None:
    found = findings_in(rule, text)
    assert apply_fixes(text, found).source == text
    assert apply_fixes(text, found, suggested=True).source == fixed


@pytest.mark.parametrize("rule", ["QUO004", "X002"])
def test_each_finding_of_these_rules_has_a_safe_fix_that_mends_it(rule: str) -> None:
    for case in (case for case in all_cases() if case.rule.id == rule and case.fires):
        for finding in findings_in(rule, case.text):
            assert [fix.applicability for fix in finding.fixes] == ["safe"]
