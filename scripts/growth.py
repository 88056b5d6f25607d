#!/usr/bin/env python3
"""Time every stage on drafts made to be slow to read, at two sizes, and tell which stages grow faster than the draft.

    .venv/bin/python scripts/growth.py --small 8 --large 32 --table build/growth.csv [NAMES]
    .venv/bin/python scripts/growth.py --small 250 --large 1000 --most 300 --memory 12 prose

Sizes are in kilobytes, times are processor time of one thread. The exponent is that of the size by which a stage's time
grows: 1 for linear work, 2 for quadratic. The table has a line for each draft and stage; it goes on where it was.
``prose`` is no hostile draft but the project's sample texts with other names each time.
"""

from __future__ import annotations

import csv
import gc
import math
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "robustness")]

import stages  # noqa: E402
from hostile_drafts import DRAFTS  # noqa: E402
from long_prose import prose  # noqa: E402

from attribution.analysis import Analyser  # noqa: E402
from attribution.ingest import read_text  # noqa: E402

COLUMNS = ("draft", "stage", "small", "large", "exponent")
STOPPED = " (stopped)"


class StageTimeoutError(Exception):
    """A stage ran longer than it may."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise StageTimeoutError in the body once it has used this much processor time."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise StageTimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class StageTimer:
    """Adds up the processor time of each stage; one that takes longer than it may is stopped, and counts that much."""

    def __init__(self, most: float) -> None:
        self.most = most
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Give what the work gives; StageTimeoutError if it takes too long."""
        started = time.process_time()
        try:
            with limited(self.most):
                return work(*arguments, **named)
        except StageTimeoutError:
            stage += STOPPED
            raise
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - started


def times_of(text: str, form: str, analyser: Analyser, most: float) -> dict[str, float]:
    """Seconds of each stage; after one that takes too long, no later one runs."""
    timer = StageTimer(most)
    try:
        stages.run(text, form, analyser, timer)
    except StageTimeoutError:
        pass
    except Exception as error:
        click.echo(f"  {type(error).__name__}: {error}", err=True)
    return timer.seconds


def exponent(first: float, last: float, ratio: float) -> float:
    """The power of the size by which a time grows; times too short to be measured count as a millisecond."""
    return math.log(max(last, 0.001) / max(first, 0.001)) / math.log(ratio)


def rows_of(name: str, first: dict[str, float], last: dict[str, float], ratio: float) -> list[tuple[str, ...]]:
    """The lines of the table for a draft."""
    rows = []
    for stage, seconds in last.items():
        before = first.get(stage.removesuffix(STOPPED), 0.0)
        rows.append((name, stage, f"{before:.3f}", f"{seconds:.3f}", f"{exponent(before, seconds, ratio):.2f}"))
    return rows


def told(rows: list[tuple[str, ...]], large: int, floor: float, over: float, rate: float) -> list[str]:
    """The stages that grow too fast, are too slow for the size, or were stopped."""
    return [
        f"{stage} {small} → {seconds} s (exponent {power})"
        for _, stage, small, seconds, power in rows
        if stage.endswith(STOPPED)
        or (float(seconds) > floor and float(power) > over)
        or float(seconds) > rate * large / 1000
    ]


@click.command(help=__doc__)
@click.argument("names", nargs=-1)
@click.option("--small", default=8, show_default=True, metavar="KB")
@click.option("--large", default=32, show_default=True, metavar="KB")
@click.option("--most", default=20.0, show_default=True, metavar="SECONDS", help="Processor time a stage may take.")
@click.option("--floor", default=0.2, show_default=True, metavar="SECONDS", help="Growth of faster stages is not told.")
@click.option("--over", default=1.3, show_default=True, metavar="EXPONENT", help="Growth that is told.")
@click.option("--rate", default=20.0, show_default=True, metavar="SECONDS", help="Time for a megabyte that is told.")
@click.option("--memory", type=float, metavar="GB", help="Address space of the process.")
@click.option("--table", type=click.Path(path_type=Path), help="A CSV file to write all times into.")
def main(
    names: tuple[str, ...],
    small: int,
    large: int,
    most: float,
    floor: float,
    over: float,
    rate: float,
    memory: float | None,
    table: Path,
) -> None:
    """Print the stages that grow too fast."""
    done = set()
    if table is not None and table.exists():
        with table.open(encoding="utf-8", newline="") as stream:
            done = {row["draft"] for row in csv.DictReader(stream)}
    elif table is not None:
        table.parent.mkdir(parents=True, exist_ok=True)
        table.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    if memory is not None:
        limit = int(memory * 2**30)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    analyser = Analyser(force=True, longest=sys.maxsize)
    analyser.analyse(read_text("The bridge is safe, said the mayor, Ada Quill."))
    # The collector would look through the model in whatever stage it runs.
    gc.collect()
    gc.freeze()
    for name in names or DRAFTS:
        if name in done:
            continue
        form, made = ("text", prose) if name == "prose" else DRAFTS[name]
        first, last = (times_of(made(size * 1000), form, analyser, most) for size in (small, large))
        rows = rows_of(name, first, last, large / small)
        if table is not None:
            with table.open("a", encoding="utf-8", newline="") as stream:
                csv.writer(stream, lineterminator="\n").writerows(rows)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        faults = "; ".join(told(rows, large, floor, over, rate))
        click.echo(f"{name}: {sum(first.values()):.1f} → {sum(last.values()):.1f} s, {used} MB; {faults}")


if __name__ == "__main__":
    main()
