"""The rows of a table or of a folder of drafts, one by one; what cannot be read is a row as well."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from attribution.corpus.inputs import DRAFTS, Columns, Kept, Source
from attribution.corpus.places import place_of
from attribution.records import AttribError

ROWS_AT_ONCE = 64
"""Rows of Parquet that are read at a time."""

SAMPLE = 1_000
"""Lines of JSON Lines whose names are taken for the columns of the table."""

LONGEST_FIELD = 100_000_000
"""Bytes of the longest field of CSV that is read."""

_SURROGATES = re.compile("[\ud800-\udfff]")
"""How a byte that is no UTF-8 is kept while CSV is read."""

MARKS = (b"\xff\xfe", b"\xfe\xff")


class Row(msgspec.Struct, frozen=True):
    """An article of the input, as it stands there.

    ``text`` is anything that the column holds, or bytes: those of the file of a draft (``is_file``), or of a text that
    is not UTF-8. ``kept`` are the other columns.
    ``problem`` says why the row could not even be divided into columns, ``crashes`` that no process survives it.
    """

    id: str
    text: Any
    is_file: bool = False
    title: str | None = None
    format: str | None = None
    kept: tuple[Any, ...] = ()
    problem: str | None = None
    crashes: bool = False


class Reader:
    """Gives the rows of a source; ``share`` tells how much of it has been read, from 0 to 1."""

    def __init__(self, source: Source, columns: Columns, kept: Sequence[Kept]) -> None:
        """``kept`` are the other columns that are wanted."""
        self.source = source
        self.share = 0.0
        self._columns = columns
        self._wanted = [(column.column, str(column.type) == "string") for column in kept]

    def rows(self) -> Iterator[Row]:
        """The rows in their order. AttribError if the file is none of its kind, or ends too soon."""
        read = {"parquet": self._parquet, "csv": self._csv, "jsonl": self._jsonl, DRAFTS: self._drafts}
        yield from read[self.source.kind]()

    def _drafts(self) -> Iterator[Row]:
        kept = (None,) * len(self._wanted)
        for number, address in enumerate(self.source.drafts, 1):
            try:
                yield Row(address, place_of(address).read(), is_file=True, kept=kept)
            except OSError as error:
                yield self._broken(address, f"cannot be read ({error.strerror or error})")
            self.share = number / len(self.source.drafts)

    def _parquet(self) -> Iterator[Row]:
        with _parquet_file(self.source) as file:
            present = set(file.schema_arrow.names)
            names = [name for name in (*self._columns.used, *(name for name, _ in self._wanted)) if name in present]
            total = max(1, file.metadata.num_rows)
            number = 0
            try:
                for batch in file.iter_batches(ROWS_AT_ONCE, columns=list(dict.fromkeys(names)), use_threads=False):
                    for record in batch.to_pylist():
                        number += 1
                        yield self._row(record, number)
                    self.share = number / total
            except OSError as error:
                raise AttribError(f"{self.source.name}: cannot be read ({error}); copy it again") from None

    def _csv(self) -> Iterator[Row]:
        with _Opened(self.source) as (stream, told):
            lines = csv.reader(_text(stream), delimiter=_delimiter(self.source))
            csv.field_size_limit(LONGEST_FIELD)
            header = next(lines, [])
            number = 0
            while True:
                number += 1
                name = f"{self.source.name}:{number}"
                try:
                    fields = next(lines)
                except StopIteration:
                    break
                except csv.Error as error:
                    yield self._broken(name, f"is no row of CSV ({error})")
                    continue
                self.share = told()
                if not fields:
                    number -= 1  # an empty line is no row
                elif len(fields) != len(header):
                    yield self._broken(name, f"has {len(fields)} fields, and the header names {len(header)}")
                else:
                    yield self._row(dict(zip(header, fields, strict=True)), number)

    def _jsonl(self) -> Iterator[Row]:
        with _Opened(self.source) as (stream, told):
            for number, line in enumerate(stream, 1):
                self.share = told()
                if not line.strip():
                    continue
                try:
                    record = msgspec.json.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                    yield self._broken(f"{self.source.name}:{number}", f"is no JSON ({error})")
                    continue
                if isinstance(record, dict):
                    yield self._row(record, number)
                else:
                    yield self._broken(f"{self.source.name}:{number}", "is no object of JSON, {…}")

    def _row(self, record: Mapping[str, Any], number: int) -> Row:
        columns = self._columns
        given = record.get(columns.id) if columns.id is not None else None
        title = record.get(columns.title) if columns.title is not None else None
        form = record.get(columns.format) if columns.format is not None else None
        return Row(
            id=f"{self.source.name}:{number}" if given is None or given != given or given == "" else _shown(given),
            text=_bytes_if_needed(record.get(columns.text)),
            title=_shown(title) if isinstance(title, str) else None,
            format=_shown(form) if isinstance(form, str) else None,
            kept=tuple(
                _shown(value) if as_string and value is not None else value
                for name, as_string in self._wanted
                for value in [record.get(name)]
            ),
        )

    def _broken(self, name: str, problem: str) -> Row:
        return Row(name, None, kept=(None,) * len(self._wanted), problem=f"{name}: {problem}; mend or remove it")


def fields_of(source: Source) -> dict[str, Any]:
    """The columns of a table and their Arrow types: those of Parquet, strings for others.

    Lines of JSON may have different columns; those of the first thousand count.
    """
    import pyarrow as pa

    if source.kind == "parquet":
        with _parquet_file(source) as file:
            return {field.name: _plain(field.type) for field in file.schema_arrow}
    names: dict[str, None] = {}
    with _Opened(source) as (stream, _):
        if source.kind == "csv":
            header = next(csv.reader(_text(stream), delimiter=_delimiter(source)), [])
            names.update(dict.fromkeys(header))
            if len(names) < len(header):
                raise AttribError(f"{source.name}: names a column twice in its first line; give each its own name")
        else:
            first = stream.readline()
            if first.lstrip()[:1] == b"[":
                raise AttribError(
                    f"{source.name}: is a list of JSON; save it as JSON Lines, an object {{…}} in each line"
                )
            for line in (first, *(line for line, _ in zip(stream, range(SAMPLE), strict=False))):
                try:
                    names.update(dict.fromkeys(msgspec.json.decode(line, type=dict[str, Any])))
                except (msgspec.MsgspecError, UnicodeDecodeError):
                    continue
    return {name: pa.string() for name in names}


def _plain(kind: Any) -> Any:
    """A type as it is written: dictionaries are only a way to store strings."""
    return kind.value_type if hasattr(kind, "value_type") and str(kind).startswith("dictionary") else kind


def _bytes_if_needed(value: Any) -> Any:
    if isinstance(value, str) and _SURROGATES.search(value):
        return value.encode("utf-8", "surrogateescape")
    return value


def _shown(value: Any) -> str:
    """A value as a string; what is not a string of JSON is the JSON itself."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    try:
        encoded = msgspec.json.encode(value).decode()
    except (msgspec.MsgspecError, TypeError):
        return str(value)
    return encoded[1:-1] if encoded.startswith('"') else encoded  # a date is in quotation marks


