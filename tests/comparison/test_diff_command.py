"""``attrib diff``: its inputs, outputs and exit codes, with given parses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pair_cases import key, pairs, stored_parses

from attribution.cli.diff import KINDS
from attribution.cli.main import attrib
from attribution.cli.revisions import ChangedFile, Repository
from attribution.comparison import ChangeKind, matching
from attribution.records import AttribError


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pair *reportedly gone* as two parsed files."""
    monkeypatch.chdir(tmp_path)
    pair = next(pair for pair in pairs() if pair.name == "reportedly gone")
    for name, draft in zip(("old", "new"), pair.drafts, strict=True):
        Path(f"{name}.conllu").write_text(stored_parses()[key(draft)], encoding="utf-8")
    return tmp_path


def run(*arguments: str, data: str | None = None) -> Result:
    return CliRunner().invoke(attrib, ("diff", *arguments), input=data)


def assert_one_line(result: Result, *pieces: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert all(piece in line for piece in pieces), line


def test_kinds_are_those_of_the_comparison() -> None:
    assert tuple(KINDS) == tuple(kind.value for kind in ChangeKind)


@pytest.mark.usefixtures("versions")
def test_a_comparison_that_leaves_pairs_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "EXHAUSTIVE", 0)
    result = run("old.conllu", "new.conllu")
    assert result.exit_code == 0
    (notice,) = result.stderr.splitlines()
    assert notice == f"attrib: new.conllu: {matching.PARTLY_COMPARED}"
    assert run("old.conllu", "new.conllu", "--quiet").stderr == ""


@pytest.mark.usefixtures("versions")
def test_text_goes_to_standard_output() -> None:
    result = run("old.conllu", "new.conllu")
    assert result.exit_code == 0
    assert "[-reportedly-]" in result.stdout
    assert result.stderr == ""


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize(
    ("kinds", "code"),
    [("hardened", 1), ("source-dropped, hardened", 1), ("any", 1), ("source-dropped", 0)],
)
def test_exit_code_depends_on_the_kinds_to_fail_on(kinds: str, code: int) -> None:
    assert run("old.conllu", "new.conllu", "--fail-on", kinds).exit_code == code
    assert run("old.conllu", "old.conllu", "--fail-on", kinds).exit_code == 0


@pytest.mark.usefixtures("versions")
def test_formats() -> None:
    report = json.loads(run("old.conllu", "new.conllu", "-f", "json").stdout)
    assert [change["kind"] for change in report["comparisons"][0]["changes"]] == ["hardened"]
    assert run("old.conllu", "new.conllu", "-f", "html").stdout.startswith("<!doctype html>")
    assert run("old.conllu", "new.conllu", "-f", "github").stdout.startswith("::warning file=new.conllu,line=1,")
    line = run("old.conllu", "new.conllu", "-f", "github", "--fail-on", "hardened")
    assert line.stdout.startswith("::error ")
    assert line.exit_code == 1


def test_output_goes_to_a_file(versions: Path) -> None:
    result = run("old.conllu", "new.conllu", "-f", "html", "-o", "page.html")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert (versions / "page.html").read_text(encoding="utf-8").endswith("</html>\n")
    assert_one_line(run("old.conllu", "new.conllu", "-o", "old.conllu"), "old.conllu", "one of the files that are read")


@pytest.mark.usefixtures("versions")
def test_width_and_colour() -> None:
    assert "\x1b[" in run("old.conllu", "new.conllu", "--color", "always").stdout
    narrow = run("old.conllu", "new.conllu", "--width", "60").stdout
    assert max(map(len, narrow.splitlines())) <= 60


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize(
    ("arguments", "pieces"),
    [
        ((), ("two files", "attrib diff --help")),
        (("old.conllu",), ("two files",)),
        (("old.conllu", "missing.txt"), ("missing.txt", "no such file")),
        (("old.conllu", "."), (".: is a directory",)),
        (("-", "-"), ("standard input",)),
        (("old.conllu", "new.conllu", "--fail-on", "softer"), ("softer", "source-dropped")),
        (("HEAD", "--"), ("after it",)),
        (("HEAD", "--", "."), ("is not in a git repository",)),
        (("a", "b", "c", "--", "."), ("one or two revisions",)),
    ],
)
def test_errors_are_one_line(arguments: tuple[str, ...], pieces: tuple[str, ...]) -> None:
    assert_one_line(run(*arguments), *pieces)


def test_a_draft_that_cannot_be_read_fails(versions: Path) -> None:
    (versions / "empty.txt").write_text("", encoding="utf-8")
    assert_one_line(run("old.conllu", "empty.txt"), "empty.txt", "is empty")
    (versions / "foreign.txt").write_text("Die Brücke ist gesperrt, sagte die Bürgermeisterin am Montag. " * 5, "utf-8")
    assert_one_line(run("old.conllu", "foreign.txt"), "foreign.txt", "English")


