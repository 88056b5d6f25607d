"""Writes W3C Web Annotations (https://www.w3.org/TR/annotation-model/) for editors' overlays and annotation services.

Each place has two selectors: a TextPositionSelector (code points of the text) and a TextQuoteSelector with the words
before and after, which still finds the place after edits elsewhere in the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from attribution.index import AnalysisIndex
from attribution.records import Analysis, Evidence, Span
from attribution.reporting.contract import rounded
from attribution.reporting.json import pretty

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
HELD = {
    Evidence.REPORT: "said by",
    Evidence.BELIEF: "believed by",
    Evidence.STANCE: "stance of",
    Evidence.SUPPOSED: "not known to be said by",
}
AROUND = 32
"""Number of characters that a quote selector gives before and after the words."""


def web_annotations(analyses: Sequence[Analysis]) -> str:
    """An AnnotationCollection of all documents: an annotation for each cue, source, content, claim, hedge, booster.

    A discontinuous part has several targets. The first body tags the part (``source``), the second describes it.
    """
    items = [item for analysis in analyses for item in _annotations(analysis)]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    name = _digest(" ".join(_digest_of(analysis) for analysis in analyses))
    return pretty(
        {
            "@context": CONTEXT,
            "id": f"urn:attrib:annotations:{name}",
            "type": "AnnotationCollection",
            "label": ", ".join(analysis.draft.path for analysis in analyses),
            "total": len(items),
            "first": {"id": f"urn:attrib:annotations:{name}:1", **page},
        }
    )


def _annotations(analysis: Analysis) -> Iterator[dict[str, Any]]:
    entities = AnalysisIndex(analysis).entities
    for attribution in analysis.attributions:
        entity = entities.get(attribution.source.entity or "")
        source = (attribution.source.text if entity is None else entity.name) or "nobody named"
        facts: list[str] = [attribution.evidence, attribution.attitude, attribution.tone]
        facts += ["negated"] * attribution.negated + ["withheld"] * attribution.withheld
        cue = f"{attribution.id}: {', '.join(facts)}"
        yield from _annotation(analysis, f"{attribution.id}:cue", "cue", cue, attribution.cue.spans)
        yield from _annotation(
            analysis,
            f"{attribution.id}:source",
            "source",
            f"{attribution.id}: {source} ({attribution.source.kind})",
            attribution.source.spans,
        )
        said = (
            f"{attribution.id}: {attribution.manner}, {HELD[attribution.evidence]} {source} ({attribution.source.kind})"
        )
        yield from _annotation(analysis, f"{attribution.id}:content", "content", said, attribution.content.spans)
    for claim in analysis.claims:
        scores = f"sourcing {rounded(claim.sourcing)}, certainty {rounded(claim.certainty)}"
        under = f" (under {', '.join(claim.attributions)})" if claim.attributions else ""
        yield from _annotation(
            analysis, claim.id, "claim", f"{claim.id}: voice {claim.voice}, {scores}{under}", claim.spans
        )
    for hedge in analysis.hedges:
        yield from _annotation(
            analysis,
            hedge.id,
            "hedge",
            f"{hedge.id}: {hedge.category}, strength {rounded(hedge.strength)}",
            hedge.spans,
        )
    for booster in analysis.boosters:
        kind = f"{booster.id}: strength {rounded(booster.strength)}"
        yield from _annotation(analysis, booster.id, "booster", kind, booster.spans)


def _annotation(
    analysis: Analysis, name: str, role: str, description: str, spans: Sequence[Span]
) -> Iterator[dict[str, Any]]:
    """The annotation of a part; none if it has no words."""
    if not spans:
        return
    targets = [_target(analysis, span) for span in spans]
    yield {
        "id": f"urn:attrib:{_digest_of(analysis)}:{name}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": role},
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": description},
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(analysis: Analysis, span: Span) -> dict[str, Any]:
    text = analysis.draft.text
    return {
        "type": "SpecificResource",
        "source": quote(analysis.draft.path, safe="/:", errors="replace"),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": text[max(0, span.start - AROUND) : span.start],
                "suffix": text[span.end : span.end + AROUND],
            },
        ],
    }


def _digest_of(analysis: Analysis) -> str:
    """The digest that identifies the draft: of its file, or of its text."""
    return analysis.draft.sha256 or _digest(analysis.draft.text)


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
