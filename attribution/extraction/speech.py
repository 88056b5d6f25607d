"""Whose speech a quotation is: quotations are taken whole, and each goes to a cue.

A quotation belongs to the cue whose content it touches; one without goes to the cue that announces or signs it in the
sentence beside it, or goes on with what the speaker before it said. A colon before speech that nobody else owns is a
cue of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.features import SIGNATURE_LENGTH, entries_of
from attribution.extraction.found import Found, by_sentence, content_spans
from attribution.extraction.mending import SPEECH_FRAMES
from attribution.extraction.roles import Roles
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import join, source_tokens, with_whole_quotations
from attribution.lexicon import CueVerb, Lexicon
from attribution.records import Attitude, Draft, Feature, Quotation, Span

SPEECH_LENGTH = 5
"""Words from which a quotation is somebody's speech rather than a title, a term or a scare quote."""

Spoken = Mapping[str, list[Found]]
"""The accepted cues of each sentence, by its id."""

LONGEST_GAP = 8
"""Characters, all of them white space, that may stand between a colon and the speech it introduces."""


def complete_quotations(
    draft: Draft,
    found: list[Found],
    speeches: Sequence[Quotation],
    contexts: Sequence[SentenceContext],
    lexicon: Lexicon,
) -> None:
    """Take quotations whole, and give those without a cue of their own to the speaker before them.

    A quotation of several paragraphs is looked at paragraph by paragraph: each goes to its own cue, else to the speaker
    of the part before it, else to the speaker named just before in its paragraph, else to the one of the next part.
    """
    parts = SpanIndex((part, part) for quotation in speeches for part in quotation.parts)
    for one in found:
        touched = [part for span in one.content for part in parts.overlapping(span)]
        one.content = with_whole_quotations(draft.text, one.content, touched, one.source + one.cue)
    contents = SpanIndex((span, number) for number, one in enumerate(found) for span in one.content)
    starts = [context.sentence.start for context in contexts]
    spoken = by_sentence(found)

    def place(offset: int) -> int:
        """The number of the sentence that holds an offset, or of the last before it."""
        return max(0, bisect_right(starts, offset) - 1)

    def owner_of(part: Span) -> Found | None:
        owners = [
            found[number] for number in sorted(set(contents.overlapping(part))) if not part.overlaps(found[number].head)
        ]
        return max(owners, key=lambda one: one.log_odds, default=None)

    speaker: Found | None = None
    reach = -1
    for quotation in speeches:
        owners = [owner_of(part) for part in quotation.parts]
        for number, part in enumerate(quotation.parts):
            first, last = place(part.start), place(part.end - 1)
            owner = owners[number]
            if owner is None:
                near = speaker is not None and contexts[reach].sentence.block == contexts[first].sentence.block
                follows = (
                    speaker is not None
                    and first - reach <= (2 if near else 1)
                    and _is_speech(draft, spoken, contexts[first : last + 1], part, near=near)
                )
                signed = _signed(spoken, contexts, last, part, lexicon)
                owner = (
                    (owners[number - 1] if number else None)
                    or _announced(spoken, contexts, first)
                    or signed
                    or (speaker if follows and near else None)
                    or next((one for one in owners[number + 1 :] if one is not None), None)
                    or (speaker if follows else None)
                )
                if owner is None:
                    continue
                # What stood as content of a mere signature (*… Brandt told reporters*) is none.
                owner.content = join(draft.text, (part,) if owner is signed else (*owner.content, part))
                owners[number] = owner
            speaker = owner
            # The speaker may be named only in the sentence after his words: “Why me?” ¦ Brandt said. ¦ “I was ill.”
            reach = max(last, place(owner.head.start))


def _is_speech(draft: Draft, spoken: Spoken, contexts: Sequence[SentenceContext], part: Span, *, near: bool) -> bool:
    """Whether a quotation without a cue goes on with what the speaker before it said.

    It does when it is long enough and its sentences hold nothing else; in the speaker's own paragraph (``near``) it
    is enough that it opens its sentence and nobody else is found to speak there.
    """
    if len(draft.text[part.start : part.end].split()) < SPEECH_LENGTH:
        return False
    words = [token for context in contexts for token in context.tokens if context.is_word(token.index)]
    if all(part.covers(token.span) for token in words):
        return True
    return (
        near
        and part.start <= contexts[0].sentence.start
        and not any(spoken.get(context.sentence.id) for context in contexts)
    )


