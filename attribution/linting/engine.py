"""Runs rules over an analysis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from attribution.index import AnalysisIndex
from attribution.lexicon import Lexicon
from attribution.linting.context import Context
from attribution.linting.findings import Finding, fingerprint, make_finding
from attribution.linting.fixes import without_changes_of_quotations
from attribution.linting.rule import Match, Rule, Severity
from attribution.linting.settings import Settings
from attribution.records import Analysis


def lint(
    analysis: Analysis,
    lexicon: Lexicon,
    rules: Iterable[Rule],
    settings: Settings | None = None,
    severities: Mapping[str, Severity] | None = None,
) -> tuple[Finding, ...]:
    """The findings of the rules in text order; of rules that see the same words, those of the most specific one.

    ``severities`` replace the rules' own, by identifier; a match that carries a severity of its own keeps it unless
    replaced.
    """
    context = Context(analysis, lexicon, settings)
    replaced = severities or {}
    found: list[Finding] = []
    found_by_rules = [(rule, match) for rule in rules for match in matches(rule, context)]
    for rule, match in without_general(found_by_rules):
        sentence = context.sentence_at(match.span.start)
        severity = replaced.get(rule.id) or match.severity or rule.severity
        found.append(make_finding(analysis.draft, rule, match, severity, None if sentence is None else sentence.id))
    return with_fingerprints(analysis, found)


def matches(rule: Rule, context: Context) -> list[Match]:
    """A rule's matches in the places it applies to, each place once, in text order."""
    if rule.check is None:
        return []
    found = {(match.span, match.message): match for match in rule.check(context) if _is_place_for(rule, match, context)}
    return [without_changes_of_quotations(found[key], context) for key in sorted(found)]


def without_general(found: Sequence[tuple[Rule, Match]]) -> list[tuple[Rule, Match]]:
    """The matches without those whose words a more specific rule reports as well.

    This precedes suppression: an editor who accepts the specific finding is not shown the general one in its place.
    """
    reported: dict[str, set[int]] = {}
    for rule, match in found:
        for general in rule.more_specific_than:
            reported.setdefault(general, set()).update(_characters(match))
    return [(rule, match) for rule, match in found if reported.get(rule.id, set()).isdisjoint(_characters(match))]


def with_fingerprints(analysis: Analysis, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in text order, each with its fingerprint."""
    sentences = AnalysisIndex(analysis).sentences
    seen: Counter[tuple[str, str]] = Counter()
    result = []
    for finding in sorted(findings, key=lambda finding: (finding.start, finding.rule, finding.message)):
        sentence = sentences[finding.sentence].text if finding.sentence in sentences else ""
        key = fingerprint(finding.rule, sentence, 0)
        result.append(
            msgspec.structs.replace(finding, fingerprint=fingerprint(finding.rule, sentence, seen[finding.rule, key]))
        )
        seen[finding.rule, key] += 1
    return tuple(result)


def _characters(match: Match) -> range:
    return range(match.span.start, match.span.end)


def _is_place_for(rule: Rule, match: Match, context: Context) -> bool:
    if context.block_at(match.span.start) not in rule.blocks or context.is_repetition(match.span.start):
        return False
    return rule.quotations.judges(context.is_quoted(match.span))
