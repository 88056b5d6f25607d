"""Progress on standard error, if that is a terminal: a spinner for one file, a bar for several."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Progress:
    """Shows which file is being read; shows nothing without files or without a terminal."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._bar: Any = None
        if paths and sys.stderr.isatty():
            from rich import progress
            from rich.console import Console

            columns: list[progress.ProgressColumn] = [progress.TextColumn("{task.description}", markup=False)]
            if len(paths) > 1:
                columns += [progress.BarColumn(), progress.MofNCompleteColumn(), progress.TimeRemainingColumn()]
            else:
                columns.insert(0, progress.SpinnerColumn("line"))
            self._bar = progress.Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=len(paths))

    def __enter__(self) -> Progress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def at(self, path: str) -> None:
        """Show the file that is being read."""
        if self._bar:
            name = "".join(character if character.isprintable() else "?" for character in Path(path).name)
            self._bar.update(self._task, description=f"reading {name}")

    def advance(self) -> None:
        """Count a file as done."""
        if self._bar:
            self._bar.advance(self._task)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Hide the display while something else is written to the terminal; after the last file, for good."""
        if self._bar is None:
            yield
            return
        self._bar.stop()
        yield
        if not self._bar.finished:
            self._bar.start()
