"""Small corpora, and runs over them with a parser that needs no model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from attribution.corpus import worker
from attribution.corpus.inputs import Columns
from attribution.corpus.local import LocalEngine
from attribution.corpus.run import Request, Totals, Watcher, run_corpus
from attribution.records import ROOT, Draft, Sentence, Token
from attribution.session import Options, Session

FRENCH = "Le ministre a déclaré mardi que le gouvernement ne reculerait pas devant la contestation dans les rues."
OPTIONS = Options(isolated=True, caching=False, jobs=1)


class FirstWords:
    """Reads each draft as one sentence of its first three letters, and counts the drafts that it has read."""

    name = "first words"

    def __init__(self) -> None:
        self.texts: list[str] = []

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        self.texts += [draft.text for draft in drafts]
        return [(self._sentence(draft.text[:3]),) for draft in drafts]

    def _sentence(self, text: str) -> Sentence:
        if text == "bad":
            raise ZeroDivisionError("a fault")
        return Sentence("s1", 0, 3, text, 0, (Token(0, text, 0, 3, "run", "VERB", "VBD", ROOT, "root"),))


def read_by(parser: FirstWords, monkeypatch: pytest.MonkeyPatch) -> FirstWords:
    """Have all parts of this process read by a parser."""
    monkeypatch.setattr(worker, "session_here", lambda options: Session(options, parser))
    return parser


def run(
    names: Iterable[str | Path],
    output: str | Path,
    columns: Columns | None = None,
    watcher: Watcher | None = None,
    **more: Any,
) -> Totals:
    request = Request(tuple(map(str, names)), str(output), OPTIONS, columns or Columns(), **more)
    return run_corpus(request, LocalEngine(1), watcher)


def rows(output: str | Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table, in the order of the articles' names."""
    found = [row for path in Path(output, table).glob("*.parquet") for row in pq.ParquetFile(path).read().to_pylist()]
    return sorted(found, key=lambda row: row["article"])


def errors(output: str | Path) -> dict[str, str]:
    """The reasons of the errors by article."""
    return {row["article"]: row["reason"] for row in rows(output, "errors")}


def content(output: str | Path) -> dict[str, bytes]:
    """The files of a folder of results, without what is hidden."""
    top = Path(output)
    paths = (path.relative_to(top) for path in top.rglob("*") if path.is_file())
    return {str(path): (top / path).read_bytes() for path in paths if not path.name.startswith(".")}


def write_lines(path: Path, records: Iterable[Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def numbered(count: int) -> Iterator[dict[str, Any]]:
    return (
        {"id": f"n{number:03}", "text": f"Ran number {number}, said Ola Brandt.", "n": number}
        for number in range(count)
    )
