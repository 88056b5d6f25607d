#!/usr/bin/env python3
"""Measure whose voice each sentence is judged to be in, and who is judged to speak.

    python scripts/measure_voices.py seeds/voices/voices.jsonl [--newswire SENTENCES.jsonl] [--folds] [-v]
    python scripts/measure_voices.py GOLD.jsonl --reports REPORTS.jsonl

GOLD.jsonl holds articles with the voice of each sentence (seeds/README.md; an article that names its ``file`` is read
from there, beside the gold, with its markup). The first line of the table is the baseline of a regular expression:
attribution.evaluation.voices says what it does and what each column counts. ``--newswire`` also scores reported against
own sentences. ``-v`` adds the scores of each article and kind of sentence, and every wrong sentence. With ``--reports``
the analyser does not run: the output of ``attrib report -f jsonl`` for articles of these names is scored.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OMP_NUM_THREADS", "1")

import click
from rich.console import Console
from rich.table import Table

from attribution.conversion.documents import AnnotatedDocument
from attribution.conversion.readers import checked_records, read_json
from attribution.evaluation.folds import FOLDS, fold_of
from attribution.evaluation.reported import read_labelled, score_reported
from attribution.evaluation.voices import (
    VOICES,
    GoldDocument,
    GoldSentence,
    Judgement,
    Prediction,
    Tally,
    VoiceScores,
    judge,
    predict_by_expression,
    prediction_of,
    read_gold,
    score_judgements,
    score_voices,
)
from attribution.ingest import read_draft, read_text
from attribution.records import AttribError

if TYPE_CHECKING:
    from attribution.analysis import Analyser
    from attribution.records import Draft

BATCH = 8
"""Articles parsed together."""

EXPRESSION = "regular expression"
UNTOLD = frozenset({"source", "unclear", "links/100", "hedges P/R"})
"""Columns in which the regular expression has no figures."""

COLUMNS = (
    "strict", "lenient", *(f"{voice} P/R" for voice in VOICES), "source", "quoted own", "cueless own", "unclear",
    "false/1,000", "links/100", "hedges P/R",
)  # fmt: skip
SHORT_COLUMNS = ("sentences", "strict", "lenient", "source", "quoted own", "hedges P/R")

KINDS: dict[str, Callable[[GoldSentence], bool]] = {
    "body": lambda sentence: sentence.kind == "body",
    "headline, standfirst": lambda sentence: sentence.kind in ("headline", "standfirst"),
    "crosshead": lambda sentence: sentence.kind == "crosshead",
    "list, pullquote": lambda sentence: sentence.kind in ("list", "pullquote"),
    "quoted, with a cue": lambda sentence: sentence.quoted and not sentence.cueless,
    "quoted, without": lambda sentence: sentence.quoted and sentence.cueless,
    "unquoted, without": lambda sentence: not sentence.quoted and sentence.cueless,
    "unnamed source": lambda sentence: sentence.anon,
    "mixed": lambda sentence: sentence.mixed,
}
"""Kinds of sentences that are scored separately with ``-v``; a sentence may be of several."""


@click.command(help=(__doc__ or "").replace("\n\n", "\n\n\b\n"))
@click.argument("gold_paths", nargs=-1, required=True, metavar="GOLD.jsonl...", type=click.Path(path_type=Path))
@click.option("--newswire", type=click.Path(path_type=Path), help="Score reported against own sentences, too.")
@click.option("--reports", type=click.Path(path_type=Path), help="Score these reports; do not analyse.")
@click.option("--folds", is_flag=True, help="Show each fold of the articles separately.")
@click.option("-v", "--verbose", is_flag=True, help="Show each article, kind of sentence and wrong sentence.")
def main(gold_paths: tuple[Path, ...], newswire: Path | None, reports: Path | None, folds: bool, verbose: bool) -> None:
    """Measure and print."""
    try:
        measure(gold_paths, newswire, reports, folds, verbose)
    except AttribError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def measure(paths: Sequence[Path], newswire: Path | None, reports: Path | None, folds: bool, verbose: bool) -> None:
    """Read, analyse, score and print."""
    placed = [(path.parent, document) for path in paths for document in read_gold(read(path), str(path))]
    gold = [document for _, document in placed]
    if reports is None:
        guesses = analyse([draft_of(document, folder) for folder, document in placed])
    else:
        guesses = read_reports(reports, gold)
    systems = [(EXPRESSION, [predict_by_expression(document) for document in gold]), ("attrib", guesses)]
    print_table(
        f"Voices: {len(gold)} article{'s' * (len(gold) != 1)}, {sum(document.words for document in gold):,} words",
        COLUMNS,
        [(name, row(name, score_voices(gold, predictions))) for name, predictions in systems],
    )
    if folds:
        for name, predictions in systems:
            print_table(f"{name}, by fold", COLUMNS, rows_by_fold(name, gold, predictions))
    if verbose:
        judged = [judge(document, guess) for document, guess in zip(gold, guesses, strict=True)]
        print_confusion(score_voices(gold, guesses))
        rows = [(document.doc, short_row(judgements)) for document, judgements in zip(gold, judged, strict=True)]
        print_table("By article", SHORT_COLUMNS, rows)
        everything = [judgement for judgements in judged for judgement in judgements]
        groups = {
            kind: [judgement for judgement in everything if belongs(judgement.sentence)]
            for kind, belongs in KINDS.items()
        }
        rows = [(kind, short_row(group)) for kind, group in groups.items() if group]
        print_table("By kind of sentence", SHORT_COLUMNS, rows)
        print_wrong(gold, judged)
    if newswire is not None:
        print_newswire(newswire)


# --- What is scored ---------------------------------------------------------------------------------------------------


def read(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise AttribError(f"{path}: cannot be read ({error.strerror})") from None


def draft_of(document: GoldDocument, folder: Path) -> Draft:
    """The article as attrib reads it: from its file beside the gold, or from its text."""
    draft = read_draft(folder / document.file) if document.file else read_text(document.text, path=document.doc)
    if draft.text != document.text:
        raise AttribError(f"{document.doc}: its text is not that of the gold; build the gold again")
    return draft


@cache
def load_analyser() -> Analyser:
    """The analyser, loaded once."""
    from attribution.analysis import Analyser

    return Analyser(force=True)


def analyse(drafts: Sequence[Draft]) -> list[Prediction]:
    """The analyser's results, a batch at a time."""
    analyser = load_analyser()
    found: list[Prediction] = []
    for start in range(0, len(drafts), BATCH):
        found += map(prediction_of, analyser.analyse_all(drafts[start : start + BATCH]))
    return found


