"""Leaves out findings in the parts of drafts that a newsroom does not want judged."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from attribution.linting.findings import Finding
from attribution.records import BlockKind, Draft, Span


def without_ignored(
    findings: Iterable[Finding], draft: Draft, blocks: Collection[BlockKind] = (), patterns: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """The findings that neither begin in a block of these kinds nor share a character with a match of a pattern.

    Patterns are regular expressions over the draft's text; ``^`` and ``$`` are the ends of lines. Findings about
    suppressions, which stand outside the text, are kept. Raises re.error for a pattern that is not one.
    """
    matched = [
        Span(*match.span())
        for pattern in patterns
        for match in re.finditer(pattern, draft.text, re.MULTILINE)
        if match.end() > match.start()
    ]
    places = [block.span for block in draft.blocks if block.kind in blocks]
    return tuple(
        finding
        for finding in findings
        if finding.span is None
        or not (any(map(finding.span.overlaps, matched)) or any(place.covers(_start(finding.span)) for place in places))
    )


def _start(span: Span) -> Span:
    return Span(span.start, span.start + 1)
