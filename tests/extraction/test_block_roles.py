"""What blocks that are no running text mean for quotations and claims."""

from __future__ import annotations

import re

import pytest

from attribution.analysis import Analyser
from attribution.extraction.quotations import find_quotations
from attribution.ingest import read_text
from attribution.records import Analysis
from attribution.reporting.html import report_html
from attribution.reporting.text import report_text

ACCOUNT = "— Ida Bolt (@idabolt) March 3, 2026"
STORY = "Ida Bolt, the captain, was blunt. “We had no warning and no radio,” she said on Monday."


def post(words: str, account: str = ACCOUNT) -> str:
    return f"<blockquote class='twitter-tweet'><p>{words}</p>{account}</blockquote>"


def test_a_post_leaves_a_quotation_open_for_itself_alone() -> None:
    source = f"<p>It sank.</p>{post('“We were warned.')}{post('“Nobody listened.', ACCOUNT.replace('Ida', 'Ada'))}"
    draft = read_text(f"{source}<p>“It was old,” said Max Hale.</p>", "html")
    quotations, problems = find_quotations(draft)
    assert [draft.text[found.start : found.end] for found in quotations] == [
        "“We were warned.",
        "“Nobody listened.",
        "“It was old,”",
    ]
    assert problems == ()


def test_no_quotation_runs_from_a_cell_into_the_next() -> None:
    draft = read_text("| a | b |\n|---|---|\n| “It sank. | “It rose.” |\n", "markdown")
    quotations, problems = find_quotations(draft)
    assert [draft.text[found.start : found.end] for found in quotations] == ["“It sank.", "“It rose.”"]
    assert len(problems) == 1


def test_a_pull_quote_is_no_quotation() -> None:
    draft = read_text(f"{STORY}\n\n> “We had no warning and no radio”\n\nIt sank.\n", "markdown")
    assert len(find_quotations(draft)[0]) == 1


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


def voices(analysis: Analysis) -> list[tuple[str, str]]:
    return [(claim.voice.value, claim.text) for claim in analysis.claims]


@pytest.mark.slow
def test_a_pull_quote_counts_once(analyser: Analyser) -> None:
    once = analyser.analyse(read_text(f"{STORY}\n\nThe hull was torn.\n", "markdown"))
    twice = analyser.analyse(
        read_text(f"{STORY}\n\n> We had no warning and no radio\n> — Ida Bolt\n\nThe hull was torn.\n", "markdown")
    )
    assert voices(twice) == voices(once)
    assert [source.claims for source in twice.sources] == [source.claims for source in once.sources]
    assert len(twice.sentences) == len(once.sentences) + 2


@pytest.mark.slow
def test_a_post_is_its_authors_and_a_cell_the_papers(analyser: Analyser) -> None:
    table = "<table><tr><th>Ship<th>Note<tr><td>Aurora<td>The hull is rusty.</table>"
    analysis = analyser.analyse(read_text(f"<p>The hull was torn.</p>{post('It is a wreck.')}{table}", "html"))
    assert voices(analysis) == [
        ("own", "The hull was torn"),
        ("source", "It is a wreck"),
        ("own", "The hull is rusty"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "between",
    [
        "| Ship | Captain |\n|---|---|\n| Aurora | Max Hale |\n| Bolt | Otto Kell |",
        "![Max Hale stands at the quay.](a.jpg)",
        "[^1]: Max Hale wrote the report.",
    ],
    ids=["table", "caption", "note"],
)
def test_a_pronoun_looks_back_over_what_stands_between_paragraphs(between: str, analyser: Analyser) -> None:
    source = f"Ivan Bolt has run the harbour for ten years.[^1]\n\n{between}\n\nHe said the ferry was old.\n"
    analysis = analyser.analyse(read_text(source, "markdown"))
    said = next(found for found in analysis.attributions if found.cue.text == "said")
    names = {source.id: source.name for source in analysis.sources}
    assert names[said.source.entity or ""] == "Ivan Bolt"


@pytest.mark.slow
def test_reports_say_what_is_no_running_text(analyser: Analyser) -> None:
    table = "| Ship | Built |\n|---|---|\n| Aurora | 1971 |"
    analysis = analyser.analyse(
        read_text(f"{STORY}[^1]\n\n> We had no warning and no radio\n\n{table}\n\n[^1]: It is so.\n", "markdown")
    )
    page, text = report_html(analysis), report_text(analysis)
    assert re.findall(r'data-label="([^":]*)', page) == ["Pull quote", "Table", "Note"]
    assert page.count("role-table-cell") >= 2
    assert [line for line in text.splitlines() if line in ("Table", "Note")] == ["Table", "Note"]
    assert "Ship\n         Built\n         Aurora" in text
