"""The tables have the columns that the documentation promises, small enough for millions of articles."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from corpus_runs import OPTIONS, rows, run, write_lines

from attribution.corpus.local import LocalEngine
from attribution.corpus.run import Request, run_corpus
from attribution.corpus.schema import ARTICLES, SCHEMA_VERSION, TABLES, arrow_schema, tables_markdown
from attribution.ingest import read_text

CHECKOUT = Path(__file__).parent.parent.parent
SEEDS = sorted(path.relative_to(CHECKOUT) for path in (CHECKOUT / "seeds").glob("*.txt"))
"""Relative, as the names of articles decide where a part ends, and a second part takes more bytes."""
LARGEST_ARTICLE = 6_000
"""Bytes of the tables for 500 words of a dozen articles; of hundreds, which compress better, it is 4,000."""


def data_in(folder: Path) -> int:
    """Bytes of the columns of a table's files."""
    total = 0
    for path in folder.iterdir():
        metadata = pq.ParquetFile(path).metadata
        groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
        total += sum(
            group.column(number).total_compressed_size for group in groups for number in range(metadata.num_columns)
        )
    return total


def test_the_documentation_has_the_columns() -> None:
    assert tables_markdown() in (CHECKOUT / "docs" / "CORPORA.md").read_text(encoding="utf-8")


def test_every_table_says_which_article_a_row_belongs_to() -> None:
    for table in TABLES:
        assert table.columns[0].name == "article"
        assert len({column.name for column in table.columns}) == len(table.columns)


@pytest.mark.slow
def test_what_is_found_in_the_samples_stands_in_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    request = Request(tuple(map(str, SEEDS)), str(tmp_path / "out"), OPTIONS, with_json=True)
    totals = run_corpus(request, LocalEngine(1))
    articles = rows(tmp_path / "out", ARTICLES)
    assert [row["article"] for row in articles] == [str(path) for path in SEEDS]
    for table in TABLES:
        for path in (tmp_path / "out" / table.name).iterdir():
            file = pq.ParquetFile(path)
            assert file.schema_arrow == arrow_schema(table.name)
            metadata = file.schema_arrow.metadata
            assert metadata[b"attrib.schema"] == SCHEMA_VERSION.encode()
    voices = [row["voice"] for row in rows(tmp_path / "out", "claims")]
    for voice in ("own", "source", "hearsay", "unclear"):
        assert sum(row[voice] for row in articles) == voices.count(voice)
    entries = {(row["article"], row["source"]): row for row in rows(tmp_path / "out", "sources")}
    for row in rows(tmp_path / "out", "attributions"):
        assert row["source"] is None or (row["article"], row["source"]) in entries
    texts = {str(path): read_text(path.read_text(encoding="utf-8")).text for path in SEEDS}
    for row in rows(tmp_path / "out", "claims"):
        assert row["text"].split(" … ")[0] in texts[row["article"]][row["start"] : row["end"]]
    words = sum(row["words"] for row in articles)
    assert sum(data_in(tmp_path / "out" / table.name) for table in TABLES) / words * 500 < LARGEST_ARTICLE
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["rows"] == totals.rows
    assert manifest["tool"]["model"] == "embedded"


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    table = write_lines(tmp_path / "a.jsonl", [{"text": "", "outlet": "Echo"}])
    assert run([table], tmp_path / "out").rows == {**dict.fromkeys((table.name for table in TABLES), 0), "errors": 1}
    (path,) = (tmp_path / "out" / "articles").iterdir()
    assert pq.ParquetFile(path).schema_arrow.names[-1] == "outlet"
