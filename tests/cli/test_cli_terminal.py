"""What only appears on a terminal: progress on standard error, colour and width on standard output."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

PARSE = """\
1	Police	police	NOUN	NNS	_	2	nsubj	_	_
2	said	say	VERB	VBD	_	0	root	_	_
3	it	it	PRON	PRP	_	4	nsubj	_	_
4	rained	rain	VERB	VBD	_	2	ccomp	_	SpaceAfter=No
5	.	.	PUNCT	.	_	2	punct	_	_

"""


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        (tmp_path / f"{name}.conllu").write_text(PARSE, encoding="utf-8")
    return tmp_path


def on_terminal(folder: Path, *arguments: str, stdout: bool, environment: dict[str, str]) -> tuple[str, str]:
    """What the command writes to standard output, and to the terminal that is its standard error."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-c", "from attribution.cli.main import main; main()", *arguments]
    names = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CI")
    inherited = {name: value for name, value in os.environ.items() if name not in names}
    with subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=follower if stdout else subprocess.PIPE,
        stderr=follower,
        env={**inherited, "TERM": "xterm", **environment},
    ) as running:
        os.close(follower)
        pieces: list[bytes] = []
        while True:
            try:
                piece = os.read(leader, 4096)
            except OSError:
                break
            if not piece:
                break
            pieces.append(piece)
        result = running.stdout.read() if running.stdout else b""
        assert running.wait() == 0
    os.close(leader)
    return result.decode(), b"".join(pieces).decode()


@pytest.mark.parametrize("command", ["report", "sources", "tree"])
@pytest.mark.parametrize("files", [["one.conllu"], ["one.conllu", "two.conllu"]])
def test_progress_goes_to_standard_error_only(drafts: Path, command: str, files: list[str]) -> None:
    result, terminal = on_terminal(drafts, command, *files, stdout=False, environment={})
    for name in files:
        assert f"reading {name}" in terminal
    assert "reading" not in result
    assert "\x1b" not in result
    assert ("rained" if command == "tree" else "one.conllu") in result


def test_quiet_shows_no_progress(drafts: Path) -> None:
    result, terminal = on_terminal(drafts, "report", "-q", "one.conllu", stdout=False, environment={})
    assert terminal == ""
    assert "1 claim: " in result


def test_report_on_a_terminal_is_coloured_and_as_wide_as_it(drafts: Path) -> None:
    environment = {"COLUMNS": "66", "LINES": "40"}
    _, terminal = on_terminal(drafts, "report", "-q", "one.conllu", stdout=True, environment=environment)
    assert "\x1b[1;35msaid" in terminal
    rules = [line for line in terminal.splitlines() if "The text" in line]
    assert rules[0].count("─") == 66 - len("The text ")


def test_a_terminal_shows_the_text_of_one_draft(drafts: Path) -> None:
    def shown(*arguments: str) -> str:
        return on_terminal(drafts, "report", "-q", *arguments, stdout=True, environment={"TERM": "dumb"})[1]

    assert "it rained." in shown("one.conllu")
    assert "it rained." not in shown("one.conllu", "two.conllu")
    assert "it rained." not in shown("--brief", "one.conllu")
    assert shown("--full", "one.conllu", "two.conllu").count("it rained.") == 2


def test_dumb_terminal_gets_no_colour(drafts: Path) -> None:
    _, terminal = on_terminal(drafts, "report", "-q", "one.conllu", stdout=True, environment={"TERM": "dumb"})
    assert "\x1b" not in terminal
    assert "‹Police› _said_ it rained." in terminal
