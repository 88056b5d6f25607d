"""A column of a notebook becomes tidy frames, with its index as their key."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest
from corpus_runs import FRENCH, FirstWords

from attribution.analysis import Analyser
from attribution.corpus.frames import Frames, analyse_column
from attribution.corpus.schema import TABLES

TEXTS = ["Ran, he said.", None, FRENCH, "Ran on."]


def frames(texts: Any, names: Any = None, *, progress: bool = False) -> Frames:
    return analyse_column(texts, names, analyser=Analyser(parser=FirstWords()), progress=progress)


def test_rows_have_the_numbers_of_the_texts() -> None:
    found = frames(iter(TEXTS)).rows
    assert [row["article"] for row in found["articles"]] == [0, 3]
    assert [(row["article"], row["reason"]) for row in found["errors"]] == [(1, "not-text"), (2, "not-english")]


def test_names_can_be_given() -> None:
    assert [row["article"] for row in frames(TEXTS, "abcd").rows["claims"]] == ["a", "d"]


def test_progress_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert frames(TEXTS, progress=True) == frames(TEXTS)
    assert capsys.readouterr().out == ""


@pytest.mark.skipif(importlib.util.find_spec("pandas") is None, reason="the extra pandas is not installed")
def test_a_series_of_pandas_gives_frames_with_its_index() -> None:
    import pandas

    found = frames(pandas.Series(TEXTS, index=[10, 20, 30, 40])).pandas()
    assert found["articles"]["article"].tolist() == [10, 40]
    assert found["errors"]["article"].tolist() == [20, 30]
    assert set(found) == {table.name for table in TABLES}
    assert list(found["hedges"].columns)[:2] == ["article", "hedge"]


@pytest.mark.skipif(importlib.util.find_spec("polars") is None, reason="polars is not installed")
def test_a_series_of_polars_gives_frames() -> None:
    import polars

    found = frames(polars.Series(TEXTS)).polars()
    assert found["articles"]["article"].to_list() == [0, 3]
    assert found["hedges"].columns[:2] == ["article", "hedge"]
