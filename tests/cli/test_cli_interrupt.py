"""Ctrl-C while several processes are at work: the command ends with 130, and leaves no file and no process behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PARSE = """\
1	The	the	DET	DT	_	2	det	_	_
2	pier	pier	NOUN	NN	_	4	nsubj	_	_
3	was	be	AUX	VBD	_	4	cop	_	_
4	old	old	ADJ	JJ	_	6	ccomp	_	SpaceAfter=No
5	,	,	PUNCT	,	_	4	punct	_	_
6	said	say	VERB	VBD	_	0	root	_	_
7	police	police	NOUN	NNS	_	6	nsubj	_	SpaceAfter=No
8	.	.	PUNCT	.	_	6	punct	_	_

"""

CODE = (  # a shell may have started the tests with interrupts ignored
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from attribution.cli.main import main; main()"
)

BEFORE = "what was there before"

PATIENCE = 20
"""Seconds to end in; a quiet machine needs less than one, and one that runs other tests as well needs more."""


PARSED = [f"{number}.conllu" for number in range(300)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for version in ("old", "new"):
        (tmp_path / version).mkdir()
        for number in range(40):
            text = f"The pier was old, police said on day {number}. It will be mended."
            (tmp_path / version / f"{number}.txt").write_text(text, encoding="utf-8")
    for name in PARSED:
        (tmp_path / name).write_text(PARSE, encoding="utf-8")
    (tmp_path / "out").write_text(BEFORE, encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "-f", "json", *PARSED),
        ("lint", "-f", "json", *PARSED),
        pytest.param(("convert", "--to", "jsonl", "new", "old"), marks=pytest.mark.slow),
        pytest.param(("diff", "-f", "json", "old", "new"), marks=pytest.mark.slow),
    ],
    ids=lambda arguments: arguments[0],
)
def test_an_interrupt_leaves_nothing_behind(arguments: tuple[str, ...], folder: Path) -> None:
    entries = sorted(path.name for path in folder.iterdir())
    name, *rest = arguments
    options = ("-o", "out", "--overwrite", "--no-cache", "--verbose", "--jobs", "2")
    command = [sys.executable, "-c", CODE, name, *options, *rest]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, cwd=folder
    ) as running:
        assert running.stderr is not None
        line = running.stderr.readline()  # the processes have been started, and one has a result
        assert b": read by" in line or b": analysed" in line, line
        started = time.monotonic()
        os.killpg(running.pid, signal.SIGINT)
        # Processes that outlive the command would keep the pipes open.
        stdout, stderr = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130, stderr
    assert time.monotonic() - started < PATIENCE
    assert stdout == b""
    assert b"Traceback" not in stderr
    assert sorted(path.name for path in folder.iterdir()) == entries
    assert (folder / "out").read_text(encoding="utf-8") == BEFORE
