"""Has drafts analysed in a thread of its own, one after the other, each within a time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

from attribution.records import AttribError
from attribution.serve.desk import Desk, IsWanted, TooLongError
from attribution.serve.limits import Limits
from attribution.session.incremental import SupersededError

Result = TypeVar("Result")

Job = Callable[[Desk, IsWanted], Result]
"""What is done with the desk; it gives up with SupersededError once its result is not wanted any more."""

ENDING = "the server is ending"


class Worker:
    """Does the jobs of requests at one desk, in the order in which they come."""

    def __init__(self, desk: Desk, limits: Limits) -> None:
        self._desk = desk
        self._limits = limits
        self._thread = ThreadPoolExecutor(1, "attrib")
        self._waiting = 0
        self._is_stopping = False

    def prepare(self) -> None:
        """Begin to load words and model, before the first request."""
        self._thread.submit(self._desk.prepare)

    def stop(self) -> None:
        """Give up what is under way, and begin nothing more."""
        self._is_stopping = True
        self._thread.shutdown(wait=False, cancel_futures=True)

    @property
    def is_at_work(self) -> bool:
        """Whether a job is still under way."""
        return self._waiting > 0

    async def result(self, request: Request, job: Job[Result]) -> Result:
        """The result of a job for a request whose body has been read.

        Raises HTTPException: 413 for a draft that is too long, 422 for what is none, 503 if too many wait already,
        the time is up or the other side has gone.
        """
        if self._waiting >= self._limits.most_waiting:
            raise HTTPException(
                503, "too many drafts wait already; send this one again in a while", {"retry-after": "5"}
            )
        given_up = threading.Event()
        work = self._begun(lambda desk: job(desk, lambda: not (given_up.is_set() or self._is_stopping)))
        gone = asyncio.ensure_future(_disconnected(request))
        try:
            await asyncio.wait((work, gone), timeout=self._limits.most_seconds, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise _given_up(gone.done(), self._limits.most_seconds)
            if work.cancelled():
                raise HTTPException(503, ENDING)
            return work.result()
        except TooLongError as error:
            raise HTTPException(413, str(error)) from None
        except AttribError as error:
            raise HTTPException(422, str(error)) from None
        except SupersededError:
            raise HTTPException(503, ENDING) from None
        finally:
            given_up.set()
            gone.cancel()

    def _begun(self, do: Callable[[Desk], Result]) -> asyncio.Future[Result]:
        """Have something done with the desk, once it is free."""

        def ended(work: asyncio.Future[Result]) -> None:
            self._waiting -= 1
            if not work.cancelled():
                work.exception()  # nobody may be left to ask for it

        try:
            work = asyncio.wrap_future(self._thread.submit(do, self._desk))
        except RuntimeError:
            raise HTTPException(503, ENDING) from None
        self._waiting += 1
        work.add_done_callback(ended)
        return work


def _given_up(has_gone: bool, seconds: float) -> HTTPException:
    if has_gone:
        return HTTPException(503, "the request has been given up")
    return HTTPException(503, f"this draft takes longer than {seconds:g} seconds; divide it, or send it again later")


async def _disconnected(request: Request) -> None:
    """Wait until the other side has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
