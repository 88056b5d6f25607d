"""What a corpus is made of: tables and drafts, found by names of files, folders, patterns and addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any, NamedTuple

from attribution.corpus.places import SCHEME, Place, glob, place_of
from attribution.ingest import find_drafts
from attribution.ingest.files import FORMATS
from attribution.records import AttribError

DRAFTS = "drafts"
KINDS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
"""The kinds of table, by the extension of their files."""

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2"}
"""How a file is compressed, by the extension after its own; Parquet compresses itself."""

PATTERN = frozenset("*?[")


@dataclass(frozen=True)
class Source:
    """A table, or the drafts of a folder.

    ``name`` is what people call it, and ``size`` its bytes. The ``drafts`` of a folder are the addresses of its files.
    """

    name: str
    kind: str
    size: int
    drafts: tuple[str, ...] = ()
    compression: str | None = None


@dataclass(frozen=True)
class Columns:
    """The columns of the tables by what they hold; None for ``id`` means a column of that name, if there is one."""

    text: str = "text"
    id: str | None = None
    title: str | None = None
    format: str | None = None

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are named."""
        return tuple(name for name in (self.text, self.id, self.title, self.format) if name is not None)


class Kept(NamedTuple):
    """A column of the input that is kept: its name there, its name in the table of articles, and its Arrow type."""

    column: str
    name: str
    type: Any


def find_sources(names: Sequence[str], tell: Callable[[str], None] | None = None) -> list[Source]:
    """The tables and drafts that files, folders, patterns and addresses lead to, each once and in their order.

    Folders are searched for both, recursively; ``tell`` gets a line about each draft that is skipped. AttribError for a
    name that leads to none.
    """
    found: dict[str, Source] = {}
    drafts: dict[str, list[str]] = {}
    for name in names:
        for address in _expanded(name):
            place = place_of(address)
            if place.is_folder():
                _add_folder(address, place, found, drafts, tell)
            elif not place.exists():
                raise AttribError(f"{address}: there is no such file or folder; check the name")
            elif _kind(address) is not None:
                found[address] = _table(address, place)
            elif PurePosixPath(address).suffix.lower() in FORMATS:
                drafts.setdefault(str(PurePosixPath(address).parent), []).append(address)
            else:
                raise AttribError(f"{address}: is no table and no draft; give files ending in {_endings()}")
    for folder, addresses in drafts.items():
        unique = tuple(dict.fromkeys(addresses))
        size = sum(place_of(address).size() for address in unique)
        found[f"{folder}/"] = Source(f"{folder}/", DRAFTS, size, unique)
    if not found:
        raise AttribError("name the files or folders of the corpus")
    return list(found.values())


def _expanded(name: str) -> Iterable[str]:
    if not PATTERN & set(name):
        return [name.rstrip("/") or "/" if SCHEME in name else normpath(name)]
    matches = glob(name)
    if not matches:
        raise AttribError(f"{name}: no file fits this pattern; check it")
    return matches


def _add_folder(
    address: str,
    place: Place,
    found: dict[str, Source],
    drafts: dict[str, list[str]],
    tell: Callable[[str], None] | None,
) -> None:
    before = len(found), len(drafts)
    for path, below in _files_in(address, place):
        if _kind(below) is not None:
            found[below] = _table(below, Place(place.system, path))
        elif not place.is_local and PurePosixPath(below).suffix.lower() in FORMATS:
            drafts.setdefault(address, []).append(below)
    if place.is_local:
        try:
            paths = find_drafts([Path(address)], tell)
        except AttribError:  # no drafts: there may be tables
            paths = []
        if paths:
            drafts.setdefault(address, []).extend(map(str, paths))
    if before == (len(found), len(drafts)):
        raise AttribError(f"{address}: the folder holds no table and no draft; give files ending in {_endings()}")


def _files_in(address: str, place: Place) -> Iterator[tuple[str, str]]:
    """The path of each file below a folder, and its address."""
    top = place.system._strip_protocol(place.path)
    for path in place.files_below():
        yield path, f"{address}/{path[len(top) :].lstrip('/')}"


def _kind(address: str) -> str | None:
    """The kind of table that a file's name tells; None if it is none."""
    path = PurePosixPath(address.lower())
    if path.suffix in COMPRESSIONS:
        path = path.with_suffix("")
        if KINDS.get(path.suffix) == "parquet":
            return None
    return KINDS.get(path.suffix)


def _table(address: str, place: Place) -> Source:
    kind = _kind(address)
    assert kind is not None
    compression = COMPRESSIONS.get(PurePosixPath(address.lower()).suffix)
    return Source(address, kind, place.size(), compression=compression)


def _endings() -> str:
    return ", ".join((*KINDS, *FORMATS))


def columns_of(sources: Sequence[Source], columns: Columns) -> tuple[Columns, tuple[Kept, ...]]:
    """The columns with their ``id`` settled, and the other columns of all tables.

    A column of Parquet keeps its type if all tables agree on it; others, and those of CSV and JSON Lines, are strings.
    Names that the table of articles has already get ``input_`` before them. AttribError if a table lacks a column
    that is named.
    """
    import pyarrow as pa

    from attribution.corpus.readers import fields_of
    from attribution.corpus.schema import ARTICLES, BY_NAME

    types: dict[str, Any] = {}
    all_have_id = True
    for source in sources:
        if source.kind == DRAFTS:
            continue
        fields = fields_of(source)
        for name in columns.used:
            if name not in fields and not (source.kind == "jsonl" and name != columns.text):
                there = ", ".join(list(fields)[:20]) or "none"
                option = "--text-column names the articles' texts" if name == columns.text else "check the name"
                raise AttribError(f"{source.name}: has no column {name!r}; {option} (columns: {there})")
        all_have_id &= "id" in fields
        for name, kind in fields.items():
            types[name] = kind if types.get(name, kind) == kind else pa.string()
    tables = any(source.kind != DRAFTS for source in sources)
    if columns.id is None and tables and all_have_id and "id" not in (columns.text, columns.title, columns.format):
        columns = Columns(columns.text, "id", columns.title, columns.format)
    own = {column.name for column in BY_NAME[ARTICLES].columns}
    dropped = {columns.text, columns.id}
    return columns, tuple(
        Kept(name, f"input_{name}" if name in own else name, kind)
        for name, kind in types.items()
        if name not in dropped
    )
