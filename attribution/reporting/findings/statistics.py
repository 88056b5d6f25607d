"""The number of findings of each rule, for people and as JSON (``schema/lint-statistics-1.0.json``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from attribution import __version__
from attribution.linting import FileFindings, UnreadDraft
from attribution.records import Count
from attribution.reporting.contract import SCHEMA_VERSION, published
from attribution.reporting.findings.common import all_findings
from attribution.reporting.findings.json import LintTool, LintTotals, totals
from attribution.reporting.json import pretty


class RuleCount(msgspec.Struct, frozen=True):
    """A rule and the number of its findings."""

    rule: Annotated[str, Meta(description="The code of the rule.")]
    name: Annotated[str, Meta(description="The name of the rule.")]
    findings: Annotated[Count, Meta(description="How many findings are reported.")]


class LintStatistics(msgspec.Struct, frozen=True):
    """The findings of a run in numbers."""

    schema_version: Annotated[Literal["1.0"], Meta(description="The version of the contract; 1.x only adds fields.")]
    tool: Annotated[LintTool, Meta(description="What made the findings.")]
    summary: Annotated[LintTotals, Meta(description="How many there are.")]
    rules: Annotated[
        tuple[RuleCount, ...], Meta(description="The rules that have findings, those with most findings first.")
    ]
    unread: Annotated[
        tuple[UnreadDraft, ...], Meta(description="The drafts that could not be read, and so were not checked.")
    ]


def statistics_full(files: Sequence[FileFindings]) -> str:
    """One line per rule: number of findings, identifier, name; the most frequent first."""
    rules = rule_counts(files)
    width = max((len(str(rule.findings)) for rule in rules), default=1)
    return "".join(f"{rule.findings:>{width}}  {rule.rule}  {rule.name}\n" for rule in rules)


def statistics_json(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The numbers as indented JSON, one object for all files, with a line end."""
    statistics = LintStatistics(
        schema_version=SCHEMA_VERSION,
        tool=LintTool(version=__version__),
        summary=totals(files, unread),
        rules=rule_counts(files),
        unread=tuple(unread),
    )
    return pretty(published(statistics))


def rule_counts(files: Sequence[FileFindings]) -> tuple[RuleCount, ...]:
    """The number of findings of each rule that has any; the most frequent first, then by identifier."""
    found = Counter((finding.rule, finding.name) for finding in all_findings(files))
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(RuleCount(rule, name, count) for (rule, name), count in ordered)
