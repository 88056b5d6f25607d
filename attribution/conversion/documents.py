"""A common form for what people annotate in a text and what programs find in it, so that the two can be compared."""

from __future__ import annotations

import msgspec

from attribution.records import (
    Analysis,
    Attribution,
    Claim,
    Evidence,
    Hedge,
    HedgeCategory,
    SourceEntity,
    SourceKind,
    Span,
    Voice,
)


class AnnotatedAttribution(msgspec.Struct, frozen=True):
    """The spans of cue, source and content; ``nested`` if they lie within another attribution's content.

    ``evidence`` is a report if the annotation does not say otherwise.
    """

    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    nested: bool = False
    withheld: bool = False
    evidence: Evidence = Evidence.REPORT


class AnnotatedHedge(msgspec.Struct, frozen=True):
    """A hedge; ``category`` is None if only its place is annotated."""

    spans: tuple[Span, ...]
    category: HedgeCategory | None = None


class VoicedSpan(msgspec.Struct, frozen=True):
    """A stretch and its voice: a sentence in gold, a claim in a program's output. None if it claims nothing."""

    spans: tuple[Span, ...]
    voice: Voice | None


class AnnotatedMention(msgspec.Struct, frozen=True):
    """A mention of somebody and the names it resolves to, any of which is right; without names it is unresolved."""

    span: Span
    names: tuple[str, ...] = ()


class AnnotatedDocument(msgspec.Struct, frozen=True):
    """A text with its annotation. A layer that nobody annotated is None, not empty.

    Offsets are half-open and count code points of ``text``. The output of a program may lack its text (``""``).
    """

    name: str
    text: str
    attributions: tuple[AnnotatedAttribution, ...] = ()
    hedges: tuple[AnnotatedHedge, ...] | None = None
    voices: tuple[VoicedSpan, ...] | None = None
    mentions: tuple[AnnotatedMention, ...] | None = None

    @property
    def has_mentions_only(self) -> bool:
        """Whether only mentions were annotated, so that the absence of attributions means nothing."""
        return bool(self.mentions) and not self.attributions and self.hedges is None and self.voices is None


def from_analysis(analysis: Analysis, name: str) -> AnnotatedDocument:
    """The findings of ``attrib`` in a draft, as an annotated document."""
    return from_findings(
        name, analysis.draft.text, analysis.attributions, analysis.sources, analysis.hedges, analysis.claims
    )


def from_findings(
    name: str,
    text: str,
    attributions: tuple[Attribution, ...],
    sources: tuple[SourceEntity, ...],
    hedges: tuple[Hedge, ...],
    claims: tuple[Claim, ...],
) -> AnnotatedDocument:
    """The findings of ``attrib``, from an analysis or from its JSON, as an annotated document."""
    return AnnotatedDocument(
        name=name,
        text=text,
        attributions=tuple(
            AnnotatedAttribution(
                cue=attribution.cue.spans,
                source=attribution.source.spans,
                content=attribution.content.spans,
                nested=attribution.parent is not None,
                withheld=attribution.withheld,
                evidence=attribution.evidence,
            )
            for attribution in attributions
        ),
        hedges=tuple(AnnotatedHedge(hedge.spans, hedge.category) for hedge in hedges),
        voices=tuple(VoicedSpan(claim.spans, claim.voice) for claim in claims),
        mentions=_mentions(text, attributions, sources),
    )


def _mentions(
    text: str, attributions: tuple[Attribution, ...], sources: tuple[SourceEntity, ...]
) -> tuple[AnnotatedMention, ...]:
    """Every mention in the ledger, and the unresolved sources."""
    found: dict[Span, AnnotatedMention] = {}
    for attribution in attributions:
        if attribution.source.kind is SourceKind.PRONOUN_UNRESOLVED:
            for span in attribution.source.spans:
                found[span] = AnnotatedMention(span)
    for entity in sources:
        # Somebody without a name may be called by any description in the text.
        others = () if entity.named else tuple(text[span.start : span.end] for span in entity.mentions)
        names = tuple(dict.fromkeys((entity.name, *filter(None, others))))
        for span in entity.mentions:
            found[span] = AnnotatedMention(span, names)
    return tuple(found[span] for span in sorted(found))
