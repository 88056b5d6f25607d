"""Predicates that rules share, on the stored parses of their examples."""

from __future__ import annotations

from functools import cache

import pytest
from rule_cases import file_cases, words

from attribution.linting.context import Context
from attribution.linting.predicates.cues import denies, is_relayed, tells_paper
from attribution.linting.predicates.source_nouns import is_title_of_name
from attribution.linting.predicates.verbs import picks_out
from attribution.records import Frame, SourceKind


@cache
def context_of(rule: str, opening: str) -> Context:
    """The example of a rule that starts with these words."""
    case = next(case for case in file_cases() if case.rule.id == rule and case.text.startswith(opening))
    return Context(case.analysis(), words()[0])


@pytest.mark.parametrize(
    ("opening", "relayed"),
    [("A ministry official said", False), ("The Harbour Post reported", True)],
)
def test_somebody_relays_what_another_says(opening: str, relayed: bool) -> None:
    context = context_of("SRC101", opening)
    assert is_relayed(context, context.attributions[-1]) is relayed


@pytest.mark.parametrize(
    ("rule", "opening", "told"),
    [
        ("SRC101", "A ministry official said", True),
        ("SRC101", "Two officials told", False),
        ("SRC101", "An official might", False),
        ("SRC101", "If an official", False),
        ("SRC101", "“Get out!”", False),
        ("SRC104", "Many people asked", False),
    ],
)
def test_who_may_have_told_the_paper(rule: str, opening: str, told: bool) -> None:
    context = context_of(rule, opening)
    assert tells_paper(context, context.attributions[0]) is told


@pytest.mark.parametrize(("opening", "denied"), [("Ferry staff denied", True), ("No official said", False)])
def test_a_denial_is_a_report(opening: str, denied: bool) -> None:
    context = context_of("SRC101", opening)
    assert denies(context, context.attributions[0]) is denied


@pytest.mark.parametrize(
    ("opening", "picks"),
    [("The act lets guards", True), ("Clubs that are regarded", True), ("She is widely seen", False)],
)
def test_a_relative_clause_that_tells_which_are_meant(opening: str, picks: bool) -> None:
    context = context_of("ATT202", opening)
    sentence = context.sentences[0]
    verb = next(token for token in sentence.tokens if token.xpos == "VBN")
    assert picks_out(context.tree(sentence), verb) is picks


def test_lemma_of_a_verb_that_the_lemmatizer_does_not_know() -> None:
    context = context_of("ATT202", "Marr")
    verb = next(token for token in context.sentences[0].tokens if token.text == "tipped")
    assert "tip" in context.words_of(verb)


def test_title_that_the_parse_parts_from_its_name() -> None:
    context = context_of("SRC101", "Director of")
    sentence = context.sentences[0]
    assert is_title_of_name(context.tree(sentence), sentence.tokens[0])


def test_frames_and_kinds_answer_for_themselves() -> None:
    assert {frame for frame in Frame if frame.governs_sentence} < {frame for frame in Frame if frame.tells}
    assert Frame("of-another-version") is Frame.OTHER
    assert SourceKind.OUTLET.passes_on
    assert not SourceKind.OUTLET.is_nobody_else
    assert {kind for kind in SourceKind if kind.is_unnamed_person} < {kind for kind in SourceKind if kind.is_unnamed}
    assert {kind for kind in SourceKind if kind.is_nobody} == {SourceKind.AGENTLESS, SourceKind.NONE}
