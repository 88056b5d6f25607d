"""Files are read in batches: the parser sees several drafts at once, and each file keeps its own outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from attribution.analysis import Analyser
from attribution.cli.inputs import BATCH, Reader, Settings, batches_of, itself
from attribution.records import ROOT, AttribError, Draft, Sentence, Token

SETTINGS = Settings("<stdin>", None, (), (), True, False, False)


class OneWord:
    """A parser that reads each draft as one sentence of one word, and records how many drafts it was given."""

    name = "one word"

    def __init__(self, most: int = 100) -> None:
        self.most = most
        self.given: list[int] = []

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        self.given.append(len(drafts))
        if len(drafts) > self.most:
            raise ZeroDivisionError("a fault")
        return [(self._sentence(draft),) for draft in drafts]

    def _sentence(self, draft: Draft) -> Sentence:
        end = len(draft.text.rstrip())
        if "bad" in draft.text:
            raise ZeroDivisionError("a fault")
        word = Token(0, draft.text[:end], 0, end, "word", "NOUN", "NN", ROOT, "root")
        return Sentence("s1", 0, end, draft.text[:end], 0, (word,))


def reader(parser: OneWord) -> Reader:
    reader = Reader(SETTINGS)
    reader._analyser = Analyser(parser=parser)
    return reader


@pytest.fixture
def files(tmp_path: Path) -> list[tuple[str, bytes | None]]:
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n", encoding="utf-8")
    return [(str(tmp_path / name), None) for name in ("one.txt", "missing.txt", "two.txt", "three.txt")]


def test_drafts_of_a_batch_are_parsed_together_and_reported_in_order(files: list[tuple[str, bytes | None]]) -> None:
    parser = OneWord()
    outcomes = reader(parser).read(files, itself)
    assert parser.given == [3]
    assert [outcome.made and outcome.made.draft.text.strip() for outcome in outcomes] == ["one", None, "two", "three"]
    assert [outcome.failed for outcome in outcomes] == [False, True, False, False]
    assert "missing.txt" in outcomes[1].messages[0]


def test_a_fault_in_one_draft_leaves_the_others(tmp_path: Path, files: list[tuple[str, bytes | None]]) -> None:
    (tmp_path / "two.txt").write_text("bad\n", encoding="utf-8")
    outcomes = reader(OneWord()).read(files, itself)
    assert [outcome.failed for outcome in outcomes] == [False, True, True, False]
    assert "internal error (ZeroDivisionError" in outcomes[2].messages[0]


def test_a_missing_model_is_not_an_outcome_of_a_file(files: list[tuple[str, bytes | None]], tmp_path: Path) -> None:
    reader = Reader(SETTINGS._replace(model=str(tmp_path / "nowhere")))
    with pytest.raises(AttribError, match="nowhere"):
        reader.read(files, itself)


def test_batches_keep_the_order_and_their_size(tmp_path: Path) -> None:
    small, large = tmp_path / "small.txt", tmp_path / "large.txt"
    small.write_bytes(b"a" * 10)
    large.write_bytes(b"a" * BATCH)
    files = [(str(path), None) for path in (small, small, large, small, large, large)]
    batches = list(batches_of([*files, ("-", b"aa")]))
    assert [file for batch in batches for file in batch] == [*files, ("-", b"aa")]
    assert [len(batch) for batch in batches] == [2, 1, 1, 1, 1, 1]
