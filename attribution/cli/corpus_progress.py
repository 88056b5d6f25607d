"""What the user of ``attrib corpus`` sees on standard error: articles, their rate and the time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attribution.cli.main import complain
from attribution.corpus.run import Watcher

if TYPE_CHECKING:
    from attribution.corpus.inputs import Source

BETWEEN_LINES = 60.0
"""Seconds between the lines in a file or pipe, where no bar can move."""


class CorpusProgress(Watcher):
    """A bar on a terminal, by the bytes that have been read; elsewhere a line each minute."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._sizes: dict[str, int] = {}
        self._read: dict[str, float] = {}
        self._articles = 0
        self._started = self._told = time.monotonic()
        if sys.stderr.isatty():
            from rich import progress
            from rich.console import Console

            self._bar = progress.Progress(
                progress.BarColumn(),
                progress.TaskProgressColumn(),
                progress.TextColumn("{task.fields[articles]}", markup=False),
                progress.TimeElapsedColumn(),
                progress.TextColumn("left"),
                progress.TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )

    def __enter__(self) -> CorpusProgress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, message: str) -> None:
        """Print a line, above the bar."""
        if self._bar:
            self._bar.stop()
        complain(message)
        if self._bar:
            self._bar.start()

    def begin(self, sources: Sequence[Source]) -> None:
        """Show that nothing has been read of the sources yet."""
        self._sizes = {source.name: max(1, source.size) for source in sources}
        self._started = self._told = time.monotonic()
        if self._bar:
            self._task = self._bar.add_task("", total=sum(self._sizes.values()), articles="reading")

    def read(self, source: str, share: float, articles: int) -> None:
        """Show that more has been read."""
        self._read[source] = max(share, self._read.get(source, 0.0))
        self._articles += articles
        now = time.monotonic()
        rate = self._articles / max(now - self._started, 1e-9)
        done = sum(self._sizes[name] * part for name, part in self._read.items())
        words = f"{self._articles:,} articles, {rate:,.1f} a second"
        if self._bar:
            self._bar.update(self._task, completed=done, articles=words)
        elif now - self._told >= BETWEEN_LINES:
            self._told = now
            complain(f"{done / sum(self._sizes.values()):.0%} read: {words}")
