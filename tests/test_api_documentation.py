"""The examples in docs/API.md run, each section separately."""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path

import pytest

from attribution.cli.convert import READ
from attribution.conversion.formats import FORMATS

DOCUMENTATION = Path(__file__).parent.parent / "docs"
SECTIONS = dict(
    re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", (DOCUMENTATION / "API.md").read_text(encoding="utf-8"), re.MULTILINE)
)
OPTIONAL = ("pandas", "spacy")


def examples(section: str) -> str:
    """The section's text without the code blocks that need an optional package that is not there."""
    text = SECTIONS[section]
    for package in OPTIONAL:
        if importlib.util.find_spec(package) is None:
            text = re.sub(rf"```python\n>>> import {package}\n.*?\n```", "", text, flags=re.DOTALL)
    return text


def run(section: str) -> doctest.TestResults:
    text = examples(section).replace("```python\n", "").replace("```", "")
    test = doctest.DocTestParser().get_doctest(text, {}, section, "docs/API.md", 0)
    if not test.examples:
        pytest.skip("needs a package that is not installed")
    return doctest.DocTestRunner(verbose=False).run(test)


def test_there_is_a_section_for_each_user() -> None:
    assert list(SECTIONS) == [
        "For a content management system",
        "For a newsroom's own tools",
        "For a research notebook",
        "For a spaCy pipeline",
        "Reading other people's annotations",
    ]
    assert all(">>> " in text for text in SECTIONS.values())


@pytest.mark.slow
@pytest.mark.parametrize("section", sorted(SECTIONS))
@pytest.mark.filterwarnings("ignore")  # of the optional packages
def test_the_examples_run(section: str) -> None:
    result = run(section)
    assert result.attempted > 0
    assert result.failed == 0


def test_every_format_is_documented() -> None:
    text = (DOCUMENTATION / "FORMATS.md").read_text(encoding="utf-8")
    for name in (*FORMATS, *READ):
        assert f"`{name}`" in text


@pytest.mark.parametrize("name", ["API.md", "FORMATS.md"])
def test_the_files_that_the_documentation_names_exist(name: str) -> None:
    text = (DOCUMENTATION / name).read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    assert linked
    assert [path for path in linked if not (DOCUMENTATION / path).exists()] == []
