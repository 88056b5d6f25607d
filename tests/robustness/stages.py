"""Everything that attrib does with a draft, each stage handed to a timer; shared with ``scripts/growth.py``."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from attribution.analysis import Analyser
from attribution.comparison import compare
from attribution.conversion.formats import FORMATS
from attribution.extraction.attributions import find_attributions
from attribution.extraction.headlines import add_headlines
from attribution.extraction.hedges import find_hedges
from attribution.extraction.quotation_kinds import settle_quotations
from attribution.extraction.quotations import find_quotations
from attribution.extraction.retagging import mended
from attribution.extraction.sources import discourse_of, resolve_sources
from attribution.extraction.turns import add_turns
from attribution.index import ledger_entries
from attribution.ingest import check_english, read_text
from attribution.linting import RULES, FileFindings, Finding
from attribution.linting import lint as lint_all
from attribution.linting.baseline import baseline_of, read_baseline, without_baseline, write_baseline
from attribution.linting.changes import read_changes
from attribution.linting.context import Context
from attribution.linting.engine import matches
from attribution.linting.fixes import apply_fixes, with_applicable_fixes
from attribution.linting.suppressions import silence
from attribution.parsing import Doc, segment
from attribution.records import Analysis, AttribError
from attribution.reporting.attention import points_of
from attribution.reporting.diff_github import diff_github
from attribution.reporting.diff_gitlab import diff_gitlab
from attribution.reporting.diff_json import diff_json
from attribution.reporting.diff_text import diff_text
from attribution.reporting.findings.statistics import statistics_full, statistics_json
from attribution.reporting.findings.template import findings_template
from attribution.reporting.html import diff_html, report_html
from attribution.reporting.sources import sources_json, sources_text
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
)
from attribution.session.cache import Cache

Timer = Callable[..., Any]
"""Takes the name of a stage, the work, and its arguments; gives what the work gives."""

FINDING_FORMATS = (
    "concise",
    "full",
    "line",
    "json",
    "jsonl",
    "github",
    "gitlab",
    "sarif",
    "junit",
    "checkstyle",
    "rdjson",
)
TEMPLATE = "{% for finding in findings %}{{ finding.path }}: {{ finding.message }}\n{% endfor %}"


def edited(text: str) -> str:
    """The text with every fifth word replaced, so that a comparison has much to do, and no word of markup."""
    words = re.split(r"(?<![\w<&/#])(\w+)(?![\w>=;])", text)
    words[1::10] = ["harbour"] * len(words[1::10])
    return "".join(words)


def diff_of(text: str) -> str:
    """A unified diff that has added every line of the text."""
    lines = text.split("\n")
    return f"--- a/a.txt\n+++ b/a.txt\n@@ -0,0 +1,{len(lines)} @@\n" + "".join(f"+{line}\n" for line in lines)


def analyse(text: str, form: str, analyser: Analyser, timed: Timer) -> Analysis:
    """The analysis of a text, as ``Analyser.analyse`` makes it, stage by stage; AttribError if it is refused."""
    lexicon, weights = analyser.lexicon, analyser.weights
    draft = timed("read", read_text, text, form)
    with suppress(AttribError):
        timed("language", check_english, draft)
    segmented = timed("segment", segment, draft)
    (sentences,) = timed("parse", analyser.parser.parse_segmented, [(draft, segmented)])
    trees = timed("mended", mended, sentences, lexicon)
    doc = Doc(draft, trees)
    quotations, problems = timed("quotations", find_quotations, draft)
    found = timed("attributions", find_attributions, doc, quotations, lexicon)
    found = timed("headlines", add_headlines, doc, quotations, found, lexicon)
    found = timed("turns", add_turns, doc, quotations, found, lexicon)
    quotations = timed("settle quotations", settle_quotations, doc, quotations, found, lexicon)
    discourse = timed("speakers", discourse_of, doc, quotations, found, lexicon)
    attributions, sources = timed("sources", resolve_sources, discourse, ())
    hedges, boosters = timed("hedges", find_hedges, doc, lexicon, quotations)
    clauses = timed("claims", find_claims, doc, attributions, hedges, boosters, quotations)
    claims = timed("scores", score_claims, clauses, attributions, hedges, boosters, sources, weights)
    claims, unclaimed = timed("commitment", add_commitment, claims, clauses, doc, hedges, lexicon)
    surroundings = timed("surroundings", Surroundings, discourse, attributions)
    claims = timed("exposure", with_exposure, claims, clauses, ExposureReader(surroundings, ()))
    places = timed("places", find_places, claims, surroundings)
    sources = timed("credit", credit_sources, sources, claims, attributions)
    summary = timed("summary", summarise, doc.sentences, claims, sources, places)
    return Analysis(
        draft=draft,
        model="x",
        sentences=doc.sentences,
        quotations=quotations,
        sources=sources,
        attributions=attributions,
        hedges=hedges,
        boosters=boosters,
        claims=claims,
        summary=summary,
        problems=problems,
        places=places,
        unclaimed=unclaimed,
    )


def lint(analysis: Analysis, text: str, analyser: Analyser, timed: Timer) -> tuple[Finding, ...]:
    """The findings in an analysis, after all that ``attrib lint`` does with them and all its formats."""
    context = timed("lint: context", Context, analysis, analyser.lexicon, None)
    for rule in RULES:
        timed(f"lint: {rule.id}", matches, rule, context)
    findings: tuple[Finding, ...] = timed("lint", lint_all, analysis, analyser.lexicon, RULES)
    silenced = timed("lint: suppressions", silence, analysis, text, findings, frozenset(rule.id for rule in RULES))
    findings = tuple(
        timed("lint: fixes", lambda: [with_applicable_fixes(finding, text) for finding in silenced.findings])
    )
    timed("lint: fixing", lambda: apply_fixes(text, findings, suggested=True))
    baseline = timed("lint: baseline", lambda: write_baseline(baseline_of({"a.txt": findings})))
    timed("lint: with baseline", lambda: without_baseline(findings, read_baseline(baseline, "b.json"), "a.txt"))
    change = timed("lint: changes", read_changes, diff_of(text), "x.diff")["a.txt"]
    timed("lint: changed lines", lambda: [finding for finding in findings if finding.start.line in change.lines])
    timed("lint: undone", change.undone, text)
    files = [FileFindings("a.txt", text, findings, silenced.suppressed)]
    for form in FINDING_FORMATS:
        formatter = getattr(import_module(f"attribution.reporting.findings.{form}"), f"findings_{form}")
        timed(f"lint -f {form}", formatter, files, [])
    timed("lint -f template", findings_template, files, [], TEMPLATE, "t.txt.jinja")
    timed("lint --statistics", statistics_full, files)
    timed("lint --statistics -f json", statistics_json, files, [])
    return findings


def report(analysis: Analysis, findings: tuple[Finding, ...], data: bytes, timed: Timer) -> None:
    """All reports on an analysis, all conversions of it, and the cache."""
    timed("points", points_of, analysis, findings)
    timed("report", report_text, analysis, findings=findings)
    timed("report --full", report_text, analysis, findings=findings, full=True)
    timed("report --explain", report_text, analysis, findings=findings, explain=True)
    timed("report -f html", report_html, analysis, findings=findings)
    timed("tree", tree_text, analysis, explain=True)
    timed("ledger", ledger_entries, analysis)
    timed("sources -f text", sources_text, analysis)
    timed("sources -f json", sources_json, [analysis], array=False)
    for name, form in FORMATS.items():
        timed(f"convert --to {name}", form.write, [analysis])
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        timed("cache: keep", cache.keep, data, analysis.draft.format, analysis)
        timed("cache: load", cache.load, data, analysis.draft.format, analysis.draft.path)


def diff(old: Analysis, new: Analysis, analyser: Analyser, timed: Timer, name: str) -> None:
    """A comparison in all formats; ``name`` says of what."""
    comparison = timed(f"diff {name}", compare, old, new, analyser.lexicon, analyser.weights)
    timed(f"diff {name} -f text", diff_text, [comparison])
    timed(f"diff {name} -f json", diff_json, [comparison])
    timed(f"diff {name} -f html", diff_html, [comparison])
    timed(f"diff {name} -f github", diff_github, [comparison])
    timed(f"diff {name} -f gitlab", diff_gitlab, [comparison])


def run(text: str, form: str, analyser: Analyser, timed: Timer) -> None:
    """Everything with one draft; nothing more with one that is refused."""
    try:
        analysis = analyse(text, form, analyser, timed)
    except AttribError:
        return
    findings = lint(analysis, text, analyser, timed)
    report(analysis, findings, text.encode("utf-8", "surrogatepass"), timed)
    diff(analysis, analysis, analyser, timed, "of the same")
    with suppress(AttribError):
        diff(analysis, analyser.analyse(read_text(edited(text), form)), analyser, timed, "of an edit")
