"""attrib convert: input files, output files and errors."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from attribution import reporting
from attribution.cli.main import attrib
from attribution.conversion.conllu import conllu
from attribution.conversion.formats import FORMATS
from attribution.ingest import read_draft
from attribution.records import Analysis
from attribution.reporting.json import report_json, reports_json

SCHEMA = json.loads((Path(reporting.__file__).parent / "schema" / "report-1.0.json").read_text(encoding="utf-8"))
TEXT = "The mayor may resign, said Ada Lund 🙂.\n"
STANDOFF = """\
T1\tContent 0 20\tThe mayor may resign
T2\tCue 22 26\tsaid
T3\tSource 27 35\tAda Lund
R1\tSource-of Arg1:T2 Arg2:T3
R2\tContent-of Arg1:T2 Arg2:T1
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, analysis: Analysis) -> Path:
    """A folder with a report, its draft, the same as CoNLL-U, and standoff."""
    monkeypatch.chdir(tmp_path)
    path = Path(analysis.draft.path)
    path.parent.mkdir(parents=True)
    path.write_text(analysis.draft.text, encoding="utf-8", newline="")
    Path("report.json").write_text(report_json(analysis), encoding="utf-8")
    Path("parsed.conllu").write_text(conllu(analysis), encoding="utf-8")
    Path("mayor.txt").write_text(TEXT, encoding="utf-8")
    Path("mayor.ann").write_text(STANDOFF, encoding="utf-8")
    return tmp_path


def run(*arguments: str, data: str | None = None) -> Result:
    return CliRunner().invoke(attrib, ["convert", *arguments], input=data)


def assert_fails(result: Result, *pieces: str) -> None:
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    for piece in pieces:
        assert piece in result.stderr


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"conllu"}))
def test_a_report_becomes_every_format_that_needs_no_parse(folder: Path, form: str) -> None:
    shown = run("report.json", "--to", form)
    assert (shown.exit_code, shown.stderr) == (0, "")
    written = run("report.json", "--to", form, "-o", f"out.{form}")
    assert (written.exit_code, written.stdout) == (0, "")
    assert Path(f"out.{form}").read_text(encoding="utf-8") == shown.stdout


def test_json_and_conllu_convert_to_each_other(folder: Path, analysis: Analysis) -> None:
    reported = run("parsed.conllu", "--to", "json").stdout
    assert reported == report_json(analysis)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(reported))
    assert run("parsed.conllu", "--to", "conllu").stdout == conllu(analysis)
    assert run("report.json", "--to", "json").stdout == reported


def test_json_lines_and_arrays_hold_several_documents(folder: Path, analysis: Analysis) -> None:
    Path("two.json").write_text(reports_json([analysis, analysis]), encoding="utf-8")
    lines = run("two.json", "--to", "jsonl").stdout
    assert len(lines.splitlines()) == 2
    Path("two.jsonl").write_text(lines, encoding="utf-8")
    assert run("two.jsonl", "--to", "json").stdout == reports_json([analysis, analysis])
    assert_fails(run("two.json", "--to", "citron"), "two.json: holds 2 documents, but a citron file holds one")
    assert_fails(run("two.json", "--to", "json", "--text", "mayor.txt"), "--text is the article of one")


def test_standoff_becomes_json_with_a_notice_of_what_is_missing(folder: Path) -> None:
    result = run("mayor.ann", "--to", "json")
    assert result.exit_code == 0
    assert "converted from brat standoff, which has no kinds of source" in result.stderr
    report = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["document"]["notices"][-1] in result.stderr
    assert report["attributions"][0]["source"]["text"] == "Ada Lund"
    Path("back.json").write_text(result.stdout, encoding="utf-8")
    assert sorted(run("back.json", "--to", "brat").stdout.splitlines()[:3]) == [
        "T1\tCue 22 26\tsaid",
        "T2\tSource 27 35\tAda Lund",
        "T3\tContent 0 20\tThe mayor may resign",
    ]


