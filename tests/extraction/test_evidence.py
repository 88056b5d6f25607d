"""What each attribution gives the reader: one hand-checked parse for every sign, and its counterparts.

``evidence.conllu`` says beside each parse which word is looked at and which sign must decide it.
"""

from __future__ import annotations

from functools import cache

import pytest
from described import found_of, odds_of
from parsed_drafts import PARSES, comments_of

from attribution.extraction.candidates import find_candidates
from attribution.extraction.context import SentenceContext, contexts_of
from attribution.extraction.evidence import Decision, evidence_of
from attribution.extraction.evidence.signs import SIGNS
from attribution.extraction.quotations import find_quotations
from attribution.extraction.span_index import SpanIndex
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu
from attribution.records import VOUCHING, Evidence


def expectations() -> list[tuple[str, str, str]]:
    """The id, the word and the sign of each sentence."""
    found = []
    for comments in map(dict, comments_of("evidence.conllu")):
        word, sign = comments["sign"].split(" | ")
        found.append((comments["sent_id"], word, sign))
    return found


@cache
def contexts() -> dict[str, SentenceContext]:
    draft, sentences = read_conllu((PARSES / "evidence.conllu").read_text(encoding="utf-8"))
    quotations, problems = find_quotations(draft)
    assert not problems
    parts = SpanIndex((part, part) for quotation in quotations for part in quotation.parts)
    return {context.sentence.id: context for context in contexts_of(Doc.of_sentences(draft, sentences), parts)}


def decide(sentence: str, word: str) -> Decision:
    """The decision about the candidate at a word, with the shipped weights for its roles and odds."""
    context, lexicon = contexts()[sentence], load_lexicon()
    candidate = next(
        candidate for candidate in find_candidates(context, lexicon) if context.tokens[candidate.head].text == word
    )
    return evidence_of(found_of(context, candidate, odds_of(context, candidate)), lexicon)


@pytest.mark.parametrize(("sentence", "word", "sign"), expectations(), ids=lambda value: str(value))
def test_the_sign_that_decides(sentence: str, word: str, sign: str) -> None:
    decision = decide(sentence, word)
    assert decision.sign == sign
    evidence = {row.name: row.evidence for row in SIGNS} | {"otherwise": Evidence.STANCE}
    assert decision.evidence is evidence[sign]


def test_every_sign_has_a_parse() -> None:
    assert {row.name for row in SIGNS} <= {sign for _, _, sign in expectations()}


def test_names_are_unique_and_examples_are_sentences() -> None:
    names = [row.name for row in SIGNS]
    assert len(names) == len(set(names))
    assert all(row.example.endswith(".") for row in SIGNS)


def test_only_reports_and_beliefs_vouch() -> None:
    assert {Evidence.REPORT, Evidence.BELIEF} == VOUCHING


def test_who_is_heard_saying_a_thing_is_no_cue_of_hearing() -> None:
    context = next(context for context in contexts().values() if "is then heard saying" in context.sentence.text)
    heads = {context.tokens[candidate.head].text for candidate in find_candidates(context, load_lexicon())}
    assert "saying" in heads
    assert "heard" not in heads
