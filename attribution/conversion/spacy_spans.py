"""Adds findings to a spaCy ``Doc``. spaCy itself is not imported: whoever has a ``Doc`` has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from attribution.records import Analysis, Span

GROUPS = ("sources", "cues", "contents", "evidence", "claims", "hedges", "boosters")
"""The groups of spans, each under ``attrib.`` and this name."""


class Document(Protocol):
    """The part of ``spacy.tokens.Doc`` that is needed."""

    @property
    def text(self) -> str:
        """The text."""
        ...

    @property
    def spans(self) -> Any:
        """The groups of spans by name."""
        ...

    def char_span(self, start_idx: int, end_idx: int, *, label: str, kb_id: str, alignment_mode: str) -> Any:
        """The span of these characters, or None."""
        ...


def add_spans(document: Document, analysis: Analysis) -> None:
    """Add the analysis to the document's ``spans``: ``attrib.sources``, ``attrib.cues``, ``attrib.contents`` and so on.

    A span's label is the source's kind, the cue's attitude, the content's manner, the claim's voice or the hedge's
    category; its ``kb_id_`` is the record's identifier, so that ``a1`` is in several groups. ``attrib.evidence`` has
    the cues once more, labelled with their evidence. Spans are widened to spaCy's tokens; a discontinuous part has a
    span for each piece. Raises ``ValueError`` if the document's text is not the draft's.
    """
    if document.text != analysis.draft.text:
        raise ValueError("the document's text is not that of the analysis; create it from analysis.draft.text")
    found: dict[str, list[Any]] = {name: [] for name in GROUPS}
    for group, label, name, spans in _parts(analysis):
        for span in spans:
            if len(span):
                marked = document.char_span(span.start, span.end, label=label, kb_id=name, alignment_mode="expand")
                found[group].append(marked)
    for group, marks in found.items():
        document.spans[f"attrib.{group}"] = marks


def _parts(analysis: Analysis) -> Iterator[tuple[str, str, str, Sequence[Span]]]:
    for attribution in analysis.attributions:
        yield "sources", attribution.source.kind.value, attribution.id, attribution.source.spans
        yield "cues", attribution.attitude.value, attribution.id, attribution.cue.spans
        yield "contents", attribution.manner.value, attribution.id, attribution.content.spans
        yield "evidence", attribution.evidence.value, attribution.id, attribution.cue.spans
    for claim in analysis.claims:
        yield "claims", claim.voice.value, claim.id, claim.spans
    for hedge in analysis.hedges:
        yield "hedges", hedge.category.value, hedge.id, hedge.spans
    for booster in analysis.boosters:
        yield "boosters", "booster", booster.id, booster.spans
