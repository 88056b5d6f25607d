"""A column of texts in a notebook, analysed into tidy frames of pandas or polars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from attribution.corpus.libraries import library
from attribution.corpus.rows import Rows, rows_of
from attribution.corpus.schema import ERRORS, KEY, TABLES
from attribution.draft_errors import DraftError

if TYPE_CHECKING:
    from attribution.analysis import Analyser


@dataclass(frozen=True)
class Frames:
    """The tables of a corpus (docs/CORPORA.md) as rows; ``pandas()`` and ``polars()`` give a frame for each.

    ``article`` holds the names that were given, or the index of the column.
    """

    rows: Rows

    def pandas(self) -> dict[str, Any]:
        """A ``pandas.DataFrame`` for each table, by its name. AttribError without pandas."""
        frame = library("pandas", "pandas").DataFrame
        return {name: frame(rows, columns=_columns(name)) for name, rows in self.rows.items()}

    def polars(self) -> dict[str, Any]:
        """A ``polars.DataFrame`` for each table, by its name. AttribError without polars."""
        frame = library("polars", "polars").DataFrame
        return {
            name: frame(rows, schema=_columns(name), infer_schema_length=None) if rows else frame(schema=_columns(name))
            for name, rows in self.rows.items()
        }


def analyse_column(
    texts: Iterable[Any],
    names: Iterable[Any] | None = None,
    *,
    analyser: Analyser | None = None,
    progress: bool = False,
) -> Frames:
    """Analyse a column of texts: a list, a generator, or a Series of pandas or polars.

    ``names`` say which article a row belongs to: by default the index of a pandas Series, otherwise numbers from 0.
    What cannot be analysed (a gap, no words, another language) is a row of the frame ``errors``, with its reason.
    ``progress`` shows a bar with rate and time left on standard error.
    """
    from attribution.analysis import Analyser

    analyser = analyser or Analyser()
    if names is None:
        index = getattr(texts, "index", None)
        names = index if isinstance(index, Iterable) else None
    rows: Rows = {table.name: [] for table in TABLES}
    numbered = iter(names) if names is not None else None
    total = len(texts) if isinstance(texts, Sized) else None
    found = analyser.analyse_iter(texts, return_errors=True)
    for number, analysis in enumerate(_shown(found, total) if progress else found):
        name = number if numbered is None else next(numbered)
        if isinstance(analysis, DraftError):
            rows[ERRORS].append({KEY: name, "reason": analysis.reason, "message": str(analysis)})
            continue
        for table, made in rows_of(analysis, name).items():
            rows[table] += made
    return Frames(rows)


def _shown(found: Iterator[Any], total: int | None) -> Iterator[Any]:
    """The same, with a bar that advances as they are taken."""
    from rich import progress
    from rich.console import Console
    from rich.text import Text

    class _Rate(progress.ProgressColumn):
        def render(self, task: progress.Task) -> Text:
            return Text("" if task.speed is None else f"{task.speed:.1f} a second")

    columns = (
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        _Rate(),
        progress.TimeElapsedColumn(),
        progress.TextColumn("left"),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(found, total=total, description="")


def _columns(name: str) -> list[str]:
    table = next(table for table in TABLES if table.name == name)
    return [column.name for column in table.columns if column.name != "input"]
