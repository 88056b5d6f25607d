"""Builds analyses from other formats, so that every format can be written from the same record.

A report of this project becomes an analysis without tokens. Annotation by people or by another tool says less than an
analysis holds: the rest keeps a neutral value, and a notice of the draft says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from attribution.conversion.documents import AnnotatedAttribution, AnnotatedDocument, AnnotatedMention
from attribution.conversion.readers import ReportFile, checked_records
from attribution.extraction.quotations import find_quotations
from attribution.parsing import segment
from attribution.records import (
    Analysis,
    Attitude,
    AttribError,
    Attribution,
    Block,
    Booster,
    Claim,
    Content,
    Cue,
    Draft,
    Frame,
    Hedge,
    HedgeCategory,
    Manner,
    Quotation,
    Sentence,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
    Summary,
    Tone,
    VoiceCounts,
    joined,
)
from attribution.reporting.json import SHARED_FIELDS, SentencePart
from attribution.reporting.units import spans_in

NOT_GIVEN = "the annotation does not give the kind of source"
NOTICE = (
    "converted from {form}, which has no kinds of source, attitudes, tones, scopes or scores: "
    "kinds are none, attitudes assertion, tones neutral, claims without factors"
)
ARTICLES = frozenset(("a", "an", "the"))

InSentence = Attribution | Hedge | Booster | Claim


def analysis_of_report(file: ReportFile, draft: Draft, name: str) -> Analysis:
    """The analysis that a report describes; its sentences have no tokens.

    Raises ``AttribError`` if ``draft`` is not the draft of the report (its length or the words of a sentence differ),
    or an offset lies outside it.
    """
    records = checked_records(file, draft.text, name)
    for span in spans_in(records):
        if not 0 <= span.start <= span.end <= len(draft.text):
            raise AttribError(f"{name}: {span.start} {span.end} is not a span of {draft.path}; run the report again")
    for sentence in records.sentences:
        # Reports hold no lone surrogates; the draft may.
        if draft.text[sentence.start : sentence.end].encode("utf-8", "replace").decode() != sentence.text:
            raise AttribError(
                f"{name}: {draft.path} does not have the words of sentence {sentence.id}; run the report again"
            )
    known = {sentence.id for sentence in records.sentences}
    placed: list[InSentence] = [*records.attributions, *records.hedges, *records.boosters, *records.claims]
    for record in placed:
        if record.sentence not in known:
            raise AttribError(
                f"{name}: {record.id} refers to sentence {record.sentence}, which does not exist; run the report again"
            )
    blocks, sentences = _placed(draft, records.sentences)
    taken = {field: getattr(records, field) for field in SHARED_FIELDS}
    taken["summary"] = msgspec.structs.replace(
        records.summary, sentences=len(sentences), claims=len(records.claims), voice=VoiceCounts.of(records.claims)
    )
    return Analysis(
        draft=msgspec.structs.replace(
            draft,
            blocks=blocks,
            path=records.document.path,
            format=records.document.format,
            sha256=records.document.sha256,
            notices=records.document.notices,
        ),
        model=records.tool.model,
        sentences=sentences,
        **taken,
    )


def analysis_of_annotation(document: AnnotatedDocument, draft: Draft, form: str) -> Analysis:
    """The analysis that an annotation of ``draft`` amounts to; ``form`` names its format.

    Sentences and quotations are found again in the text, and the quotations decide the manner of each attribution. An
    annotated voice becomes a claim without factors, whose scores of 0 mean nothing; the summary has no scores.
    """
    quotations, problems = find_quotations(draft)
    sentences = tuple(
        Sentence(f"s{number}", words[0].start, words[-1].end, draft.text[words[0].start : words[-1].end], block, ())
        for number, (block, words) in enumerate(segment(draft), start=1)
        if words
    )
    place = _Places(sentences)
    entities = _entities(document.mentions or (), draft.text)
    attributions = _attributions(document, draft.text, quotations, entities, place)
    voices = [(stretch.spans, stretch.voice) for stretch in document.voices or () if stretch.voice is not None]
    claims = tuple(
        Claim(f"c{number}", place.of(spans), spans, joined(draft.text, spans), voice, 0.0, 0.0, (), (), (), ())
        for number, (spans, voice) in enumerate(voices, start=1)
    )
    hedges = tuple(
        Hedge(
            id=f"h{number}",
            sentence=place.of(hedge.spans),
            spans=hedge.spans,
            text=joined(draft.text, hedge.spans),
            category=hedge.category or HedgeCategory.EPISTEMIC,
            strength=0.0,
            scope=(),
        )
        for number, hedge in enumerate(document.hedges or (), start=1)
    )
    return Analysis(
        draft=msgspec.structs.replace(draft, notices=(*draft.notices, NOTICE.format(form=form))),
        model=form,
        sentences=sentences,
        quotations=quotations,
        sources=entities,
        attributions=attributions,
        hedges=hedges,
        boosters=(),
        claims=claims,
        summary=Summary(len(sentences), len(claims), VoiceCounts.of(claims)),
        problems=problems,
    )


def with_sentences(analysis: Analysis, sentences: Sequence[Sentence]) -> Analysis:
    """The analysis with other sentences (parsed ones); each record moves to the sentence that now covers its place."""
    place = _Places(sentences)
    old = {sentence.id: sentence.span for sentence in analysis.sentences}

    def moved(identifier: str, spans: Sequence[Span]) -> str:
        return place.of(spans or (old[identifier],))

    replace = msgspec.structs.replace
    return replace(
        analysis,
        sentences=tuple(sentences),
        attributions=tuple(
            replace(
                attribution, sentence=moved(attribution.sentence, attribution.cue.spans or attribution.content.spans)
            )
            for attribution in analysis.attributions
        ),
        hedges=tuple(replace(hedge, sentence=moved(hedge.sentence, hedge.spans)) for hedge in analysis.hedges),
        boosters=tuple(
            replace(booster, sentence=moved(booster.sentence, booster.spans)) for booster in analysis.boosters
        ),
        claims=tuple(replace(claim, sentence=moved(claim.sentence, claim.spans)) for claim in analysis.claims),
        places=tuple(replace(place, sentence=moved(place.sentence, place.spans)) for place in analysis.places),
        summary=replace(analysis.summary, sentences=len(sentences)),
    )


class _Places:
    """Finds the sentence at an offset."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]

    def of(self, spans: Sequence[Span]) -> str:
        """The identifier of the sentence in which the first span starts, or of the last one before it."""
        start = spans[0].start if spans else 0
        return self._sentences[max(0, bisect_right(self._starts, start) - 1)].id