def _announced(spoken: Spoken, contexts: Sequence[SentenceContext], first: int) -> Found | None:
    """The cue whose sentence ends in a colon just before a quotation, or without content before it in its paragraph."""
    if first == 0:
        return None
    before = contexts[first - 1]
    here = spoken.get(before.sentence.id, [])[::-1]
    if before.tokens[-1].text == ":":
        return next((one for one in here if not one.content), next(iter(here), None))
    return next((one for one in here if before.before_speech and not one.content), None)


def _signed(
    spoken: Spoken, contexts: Sequence[SentenceContext], last: int, part: Span, lexicon: Lexicon
) -> Found | None:
    """The cue that opens the sentence after a quotation and says nothing else (*“Why me?” ¦ Brandt asked them.*)."""
    if last + 1 >= len(contexts) or contexts[last].sentence.end > part.end:
        return None
    after = contexts[last + 1]
    if after.sentence.block != contexts[last].sentence.block:
        return None
    near = [one for one in spoken.get(after.sentence.id, []) if one.candidate.head < SIGNATURE_LENGTH]
    return next((one for one in near if not one.content or _says_nothing(one, lexicon)), None)


def _says_nothing(one: Found, lexicon: Lexicon) -> bool:
    """Whether a verb of saying has for content no more than an addressee or occasion (*said to reporters*)."""
    context, head = one.context, one.candidate.head
    entries = [entry for entry in entries_of(context, one.candidate, lexicon) if isinstance(entry, CueVerb)]
    frames = {frame for entry in entries if entry.attitude is Attitude.ASSERTION for frame in entry.frames}
    if not frames.intersection(SPEECH_FRAMES) or not one.source or one.content != content_spans(one):
        return False
    first = min(one.roles.content)
    bound = {"ccomp", "xcomp", "parataxis", "csubj"}
    if "object-clause" not in frames and context.tokens[first - 1].text != ",":
        bound.add("obj")
    return (
        first > head
        and not any(child in one.roles.content for child in context.tree.children(head, *bound))
        and not any(context.in_quotation[index] for index in one.roles.content)
    )


def colons_before_speech(
    draft: Draft,
    found: list[Found],
    candidates: Sequence[tuple[SentenceContext, Candidate]],
    speeches: Sequence[Quotation],
) -> list[Found]:
    """*The mayor was blunt: “…”*: a colon before speech that no other cue owns; the clause's subject speaks."""
    new = []
    contents = SpanIndex((span, span) for one in found for span in one.content)
    taken = {(one.context.sentence.id, one.candidate.head) for one in found}
    for context, candidate in candidates:
        if candidate.kind is not CandidateKind.COLON or context.in_quotation[candidate.head]:
            continue
        if (context.sentence.id, candidate.head) in taken:
            continue
        colon = context.tokens[candidate.head]
        for quotation in speeches:
            if quotation.start < colon.end or quotation.start > colon.end + LONGEST_GAP:
                continue
            if (
                draft.text[colon.end : quotation.start].strip()
                or len(draft.text[quotation.start : quotation.end].split()) < SPEECH_LENGTH
                or any(contents.overlapping(part) for part in quotation.parts)
            ):
                continue
            predicates = [
                index
                for index in range(candidate.head)
                if context.subject(index) is not None and context.tree.head(index) not in range(candidate.head)
            ]
            speaker = context.subject(predicates[0]) if predicates else None
            source = frozenset() if speaker is None else frozenset(context.tree.subtree(speaker))
            features = (Feature("colon-before-speech", 0.0),)
            one = Found(context, candidate, 0.0, features, Roles(frozenset({candidate.head}), source, frozenset()))
            one.source = context.tree.spans(source_tokens(context, source, candidate.head))
            one.cue = context.tree.spans([candidate.head])
            one.content = join(draft.text, quotation.parts)
            new.append(one)
    return new
