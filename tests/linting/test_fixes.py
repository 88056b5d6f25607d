"""Fixes: what is changed in a file, and what never is."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_cases import words

from attribution.analysis import analyse_parsed
from attribution.ingest import read_text
from attribution.linting.context import Context
from attribution.linting.edits import Applicability, Edit, Fix, leaves_words, with_case_of
from attribution.linting.findings import Finding, make_finding
from attribution.linting.fixes import (
    apply_fixes,
    fix_diff,
    with_applicable_fixes,
    without_changes_of_quotations,
    write_fixed,
)
from attribution.linting.rule import Match
from attribution.linting.rules import RULES
from attribution.records import AttribError, Span

RULE = RULES[0]


def match_on(text: str, old: str, new: str, *, safe: bool = True, behind: int = 0) -> Match:
    """A match whose fix writes ``new`` for the first ``old`` after ``behind`` characters."""
    start = text.index(old, behind)
    span = Span(start, start + len(old))
    applicability = Applicability.SAFE if safe else Applicability.SUGGESTED
    fix = Fix(title=f"Write “{new}”", edits=(Edit(span, new),), applicability=applicability)
    return Match(span, "message", "Help.", fixes=(fix,))


def findings(source: str, *changes: tuple[str, str], format: str = "text", safe: bool = True) -> list[Finding]:
    draft = read_text(source, format, "draft")
    return [
        make_finding(draft, RULE, match_on(draft.text, old, new, safe=safe), RULE.severity, None)
        for old, new in changes
    ]


def fixed(source: str, *changes: tuple[str, str], format: str = "text") -> str:
    found = [with_applicable_fixes(finding, source) for finding in findings(source, *changes, format=format)]
    return apply_fixes(source, found).source


# --- Applying ---------------------------------------------------------------------------------------------------------


def test_fixes_are_made_whatever_their_order() -> None:
    source = "She claimed it.\r\nHe purchased it.\r\n"
    assert fixed(source, ("purchased", "bought"), ("claimed", "said")) == "She said it.\r\nHe bought it.\r\n"


def test_of_overlapping_fixes_the_first_is_made() -> None:
    result = apply_fixes(
        "It may possibly leak.", findings("It may possibly leak.", ("may possibly", "may"), ("possibly", ""))
    )
    assert result.source == "It may leak."
    assert len(result.mended) == 1


def test_suggested_fixes_are_made_only_on_demand() -> None:
    source = "She claimed it."
    found = findings(source, ("claimed", "said"), safe=False)
    assert apply_fixes(source, found).source == source
    assert apply_fixes(source, found, suggested=True).source == "She said it."


def test_a_newsroom_may_declare_a_rules_fixes_safe() -> None:
    source = "She claimed it."
    (finding,) = findings(source, ("claimed", "said"), safe=False)
    declared = with_applicable_fixes(finding, source, [RULE.id])
    assert apply_fixes(source, [declared]).source == "She said it."
    assert with_applicable_fixes(finding, source, ["SRC103"]).fixes[0].applicability is Applicability.SUGGESTED


def test_words_that_markup_interrupts_are_left() -> None:
    source = "It *was* clai**med** that it leaks."
    assert fixed(source, ("claimed", "said"), format="markdown") == source
    assert fixed(source, ("was", "is"), format="markdown") == "It *is* clai**med** that it leaks."
    assert fixed("<p>It was clai&#109;ed.</p>", ("claimed", "said"), format="html") == "<p>It was clai&#109;ed.</p>"


def test_a_replacement_is_escaped_in_html() -> None:
    assert fixed("<p>Salt and ash.</p>", ("and", "& <"), format="html") == "<p>Salt &amp; &lt; ash.</p>"


def test_positions_in_a_file_with_front_matter() -> None:
    source = "---\ntitle: Dam\n---\n\nThe *union* claimed it.\n"
    (finding,) = findings(source, ("claimed", "said"), format="markdown")
    (edit,) = finding.fixes[0].edits
    assert (edit.start.line, edit.start.column, edit.text) == (5, 13, "claimed")
    assert source[edit.start.offset : edit.end.offset] == "claimed"


# --- Quotations -------------------------------------------------------------------------------------------------------


def kept_in(text: str, old: str, new: str, behind: int = 0) -> bool:
    draft = read_text(text)
    lexicon, weights = words()
    context = Context(analyse_parsed(draft, (), lexicon, weights, "none"), lexicon)
    return bool(without_changes_of_quotations(match_on(text, old, new, behind=behind), context).fixes)


def test_words_in_quotation_marks_are_never_changed() -> None:
    text = "“They claimed it may leak,” she claimed."
    assert not kept_in(text, "claimed", "said")
    assert not kept_in(text, "leak,” she", "drip,” she")
    assert not kept_in(text, " may", "")
    assert kept_in(text, "claimed", "said", behind=20)


def test_a_mark_within_quotation_marks_may_be_added() -> None:
    assert kept_in("“It leaks” she said.", "”", ",”")


def test_leaving_words() -> None:
    assert leaves_words("”", ",”")
    assert leaves_words("it  leaks", "it, leaks")
    assert not leaves_words("may possibly", "may")
    assert not leaves_words("May", "may")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [("claimed", "said", "said"), ("Claimed", "said", "Said"), ("CLAIMED", "said", "SAID"), ("I", "we", "We")],
)
def test_letter_case(old: str, new: str, expected: str) -> None:
    assert with_case_of(old, new) == expected


# --- Files ------------------------------------------------------------------------------------------------------------


def test_diff() -> None:
    assert fix_diff("one\ntwo\nthree", "one\n2\nthree", "drafts/a.txt") == (
        "--- drafts/a.txt\n+++ drafts/a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n\\ No newline at end of file\n"
    )
    assert fix_diff("one\n", "one\n", "a.txt") == ""


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abce"), max_size=30))
def test_diffs_are_those_of_difflib(old: list[str], new: list[str]) -> None:
    before, after = ([f"{letter}\n" for letter in letters] for letters in (old, new))
    expected = "".join(difflib.unified_diff(before, after, "a.txt", "a.txt"))
    assert fix_diff("".join(before), "".join(after), "a.txt") == expected


def test_lines_that_repeat_are_matched_in_bounded_time(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["He claimed it.\n", "\n"] * 500
    changed = [line.replace("claimed", "said") if place % 20 == 0 else line for place, line in enumerate(lines)]
    monkeypatch.delattr(difflib.SequenceMatcher, "find_longest_match")
    added = [line for line in fix_diff("".join(lines), "".join(changed), "a.txt").splitlines() if line[0] == "+"]
    assert added.count("+He said it.") == 50


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")], ids=str
)
def test_encoding_mark_and_mode_are_kept(tmp_path: Path, mark: bytes, encoding: str) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(mark + "“Née”\r\n".encode(encoding))
    path.chmod(0o640)
    write_fixed(path, path.read_bytes(), "“Née”\r\n", "“Neé”\r\n")
    assert path.read_bytes() == mark + "“Neé”\r\n".encode(encoding)
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_another_encoding_is_left(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    data = "“Née”".encode("cp1252")
    path.write_bytes(data)
    with pytest.raises(AttribError, match="is not UTF-8 and was not fixed; save it as UTF-8"):
        write_fixed(path, data, "“Née”", "“Neé”")
    assert path.read_bytes() == data


def test_a_link_is_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "draft.txt", tmp_path / "link.txt"
    path.write_text("one", encoding="utf-8")
    link.symlink_to(path)
    write_fixed(link, b"one", "one", "two")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "two"
