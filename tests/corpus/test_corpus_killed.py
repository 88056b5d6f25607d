"""Killed with the strongest signal, driver or worker, a run leaves nothing that the next one does not put right."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from corpus_runs import OPTIONS, content, rows, write_lines

from attribution.corpus import local
from attribution.corpus.local import LocalEngine
from attribution.corpus.run import Request, Watcher, run_corpus
from attribution.session.errors import ProcessDiedError

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="kills as Unix does")]

ARTICLES = 30
ROWS = 4
DEATHS = 10
LONGEST_WAIT = 120.0
"""Seconds after which a run that does not write is a failure."""

TEXTS = (
    "The harbour bridge will close on Friday, said Ola Brandt, the site engineer. It was reportedly never safe.",
    "Mayor Jane Doe resigned on Monday. “I have no choice,” she said. Officials believe that others will follow.",
    "The ferry sank, the coast guard said, and 12 people may have drowned. The company denied any fault.",
)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [
        {"id": f"n{number}", "text": f"{TEXTS[number % 3]} Pier {number} is closed."} for number in range(ARTICLES)
    ]
    return write_lines(tmp_path_factory.mktemp("corpus") / "news.jsonl", records)


@pytest.fixture(scope="module")
def whole(table: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The results of a run that nobody disturbs."""
    output = tmp_path_factory.mktemp("whole") / "out"
    finished = begin(table, output)
    assert finished.wait(LONGEST_WAIT) == 0
    return content(output)


def begin(table: Path, output: Path, jobs: int = 1) -> subprocess.Popen[bytes]:
    """Begin a run as a user does, whose processes are a group of their own."""
    command = ["corpus", table, "-o", output, "--part-rows", str(ROWS), "--jobs", str(jobs), "--isolated", "-q"]
    program = "from attribution.cli.main import main; main()"
    return subprocess.Popen([sys.executable, "-c", program, *map(str, command)], start_new_session=True)


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> bool:
    """Whether something has come to be so before the process ended."""
    for _ in range(int(LONGEST_WAIT * 200)):
        if is_so():
            return True
        try:
            process.wait(0.005)
        except subprocess.TimeoutExpired:
            continue
        return False
    process.kill()
    raise AssertionError("the run writes nothing")


def files_of(output: Path) -> int:
    """How many files a run has written, half-written ones included."""
    return sum(len(names) for _, _, names in os.walk(output))


def test_ten_times_killed_a_run_ends_with_the_same_bytes(table: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    moments = random.Random(16)
    output = tmp_path / "out"
    for number in range(DEATHS):
        process = begin(table, output, jobs=1 + number % 2)
        wanted = files_of(output) + moments.randint(1, 5)
        if wait_until(lambda wanted=wanted: files_of(output) >= wanted, process):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(LONGEST_WAIT)
        names = Counter(row["article"] for row in rows(output, "articles"))
        assert set(names.values()) <= {1}
        assert set(names) <= {row["article"] for row in rows(output, "claims")}
    last = begin(table, output, jobs=2)
    assert last.wait(LONGEST_WAIT) == 0
    assert content(output) == whole


class WorkerKiller(Watcher):
    """Kills a process that reads articles, of this process's children, whenever a part is finished."""

    def __init__(self, times: int) -> None:
        self.left = times

    def read(self, source: str, share: float, articles: int) -> None:
        if self.left:
            self.left -= 1
            os.kill(worker_processes()[0], signal.SIGKILL)


def worker_processes() -> list[int]:
    """The processes of the pool, by their numbers."""
    from multiprocessing import active_children

    return sorted(child.pid for child in active_children() if child.pid is not None)


def test_killed_workers_are_replaced_and_the_bytes_are_the_same(
    table: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    request = Request((str(table),), str(tmp_path / "out"), OPTIONS, rows=ROWS)
    killer = WorkerKiller(2)
    totals = run_corpus(request, LocalEngine(2), killer)
    assert killer.left == 0
    assert totals.rows["articles"] == ARTICLES
    assert content(tmp_path / "out") == whole


def test_workers_that_die_of_nothing_stop_the_run_and_the_next_goes_on(
    table: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "MOST_DEATHS", 1)
    monkeypatch.setattr(local, "survives", lambda part, settings: True)
    request = Request((str(table),), str(tmp_path / "out"), OPTIONS, rows=ROWS)
    with pytest.raises(ProcessDiedError, match="a process that read drafts died"):
        run_corpus(request, LocalEngine(2), WorkerKiller(1))
    run_corpus(request, LocalEngine(1))
    assert content(tmp_path / "out") == whole
