"""Writes Citron's annotation format (BBC; ``docs/data_format.md`` of github.com/bbc/citron). ``readers`` reads it."""

from __future__ import annotations

from typing import Any

from attribution.index import AnalysisIndex
from attribution.records import Analysis, Attribution, SourceEntity, Span
from attribution.reporting.contract import rounded
from attribution.reporting.json import pretty


def citron_json(analysis: Analysis) -> str:
    """The attributions that have a cue and content, as the quotes of a Citron document, each with its evidence.

    Citron's cue is one span: of a cue in pieces the first is written. Coreferences of a source are the other mentions
    of its ledger entry, and each entry with two mentions or more is a coreference group.
    """
    text = analysis.draft.text
    entities = AnalysisIndex(analysis).entities

    def span(one: Span) -> dict[str, Any]:
        return {"start": one.start, "end": one.end, "text": text[one.start : one.end]}

    def quote(one: Attribution) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": one.id,
            "confidence": rounded(one.probability),
            "cue": span(one.cue.spans[0]),
            "sources": [span(piece) for piece in one.source.spans],
            "contents": [span(piece) for piece in one.content.spans],
            "evidence": one.evidence,
        }
        others = _others(one, entities)
        if others:
            found["coreferences"] = [span(other) for other in others]
        return found

    return pretty(
        {
            "text": text,
            "quotes": [quote(one) for one in analysis.attributions if one.cue.spans and one.content.spans],
            "coreference_groups": [
                [span(mention) for mention in one.mentions] for one in analysis.sources if len(one.mentions) > 1
            ],
        }
    )


def _others(one: Attribution, entities: dict[str, SourceEntity]) -> list[Span]:
    """The mentions of the attribution's source that are not the source's own words, those with the name first."""
    entity = entities.get(one.source.entity or "")
    return [] if entity is None else [mention for mention in entity.mentions if mention not in one.source.spans]
