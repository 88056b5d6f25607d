"""What is known while quotations are given to their speakers, in text order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import msgspec

from attribution.extraction.candidates import Candidate
from attribution.extraction.context import SentenceContext
from attribution.extraction.found import Found, by_sentence
from attribution.extraction.quotation_kinds import Judgement
from attribution.extraction.roles import Roles
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import source_tokens
from attribution.extraction.weights import LogLinear
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import BlockKind, Feature, Frame, Quotation, Span


class Passage(msgspec.Struct, frozen=True):
    """A part of a quotation where it stands: its sentences run from number ``first`` to number ``last``."""

    quotation: Quotation
    number: int
    span: Span
    first: int
    last: int
    judgement: Judgement


class Scene:
    """What is known while the quotations of a draft are given to their speakers, in text order."""

    def __init__(
        self,
        doc: Doc,
        found: list[Found],
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
        self.new: list[Found] = []
        """Attributions that no accepted cue gave."""
        self.dropped: list[Found] = []
        """Colons and participles that only stood beside the verb of saying and its words."""
        self.owners: dict[tuple[str, int], Found] = {}
        """The owner of each part so far, by quotation and number."""
        self.spoken_until: dict[int, Found] = {}
        """Who has the word at the end of a sentence that a quotation ends in or fills."""
        self._starts = [context.sentence.start for context in contexts]
        self._all = found
        self._found: Mapping[str, list[Found]] = by_sentence(found)
        self._candidates: dict[str, list[Candidate]] = {}
        for context, candidate in candidates:
            self._candidates.setdefault(context.sentence.id, []).append(candidate)
        self._contents = SpanIndex((span, one) for one in found for span in one.content)

    def place(self, offset: int) -> int:
        """The number of the sentence that holds an offset, or of the last before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def found_in(self, place: int) -> list[Found]:
        """The attributions whose cues stand in the sentence."""
        return self._found.get(self.contexts[place].sentence.id, [])

    def all_found(self) -> list[Found]:
        """The attributions so far, new ones included."""
        return [*self._all, *self.new]

    def candidates_in(self, place: int) -> list[Candidate]:
        """All candidates of the sentence, accepted or not."""
        return self._candidates.get(self.contexts[place].sentence.id, [])

    def block(self, place: int) -> int:
        """The number of the block that the sentence stands in."""
        return self.contexts[place].sentence.block

    def holding(self, part: Span) -> list[Found]:
        """The attributions whose content shares a character with the part and whose cue stands outside."""
        near = {id(one): one for one in self._contents.overlapping(part)}
        return [one for one in near.values() if not part.overlaps(one.head)]

    def before(self, place: int) -> int | None:
        """The sentence before, captions passed over; None at the beginning of the article and behind a heading."""
        place -= 1
        while place >= 0 and self._kind(place) is BlockKind.CAPTION:
            place -= 1
        return None if place < 0 or self._kind(place) in HEADINGS else place

    def _kind(self, place: int) -> BlockKind:
        return self.doc.block_kind(self.contexts[place].sentence)

    def marks_in(self, place: int) -> frozenset[int]:
        """The tokens of a sentence that are no words."""
        context = self.contexts[place]
        return frozenset(index for index in range(len(context)) if not context.is_word(index))

    def is_alone(self, passage: Passage) -> bool:
        """Whether the sentences of a passage hold nothing but it, or nothing but what a full stop ends before it."""
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
        """A new attribution of the sentence by the given roles; ``frame`` tells what led to it."""
        context = self.contexts[place]
        one = Found(context, candidate, 0.0, (Feature(frame, 0.0),), roles, frame=frame)
        one.source = context.tree.spans(source_tokens(context, roles.source, candidate.head))
        one.cue = context.tree.spans(roles.cue)
        self.new.append(one)
        return one


HEADINGS = frozenset({BlockKind.HEADLINE})