def test_citron_becomes_json(folder: Path) -> None:
    Path("c.json").write_text(run("mayor.ann", "--to", "citron").stdout, encoding="utf-8")
    report = json.loads(run("c.json", "--to", "json").stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert report["document"]["path"] == "c"
    assert [attribution["cue"]["text"] for attribution in report["attributions"]] == ["said"]


def test_standoff_is_written_beside_its_text(folder: Path, analysis: Analysis) -> None:
    assert run("report.json", "--to", "brat", "-o", "new.ann").exit_code == 0
    assert read_draft(Path("new.txt")).text == analysis.draft.text
    assert run("new.ann", "--to", "brat", "-o", "again.ann").exit_code == 0
    assert run("report.json", "--to", "brat", "-o", "new.ann").exit_code == 0
    wrong = run("report.json", "--to", "brat", "-o", "mayor.ann", "--overwrite")
    assert_fails(wrong, "mayor.txt: is not the text that was annotated")
    assert Path("mayor.ann").read_text(encoding="utf-8") == STANDOFF


def test_standard_input(folder: Path) -> None:
    shown = run("-", "--from", "json", "--to", "claims-csv", data=Path("report.json").read_text(encoding="utf-8"))
    assert shown.exit_code == 0
    assert shown.stdout == run("report.json", "--to", "claims-csv").stdout
    assert run("-", "--from", "brat", "--text", "mayor.txt", "--to", "displacy", data=STANDOFF).exit_code == 0
    assert_fails(run("-", "--to", "json", data="{}"), "--from")
    assert_fails(run("-", "--from", "brat", "--to", "json", data=STANDOFF), "name it with --text")


def test_a_draft_in_another_place_can_be_named(folder: Path, analysis: Analysis) -> None:
    Path(analysis.draft.path).rename("moved.txt")
    assert_fails(run("report.json", "--to", "json"), "which is not there", "name it with --text")
    assert run("report.json", "--to", "json", "--text", "moved.txt").stdout == report_json(analysis)


@pytest.mark.parametrize(
    ("arguments", "pieces"),
    [
        (["report.json", "--to", "jsn"], ["no format 'jsn'; did you mean json? give one of brat, citron, "]),
        (["report.json", "--to", "xyzzy"], ["no format 'xyzzy'; give one of brat, citron, "]),
        (["report.json", "--to", "json", "--from", "cytron"], ["'cytron' cannot be read; did you mean citron?"]),
        (["report.json", "--to", "json", "--from", "citron"], ["report.json: is a report of attrib, not Citron's"]),
        (["gone.json", "--to", "json"], ["gone.json: there is no such file"]),
        (["odd.xml", "--to", "json"], ["odd.xml: the name does not tell the format"]),
        (["alone.ann", "--to", "json"], ["alone.ann: there is no article beside it"]),
        (["broken.json", "--to", "json"], ["broken.json:2:3: is not JSON"]),
        (["wrong.ann", "--to", "json", "--text", "mayor.txt"], ["wrong.ann:2: the text has 'said', not 'says'"]),
        (["bare.conllu", "--to", "json"], ["bare.conllu: is CoNLL-U without comments of attrib"]),
        (["short.conllu", "--to", "json"], ["short.conllu:2: a CoNLL-U row has 10 columns, this one 2"]),
        (["report.json", "--to", "json", "-o", "report.json"], ["report.json: is one of the files that are read"]),
    ],
)
def test_errors_are_one_line(folder: Path, arguments: list[str], pieces: list[str]) -> None:
    Path("alone.ann").write_text(STANDOFF, encoding="utf-8")
    Path("broken.json").write_text('{"schema_version":\n  oops}\n', encoding="utf-8")
    Path("wrong.ann").write_text(STANDOFF.replace("said", "says"), encoding="utf-8")
    row = "1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_\n"
    Path("bare.conllu").write_text(f"# newpar\n{row}\n", encoding="utf-8")
    Path("short.conllu").write_text("# newpar\n1\tYes\n", encoding="utf-8")
    assert_fails(run(*arguments), *pieces)


@pytest.mark.slow
def test_drafts_are_parsed_if_the_format_needs_it(tmp_path: Path) -> None:
    (tmp_path / "mayor.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "mayor.ann").write_text(STANDOFF, encoding="utf-8")
    parsed = run(str(tmp_path / "mayor.ann"), "--to", "conllu")
    assert parsed.exit_code == 0
    assert "4\tresign\tresign\tVERB" in parsed.stdout
    assert "|Content=I-a1" in parsed.stdout
    draft = run(str(tmp_path / "mayor.txt"), "--to", "json")
    assert json.loads(draft.stdout)["attributions"][0]["source"]["kind"] == "named-person"


@pytest.mark.parametrize(
    ("command", "unit", "end"), [("report", "utf8", 5), ("report", "utf16", 3), ("report", "code-points", 2)]
)
def test_offsets_of_reports(tmp_path: Path, command: str, unit: str, end: int) -> None:
    row = "1\t🙂\t🙂\tSYM\t.\t_\t2\tdep\t_\tSpaceAfter=No\n2\tx\tx\tX\tX\t_\t0\troot\t_\t_\n"
    (tmp_path / "smile.conllu").write_text(row + "\n", encoding="utf-8")
    arguments = [command, str(tmp_path / "smile.conllu"), "--offsets", unit, "-f"]
    for form in ("json", "jsonl"):
        result = CliRunner().invoke(attrib, [*arguments, form])
        reported = json.loads(result.stdout)
        assert reported["document"]["offsets"] == unit
        assert reported["sentences"][0]["end"] == end
        assert reported["document"]["characters"] == 2


@pytest.mark.parametrize(("command", "form"), [("report", "text"), ("sources", "text"), ("sources", "csv")])
def test_offsets_are_refused_for_formats_without_offsets(folder: Path, command: str, form: str) -> None:
    result = CliRunner().invoke(attrib, [command, "parsed.conllu", "-f", form, "--offsets", "utf8"])
    assert_fails(result, "--offsets goes with -f json")


def test_offsets_of_ledgers(folder: Path) -> None:
    result = CliRunner().invoke(attrib, ["sources", "parsed.conllu", "-f", "json", "--offsets", "utf16"])
    assert json.loads(result.stdout)["offsets"] == "utf16"