def _parquet_file(source: Source) -> Any:
    import pyarrow.parquet as pq

    place = place_of(source.name)
    try:
        return pq.ParquetFile(place.system.open(place.path, "rb"))
    except (OSError, ValueError) as error:
        raise AttribError(f"{source.name}: is no Parquet file ({error}); check it") from None


class _Opened:
    """A file's decompressed bytes as a stream, and how much of the file has been read."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __enter__(self) -> tuple[io.BufferedReader, Any]:
        import pyarrow as pa

        place = place_of(self._source.name)
        self._raw = place.system.open(place.path, "rb")
        stream: Any = self._raw
        if self._source.compression is not None:
            stream = pa.CompressedInputStream(pa.PythonFile(self._raw, mode="r"), self._source.compression)
        size = max(1, self._source.size)
        return io.BufferedReader(_Raw(stream, self._source.name)), lambda: min(1.0, self._raw.tell() / size)

    def __exit__(self, *_: object) -> None:
        self._raw.close()


class _Raw(io.RawIOBase):
    """A stream of bytes for ``io.BufferedReader``, with errors that name the file."""

    def __init__(self, stream: Any, name: str) -> None:
        self._stream = stream
        self._name = name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except (OSError, ValueError) as error:
            raise AttribError(f"{self._name}: cannot be read ({error}); copy it again") from None
        buffer[: len(data)] = data
        return len(data)


def _text(stream: io.BufferedReader) -> io.TextIOWrapper:
    """The characters of CSV: UTF-8, or UTF-16 with its mark; other bytes are kept for ``ingest`` to guess."""
    encoding = "utf-16" if stream.peek(2)[:2] in MARKS else "utf-8-sig"
    return io.TextIOWrapper(stream, encoding, "surrogateescape", newline="")


def _delimiter(source: Source) -> str:
    """What separates the columns: of tab, comma and semicolon, what the first line has most of."""
    with _Opened(source) as (stream, _):
        first = _text(stream).readline()
    return max("\t,;" if ".tsv" in source.name.lower() else ",;\t", key=first.count)
