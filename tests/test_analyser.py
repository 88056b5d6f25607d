"""An analyser: any number of drafts in bounded memory, in other processes, and errors that say why."""

from __future__ import annotations

import math
import pickle
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

import attribution
from attribution.analysis import Analyser
from attribution.batches import BATCH
from attribution.draft_errors import (
    DraftError,
    EmptyDraftError,
    NotEnglishError,
    NotTextError,
    TooLongError,
    UnreadableDraftError,
)
from attribution.ingest import read_bytes, read_text
from attribution.records import ROOT, Analysis, AttribError, Draft, Sentence, Token

FRENCH = "Le ministre a déclaré mardi que le gouvernement ne reculerait pas devant la contestation dans les rues."
ENGLISH = "The pier is safe, said Ola Brandt."


class OneWord:
    """Reads each draft as one sentence of one word, and counts the drafts it is given at a time."""

    name = "one word"

    def __init__(self) -> None:
        self.given: list[int] = []

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        self.given.append(len(drafts))
        return [
            (
                Sentence(
                    "s1", 0, 3, draft.text[:3], 0, (Token(0, draft.text[:3], 0, 3, "x", "NOUN", "NN", ROOT, "root"),)
                ),
            )
            for draft in drafts
        ]


def test_drafts_of_a_generator_are_read_only_as_far_as_needed() -> None:
    taken: list[int] = []

    def drafts() -> Iterator[Draft]:
        for number in range(1_000_000_000):
            taken.append(number)
            yield read_text("word " * (BATCH // 20), path=str(number))

    parser = OneWord()
    found = Analyser(parser=parser).analyse_iter(drafts())
    paths = [next(found).draft.path for _ in range(10)]
    assert paths == [str(number) for number in range(10)]
    assert len(taken) < 20
    assert max(parser.given) > 1  # the parser reads several together


@pytest.mark.parametrize(
    ("given", "error", "reason"),
    [
        (None, NotTextError, "not-text"),
        (math.nan, NotTextError, "not-text"),
        (17, NotTextError, "not-text"),
        ("", EmptyDraftError, "empty"),
        (" \n\n ", EmptyDraftError, "empty"),
        (FRENCH, NotEnglishError, "not-english"),
        ("A long text. " * 10, TooLongError, "too-long"),
    ],
)
def test_what_cannot_be_analysed_has_its_own_error(given: Any, error: type[DraftError], reason: str) -> None:
    analyser = Analyser(parser=OneWord(), longest=110)
    with pytest.raises(error) as caught:
        list(analyser.analyse_iter([ENGLISH, given]))
    assert caught.value.reason == reason
    assert isinstance(caught.value, AttribError)
    assert "\n" not in str(caught.value)
    found = list(analyser.analyse_iter([given, ENGLISH, given], return_errors=True))
    assert [type(item) for item in found] == [error, Analysis, error]


def test_the_errors_are_the_same_for_one_text() -> None:
    with pytest.raises(NotTextError, match=r"nan \(float\), not a text"):
        attribution.analyse(math.nan)  # type: ignore[arg-type]
    with pytest.raises(NotEnglishError, match="is French, not English"):
        attribution.analyse(FRENCH)
    with pytest.raises(NotEnglishError):
        Analyser(parser=OneWord()).analyse(read_text(FRENCH))
    with pytest.raises(TooLongError, match="more than 10; divide it"):
        attribution.analyse(ENGLISH, longest=10)
    with pytest.raises(UnreadableDraftError, match="is a PDF file"):
        read_bytes(b"%PDF-1.7", "a.txt")
    assert Analyser(parser=OneWord(), force=True).analyse(read_text(FRENCH)).draft.text == FRENCH


def test_an_analyser_that_was_used_goes_to_another_process_without_its_model() -> None:
    analyser = Analyser(own_outlets=["Valley Echo"], ignored_marks=["figure"], force=True, longest=7)
    assert analyser.parser
    sent = pickle.dumps(analyser)
    assert len(sent) < 1_000
    first, second = pickle.loads(sent), pickle.loads(sent)
    assert first.own_outlets == ("Valley Echo",)
    assert (first.ignored_marks, first.force, first.longest) == (analyser.ignored_marks, True, 7)
    assert first.lexicon == analyser.lexicon
    assert first.parser is second.parser  # the model is loaded once in a process
    assert first.parser is not analyser.parser


def test_a_parser_of_ones_own_goes_with_the_analyser() -> None:
    received = pickle.loads(pickle.dumps(Analyser(parser=OneWord())))
    assert received.analyse(read_text(ENGLISH)).model == "one word"
