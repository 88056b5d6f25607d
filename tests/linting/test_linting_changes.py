"""``attrib lint --diff`` and ``--changed-lines``: what an edit touched, and what it caused elsewhere."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from placed_parses import aligned
from rule_cases import stored_parses

from attribution.cli.main import attrib
from attribution.records import Draft, Sentence

EXPERTS = "Experts say the dam will hold."
NAMED = "Mara Ilic, a hydrologist, said it was built for worse."
CRITICS = "Critics say the tax is unfair."
FINDING = "warning SRC104 “Experts” could be anybody"


class StoredParser:
    """Parses the sentences of the examples for SRC104."""

    name = "stored"

    def __init__(self) -> None:
        sentences = [part for parse in stored_parses("SRC104").values() for part in parse.split("\n\n")]
        self.known = {part.partition("# text = ")[2].partition("\n")[0]: part for part in sentences if part.strip()}

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        return [self._sentences(draft) for draft in drafts]

    def _sentences(self, draft: Draft) -> tuple[Sentence, ...]:
        found = sorted((draft.text.find(text), text) for text in self.known if text in draft.text)
        return aligned(draft, "\n\n".join(self.known[text] for _, text in found) + "\n\n")


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a committed draft in a folder, as working directory."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("attribution.parsing.load_parser", lambda model: StoredParser())
    folder = tmp_path / "desk"
    (folder / "drafts").mkdir(parents=True)
    monkeypatch.chdir(folder)
    write(EXPERTS, NAMED)
    git("init", "-q", "-b", "main")
    commit("One")
    return folder


def git(*arguments: str) -> str:
    identity = ("-c", "user.name=A Writer", "-c", "user.email=writer@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, text=True).stdout


def commit(subject: str) -> None:
    git("add", ".")
    git("commit", "-q", "-m", subject)


def write(*paragraphs: str) -> None:
    Path("drafts/dam.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def run(*arguments: str, data: str | None = None) -> Result:
    return CliRunner().invoke(attrib, ["lint", "--select", "SRC104", "-f", "line", *arguments], input=data)


def test_a_name_that_is_deleted_below_causes_a_finding_above() -> None:
    assert run("drafts").stdout == ""
    write(EXPERTS)
    assert run("drafts", "--diff", "HEAD").stdout == f"drafts/dam.txt:1:1: {FINDING}\n"


def test_what_was_there_before_is_not_reported() -> None:
    write(EXPERTS)
    commit("Two")
    write(EXPERTS, CRITICS)
    assert run("drafts", "--diff", "HEAD").stdout == ("drafts/dam.txt:3:1: warning SRC104 “Critics” could be anybody\n")
    write("", "", EXPERTS)
    assert run("drafts", "--diff", "HEAD").stdout == ""


def test_the_other_sides_changes_are_not_ours() -> None:
    git("checkout", "-q", "-b", "ours")
    git("checkout", "-q", "main")
    write(CRITICS, EXPERTS, NAMED)
    commit("Theirs")
    git("checkout", "-q", "ours")
    # Against the tip of main, the draft has lost a line; since the branches parted, nothing has changed.
    assert run("drafts", "--diff", "main").stdout == ""
    write(EXPERTS)
    assert run("drafts", "--diff", "main").stdout == f"drafts/dam.txt:1:1: {FINDING}\n"


def test_drafts_that_git_does_not_know_are_new() -> None:
    Path("drafts/new.txt").write_text(EXPERTS + "\n", encoding="utf-8")
    assert run("drafts", "--diff", "HEAD").stdout == f"drafts/new.txt:1:1: {FINDING}\n"


@pytest.mark.parametrize("folder", [".", "drafts"])
def test_in_a_folder_below(desk: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    write(EXPERTS)
    Path("edit.diff").write_text(git("diff"), encoding="utf-8")
    monkeypatch.chdir(desk / folder)
    draft = Path("dam.txt" if folder == "drafts" else "drafts/dam.txt")
    found = f"{draft}:1:1: {FINDING}\n"
    assert run(str(draft), "--changed-lines", str(desk / "edit.diff")).stdout == found
    assert run(str(draft), "--diff", "HEAD").stdout == found
    assert run(str(draft.absolute()), "--changed-lines", str(desk / "edit.diff")).stdout.endswith(found)


def test_a_diff_relative_to_the_folder_below(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(EXPERTS)
    monkeypatch.chdir(desk / "drafts")
    assert run("dam.txt", "--changed-lines", "-", data=git("diff", "--relative")).stdout == f"dam.txt:1:1: {FINDING}\n"


def test_a_diff_on_standard_input() -> None:
    write(EXPERTS)
    assert run("drafts", "--changed-lines", "-", data=git("diff")).stdout == f"drafts/dam.txt:1:1: {FINDING}\n"
    assert run("drafts", "--changed-lines", "-", data="").stdout == ""
    refused = run("-", "--changed-lines", "-", data="")
    assert refused.exit_code == 2
    assert "holds the changes or a draft, not both" in refused.stderr


def test_a_draft_on_standard_input() -> None:
    write(EXPERTS)
    Path("edit.diff").write_text(git("diff"), encoding="utf-8")
    piped = run("-", "--stdin-filename", "drafts/dam.txt", "--changed-lines", "edit.diff", data=EXPERTS + "\n")
    assert piped.stdout == f"drafts/dam.txt:1:1: {FINDING}\n"


def test_a_diff_that_does_not_fit_the_draft_still_tells_its_lines() -> None:
    write(EXPERTS)
    diff = "--- a/drafts/dam.txt\n+++ b/drafts/dam.txt\n@@ -1 +1 @@\n-Gone.\n+Nobody says the dam will hold.\n"
    assert run("drafts", "--changed-lines", "-", data=diff).stdout == f"drafts/dam.txt:1:1: {FINDING}\n"


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("desk/drafts", "--diff", "HEAD")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not in a git repository" in result.stderr
