"""The local engine: the processes of ``--jobs``, and more of them if some are killed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from attribution.corpus.parts import Part
from attribution.corpus.run import Plan
from attribution.corpus.worker import Finished, make_part
from attribution.session.errors import ProcessDiedError
from attribution.session.processes import in_order, processes_here

MOST_DEATHS = 3
"""How often in a row, without a finished part between, processes may die before the run gives up."""


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
                if deaths == MOST_DEATHS:
                    raise
                # What was begun is begun again, by new processes.
                parts, waiting = chain(list(waiting.values()), parts), {}


def _tasks(parts: Iterator[Part], waiting: dict[str, Part], plan: Plan) -> Iterator[tuple[Part, tuple[object, ...]]]:
    for part in parts:
        waiting[part.name] = part
        yield part, (part, plan.settings, plan.address)
