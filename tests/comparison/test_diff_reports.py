"""The changes of an edit as text, JSON, HTML and annotations."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from pair_cases import pairs, words
from rich.cells import cell_len

from attribution import reporting
from attribution.analysis import analyse_parsed
from attribution.comparison import ChangeKind, Comparison, compare
from attribution.parsing import read_conllu
from attribution.records import Analysis, Draft
from attribution.reporting.contract import schema_of
from attribution.reporting.diff_github import diff_github
from attribution.reporting.diff_gitlab import diff_gitlab
from attribution.reporting.diff_json import Diff, diff_json
from attribution.reporting.diff_text import diff_text
from attribution.reporting.diff_words import message, quoted
from attribution.reporting.html import diff_html

SCHEMA = json.loads((Path(reporting.__file__).parent / "schema" / "diff-1.0.json").read_text(encoding="utf-8"))
NAMES = [pair.name for pair in pairs()]
EXPECTED = Path(__file__).parent / "expected"


def stored(name: str) -> Comparison:
    return next(pair for pair in pairs() if pair.name == name).stored()


def hostile() -> Comparison:
    """Two drafts that try to break out of a page, a terminal and an annotation."""
    old = odd_analysis("pier</script>", "collapsed", "a:b,c%.txt")
    return compare(old, odd_analysis("<b>boat&\x1b[31m", "burned", "a:b,c%.txt"), *words())


def odd_analysis(noun: str, verb: str, path: str) -> Analysis:
    rows = [
        ("The", "DET", "DT", 2, "det"),
        (noun, "NOUN", "NN", 3, "nsubj"),
        (verb, "VERB", "VBD", 0, "root"),
        (".", "PUNCT", ".", 3, "punct"),
    ]
    lines = [
        f"{number}\t{form}\t{form}\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\t_"
        for number, (form, upos, xpos, head, relation) in enumerate(rows, 1)
    ]
    draft, sentences = read_conllu("\n".join(lines) + "\n\n", path)
    return analyse_parsed(draft, sentences, *words(), "given")


def nothing() -> Analysis:
    return analyse_parsed(Draft("", ()), (), *words(), "none")


# --- Text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 120])
def test_text_is_exactly_this(width: int) -> None:
    comparisons = [stored("wire copy rewritten with two faults"), stored("a claim cut")]
    expected = (EXPECTED / f"diff-{width}.txt").read_text(encoding="utf-8")
    assert diff_text(comparisons, width=width) == expected


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [60, 120])
def test_text_keeps_to_its_width(name: str, width: int) -> None:
    text = diff_text([stored(name)], width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "\x1b" not in text


def test_words_are_marked_by_colours_or_by_signs() -> None:
    comparisons = [stored("reportedly gone")]
    coloured = diff_text(comparisons, color=True, width=120)
    assert "\x1b[" in coloured
    bare = diff_text(comparisons, width=120)
    for sign in ("[-", "-]", "{+", "+}"):
        assert sign not in coloured.replace("\x1b[", "")
        bare = bare.replace(sign, "")
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == bare


def test_marks_are_visible_without_colour() -> None:
    text = diff_text([stored("may becomes will")])
    assert "- The quarry [-may-] close before the winter." in text
    assert "+ The quarry {+will+} close before the winter." in text


def test_text_without_change() -> None:
    assert "Nothing changed in who says so" in diff_text([stored("the same text")])
    assert diff_text([], nothing="No draft is there.") == "No draft is there.\n"


def test_ascii_terminals_get_ascii() -> None:
    assert diff_text([stored(name) for name in NAMES], encoding="ascii").isascii()


def test_a_draft_cannot_control_the_terminal() -> None:
    assert "\x1b" not in diff_text([hostile()])


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_schema_is_up_to_date() -> None:
    assert schema_of(Diff, "diff") == SCHEMA


@pytest.mark.parametrize("name", NAMES)
def test_json_follows_the_schema(name: str) -> None:
    comparison = stored(name)
    report = json.loads(diff_json([comparison]))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    (part,) = report["comparisons"]
    assert [change["kind"] for change in part["changes"]] == [change.kind.value for change in comparison.changes]
    assert {kind["kind"]: kind["count"] for kind in part["counts"]} == {
        kind.value: sum(change.kind is kind for change in comparison.changes) for kind in ChangeKind
    }


def test_json_of_a_draft_that_was_added() -> None:
    old = stored("reportedly gone").old
    report = json.loads(diff_json([compare(nothing(), old, *words()), compare(old, nothing(), *words())]))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    added, deleted = report["comparisons"]
    assert added["old"] is None
    assert [change["kind"] for change in added["changes"]] == ["claim-added-unsourced"]
    assert deleted["new"] is None
    assert [change["kind"] for change in deleted["changes"]] == ["claim-dropped"]


def test_json_of_nothing() -> None:
    report = json.loads(diff_json([]))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["comparisons"] == []


# --- HTML -------------------------------------------------------------------------------------------------------------


class _Tags(HTMLParser):
    """Checks that tags are closed in turn, and collects text, addresses and identifiers."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text.append(data)


def parsed(page: str) -> _Tags:
    tags = _Tags()
    tags.feed(page)
    tags.close()
    assert tags.open == []
    return tags


@pytest.mark.parametrize("name", NAMES)
def test_page_is_well_formed_and_shows_both_versions(name: str) -> None:
    comparison = stored(name)
    tags = parsed(diff_html([comparison]))
    shown = "".join("".join(tags.text).split())
    for analysis in (comparison.old, comparison.new):
        for sentence in analysis.sentences:
            assert "".join(sentence.text.split()) in shown
    for change in comparison.changes:
        assert "".join(message(change).split()) in shown


