#!/usr/bin/env python3
"""Measure what is usual in published news, and write attribution/reporting/yardstick.toml.

    scripts/measure_yardstick.py ARTICLES.jsonl... [--output FILE]

ARTICLES.jsonl holds one published article a line: ``{"doc": NAME, "text": TEXT}``; other fields are passed over.
Articles too short for shares to mean anything are left out. Only figures are written.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import click

from attribution.resources import yardstick_file

LEAST_CLAIMS = 8
LEAST_WORDS = 150
HEADER = """\
# What is usual in published news: between which values the middle half of the articles lies. Shares are of an article's
# claims; sources (with a name) and points (places to look at) are counted in 500 words.
# Written by scripts/measure_yardstick.py from published articles of many outlets, which are not part of the project.
"""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=yardstick_file())
def measure(files: tuple[Path, ...], output: Path) -> None:
    """Measure the articles of FILES."""
    from attribution.analysis import Analyser
    from attribution.cli.pages import findings_of
    from attribution.ingest import read_text
    from attribution.lexicon import load_lexicon
    from attribution.reporting.attention import points_of
    from attribution.reporting.yardstick import MEASURES, words_of

    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    drafts = [read_text(line["text"], path=line["doc"]) for line in lines]
    lexicon = load_lexicon()
    measured: list[dict[str, float]] = []
    for analysis in Analyser().analyse_all(drafts):
        if len(analysis.claims) >= LEAST_CLAIMS and words_of(analysis) >= LEAST_WORDS:
            points = len(points_of(analysis, findings_of(analysis, lexicon)))
            measured.append({name: measure(analysis, points) for name, (_, measure) in MEASURES.items()})
    if len(measured) < 4:
        sys.exit(f"measure_yardstick: {len(measured)} articles are too few; give more")
    told = [f"articles = {len(measured)}", f"least_claims = {LEAST_CLAIMS}", f"least_words = {LEAST_WORDS}"]
    for name in MEASURES:
        low, _, high = statistics.quantiles([values[name] for values in measured], n=4)
        told += ["", f"[measures.{name}]", f"low = {low:.2f}", f"high = {high:.2f}"]
    output.write_text(HEADER + "\n".join(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    measure()
