"""Work shared out over processes, with results in the order of the work."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from attribution.session.options import AUTO

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

Context = TypeVar("Context")

AHEAD = 3
"""How many tasks each process may be ahead of the output; bounds memory use."""

MOST = 4
"""The most processes used by default: each loads words and a model of its own."""

WORTHWHILE = 16
"""The fewest drafts for which several processes are faster: each takes as long to start as to read a few drafts."""

WATCH = 1.0
"""Seconds after which a result that is waited for has its processes counted."""

NO_MEMORY = "this needs more memory than there is; use fewer processes (--jobs), or divide the draft"
"""What people are told when memory runs out: it is no fault of attrib."""

COLLECT_AFTER = 200_000
"""Threshold of the garbage collector's youngest generation: allocations between collections."""

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Environment variables that limit numerical libraries to one thread, because the processes share the cores."""


def processes_for(jobs: int, drafts: int) -> int:
    """How many processes read this many drafts: as many as requested, but never more than there are drafts."""
    if jobs == AUTO:
        jobs = min(MOST, _processors()) if drafts >= WORTHWHILE else 1
    return max(1, min(jobs, drafts))


def processes_here(jobs: int) -> int:
    """How many processes to use for work without end: as many as requested, or as there are processors."""
    return _processors() if jobs == AUTO else jobs


def _processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    tasks: Iterable[tuple[Context, tuple[Any, ...] | None]], work: Callable[..., Any], processes: int
) -> Iterator[tuple[Context, Any]]:
    """Each task's context with the result of ``work`` on its arguments, in the order of the tasks.

    ``work`` is a module's function, whose arguments and results can be pickled. Tasks are started only a little ahead
    of the results consumed. A task without arguments needs no work; its result is None. Exceptions of ``work`` are
    raised here; ProcessDiedError is raised if a process dies. However this ends, no process is left behind.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    from attribution.session.errors import ProcessDiedError

    waiting: deque[tuple[Context, Future[Any] | None]] = deque()
    executor = ProcessPoolExecutor(processes, get_context("spawn"), _begin)
    done = is_broken = False
    try:
        for context, arguments in tasks:
            with _interrupts_held():
                waiting.append((context, None if arguments is None else executor.submit(_busily, work, arguments)))
            if len(waiting) > processes * AHEAD:
                yield _first(waiting, executor)
        while waiting:
            yield _first(waiting, executor)
        done = True
    except BrokenProcessPool:
        is_broken = True
        raise ProcessDiedError(
            "a process that read drafts died, perhaps for lack of memory; give a smaller number after --jobs"
        ) from None
    finally:
        if not done:
            _end_all(executor, is_broken)
        executor.shutdown(cancel_futures=True)


def _end_all(executor: ProcessPoolExecutor, is_broken: bool) -> None:
    """End the processes of a pool whose results nobody waits for any more; ``is_broken`` if one has died.

    A process that is handing over a result lives until it has, unless one has died: if it died handing over, the others
    would wait for their turn for ever. But once one has ended, Python's pool may read no more results, so that in the
    end all are killed.
    """
    started = list((executor._processes or {}).values())
    if is_broken:
        _kill(started)
        return
    for process in started:
        process.terminate()
    last = threading.Timer(WATCH, _kill, [started])
    last.daemon = True
    last.start()


def _kill(processes: Iterable[BaseProcess]) -> None:
    """Kill those that have not ended."""
    for process in processes:
        process.kill()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold back an interrupt while a process is started: it is for this process, and kills the other half-made."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _State:
    """What a process of ``--jobs`` is doing: ``busy`` is at work and not handing over a result, ``ending`` must end."""

    busy = False
    ending = False


def _busily(work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """The result of work that a signal may end."""
    _State.busy = True
    if _State.ending:
        os._exit(1)
    try:
        return work(*arguments)
    finally:
        _State.busy = False


def _end(number: int, frame: object) -> None:
    """End at once, or before the next work; a result half handed over would be waited for for ever."""
    _State.ending = True
    if _State.busy:
        os._exit(1)


def _first(waiting: deque[tuple[Context, Future[Any] | None]], executor: ProcessPoolExecutor) -> tuple[Context, Any]:
    """The context and result of the first task; BrokenProcessPool if a process dies meanwhile.

    Python's pool may miss the death of a process that it started after it last looked which ones there are.
    """
    from concurrent.futures import wait
    from concurrent.futures.process import BrokenProcessPool

    context, future = waiting.popleft()
    if future is None:
        return context, None
    while not wait([future], timeout=WATCH).done:
        if any(process.exitcode is not None for process in list((executor._processes or {}).values())):
            raise BrokenProcessPool
    return context, future.result()


def _begin() -> None:
    """Prepare a process: one thread, garbage collection as in the parent, and exit when the parent exits."""
    from multiprocessing import connection, parent_process

    gc.set_threshold(COLLECT_AFTER)
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    parent = parent_process()
    assert parent is not None
    sentinel = parent.sentinel

    def follow() -> None:
        connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
