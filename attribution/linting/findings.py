"""The results of linting: findings with their positions, file by file."""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum

import msgspec

from attribution.ingest import locate
from attribution.linting.rule import Match, Rule, Severity
from attribution.records import Draft, Span

FINGERPRINT_LENGTH = 16


class Position(msgspec.Struct, frozen=True, order=True):
    """A position in the decoded file: its offset, and its line and column from 1; all in Unicode code points."""

    offset: int
    line: int
    column: int


class SuppressionKind(StrEnum):
    """Where a finding is suppressed."""

    COMMENT = "comment"
    SIDECAR = "sidecar"
    BASELINE = "baseline"


class Suppression(msgspec.Struct, frozen=True):
    """Why a finding is not reported."""

    kind: SuppressionKind
    reason: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's match in a file.

    ``span`` counts characters of the draft's text (None for a comment, which is not part of it); ``start`` and ``end``
    (exclusive) are positions in the file. ``text`` is the words found and ``sentence`` identifies their sentence.
    ``fingerprint`` does not change if sentences are moved: it is made of the rule, the sentence's words and the number
    of such findings before.
    """

    rule: str
    name: str
    severity: Severity
    path: str
    span: Span | None
    start: Position
    end: Position
    text: str
    message: str
    help: str
    sentence: str | None
    claim: str | None
    attribution: str | None
    fingerprint: str
    suppression: Suppression | None = None


class FileFindings(msgspec.Struct, frozen=True):
    """The findings of a file in text order; ``source`` is the decoded file, from which its lines are shown.

    ``suppressed`` findings are not reported, except in formats that have a place for them.
    """

    path: str
    source: str
    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    sourcing: float | None = None


def make_finding(draft: Draft, rule: Rule, match: Match, severity: Severity, sentence: str | None) -> Finding:
    """The finding of a match, without its fingerprint."""
    span = match.span
    last = max(span.start, span.end - 1)
    line, column = locate(draft, last)
    behind = 1 if span.end > span.start else 0
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=severity,
        path=draft.path,
        span=span,
        start=_position(draft, *locate(draft, span.start)),
        end=_position(draft, line, column + behind),
        text=" ".join(draft.text[span.start : span.end].split()),
        message=match.message,
        help=match.help,
        sentence=sentence,
        claim=match.claim,
        attribution=match.attribution,
        fingerprint="",
    )


def _position(draft: Draft, line: int, column: int) -> Position:
    return Position(draft.line_starts[line - 1] + column - 1, line, column)


def normalised(sentence: str) -> str:
    """The sentence's letters and figures in lower case, everything else a single space: the input of a fingerprint."""
    return re.sub(r"[\W_]+", " ", sentence.casefold()).strip()


def fingerprint(rule: str, sentence: str, occurrence: int) -> str:
    """A hash of the rule, the normalised sentence, and the number of findings with the same two before (from 0)."""
    digest = hashlib.sha256(f"{rule}\n{normalised(sentence)}\n{occurrence}".encode("utf-8", "replace")).hexdigest()
    return digest[:FINGERPRINT_LENGTH]
