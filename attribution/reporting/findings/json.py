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
from attribution.records import Count, Offset, Share, Span
from attribution.reporting.contract import rounded
from attribution.reporting.json import pretty, version

LINT_SCHEMA_VERSION: Literal["1.0"] = "1.0"
Ordinal = Annotated[int, msgspec.Meta(ge=1)]


class LintTool(msgspec.Struct, frozen=True):
    """What made the findings."""

    name: Annotated[Literal["attrib"], msgspec.Meta(description="Always attrib.")]
    version: Annotated[str, msgspec.Meta(description="The version of attrib.")]


class PositionPart(msgspec.Struct, frozen=True):
    """A place in the decoded file, in code points."""

    offset: Annotated[Offset, msgspec.Meta(description="Code points of the decoded file before it.")]
    line: Annotated[Ordinal, msgspec.Meta(description="Line, from 1.")]
    column: Annotated[Ordinal, msgspec.Meta(description="Column, from 1, in code points.")]


class SuppressionPart(msgspec.Struct, frozen=True):
    """Why a finding is not reported."""

    kind: Annotated[SuppressionKind, msgspec.Meta(description="Where the finding was told to be silent.")]
    reason: Annotated[str, msgspec.Meta(description="The reason that was given there; empty without.")]


class FindingPart(msgspec.Struct, frozen=True):
    """A rule's match: what, where, the words found, what would mend it, and the records it rests on."""

    rule: Annotated[str, msgspec.Meta(description="The code of the rule.")]
    name: Annotated[str, msgspec.Meta(description="The name of the rule.")]
    severity: Annotated[Severity, msgspec.Meta(description="How grave it is.")]
    path: Annotated[str, msgspec.Meta(description="The draft that it is in.")]
    span: Annotated[
        Span | None, msgspec.Meta(description="Code points of the draft's text; null for what is no part of it.")
    ]
    start: Annotated[PositionPart, msgspec.Meta(description="Where the words begin in the file.")]
    end: Annotated[PositionPart, msgspec.Meta(description="Where they end in the file, exclusive.")]
    text: Annotated[str, msgspec.Meta(description="The words found.")]
    message: Annotated[str, msgspec.Meta(description="What is wrong, in words.")]
    help: Annotated[str, msgspec.Meta(description="What would mend it.")]
    sentence: Annotated[str | None, msgspec.Meta(description="Identifier of the sentence, as in the report.")]
    claim: Annotated[str | None, msgspec.Meta(description="Identifier of the claim that it rests on, if any.")]
    attribution: Annotated[
        str | None, msgspec.Meta(description="Identifier of the attribution that it rests on, if any.")
    ]
    fingerprint: Annotated[str, msgspec.Meta(description="Stays the same when sentences are moved.")]
    suppression: Annotated[
        SuppressionPart | None, msgspec.Meta(description="Why it is not reported; null where it is.")
    ]


class FilePart(msgspec.Struct, frozen=True):
    """A draft that was looked at, its sourcing score, and how many findings it has."""

    path: Annotated[str, msgspec.Meta(description="The draft's name, as it was given.")]
    sourcing: Annotated[
        Share | None, msgspec.Meta(description="Mean sourcing score of its claims; null when it makes none.")
    ]
    findings: Annotated[Count, msgspec.Meta(description="How many findings are reported.")]
    suppressed: Annotated[Count, msgspec.Meta(description="How many are not.")]


class LintTotals(msgspec.Struct, frozen=True):
    """How many findings of each severity are reported."""

    files: Annotated[Count, msgspec.Meta(description="How many drafts were looked at.")]
    findings: Annotated[Count, msgspec.Meta(description="How many findings are reported.")]
    error: Annotated[Count, msgspec.Meta(description="How many of them are errors.")]
    warning: Annotated[Count, msgspec.Meta(description="How many of them are warnings.")]
    info: Annotated[Count, msgspec.Meta(description="How many of them are notes.")]
    suppressed: Annotated[Count, msgspec.Meta(description="How many are not reported.")]


class Lint(msgspec.Struct, frozen=True):
    """The findings of one run."""

    schema_version: Annotated[
        Literal["1.0"], msgspec.Meta(description="The contract that this keeps; 1.x only ever adds fields.")
    ]
    tool: Annotated[LintTool, msgspec.Meta(description="What made the findings.")]
    summary: Annotated[LintTotals, msgspec.Meta(description="How many there are.")]
    files: Annotated[list[FilePart], msgspec.Meta(description="The drafts that were looked at.")]
    findings: Annotated[list[FindingPart], msgspec.Meta(description="What is reported, draft by draft in text order.")]
    suppressed: Annotated[list[FindingPart], msgspec.Meta(description="What was told to be silent.")]


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
        span=one.span,
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
