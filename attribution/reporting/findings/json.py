"""The JSON of ``attrib lint``, an object of its own with its own schema (``schema/lint-1.0.json``).

``start`` and ``end`` (exclusive) are in the decoded file: ``offset`` from 0, ``line`` and ``column`` from 1, all in
Unicode code points. ``span`` counts characters of the draft's text, as ``attrib report -f json`` does; it is null for
what is no part of the text, as a comment is. Fields may be added under the same ``schema_version``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec

from attribution.linting import FileFindings, Finding, Severity
from attribution.linting.findings import SuppressionKind
from attribution.reporting.json import Count, Offset, Part, Range, Share, pretty, rounded, version

LINT_SCHEMA_VERSION: Literal["1.0"] = "1.0"
Ordinal = Annotated[int, msgspec.Meta(ge=1)]


class LintTool(Part, frozen=True):
    """What made the findings."""

    name: Literal["attrib"]
    version: str


class PositionPart(Part, frozen=True):
    """A place in the decoded file, in code points."""

    offset: Offset
    line: Ordinal
    column: Ordinal


class SuppressionPart(Part, frozen=True):
    """Why a finding is not reported."""

    kind: SuppressionKind
    reason: str


class FindingPart(Part, frozen=True):
    """A rule's match: what, where, the words found, what would mend it, and the records it rests on."""

    rule: str
    name: str
    severity: Severity
    path: str
    span: Range | None
    start: PositionPart
    end: PositionPart
    text: str
    message: str
    help: str
    sentence: str | None
    claim: str | None
    attribution: str | None
    fingerprint: str
    suppression: SuppressionPart | None


class FilePart(Part, frozen=True):
    """A draft that was looked at, its sourcing score, and how many findings it has."""

    path: str
    sourcing: Share | None
    findings: Count
    suppressed: Count


class LintTotals(Part, frozen=True):
    """How many findings of each severity are reported."""

    files: Count
    findings: Count
    error: Count
    warning: Count
    info: Count
    suppressed: Count


class Lint(Part, frozen=True):
    """The findings of one run."""

    schema_version: Literal["1.0"]
    tool: LintTool
    summary: LintTotals
    files: list[FilePart]
    findings: list[FindingPart]
    suppressed: list[FindingPart]


def findings_json(files: Sequence[FileFindings]) -> str:
    """The findings as indented JSON, one object for all files, with a line end."""
    return pretty(lint_part(files))


def lint_part(files: Sequence[FileFindings]) -> Lint:
    """The findings in the contract's form."""
    findings = [one for file in files for one in file.findings]
    suppressed = [one for file in files for one in file.suppressed]
    return Lint(
        schema_version=LINT_SCHEMA_VERSION,
        tool=LintTool(name="attrib", version=version()),
        summary=LintTotals(
            files=len(files),
            findings=len(findings),
            error=sum(one.severity is Severity.ERROR for one in findings),
            warning=sum(one.severity is Severity.WARNING for one in findings),
            info=sum(one.severity is Severity.INFO for one in findings),
            suppressed=len(suppressed),
        ),
        files=[
            FilePart(
                one.path,
                None if one.sourcing is None else rounded(one.sourcing),
                len(one.findings),
                len(one.suppressed),
            )
            for one in files
        ],
        findings=[finding_part(one) for one in findings],
        suppressed=[finding_part(one) for one in suppressed],
    )


def finding_part(one: Finding) -> FindingPart:
    """A finding in the contract's form."""
    return FindingPart(
        rule=one.rule,
        name=one.name,
        severity=one.severity,
        path=one.path,
        span=None if one.span is None else (one.span.start, one.span.end),
        start=PositionPart(one.start.offset, one.start.line, one.start.column),
        end=PositionPart(one.end.offset, one.end.line, one.end.column),
        text=one.text,
        message=one.message,
        help=one.help,
        sentence=one.sentence,
        claim=one.claim,
        attribution=one.attribution,
        fingerprint=one.fingerprint,
        suppression=None if one.suppression is None else SuppressionPart(one.suppression.kind, one.suppression.reason),
    )
