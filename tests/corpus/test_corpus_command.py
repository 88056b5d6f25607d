"""``attrib corpus`` tells what it did in a line of standard error, and what is wrong in another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from corpus_runs import FRENCH, FirstWords, numbered, read_by, rows, write_lines

from attribution.cli.main import attrib
from attribution.corpus.libraries import library
from attribution.records import AttribError

LOADED = """
import sys
from attribution.cli.main import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(attrib, ["corpus", *map(str, arguments)])


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    read_by(FirstWords(), monkeypatch)
    monkeypatch.chdir(tmp_path)
    return write_lines(tmp_path / "news.jsonl", [*numbered(3), {"id": "f", "text": FRENCH}])


def test_a_run_tells_what_it_did(table: Path) -> None:
    result = invoke(table, "-o", "out/", "--jobs", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("attrib: out/: 3 articles, 3 claims, 1 error; 3 articles analysed now; ")
    again = invoke(table, "-o", "out/", "--jobs", "1")
    assert "out: 1 parts are finished; 0 are missing or changed" in again.stderr
    assert "0 articles analysed now" in again.stderr
    assert invoke(table, "-o", "out/", "--jobs", "1", "-q").stderr == ""


def test_without_an_article_there_is_no_size_of_one(table: Path) -> None:
    write_lines(table, [{"id": "f", "text": FRENCH}])
    told = invoke(table, "-o", "out", "--jobs", "1").stderr
    assert told == "attrib: out: 0 articles, 0 claims, 1 error; 0 articles analysed now\n"


def test_options_change_what_is_read(table: Path) -> None:
    write_lines(table, [{"key": 1, "body": FRENCH}])
    arguments = ("--text-column", "body", "--id-column", "key", "--force", "--json", "--jobs", "1")
    assert invoke(table, "-o", "out", *arguments).exit_code == 0
    assert [row["article"] for row in rows("out", "articles")] == ["1"]
    assert len(list(Path("out/json").iterdir())) == 1


def test_the_configuration_of_the_working_folder_holds(table: Path) -> None:
    Path(".attrib.toml").write_text('own-outlets = ["Valley Echo"]\n')
    invoke(table, "-o", "out", "--jobs", "1")
    assert (
        "0 articles analysed now"
        in invoke(table, "-o", "out", "--own-outlet", "Valley Echo", "--isolated", "-j1").stderr
    )
    assert "3 articles analysed now" in invoke(table, "-o", "out", "--isolated", "-j1").stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.csv", "-o", "out"), "nowhere.csv: there is no such file or folder"),
        (("news.jsonl",), "Missing option '-o' / '--output'"),
        (("-o", "out"), "Missing argument"),
        (("news.jsonl", "-o", "out", "--ray-address", "auto"), "--ray-address goes with --engine ray"),
        (("news.jsonl", "-o", "out", "--text-column", "body"), "has no column 'body'"),
        (("news.jsonl", "-o", "out", "--config", "c", "--isolated"), "--config and --isolated exclude each other"),
    ],
)
def test_mistakes_are_told_in_a_line(table: Path, arguments: tuple[str, ...], message: str) -> None:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_library_that_is_missing_is_told_with_its_extra() -> None:
    with pytest.raises(
        AttribError, match=r"nowhere is not installed, which this needs; run pip install 'attrib\[ray\]'"
    ):
        library("nowhere.data", "ray")


def test_help_loads_neither_arrow_nor_the_parser() -> None:
    result = subprocess.run(
        [sys.executable, "-c", LOADED, "corpus", "--help"], capture_output=True, text=True, check=True
    )
    assert "INPUT…" in result.stdout
    assert {"pyarrow", "numpy", "nltk", "fsspec", "ray"} & set(result.stderr.split()) == set()
