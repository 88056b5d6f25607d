"""The local engine: the processes of ``--jobs``, and more of them if some are killed.

If they die again and again, the rows that they die of are found by halving, and become errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import msgspec

from attribution.corpus.parts import Part, Settings
from attribution.corpus.readers import Row
from attribution.corpus.run import Plan
from attribution.corpus.worker import Finished, make_part, read_part
from attribution.session.errors import ProcessDiedError
from attribution.session.processes import in_order, processes_here

MOST_DEATHS = 3
"""How often in a row, without a finished part between, processes may die before the rows are searched for the cause."""


@dataclass(frozen=True)
class LocalEngine:
    """Makes parts on this machine in ``jobs`` processes, ``AUTO`` for as many as there are processors."""

    jobs: int

    def __call__(self, plan: Plan) -> Iterator[Finished]:
        """The finished parts, in the order of the input."""
        parts = plan.parts()
        processes = processes_here(self.jobs)
        if processes == 1:
            for part in parts:
                yield make_part(part, plan.settings, plan.address)
            return
        waiting: dict[str, Part] = {}
        deaths = 0
        while True:
            try:
                for part, finished in in_order(_tasks(parts, waiting, plan), make_part, processes):
                    del waiting[part.name]
                    deaths = 0
                    yield finished
                return
            except ProcessDiedError:
                deaths += 1
                begun = list(waiting.values())
                if deaths == MOST_DEATHS:
                    found = [without_crashes(part, plan.settings) for part in begun]
                    if found == begun:
                        raise  # no row is to blame
                    begun, deaths = found, 0
                # What was begun is begun again, by new processes.
                parts, waiting = chain(begun, parts), {}


def without_crashes(part: Part, settings: Settings) -> Part:
    """The part with the rows marked that no process survives reading; they are found by halving."""
    crashing = {row.id for row in _crashing(part, part.rows, settings)}
    if not crashing:
        return part
    rows = [msgspec.structs.replace(row, crashes=row.crashes or row.id in crashing) for row in part.rows]
    return msgspec.structs.replace(part, rows=rows)


def _crashing(part: Part, rows: list[Row], settings: Settings) -> list[Row]:
    if not rows or survives(msgspec.structs.replace(part, rows=rows), settings):
        return []
    if len(rows) == 1:
        return rows
    half = len(rows) // 2
    return _crashing(part, rows[:half], settings) + _crashing(part, rows[half:], settings)


def survives(part: Part, settings: Settings) -> bool:
    """Whether a process of its own survives reading the rows of a part."""
    try:
        for _ in in_order([(None, (part, settings))], read_part, 1):
            pass
    except ProcessDiedError:
        return False
    return True


def _tasks(parts: Iterator[Part], waiting: dict[str, Part], plan: Plan) -> Iterator[tuple[Part, tuple[object, ...]]]:
    for part in parts:
        waiting[part.name] = part
        yield part, (part, plan.settings, plan.address)
