"""Drafts are read in batches: the parser sees several at once, and each keeps its own outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from attribution.batches import BATCH, batches_of
from attribution.records import ROOT, AttribError, Draft, Sentence, Token
from attribution.session import Options, Session
from attribution.session.inputs import Input
from attribution.session.session import itself
from attribution.session.work import Outcome

OPTIONS = Options(force=True, isolated=True, caching=False)


class OneWord:
    """A parser that reads each draft as one sentence of one word, and records how many drafts it was given."""

    name = "one word"

    def __init__(self) -> None:
        self.given: list[int] = []

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        self.given.append(len(drafts))
        return [(self._sentence(draft),) for draft in drafts]

    def _sentence(self, draft: Draft) -> Sentence:
        end = len(draft.text.rstrip())
        if "bad" in draft.text:
            raise ZeroDivisionError("a fault")
        word = Token(0, draft.text[:end], 0, end, "word", "NOUN", "NN", ROOT, "root")
        return Sentence("s1", 0, end, draft.text[:end], 0, (word,))


def outcomes(files: Sequence[Input], parser: OneWord) -> list[Outcome]:
    return list(Session(OPTIONS, parser).each(files, itself))


@pytest.fixture
def files(tmp_path: Path) -> list[Input]:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n", encoding="utf-8")
    return [Input(str(tmp_path / name)) for name in ("one.txt", "missing.txt", "two.txt", "three.txt")]


def test_drafts_of_a_batch_are_parsed_together_and_reported_in_order(files: list[Input]) -> None:
    parser = OneWord()
    found = outcomes(files, parser)
    assert parser.given == [3]
    assert [outcome.made and outcome.made.analysis.draft.text.strip() for outcome in found] == [
        "one",
        None,
        "two",
        "three",
    ]
    assert [outcome.error is not None for outcome in found] == [False, True, False, False]
    assert "missing.txt" in (found[1].error or "")
    assert found[0].made.analysis.model == "one word"


def test_a_fault_in_one_draft_leaves_the_others(tmp_path: Path, files: list[Input]) -> None:
    (tmp_path / "two.txt").write_text("bad\n", encoding="utf-8")
    found = outcomes(files, OneWord())
    assert [outcome.error is not None for outcome in found] == [False, True, True, False]
    assert "internal error (ZeroDivisionError" in (found[2].error or "")


def test_a_missing_model_is_not_an_outcome_of_a_file(files: list[Input], tmp_path: Path) -> None:
    session = Session(Options(model=str(tmp_path / "nowhere"), force=True, caching=False))
    with pytest.raises(AttribError, match="nowhere"):
        list(session.each(files, itself))


def test_batches_keep_the_order_and_their_size() -> None:
    sizes = [10, 10, BATCH, 10, BATCH, BATCH, 2]
    batches = list(batches_of(sizes, lambda size: size))
    assert [size for batch in batches for size in batch] == sizes
    assert [len(batch) for batch in batches] == [2, 1, 1, 1, 1, 1]
