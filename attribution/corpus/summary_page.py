"""The summary of a corpus as a web page with charts, which is complete in itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attribution.corpus.summary import CorpusSummary, Group, Quoted
from attribution.corpus.summary_tables import bodies, kind_words, people
from attribution.reporting.html.templates import render
from attribution.reporting.words import CARRIERS, percent

LABEL_HEIGHT = 13.0
"""The height of a line's label, in units of the drawing."""

WIDTH, HEIGHT = 640.0, 220.0
"""The size of a chart of periods, in units of the drawing."""


class Row(NamedTuple):
    """A group as the page shows it."""

    name: str
    articles: int
    claims: int
    shares: list[tuple[str, float]]
    percents: list[str]
    unnamed: str


class Line(NamedTuple):
    """A share over the periods: its carrier, what it is called, its points, its last value, and the label's height."""

    carrier: str
    label: str
    points: str
    last: str
    height: float


class Person(NamedTuple):
    """Somebody who is quoted, as the page shows it; ``width`` is that of the bar in per cent."""

    name: str
    kind: str
    attributions: int
    articles: int
    width: float
    may_be: str


def summary_html(summary: CorpusSummary, *, title: str, top: int) -> str:
    """The page: the shares of each group as bars, as lines where groups are periods, and who is quoted most."""
    shown = summary.groups if summary.every else summary.groups[:top]
    return render(
        "corpus.html.jinja",
        title=title,
        articles=summary.total.articles,
        claims=summary.total.counts["claims"],
        by=" and ".join(summary.by),
        carriers=[(carrier.value, words.name) for carrier, words in CARRIERS.items()],
        total=_row(summary.total),
        rows=[_row(group) for group in shown],
        left=len(summary.groups) - len(shown),
        lines=_lines(summary.groups) if summary.every and len(summary.by) == 1 and len(summary.groups) > 1 else [],
        periods=[group.values[0] for group in summary.groups] if summary.every else [],
        width=WIDTH,
        height=HEIGHT,
        quoted=[("People", _persons(people(summary)[:top])), ("Bodies", _persons(bodies(summary)[:top]))],
    )


def _row(group: Group) -> Row:
    shares = group.carriers.shares()
    return Row(
        " · ".join(group.values),
        group.articles,
        group.counts["claims"],
        [(carrier.value, shares[carrier]) for carrier in CARRIERS if shares[carrier]],
        [percent(shares[carrier]) for carrier in CARRIERS],
        percent(group.unnamed_sources),
    )


def _lines(groups: Sequence[Group]) -> list[Line]:
    step = WIDTH / (len(groups) - 1)
    lines = []
    for carrier, words in CARRIERS.items():
        shares = [group.carriers.shares()[carrier] for group in groups]
        heights = [HEIGHT * (1 - share) for share in shares]
        points = " ".join(f"{number * step:.1f},{height:.1f}" for number, height in enumerate(heights))
        lines.append(Line(carrier.value, words.name, points, percent(shares[-1]), heights[-1]))
    return _with_room(lines)


def _with_room(lines: Sequence[Line]) -> list[Line]:
    """The lines with their labels at their ends, from below, and moved up where one would cover another."""
    placed: list[Line] = []
    free = HEIGHT
    for line in sorted(lines, key=lambda line: -line.height):
        placed.append(line._replace(height=min(line.height, free)))
        free = placed[-1].height - LABEL_HEIGHT
    return placed


def _persons(quoted: Sequence[Quoted]) -> list[Person]:
    most = max((found.attributions for found in quoted), default=1) or 1
    return [
        Person(
            found.name,
            kind_words(found.kind),
            found.attributions,
            found.articles,
            100 * found.attributions / most,
            ", ".join(found.may_be),
        )
        for found in quoted
    ]
