"""What a notebook shows of an analysis: the marked text, whatever is in it, and one line where it cannot."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from html_pages import Node, read_page

from attribution.records import Analysis
from attribution.reporting.html import notebook_html

HOSTILE = "</style><script>alert(1)</script> \"quoted\" 'single' & \u202eturned"


def shown(analysis: Analysis) -> Node:
    return read_page(analysis._repr_html_()).one("div", "attrib-text")


def words_with(root: Node, look: str) -> str:
    return "".join(node.text for node in root.all("span", f"attrib-{look}") if node not in legend(root))


def legend(root: Node) -> list[Node]:
    return root.one("p", "attrib-told").all("span")


def test_the_text_of_all_blocks_is_shown(sample: Analysis) -> None:
    paragraphs = [paragraph.text for paragraph in shown(sample).all("p")[1:]]
    assert paragraphs == [sample.draft.text[block.span.start : block.span.end] for block in sample.draft.blocks]


def test_claims_have_the_look_of_those_who_answer_for_them(sample: Analysis) -> None:
    root = shown(sample)
    for claim in sample.claims:
        stretch = sample.draft.text[claim.spans[0].start : claim.spans[0].start + 5]
        assert stretch in words_with(root, claim.carrier.value), claim


def test_sources_cues_and_hedges_are_marked(sample: Analysis) -> None:
    root = shown(sample)
    found = sample.attributions[0]
    assert found.source.text.split()[0] in words_with(root, "source")
    assert found.cue.text in words_with(root, "cue")
    assert sample.hedges[0].text in words_with(root, "hedge")


def test_a_mark_says_who_says_so_and_how_surely(sample: Analysis) -> None:
    titles = [node.attributes["title"] for node in shown(sample).all("span") if "title" in node.attributes]
    assert titles
    assert all(re.search(r"; certainty [01]\.\d\d$", title) for title in titles)
    assert any(title.startswith("From a named source: ") for title in titles)


def test_the_legend_has_only_what_is_there(sample: Analysis) -> None:
    carriers = {claim.carrier.value for claim in sample.claims} - {"paper"}
    looks = {name.removeprefix("attrib-") for node in legend(shown(sample)) for name in node.classes}
    assert looks == carriers | {"source", "cue", "hedge"}


def test_it_leaves_the_page_around_it_alone(sample: Analysis) -> None:
    page = notebook_html(sample)
    assert "<script" not in page
    assert not [node for node in read_page(page).all() if "id" in node.attributes]
    style = read_page(page).one("style").text
    selectors = re.sub(r"/\*.*?\*/|\{.*?\}", "", style, flags=re.DOTALL)
    assert all(".attrib-text" in selector for line in selectors.split("\n") for selector in line.split(",") if selector)


def test_it_can_be_scrolled_and_is_named(sample: Analysis) -> None:
    attributes = shown(sample).attributes
    assert attributes["tabindex"] == "0"
    assert sample.draft.path in attributes["aria-label"]


def test_hostile_words_stay_words(sample: Analysis) -> None:
    draft = msgspec.structs.replace(sample.draft, path=HOSTILE)
    sources = tuple(msgspec.structs.replace(source, name=HOSTILE) for source in sample.sources)
    before = [node.name for node in read_page(notebook_html(sample)).all()]
    page = notebook_html(msgspec.structs.replace(sample, draft=draft, sources=sources))
    assert [node.name for node in read_page(page).all()] == before


def test_elsewhere_an_analysis_is_one_line(sample: Analysis) -> None:
    counts = re.fullmatch(r"<Analysis of '(.+)': (\d+) claims: .+>", repr(sample))
    assert counts is not None
    assert counts.groups() == (sample.draft.path, str(len(sample.claims)))


def test_the_columns_of_rows_are_documented(sample: Analysis) -> None:
    documentation = (Path(__file__).parents[2] / "docs" / "API.md").read_text(encoding="utf-8")
    section = documentation.split("## For a research notebook")[1].split("\n## ")[0]
    columns = [
        name for cells in re.findall(r"^\| (`.+?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", cells)
    ]
    assert sorted(columns) == sorted(sample.to_rows()[0])
