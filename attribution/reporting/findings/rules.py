"""The rules themselves: explained, listed, and as the reference in the documentation; all from the records."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from attribution.linting import Rule
from attribution.linting.rule import Status
from attribution.reporting.escaping import plain_lines
from attribution.reporting.json import pretty

FAMILIES = {
    "QUO": "Quotations",
    "SRC": "Who the source is",
    "ATT": "Presence and placement of attribution",
    "HDG": "Hedging",
    "VRB": "Verbs",
    "CLM": "Claims",
    "DOC": "The whole article",
    "LIM": "Limits that a newsroom sets",
    "X": "Input",
    "SUP": "Suppressions",
}
"""The meaning of the letters in an identifier."""


def rule_text(rule: Rule, others: Sequence[Rule], width: int = 80) -> str:
    """A rule explained for the terminal, with its place among the others."""
    parts = [
        f"{rule.id} {rule.name}",
        f"{rule.severity.value}, {rule.status.value}; judges {_where(rule)}",
        "",
        _wrapped(rule.summary, width),
        "",
        "Why",
        _wrapped(rule.rationale, width, "  "),
        "",
        "Bad",
        _wrapped(rule.bad, width, "  "),
        "",
        "Good",
        _wrapped(rule.good, width, "  "),
        "",
    ]
    if rule.limits:
        parts += ["Limits", _wrapped(rule.limits, width, "  "), ""]
    if rule.settings:
        parts += ["Settings", _wrapped(", ".join(rule.settings), width, "  "), ""]
    precedence = _precedence(rule, others)
    if precedence:
        parts += ["Precedence", _wrapped(precedence, width, "  "), ""]
    if rule.origin:
        parts += ["Written in", f"  {rule.origin}", ""]
    if rule.guidelines:
        parts.append("Guidelines")
    for guideline in rule.guidelines:
        parts += [_wrapped(f"{guideline.publisher}: {guideline.title}", width, "  "), f"  {guideline.where}"]
    if rule.page is not None and rule.page not in {guideline.where for guideline in rule.guidelines}:
        parts += ["", f"On the web: {rule.page}"]
    parts += ["", _wrapped(f"Silence one finding: {_silencing(rule)}", width)]
    return plain_lines("\n".join(parts)) + "\n"


def rules_text(rules: Sequence[Rule]) -> str:
    """The rules, one per line."""
    width = max(len(rule.name) for rule in rules)
    longest = max(len(rule.id) for rule in rules)
    return "".join(
        f"{rule.id:<{longest}}  {rule.name:<{width}}  {rule.severity.value:<8}"
        f"{'' if rule.status is Status.STABLE else rule.status.value}".rstrip()
        + "\n"
        for rule in rules
    )


def rules_json(rules: Sequence[Rule]) -> str:
    """The rules as a JSON array."""
    return pretty([rule_object(rule) for rule in rules])


def rule_object(rule: Rule) -> dict[str, Any]:
    """Everything about a rule."""
    return {
        "id": rule.id,
        "name": rule.name,
        "family": rule.family,
        "page": rule.page,
        "summary": rule.summary,
        "rationale": rule.rationale,
        "bad": rule.bad,
        "good": rule.good,
        "severity": rule.severity.value,
        "status": rule.status.value,
        "guidelines": [
            {"key": guideline.key, "publisher": guideline.publisher, "title": guideline.title, "where": guideline.where}
            for guideline in rule.guidelines
        ],
        "needs": sorted(need.value for need in rule.needs),
        "quotations": rule.quotations.value,
        "settings": list(rule.settings),
        "more_specific_than": list(rule.more_specific_than),
        "limits": rule.limits,
    }


def rules_markdown(rules: Sequence[Rule]) -> str:
    """The reference of all rules for the documentation."""
    lines = [
        "# Rules",
        "",
        "Made from the rules' records by `scripts/write_rule_reference.py`; `attrib explain ID` tells the same.",
        "",
        "| rule | name | severity | status |",
        "| --- | --- | --- | --- |",
        *(
            f"| [{rule.id}](#{_anchor(rule)}) | {rule.name} | {rule.severity.value} | {rule.status.value} |"
            for rule in rules
        ),
    ]
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            lines += ["", f"## {family}: {FAMILIES[family]}"]
        lines += ["", f"### {rule.id} {rule.name}", "", *_rule_markdown(rule, rules)]
    return "\n".join(lines) + "\n"


def rule_list_markdown(rules: Sequence[Rule]) -> str:
    """The list of all rules by family, with links to their pages beside it."""
    lines = ["# Rules", "", "What `attrib lint` looks for. `attrib explain ID` tells what the rule's page tells."]
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            lines += ["", f"## {family}: {FAMILIES[family]}", ""]
        status = "" if rule.status is Status.STABLE else f", {rule.status.value}"
        lines.append(f"- [{rule.id} {rule.name}]({rule.id}.md) ({rule.severity.value}{status}): {rule.summary}")
    return "\n".join(lines) + "\n"


def rule_page_markdown(rule: Rule, others: Sequence[Rule]) -> str:
    """A rule's own page, with links to the others of its family; the list of all rules is ``index.md`` beside it."""
    family = [
        f"- [{other.id} {other.name}]({other.id}.md): {other.summary}"
        for other in others
        if other.family == rule.family and other != rule
    ]
    lines = [
        f"# {rule.id} {rule.name}",
        "",
        *_rule_markdown(rule, others),
        "",
        "## To silence one finding",
        "",
        f"`{_silencing_comment(rule)}` before the paragraph or, for plain text, an entry in `.attrib-ignore.toml`.",
        "",
        *(["## Other rules of the family", "", *family, ""] if family else []),
        "[All rules](index.md)",
    ]
    return "\n".join(lines) + "\n"


