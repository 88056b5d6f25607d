"""The examples in the documentation run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_examples_of_the_readme_run() -> None:
    result = doctest.testfile(str(CHECKOUT / "README.md"), module_relative=False, encoding="utf-8")
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.slow
def test_the_examples_of_the_pipeline_run() -> None:
    from attribution import analysis

    result = doctest.testmod(analysis)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_files_that_the_documentation_names_exist(name: str) -> None:
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    named = re.findall(r"(?<![\w/])(?:scripts|seeds|docs|attribution|lexicons|\.ci)/[\w./-]*\w", text)
    assert linked + named
    missing = sorted(path for path in {*linked, *named} if not (CHECKOUT / path).exists())
    assert missing == []