def read_reports(path: Path, gold: Iterable[GoldDocument]) -> list[Prediction]:
    """The results that reports give for the articles, found by their file names."""
    reports = {}
    for report in read_json(read(path), str(path)):
        if isinstance(report, AnnotatedDocument):
            raise AttribError(f"{path}: holds something other than reports; write them with attrib report -f jsonl")
        reports[Path(report.path).stem] = report
    found = []
    for document in gold:
        if document.doc not in reports:
            raise AttribError(f"{path}: has no report on {document.doc}")
        found.append(prediction_of(checked_records(reports[document.doc], document.text, str(path))))
    return found


# --- Tables -----------------------------------------------------------------------------------------------------------


def percent(tally: Tally) -> str:
    """A share in percent; a dash if there is nothing to count."""
    return f"{100 * tally.share:.1f}" if tally.total else "–"


def both(first: Tally, second: Tally) -> str:
    """Precision and recall."""
    return f"{percent(first)}/{percent(second)}"


def row(system: str, scores: VoiceScores) -> list[str]:
    """The cells of a system's line."""
    cells = [
        percent(scores.strict),
        percent(scores.lenient),
        *(both(scores.precision(voice), scores.recall(voice)) for voice in VOICES),
        percent(scores.source),
        percent(scores.quoted_own),
        percent(scores.cueless_own),
        percent(scores.quoted_unclear),
        f"{scores.false_per_thousand_words:.2f}",
        percent(scores.links),
        both(scores.hedges_right, scores.hedges_found),
    ]
    if system == EXPRESSION:
        return ["–" if column in UNTOLD else cell for column, cell in zip(COLUMNS, cells, strict=True)]
    return cells


def short_row(judgements: Sequence[Judgement]) -> list[str]:
    """The cells of an article's or a kind's line."""
    scores = score_judgements(judgements)
    return [
        str(len(judgements)),
        percent(scores.strict),
        percent(scores.lenient),
        percent(scores.source),
        percent(scores.quoted_own),
        both(scores.hedges_right, scores.hedges_found),
    ]


def rows_by_fold(
    system: str, gold: Sequence[GoldDocument], guesses: Sequence[Prediction]
) -> list[tuple[str, list[str]]]:
    """The lines of the folds."""
    rows = []
    for fold in range(FOLDS):
        pairs = [pair for pair in zip(gold, guesses, strict=True) if fold_of(pair[0].doc) == fold]
        if pairs:
            scores = score_voices([document for document, _ in pairs], [guess for _, guess in pairs])
            rows.append((f"fold {fold} ({len(pairs)})", row(system, scores)))
    return rows


def print_table(title: str, columns: Sequence[str], rows: Sequence[tuple[str, list[str]]]) -> None:
    """A table: ruled on a terminal, otherwise plain lines."""
    console = Console()
    if console.is_terminal:
        table = Table(title=title, title_justify="left")
        table.add_column("")
        for column in columns:
            table.add_column(column, justify="right")
        for name, cells in rows:
            table.add_row(name, *cells)
        console.print(table)
        return
    lines = [("", *columns), *((name, *cells) for name, cells in rows)]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    print(title)
    for first, *others in lines:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        print("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    print()


def print_confusion(scores: VoiceScores) -> None:
    """How often each gold voice was judged as each voice."""
    found = sorted({voice for _, voice in scores.confusion}, key=lambda voice: (*VOICES, voice).index(voice))
    rows = [(voice, [str(scores.confusion.get((voice, other), 0)) for other in found]) for voice in VOICES]
    print_table("Gold voice, and the voice it was given (unmixed sentences)", found, rows)


def print_wrong(gold: Sequence[GoldDocument], judged: Sequence[Sequence[Judgement]]) -> None:
    """Every sentence in a voice that no editor accepts, or led to the wrong name."""
    for document, judgements in zip(gold, judged, strict=True):
        for judgement in judgements:
            words = " ".join(document.text[judgement.sentence.start : judgement.sentence.end].split())
            if not judgement.is_accepted:
                print(f"VOICE {document.doc} {judgement.sentence.voice} -> {judgement.voice} | {words}")
            if judgement.is_led_right is False:
                names = " / ".join(filter(None, judgement.names)) or "nobody"
                print(f"SOURCE {document.doc} {judgement.sentence.who} -> {names} ({judgement.voice}) | {words}")


def print_newswire(path: Path) -> None:
    """Scores for telling reported sentences from own ones."""
    documents = read_labelled(read(path), str(path))
    drafts = [read_text(document.text, path=document.doc) for document in documents]
    scores = score_reported(documents, analyse(drafts))
    print(
        f"Newswire: {len(documents)} articles, reported found {percent(scores.reported)}, own kept "
        f"{percent(scores.own)}, accuracy {percent(scores.accuracy)}; private states called reported "
        f"{scores.private.count} of {scores.private.total}"
    )


if __name__ == "__main__":
    main()