# --- git --------------------------------------------------------------------------------------------------------------


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=A Writer", "-c", "user.email=writer@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


STORY = "".join(f"Sentence {number} says what happened on the pier.\n\n" for number in range(9))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two commits and some edits: drafts renamed, deleted, edited and new, and other files."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.chdir(tmp_path)
    git("init", "-q")
    for name in ("drafts", "other desk"):
        Path(name).mkdir()
    Path("other desk/pièr: one.md").write_text(STORY, encoding="utf-8")
    Path("drafts/same.txt").write_text("It rained.\n", encoding="utf-8")
    Path("drafts/gone.txt").write_text("It snowed.\n", encoding="utf-8")
    Path("drafts/table.csv").write_text("1\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("tag", "one")
    git("mv", "other desk/pièr: one.md", "drafts/pier.md")
    Path("drafts/gone.txt").unlink()
    Path("drafts/table.csv").write_text("2\n", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "two")
    git("tag", "two")
    Path("drafts/pier.md").write_text(STORY.replace("9", "10") + "It was late.\n", encoding="utf-8")
    Path("drafts/fresh.txt").write_text("A ferry sank.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("repository")
def test_changes_between_commits() -> None:
    first, second = Repository().commit("one"), Repository().commit("two")
    assert Repository().changed(first, second, ["drafts"]) == [
        ChangedFile("drafts/gone.txt", None),
        ChangedFile("other desk/pièr: one.md", "drafts/pier.md"),
    ]
    assert Repository().changed(first, second, ["drafts/same.txt"]) == []


@pytest.mark.usefixtures("repository")
def test_renamed_files_are_followed_from_either_name() -> None:
    first = Repository().commit("one")
    for path in ("other desk", "drafts/pier.md"):
        assert Repository().changed(first, None, [path]) == [ChangedFile("other desk/pièr: one.md", "drafts/pier.md")]


@pytest.mark.usefixtures("repository")
def test_changes_of_the_working_files() -> None:
    two = Repository().commit("two")
    assert Repository().changed(two, None, ["drafts/"]) == [
        ChangedFile(None, "drafts/fresh.txt"),
        ChangedFile("drafts/pier.md", "drafts/pier.md"),
    ]


def test_paths_are_relative_to_the_current_directory(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "drafts")
    first = Repository().commit("one")
    expected = [ChangedFile("drafts/table.csv", "drafts/table.csv")]
    assert Repository().changed(first, None, ["table.csv"]) == expected
    assert Repository().read("drafts/gone.txt", first) == b"It snowed.\n"
    assert Repository().read("drafts/fresh.txt", None) == b"A ferry sank.\n"


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "pieces"),
    [
        (("three", "--", "drafts"), ("three", "no such revision")),
        (("one", "three", "--", "drafts"), ("three", "no such revision")),
        (("one", "--", "nowhere"), ("nowhere", "neither version")),
        (("one", "two", "--", "drafts/fresh.txt"), ("drafts/fresh.txt", "neither version")),
        (("one", "--", "/"), ("outside repository",)),
    ],
)
def test_git_errors_are_one_line(arguments: tuple[str, ...], pieces: tuple[str, ...]) -> None:
    assert_one_line(run(*arguments), *pieces)


@pytest.mark.usefixtures("repository")
def test_nothing_differs() -> None:
    result = run("one", "two", "--", "drafts/same.txt")
    assert result.exit_code == 0
    assert result.stdout == "No draft changed between one and two.\n"
    assert json.loads(run("one", "two", "-f", "json", "--", "drafts/same.txt").stdout)["comparisons"] == []


@pytest.mark.usefixtures("repository")
def test_a_revision_cannot_be_an_option() -> None:
    with pytest.raises(AttribError, match="no such revision"):
        Repository().commit("--output=drafts/same.txt")


@pytest.mark.slow
@pytest.mark.usefixtures("repository")
def test_revisions_with_the_model() -> None:
    Path("drafts/pier.md").write_text("The pier is safe, said mayor Ada Quill.\n", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "three")
    Path("drafts/pier.md").write_text("The pier is safe.\n", encoding="utf-8")
    result = run("HEAD", "-f", "json", "--fail-on", "source-dropped", "--", "drafts/pier.md")
    assert result.exit_code == 1
    (part,) = json.loads(result.stdout)["comparisons"]
    assert [change["kind"] for change in part["changes"]] == ["source-dropped"]
    assert part["new"]["path"] == "drafts/pier.md"
