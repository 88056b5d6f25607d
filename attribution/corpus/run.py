"""Analyses a corpus: finds what is missing or changed in its folder, and has it made by an engine."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from attribution.corpus.inputs import Columns, Source, columns_of, find_sources
from attribution.corpus.parts import ROWS, Part, Settings, parts_of
from attribution.corpus.places import place_of
from attribution.corpus.schema import ARTICLES, ERRORS, KEY, TABLES
from attribution.corpus.store import MANIFEST, PARTS, PartEntry, Store
from attribution.corpus.worker import Finished
from attribution.draft_errors import LONGEST
from attribution.records import AttribError
from attribution.session.options import Options
from attribution.session.session import fingerprint_of

LOCK = ".lock"


@dataclass(frozen=True)
class Plan:
    """What an engine is to do: all parts of the sources but those that are ``finished``.

    ``earlier`` tells in which part of an earlier run an article may be found analysed.
    """

    sources: tuple[Source, ...]
    settings: Settings
    address: str
    finished: frozenset[str] = frozenset()
    earlier: dict[str, str] = field(default_factory=dict)

    def parts(self) -> Iterator[Part]:
        """The parts to make, read as they are asked for."""
        for source in self.sources:
            yield from self.parts_of(source)

    def parts_of(self, source: Source) -> Iterator[Part]:
        """The parts of a source to make."""
        import msgspec

        for part in parts_of(source, self.settings):
            if part.name not in self.finished:
                names = {self.earlier[row.id] for row in part.rows if row.id in self.earlier}
                yield msgspec.structs.replace(part, earlier=tuple(sorted(names)))


Engine = Callable[[Plan], Iterator[Finished]]
"""Makes the parts of a plan, and gives each when it is finished, in any order."""


@dataclass(frozen=True)
class Request:
    """What is asked for: the ``names`` of the inputs, the ``address`` of the output, and how to read and analyse.

    ``overwrite`` allows to drop the results for inputs that are still there and are not asked for any more.
    """

    names: tuple[str, ...]
    address: str
    options: Options = field(default_factory=lambda: Options(isolated=True, caching=False, jobs=1))
    columns: Columns = field(default_factory=Columns)
    longest: int = LONGEST
    with_json: bool = False
    rows: int = ROWS
    overwrite: bool = False


@dataclass
class Totals:
    """What a run has done: parts made and found finished, articles analysed and taken over, and all rows there are."""

    made: int = 0
    finished: int = 0
    analysed: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    bytes: int = 0


class Watcher:
    """Hears what a run does; this one is deaf."""

    def tell(self, message: str) -> None:
        """A line that the user should read."""

    def begin(self, sources: Sequence[Source]) -> None:
        """The sources are known."""

    def read(self, source: str, share: float, articles: int) -> None:
        """A part was finished, or found finished, when this share of its source was read; with so many articles."""


def run_corpus(request: Request, engine: Engine, watcher: Watcher | None = None) -> Totals:
    """Analyse what is missing or changed, and write the tables, a part at a time, and the manifest at the end.

    However a run ends, the next one does only what is left. AttribError if an input cannot be read or the output is
    none of attrib's folders.
    """
    from attribution.corpus.libraries import library

    library("pyarrow")
    watcher = watcher or Watcher()
    store = Store(request.address)
    _check_output(store)
    sources = _sources_outside(request, watcher)
    columns, kept = columns_of(sources, request.columns)
    settings = Settings(
        options=request.options,
        fingerprint=fingerprint_of(request.options),
        columns=columns,
        kept=kept,
        longest=request.longest,
        with_json=request.with_json,
        rows=request.rows,
    )
    watcher.begin(sources)
    with _locked(store):
        store.clear_unfinished()
        return _run(Plan(tuple(sources), settings, request.address), store, request, engine, watcher)


def _run(plan: Plan, store: Store, request: Request, engine: Engine, watcher: Watcher) -> Totals:
    numbers = {source.name: number for number, source in enumerate(plan.sources)}
    order: dict[str, tuple[int, int]] = {}
    entries: dict[str, PartEntry] = {}
    totals = Totals()
    there = store.part_names()
    if there or store.earlier_names():
        for source in plan.sources:
            for part in parts_of(source, plan.settings):
                order[part.name] = numbers[source.name], part.number
        obsolete = there - order.keys()
        _check_obsolete(store, obsolete, plan, request)
        store.move_away(obsolete)
        there = (there & order.keys()) | store.bring_back(order.keys() - there)
        plan = Plan(plan.sources, plan.settings, plan.address, frozenset(there), _articles_of_earlier(store, plan))
        totals.finished = len(there)
        if there or obsolete:
            left = len(order) - len(there)
            watcher.tell(f"{store.address}: {len(there)} parts are finished; {left} are missing or changed")
    for finished in engine(plan):
        entry = finished.entry
        entries[entry.name] = entry
        order[entry.name] = numbers[entry.source], finished.number
        totals.made += 1
        totals.analysed += finished.analysed
        watcher.read(entry.source, finished.share, entry.rows[ARTICLES] + entry.rows[ERRORS])
    in_order = sorted(order, key=order.__getitem__)
    all_entries = [entries.get(name) or store.entry(name) for name in in_order]
    store.write_manifest(all_entries, plan.settings, request.options.model or "embedded")
    store.forget()
    totals.rows = {table.name: sum(entry.rows[table.name] for entry in all_entries) for table in TABLES}
    totals.bytes = sum(entry.bytes for entry in all_entries)
    return totals


def _articles_of_earlier(store: Store, plan: Plan) -> dict[str, str]:
    """In which part that is out of date each article is found, if it was analysed as this run would analyse it."""
    found: dict[str, str] = {}
    for name in sorted(store.earlier_names()):
        metadata = store.read(ARTICLES, name, [KEY])
        if (metadata.schema.metadata or {}).get(b"attrib.analysis") == plan.settings.analysis.encode():
            found.update(dict.fromkeys(metadata.column(KEY).to_pylist(), name))
    return found


def _check_obsolete(store: Store, obsolete: set[str], plan: Plan, request: Request) -> None:
    """Raise AttribError before results are dropped only because their input was not named again."""
    asked = {source.name for source in plan.sources}
    for name in sorted(obsolete):
        source = store.entry(name).source
        if source not in asked and not request.overwrite and place_of(source).exists():
            raise AttribError(
                f"{store.address}: holds the results for {source}, which is not among the inputs now; name it as well, "
                "or another folder after -o, or give --overwrite to drop them"
            )


def _check_output(store: Store) -> None:
    place = store.place
    if not place.exists():
        return
    if not place.is_folder():
        raise AttribError(f"{store.address}: is a file; name a folder after -o")
    names = {str(name).rstrip("/").rpartition("/")[2] for name in place.system.ls(place.path, detail=False)}
    ours = {table.name for table in TABLES} | {PARTS, MANIFEST, LOCK}
    if names and not names & ours:
        raise AttribError(f"{store.address}: holds other files; name a new folder after -o")


def _sources_outside(request: Request, watcher: Watcher) -> list[Source]:
    """The sources, without what lies in the output folder."""
    output = request.address.rstrip("/")
    found = find_sources(request.names, watcher.tell)
    inside = {source.name for source in found if _is_below(source.name, output)}
    left = [source for source in found if source.name not in inside]
    if not left:
        raise AttribError(f"{output}: is the output folder; name other files or folders to read")
    return left


def _is_below(name: str, folder: str) -> bool:
    if "://" in name or "://" in folder:
        return name.startswith(folder + "/")
    return Path(name).absolute().is_relative_to(Path(folder).absolute())


@contextmanager
def _locked(store: Store) -> Iterator[None]:
    """Keep other runs out of the folder; the lock of a killed run is void."""
    fcntl: Any = None
    with contextlib.suppress(ImportError):
        import fcntl
    place = store.place
    if fcntl is None or not place.is_local:
        yield
        return
    folder = Path(place.path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / LOCK).open("w")
    except OSError as error:
        raise AttribError(f"{store.address}: cannot be written ({error.strerror}); name another folder") from None
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AttribError(f"{store.address}: another run is writing there; wait until it has ended") from None
        yield
