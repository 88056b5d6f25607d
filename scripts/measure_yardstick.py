#!/usr/bin/env python3
"""Measure typical figures of published news, and write attribution/reporting/yardstick.toml.

    scripts/measure_yardstick.py GENRE=ARTICLES.jsonl... [--output FILE]

GENRE is the name of a kind of news (*world news*), and ARTICLES.jsonl holds one published article of it per line:
``{"doc": NAME, "text": TEXT}``; other fields are ignored. Articles too short for meaningful shares are left out. Only
figures are written.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import click

from attribution.analysis import Analyser
from attribution.ingest import read_text
from attribution.lexicon import Lexicon, load_lexicon
from attribution.linting import lint
from attribution.linting.selection import select_rules
from attribution.records import Analysis
from attribution.reporting.attention import points_of
from attribution.reporting.yardstick import MEASURES, words_of
from attribution.resources import yardstick_file

LEAST_CLAIMS = 8
LEAST_WORDS = 150
HEADER = """\
# What is usual in published news, by genre: between which values the middle half of the articles lies. Shares are of an
# article's claims; sources (with a name) and points (places to look at) are counted in 500 words.
# Written by scripts/measure_yardstick.py from published articles, which are not part of the project: world news from
# MPQA 1.2 (Wiebe, Wilson and Cardie 2005; 2001 and 2002, many countries), US politics from PolNeAR (Newell, Margolin
# and Ruths 2018; 2015 and 2016, seven publishers), and articles of all sections from over thirty news sites.
"""


def measures_of(analyses: Iterable[Analysis], lexicon: Lexicon) -> list[dict[str, float]]:
    """The measures of the articles that are long enough."""
    measured: list[dict[str, float]] = []
    for analysis in analyses:
        if len(analysis.claims) >= LEAST_CLAIMS and words_of(analysis) >= LEAST_WORDS:
            points = len(points_of(analysis, lint(analysis, lexicon, select_rules())))
            measured.append({name: measure(analysis, points) for name, (_, measure) in MEASURES.items()})
    return measured


def genre_toml(name: str, measured: Sequence[dict[str, float]]) -> str:
    """The table of a genre."""
    if len(measured) < 4:
        sys.exit(f"measure_yardstick: {len(measured)} articles of {name} are too few; give more")
    told = ["", "[[genre]]", f"name = {json.dumps(name)}", f"articles = {len(measured)}", "[genre.measures]"]
    for measure in MEASURES:
        low, _, high = statistics.quantiles([values[measure] for values in measured], n=4)
        told.append(f"{measure} = {{ low = {low:.2f}, high = {high:.2f} }}")
    return "\n".join(told) + "\n"


@click.command()
@click.argument("genres", nargs=-1, required=True, metavar="GENRE=ARTICLES.jsonl...")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=yardstick_file())
def measure(genres: tuple[str, ...], output: Path) -> None:
    """Measure the articles of each genre."""
    lexicon, analyser = load_lexicon(), Analyser(force=True)
    text = HEADER + f"least_claims = {LEAST_CLAIMS}\nleast_words = {LEAST_WORDS}\n"
    for genre in genres:
        name, separator, file = genre.partition("=")
        if not separator:
            raise click.UsageError(f"{genre} has no “=” between the genre and its file")
        lines = [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]
        analyses = (analyser.analyse(read_text(line["text"], path=line["doc"])) for line in lines)
        text += genre_toml(name, measures_of(analyses, lexicon))
    output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    measure()
