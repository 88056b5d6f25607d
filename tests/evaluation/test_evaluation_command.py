"""``attrib evaluate``, scoring given results: no model is loaded."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attribution.cli.main import attrib

TEXT = "The pier is old, she said.\n"
STANDOFF = """\
T1\tContent 0 15\tThe pier is old
T2\tSource 17 20\tshe
T3\tCue 21 25\tsaid
T4\tHedge 9 11\tis
R1\tSource-of Arg1:T3 Arg2:T2
R2\tContent-of Arg1:T3 Arg2:T1
"""
SAID = {"source": [[17, 20]], "cue": [[21, 25]], "content": [[0, 15]]}
LINE = {"doc": "pier", "text": TEXT, "attributions": [SAID]}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("gold").mkdir()
    Path("gold/pier.ann").write_text(STANDOFF, encoding="utf-8")
    Path("gold/pier.txt").write_text(TEXT, encoding="utf-8")
    Path("right.jsonl").write_text(json.dumps(LINE), encoding="utf-8")
    Path("nothing.jsonl").write_text(json.dumps({"doc": "pier", "attributions": []}), encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(attrib, ["evaluate", *arguments])


def rows(stdout: str) -> dict[str, list[str]]:
    """The rows of the first table: the name of the part and its cells."""
    table = stdout.split("\nF1 by manner")[0]
    return {name: cells for name, *cells in (re.split(r"\s{2,}", line) for line in table.splitlines())}


def test_a_folder_of_standoff_is_scored_against_given_results() -> None:
    result = run("gold", "--against", "right.jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert rows(result.stdout)["cue"] == ["100.0", "100.0", "100.0", "1", "1", "1"]
    assert "hedge" not in rows(result.stdout), "the results hold no hedges"


def test_two_systems_share_a_table() -> None:
    result = run("gold/pier.ann", "--against", "right.jsonl", "--compare", "nothing.jsonl", "--by-document")
    assert result.exit_code == 0
    assert rows(result.stdout)["all soft"] == ["100.0", "100.0", "100.0", "0.0", "0.0", "0.0", "1"]
    assert "F1 by document: nothing.jsonl" in result.stdout


def test_disagreements_are_told_by_line_and_column() -> None:
    result = run("gold", "--against", "nothing.jsonl", "--disagreements")
    assert "gold/pier.txt:1:1  attribution: missed" in result.stdout
    assert "source: she" in result.stdout
    assert "Disagreements" not in run("gold", "--against", "nothing.jsonl").stdout


def test_json_for_programs() -> None:
    result = run("gold", "--against", "right.jsonl", "--compare", "nothing.jsonl", "--disagreements", "-f", "json")
    data = json.loads(result.stdout)
    assert data["documents"] == 1
    assert [system["outer"]["cue"]["f1"] for system in data["systems"]] == [1.0, 0.0]
    assert [place["place"] for place in data["disagreements"]] == ["gold/pier.txt:1:1"]


@pytest.mark.parametrize("name", ["right.jsonl", "gold/pier.ann", "gold", "citron"])
def test_every_form_is_gold_and_result(name: str) -> None:
    Path("citron").mkdir()
    quote = {
        "cue": {"start": 21, "end": 25, "text": "said"},
        "sources": [{"start": 17, "end": 20, "text": "she"}],
        "contents": [{"start": 0, "end": 15, "text": "The pier is old"}],
    }
    Path("citron/pier.json").write_text(json.dumps({"text": TEXT, "quotes": [quote]}), encoding="utf-8")
    for arguments in ((name, "--against", "right.jsonl"), ("right.jsonl", "--against", name)):
        result = run(*arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        assert rows(result.stdout)["all exact"][:3] == ["100.0", "100.0", "100.0"]


def test_a_report_is_gold_when_its_draft_is_there() -> None:
    report = {
        "schema_version": "1.0",
        "document": {"path": "gold/pier.txt", "characters": len(TEXT)},
        "attributions": [],
    }
    Path("report.json").write_text(json.dumps(report), encoding="utf-8")
    assert rows(run("report.json", "--against", "right.jsonl").stdout)["cue"] == ["0.0", "0.0", "0.0", "0", "1", "0"]
    Path("gold/pier.txt").unlink()
    result = run("report.json", "--against", "right.jsonl")
    assert result.exit_code == 2
    assert (
        result.stderr == "attrib: report.json: reports on gold/pier.txt, which is not there; put it beside the report\n"
    )


def test_documents_without_result_count_as_nothing_found() -> None:
    Path("gold/quay.ann").write_text(STANDOFF, encoding="utf-8")
    Path("gold/quay.txt").write_text(TEXT, encoding="utf-8")
    result = run("gold", "--against", "right.jsonl")
    assert result.exit_code == 0
    assert rows(result.stdout)["cue"] == ["100.0", "50.0", "66.7", "1", "1", "2"]
    assert result.stderr.startswith("attrib: right.jsonl: has no result for 1 of 2 documents")


def break_annotation() -> None:
    Path("gold/pier.txt").write_text("The dock is old, she said.\n", encoding="utf-8")


def remove_article() -> None:
    Path("gold/pier.txt").unlink()


def remove_annotation() -> None:
    Path("gold/pier.ann").unlink()


def write_other_text() -> None:
    Path("right.jsonl").write_text(json.dumps(LINE | {"text": TEXT.replace("old", "new")}), encoding="utf-8")


def write_latin() -> None:
    Path("gold/pier.ann").write_bytes("T1\tCue 21 25\tsaïd\n".encode("latin-1"))


def write_textless() -> None:
    Path("textless.jsonl").write_text(json.dumps({"doc": "a", "attributions": []}), encoding="utf-8")


def write_duplicate() -> None:
    Path("twice.jsonl").write_text(f"{json.dumps(LINE)}\n{json.dumps(LINE)}\n", encoding="utf-8")


def nothing() -> None:
    pass


@pytest.mark.parametrize(
    ("prepare", "arguments", "message"),
    [
        (nothing, ["nowhere.ann"], "nowhere.ann: there is no article beside it"),
        (nothing, ["nowhere.json"], "nowhere.json: there is no such file"),
        (nothing, ["nowhere"], "nowhere: is not an annotation file"),
        (nothing, [], "Missing argument 'GOLD...'"),
        (nothing, ["gold", "--strict"], "--strict goes with --disagreements"),
        (
            nothing,
            ["gold", "-o", "gold/pier.ann", "--against", "right.jsonl"],
            "gold/pier.ann: is one of the files that are read",
        ),
        (break_annotation, ["gold"], "gold/pier.ann:1: the text has 'The dock is old'"),
        (remove_article, ["gold"], "gold/pier.ann: there is no article beside it"),
        (remove_annotation, ["gold"], "gold: the folder holds no annotation"),
        (write_latin, ["gold"], "gold/pier.ann: is not UTF-8"),
        (write_textless, ["textless.jsonl"], "textless.jsonl: a comes without text"),
        (write_textless, ["gold", "--against", "textless.jsonl"], "textless.jsonl: holds no result for any"),
        (write_other_text, ["gold", "--against", "right.jsonl"], "right.jsonl: annotates another text"),
        (write_duplicate, ["gold", "--against", "twice.jsonl"], "twice.jsonl: is the second result for pier"),
        (write_duplicate, ["twice.jsonl", "--against", "gold"], "pier: is the second document of this name"),
    ],
)
def test_mistakes_are_one_line_on_stderr(prepare: object, arguments: list[str], message: str) -> None:
    assert callable(prepare)
    prepare()
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.slow
def test_the_embedded_model_is_scored_when_no_results_are_given() -> None:
    result = run("gold")
    assert (result.exit_code, result.stderr) == (0, "")
    assert rows(result.stdout)["cue"] == ["100.0", "100.0", "100.0", "1", "1", "1"]
