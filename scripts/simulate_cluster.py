#!/usr/bin/env python3
"""Play a run of attrib corpus through on many machines: how long it takes, and what keeps them from being faster.

    python scripts/simulate_cluster.py --articles 100000000 --machines 1 --machines 10 --machines 100

Parts are made by workers in the order in which readers give them out. The figures come from one machine: seconds of a
worker for an article, articles a second that one task reads, the seconds until a worker has words and model, those of
Ray for handing over a part, and those to write a part to a store. Parts have as many rows as attrib's division by
content gives them. Machines fail at random (the same for every run of this script) and come back; their parts are begun
again. Not modelled: a store or a network that is slower for many than for one. The table is Markdown.
"""

from __future__ import annotations

import heapq
import random
from typing import NamedTuple

import click

LARGEST = 2
"""How many times as many rows as usual a part may have (attribution.corpus.parts)."""


class Figures(NamedTuple):
    """What one machine and one worker do, in seconds."""

    article: float
    spread: float
    read_rate: float
    start: float
    hand_over: float
    write: float
    hours_between_failures: float
    return_after: float


class Result(NamedTuple):
    """How long a run took, which share of the workers' time was analysis, and how many parts were begun again."""

    seconds: float
    busy: float
    repeated: int
    parts: int


def rows_of_parts(articles: int, rows: int, chance: random.Random) -> list[int]:
    """The rows of each part: a part ends at each row with a probability of one in ``rows``, or when it is full."""
    parts: list[int] = []
    left = articles
    while left > 0:
        drawn = min(left, rows * LARGEST, 1 + int(chance.expovariate(1 / rows)))
        parts.append(drawn)
        left -= drawn
    return parts


def simulate(articles: int, machines: int, processors: int, rows: int, files: int, figures: Figures) -> Result:
    """A run on this many machines, by events in the order of time."""
    chance = random.Random(16)
    parts = rows_of_parts(articles, rows, chance)
    workers = machines * processors
    readers = min(files, workers)
    # When the next free worker is free, its number, and when its machine next fails.
    free = [(figures.start + chance.random(), worker) for worker in range(workers)]
    heapq.heapify(free)
    between = figures.hours_between_failures * 3600
    failures = [chance.expovariate(1 / between) for _ in range(machines)]
    read_until = hand_over_until = 0.0
    finished = analysis = 0.0
    repeated = 0
    for part in parts:
        # Readers work side by side; Ray's driver hands over one part after the other.
        read_until += part / (figures.read_rate * readers)
        needed = part * figures.article * chance.lognormvariate(-(figures.spread**2) / 2, figures.spread)
        while True:
            begun, worker = heapq.heappop(free)
            hand_over_until = max(hand_over_until, begun, read_until) + figures.hand_over
            machine = worker % machines
            while failures[machine] <= hand_over_until:  # it failed while it waited, and is back
                failures[machine] += chance.expovariate(1 / between)
            end = hand_over_until + needed + figures.write
            if failures[machine] >= end:
                break
            repeated += 1
            heapq.heappush(free, (failures[machine] + figures.return_after + figures.start, worker))
        heapq.heappush(free, (end, worker))
        analysis += needed
        finished = max(finished, end)
    return Result(finished, analysis / (finished * workers), repeated, len(parts))


@click.command(help=__doc__)
@click.option("--articles", multiple=True, type=int, default=[1_000_000, 100_000_000], show_default=True)
@click.option("--machines", multiple=True, type=int, default=[1, 10, 100], show_default=True)
@click.option("--processors", default=16, show_default=True, help="Workers of a machine, a processor each.")
@click.option("--part-rows", default=2_000, show_default=True)
@click.option("--files", default=200, show_default=True, help="Files of the corpus.")
@click.option("--article", default=0.12, show_default=True, help="Seconds of a worker for an article of 500 words.")
@click.option("--spread", default=0.2, show_default=True, help="Standard deviation of a part's speed, as logarithm.")
@click.option("--read-rate", default=29_000.0, show_default=True, help="Articles a second that one task reads.")
@click.option("--start", default=30.0, show_default=True, help="Seconds until Ray, words and model are there.")
@click.option("--hand-over", default=0.01, show_default=True, help="Seconds of Ray's driver for a part.")
@click.option("--write", default=2.0, show_default=True, help="Seconds to write a part.")
@click.option("--hours-between-failures", default=500.0, show_default=True, help="Of a machine, on average.")
@click.option("--return-after", default=300.0, show_default=True, help="Seconds until a machine is back.")
def main(
    articles: tuple[int, ...], machines: tuple[int, ...], processors: int, part_rows: int, files: int, **figures: float
) -> None:
    """Print the table."""
    click.echo("| articles | machines | workers | hours | articles a second | analysis | parts | begun again |")
    click.echo("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for count in articles:
        for number in machines:
            result = simulate(count, number, processors, part_rows, files, Figures(**figures))
            click.echo(
                f"| {count:,} | {number} | {number * processors:,} | {result.seconds / 3600:,.2f} "
                f"| {count / result.seconds:,.0f} | {result.busy:.0%} | {result.parts:,} | {result.repeated} |"
            )


if __name__ == "__main__":
    main()
