"""A corpus is read from tables and drafts of many kinds, and no row of them stops it."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpus_runs import FRENCH, FirstWords, errors, numbered, read_by, rows, run, write_lines

from attribution.corpus.inputs import Columns, find_sources
from attribution.records import AttribError


@pytest.fixture(autouse=True)
def parser(monkeypatch: pytest.MonkeyPatch) -> FirstWords:
    return read_by(FirstWords(), monkeypatch)


def articles(output: Path) -> list[str]:
    return [row["article"] for row in rows(output, "articles")]


def test_csv_has_rows_of_its_columns_and_errors_of_the_others(tmp_path: Path) -> None:
    table = tmp_path / "news.csv"
    table.write_text(
        'id,text,outlet\n1,"Ran, he\nsaid.",Echo\n2,,Echo\n3,"'
        + FRENCH
        + '",Echo\n4,too,many,fields\n\n5,Ran on.,Post\n',
        encoding="utf-8",
    )
    totals = run([table], tmp_path / "out")
    assert totals.rows["articles"] == 2
    assert [(row["article"], row["outlet"], row["characters"]) for row in rows(tmp_path / "out", "articles")] == [
        ("1", "Echo", 13),
        ("5", "Post", 7),
    ]
    assert errors(tmp_path / "out") == {"2": "empty", "3": "not-english", f"{table}:4": "unreadable"}
    assert {row["input"] for row in rows(tmp_path / "out", "errors")} == {str(table)}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"id;text\n1;Ran, and ran.\n"),
        ("a.tsv", b"id\ttext\n1\tRan, and ran.\n"),
        ("a.csv", "\ufeffid,text\r\n1,Ran and ran.\r\n".encode()),
        ("a.csv", "id,text\n1,Ran and ran.\n".encode("utf-16")),
        ("a.csv.gz", gzip.compress(b"id,text\n1,Ran and ran.\n")),
        ("a.jsonl.zst", pa.compress(b'{"id": 1, "text": "Ran and ran."}\n', "zstd", asbytes=True)),
        ("a.ndjson", b'\n{"id": 1, "text": "Ran and ran."}'),
        ("a.json", b'{"id": 1, "text": "Ran and ran."}\n'),
        ("a.csv", "id,text\n1,Ran to the café – “never”.\n".encode("cp1252")),
    ],
)
def test_tables_are_read_in_all_their_dialects(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    run([tmp_path / name], tmp_path / "out")
    assert articles(tmp_path / "out") == ["1"]


def test_bytes_that_are_not_utf_8_are_read_as_in_drafts(tmp_path: Path, parser: FirstWords) -> None:
    (tmp_path / "a.csv").write_bytes("id,text\n1,Ran to the café – “never”.\n".encode("cp1252"))
    run([tmp_path / "a.csv"], tmp_path / "out")
    assert parser.texts == ["Ran to the café – “never”."]


def test_parquet_keeps_the_types_of_other_columns(tmp_path: Path) -> None:
    day = datetime.date(2026, 11, 2)
    table = pa.table({"body": ["Ran.", None, "Ran."], "day": [day] * 3, "words": [1.5, 2.5, None], "key": [7, 8, 9]})
    pq.write_table(table, tmp_path / "a.parquet")
    run([tmp_path / "a.parquet"], tmp_path / "out", Columns(text="body", id="key"))
    assert [
        (row["article"], row["day"], row["input_words"], row["words"]) for row in rows(tmp_path / "out", "articles")
    ] == [
        ("7", day, 1.5, 1),
        ("9", day, None, 1),
    ]
    assert errors(tmp_path / "out") == {"8": "not-text"}


def test_lines_of_json_that_are_broken_or_of_another_kind_are_errors(tmp_path: Path) -> None:
    table = tmp_path / "a.jsonl"
    write_lines(table, [{"text": "Ran.", "tags": ["a", 1], "n": 3}, {"text": float("nan")}, {"text": 7}, ["list"], {}])
    table.write_text(table.read_text() + "{half\n")
    run([table], tmp_path / "out")
    (article,) = rows(tmp_path / "out", "articles")
    assert (article["article"], article["tags"], article["n"]) == (f"{table}:1", '["a",1]', "3")
    assert list(errors(tmp_path / "out").values()) == ["unreadable", "not-text", "unreadable", "not-text", "unreadable"]


def test_a_folder_is_searched_for_tables_and_drafts(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "2026").mkdir(parents=True)
    (folder / "a.txt").write_text("Ran.")
    (folder / "2026" / "b.md").write_text("# Ran\n\nRan.")
    (folder / "2026" / "empty.html").write_text("")
    (folder / "notes.pdf").write_text("none")
    write_lines(folder / "c.jsonl", numbered(1))
    run([folder], folder / "out")
    assert articles(folder / "out") == [str(folder / "2026" / "b.md"), str(folder / "a.txt"), "n000"]
    assert errors(folder / "out") == {str(folder / "2026" / "empty.html"): "empty"}
    assert run([folder], folder / "out").rows["articles"] == 3  # its own output is no input


def test_patterns_are_extended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b1.jsonl", "b2.jsonl", "c1.jsonl"):
        write_lines(Path(name), numbered(1))
    assert [source.name for source in find_sources(["b*.jsonl"])] == ["b1.jsonl", "b2.jsonl"]
    with pytest.raises(AttribError, match=r"d\*: no file fits this pattern"):
        find_sources(["d*"])


def test_addresses_of_stores_are_read_and_written(tmp_path: Path) -> None:
    store = fsspec.filesystem("memory")
    store.pipe_file("/news/a.jsonl", b'{"id": "x", "text": "Ran."}\n')
    store.pipe_file("/news/deep/b.csv", b"id,text\ny,Ran.\n")
    try:
        assert [source.name for source in find_sources(["memory://news/*.jsonl"])] == ["memory://news/a.jsonl"]
        totals = run(["memory://news"], "memory://results")
        assert totals.rows["articles"] == 2
        found = pq.read_table("/results/articles", filesystem=store).column("article").to_pylist()
        assert sorted(found) == ["x", "y"]
        again = run(["memory://news"], "memory://results")
        assert (again.analysed, again.finished) == (0, totals.made)
    finally:
        store.rm("/", recursive=True)


def test_titles_stand_above_the_text_and_formats_are_heeded(tmp_path: Path, parser: FirstWords) -> None:
    table = write_lines(
        tmp_path / "a.jsonl",
        [
            {"id": "1", "text": "Ran.", "head": "Bridge\nto close", "kind": "text"},
            {"id": "2", "text": "<p>Ran.</p>", "head": "A & B", "kind": "text/html"},
            {"id": "3", "text": "Ran.", "head": None, "kind": "pdf"},
        ],
    )
    run([table], tmp_path / "out", Columns(title="head", format="kind"))
    assert parser.texts == ["Bridge to close\n\nRan.", "A & B\n\nRan."]
    assert errors(tmp_path / "out") == {"3": "unreadable"}
    assert [row["head"] for row in rows(tmp_path / "out", "articles")] == ["Bridge\nto close", "A & B"]


def test_a_fault_and_a_length_and_a_name_given_twice_are_errors(tmp_path: Path) -> None:
    records = [{"id": "1", "text": "bad"}, {"id": "2", "text": "Ran. " * 9}, {"id": "3", "text": "Ran."}] * 2
    run([write_lines(tmp_path / "a.jsonl", records)], tmp_path / "out", longest=30)
    reasons = [row["reason"] for row in rows(tmp_path / "out", "errors")]
    assert reasons == ["fault", "duplicate-id", "too-long", "duplicate-id", "duplicate-id"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"id,body\n1,Ran.\n", r"has no column 'text'; --text-column names .* \(columns: id, body\)"),
        ("a.parquet", b"PAR1 none", "is no Parquet file"),
        ("a.json", b'[{"text": "Ran."}]', "is a list of JSON; save it as JSON Lines"),
        ("a.xlsx", b"", "is no table and no draft"),
        ("a.csv", b"text,text\n1,2\n", "names a column twice"),
    ],
)
def test_a_file_that_is_none_stops_before_anything_is_read(
    name: str, data: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(AttribError, match=message):
        run([tmp_path / name], tmp_path / "out")


def test_a_column_that_is_missing_is_told_by_name(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("id,text\n1,Ran.\n")
    with pytest.raises(AttribError, match="has no column 'head'; check the name"):
        run([table], tmp_path / "out", Columns(title="head"))
