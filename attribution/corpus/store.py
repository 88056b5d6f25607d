"""The folder of a corpus: tables of Parquet, a file for each part, and the list of finished parts.

A part is finished when its file in ``parts/`` is there, which is written last, after its tables; so whatever is killed
when, a part is either finished or made again, with the same bytes. In a folder on disk a file appears whole, as
stores do it, too. Parts that are out of date move to ``.earlier/`` until the run that replaces them ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from attribution import __version__
from attribution.corpus.parts import Settings
from attribution.corpus.places import Place, place_of
from attribution.corpus.rows import Rows
from attribution.corpus.schema import ARTICLES, KEY, SCHEMA_VERSION, TABLES, arrow_schema
from attribution.records import AttribError

PARTS, JSON, EARLIER, MANIFEST = "parts", "json", ".earlier", "manifest.json"

COMPRESSION_LEVEL = 15


class PartEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a finished part: its source, the settings it was made by, and the rows of its tables."""

    name: str
    source: str
    analysis: str
    rows: dict[str, int]
    bytes: int


@dataclass(frozen=True)
class Store:
    """The folder at an address, of which the tables are written and read."""

    address: str

    @property
    def place(self) -> Place:
        """The folder."""
        return place_of(self.address)

    def part_names(self) -> set[str]:
        """The names of the finished parts."""
        return {name.removesuffix(".json") for name in self.place.under(PARTS).names() if name.endswith(".json")}

    def entry(self, name: str) -> PartEntry:
        """What is known of a finished part; AttribError if somebody has changed its file."""
        try:
            return msgspec.json.decode(self.place.under(PARTS, f"{name}.json").read(), type=PartEntry)
        except (OSError, msgspec.MsgspecError) as error:
            raise AttribError(
                f"{self.address}/{PARTS}/{name}.json: cannot be read ({error}); remove it, and the part is made again"
            ) from None

    def write(self, name: str, source: str, settings: Settings, rows: Rows, lines: Iterable[bytes]) -> PartEntry:
        """Write the tables of a part and then, as the sign that it is finished, its entry."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        place = self.place
        metadata = {
            "attrib.schema": SCHEMA_VERSION,
            "attrib.version": __version__,
            "attrib.analysis": settings.analysis,
        }
        size = 0
        if settings.with_json:
            data = pa.compress(b"".join(lines), "gzip", asbytes=True)
            size += len(data)
            place.under(JSON, f"{name}.jsonl.gz").write(data)
        # The articles last: whoever joins the tables to them sees no article without its rows.
        for table in (*(table for table in TABLES if table.name != ARTICLES), TABLES[0]):
            schema = arrow_schema(table.name, settings.kept if table.name == ARTICLES else (), metadata)
            sink = pa.BufferOutputStream()
            pq.write_table(
                pa.Table.from_pylist(rows.get(table.name, []), schema),
                sink,
                compression="zstd",
                compression_level=COMPRESSION_LEVEL,
                write_statistics=[KEY],
            )
            data = sink.getvalue().to_pybytes()
            size += len(data)
            place.under(table.name, f"{name}.parquet").write(data)
        counts = {table.name: len(rows.get(table.name, [])) for table in TABLES}
        entry = PartEntry(name=name, source=source, analysis=settings.analysis, rows=counts, bytes=size)
        place.under(PARTS, f"{name}.json").write(msgspec.json.encode(entry) + b"\n")
        return entry

    def read(self, table: str, name: str, columns: list[str] | None = None) -> Any:
        """The rows of a part in a table, as an Arrow table; of a part that is out of date too, while it is kept."""
        import pyarrow.parquet as pq

        place = self.place.under(table, f"{name}.parquet")
        if not place.exists():
            place = self.place.under(EARLIER, table, f"{name}.parquet")
        with place.system.open(place.path, "rb") as stream:
            return pq.ParquetFile(stream).read(columns, use_threads=False)

    def columns(self, table: str, name: str) -> list[str]:
        """The columns of a table."""
        import pyarrow.parquet as pq

        place = self.place.under(table, f"{name}.parquet")
        with place.system.open(place.path, "rb") as stream:
            return list(pq.read_schema(stream).names)

    def json_lines(self, name: str) -> list[bytes]:
        """The reports of a part, a line each; none if they were not kept."""
        import gzip

        for place in (self.place.under(JSON), self.place.under(EARLIER, JSON)):
            file = place.under(f"{name}.jsonl.gz")
            if file.exists():
                return gzip.decompress(file.read()).splitlines(keepends=True)
        return []

    def move_away(self, names: Iterable[str]) -> None:
        """Take parts out of the tables that are out of date; they can be read until ``forget``."""
        for name in sorted(names):
            self._move(name, self.place, self.place.under(EARLIER))

    def bring_back(self, names: Iterable[str]) -> set[str]:
        """Bring back those of the parts that an earlier run has moved away; the names of those."""
        kept = {name.removesuffix(".json") for name in self.place.under(EARLIER, PARTS).names()}
        found = kept & set(names)
        for name in sorted(found):
            self._move(name, self.place.under(EARLIER), self.place, entry_last=True)
        return found

    def _move(self, name: str, here: Place, there: Place, *, entry_last: bool = False) -> None:
        folders = [(PARTS, ".json"), (ARTICLES, ".parquet")]
        folders += [(table.name, ".parquet") for table in TABLES if table.name != ARTICLES] + [(JSON, ".jsonl.gz")]
        for folder, ending in reversed(folders) if entry_last else folders:
            file = here.under(folder, name + ending)
            if file.exists():
                file.move(there.under(folder, name + ending))

    def earlier_names(self) -> set[str]:
        """The names of the parts that are out of date and can still be read."""
        return {name.removesuffix(".json") for name in self.place.under(EARLIER, PARTS).names()}

    def clear_unfinished(self) -> None:
        """Remove what killed runs have left: tables of parts that are not finished, and half-written files."""
        finished = self.part_names()
        for folder in (*(table.name for table in TABLES), JSON, PARTS):
            for name in self.place.under(folder).names():
                if name.startswith(".") or name.partition(".")[0] not in finished:
                    self.place.under(folder, name).remove()

    def forget(self) -> None:
        """Remove the parts that are out of date."""
        self.place.under(EARLIER).remove()

    def write_manifest(self, entries: Iterable[PartEntry], settings: Settings, model: str) -> None:
        """Write what the folder holds: versions, columns, totals, and the parts in the order of the input."""
        entries = list(entries)
        totals = {table.name: sum(entry.rows[table.name] for entry in entries) for table in TABLES}
        manifest: Mapping[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "attrib", "version": __version__, "model": model},
            "columns": msgspec.to_builtins(vars(settings.columns)),
            "kept": {column.column: str(column.type) for column in settings.kept},
            "rows": totals,
            "bytes": sum(entry.bytes for entry in entries),
            "parts": [msgspec.to_builtins(entry) for entry in entries],
        }
        self.place.under(MANIFEST).write(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
