"""Suppressions in comments and beside the draft, baselines, and diffs."""

from __future__ import annotations

from collections import Counter

import pytest

from attribution.ingest import read_text
from attribution.linting import find_rule
from attribution.linting.baseline import baseline_of, read_baseline, updated, without_baseline, write_baseline
from attribution.linting.changes import FileChange, read_changes
from attribution.linting.engine import with_fingerprints
from attribution.linting.findings import Finding, Suppression, SuppressionKind, make_finding
from attribution.linting.fixes import apply_fixes
from attribution.linting.rule import Match
from attribution.linting.suppressions import (
    Silenced,
    complaints_about,
    directives_for,
    is_used,
    read_comments,
    read_sidecar,
    silence,
    without_file,
)
from attribution.records import Analysis, AttribError, Sentence, Span, Summary, VoiceCounts

ACTIVE = frozenset({"SRC104", "SRC105", "SUP901", "SUP902"})


def article(source: str, form: str = "markdown") -> tuple[Analysis, tuple[Finding, ...]]:
    """An article in which each *Experts* and each *media* is a finding; a block is a sentence."""
    draft = read_text(source, form, "a.md")
    sentences = tuple(
        Sentence(
            f"s{number}", block.span.start, block.span.end, draft.text[block.span.start : block.span.end], number, ()
        )
        for number, block in enumerate(draft.blocks)
    )
    analysis = Analysis(
        draft, "none", sentences, (), (), (), (), (), (), Summary(0, 0, VoiceCounts(), None, None, 0, 0), ()
    )
    found = []
    for word, name in (("Experts", "SRC104"), ("media", "SRC105")):
        rule = find_rule(name)
        assert rule is not None
        start = draft.text.find(word)
        while start >= 0:
            sentence = next(sentence.id for sentence in sentences if sentence.span.covers(Span(start, start + 1)))
            match = Match(Span(start, start + len(word)), "m", "H.")
            found.append(make_finding(draft, rule, match, rule.severity, sentence))
            start = draft.text.find(word, start + 1)
    return analysis, with_fingerprints(analysis, found)


def silenced(source: str, form: str = "markdown") -> Silenced:
    analysis, found = article(source, form)
    return silence(analysis, source, found, ACTIVE)


def places(findings: tuple[Finding, ...]) -> list[tuple[str, int]]:
    return [(finding.rule, finding.start.line) for finding in findings]


def test_comment_before_a_paragraph_is_for_that_paragraph() -> None:
    found = silenced("<!-- attrib: ignore[SRC104] named below -->\n\nExperts say.\n\nExperts say.\n")
    assert places(found.findings) == [("SRC104", 5)]
    assert places(found.suppressed) == [("SRC104", 3)]
    assert found.suppressed[0].suppression is not None
    assert found.suppressed[0].suppression.reason == "named below"
    assert found.complaints == ()


@pytest.mark.parametrize(
    "source",
    [
        "Experts say. <!-- attrib: ignore[SRC104] named below -->\n\nThey do.\n",
        "So <!-- attrib: ignore[vague-collective-source] named below --> Experts say.\n",
        "<!-- attrib: ignore[SRC105, SRC104] named below -->\nExperts say media.\n",
        "<!--attrib:ignore[src104]named below-->\n\nExperts say.\n",
        "They do.\n\n<!-- attrib: ignore-file[SRC104] an interview -->\n\nYes.\n\nExperts say.\n",
    ],
    ids=["at the end", "in the middle, by name", "two rules", "no spaces", "the file"],
)
def test_places_and_forms_of_comments(source: str) -> None:
    found = silenced(source)
    assert found.findings == ()
    assert found.complaints == ()
    assert found.suppressed


def test_disable_and_enable() -> None:
    source = (
        "Experts say.\n\n<!-- attrib: disable[SRC104] a vox pop -->\n\nExperts say media.\n\nExperts say.\n\n"
        "<!-- attrib: enable[SRC104] -->\n\nExperts say.\n"
    )
    found = silenced(source)
    assert places(found.findings) == [("SRC104", 1), ("SRC105", 5), ("SRC104", 11)]
    assert found.complaints == ()
    assert places(silenced(source.replace("<!-- attrib: enable[SRC104] -->", "")).findings) == [
        ("SRC104", 1),
        ("SRC105", 5),
    ]


def test_html() -> None:
    found = silenced(
        "<p>Yes.</p>\n<!-- attrib: ignore[SRC104] named -->\n<p>Experts say.</p>\n<p>Experts.</p>\n", "html"
    )
    assert places(found.suppressed) == [("SRC104", 3)]
    assert places(found.findings) == [("SRC104", 4)]


def test_plain_text_takes_no_comments() -> None:
    found = silenced("<!-- attrib: ignore[SRC104] x -->\n\nExperts say.\n", "text")
    assert places(found.findings) == [("SRC104", 3)]
    assert found.complaints == ()


