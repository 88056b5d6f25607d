"""Writes the dictionaries of spaCy's visualiser: ``displacy.render(dictionary, style="span", manual=True)``.

Writing them needs no spaCy. Parts overlap (a source within the content of another), which the span style can show and
the entity style cannot.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from attribution.records import VOUCHING, Analysis, Span
from attribution.reporting.json import pretty

_WORD = re.compile(r"\w+|[^\w\s]")


def displacy_spans(analysis: Analysis) -> dict[str, Any]:
    """The text, its tokens, and a span for each piece of a source, cue, content, hedge and booster.

    Spans have ``start_token`` and ``end_token`` (exclusive) for displaCy, ``start`` and ``end`` in code points, a label
    (``SOURCE``; ``STANCE SOURCE`` if it supports no claim) and the record's identifier in ``kb_id``. Tokens are words,
    split where a span begins or ends.
    """
    text = analysis.draft.text
    parts = [(label, name, span) for label, name, spans in _parts(analysis) for span in spans if len(span)]
    parts.sort(key=lambda part: (part[2], part[0], part[1]))
    edges = sorted({edge for _, _, span in parts for edge in (span.start, span.end)})
    tokens = [token for word in _WORD.finditer(text) for token in _split(Span(*word.span()), edges)]
    starts = [token.start for token in tokens]
    return {
        "text": text,
        "title": analysis.draft.path,
        "tokens": [text[token.start : token.end] for token in tokens],
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "start_token": bisect_left(starts, span.start),
                "end_token": bisect_left(starts, span.end),
                "label": label,
                "kb_id": name,
            }
            for label, name, span in parts
        ],
    }


def displacy_json(analyses: Sequence[Analysis]) -> str:
    """The dictionaries of all documents as a JSON array."""
    return pretty([displacy_spans(analysis) for analysis in analyses])


def _parts(analysis: Analysis) -> Iterator[tuple[str, str, Sequence[Span]]]:
    for attribution in analysis.attributions:
        kind = "" if attribution.evidence in VOUCHING else f"{attribution.evidence.value.upper()} "
        yield f"{kind}SOURCE", attribution.id, attribution.source.spans
        yield f"{kind}CUE", attribution.id, attribution.cue.spans
        yield f"{kind}CONTENT", attribution.id, attribution.content.spans
    for hedge in analysis.hedges:
        yield "HEDGE", hedge.id, hedge.spans
    for booster in analysis.boosters:
        yield "BOOSTER", booster.id, booster.spans


def _split(word: Span, edges: Sequence[int]) -> Iterator[Span]:
    start = word.start
    for edge in edges[bisect_left(edges, word.start + 1) : bisect_left(edges, word.end)]:
        yield Span(start, edge)
        start = edge
    yield Span(start, word.end)
