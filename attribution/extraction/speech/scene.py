"""The state while quotations are given to their speakers, in text order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

import msgspec

from attribution.extraction.candidates import Candidate
from attribution.extraction.context import SentenceContext
from attribution.extraction.found import Found, by_number, by_sentence
from attribution.extraction.quotation_kinds import Judgement
from attribution.extraction.roles import Roles
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import source_tokens
from attribution.extraction.weights import LogLinear
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import BlockKind, Feature, Frame, Quotation, Span


class Passage(msgspec.Struct, frozen=True):
    """A part of a quotation, and the numbers of its first and last sentence."""

    quotation: Quotation
    number: int
    span: Span
    first: int
    last: int
    judgement: Judgement


class Scene:
    """The state while the quotations of a draft are given to their speakers, in text order."""

    def __init__(
        self,
        doc: Doc,
        attributions: Sequence[Found],
        candidates: Sequence[tuple[SentenceContext, Candidate]],
        contexts: Sequence[SentenceContext],
        lexicon: Lexicon,
        roles: LogLinear,
    ) -> None:
        self.doc = doc
        self.text = doc.draft.text
        self.contexts = contexts
        self.lexicon = lexicon
        self.roles = roles
        self.dropped: set[int] = set()
        """Numbers of attributions left without content: colons and participles beside the verb of saying."""
        self._owners: dict[tuple[str, int], int] = {}
        self._speaking_at_end: dict[int, int] = {}
        self._starts = [context.sentence.start for context in contexts]
        self._known = by_number(attributions)
        self._numbers = {
            sentence: [attribution.number for attribution in here]
            for sentence, here in by_sentence(attributions).items()
        }
        self._candidates: dict[str, list[Candidate]] = {}
        for context, candidate in candidates:
            self._candidates.setdefault(context.sentence.id, []).append(candidate)
        self._contents = SpanIndex(
            (span, attribution.number) for attribution in attributions for span in attribution.content
        )

    def place(self, offset: int) -> int:
        """The number of the sentence that contains an offset, or of the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def found_in(self, place: int) -> list[Found]:
        """The attributions of accepted cues in the sentence."""
        return [self._known[number] for number in self._numbers.get(self.contexts[place].sentence.id, [])]

    def all_found(self) -> list[Found]:
        """The attributions so far, new ones last."""
        return list(self._known.values())

    def candidates_in(self, place: int) -> list[Candidate]:
        """All candidates of the sentence, accepted or not."""
        return self._candidates.get(self.contexts[place].sentence.id, [])

    def block(self, place: int) -> int:
        """The number of the sentence's block."""
        return self.contexts[place].sentence.block

    def holding(self, part: Span) -> list[Found]:
        """The attributions whose content overlaps the part and whose cue is outside it."""
        near = [self._known[number] for number in dict.fromkeys(self._contents.overlapping(part))]
        return [attribution for attribution in near if not part.overlaps(attribution.head)]

    def before(self, place: int) -> int | None:
        """The sentence before, but for captions, tables and notes; None at the beginning and behind a heading."""
        place = self._running_before[place]
        return None if place < 0 or self._kind(place) in HEADINGS else place

    @cached_property
    def _running_before(self) -> list[int]:
        """For each sentence the nearest one before it that is no caption, cell or note; -1 where there is none."""
        found: list[int] = []
        last = -1
        for place, context in enumerate(self.contexts):
            found.append(last)
            if not self.doc.block(context.sentence).interrupts:
                last = place
        return found

    def _kind(self, place: int) -> BlockKind:
        return self.doc.block_kind(self.contexts[place].sentence)

    def marks_in(self, place: int) -> frozenset[int]:
        """The tokens of a sentence other than words."""
        context = self.contexts[place]
        return frozenset(index for index in range(len(context)) if not context.is_word(index))

    def is_alone(self, passage: Passage) -> bool:
        """Whether the sentences of a passage contain nothing else, except a complete sentence before it."""
        start = self.contexts[passage.first].sentence.start
        stopped = self.text[start : passage.span.start].rstrip().endswith((".", "?", "!"))
        return all(
            passage.span.covers(token.span) or (stopped and token.end <= passage.span.start)
            for context in self.contexts[passage.first : passage.last + 1]
            for token in context.tokens
            if context.is_word(token.index)
        )

    def opens_block(self, passage: Passage) -> bool:
        """Whether a paragraph begins with the passage."""
        start = self.doc.block(self.contexts[passage.first].sentence).span.start
        return not self.text[start : passage.span.start].strip()

    def add(self, place: int, candidate: Candidate, roles: Roles, frame: Frame) -> Found:
        """Add an attribution that no accepted cue gave, with the given roles; ``frame`` says what led to it."""
        context = self.contexts[place]
        attribution = Found(
            context,
            candidate,
            0.0,
            (Feature(frame, 0.0),),
            roles,
            number=max(self._known, default=-1) + 1,
            source=context.tree.spans(source_tokens(context, roles.source, candidate.head)),
            cue=context.tree.spans(roles.cue),
            frame=frame,
        )
        self._known[attribution.number] = attribution
        return attribution

    def update(self, attribution: Found) -> Found:
        """Replace the attribution with the same number."""
        self._known[attribution.number] = attribution
        return attribution

    def owner(self, quotation: str, part: int) -> Found | None:
        """The attribution that a part of a quotation was given to."""
        number = self._owners.get((quotation, part))
        return None if number is None else self._known[number]

    def speaker_at_end(self, place: int) -> Found | None:
        """The current speaker at the end of a sentence in which a quotation ends."""
        number = self._speaking_at_end.get(place)
        return None if number is None else self._known[number]

    def give(self, passage: Passage, owner: Found) -> None:
        """Give the passage to an attribution, whose source becomes the current speaker."""
        self._owners[passage.quotation.id, passage.number] = owner.number
        self._speaking_at_end[passage.last] = owner.number


HEADINGS = frozenset({BlockKind.HEADLINE})