@pytest.mark.parametrize(
    ("comment", "messages"),
    [
        ("ignore[SRC105] why", ["the suppression of SRC105 has no effect"]),
        ("ignore why", ["the suppression names no rule"]),
        ("ignore[] why", ["the suppression names no rule"]),
        ("ignore[SRC999] why", ["the suppression names “SRC999”, which is not a rule"]),
        ("ignor[SRC104] why", ["the comment is not a suppression that attrib knows"]),
        ("ignore[SRC104]", ["the suppression gives no reason"]),
        ("enable[SRC105]", []),
        ("ignore[HDG303] why", []),
    ],
)
def test_complaints(comment: str, messages: list[str]) -> None:
    found = silenced(f"<!-- attrib: {comment} -->\n\nExperts say.\n")
    assert [complaint.message for complaint in found.complaints] == messages
    assert all(complaint.start.line == 1 for complaint in found.complaints)


def test_complaints_are_rules_that_can_be_switched_off() -> None:
    source = "<!-- attrib: ignore[SRC105] -->\n\nExperts say.\n"
    analysis, found = article(source)
    assert silence(analysis, source, found, frozenset({"SRC104", "SRC105"})).complaints == ()


def test_comments_know_their_place() -> None:
    source = "Yes.\n\n<!-- attrib: ignore[SRC104]\n  two\n  lines -->\nExperts say.\n"
    (directive,) = read_comments(source)
    assert source[directive.start : directive.end].startswith("<!-- attrib")
    assert directive.reason == "two lines"
    assert places(silenced(source).suppressed) == [("SRC104", 6)]


SIDECAR = """\
[[ignore]]
file = "a*.txt"
rule = "SRC104"
words = "Experts “say”"
reason = "named in the box"
"""


def test_sidecar_goes_by_rule_and_words() -> None:
    entries = read_sidecar(SIDECAR, ".attrib-ignore.toml")
    beside = directives_for(entries, "a.txt")
    assert directives_for(entries, "b.txt") == ()
    analysis, found = article("Experts say.\n\nExperts doubt.\n", "text")
    result = silence(analysis, "Experts say.\n\nExperts doubt.\n", found, ACTIVE, beside)
    assert places(result.suppressed) == [("SRC104", 1)]
    assert places(result.findings) == [("SRC104", 3)]


def test_an_entry_without_words_is_for_the_whole_article() -> None:
    text = SIDECAR.replace('words = "Experts “say”"\n', "")
    ((_, entry),) = read_sidecar(text, ".attrib-ignore.toml")
    source = "Experts say.\n\nSome media.\n\nExperts doubt.\n"
    analysis, found = article(source, "text")
    result = silence(analysis, source, found, ACTIVE, (entry,))
    assert places(result.suppressed) == [("SRC104", 1), ("SRC104", 5)]
    assert places(result.findings) == [("SRC105", 3)]
    assert result.suppressed[0].suppression == Suppression(SuppressionKind.SIDECAR, "named in the box")
    assert is_used(entry, result.suppressed, analysis) == {"SRC104"}
    assert [complaint.message for complaint in complaints_about([entry], set(), ACTIVE, "x", text)] == [
        "the suppression of SRC104 has no effect"
    ]


def test_an_entry_for_a_file_that_is_not_there() -> None:
    text = f'{SIDECAR}\n[[ignore]]\nfile = "gone.txt"\nrule = "SRC104"\nreason = "an interview"\n'
    entries = read_sidecar(text, ".attrib-ignore.toml")
    missing = without_file(entries, ["b.txt", "a1.txt"])
    assert [glob for glob, _ in missing] == ["gone.txt"]
    assert without_file(entries, ["a.txt", "gone.txt"]) == ()
    (complaint,) = complaints_about([], set(), ACTIVE, ".attrib-ignore.toml", text, missing)
    assert (complaint.rule, complaint.message) == ("SUP901", "there is no file “gone.txt”")
    assert (complaint.start.line, complaint.help) == (7, "Remove it, or give the file's name as it is now.")
    assert complaints_about([], set(), frozenset({"SRC104"}), ".attrib-ignore.toml", text, missing) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[ignore]]\nrule = 'SRC104'\n", 'x:1: the entry has no file; write file = "…"'),
        (
            "[[ignore]]\nfile = 'a'\nrule = 'SRC104'\nwords = '–'\n",
            "x:1: words holds no word; leave it out to ignore the rule in the whole article",
        ),
        ("\n" + SIDECAR + "why = 'x'\n", "x:2: an entry has no why; allowed are file, rule, words and reason"),
        ("[rules]\n", "x: holds rules; it may hold [[ignore]] tables only"),
        ("ignore = [1]\n", "x: holds something else; it may hold [[ignore]] tables only"),
        ("a = \n", "x: is not valid TOML"),
        ("a = " + "[" * 100_000, "x: is nested too deeply; write [[ignore]] tables"),
    ],
)
def test_mistakes_in_the_sidecar(text: str, message: str) -> None:
    with pytest.raises(AttribError) as caught:
        read_sidecar(text, "x")
    assert str(caught.value).startswith(message)


# --- Baseline ---------------------------------------------------------------------------------------------------------


