"""The pages of the documentation's site, and what finds a fault in it; .ci/run builds the site itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from script_modules import script_module

from attribution.cli.main import COMMANDS
from attribution.linting import RULES
from attribution.linting.pages import rule_page
from attribution.reporting.findings.rules import rule_list_markdown, rule_page_markdown, rule_text

CHECKOUT = Path(__file__).parent.parent


site = script_module("build_site")


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(site, "PAGES", tmp_path)
    site.collect()
    return tmp_path


def test_every_rule_has_the_page_that_findings_link_to(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTRIB_DOCS_URL", "https://docs.test/")
    for rule in RULES:
        address = rule_page(rule.id)
        assert address is not None
        text = (pages / address.removeprefix("https://docs.test/").rstrip("/")).with_suffix(".md").read_text()
        assert text == rule_page_markdown(rule, RULES)
        assert f"]({rule.id}.md)" in rule_list_markdown(RULES)


def test_a_page_of_a_rule_tells_what_explain_tells() -> None:
    for rule in RULES:
        text = rule_page_markdown(rule, RULES)
        assert text.startswith(f"# {rule.id} {rule.name}\n")
        for part in (rule.summary, rule.rationale, rule.bad.strip(), rule.good.strip(), rule.limits, *rule.settings):
            assert part in text
        for guideline in rule.guidelines:
            assert guideline.where in text


def test_a_rule_tells_which_rules_are_silent_beside_it() -> None:
    for rule in RULES:
        general = [other for other in RULES if other.id in rule.more_specific_than]
        for text in (rule_page_markdown(rule, RULES), rule_text(rule, RULES, 200)):
            assert ("only this one does" in text) == bool(general)
        for other in general:
            silent = re.search(r"Silent where (.*) reports the same words", rule_text(other, RULES, 200))
            assert silent is not None
            assert rule.id in re.split(", | or ", silent[1])


def test_the_page_of_the_commands_tells_what_their_help_tells(pages: Path) -> None:
    text = (pages / "reference" / "commands.md").read_text()
    commands = re.findall(r"^## attrib ?(.*)$", text, re.MULTILINE)
    assert [name for name in commands if " " not in name] == ["", *COMMANDS]
    assert {"rules test", "cache clear", "cache info"} <= set(commands)
    assert "\n    attrib cache clear [OPTIONS]\n" in text
    assert "`-f, --format [text|html|json|jsonl]`\n:   For people:" in text
    assert "\\[default: text\\]" in text
    assert "([Fixes](../fixes.md))" in text
    assert "```\nShell completion:\n  bash  eval" in text
    assert not re.search(r"Sentinel|<\w+ object", text)


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("[x](docs/CI.md#cache)", "[x](ci.md#cache)"),
        ("[x](lexicons/README.md)", "[x](words.md)"),
        ("[x](docs/RULES.md)", "[x](rules/index.md)"),
        ("[x](docs/RULES.md#lim-limits-that-a-newsroom-sets)", "[x](rules/index.md#lim-limits-that-a-newsroom-sets)"),
        ("[x](docs/RULES.md#src105-media-reports-as-source)", "[x](rules/SRC105.md)"),
        ("[x](#here), [y](https://nltk.test/a.md)", "[x](#here), [y](https://nltk.test/a.md)"),
        ("[`x`](attribution/records.py)", "`x`"),
    ],
)
def test_links_between_files_become_links_between_pages(
    text: str, linked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "project_url", lambda label: None)
    assert site.relinked(text, "EVALUATION.md", "evaluation.md") == linked


def test_links_from_a_tutorial_lead_up() -> None:
    text = "[x](../../EVALUATION.md) [y](../CI.md)"
    assert site.relinked(text, "docs/tutorials/a.md", "tutorials/a.md") == "[x](../evaluation.md) [y](../ci.md)"


@pytest.mark.parametrize(
    ("file", "page", "shown"),
    [
        ("docs/CI.md", "ci.md", "![x](pictures/report.svg)"),
        ("docs/tutorials/reporter.md", "tutorials/reporter.md", "![x](../pictures/report.svg)"),
    ],
)
def test_pictures_are_shown(file: str, page: str, shown: str) -> None:
    source = "pictures/report.svg" if file.count("/") == 1 else "../pictures/report.svg"
    assert site.relinked(f"![x]({source})", file, page) == shown


def test_pictures_are_those_taken_all_are_shown_and_load_nothing() -> None:
    documentation = site.CHECKOUT / "docs"
    pictures = {path.name for path in (documentation / "pictures").iterdir()}
    assert pictures == set(script_module("take_pictures").TAKEN)
    pages = "".join(path.read_text(encoding="utf-8") for path in documentation.rglob("*.md"))
    assert {name for name in pictures if f"](pictures/{name})" not in pages} == set()
    for path in (documentation / "pictures").glob("*.svg"):
        drawn = path.read_text(encoding="utf-8").removeprefix('<svg xmlns="http://www.w3.org/2000/svg"')
        assert not re.search(r"https?:|@import|@font-face|<script|<image", drawn), path.name


def test_links_to_code_lead_into_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "project_url", {"Repository": "https://code.test/attrib"}.get)
    linked = site.relinked("[x](../attribution/records.py)", "docs/API.md", "api.md")
    assert linked == "[x](https://code.test/attrib/blob/HEAD/attribution/records.py)"


def test_a_link_to_a_missing_file_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"docs/API\.md: links to gone\.md"):
        site.relinked("[x](gone.md)", "docs/API.md", "api.md")


def test_faults_of_a_finished_site(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text('<h2 id="here">A</h2><a href="../index.html#top">up</a>')
    (tmp_path / "index.html").write_text(
        '<link rel="stylesheet" href="https://fonts.test/a.css"><a href="a/#here">1</a><a href="a/#gone">2</a>'
        '<a href="b/">3</a><a href="https://elsewhere.test/">4</a><img src="a.png">'
    )
    assert list(site.faults(tmp_path)) == [
        "a/index.html: ../index.html#top leads to no place on the page",
        "index.html: loads https://fonts.test/a.css",
        "index.html: a/#gone leads to no place on the page",
        "index.html: b/ leads nowhere",
        "index.html: a.png leads nowhere",
    ]
