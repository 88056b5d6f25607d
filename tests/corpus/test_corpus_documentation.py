"""The examples of docs/CORPORA.md run, and what they name is there."""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path

import pytest
from script_modules import script_module

CHECKOUT = Path(__file__).parent.parent.parent
PAGE = (CHECKOUT / "docs" / "CORPORA.md").read_text(encoding="utf-8")
OPTIONAL = ("duckdb", "polars", "pandas")


def examples() -> str:
    """The page's examples, without those that need an optional package that is not there."""
    text = PAGE
    for package in OPTIONAL:
        if importlib.util.find_spec(package) is None:
            text = re.sub(rf"```python\n>>> import {package}\n.*?\n```", "", text, flags=re.DOTALL)
    return "\n".join(re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the optional packages
def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(examples(), {}, "docs/CORPORA.md", "docs/CORPORA.md", 0)
    result = doctest.DocTestRunner(verbose=False).run(test)
    assert result.attempted > 5
    assert result.failed == 0


def test_there_is_an_example_for_each_reader_of_tables() -> None:
    assert re.findall(r"```python\n>>> import (\w+)\n", PAGE) == list(OPTIONAL)


def test_the_files_that_the_page_names_exist() -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", PAGE)
    assert "examples/corpus-rayjob.yaml" in linked
    assert [path for path in linked if not (CHECKOUT / "docs" / path).exists()] == []


def test_a_cluster_is_simulated_part_by_part() -> None:
    simulation = script_module("simulate_cluster")
    figures = simulation.Figures(
        article=0.1,
        spread=0.0,
        read_rate=1e9,
        start=0.0,
        hand_over=0.0,
        write=0.0,
        hours_between_failures=1e9,
        return_after=0.0,
    )
    alone = simulation.simulate(100_000, 1, 1, 100, 1, figures)
    assert alone.seconds == pytest.approx(10_000, rel=0.001)
    many = simulation.simulate(100_000, 10, 2, 100, 4, figures)
    assert 500 <= many.seconds < 530
    assert many.busy > 0.94
    failing = simulation.simulate(100_000, 10, 2, 100, 4, figures._replace(hours_between_failures=0.02))
    assert failing.repeated > 5
    assert failing.seconds > many.seconds
