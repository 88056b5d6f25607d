"""An article's numbers beside what is usual in published news, so that a reader can tell much from little."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import msgspec

from attribution.records import Analysis
from attribution.resources import yardstick_file

PER_WORDS = 500
"""Words that a number of sources or places is told for."""


class Gauge(msgspec.Struct, frozen=True):
    """A number of the article and the range of the middle half of published articles.

    ``name`` is that of the measure, ``is_share`` tells a share of the claims (0 to 1) from a number in 500 words.
    """

    name: str
    value: float
    low: float
    high: float
    is_share: bool

    @property
    def is_more(self) -> bool:
        """Whether three quarters of the published articles have less."""
        return self.value > self.high

    @property
    def is_less(self) -> bool:
        """Whether three quarters of the published articles have more."""
        return self.value < self.low


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Between what values the middle half of the articles lies."""

    low: float
    high: float


class Yardstick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many articles were measured, none with fewer claims or words than these, and the range of each measure."""

    articles: int
    least_claims: int
    least_words: int
    measures: Mapping[str, Range]


def _share(name: str) -> Callable[[Analysis, int], float]:
    return lambda analysis, points: float(getattr(analysis.summary.carriers, name)) / len(analysis.claims)


MEASURES: Mapping[str, tuple[bool, Callable[[Analysis, int], float]]] = {
    "named": (True, _share("named")),
    "described": (True, _share("described")),
    "nobody": (True, _share("nobody")),
    "paper": (True, _share("paper")),
    "sources": (False, lambda analysis, points: analysis.summary.named_sources * PER_WORDS / words_of(analysis)),
    "points": (False, lambda analysis, points: points * PER_WORDS / words_of(analysis)),
}
"""By name: whether it is a share of the claims, and how it is measured, given how many places there are to look at."""


def gauges_of(analysis: Analysis, points: int) -> tuple[Gauge, ...]:
    """The article's numbers; none for one that is shorter than those that were measured.

    ``points`` is how many places there are to look at.
    """
    yardstick = load_yardstick()
    if len(analysis.claims) < yardstick.least_claims or words_of(analysis) < yardstick.least_words:
        return ()
    return tuple(
        Gauge(name, measure(analysis, points), usual.low, usual.high, is_share)
        for name, (is_share, measure) in MEASURES.items()
        for usual in (yardstick.measures[name],)
    )


def words_of(analysis: Analysis) -> int:
    """How many words the draft has."""
    return len(analysis.draft.text.split())


@cache
def load_yardstick(path: Path | None = None) -> Yardstick:
    """The yardstick that comes with the package, or that of a file."""
    return msgspec.convert(tomllib.loads((path or yardstick_file()).read_text(encoding="utf-8")), Yardstick)
