"""SARIF 2.1.0, for code scanning and editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attribution import __version__
from attribution.linting import FileFindings, Finding, Rule, Severity, UnreadDraft
from attribution.linting.edits import Applicability
from attribution.linting.findings import FileFix, SuppressionKind
from attribution.reporting.findings.common import (
    PROJECT,
    UNREAD,
    known_rules,
    message_and_help,
    unread_message,
    uri,
)
from attribution.reporting.json import pretty

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "attribSentence/v1"


def findings_sarif(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The findings, including suppressed ones, as a SARIF log of one run; columns count code points.

    A draft that could not be read is a notification of the invocation, which was then not successful.
    """
    findings = [finding for file in files for finding in (*file.findings, *file.suppressed)]
    used = {finding.rule for finding in findings}
    rules = [_rule(rule) for rule in known_rules(files) if rule.id in used]
    places = {rule["id"]: number for number, rule in enumerate(rules)}
    return pretty(
        {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "attrib",
                            "version": __version__,
                            "informationUri": PROJECT,
                            "rules": rules,
                            "notifications": [
                                {"id": UNREAD, "shortDescription": {"text": "A draft could not be read."}}
                            ],
                        }
                    },
                    "invocations": [
                        {
                            "executionSuccessful": not unread,
                            "toolExecutionNotifications": [_notification(draft) for draft in unread],
                        }
                    ],
                    "columnKind": "unicodeCodePoints",
                    "artifacts": [{"location": {"uri": uri(file.path)}} for file in files],
                    "results": [_result(finding, places[finding.rule]) for finding in findings],
                }
            ],
        }
    )


def _notification(draft: UnreadDraft) -> dict[str, Any]:
    return {
        "descriptor": {"id": UNREAD, "index": 0},
        "level": "error",
        "message": {"text": unread_message(draft)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(draft.path)}}}],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    help_text = f"{rule.rationale}\n\nBad: {rule.bad}\n\nGood: {rule.good}"
    return {
        "id": rule.id,
        "name": _in_capitals(rule.name),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.rationale}"},
        "help": {"text": help_text, "markdown": _markdown(rule)},
        **({"helpUri": rule.page} if rule.page else {}),
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": ["sourcing", rule.family.lower(), *sorted(guideline.key for guideline in rule.guidelines)]
        },
    }


def _in_capitals(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def _markdown(rule: Rule) -> str:
    guidelines = "\n".join(
        f"* {guideline.publisher}: [{guideline.title}]({guideline.where})" for guideline in rule.guidelines
    )
    return (
        f"**{rule.id} {rule.name}**\n\n{rule.rationale}\n\nBad:\n\n> {_quoted(rule.bad)}\n\n"
        f"Good:\n\n> {_quoted(rule.good)}\n\n{guidelines}"
    )


def _quoted(example: str) -> str:
    return example.strip().replace("\n", "\n> ")


def _result(finding: Finding, rule_index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": LEVELS[finding.severity],
        "message": {"text": message_and_help(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri(finding.path)},
                    "region": {
                        "startLine": finding.start.line,
                        "startColumn": finding.start.column,
                        "endLine": finding.end.line,
                        "endColumn": finding.end.column,
                        "charOffset": finding.start.offset,
                        "charLength": max(0, finding.end.offset - finding.start.offset),
                        "snippet": {"text": finding.text},
                    },
                }
            }
        ],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if finding.fixes:
        result["fixes"] = [_fix(finding, fix) for fix in finding.fixes]
    if finding.suppression is not None:
        kind = "inSource" if finding.suppression.kind is SuppressionKind.COMMENT else "external"
        result["suppressions"] = [{"kind": kind, "justification": finding.suppression.reason or "none given"}]
    return result


def _fix(finding: Finding, fix: FileFix) -> dict[str, Any]:
    """A proposed fix; SARIF has no place for whether it is safe, so its description tells."""
    return {
        "description": {"text": fix.title if fix.applicability is Applicability.SAFE else f"{fix.title} (check it)"},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": uri(finding.path)},
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": edit.start.line,
                            "startColumn": edit.start.column,
                            "endLine": edit.end.line,
                            "endColumn": edit.end.column,
                        },
                        "insertedContent": {"text": edit.replacement},
                    }
                    for edit in fix.edits
                ],
            }
        ],
    }
