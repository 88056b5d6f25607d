"""Writes Citron's annotation format (BBC; ``docs/data_format.md`` of github.com/bbc/citron). ``readers`` reads it."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from attribution.index import AnalysisIndex
from attribution.records import Analysis, Attribution, SourceEntity, Span
from attribution.reporting.contract import rounded
from attribution.reporting.json import pretty

MOST_COREFERENCES = 200
"""The most mentions of its source that a quote lists beside the first: those nearest to its cue.

Every quote lists them anew, so that the file would grow with the square of the quotes of one speaker; all mentions are
in the speaker's coreference group.
"""


def citron_json(analysis: Analysis) -> str:
    """The attributions with cue and content as the quotes of a Citron document, each with its evidence.

    Citron's cue is a single span, so only the first piece of a discontinuous cue is written. Coreferences of a source
    are the other mentions of its ledger entry; each entry with at least two mentions is a coreference group.
    """
    text = analysis.draft.text
    entities = AnalysisIndex(analysis).entities

    def span(piece: Span) -> dict[str, Any]:
        return {"start": piece.start, "end": piece.end, "text": text[piece.start : piece.end]}

    def quote(attribution: Attribution) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": attribution.id,
            "confidence": rounded(attribution.probability),
            "cue": span(attribution.cue.spans[0]),
            "sources": [span(piece) for piece in attribution.source.spans],
            "contents": [span(piece) for piece in attribution.content.spans],
            "evidence": attribution.evidence,
        }
        others = _others(attribution, entities)
        if others:
            found["coreferences"] = [span(other) for other in others]
        return found

    return pretty(
        {
            "text": text,
            "quotes": [
                quote(attribution)
                for attribution in analysis.attributions
                if attribution.cue.spans and attribution.content.spans
            ],
            "coreference_groups": [
                [span(mention) for mention in entity.mentions]
                for entity in analysis.sources
                if len(entity.mentions) > 1
            ],
        }
    )


def notice_of(analysis: Analysis) -> str | None:
    """What people are told of a file in which quotes do not list all mentions of their source; mostly None."""
    names = [entity.name for entity in analysis.sources if len(entity.mentions) > MOST_COREFERENCES]
    if not names:
        return None
    return (
        f"quotes list only the {MOST_COREFERENCES} nearest mentions of {names[0]}"
        f"{' and others' if names[1:] else ''}; all are in coreference_groups"
    )


def _others(attribution: Attribution, entities: dict[str, SourceEntity]) -> list[Span]:
    """The mentions of the attribution's source other than its own words, or of very many the nearest."""
    entity = entities.get(attribution.source.entity or "")
    if entity is None:
        return []
    first = 0
    if len(entity.mentions) > MOST_COREFERENCES:
        middle = bisect_left(entity.mentions, attribution.cue.spans[0])
        first = min(max(0, middle - MOST_COREFERENCES // 2), len(entity.mentions) - MOST_COREFERENCES)
    # The first mention is the one that gives the full name.
    nearest = [*entity.mentions[: min(1, first)], *entity.mentions[first : first + MOST_COREFERENCES]]
    return [mention for mention in nearest if mention not in attribution.source.spans]
