"""Which words may be cues: by their part of speech, the lexicon, and phrases of a newsroom's own."""

from __future__ import annotations

import pytest
from parsed_drafts import ParsedDraft, rows_of

from attribution.extraction.candidates import CandidateKind, find_candidates
from attribution.extraction.context import SentenceContext
from attribution.lexicon import CuePhrase, Lexicon, load_lexicon
from attribution.records import Attitude

ROWS = rows_of("examples.conllu")


def context_of(case: str, number: int = 0) -> SentenceContext:
    return SentenceContext(ParsedDraft(ROWS[case]).doc.trees[number])


def phrase_found(case: str, words: str, number: int = 0, sources: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """The words of a phrase where it stands in a sentence, and the head of its source."""
    phrase = CuePhrase(words=words, attitude=Attitude.ASSERTION, sources=sources, example="x", source="test")
    context = context_of(case, number)
    found = [
        candidate
        for candidate in find_candidates(context, Lexicon(cue_phrases=(phrase,)))
        if candidate.kind is CandidateKind.PHRASE
    ]
    if not found:
        return None
    (candidate,) = found
    text = " ".join(context.tokens[index].text for index in candidate.tokens)
    return text, "" if candidate.source is None else context.tokens[candidate.source].text


@pytest.mark.parametrize(
    ("case", "number", "words", "found"),
    [
        # The source before the words: the largest noun phrase that ends there.
        ("members", 1, "{source} said so", ("said so", "mayor")),
        ("spokes", 0, "{source} said so", ("said so", "spokesman")),
        ("groups", 0, "{source} said they", ("said they", "union")),
        ("repair-phrase-clause", 1, "{source} is shut", ("is shut", "it")),
        # After them, or around.
        ("repair-phrase-clause", 0, "according to {source}", ("According to", "Irma")),
        ("repair-phrase-clause", 3, "in the words of {source}", ("In the words of", "Vant")),
        ("cue-noun-possessive", 0, "in {source} 's view", ("In ’s view", "mother")),
        ("cue-noun-possessive", 1, "in {source} 's view", ("In view", "his")),
        # Nobody is named.
        ("repair-expletive", 0, "it emerged", ("It emerged", "")),
        # The words must follow.
        ("members", 1, "{source} said no", None),
        ("members", 1, "so {source}", None),
    ],
)
def test_a_phrase_and_its_source(case: str, number: int, words: str, found: tuple[str, str] | None) -> None:
    assert phrase_found(case, words, number) == found


def test_a_phrase_may_ask_for_a_kind_of_source() -> None:
    assert phrase_found("figures", "according to {source}", sources=("figure",)) == ("According to", "figures")
    assert phrase_found("figures", "according to {source}", sources=("poll",)) is None


def kinds(case: str, number: int = 0) -> dict[str, str]:
    """The kind of each candidate by its first word."""
    context = context_of(case, number)
    return {
        context.tokens[candidate.head].text: candidate.kind.value
        for candidate in find_candidates(context, load_lexicon())
    }


@pytest.mark.parametrize(
    ("case", "number", "word", "kind"),
    [
        ("concerns", 0, "worried", "adjective"),
        ("concerns", 3, "sure", "adjective"),
        ("belief-nouns", 1, "belief", "noun"),
        ("colon-speech", 1, ":", "colon"),
        ("nested", 0, "said", "verb"),
        ("nested", 0, "told", "verb"),
        ("according-relative", 2, "according", "phrase"),
        ("according-relative", 2, "mayor", None),
        ("adjective-cues", 1, "adamant", "adjective"),
    ],
)
def test_kinds_of_candidates(case: str, number: int, word: str, kind: str | None) -> None:
    assert kinds(case, number).get(word) == kind
