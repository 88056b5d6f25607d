"""No stage takes longer for a draft four times as long than four times as long, with some room for noise.

Sizes are small, so that the tests are fast; ``scripts/growth.py`` times each stage by itself, at any sizes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hostile_drafts import DRAFTS

from attribution.analysis import Analyser
from attribution.comparison import compare
from attribution.ingest import read_text
from attribution.linting import RULES, FileFindings, lint
from attribution.records import Analysis, AttribError
from attribution.reporting.attention import points_of
from attribution.reporting.diff_json import diff_json
from attribution.reporting.findings.full import findings_full
from attribution.reporting.html import report_html
from attribution.reporting.json import report_json
from attribution.reporting.text import report_text

LARGER = 4
ALLOWED = 2.5
"""How much more than the length the time may grow: linear work is at 1, quadratic work at ``LARGER``."""

NEGLIGIBLE = 0.2
"""Seconds of processor time in which nothing can be told."""

TRIES = 3


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


@pytest.mark.slow
@pytest.mark.parametrize("name", ["said", "he said.", "quotations", "named speaker lines"])
def test_analysis_and_outputs_take_linear_time(name: str, analyser: Analyser) -> None:
    form, made = DRAFTS[name]
    texts = {size: made(size) for size in (2_000, 2_000 * LARGER)}
    analyses: dict[int, Analysis] = {}

    def analyse(size: int) -> None:
        analyses[size] = analyser.analyse(read_text(texts[size], form))

    assert not grows_too_fast(analyse, 2_000)
    for size in texts:
        analyse(size)
    findings = {size: lint(analysis, analyser.lexicon, RULES) for size, analysis in analyses.items()}
    stages: dict[str, Callable[[int], object]] = {
        "lint": lambda size: lint(analyses[size], analyser.lexicon, RULES),
        "points": lambda size: points_of(analyses[size], findings[size]),
        "lint -f full": lambda size: findings_full([FileFindings("a.txt", texts[size], findings[size])]),
        "html": lambda size: report_html(analyses[size], findings=findings[size]),
        "json": lambda size: report_json(analyses[size]),
        "text": lambda size: report_text(analyses[size], findings=findings[size]),
        "diff": lambda size: diff_json([compare(analyses[size], analyses[size], analyser.lexicon, analyser.weights)]),
    }
    assert [stage for stage, work in stages.items() if grows_too_fast(work, 2_000)] == []


def test_quadratic_work_is_found() -> None:
    def quadratic(size: int) -> int:
        return sum(1 for _ in range(size) for _ in range(size))

    def linear(size: int) -> int:
        return sum(1 for _ in range(size * 1_500))

    assert grows_too_fast(quadratic, 1_000)
    assert not grows_too_fast(linear, 1_000)
