"""On Ray the tables are the same, byte for byte, also when its workers are killed."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from corpus_runs import OPTIONS, content, rows, write_lines

from attribution.corpus.local import LocalEngine
from attribution.corpus.ray_engine import RayEngine
from attribution.corpus.run import Request, Watcher, run_corpus
from attribution.records import AttribError

HAS_RAY = importlib.util.find_spec("ray") is not None
TEXTS = (
    "The harbour bridge will close on Friday, said Ola Brandt, the site engineer. It was reportedly never safe.",
    "Mayor Jane Doe resigned on Monday. “I have no choice,” she said. Officials believe that others will follow.",
)


@pytest.fixture
def tables(tmp_path: Path) -> list[Path]:
    """Two sources, which Ray reads by two tasks."""
    return [
        write_lines(
            tmp_path / f"{name}.jsonl",
            ({"id": f"{name}{number}", "text": f"{TEXTS[number % 2]} Pier {number}."} for number in range(15)),
        )
        for name in ("a", "b")
    ]


@pytest.mark.skipif(HAS_RAY, reason="the extra ray is installed")
def test_without_ray_one_line_tells_what_to_install(tables: list[Path], tmp_path: Path) -> None:
    with pytest.raises(AttribError, match=r"ray is not installed, which this needs; run pip install 'attrib\[ray\]'"):
        run_corpus(Request(tuple(map(str, tables)), str(tmp_path / "out"), OPTIONS), RayEngine(1))


class ActorKiller(Watcher):
    """Kills one of Ray's actors that make parts, when the first part is finished."""

    killed = 0

    def read(self, source: str, share: float, articles: int) -> None:
        if self.killed:
            return
        listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
        for line in listed.splitlines():
            number, _, arguments = line.strip().partition(" ")
            if arguments.startswith("ray::") and "PartMaker" in arguments and is_descendant(int(number)):
                self.killed = int(number)
                os.kill(self.killed, signal.SIGKILL)
                return


def is_descendant(number: int) -> bool:
    """Whether a process descends from this one: actors of another test's cluster do not."""
    while number > 1:
        if number == os.getpid():
            return True
        status = Path(f"/proc/{number}/stat").read_text()
        number = int(status.rpartition(")")[2].split()[1])
    return False


@pytest.mark.slow
@pytest.mark.skipif(not HAS_RAY, reason="the extra ray is not installed")
@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_ray_writes_the_same_bytes_though_a_worker_is_killed(tables: list[Path], tmp_path: Path) -> None:
    names = tuple(map(str, tables))
    run_corpus(Request(names, str(tmp_path / "local"), OPTIONS, rows=4), LocalEngine(1))
    killer = ActorKiller() if sys.platform == "linux" else Watcher()
    totals = run_corpus(Request(names, str(tmp_path / "ray"), OPTIONS, rows=4), RayEngine(2), killer)
    assert getattr(killer, "killed", 1)
    assert totals.rows["articles"] == 30
    assert content(tmp_path / "ray") == content(tmp_path / "local")
    again = run_corpus(Request(names, str(tmp_path / "ray"), OPTIONS, rows=4), RayEngine(2))
    assert (again.analysed, again.finished) == (0, totals.made)
    assert len(rows(tmp_path / "ray", "articles")) == 30
