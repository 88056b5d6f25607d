"""No stage takes longer for a draft four times as long than four times as long, with some room for noise.

Sizes are small, so that the tests are fast; ``scripts/growth.py`` times each stage by itself, at any sizes.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import stages
from hostile_drafts import DRAFTS

from attribution.analysis import Analyser
from attribution.ingest import read_text
from attribution.records import AttribError

LARGER = 4
ALLOWED = 2.5
"""How much more than the length the time may grow: linear work is at 1, quadratic work at ``LARGER``."""

NEGLIGIBLE = 0.2
"""Seconds of processor time in which nothing can be told."""

TRIES = 3


@pytest.fixture(autouse=True)
def no_collection() -> Iterator[None]:
    """Leave the garbage alone meanwhile: how long it takes depends on what the tests before have left."""
    gc.disable()
    yield
    gc.enable()


def grows_too_fast(work: Callable[[int], object], size: int) -> bool:
    """Whether the work on a draft of ``LARGER`` times the size takes too long, however often it is tried."""
    return all(
        seconds > NEGLIGIBLE and seconds > LARGER * ALLOWED * _seconds(work, size)
        for seconds in (_seconds(work, size * LARGER) for _ in range(TRIES))
    )


def _seconds(work: Callable[[int], object], size: int) -> float:
    started = time.process_time()
    work(size)
    return time.process_time() - started


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    analyser = Analyser(force=True)
    analyser.analyse(read_text("The bridge is safe, said the mayor, Ada Quill."))
    return analyser


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAFTS)
def test_reading_takes_linear_time(name: str) -> None:
    form, made = DRAFTS[name]

    def read(size: int) -> None:
        with suppress(AttribError):  # some hold no words
            read_text(made(size), form)

    assert not grows_too_fast(read, 8_000)


WORST = [
    "said",
    "he said.",
    "name list",
    "offices",
    "paragraphs of openings",
    "quotations",
    "html quote list",
    "md html",
]
"""One draft of each kind that a stage was once slow with."""


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_every_stage_takes_linear_time(name: str, analyser: Analyser) -> None:
    form, made = DRAFTS[name]
    suspected: set[str] | None = None
    for _ in range(TRIES):
        times = {size: _seconds_by_stage(made(size), form, analyser) for size in (1_000, 1_000 * LARGER)}
        first, last = times.values()
        grown = {
            stage
            for stage, seconds in last.items()
            if seconds > NEGLIGIBLE and seconds > LARGER * ALLOWED * first.get(stage, 0.0)
        }
        suspected = grown if suspected is None else suspected & grown
        if not suspected:
            break
    assert suspected == set()


def _seconds_by_stage(text: str, form: str, analyser: Analyser) -> dict[str, float]:
    seconds: dict[str, float] = {}

    def timed(stage: str, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        started = time.process_time()
        result = work(*arguments, **named)
        seconds[stage] = seconds.get(stage, 0.0) + time.process_time() - started
        return result

    stages.run(text, form, analyser, timed)
    return seconds


def test_quadratic_work_is_found() -> None:
    def quadratic(size: int) -> int:
        return sum(1 for _ in range(size) for _ in range(size))

    def linear(size: int) -> int:
        return sum(1 for _ in range(size * 1_500))

    assert grows_too_fast(quadratic, 1_000)
    assert not grows_too_fast(linear, 1_000)
