"""The JSON of ``attrib lint``, with a schema of its own (``schema/lint-1.0.json``).

``start`` and ``end`` (exclusive) are positions in the decoded file: ``offset`` from 0, ``line`` and ``column`` from 1,
all in Unicode code points. ``span`` counts characters of the draft's text, as ``attrib report -f json`` does; it is
null outside the text, for example in a comment. Fields may be added under the same ``schema_version``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from attribution import __version__
from attribution.linting import FileFindings, Finding, Severity, UnreadDraft
from attribution.records import Count, Share
from attribution.reporting.contract import SCHEMA_VERSION, published
from attribution.reporting.findings.common import all_findings, counts
from attribution.reporting.json import pretty


class LintTool(msgspec.Struct, frozen=True):
    """What made the findings."""

    name: Annotated[Literal["attrib"], Meta(description="Always attrib.")] = "attrib"
    version: Annotated[str, Meta(description="The version of attrib.")] = ""


class FilePart(msgspec.Struct, frozen=True):
    """A draft, its sourcing in numbers, and how many findings it has."""

    path: Annotated[str, Meta(description="The draft's name as given.")]
    sourcing: Annotated[Share | None, Meta(description="Mean sourcing score of its claims; null if it makes none.")]
    support: Annotated[
        Share | None,
        Meta(
            description="Mean support of the claims that somebody other than the paper answers for; null if there are "
            "none. The setting minimum-sourcing is its minimum."
        ),
    ]
    findings: Annotated[Count, Meta(description="How many findings are reported.")]
    suppressed: Annotated[Count, Meta(description="How many are suppressed.")]


class LintTotals(msgspec.Struct, frozen=True):
    """How many findings of each severity are reported."""

    files: Annotated[Count, Meta(description="How many drafts were checked.")]
    findings: Annotated[Count, Meta(description="How many findings are reported.")]
    error: Annotated[Count, Meta(description="How many of them are errors.")]
    warning: Annotated[Count, Meta(description="How many of them are warnings.")]
    info: Annotated[Count, Meta(description="How many of them are notes.")]
    suppressed: Annotated[Count, Meta(description="How many are suppressed.")]
    unread: Annotated[Count, Meta(description="How many drafts could not be read.")]


class Lint(msgspec.Struct, frozen=True):
    """The findings of a run."""

    schema_version: Annotated[Literal["1.0"], Meta(description="The version of the contract; 1.x only adds fields.")]
    tool: Annotated[LintTool, Meta(description="What made the findings.")]
    summary: Annotated[LintTotals, Meta(description="How many there are.")]
    files: Annotated[tuple[FilePart, ...], Meta(description="The drafts that were checked.")]
    findings: Annotated[tuple[Finding, ...], Meta(description="The reported findings, draft by draft in text order.")]
    suppressed: Annotated[tuple[Finding, ...], Meta(description="The suppressed findings.")]
    unread: Annotated[
        tuple[UnreadDraft, ...], Meta(description="The drafts that could not be read, and so were not checked.")
    ]


def findings_json(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The findings as indented JSON, one object for all files, with a line end."""
    lint = Lint(
        schema_version=SCHEMA_VERSION,
        tool=LintTool(version=__version__),
        summary=totals(files, unread),
        files=tuple(
            FilePart(file.path, file.sourcing, file.support, len(file.findings), len(file.suppressed)) for file in files
        ),
        findings=tuple(all_findings(files)),
        suppressed=tuple(finding for file in files for finding in file.suppressed),
        unread=tuple(unread),
    )
    return pretty(published(lint))


def totals(files: Sequence[FileFindings], unread: Sequence[UnreadDraft]) -> LintTotals:
    """The numbers of drafts and findings in a run."""
    findings = all_findings(files)
    number = counts(findings)
    return LintTotals(
        files=len(files),
        findings=len(findings),
        error=number[Severity.ERROR],
        warning=number[Severity.WARNING],
        info=number[Severity.INFO],
        suppressed=sum(len(file.suppressed) for file in files),
        unread=len(unread),
    )
