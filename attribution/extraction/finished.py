"""The attribution records that accepted cues become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attribution.extraction.candidates import CandidateKind
from attribution.extraction.found import Found
from attribution.extraction.frames import entries_of, frames_of
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import join, text_of, within
from attribution.extraction.venues import venues_of
from attribution.extraction.weights import probability
from attribution.lexicon import SOURCE_PLACE, CueAdjective, CueNoun, CuePhrase, CueVerb, Lexicon
from attribution.parsing import merge
from attribution.records import (
    Attitude,
    Attribution,
    Content,
    Cue,
    Draft,
    Frame,
    Manner,
    SourceKind,
    SourceMention,
    Span,
    Tone,
)

DIRECT_SHARE = 0.8
"""Share of a content's characters that must be quoted for it to be direct."""


def finished_record(
    draft: Draft,
    attribution: Found,
    parent: Found | None,
    identifiers: Mapping[int, str],
    lexicon: Lexicon,
    quoted: SpanIndex[Span],
) -> Attribution:
    """The record of an attribution; ``identifiers`` are those of all attributions, by number."""
    context = attribution.context
    entry = _entry(attribution, lexicon)
    attitude = Attitude.ASSERTION if entry is None else entry.attitude
    nobody = attribution.sign == "negative-source"
    negated = nobody or any(context.is_negated(index) for index in attribution.roles.cue)
    if negated and not nobody and context.lemma(attribution.candidate.head) in lexicon.words_for("doubting"):
        negated = False  # was in no doubt that it leaked
    denies = isinstance(entry, CueVerb) and entry.denies
    withheld = isinstance(entry, CueVerb) and (
        entry.withheld or (negated and attitude is Attitude.ASSERTION and not denies and "clause" in entry.frames)
    )
    return Attribution(
        id=identifiers[attribution.number],
        sentence=context.sentence.id,
        cue=Cue(attribution.cue, text_of(draft.text, attribution.cue), _cue_lemma(attribution, entry)),
        source=_source(draft, attribution, lexicon),
        content=Content(attribution.content, text_of(draft.text, attribution.content)),
        manner=_manner(draft, attribution.content, quoted),
        attitude=attitude,
        tone=Tone.NEUTRAL if entry is None else entry.tone,
        negated=negated or denies,
        parent=None if parent is None else identifiers[parent.number],
        frame=_frame(attribution),
        evidence=attribution.evidence,
        withheld=withheld,
        probability=probability(attribution.log_odds),
        features=attribution.features,
    )


def _entry(attribution: Found, lexicon: Lexicon) -> CueVerb | CueNoun | CueAdjective | CuePhrase | None:
    """The entry of the lexicon that fits the frame best; None for a cue without an entry."""
    if attribution.candidate.phrase is not None:
        return attribution.candidate.phrase
    frames = frames_of(attribution.context, attribution.candidate.head)
    entries = entries_of(attribution.context, attribution.candidate, lexicon)
    return max(entries, key=lambda entry: len(frames.intersection(entry.frames)), default=None)


def _cue_lemma(attribution: Found, entry: CueVerb | CueNoun | CueAdjective | CuePhrase | None) -> str:
    match entry:
        case CuePhrase():
            return entry.words.replace(SOURCE_PLACE, "").strip()
        case CueVerb(particle=str(particle)):
            return f"{entry.lemma} {particle}"
        case None:
            return attribution.context.lemma(attribution.candidate.head)
        case _:
            return entry.lemma


def _source(draft: Draft, attribution: Found, lexicon: Lexicon) -> SourceMention:
    """The source in the sentence: its words, or the reason why there are none, and the venue."""
    venue = join(
        draft.text,
        [
            span
            for index in venues_of(attribution.context, attribution.roles.cue | attribution.roles.source, lexicon)
            for span in attribution.context.tree.spans(attribution.context.tree.subtree(index))
        ],
    )
    if attribution.source:
        return SourceMention(attribution.source, text_of(draft.text, attribution.source), SourceKind.NONE, venue=venue)
    if attribution.candidate.kind is CandidateKind.VERB and attribution.context.is_passive(attribution.candidate.head):
        return SourceMention((), "", SourceKind.AGENTLESS, reason="passive without an agent", venue=venue)
    if attribution.candidate.phrase is not None and SOURCE_PLACE not in attribution.candidate.phrase.words:
        reason = f"“{attribution.candidate.phrase.words}” names nobody"
    else:
        reason = "no source stands with the cue"
    return SourceMention((), "", SourceKind.NONE, reason=reason, venue=venue)


def _manner(draft: Draft, content: Sequence[Span], quoted: SpanIndex[Span]) -> Manner:
    """Direct if nearly all the content is quoted, indirect if none of it is, else mixed."""
    letters = inside = 0
    for span in content:
        letters += _letters(draft.text, span)
        inside += sum(_letters(draft.text, part) for part in within(merge(quoted.overlapping(span)), [span]))
    if not inside:
        return Manner.INDIRECT
    return Manner.DIRECT if inside >= DIRECT_SHARE * letters else Manner.MIXED


def _letters(text: str, span: Span) -> int:
    return sum(map(str.isalnum, text[span.start : span.end]))


def _frame(attribution: Found) -> Frame:
    """The tree pattern that gave the attribution."""
    context, head = attribution.context, attribution.candidate.head
    if attribution.frame is not None:
        return attribution.frame
    if attribution.candidate.kind is not CandidateKind.VERB:
        return Frame(attribution.candidate.kind)
    if context.is_passive(head):
        return Frame.PASSIVE_AGENT if context.tree.has_child(head, "obl:agent") else Frame.PASSIVE
    upwards = context.tree.head(head)
    if upwards is not None and upwards in attribution.roles.content:
        if context.tree.matches(head, "parataxis", "ccomp", "conj", "advcl"):
            return Frame.INVERTED
        return Frame.ACL if context.tree.matches(head, "acl") else Frame.OTHER
    for frame in (Frame.CCOMP, Frame.XCOMP, Frame.PARATAXIS, Frame.ADVCL, Frame.OBJ, Frame.OBL):
        if any(child in attribution.roles.content for child in context.tree.children(head, frame)):
            return frame
    return Frame.QUOTATION if attribution.content else Frame.BARE
