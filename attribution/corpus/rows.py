"""The rows that an analysis adds to the tables."""

from __future__ import annotations

from typing import Any

from attribution.corpus.schema import ARTICLES, ATTRIBUTIONS, CLAIMS, HEDGES, KEY, SOURCES
from attribution.records import Analysis, Span
from attribution.reporting.contract import rounded
from attribution.reporting.yardstick import words_of

Rows = dict[str, list[dict[str, Any]]]
"""Rows by the name of their table."""


def rows_of(analysis: Analysis, article: Any) -> Rows:
    """The rows of all tables for an analysis; that of the article lacks what the input tells of it."""
    return {
        ARTICLES: [_article(analysis, article)],
        CLAIMS: _claims(analysis, article),
        ATTRIBUTIONS: [
            {
                KEY: article,
                "attribution": found.id,
                "sentence": found.sentence,
                "cue": found.cue.text,
                "lemma": found.cue.lemma,
                "source": found.source.entity,
                "source_text": found.source.text,
                "kind": found.source.kind.value,
                "manner": found.manner.value,
                "attitude": found.attitude.value,
                "tone": found.tone.value,
                "evidence": found.evidence.value,
                "negated": found.negated,
                **_place(found.content.spans),
                "content": found.content.text,
                "probability": rounded(found.probability),
            }
            for found in analysis.attributions
        ],
        SOURCES: _sources(analysis, article),
        HEDGES: [
            {
                KEY: article,
                "hedge": hedge.id,
                "sentence": hedge.sentence,
                "text": hedge.text,
                "category": hedge.category.value,
                "strength": rounded(hedge.strength),
                **_place(hedge.spans),
            }
            for hedge in analysis.hedges
        ],
    }


def _article(analysis: Analysis, article: Any) -> dict[str, Any]:
    draft, summary = analysis.draft, analysis.summary
    carriers, places, voice = summary.carriers, summary.places, summary.voice
    return {
        KEY: article,
        "format": draft.format,
        "sha256": draft.sha256,
        "characters": len(draft.text),
        "words": words_of(analysis),
        "sentences": summary.sentences,
        "claims": summary.claims,
        **{name: getattr(voice, name) for name in ("own", "source", "hearsay", "unclear")},
        **{
            f"carried_by_{name}": getattr(carriers, name)
            for name in ("paper", "named", "described", "nobody", "unclear")
        },
        "sourcing": None if summary.sourcing is None else rounded(summary.sourcing),
        "certainty": None if summary.certainty is None else rounded(summary.certainty),
        "distinct_sources": summary.distinct_sources,
        "named_sources": summary.named_sources,
        **{name: getattr(places, name) for name in ("needs_source", "weak_source", "speaker_unclear")},
    }


def _claims(analysis: Analysis, article: Any) -> list[dict[str, Any]]:
    blocks = {sentence.id: analysis.draft.blocks[sentence.block].kind.value for sentence in analysis.sentences}
    shared = ("claim", "sentence", "start", "end", "text", "voice", "sources", "kinds", "named")
    return [
        {
            KEY: article,
            **{name: row[name] for name in shared},
            "block": blocks[claim.sentence],
            "carrier": claim.carrier.value,
            "support": claim.support,
            "sourcing": rounded(claim.sourcing),
            "certainty": rounded(claim.certainty),
            "commitment": None if claim.commitment is None else rounded(claim.commitment),
            "exposure": claim.exposure.grade,
            "attributions": list(claim.attributions),
            "hedges": list(claim.hedges),
        }
        for claim, row in zip(analysis.claims, analysis.to_rows(), strict=True)
    ]


def _sources(analysis: Analysis, article: Any) -> list[dict[str, Any]]:
    attributed: dict[str | None, int] = {}
    for found in analysis.attributions:
        for entity in (found.source.entity, *found.source.also):
            attributed[entity] = attributed.get(entity, 0) + 1
    return [
        {
            KEY: article,
            "source": source.id,
            "name": source.name,
            "kind": source.kind.value,
            "named": source.named,
            "mentions": len(source.mentions),
            "claims": len(source.claims),
            "attributions": attributed.get(source.id, 0),
        }
        for source in analysis.sources
    ]


def _place(spans: tuple[Span, ...]) -> dict[str, int | None]:
    return {"start": spans[0].start, "end": spans[-1].end} if spans else {"start": None, "end": None}
