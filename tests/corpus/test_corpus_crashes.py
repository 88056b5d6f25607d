"""Rows that no process survives are found, become errors, and the rest of their part is analysed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus_runs import OPTIONS, FirstWords, errors, read_by, rows, write_lines

from attribution.corpus import local
from attribution.corpus.local import LocalEngine
from attribution.corpus.run import Request, run_corpus
from attribution.session.errors import ProcessDiedError


def dies_of(poison: str) -> Callable[..., Iterator[tuple[Any, Any]]]:
    """Processes that die of rows whose text begins so, as ``in_order`` has them."""

    def in_order(
        tasks: Iterable[tuple[Any, Any]], work: Callable[..., Any], processes: int
    ) -> Iterator[tuple[Any, Any]]:
        for context, arguments in tasks:
            if any(str(row.text).startswith(poison) and not row.crashes for row in arguments[0].rows):
                raise ProcessDiedError("died")
            yield context, work(*arguments)

    return in_order


@pytest.mark.parametrize("poisoned", [{3}, {0, 29}, {7, 8, 9}])
def test_the_row_that_kills_is_an_error_and_the_others_are_read(
    poisoned: set[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by(FirstWords(), monkeypatch)
    monkeypatch.setattr(local, "in_order", dies_of("Poison"))
    records = [{"id": str(number), "text": "Poison." if number in poisoned else "Ran."} for number in range(30)]
    table = write_lines(tmp_path / "news.jsonl", records)
    run_corpus(Request((str(table),), str(tmp_path / "out"), OPTIONS, rows=10), LocalEngine(2))
    assert errors(tmp_path / "out") == {str(number): "crash" for number in poisoned}
    assert len(rows(tmp_path / "out", "articles")) == 30 - len(poisoned)
