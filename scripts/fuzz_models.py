#!/usr/bin/env python3
"""Read many model folders that were tampered with, as ``--model`` gives them, in little memory.

    .venv/bin/python scripts/fuzz_models.py --count 4000

Each must give a line that says what is wrong, or a parse; another exception, a crash of the process, or more memory
than ``--memory`` is a fault. The folders are made by tests/robustness/damaged_models.py, each from its number.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import traceback
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "robustness"), str(ROOT / "tests")]

BATCH = 250
SECONDS = 120
"""The longest that a batch may take for a model each, on a busy machine."""


def read_batch(first: int, last: int, memory: int) -> None:
    """Read the folders of these numbers, and print for each its number, the kind of damage, and what came of it."""
    from damaged_models import damage, outcome

    resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
    for number in range(first, last):
        with TemporaryDirectory() as folder:
            click.echo(f"{number}\t", nl=False)
            kind = damage(Path(folder), number)
            click.echo(f"{kind}\t", nl=False)
            try:
                told = "refused" if outcome(Path(folder)) else "read"
            except Exception:
                traceback.print_exc()
                told = "FAULT"
            click.echo(told)


@click.command(help=__doc__)
@click.option("--count", default=1000, show_default=True, help="How many folders.")
@click.option("--first", default=0, show_default=True, help="The number of the first.")
@click.option("--memory", default=3000, show_default=True, metavar="MB", help="The address space that may be used.")
@click.option("--batch", is_flag=True, hidden=True, help="Read in this process.")
def main(count: int, first: int, memory: int, batch: bool) -> None:
    """Print faults and figures; exit with 1 if there are faults."""
    if batch:
        read_batch(first, first + count, memory)
        return
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    for start in range(first, first + count, BATCH):
        number = min(BATCH, first + count - start)
        command = [sys.executable, __file__, "--batch", "--first", str(start), "--count", str(number)]
        try:
            done = subprocess.run(
                [*command, "--memory", str(memory)], capture_output=True, text=True, check=False, timeout=SECONDS * 10
            )
            output, errors, code = done.stdout, done.stderr, done.returncode
        except subprocess.TimeoutExpired as error:
            output, errors, code = str(error.stdout or b"", "utf-8"), "", None
        lines = output.splitlines()
        outcomes.update(line.split("\t")[-1] for line in lines)
        faults += [line for line in lines if line.endswith("FAULT")]
        if code != 0:
            faults.append(f"{lines[-1] if lines else start}: the process ended with {code}")
        if errors:
            click.echo(errors, err=True)
    click.echo(f"{count} model folders: " + ", ".join(f"{number} {told}" for told, number in sorted(outcomes.items())))
    for fault in faults:
        click.echo(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
