"""Several processes give the same result as one, in the same order, and leave nothing behind."""

from __future__ import annotations

import json
import multiprocessing
import operator
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from dying_workers import PATIENCE, Endless, call, die_at_once, die_handing_over, wait_to_hand_over

from attribution.cli.main import attrib
from attribution.records import AttribError
from attribution.session import processes
from attribution.session.errors import ProcessDiedError
from attribution.session.options import AUTO
from attribution.session.processes import AHEAD, MOST, WORTHWHILE, in_order, processes_for

PARSE = """\
1	The	the	DET	DT	_	2	det	_	_
2	{noun}	{noun}	NOUN	NN	_	4	nsubj	_	_
3	was	be	AUX	VBD	_	4	cop	_	_
4	old	old	ADJ	JJ	_	6	ccomp	_	SpaceAfter=No
5	,	,	PUNCT	,	_	4	punct	_	_
6	said	say	VERB	VBD	_	0	root	_	_
7	police	police	NOUN	NNS	_	6	nsubj	_	SpaceAfter=No
8	.	.	PUNCT	.	_	6	punct	_	_

"""
NOUNS = ("pier", "ferry", "mill", "tower", "barn", "lock", "weir", "inn")


@pytest.fixture(autouse=True)
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    for noun in NOUNS:
        Path(f"{noun}.conllu").write_text(PARSE.format(noun=noun), encoding="utf-8")
    Path("broken.conllu").write_text("1\tA\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(attrib, arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ("report",),
        ("report", "--offsets", "utf8", "-f", "json"),
        ("report", "-f", "jsonl", "--verbose"),
        ("sources",),
        ("sources", "-f", "csv"),
    ],
)
def test_two_processes_give_what_one_gives(arguments: tuple[str, ...]) -> None:
    files = [f"{noun}.conllu" for noun in NOUNS]
    files[2:2] = ["broken.conllu", "gone.conllu"]
    alone, shared = run(*arguments, "-j", "1", *files), run(*arguments, "-j", "2", *files)
    assert alone.exit_code == shared.exit_code == 2
    assert alone.stdout == shared.stdout
    assert re.sub(r"[\d.]+ s$", "", alone.stderr, flags=re.M) == re.sub(r"[\d.]+ s$", "", shared.stderr, flags=re.M)
    assert [line.split(":")[1].strip() for line in shared.stderr.splitlines() if ".conllu: read by" not in line] == [
        "broken.conllu",
        "gone.conllu",
    ]
    assert "police" in shared.stdout


def test_pages_are_the_same(tmp_path: Path) -> None:
    files = [f"{noun}.conllu" for noun in NOUNS]
    for jobs in ("1", "2"):
        assert run("report", "-f", "html", "-o", f"pages{jobs}/", "--jobs", jobs, *files).exit_code == 0
    pages = sorted(path.name for path in Path("pages1").iterdir())
    assert len(pages) == len(NOUNS) + 1
    assert all((tmp_path / "pages1" / name).read_bytes() == (tmp_path / "pages2" / name).read_bytes() for name in pages)


def test_array_of_nothing_is_an_array() -> None:
    for command in ("report", "sources"):
        result = run(command, "-f", "json", "-j", "2", "gone.conllu", "broken.conllu")
        assert (result.exit_code, result.stdout) == (2, "[]\n")


def test_missing_model_is_reported_once() -> None:
    text = "The pier was old and the ferry was late, police said, and nobody has yet been found to mend it."
    for name in ("one.txt", "two.txt", "three.txt"):
        Path(name).write_text(text, encoding="utf-8")
    result = run("report", "--model", "nowhere", "-j", "2", "one.txt", "two.txt", "three.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("attrib: ")
    assert result.stderr.count("\n") == 1
    assert "nowhere" in result.stderr


@pytest.mark.slow
def test_lint_by_two_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    names = [f"{noun}.txt" for noun in NOUNS[:4]]
    for noun, name in zip(NOUNS, names, strict=False):
        text = (
            f"The {noun} was old and nobody had looked after it, experts say. It will reportedly be pulled down soon."
        )
        Path(name).write_text(text, encoding="utf-8")
    alone = run("lint", "-f", "json", "--no-cache", "-j", "1", *names)
    assert alone.exit_code == 1
    assert alone.stdout.count("SRC") >= len(names)
    assert run("lint", names[2]).exit_code == 1
    several = run("lint", "-f", "json", "-v", "-j", "2", "empty.txt", *names)
    assert several.exit_code == 2
    first, second = json.loads(alone.stdout), json.loads(several.stdout)
    assert (second["files"], second["findings"]) == (first["files"], first["findings"])
    assert second["summary"] == {**first["summary"], "unread": 1}
    told = several.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in told] == ["empty.txt", *names]
    assert [line.endswith("from the cache") for line in told[1:]] == [False, False, True, False]


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "²"])
def test_number_of_processes_is_checked(jobs: str) -> None:
    result = run("report", "--jobs", jobs, "pier.conllu")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "auto, or a number from 1" in result.stderr


