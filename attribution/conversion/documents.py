"""What people marked in a text, or a program found in it, in one form, so that they can be compared."""

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
    """The spans of cue, source and content; ``nested`` when it stands within another attribution's content.

    ``evidence`` is a report wherever the annotation does not tell.
    """

    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    nested: bool = False
    withheld: bool = False
    evidence: Evidence = Evidence.REPORT


class AnnotatedHedge(msgspec.Struct, frozen=True):
    """A hedge; ``category`` is None when only its place is annotated."""

    spans: tuple[Span, ...]
    category: HedgeCategory | None = None


class VoicedSpan(msgspec.Struct, frozen=True):
    """A stretch in one voice: a sentence in gold, a claim in a program's output. None: it claims nothing."""

    spans: tuple[Span, ...]
    voice: Voice | None


class AnnotatedMention(msgspec.Struct, frozen=True):
    """A mention of somebody and the names it resolves to, any of which will do; no names: unresolved."""

    span: Span
    names: tuple[str, ...] = ()


class AnnotatedDocument(msgspec.Struct, frozen=True):
    """A text with its annotation. A layer that nobody annotated is None, which is not the same as empty.

    Offsets are half-open and count code points of ``text``. Programs' outputs may come without text (``""``).
    """

    name: str
    text: str
    attributions: tuple[AnnotatedAttribution, ...] = ()
    hedges: tuple[AnnotatedHedge, ...] | None = None
    voices: tuple[VoicedSpan, ...] | None = None
    mentions: tuple[AnnotatedMention, ...] | None = None

    @property
    def has_mentions_only(self) -> bool:
        """Whether nothing but mentions was annotated, so that no attribution is no finding."""
        return bool(self.mentions) and not self.attributions and self.hedges is None and self.voices is None


def from_analysis(analysis: Analysis, name: str) -> AnnotatedDocument:
    """What ``attrib`` found in a draft, as an annotated document."""
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
                cue=one.cue.spans,
                source=one.source.spans,
                content=one.content.spans,
                nested=one.parent is not None,
                withheld=one.withheld,
                evidence=one.evidence,
            )
            for one in attributions
        ),
        hedges=tuple(AnnotatedHedge(one.spans, one.category) for one in hedges),
        voices=tuple(VoicedSpan(one.spans, one.voice) for one in claims),
        mentions=_mentions(text, attributions, sources),
    )


def _mentions(
    text: str, attributions: tuple[Attribution, ...], sources: tuple[SourceEntity, ...]
) -> tuple[AnnotatedMention, ...]:
    """Every mention in the ledger, and the sources that are in no ledger entry."""
    found: dict[Span, AnnotatedMention] = {}
    for attribution in attributions:
        if attribution.source.kind is SourceKind.PRONOUN_UNRESOLVED:
            for span in attribution.source.spans:
                found[span] = AnnotatedMention(span)
    for entity in sources:
        # Somebody without a name goes by any of the descriptions the text gives.
        others = () if entity.named else tuple(text[span.start : span.end] for span in entity.mentions)
        names = tuple(dict.fromkeys((entity.name, *filter(None, others))))
        for span in entity.mentions:
            found[span] = AnnotatedMention(span, names)
    return tuple(found[span] for span in sorted(found))
