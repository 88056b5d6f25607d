"""The table of scripts/benchmark.py for attrib corpus: what its engines cost beside the analysis alone."""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

Run = tuple[float, float, int]
"""Processor seconds, seconds on the clock, and peak kilobytes."""


def articles_of(texts: Sequence[str], count: int, words: int) -> list[str]:
    """This many articles of about so many words, cut from the paragraphs of the texts in turn."""
    articles: list[str] = []
    paragraphs: list[str] = []
    for paragraph in cycle(part for text in texts for part in text.split("\n") if part.strip()):
        paragraphs.append(paragraph)
        if sum(len(part.split()) for part in paragraphs) >= words:
            articles.append("\n\n".join(paragraphs))
            paragraphs = []
            if len(articles) == count:
                return articles
    raise AssertionError("cycle() does not end")


def analysis_alone(texts: Sequence[str]) -> dict[str, Any]:
    """Seconds of processor and clock of the analyses in one process, from its start, with nothing around them."""
    from attribution.analysis import Analyser

    for _ in Analyser(force=True).analyse_iter(texts):
        pass
    return {"processor": time.process_time()}


def measure(
    texts: Sequence[str],
    rounds: int,
    count: int,
    words: int,
    run: Callable[..., Run],
    alone: Callable[[Sequence[str]], Run],
) -> tuple[str, list[list[str]]]:
    """Title and rows of the table; ``run`` runs an attrib command, ``alone`` the analyses in a process of their own."""
    articles = articles_of(texts, count, words)
    commands: dict[str, list[str]] = {
        "attrib corpus, 1 process": ["--jobs", "1"],
        "attrib corpus, 2 processes": ["--jobs", "2"],
    }
    if importlib.util.find_spec("ray") is not None:
        commands["attrib corpus, Ray, 2 actors"] = ["--engine", "ray", "--jobs", "2"]
    results: dict[str, list[Run]] = {"the analysis alone": [], **{name: [] for name in commands}}
    sizes: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = {part: Path(folder) / f"{part}.jsonl" for part in ("all", "tenth")}
        for part, path in paths.items():
            kept = articles if part == "all" else articles[: count // 10]
            lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(kept))
            path.write_text("\n".join(lines), encoding="utf-8")
        for number in range(rounds):
            results["the analysis alone"].append(alone(articles))
            for name, options in commands.items():
                output = f"{folder}/{number}-{name.replace(' ', '-')}"
                results[name].append(_corpus(run, paths["all"], output, options))
                sizes.append(sum(path.stat().st_size for path in Path(output).rglob("*.parquet")))
        tenth = _corpus(run, paths["tenth"], f"{folder}/tenth", ["--jobs", "1"])
    total = sum(len(text.split()) for text in articles)
    base = median(clock for _, clock, _ in results["the analysis alone"])
    base_processor = median(processor for processor, _, _ in results["the analysis alone"])
    single = median(clock for _, clock, _ in results["attrib corpus, 1 process"])
    rows = [
        ["", "clock", "processor", "over the analysis", "articles a second", "times as fast as 1 process", "memory"]
    ]
    for name, runs in results.items():
        clock = median(clock for _, clock, _ in runs)
        processor = median(processor for processor, _, _ in runs)
        memory = max(kilobytes for _, _, kilobytes in runs)
        rows.append(
            [
                name,
                f"{clock:.1f} s",
                f"{processor:.1f} s",
                f"{processor / base_processor - 1:+.0%}",
                f"{count / clock:,.1f}",
                f"{single / clock:.2f}",
                f"{memory / 1024:.0f} MB",
            ]
        )
    rows.append(
        [
            "a tenth of the articles, 1 process",
            f"{tenth[1]:.1f} s",
            f"{tenth[0]:.1f} s",
            "",
            "",
            "",
            f"{tenth[2] / 1024:.0f} MB",
        ]
    )
    title = (
        f"Corpora: {count:,} articles of {total / count:.0f} words, {rounds} rounds; "
        f"{median(sizes) / total * 500 / 1000:.2f} kB of tables for 500 words; "
        f"the analysis alone {base:.1f} s on the clock"
    )
    return title, rows


def _corpus(run: Callable[..., Run], table: Path, output: str, options: Sequence[str]) -> Run:
    result: Run = run(["corpus", str(table), "-o", output, "--force", "--isolated", "-q", *options])
    return result


if __name__ == "__main__":
    sys.exit("run scripts/benchmark.py --table corpora")
