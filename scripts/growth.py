#!/usr/bin/env python3
"""Time every stage on drafts made to be slow to read, at two sizes, and tell which stages grow faster than the draft.

    .venv/bin/python scripts/growth.py --small 16 --large 64 [NAMES]

Sizes are in kilobytes. Times are processor time of one thread.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "robustness"))

from hostile_drafts import DRAFTS  # noqa: E402


class StageTimeoutError(Exception):
    """A stage ran longer than it may."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise StageTimeoutError in the body once it has used this much processor time."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise StageTimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class Stages:
    """Runs the stages of everything that attrib does with a draft, each timed."""

    def __init__(self, most: float, *, outputs: bool) -> None:
        from attribution.analysis import Analyser
        from attribution.ingest import read_text

        self.analyser = Analyser(force=True)
        self.most = most
        self.outputs = outputs
        self.seconds: dict[str, float] = {}
        self.analyser.analyse(read_text("The bridge is safe, said the mayor, Ada Quill."))

    def timed(self, stage: str, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Give what the work gives, and add its time to the stage's; StageTimeoutError if it takes too long."""
        started = time.process_time()
        try:
            with limited(self.most):
                return work(*arguments, **named)
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - started

    def run(self, text: str, form: str) -> dict[str, float]:
        """Seconds of each stage; a stage that takes too long counts what it took, and no later one runs."""
        self.seconds = {}
        try:
            self._run(text, form)
        except StageTimeoutError:
            stage, seconds = self.seconds.popitem()
            self.seconds[f"{stage} (stopped)"] = seconds
        return self.seconds

    def _run(self, text: str, form: str) -> None:
        from attribution.comparison import compare
        from attribution.conversion.formats import FORMATS
        from attribution.extraction.attributions import find_attributions
        from attribution.extraction.headlines import add_headlines
        from attribution.extraction.hedges import find_hedges
        from attribution.extraction.quotation_kinds import settle_quotations
        from attribution.extraction.quotations import find_quotations
        from attribution.extraction.retagging import mended
        from attribution.extraction.sources import resolve_sources
        from attribution.extraction.turns import add_turns
        from attribution.ingest import check_english, read_text
        from attribution.linting import RULES, FileFindings, lint
        from attribution.linting.context import Context
        from attribution.linting.engine import matches
        from attribution.linting.suppressions import silence
        from attribution.parsing import Doc, segment
        from attribution.records import Analysis, AttribError
        from attribution.reporting.diff_github import diff_github
        from attribution.reporting.diff_json import diff_json
        from attribution.reporting.diff_text import diff_text
        from attribution.reporting.findings.full import findings_full
        from attribution.reporting.html import diff_html, report_html
        from attribution.reporting.text import report_text
        from attribution.reporting.tree import tree_text
        from attribution.scoring import (
            ExposureReader,
            Surroundings,
            add_commitment,
            credit_sources,
            find_claims,
            find_places,
            score_claims,
            summarise,
            with_exposure,
        )  # fmt: skip

        timed, lexicon, weights = self.timed, self.analyser.lexicon, self.analyser.weights
        draft = timed("read", read_text, text, form)
        with suppress(AttribError):
            timed("language", check_english, draft)
        segmented = timed("segment", segment, draft)
        (sentences,) = timed("parse", self.analyser.parser.parse_segmented, [(draft, segmented)])
        sentences = timed("names", mended, sentences, lexicon)
        doc = timed("trees", Doc, draft, sentences)
        quotations, problems = timed("quotations", find_quotations, draft)
        found = timed("attributions", find_attributions, doc, quotations, lexicon)
        found = timed("headlines", add_headlines, doc, quotations, found, lexicon)
        found = timed("turns", add_turns, doc, quotations, found, lexicon)
        quotations = timed("settle quotations", settle_quotations, doc, quotations, found, lexicon)
        attributions, sources = timed("sources", resolve_sources, doc, quotations, found, lexicon, ())
        hedges, boosters = timed("hedges", find_hedges, doc, lexicon, quotations)
        clauses = timed("claims", find_claims, doc, attributions, hedges, boosters, quotations)
        claims = timed("scores", score_claims, clauses, attributions, hedges, boosters, sources, weights)
        claims, unclaimed = timed("commitment", add_commitment, claims, clauses, doc, hedges, lexicon)
        surroundings = timed("surroundings", Surroundings, doc, quotations, attributions, lexicon)
        claims = timed("exposure", with_exposure, claims, clauses, ExposureReader(surroundings, ()))
        places = timed("places", find_places, claims, surroundings)
        sources = timed("credit", credit_sources, sources, claims, attributions)
        summary = timed("summary", summarise, doc.sentences, claims, sources, places)
        analysis = Analysis(
            draft=draft, model="x", sentences=doc.sentences, quotations=quotations, sources=sources,
            attributions=attributions, hedges=hedges, boosters=boosters, claims=claims, summary=summary,
            problems=problems, places=places, unclaimed=unclaimed,
        )  # fmt: skip
        if not self.outputs:
            return
        for rule in RULES:
            context = timed("lint context", Context, analysis, lexicon, None)
            timed(f"lint {rule.id}", matches, rule, context)
        findings = timed("lint", lint, analysis, lexicon, RULES)
        timed("suppressions", silence, analysis, text, findings, frozenset(rule.id for rule in RULES))
        file = FileFindings("a.txt", text, findings)
        timed("findings full", findings_full, [file])
        for name, fmt in FORMATS.items():
            timed(f"as {name}", fmt.write, [analysis])
        timed("as html", report_html, analysis, findings=findings)
        timed("as text", report_text, analysis, findings=findings)
        timed("as explained text", report_text, analysis, findings=findings, explain=True)
        timed("as tree", tree_text, analysis, explain=True)
        comparison = timed("diff", compare, analysis, analysis, lexicon, weights)
        timed("diff text", diff_text, [comparison])
        timed("diff json", diff_json, [comparison])
        timed("diff html", diff_html, [comparison])
        timed("diff github", diff_github, [comparison])


@click.command(help=__doc__)
@click.argument("names", nargs=-1)
@click.option("--small", default=8, show_default=True, metavar="KB")
@click.option("--large", default=32, show_default=True, metavar="KB")
@click.option("--most", default=10.0, show_default=True, metavar="SECONDS", help="Processor time a stage may take.")
@click.option("--floor", default=0.3, show_default=True, metavar="SECONDS", help="Faster stages are not told of.")
@click.option("--outputs/--no-outputs", default=True, help="Also time rules, reports and comparison.")
@click.option("--over", default=1.5, show_default=True, metavar="RATIO", help="How much faster than the draft to tell.")
def main(names: tuple[str, ...], small: int, large: int, most: float, floor: float, outputs: bool, over: float) -> None:
    """Print the stages that grow too fast."""
    stages = Stages(most, outputs=outputs)
    for name in names or DRAFTS:
        form, made = DRAFTS[name]
        try:
            first = stages.run(made(small * 1000), form)
            last = stages.run(made(large * 1000), form)
        except Exception as error:
            click.echo(f"{name}: {type(error).__name__}: {error}")
            continue
        told = []
        for stage, seconds in last.items():
            before = max(first.get(stage.removesuffix(" (stopped)"), 0.0), 0.001)
            slow = seconds > floor and seconds / before > over * large / small
            if slow or stage.endswith("(stopped)") or seconds > 0.05 * large:
                told.append(f"{stage} {before:.2f} → {seconds:.2f} s")
        click.echo(f"{name}: {sum(first.values()):.1f} → {sum(last.values()):.1f} s; {'; '.join(told)}")


if __name__ == "__main__":
    main()