def _rule_markdown(rule: Rule, others: Sequence[Rule]) -> list[str]:
    """A rule's description, from its severity to its guidelines."""
    links = "; ".join(f"{guideline.publisher}, [{guideline.title}]({guideline.where})" for guideline in rule.guidelines)
    lines = [
        f"*{rule.severity.value}, {rule.status.value}; judges {_where(rule)}.* {rule.summary}",
        "",
        rule.rationale,
        "",
        "Bad:",
        "",
        _block(rule.bad),
        "",
        "Good:",
        "",
        _block(rule.good),
        "",
    ]
    if rule.limits:
        lines += [f"Limits: {rule.limits}", ""]
    if rule.settings:
        lines += [f"Settings: {', '.join(f'`{name}`' for name in rule.settings)}.", ""]
    precedence = _precedence(rule, others)
    if precedence:
        lines += [f"Precedence: {precedence}", ""]
    return [*lines, f"Guidelines: {links}."]


def _precedence(rule: Rule, others: Sequence[Rule]) -> str:
    """Which rules are silent where this one reports the same words, and where this one is; empty if neither."""
    told = []
    if rule.more_specific_than:
        told.append(
            f"Where this rule and {_either(rule.more_specific_than)} report the same words, only this one does."
        )
    specific = [other.id for other in others if rule.id in other.more_specific_than]
    if specific:
        told.append(f"Silent where {_either(specific)} reports the same words.")
    return " ".join(told)


def _either(identifiers: Sequence[str]) -> str:
    *first, last = identifiers
    return f"{', '.join(first)} or {last}" if first else last


def _where(rule: Rule) -> str:
    return {
        "outside": "the paper's own words",
        "inside": "words in quotation marks",
        "both": "all words",
    }[rule.quotations.value]


def _silencing(rule: Rule) -> str:
    return f"{_silencing_comment(rule)} before the paragraph, or an entry in .attrib-ignore.toml"


def _silencing_comment(rule: Rule) -> str:
    return f"<!-- attrib: ignore[{rule.id}] reason -->"


def _wrapped(text: str, width: int, indent: str = "") -> str:
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(
        textwrap.fill(part, max(20, width), initial_indent=indent, subsequent_indent=indent) for part in paragraphs
    )


def _block(example: str) -> str:
    return f"```text\n{example.strip()}\n```"


def _anchor(rule: Rule) -> str:
    """The anchor that GitHub and GitLab give the rule's heading."""
    return f"{rule.id.lower()}-{rule.name}"