def test_several_processes_are_the_default_only_for_many_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_processors", lambda: 64)
    assert processes_for(AUTO, 1) == processes_for(AUTO, WORTHWHILE - 1) == 1
    assert processes_for(AUTO, WORTHWHILE) == processes_for(AUTO, 10_000) == MOST
    monkeypatch.setattr(processes, "_processors", lambda: 1)
    assert processes_for(AUTO, 10_000) == 1
    assert processes_for(8, 3) == 3
    assert processes_for(8, 0) == 1


def test_tasks_are_started_only_a_little_ahead() -> None:
    taken = 0

    def tasks() -> Iterator[tuple[int, tuple[int, ...] | None]]:
        nonlocal taken
        for taken in range(1, 101):
            yield taken, None if taken % 10 == 0 else (taken,)

    results = in_order(tasks(), operator.neg, 2)
    assert next(results) == (1, -1)
    assert taken == 2 * AHEAD + 1
    assert list(results) == [(number, None if number % 10 == 0 else -number) for number in range(2, 101)]


def test_death_of_a_process_is_reported() -> None:
    with pytest.raises(AttribError, match="a process that read drafts died"):
        list(in_order([("draft", (3,))], os._exit, 2))


@pytest.mark.skipif(not hasattr(os, "sched_yield"), reason="needs signals and a scheduler as POSIX has them")
def test_a_process_that_dies_handing_over_a_result_leaves_none_waiting_for_its_turn(tmp_path: Path) -> None:
    path = str(tmp_path / "announced")
    tasks = [("dies", (die_handing_over, path)), ("waits", (wait_to_hand_over, path))]
    with pytest.raises(ProcessDiedError):
        list(in_order(tasks, call, 2))
    assert not multiprocessing.active_children()


@pytest.mark.skipif(not hasattr(os, "sched_yield"), reason="needs signals and a scheduler as POSIX has them")
def test_an_interrupt_does_not_wait_for_a_result_that_is_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "announced"

    def tasks() -> Iterator[tuple[str, tuple[Any, ...]]]:
        yield "hands over", (Endless, str(path))
        end = time.monotonic() + PATIENCE
        while not path.exists() and time.monotonic() < end:
            os.sched_yield()
        raise KeyboardInterrupt

    monkeypatch.setattr(processes, "WATCH", 0.05)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(in_order(tasks(), call, 2))
    assert time.monotonic() - started < PATIENCE / 2
    assert not multiprocessing.active_children()


def test_a_death_that_the_pool_misses_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missed: set[int] = set()

    def wait_for_all_but_the_first_death(readers: Iterable[Any], timeout: float | None = None) -> list[Any]:
        ready = wait([reader for reader in readers if reader not in missed], timeout)
        deaths = [reader for reader in ready if isinstance(reader, int)]
        if missed or not deaths:
            return ready
        missed.add(deaths[0])
        return wait_for_all_but_the_first_death(readers, timeout)

    monkeypatch.setattr(multiprocessing.connection, "wait", wait_for_all_but_the_first_death)
    monkeypatch.setattr(processes, "WATCH", 0.05)
    path = str(tmp_path / "announced")
    tasks = [("dies", (die_at_once, path)), ("waits", (wait_to_hand_over, path))]
    with pytest.raises(ProcessDiedError):
        list(in_order(tasks, call, 2))
    assert missed
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_interrupt_leaves_no_process_behind() -> None:
    files = [f"{NOUNS[number % len(NOUNS)]}{number}.conllu" for number in range(400)]
    for file in files:
        Path(file).write_text(PARSE.format(noun="pier"), encoding="utf-8")
    code = (  # a shell may have started the tests with interrupts ignored
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from attribution.cli.main import main; main()"
    )
    command = [sys.executable, "-c", code, "report", "-j", "2", *files]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline()  # the first report is written
        os.killpg(running.pid, signal.SIGINT)
        # Processes that outlive the command would keep the pipes open.
        _, stderr = running.communicate(timeout=60)
    assert running.returncode == 130
    assert stderr.strip() == b""