def _placed(draft: Draft, sentences: Sequence[SentencePart]) -> tuple[tuple[Block, ...], tuple[Sentence, ...]]:
    """The sentences in the draft's blocks; in blocks of their own if the draft is now divided differently."""
    starts = [block.span.start for block in draft.blocks]
    places = [bisect_right(starts, sentence.start) - 1 for sentence in sentences]
    blocks = draft.blocks
    if any(
        place < 0
        or blocks[place].kind is not sentence.block
        or sentence.role not in (None, blocks[place].role)  # reports of earlier versions tell no roles
        for place, sentence in zip(places, sentences, strict=True)
    ):
        blocks = tuple(
            Block(sentence.block, Span(sentence.start, sentence.end), role=sentence.role) for sentence in sentences
        )
        places = list(range(len(sentences)))
    return blocks, tuple(
        Sentence(sentence.id, sentence.start, sentence.end, sentence.text, place, ())
        for place, sentence in zip(places, sentences, strict=True)
    )


def _attributions(
    document: AnnotatedDocument,
    text: str,
    quotations: Sequence[Quotation],
    entities: Sequence[SourceEntity],
    place: _Places,
) -> tuple[Attribution, ...]:
    resolved = {span: entity.id for entity in entities for span in entity.mentions}
    unresolved = {mention.span for mention in document.mentions or () if not mention.names}
    return tuple(
        Attribution(
            id=f"a{number}",
            sentence=place.of(attribution.cue or attribution.content),
            cue=Cue(attribution.cue, joined(text, attribution.cue), ""),
            source=_source(attribution, text, resolved, unresolved),
            content=Content(attribution.content, joined(text, attribution.content)),
            manner=_manner(attribution.content, quotations),
            attitude=Attitude.ASSERTION,
            tone=Tone.NEUTRAL,
            negated=False,
            parent=_parent(attribution, document.attributions) if attribution.nested else None,
            frame=Frame.ANNOTATED,
            evidence=attribution.evidence,
            withheld=attribution.withheld,
        )
        for number, attribution in enumerate(document.attributions, start=1)
    )


def _source(
    attribution: AnnotatedAttribution, text: str, resolved: dict[Span, str], unresolved: set[Span]
) -> SourceMention:
    if not attribution.source:
        return SourceMention((), "", SourceKind.NONE)
    kind, reason = SourceKind.NONE, NOT_GIVEN
    if any(span in unresolved for span in attribution.source):
        kind, reason = SourceKind.PRONOUN_UNRESOLVED, "the annotation leaves it unresolved"
    entity = next((resolved[span] for span in attribution.source if span in resolved), None)
    return SourceMention(attribution.source, joined(text, attribution.source), kind, entity, reason)


def _manner(content: Sequence[Span], quotations: Sequence[Quotation]) -> Manner:
    """Direct if quotation marks enclose every piece, mixed if they enclose only part of the content."""
    parts = [part for quotation in quotations for part in quotation.parts]
    if content and all(any(part.covers(piece) for part in parts) for piece in content):
        return Manner.DIRECT
    return Manner.MIXED if any(part.overlaps(piece) for part in parts for piece in content) else Manner.INDIRECT


def _parent(attribution: AnnotatedAttribution, others: Sequence[AnnotatedAttribution]) -> str | None:
    """The attribution with the shortest content that covers the start of this attribution's cue (or content)."""
    anchor = (attribution.cue or attribution.content)[0]
    found: list[tuple[int, str]] = []
    for number, other in enumerate(others, start=1):
        if other is not attribution and any(piece.covers(anchor) for piece in other.content):
            found.append((sum(map(len, other.content)), f"a{number}"))
    return min(found)[1] if found else None


def _entities(mentions: Sequence[AnnotatedMention], text: str) -> tuple[SourceEntity, ...]:
    """A ledger entry for each group of mentions that share a name."""
    groups: list[tuple[set[str], list[AnnotatedMention]]] = []
    for mention in mentions:
        if not mention.names:
            continue
        names, members = {name.casefold() for name in mention.names}, [mention]
        apart = []
        for group in groups:
            if names.isdisjoint(group[0]):
                apart.append(group)
            else:
                names |= group[0]
                members = [*group[1], *members]
        groups = [*apart, (names, members)]
    groups.sort(key=lambda group: group[1][0].span)
    return tuple(
        SourceEntity(
            id=f"e{number}",
            name=members[0].names[0],
            kind=SourceKind.NONE,
            named=_is_name(members[0].names[0]),
            mentions=tuple(sorted({member.span for member in members})),
        )
        for number, (_, members) in enumerate(groups, start=1)
    )


def _is_name(words: str) -> bool:
    """Whether a word other than a leading article is capitalised."""
    first, _, others = words.partition(" ")
    return any(word[:1].isupper() for word in (others if first.lower() in ARTICLES else words).split())
