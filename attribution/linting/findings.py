"""The results of linting: findings with their positions, file by file."""

from __future__ import annotations

import hashlib
import html
import re
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from attribution.ingest import locate
from attribution.linting.edits import Applicability, Fix
from attribution.linting.rule import Match, Rule, Severity
from attribution.records import Draft, Offset, Span

FINGERPRINT_LENGTH = 16

Ordinal = Annotated[int, Meta(ge=1)]


class Position(msgspec.Struct, frozen=True, order=True):
    """A place in the decoded file, in code points."""

    offset: Annotated[Offset, Meta(description="Code points of the decoded file before it.")]
    line: Annotated[Ordinal, Meta(description="Line, from 1.")]
    column: Annotated[Ordinal, Meta(description="Column, from 1, in code points.")]


class SuppressionKind(StrEnum):
    """Where a finding is suppressed."""

    COMMENT = "comment"
    SIDECAR = "sidecar"
    BASELINE = "baseline"


class Suppression(msgspec.Struct, frozen=True):
    """Why a finding is not reported."""

    kind: Annotated[SuppressionKind, Meta(description="Where the finding is suppressed.")]
    reason: Annotated[str, Meta(description="The reason given there; empty if none is given.")] = ""


class FileEdit(msgspec.Struct, frozen=True, kw_only=True):
    """An edit of the draft's file."""

    start: Annotated[Position, Meta(description="Where the words to replace begin in the file.")]
    end: Annotated[Position, Meta(description="Where they end in the file, exclusive.")]
    text: Annotated[str, Meta(description="The words to replace, as the file has them.")]
    replacement: Annotated[str, Meta(description="What to write in their place; empty to delete them.")]


class FileFix(msgspec.Struct, frozen=True, kw_only=True):
    """A way to mend a finding."""

    title: Annotated[str, Meta(description="What it does, in words.")]
    applicability: Annotated[
        Applicability,
        Meta(description="safe: attrib lint --fix makes it; suggested: an editor must judge it."),
    ]
    edits: Annotated[tuple[FileEdit, ...], Meta(description="The edits, which belong together.")]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's match: what, where, the words found, how to fix it, and the records it is based on.

    The fingerprint is made of the rule, the sentence's words and the number of such findings before.
    """

    rule: Annotated[str, Meta(description="The code of the rule.")]
    name: Annotated[str, Meta(description="The name of the rule.")]
    severity: Annotated[Severity, Meta(description="How serious it is.")]
    path: Annotated[str, Meta(description="The draft in which it was found.")]
    span: Annotated[
        Span | None, Meta(description="Code points of the draft's text; null outside the text, in a comment.")
    ]
    start: Annotated[Position, Meta(description="Where the words begin in the file.")]
    end: Annotated[Position, Meta(description="Where they end in the file, exclusive.")]
    text: Annotated[str, Meta(description="The words found.")]
    message: Annotated[str, Meta(description="What is wrong, in words.")]
    help: Annotated[str, Meta(description="How to fix it.")]
    sentence: Annotated[str | None, Meta(description="Identifier of the sentence, as in the report.")]
    claim: Annotated[str | None, Meta(description="Identifier of the claim that it is about, if any.")]
    attribution: Annotated[str | None, Meta(description="Identifier of the attribution that it is about, if any.")]
    fingerprint: Annotated[str, Meta(description="Does not change if sentences are moved.")]
    page: Annotated[
        str | None, Meta(description="Address of the rule's page in the documentation; null if it has none.")
    ] = None
    suppression: Annotated[Suppression | None, Meta(description="Why it is not reported; null if it is.")] = None
    fixes: Annotated[tuple[FileFix, ...], Meta(description="Ways to mend it, the best one first.")] = ()


class FileFindings(msgspec.Struct, frozen=True):
    """The findings of a file in text order; ``source`` is the decoded file, from which its lines are shown.

    ``suppressed`` findings are not reported, except in formats that have a place for them. ``own_rules`` are those that
    the newsroom has written itself.
    """

    path: str
    source: str
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    sourcing: float | None = None
    support: float | None = None
    own_rules: tuple[Rule, ...] = ()


class UnreadDraft(msgspec.Struct, frozen=True):
    """A draft that was to be checked and could not be read."""

    path: Annotated[str, Meta(description="The draft's name as given.")]
    error: Annotated[str, Meta(description="Why it could not be read, and what to do.")]


def unread_draft(path: str, message: str) -> UnreadDraft:
    """The record of a draft that could not be read; an error's message names the draft, which is not repeated."""
    return UnreadDraft(path, message.removeprefix(f"{path}: "))


def make_finding(draft: Draft, rule: Rule, match: Match, severity: Severity, sentence: str | None) -> Finding:
    """The finding of a match, without its fingerprint."""
    span = match.span
    start, end = file_range(draft, span)
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=severity,
        path=draft.path,
        span=span,
        start=start,
        end=end,
        text=" ".join(draft.text[span.start : span.end].split()),
        message=match.message,
        help=match.help,
        sentence=sentence,
        claim=match.claim,
        attribution=match.attribution,
        fingerprint="",
        fixes=tuple(_file_fix(draft, fix) for fix in match.fixes),
        page=rule.page,
    )


def _file_fix(draft: Draft, fix: Fix) -> FileFix:
    return FileFix(
        title=fix.title,
        applicability=fix.applicability,
        edits=tuple(
            FileEdit(
                start=start,
                end=end,
                text=draft.text[edit.span.start : edit.span.end],
                replacement=html.escape(edit.replacement, quote=False) if draft.format == "html" else edit.replacement,
            )
            for edit in fix.edits
            for start, end in [file_range(draft, edit.span)]
        ),
    )


def file_range(draft: Draft, span: Span) -> tuple[Position, Position]:
    """Where the characters of a span begin and end in the file."""
    line, column = locate(draft, max(span.start, span.end - 1))
    behind = 1 if span.end > span.start else 0
    return _position(draft, *locate(draft, span.start)), _position(draft, line, column + behind)


def _position(draft: Draft, line: int, column: int) -> Position:
    return Position(draft.line_starts[line - 1] + column - 1, line, column)


def normalised(sentence: str) -> str:
    """The sentence's letters and figures in lower case, everything else a single space: the input of a fingerprint."""
    return re.sub(r"[\W_]+", " ", sentence.casefold()).strip()


def fingerprint(rule: str, sentence: str, occurrence: int) -> str:
    """A hash of the rule, the normalised sentence, and the number of findings with the same two before (from 0)."""
    digest = hashlib.sha256(f"{rule}\n{normalised(sentence)}\n{occurrence}".encode("utf-8", "replace")).hexdigest()
    return digest[:FINGERPRINT_LENGTH]
