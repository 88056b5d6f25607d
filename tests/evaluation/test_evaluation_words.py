from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.evaluation.words import ScoredText, quoted_spans
from attribution.records import Manner, Span


def words(text: str, numbers: frozenset[int]) -> list[str]:
    scored = ScoredText(text)
    return [text[scored.words[number].start : scored.words[number].end] for number in sorted(numbers)]


def test_words_are_runs_of_letters_and_digits() -> None:
    text = "Don’t pay $2.1bn, she_said – «now»."
    scored = ScoredText(text)
    assert words(text, frozenset(range(len(scored.words)))) == ["Don", "t", "pay", "2", "1bn", "she", "said", "now"]


def test_a_word_belongs_to_a_span_that_touches_it() -> None:
    text = "one two three"
    scored = ScoredText(text)
    assert words(text, scored.words_in([Span(2, 5)])) == ["one", "two"]
    assert words(text, scored.words_in([Span(3, 4), Span(5, 5)])) == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Lund left. He won.", ["Mr. Lund left. ", "He won."]),
        ("It cost 2.5 percent.\n“Never.” He left!", ["It cost 2.5 percent.", "“Never.” ", "He left!"]),
        ("The U.S. Treasury spoke", ["The U.S. Treasury spoke"]),
        ("Headline\n\n***\nBody", ["Headline", "Body"]),
    ],
)
def test_sentences_are_cut_by_fixed_rules(text: str, sentences: list[str]) -> None:
    found = [words(text, sentence) for sentence in ScoredText(text).sentences]
    assert found == [words(sentence, frozenset(range(len(ScoredText(sentence).words)))) for sentence in sentences]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('a "b c" d', ["b", "c"]),
        ("a ''b c,'' d ''e'' f", ["b", "c", "e"]),
        ("“a b\n“c” d", ["a", "b", "c"]),
        ("a b” c", []),
        ("he said ‘a b’", []),
    ],
)
def test_double_marks_quote_line_by_line(text: str, quoted: list[str]) -> None:
    assert words(text, ScoredText(text).quoted) == quoted


@pytest.mark.parametrize(
    ("content", "manner"),
    [
        ("“One two three four”", Manner.DIRECT),
        ("five “One two three four”", Manner.DIRECT),
        ("five six “One two three four”", Manner.MIXED),
        ("five six", Manner.INDIRECT),
        ("…", None),
    ],
)
def test_the_manner_is_the_share_of_quoted_words(content: str, manner: Manner | None) -> None:
    scored = ScoredText(content)
    assert scored.manner(scored.words_in([Span(0, len(content))])) is manner


@given(st.text("“”\"' \n.aB", max_size=60))
def test_quoted_spans_lie_in_the_text_one_after_the_other(text: str) -> None:
    spans = quoted_spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(st.text("aB. !?“”\n", max_size=60))
def test_sentences_share_no_word_and_lose_none(text: str) -> None:
    scored = ScoredText(text)
    numbers = [number for sentence in scored.sentences for number in sorted(sentence)]
    assert numbers == list(range(len(scored.words)))