def test_baseline_survives_reordering_and_counts() -> None:
    _, found = article("Experts say.\n\nExperts say.\n\nSome media.\n")
    baseline = read_baseline(write_baseline(baseline_of({"a.txt": found})), "b.json")
    assert sum(baseline.values()) == 3
    _, moved = article("Some media.\n\nNew words.\n\nExperts say.\n\nExperts say.\n\nExperts say.\n")
    new, known = without_baseline(moved, baseline, "a.txt")
    assert len(known) == 3
    assert places(new) == [("SRC104", 9)]
    assert all(finding.suppression is not None for finding in known)
    assert without_baseline(moved, baseline, "b.txt") == (moved, ())


def test_only_what_was_read_is_updated() -> None:
    _, found = article("Experts say.\n")
    (finding,) = found
    both = baseline_of({"a.txt": found, "b.txt": found})
    assert updated(both, baseline_of({"a.txt": (finding, finding)}), lambda path: path == "a.txt") == {
        ("a.txt", "SRC104", finding.fingerprint): 2,
        ("b.txt", "SRC104", finding.fingerprint): 1,
    }
    assert list(updated(both, baseline_of({}), lambda path: path == "a.txt")) == [
        ("b.txt", "SRC104", finding.fingerprint)
    ]


def test_empty_baseline() -> None:
    assert read_baseline(write_baseline(Counter()), "b.json") == Counter()
    with pytest.raises(AttribError, match="version 9"):
        read_baseline('{"version": 9, "findings": []}', "b.json")


# --- Diffs ------------------------------------------------------------------------------------------------------------

DIFF = """\
diff --git a/drafts/a.md b/drafts/a.md
index 1..2 100644
--- a/drafts/a.md
+++ b/drafts/a.md
@@ -1,3 +1,4 @@
 one
-two
+TWO
+new
 three
@@ -10 +11,2 @@ heading
-ten
+TEN
+--- not a header
diff --git a/gone.md b/gone.md
deleted file mode 100644
--- a/gone.md
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git "a/caf\\303\\251.md" "b/caf\\303\\251.md"
new file mode 100644
--- /dev/null
+++ "b/caf\\303\\251.md"
@@ -0,0 +1 @@
+x
\\ No newline at end of file
"""


def test_changed_lines() -> None:
    changes = read_changes(DIFF, "x.diff")
    assert {name: change.lines for name, change in changes.items()} == {
        "drafts/a.md": frozenset({2, 3, 11, 12}),
        "café.md": frozenset({1}),
    }


AFTER = "".join(f"{line}\n" for line in "one TWO new three 5 6 7 8 9 10 TEN".split()) + "-- not a header\nend\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_change_can_be_undone(line_end: str) -> None:
    diff = DIFF.replace("+--- not", "+-- not")
    change = read_changes(diff, "x.diff")["drafts/a.md"]
    before = change.undone(AFTER.replace("\n", line_end))
    assert before is not None
    assert before.split() == "one two three 5 6 7 8 9 10 ten end".split()
    assert change.undone("other\n" * 20) is None
    assert change.undone("") is None


def test_deleted_lines_are_put_back_where_they_were() -> None:
    diff = "--- a/a.txt\n+++ b/a.txt\n@@ -2,2 +1,0 @@\n-b\n-c\n@@ -5 +2,0 @@\n-e\n"
    change = read_changes(diff, "x.diff")["a.txt"]
    assert change.lines == frozenset()
    assert change.undone("a\nd\n") == "a\nb\nc\nd\ne\n"
    assert FileChange(frozenset()).undone("a") == "a"


def test_empty_and_invalid_diff() -> None:
    assert read_changes("", "x") == {}
    with pytest.raises(AttribError, match="x: is not a unified diff"):
        read_changes("hello", "x")
    with pytest.raises(AttribError, match=r"x: is not a unified diff \(Hunk is shorter"):
        read_changes("--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n a\n", "x")


# --- Taking out what is unused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One.\n\n<!-- attrib: ignore[SRC104] x -->\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("<!-- attrib: ignore-file[SRC104] x -->\n\nTwo.\n", "Two.\n"),
        ("One.\r\n\r\n<!-- attrib: ignore[SRC104] x -->\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n"),
        ("One. <!-- attrib: ignore[SRC104] x --> Two.\n", "One. Two.\n"),
        ("One.\n<!-- attrib: ignore[SRC104] x -->", "One.\n"),
    ],
)
def test_an_unused_comment_is_taken_out(before: str, after: str) -> None:
    analysis, _ = article(before)
    (complaint,) = silence(analysis, before, (), {"SUP901", "SRC104"}).complaints
    assert apply_fixes(before, [complaint]).source == after


def test_a_comment_of_several_rules_is_left() -> None:
    source = "One. <!-- attrib: ignore[SRC104,SRC105] x -->\n"
    analysis, _ = article(source)
    complaints = silence(analysis, source, (), {"SUP901", "SRC104", "SRC105"}).complaints
    assert [complaint.fixes for complaint in complaints] == [(), ()]