def test_page_needs_nothing_else() -> None:
    page = diff_html([stored("reportedly gone"), stored("a claim cut")])
    tags = parsed(page)
    assert not {"link", "img", "iframe"} & set(tags.seen)
    assert tags.seen.count("script") == 1
    targets = {value for name, value in tags.attributes if name == "id"}
    links = {value for name, value in tags.attributes if name == "href"}
    assert links
    assert all(link is not None and link[0] == "#" and link[1:] in targets for link in links)
    assert "http" not in re.sub(r"http-equiv", "", page)
    assert set(re.findall(r"url\([^)]*\)", page)) <= {
        f"url(#{name})" for name in ("hatching", "stripes", "dots", "bars")
    }
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe" not in policy
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;;" in policy


def test_filters_of_the_page_count_the_changes_of_each_kind() -> None:
    comparison = stored("wire copy rewritten with two faults")
    page = diff_html([comparison])
    shown = dict(re.findall(r'data-filter="([\w-]+)".*?class="count">(\d+)<', page))
    kinds = [change.kind.value for change in comparison.changes]
    assert len(set(kinds)) > 1
    assert shown == {kind: str(kinds.count(kind)) for kind in kinds}
    assert sorted(re.findall(r'<li data-groups="([\w-]+)"', page)) == sorted(kinds)


def test_page_escapes_drafts() -> None:
    page = diff_html([hostile()])
    tags = parsed(page)
    assert tags.seen.count("script") == 1
    assert "b" not in tags.seen
    assert "\x1b" not in page
    assert "pier</script>" in "".join(tags.text)


def test_page_is_small() -> None:
    comparison = stored("wire copy rewritten with two faults")
    assert len(diff_html([comparison] * 20).encode()) < 100_000


def test_page_without_drafts() -> None:
    assert "No draft is there." in diff_html([], nothing="No draft is there.")


# --- Annotations ------------------------------------------------------------------------------------------------------


def test_annotations_are_on_the_new_version() -> None:
    lines = diff_github([stored("one of two sources dropped")]).splitlines()
    assert lines == [
        "::warning file=new.txt,line=1,col=1,title=attrib%3A source dropped::"
        + message(stored("one of two sources dropped").changes[0])
    ]


def test_failing_kinds_are_errors() -> None:
    lines = diff_github([stored("source put in and hedge gone")], [ChangeKind.HARDENED]).splitlines()
    assert sorted(line.split()[0] for line in lines) == ["::error", "::notice"]


def test_a_dropped_claim_is_annotated_at_its_old_place() -> None:
    (line,) = diff_github([stored("a claim cut")]).splitlines()
    assert line.startswith("::notice file=new.txt,line=1,")


def test_annotations_escape_drafts() -> None:
    lines = diff_github([hostile()]).splitlines()
    assert lines
    assert all(
        line.startswith(("::warning file=a%3Ab%2Cc%25.txt,", "::notice file=a%3Ab%2Cc%25.txt,")) for line in lines
    )
    assert diff_github([]) == ""


def test_the_gravest_change_comes_first() -> None:
    comparison = stored("source put in and hedge gone")
    kinds = [change.kind.value for change in comparison.changes]
    assert kinds == ["source-added", "hardened"]
    assert [line.split()[0] for line in diff_github([comparison]).splitlines()] == ["::warning", "::notice"]
    assert [entry["check_name"] for entry in json.loads(diff_gitlab([comparison]))] == [
        "attrib-hardened",
        "attrib-source-added",
    ]


def test_code_quality_has_what_gitlab_asks_for() -> None:
    comparison = stored("accused of becomes did")
    (entry,) = json.loads(diff_gitlab([comparison], [ChangeKind.PLACE_OPENED]))
    assert entry["severity"] == "critical"
    assert entry["location"] == {"path": "new.txt", "positions": {"begin": {"line": 1, "column": 1}}}
    assert "Now to look at (needs a source)" in entry["description"]
    both = json.loads(diff_gitlab([comparison, comparison]))
    assert len({entry["fingerprint"] for entry in both}) == 2
    assert {entry["severity"] for entry in both} == {"major"}


def test_what_a_change_opened_is_told_with_its_remedy() -> None:
    comparison = stored("one attribution for two claims dropped")
    (change,) = comparison.changes
    (place,) = change.opened
    for text in (
        " ".join(diff_text([comparison]).split()),
        "".join(parsed(diff_html([comparison])).text),
        diff_github([comparison]),
    ):
        assert "Now to look at (needs a source)" in text
        assert place.remedy in text


# --- Messages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_messages_are_one_line_of_sentences(name: str) -> None:
    for change in stored(name).changes:
        text = message(change)
        assert "\n" not in text
        assert text[0].isupper() or text[0] == "“"
        assert text.endswith(".")


def test_messages_describe_both_versions() -> None:
    (change,) = stored("named person becomes officials").changes
    assert message(change) == (
        "Was attributed to Pavel Orsic (person); is now attributed to officials (unnamed official)."
    )
    (change,) = stored("claimed becomes confirmed").changes
    assert message(change) == "“claimed” became “confirmed”: the claim is stated more firmly."


def test_long_words_are_cut_at_a_word() -> None:
    assert quoted("one two three", 9) == "“one two …”"
    assert quoted("one “two”", 20) == "“one ‘two’”"
