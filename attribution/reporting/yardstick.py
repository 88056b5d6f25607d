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


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Between what values the middle half of the articles lies."""

    low: float
    high: float


class Genre(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of published news: its name, how many articles were measured, and the range of each measure."""

    name: str
    articles: int
    measures: Mapping[str, Range]


class Yardstick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The genres that were measured, by articles with no fewer claims or words than these."""

    least_claims: int
    least_words: int
    genre: tuple[Genre, ...]

    @property
    def articles(self) -> int:
        """How many articles were measured."""
        return sum(genre.articles for genre in self.genre)


class Gauge(msgspec.Struct, frozen=True):
    """A number of the article, and for each genre of the yardstick the range of the middle half of its articles.

    ``name`` is that of the measure, ``is_share`` tells a share of the claims (0 to 1) from a number in 500 words.
    """

    name: str
    value: float
    ranges: tuple[Range, ...]
    is_share: bool

    @property
    def low(self) -> float:
        """The lowest value that is usual in any genre."""
        return min(usual.low for usual in self.ranges)

    @property
    def high(self) -> float:
        """The highest value that is usual in any genre."""
        return max(usual.high for usual in self.ranges)

    @property
    def is_more(self) -> bool:
        """Whether three quarters of the articles of every genre have less."""
        return self.value > self.high

    @property
    def is_less(self) -> bool:
        """Whether three quarters of the articles of every genre have more."""
        return self.value < self.low


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
        Gauge(name, measure(analysis, points), tuple(genre.measures[name] for genre in yardstick.genre), is_share)
        for name, (is_share, measure) in MEASURES.items()
    )


def words_of(analysis: Analysis) -> int:
    """How many words the draft has."""
    return len(analysis.draft.text.split())


@cache
def load_yardstick(path: Path | None = None) -> Yardstick:
    """The yardstick that comes with the package, or that of a file."""
    return msgspec.convert(tomllib.loads((path or yardstick_file()).read_text(encoding="utf-8")), Yardstick)
