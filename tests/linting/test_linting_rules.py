"""Every rule on its own examples and on those of ``tests/rules``."""

from __future__ import annotations

import pytest
from rule_cases import FOLDER, PARSES, Case, all_cases, file_cases, own_cases, stored_parses, words

from attribution.analysis import Analyser
from attribution.linting import lint
from attribution.linting.bibliography import REFERENCES
from attribution.linting.context import Context
from attribution.linting.engine import matches
from attribution.linting.rule import Rule, Status
from attribution.linting.rules import RULES, find_rule
from attribution.linting.settings import Settings

FEWEST_TRAPS = 6
CHECKED = [rule for rule in RULES if rule.check is not None]


def assert_as_expected(case: Case, found: list[str]) -> None:
    if not case.fires:
        assert found == []
        return
    assert found, "the rule finds nothing here"
    if case.marked:
        assert found == list(case.marked)


@pytest.mark.parametrize("case", own_cases(), ids=lambda case: case.where)
def test_own_examples(case: Case) -> None:
    draft, _ = case.stored()
    found = case.matches(case.analysis())
    assert_as_expected(case, [draft.text[match.span.start : match.span.end] for match in found])


@pytest.mark.parametrize("case", file_cases(), ids=lambda case: case.where)
def test_written_examples(case: Case) -> None:
    draft, _ = case.stored()
    found = case.matches(case.analysis())
    assert_as_expected(case, [draft.text[match.span.start : match.span.end] for match in found])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_record_is_complete(rule: Rule) -> None:
    assert rule.guidelines, "a rule rests on a guideline"
    assert all(REFERENCES[reference.key] is reference for reference in rule.guidelines)
    assert rule.needs
    assert rule.summary.endswith(".")
    assert rule.rationale.endswith(".")
    assert rule.bad != rule.good
    assert set(rule.settings) <= set(Settings.__struct_encode_fields__)
    assert find_rule(rule.id.lower()) is rule
    assert find_rule(rule.name) is rule


@pytest.mark.parametrize("rule", CHECKED, ids=lambda rule: rule.id)
def test_matches_tell_what_was_found_and_how_to_fix_it(rule: Rule) -> None:
    case = next(case for case in own_cases() if case.rule is rule and case.fires)
    for match in case.matches(case.analysis()):
        assert match.message
        assert not match.message.endswith(".")
        assert not set(match.message + match.help) & set("{}"), "a piece of the message was not filled in"
        assert match.help.endswith((".", "?"))


def test_reports_as_a_source_are_one_finding() -> None:
    case = next(case for case in file_cases() if case.text == "According to reports, the plant will close.")
    found = {identifier: find_rule(identifier) for identifier in ("SRC105", "SRC110")}
    rules = [rule for rule in found.values() if rule is not None]
    assert all(matches(rule, Context(case.analysis(), words()[0])) for rule in rules)
    assert [finding.rule for finding in lint(case.analysis(), words()[0], rules)] == ["SRC105"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_more_specific_than_another(rule: Rule) -> None:
    for identifier in rule.more_specific_than:
        general = find_rule(identifier)
        assert general is not None
        assert general.id == identifier != rule.id
        assert rule.id not in general.more_specific_than, "each would silence the other"


def test_identifiers_and_names_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", [rule for rule in CHECKED if rule.status is Status.STABLE], ids=lambda rule: rule.id)
def test_stable_rules_have_traps_of_both_kinds(rule: Rule) -> None:
    cases = [case for case in file_cases() if case.rule is rule]
    assert sum(case.fires for case in cases) >= FEWEST_TRAPS
    assert sum(not case.fires for case in cases) >= FEWEST_TRAPS


def test_no_example_or_parse_is_left_over() -> None:
    identifiers = {rule.id for rule in RULES}
    assert {path.stem for path in FOLDER.glob("*.md")} - {"README"} <= identifiers
    assert {path.stem for path in PARSES.glob("*.conllu")} <= identifiers
    for rule in RULES:
        keys = {case.key for case in all_cases() if case.rule is rule}
        assert set(stored_parses(rule.id)) == keys, "run scripts/build_rule_parses.py"


@pytest.mark.slow
def test_examples_with_the_model() -> None:
    """The stored parses are the embedded model's: each example has the same result."""
    cases = all_cases()
    analyser = Analyser()
    wrong = []
    for case, sentences in zip(cases, analyser.parser.parse([case.draft() for case in cases]), strict=True):
        analyser.own_outlets = case.settings.own_outlets
        analysis = analyser.analyse_parsed(case.draft(), sentences)
        if bool(case.matches(analysis)) != case.fires:
            wrong.append(case.where)
    assert wrong == []
    assert words()[0] == analyser.lexicon
