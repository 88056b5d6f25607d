#!/usr/bin/env python3
"""Run the analyser over an annotated corpus, write what it finds, and score it.

    scripts/score_corpus.py GOLD.jsonl [--folds 0,1] [--jobs 2] [--predictions OUT.jsonl] [--gold OUT.jsonl]

GOLD.jsonl holds one document a line: ``{doc, text, attributions: [{source, cue, content}]}``, each part a list of
``[start, end]`` spans in code points. The predictions have the same form, outermost attributions only, without text.
``--gold`` writes the gold of the chosen folds beside them, for scorers that want two files of the same form.

Documents are dealt to five folds by the SHA-256 of their name, modulo 5. The output does not depend on ``--jobs``. A
document on which the analyser fails counts as one without findings; it is named on stderr, and the exit code is 1.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import click

if TYPE_CHECKING:
    from attribution.analysis import Analyser

BATCH = 8
"""Documents parsed together."""


@cache
def analyser(model: str | None) -> Analyser:
    """The analyser of this process, loaded once."""
    from attribution.analysis import Analyser

    return Analyser(model=model, force=True)


def analyse_batch(task: tuple[list[tuple[str, str]], str | None]) -> list[dict[str, Any]]:
    """The predictions for documents given as (name, text); those that fail carry ``error``."""
    documents, model = task
    try:
        return _analyse(documents, model)
    except Exception as error:
        if len(documents) == 1:
            return [{"doc": documents[0][0], "attributions": [], "error": f"{type(error).__name__}: {error}"}]
    # One of them failed: find out which.
    return [row for document in documents for row in analyse_batch(([document], model))]


def _analyse(documents: list[tuple[str, str]], model: str | None) -> list[dict[str, Any]]:
    from attribution.ingest import read_text

    drafts = [read_text(text, path=name) for name, text in documents]
    rows = []
    for (name, text), analysis in zip(documents, analyser(model).analyse_all(drafts), strict=True):
        if analysis.draft.text != text:
            raise ValueError("the text has line ends other than \\n; convert text and offsets")
        rows.append(
            {
                "doc": name,
                "attributions": [
                    {
                        "source": [[span.start, span.end] for span in attribution.source.spans],
                        "cue": [[span.start, span.end] for span in attribution.cue.spans],
                        "content": [[span.start, span.end] for span in attribution.content.spans],
                    }
                    for attribution in analysis.attributions
                    if attribution.parent is None
                ],
            }
        )
    return rows


def predictions(documents: list[tuple[str, str]], model: str | None, jobs: int) -> Iterator[dict[str, Any]]:
    """The predictions for all documents, in their order."""
    tasks = [(documents[start : start + BATCH], model) for start in range(0, len(documents), BATCH)]
    if jobs == 1:
        yield from (row for task in tasks for row in analyse_batch(task))
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from (row for rows in pool.map(analyse_batch, tasks) for row in rows)


def write_lines(path: Path, rows: Iterable[object]) -> None:
    """One JSON value a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--folds", default="0,1,2,3,4", show_default=True, help="The folds to analyse.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1), help="Processes to share the work.")
@click.option("--model", metavar="default|DIR", help="Stanza models to use instead of the embedded model.")
@click.option("--predictions", "output", type=click.Path(path_type=Path), help="Where to write what was found.")
@click.option("--gold", "gold_output", type=click.Path(path_type=Path), help="Where to write the folds' gold.")
def main(gold: Path, folds: str, jobs: int, model: str | None, output: Path | None, gold_output: Path | None) -> None:
    """Analyse the documents of some folds of GOLD and print their scores."""
    from attribution.conversion.readers import read_line
    from attribution.evaluation.folds import fold_of
    from attribution.evaluation.results import evaluate_system
    from attribution.evaluation.tables import scores_text

    wanted = {int(fold) for fold in folds.split(",")}
    lines = [line for line in gold.read_text(encoding="utf-8").split("\n") if line.strip()]
    rows = [row for row in map(json.loads, lines) if fold_of(row["doc"]) in wanted]
    if not rows:
        raise click.ClickException(f"{gold}: has no documents in folds {folds}")
    started = time.perf_counter()
    found = []
    with click.progressbar(length=len(rows), file=sys.stderr, label="analysing") as bar:
        for row in predictions([(row["doc"], row["text"]) for row in rows], model, jobs):
            found.append(row)
            bar.update(1)
    seconds = time.perf_counter() - started
    failed = [row for row in found if "error" in row]
    for row in failed:
        click.echo(f"{row['doc']}: {row.pop('error')}", err=True)
    if output:
        write_lines(output, found)
    if gold_output:
        write_lines(gold_output, rows)
    documents, guesses = ([read_line(json.dumps(row), str(gold)) for row in side] for side in (rows, found))
    click.echo(scores_text([evaluate_system("attrib", documents, guesses)]), nl=False)
    words = sum(len(row["text"].split()) for row in rows)
    click.echo(f"\n{len(rows):,} documents, {words:,} words in {seconds:,.0f} s; {len(failed)} failed", err=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
