"""The engine of many machines: Ray Data reads the sources, and actors that keep words and model make their parts.

Each row of its data set is a part. Ray holds back the readers while the actors are busy, starts actors again that die,
and gives their part to another. Parts are written by the actors, so the folder must be one that all machines reach.
"""

from __future__ import annotations

import logging
import os
import pickle
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from attribution.corpus.inputs import Source
from attribution.corpus.libraries import library
from attribution.corpus.run import Plan
from attribution.corpus.worker import Finished, make_part
from attribution.records import AttribError
from attribution.session.options import AUTO
from attribution.session.processes import ONE_THREAD

RESTARTS = 5
"""How often an actor that died is started again, and a part that was lost is begun again."""

READERS_SHARE = 0.1
"""The share of a processor that reading a source is counted as: it mostly waits."""

COLUMN = "part"


class PartMaker:
    """An actor: makes parts, and keeps words and model between them.

    It is made from nothing, so that Ray can make it again; a part comes with its settings.
    """

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """The finished parts, pickled, of a batch of pickled arguments of ``make_part``."""
        made: list[bytes | str] = []
        for data in batch[COLUMN]:
            try:
                made.append(pickle.dumps(make_part(*pickle.loads(data))))
            except AttribError as error:  # to begin it again would not help
                made.append(pickle.dumps(error))
        return {COLUMN: made}


@dataclass(frozen=True)
class RayEngine:
    """Makes parts on a Ray cluster at an address, or on one that is started on this machine, in ``jobs`` actors."""

    jobs: int
    address: str | None = None

    def __call__(self, plan: Plan) -> Iterator[Finished]:
        """The finished parts, in the order in which they finish. AttribError if Ray is missing or cannot be reached."""
        # Ray's C++ writes to standard error by itself; what matters comes as an exception.
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
        ray = library("ray", "ray")
        data = library("ray.data", "ray")
        is_ours = not ray.is_initialized()
        if is_ours:
            self._connect(ray)
        try:
            with warnings.catch_warnings():
                # Ray 2.60 calls its way to give these numbers outdated, and has no other yet.
                warnings.filterwarnings("ignore", "`ray_remote_args")
                finished = self._finished(plan, ray, data)
            for row in finished.iter_rows():
                made = pickle.loads(row[COLUMN])
                if isinstance(made, AttribError):
                    raise made
                yield made
        except ray.exceptions.RayError as error:
            reason = str(error).splitlines()[0]
            raise AttribError(f"Ray gave up ({reason}); run the command again, and it does what is left") from None
        finally:
            if is_ours:
                ray.shutdown()

    def _connect(self, ray: Any) -> None:
        try:
            ray.init(
                # Without an address Ray would look for a cluster that somebody has started here, running or not.
                address=self.address or "local",
                log_to_driver=False,
                logging_level="ERROR",
                include_dashboard=False if self.address is None else None,
                runtime_env={"env_vars": dict.fromkeys(ONE_THREAD, "1")},
            )
        except (ConnectionError, ValueError, RuntimeError) as error:
            reason = str(error).splitlines()[0]
            raise AttribError(
                f"Ray cannot be reached at {self.address or 'this machine'} ({reason}); check the address, and that "
                "RAY_AUTH_MODE and RAY_AUTH_TOKEN are set as on the cluster"
            ) from None

    def _finished(self, plan: Plan, ray: Any, data: Any) -> Any:
        """Ray's data set of the finished parts, pickled, which is made as its rows are asked for."""
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        context = data.DataContext.get_current()
        context.enable_progress_bars = False
        # A part is work for minutes: each goes to an actor by itself, however small it is.
        context.target_max_block_size = 1
        context.max_errored_blocks = 0
        most = int(ray.cluster_resources().get("CPU", 1)) if self.jobs == AUTO else self.jobs
        parts = data.read_datasource(
            _datasource(data, plan),
            num_cpus=READERS_SHARE,
            override_num_blocks=len(plan.sources),
        )
        return parts.map_batches(
            PartMaker,
            batch_size=1,
            batch_format="numpy",
            compute=data.ActorPoolStrategy(min_size=1, max_size=most, max_tasks_in_flight_per_actor=2),
            num_cpus=1 - READERS_SHARE,
            max_restarts=RESTARTS,
            max_task_retries=RESTARTS,
        )


def _datasource(data: Any, plan: Plan) -> Any:
    """The sources as Ray reads them: a task for each, which gives its parts one by one."""
    from ray.data.block import BlockMetadata

    def task_of(source: Source) -> Any:
        def read() -> Iterator[Any]:
            import pyarrow as pa

            for part in plan.parts_of(source):
                yield pa.table(
                    {COLUMN: pa.array([pickle.dumps((part, plan.settings, plan.address))], pa.large_binary())}
                )

        return data.ReadTask(read, BlockMetadata(None, source.size, None, None))

    class Parts(data.Datasource):  # type: ignore[misc]  # Ray publishes no types
        """The parts of all sources."""

        def estimate_inmemory_data_size(self) -> int:
            """Bytes of the sources."""
            return sum(source.size for source in plan.sources)

        def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[Any]:
            """A task for each source."""
            return [task_of(source) for source in plan.sources]

    return Parts()
