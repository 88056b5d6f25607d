"""Divides the rows of a source into parts, whose borders and names follow from their content alone.

A part ends behind a row whose hash says so, as backup programs divide files: a row that is inserted or changed changes
the part that it is in, and no other. A part's name is a hash of all that its tables are made from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from attribution.corpus.inputs import Columns, Kept, Source
from attribution.corpus.readers import Reader, Row
from attribution.corpus.schema import SCHEMA_VERSION
from attribution.session.options import Options

ROWS = 200
"""How many rows a part has, about."""

LARGEST = 2
"""How many times as many rows a part may have at most."""

LARGEST_BYTES = 16_000_000
"""Bytes of texts from which a part ends, whatever its rows."""

NAME_BYTES = 12


@dataclass(frozen=True)
class Settings:
    """Everything besides the rows that the tables depend on.

    ``fingerprint`` stands for version, code, words, model and options of the analysis (``session.cache``). ``longest``
    is the most characters of an article; ``with_json`` keeps the whole report as well; ``rows`` is the size of a part.
    """

    options: Options
    fingerprint: str
    columns: Columns
    kept: tuple[Kept, ...]
    longest: int
    with_json: bool = False
    rows: int = ROWS

    @property
    def analysis(self) -> str:
        """A hash of what the analysis of a text depends on."""
        return _hash((SCHEMA_VERSION, self.fingerprint, self.options.force, self.longest, self.with_json))

    @property
    def digest(self) -> str:
        """A hash of what the tables depend on besides the rows."""
        kept = [(column.column, column.name, str(column.type)) for column in self.kept]
        return _hash((self.analysis, kept, self.rows))


class Part(msgspec.Struct, frozen=True):
    """Rows of a source that are analysed together, and whose tables stand in files of their own.

    ``number`` counts the parts of the source from 0; ``share`` tells how much of it has been read when the part ends.
    ``earlier`` names parts of an earlier run in which some of the articles may be found analysed.
    """

    name: str
    source: str
    rows: list[Row]
    number: int = 0
    share: float = 0.0
    earlier: tuple[str, ...] = ()


def parts_of(source: Source, settings: Settings) -> Iterator[Part]:
    """The parts of a source, in the order of its rows, read as they are asked for."""
    reader = Reader(source, settings.columns, settings.kept)
    rows: list[Row] = []
    hashes: list[bytes] = []
    size = number = 0
    for row in reader.rows():
        rows.append(row)
        hashes.append(hash_of(row))
        size += len(row.text) if isinstance(row.text, str | bytes) else 0
        is_border = int.from_bytes(hashes[-1][:4], "big") % settings.rows == 0
        if is_border or len(rows) == settings.rows * LARGEST or size > LARGEST_BYTES:
            yield _part(source, settings, rows, hashes, number, reader.share)
            rows, hashes, size = [], [], 0
            number += 1
    if rows:
        yield _part(source, settings, rows, hashes, number, 1.0)


def _part(source: Source, settings: Settings, rows: list[Row], hashes: list[bytes], number: int, share: float) -> Part:
    digest = hashlib.blake2b(f"{settings.digest}\n{source.name}\n".encode() + b"".join(hashes), digest_size=NAME_BYTES)
    return Part(f"part-{digest.hexdigest()}", source.name, rows, number, share)


def hash_of(row: Row) -> bytes:
    """A hash of everything in a row."""
    return hashlib.blake2b(msgspec.msgpack.encode(row, enc_hook=repr), digest_size=16).digest()


def _hash(value: Any) -> str:
    return hashlib.blake2b(repr(value).encode(), digest_size=16).hexdigest()
