"""No output is written over a file that was read, or over one that attrib has not written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from attribution.cli import guard
from attribution.cli.main import attrib
from attribution.cli.output import Output
from attribution.records import AttribError

PARSE = """\
# newpar
1	The	the	DET	DT	_	2	det	_	_
2	pier	pier	NOUN	NN	_	4	nsubj	_	_
3	was	be	AUX	VBD	_	4	cop	_	_
4	old	old	ADJ	JJ	_	6	ccomp	_	SpaceAfter=No
5	,	,	PUNCT	,	_	4	punct	_	_
6	said	say	VERB	VBD	_	0	root	_	_
7	police	police	NOUN	NNS	_	6	nsubj	_	SpaceAfter=No
8	.	.	PUNCT	.	_	6	punct	_	_

"""
MINE = "<p>written by hand</p>\n"


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a parsed draft, and a cache that remembers nothing yet."""
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("pier.conllu").write_text(PARSE, encoding="utf-8")
    return folder


def run(*arguments: str, data: str | None = None) -> Result:
    return CliRunner().invoke(attrib, arguments, input=data)


def assert_refused(result: Result, name: str, why: str) -> None:
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith(f"attrib: {name}: {why}")


READ = "is one of the files that are read"
STRANGE = "exists, and is not as attrib has written it"


@pytest.mark.parametrize("overwrite", [(), ("--overwrite",)])
@pytest.mark.parametrize("kind", ["itself", "symbolic", "hard", "case", "folder"])
def test_what_is_read_is_never_written(kind: str, overwrite: tuple[str, ...]) -> None:
    name = "out"
    if kind == "itself":
        name = "pier.conllu"
    elif kind == "symbolic":
        Path(name).symlink_to("pier.conllu")
    elif kind == "hard":
        Path(name).hardlink_to("pier.conllu")
    elif kind == "case":
        name = "PIER.conllu"
    else:
        name = "../desk/./pier.conllu"
    assert_refused(run("report", "pier.conllu", "-o", name, *overwrite), name, READ)
    assert Path("pier.conllu").read_text(encoding="utf-8") == PARSE


def test_a_configuration_is_not_written_onto_the_draft_that_it_is_for() -> None:
    result = run("lint", "pier.conllu", "--show-config", "-o", "pier.conllu", "--overwrite")
    assert_refused(result, "pier.conllu", READ)
    assert Path("pier.conllu").read_text(encoding="utf-8") == PARSE


@pytest.mark.parametrize("file", ["words.toml", "words/hedges.toml"])
def test_files_besides_drafts_are_not_written_either(file: str) -> None:
    Path("words").mkdir()
    Path("words/hedges.toml").write_text("", encoding="utf-8")
    Path("words.toml").write_text('lexicons = ["words"]\n', encoding="utf-8")
    before = Path(file).read_bytes()
    result = run("report", "pier.conllu", "--config", "words.toml", "-o", file, "--overwrite")
    assert_refused(result, file, READ)
    assert Path(file).read_bytes() == before


