"""Findings of lint as a test needs them: on words of an analysis, with a message that names rule and words."""

from __future__ import annotations

from attribution.ingest import locate
from attribution.linting import Finding, Severity
from attribution.linting.findings import Position
from attribution.records import Analysis, Span


def finding_at(
    analysis: Analysis,
    rule: str,
    words: str,
    *,
    severity: Severity = Severity.WARNING,
    claim: str | None = None,
    attribution: str | None = None,
    message: str = "",
    remedy: str = "",
) -> Finding:
    """A finding of a rule on words that occur once in the draft."""
    start = analysis.draft.text.index(words)
    span = Span(start, start + len(words))
    sentence = next(sentence.id for sentence in analysis.sentences if sentence.span.covers(Span(start, start + 1)))
    here = Position(start, *locate(analysis.draft, start))
    return Finding(
        rule=rule,
        name=rule.lower(),
        severity=severity,
        path=analysis.draft.path,
        span=span,
        start=here,
        end=here,
        text=words,
        message=message or f"{rule} about “{words}”",
        help=remedy or f"Mend {words}.",
        sentence=sentence,
        claim=claim,
        attribution=attribution,
        fingerprint="",
    )


def sample_findings(analysis: Analysis) -> list[Finding]:
    """What lint would find in the sample of conftest."""
    return [
        finding_at(
            analysis,
            "HDG303",
            "Reportedly",
            attribution="a2",
            message="“Reportedly” does not say who says so",
            remedy="Say who reports or alleges it; if nobody does, leave it out.",
        ),
        finding_at(
            analysis,
            "ATT201",
            "has been accused of",
            attribution="a6",
            message="“has been accused” does not say by whom",
            remedy="Say who makes the accusation; if nobody is known to make it, leave it out.",
        ),
        finding_at(
            analysis,
            "DOC604",
            "She has",
            claim="c8",
            message="“She” is accused, and the article does not tell what she says to it",
            remedy="Ask for a response, and say what it was or that none came.",
        ),
        finding_at(
            analysis,
            "DOC601",
            "Veldan’s transport ministry",
            message="two sources carry the article",
            remedy="Ask somebody else.",
        ),
    ]
