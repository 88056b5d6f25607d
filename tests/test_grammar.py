"""Questions of clause grammar on hand-checked parses."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from attribution import grammar
from attribution.parsing import Tree, read_conllu

PARSES = Path(__file__).parent / "extraction" / "parses"


QUESTIONS = "questions.conllu"
"""Embedded questions, with the question word of one of them attached as parsers sometimes do."""


DENIALS = "denials.conllu"
"""Words that nobody says, that hardly anything proves, or that are expected."""


@cache
def _trees(name: str) -> dict[str, Tree]:
    _, sentences = read_conllu((PARSES / name).read_text(encoding="utf-8"))
    return {sentence.text: Tree(sentence) for sentence in sentences}


def _at(text: str, word: str, name: str = "hedges.conllu") -> tuple[Tree, int]:
    """The sentence's tree and the first token with this form."""
    tree = _trees(name)[text]
    return tree, tree.forms.index(word.lower())


def _words(tree: Tree, indices: list[int]) -> str:
    """The words without commas."""
    return " ".join(tree.tokens[index].text for index in indices if tree.tokens[index].text != ",")


@pytest.mark.parametrize(
    ("text", "word", "is_predicate"),
    [
        ("The ferry may sail on Thursday, officials said.", "sail", True),
        ("Delays are possible.", "possible", True),
        ("Detectives named a possible motive.", "possible", False),
        ("The alleged forger, a clerk, was fined.", "alleged", False),
        ("The alleged forger, a clerk, was fined.", "forger", False),
    ],
)
def test_tells_the_head_of_a_clause_from_other_words(text: str, word: str, is_predicate: bool) -> None:
    assert grammar.is_predicate(*_at(text, word)) is is_predicate


def test_infinitives_have_the_marker_to() -> None:
    assert grammar.is_infinitive(*_at("The route is likely to change.", "change"))
    assert not grammar.is_infinitive(*_at("The ferry may sail on Thursday, officials said.", "sail"))


def test_an_auxiliary_before_its_subject_opens_a_condition() -> None:
    assert grammar.is_inverted(*_at("Should the talks fail, the port will shut.", "should"))
    assert not grammar.is_inverted(*_at("Should the talks fail, the port will shut.", "will"))


@pytest.mark.parametrize(
    ("text", "word", "heads"),
    [
        ("She said the dam could fail.", "said", "fail"),
        ("The route is likely to change.", "likely", "change"),
        ("The theory that he acted alone was dropped.", "theory", "acted"),
        ("It is possible that the tap was left open.", "possible", "left"),
        ("The deal seems dead.", "seems", "dead"),
        ("She is considering leaving.", "considering", ""),
        ("The plant may close because demand fell.", "close", ""),
    ],
)
def test_finds_the_clauses_that_a_word_governs(text: str, word: str, heads: str) -> None:
    tree, index = _at(text, word)
    assert _words(tree, grammar.complements(tree, index)) == heads


def test_takes_a_relative_clause_on_an_agent_for_what_is_believed() -> None:
    tree, index = _at("It is believed by some that the well is holy.", "believed", "hedges-as-parsed.conllu")
    assert _words(tree, grammar.complements(tree, index)) == "holy"


@pytest.mark.parametrize(
    ("text", "word", "words"),
    [
        ("The plant may close, but the union is calm.", "close", "The plant may close ."),
        ("The plant may close because demand fell.", "close", "The plant may close ."),
        ("The plant, which employs 400 people, may close in June.", "close", "The plant may close in June ."),
    ],
)
def test_a_clause_ends_where_another_fact_begins(text: str, word: str, words: str) -> None:
    tree, index = _at(text, word)
    assert _words(tree, grammar.clause_words(tree, index)) == words


def test_a_phrase_leaves_out_appositions_and_its_preposition() -> None:
    tree, index = _at("The alleged forger, a clerk, was fined.", "forger")
    assert _words(tree, grammar.phrase_words(tree, index)) == "The alleged forger"
    tree, index = _at("Police arrested a man, apparently in error.", "error")
    assert _words(tree, grammar.phrase_words(tree, index, with_preposition=True)) == "apparently in error"


@pytest.mark.parametrize(
    ("text", "word", "asks"),
    [
        ("It was not immediately clear who gave the order.", "gave", True),
        ("Police are checking whether the alarm was set.", "set", True),
        ("She asked how this could have happened.", "happened", True),
        ("She said the dam could fail.", "fail", False),
    ],
)
def test_tells_embedded_questions_from_statements(text: str, word: str, asks: bool) -> None:
    assert grammar.is_embedded_question(*_at(text, word)) is asks


def test_a_question_deep_within_a_subject_makes_no_question_of_the_clause() -> None:
    text = "I think the skill of learning where a fault lies is the main lesson."
    assert not grammar.is_embedded_question(*_at(text, "lesson", QUESTIONS))
    assert grammar.is_embedded_question(*_at(text, "lies", QUESTIONS))


def test_a_question_word_left_outside_its_clause_still_asks() -> None:
    assert grammar.is_embedded_question(*_at("They must explain how this happened.", "happened", QUESTIONS))


def test_whatever_names_and_does_not_ask() -> None:
    assert not grammar.is_embedded_question(*_at("He said whatever fell was light.", "light", QUESTIONS))


@pytest.mark.parametrize(
    ("text", "word", "nobody"),
    [
        ("Not one of the guards spoke.", "one", True),
        ("Few drivers spoke.", "drivers", True),
        ("A few drivers spoke.", "drivers", False),
        ("Hardly anyone spoke.", "anyone", True),
    ],
)
def test_few_and_not_one_stand_for_nobody(text: str, word: str, nobody: bool) -> None:
    assert grammar.is_negative_phrase(*_at(text, word, DENIALS)) is nobody


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("There is little proof that the quay is safe.", True),
        ("Divers did not find proof that the boat was cut.", True),
        ("There is proof that the boat was cut.", False),
    ],
)
def test_tells_what_there_is_hardly_any_of(text: str, denied: bool) -> None:
    assert grammar.is_denied_noun(*_at(text, "proof", DENIALS)) is denied


def test_a_clause_in_the_present_tense_may_be_awaited() -> None:
    assert grammar.is_awaited(*_at("Once the vet says the herd is clean, the fair will open.", "says", DENIALS))
    assert not grammar.is_awaited(*_at("After the guard said he was ill, the court rose.", "said", DENIALS))


def test_a_superlative_behind_an_object_says_what_it_is_called() -> None:
    tree, verb = _at("The governor calls the flood the worst in memory.", "calls", DENIALS)
    assert grammar.predicate_of_object(tree, verb) == tree.forms.index("worst")