def test_standard_input_is_a_file_that_is_read() -> None:
    code = "from attribution.cli.main import main; main()"
    command = [sys.executable, "-c", code, "report", "-", "--stdin-filename", "x.conllu", "-o", "pier.conllu"]
    with Path("pier.conllu").open() as draft:
        done = subprocess.run([*command, "--overwrite"], stdin=draft, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert READ in done.stderr
    assert Path("pier.conllu").read_text(encoding="utf-8") == PARSE


def test_standard_output_does_not_go_into_what_is_read() -> None:
    code = "from attribution.cli.main import main; main()"
    with Path("pier.conllu").open("a") as draft:
        done = subprocess.run(
            [sys.executable, "-c", code, "report", "pier.conllu"], stdout=draft, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert Path("pier.conllu").read_text(encoding="utf-8") == PARSE


def test_what_attrib_has_written_it_writes_again() -> None:
    for _ in range(2):
        assert run("report", "pier.conllu", "-o", "out.txt").exit_code == 0
    with Path("out.txt").open("a", encoding="utf-8") as file:
        file.write("A note of the desk.\n")
    assert_refused(run("report", "pier.conllu", "-o", "out.txt"), "out.txt", STRANGE)
    assert run("report", "pier.conllu", "-o", "out.txt", "--overwrite").exit_code == 0
    assert "A note" not in Path("out.txt").read_text(encoding="utf-8")
    # Moved to where something else was, it is not what was written there.
    Path("out.txt").rename("moved.txt")
    assert_refused(run("report", "pier.conllu", "-o", "moved.txt"), "moved.txt", STRANGE)


@pytest.mark.parametrize(
    "command",
    [
        ("report", "pier.conllu"),
        ("report", "pier.conllu", "-f", "html"),
        ("sources", "pier.conllu"),
        ("tree", "pier.conllu"),
        ("lint", "pier.conllu"),
        ("lint", "pier.conllu", "-f", "sarif"),
        ("diff", "pier.conllu", "other.conllu"),
        ("convert", "annotated.json", "--to", "jsonl"),
        ("evaluate", "annotated.json", "--against", "annotated.json"),
        ("explain", "SRC105"),
        ("rules",),
        ("schema", "report"),
    ],
    ids=" ".join,
)
def test_every_command_keeps_a_stranger(command: tuple[str, ...]) -> None:
    Path("other.conllu").write_text(PARSE, encoding="utf-8")
    annotated = {"doc": "pier", "text": "The pier was old, said police.", "attributions": []}
    Path("annotated.json").write_text(json.dumps(annotated), encoding="utf-8")
    Path("out").write_text(MINE, encoding="utf-8")
    assert_refused(run(*command, "-o", "out"), "out", STRANGE)
    assert Path("out").read_text(encoding="utf-8") == MINE
    assert run(*command, "-o", "out", "--overwrite").exit_code in (0, 1)
    assert Path("out").read_text(encoding="utf-8") != MINE


def test_pages_keep_a_stranger_in_their_folder() -> None:
    Path("pages").mkdir()
    Path("pages/pier.html").write_text(MINE, encoding="utf-8")
    assert_refused(run("report", "-f", "html", "pier.conllu", "-o", "pages/"), "pages/pier.html", STRANGE)
    assert [path.name for path in Path("pages").iterdir()] == ["pier.html"]
    assert run("report", "-f", "html", "pier.conllu", "-o", "pages/", "--overwrite").exit_code == 0
    assert run("report", "-f", "html", "pier.conllu", "-o", "pages/").exit_code == 0


def test_converted_documents_keep_a_stranger_in_their_folder() -> None:
    annotated = {"doc": "pier", "text": "The pier was old, said police.", "attributions": []}
    Path("annotated.json").write_text(json.dumps(annotated), encoding="utf-8")
    Path("out").mkdir()
    Path("out/pier.jsonl").write_text(MINE, encoding="utf-8")
    assert_refused(run("convert", "annotated.json", "--to", "jsonl", "-o", "out/"), "out/pier.jsonl", STRANGE)
    assert Path("out/pier.jsonl").read_text(encoding="utf-8") == MINE


def test_an_article_is_not_written_by_its_conversion() -> None:
    Path("pier.txt").write_text("The pier was old, said police.", encoding="utf-8")
    Path("pier.ann").write_text("T1\tCue 18 22\tsaid\n", encoding="utf-8")
    for name in ("pier.txt", "pier.ann"):
        before = Path(name).read_bytes()
        assert_refused(run("convert", "pier.ann", "--to", "json", "-o", name, "--overwrite"), name, READ)
        assert Path(name).read_bytes() == before


def test_a_draft_is_no_baseline() -> None:
    result = run("lint", "pier.conllu", "--baseline", "pier.conllu", "--update-baseline")
    assert_refused(result, "pier.conllu", "is not a baseline")
    assert Path("pier.conllu").read_text(encoding="utf-8") == PARSE


def test_a_baseline_is_written_again_wherever_it_comes_from() -> None:
    Path("known.json").write_text('{"version": 1, "findings": []}', encoding="utf-8")
    assert run("lint", "pier.conllu", "--baseline", "known.json", "--update-baseline").exit_code == 0
    assert Path("known.json").read_text(encoding="utf-8").startswith('{\n  "version": 1')


def test_without_a_ledger_everything_is_a_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("report", "pier.conllu", "-o", "out.txt").exit_code == 0

    def homeless() -> Path:
        raise RuntimeError("the user has no home")

    monkeypatch.setattr("attribution.resources.cache_folder", homeless)
    assert_refused(run("report", "pier.conllu", "-o", "out.txt"), "out.txt", STRANGE)
    assert run("report", "pier.conllu", "-o", "out.txt", "--overwrite").exit_code == 0


def test_the_ledger_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LONGEST_LEDGER", 1000)
    file = tmp_path / "out.txt"
    for number in range(100):
        guard.remember(file, str(number).encode())
    assert (tmp_path / "cache" / guard.LEDGER).stat().st_size < 1200
    file.write_bytes(b"99")
    assert guard.is_ours(file)
    file.write_bytes(b"1")
    assert not guard.is_ours(file)


def test_a_result_is_written_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    target = Output("out.txt", "never", None)
    target.write("result")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(AttribError, match=r"out\.txt: cannot be written"):
        target.close()
    assert [path.name for path in Path().iterdir()] == ["pier.conllu"]
