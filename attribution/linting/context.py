"""A check's view of an article: the analysis, and look-ups over it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from attribution.extraction.mentions import Mention, find_mentions
from attribution.extraction.phrase_finder import PhraseFinder
from attribution.extraction.span_index import SpanIndex
from attribution.index import AnalysisIndex, smallest_claim_at
from attribution.lexicon import Lexicon
from attribution.linting.settings import Settings
from attribution.parsing import Doc, Tree
from attribution.records import (
    Analysis,
    Attribution,
    BlockKind,
    Booster,
    Claim,
    Draft,
    Hedge,
    Quotation,
    Sentence,
    SourceEntity,
    SourceKind,
    Span,
    Token,
)

Answer = TypeVar("Answer")


class Cued(NamedTuple):
    """Where cues are: the identifiers of their sentences, and the numbers of their blocks."""

    sentences: frozenset[str]
    blocks: frozenset[int]


class Context:
    """An article with its analysis, the lexicon and the settings; look-ups are built once and cached."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon, settings: Settings | None = None) -> None:
        self.analysis = analysis
        self.draft: Draft = analysis.draft
        self.lexicon = lexicon
        self.settings = settings or Settings()
        self.doc = Doc.of_sentences(analysis.draft, analysis.sentences)
        self.index = AnalysisIndex(analysis)
        self.finder = PhraseFinder(lexicon)
        self._kept: dict[Callable[[Context], Any], Any] = {}
        self._cued: dict[Callable[[Attribution], bool], Cued] = {}
        self._tokens_in: dict[tuple[str, tuple[Span, ...]], list[Token]] = {}

    def kept(self, question: Callable[[Context], Answer]) -> Answer:
        """The answer to a question about the whole article, which is asked once."""
        if question not in self._kept:
            self._kept[question] = question(self)
        answer: Answer = self._kept[question]
        return answer

    # ------------------------------------------------------------------------------------------------ by identifier

    def sentence(self, identifier: str) -> Sentence:
        """The sentence with this identifier."""
        return self.doc.sentence(identifier)

    def entity(self, attribution: Attribution) -> SourceEntity | None:
        """The ledger entry of an attribution's source; None if it has none."""
        return self.index.entities.get(attribution.source.entity or "")

    def entities(self, attribution: Attribution) -> tuple[SourceEntity, ...]:
        """The ledger entries of all parts of an attribution's source."""
        return self.index.entities_of(attribution)

    # ----------------------------------------------------------------------------------------------------- sentences

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences, including headlines."""
        return self.analysis.sentences

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences of the article's body."""
        return tuple(sentence for sentence in self.sentences if self.is_in_body(sentence))

    def is_in_body(self, sentence: Sentence) -> bool:
        """Whether the sentence is of the article's body."""
        kinds = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BLOCK_QUOTE, BlockKind.TURN)
        return self.block(sentence) in kinds

    @cached_property
    def headline(self) -> Sentence | None:
        """The first sentence of the article's first headline; None if it has none."""
        return next((sentence for sentence in self.sentences if self.block(sentence) is BlockKind.HEADLINE), None)

    def number(self, sentence: Sentence) -> int:
        """The sentence's position in the draft, from 0."""
        return self.doc.positions[sentence.id]

    def tree(self, sentence: Sentence) -> Tree:
        """The sentence's dependency tree."""
        return self.doc.tree(sentence.id)

    def block(self, sentence: Sentence) -> BlockKind:
        """The kind of block that contains the sentence."""
        return self.draft.blocks[sentence.block].kind

    def block_at(self, offset: int) -> BlockKind:
        """The kind of block that contains the character at an offset; between blocks, the kind of the block before."""
        place = bisect_right(self._block_starts, offset)
        return self.draft.blocks[place - 1].kind if place else BlockKind.PARAGRAPH

    @cached_property
    def _block_starts(self) -> list[int]:
        """The starts of the blocks."""
        return [block.span.start for block in self.draft.blocks]

    def is_repetition(self, offset: int) -> bool:
        """Whether the character at an offset is in words that repeat the article, whose own words are judged."""
        return any(span.start <= offset < span.end for span in self._repetitions)

    @cached_property
    def _repetitions(self) -> tuple[Span, ...]:
        return tuple(block.span for block in self.draft.blocks if block.is_repetition)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that contains the character at an offset, or the next one; None after the last."""
        place = bisect_right(self._ends, offset)
        return self.sentences[place] if place < len(self.sentences) else None

    def sentences_over(self, spans: Iterable[Span]) -> list[Sentence]:
        """The sentences that share words with any of the spans, in text order."""
        found: set[int] = set()
        for span in spans:
            first = bisect_right(self._ends, span.start)
            for number in range(first, len(self.sentences)):
                if self.sentences[number].start >= span.end:
                    break
                found.add(number)
        return [self.sentences[number] for number in sorted(found)]

    @cached_property
    def _ends(self) -> list[int]:
        """The ends of the sentences."""
        return [sentence.end for sentence in self.sentences]

    @cached_property
    def words_at(self) -> dict[str, list[tuple[Sentence, Token]]]:
        """Where each word stands, in lower case and without apostrophes at its ends, in text order."""
        found: dict[str, list[tuple[Sentence, Token]]] = {}
        for sentence in self.sentences:
            for token in sentence.tokens:
                found.setdefault(token.text.lower().strip("’'"), []).append((sentence, token))
        return found

    def before(self, sentence: Sentence, count: int) -> tuple[Sentence, ...]:
        """The ``count`` sentences before, in text order."""
        number = self.number(sentence)
        return self.sentences[max(0, number - count) : number]

    def after(self, sentence: Sentence, count: int) -> tuple[Sentence, ...]:
        """The ``count`` sentences after."""
        number = self.number(sentence)
        return self.sentences[number + 1 : number + 1 + count]

    def paragraph(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentences of the block that contains the sentence, itself included."""
        return self.sentences_in(sentence.block)

    def sentences_in(self, block: int) -> tuple[Sentence, ...]:
        """The sentences of the block with this number."""
        return self._paragraphs.get(block, ())

    def body_before(self, sentence: Sentence) -> Sentence | None:
        """The last sentence of the body before the block that contains the sentence; None if there is none."""
        place = bisect_left(self._body_blocks, sentence.block)
        return self.body[place - 1] if place else None

    @cached_property
    def _paragraphs(self) -> dict[int, tuple[Sentence, ...]]:
        """The sentences of each block, by its number."""
        found: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.block, []).append(sentence)
        return {block: tuple(sentences) for block, sentences in found.items()}

    @cached_property
    def _body_blocks(self) -> list[int]:
        """The number of the block of each sentence of the body."""
        return [sentence.block for sentence in self.body]

    def attributions_in(self, sentence: Sentence) -> tuple[Attribution, ...]:
        """The attributions whose cue is in the sentence."""
        return self.index.cued_in(sentence)

    def claims_in(self, sentence: Sentence) -> tuple[Claim, ...]:
        """The claims the sentence makes."""
        return self.index.claims_in(sentence)

    def hedges_in(self, sentence: Sentence) -> tuple[Hedge, ...]:
        """The hedges of the sentence."""
        return self.index.hedges_in(sentence)

    def boosters_in(self, sentence: Sentence) -> tuple[Booster, ...]:
        """The boosters of the sentence."""
        return self.index.boosters_in(sentence)

    # --------------------------------------------------------------------------------------------------------- words

    def text(self, spans: Span | Iterable[Span]) -> str:
        """The draft's words at a span, or at several, joined by ellipses; runs of white space become single spaces."""
        parts = [spans] if isinstance(spans, Span) else list(spans)
        return " … ".join(" ".join(self.draft.text[part.start : part.end].split()) for part in parts)

    def tokens(self, sentence: Sentence, spans: Span | Iterable[Span]) -> list[Token]:
        """The sentence's tokens within one or more spans."""
        parts = (spans,) if isinstance(spans, Span) else tuple(spans)
        key = (sentence.id, parts)
        if key not in self._tokens_in:
            found: dict[int, Token] = {}
            for part in parts:
                first = bisect_left(sentence.tokens, part.start, key=_start)
                for token in sentence.tokens[first:]:
                    if token.end > part.end:
                        break
                    found[token.index] = token
            self._tokens_in[key] = [found[index] for index in sorted(found)]
        return list(self._tokens_in[key])

    def head(self, sentence: Sentence, spans: Span | Iterable[Span]) -> Token | None:
        """The topmost token in the spans, whose own head is outside; None if they contain no token."""
        tokens = self.tokens(sentence, spans)
        inside = {token.index for token in tokens}
        return next((token for token in tokens if token.head not in inside), None)

    def source_head(self, attribution: Attribution) -> Token | None:
        """The head noun of an attribution's source; None if it has no words."""
        first = max(0, self.doc.positions[attribution.sentence] - 1)
        for sentence in map(self.sentences.__getitem__, range(first, len(self.sentences))):
            token = self.head(sentence, attribution.source.spans)
            if token is not None:
                return token
            if sentence.start > max((span.end for span in attribution.source.spans), default=-1):
                return None
        return None

    def source_sentence(self, attribution: Attribution) -> Sentence:
        """The sentence that contains the source; the cue's sentence if the source has no words."""
        place = attribution.source.spans[0].start if attribution.source.spans else None
        found = None if place is None else self.sentence_at(place)
        return found or self.sentence(attribution.sentence)

    def phrases(self, tokens: Sequence[Token], name: str) -> list[list[Token]]:
        """Where words of a list stand: runs of tokens by lemma or form, longer ones first."""
        return self.finder.find(tokens, name)

    def words_of(self, token: Token) -> tuple[str, ...]:
        """The lower-case lemma and form of a token; of a verb also what its form may be of, as lemmatizers err."""
        return self.finder.words_of(token)

    # ---------------------------------------------------------------------------------------------------- quotations

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """All quotations, including nested ones."""
        return self.analysis.quotations

    def quotation_around(self, span: Span) -> Quotation | None:
        """The outermost quotation that contains the span, marks included; None if there is none."""
        near = sorted(set(self._quoted.overlapping(_with_a_character(span))))
        quotations = (self.quotations[number] for number in near)
        return next((quotation for quotation in quotations if any(part.covers(span) for part in quotation.parts)), None)

    @cached_property
    def _quoted(self) -> SpanIndex[int]:
        """Where each quotation stands, by its number."""
        return SpanIndex((part, number) for number, quotation in enumerate(self.quotations) for part in quotation.parts)

    def is_quoted(self, span: Span) -> bool:
        """Whether the span is in a quotation, a block quote or a turn of an interview."""
        if self.quotation_around(span) is not None:
            return True
        spoken = (BlockKind.BLOCK_QUOTE, BlockKind.TURN)
        place = bisect_right(self._block_starts, span.start)
        block = self.draft.blocks[place - 1] if place else None
        return block is not None and block.kind in spoken and block.span.covers(span)

    # ------------------------------------------------------------------------------------------------------ mentions

    def mentions_in(self, sentence: Sentence) -> tuple[Mention, ...]:
        """The people, organisations and things that the sentence mentions, in text order."""
        return self._mentions_in.get(self.number(sentence), ())

    # -------------------------------------------------------------------------------------------------- attributions

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """All attributions in the order of their cues."""
        return self.analysis.attributions

    def cued_by(self, wanted: Callable[[Attribution], bool]) -> Cued:
        """Where attributions of a wanted kind have their cues; kept for the next call with the same function."""
        if wanted not in self._cued:
            sentences = [
                self.sentence(attribution.sentence) for attribution in self.attributions if wanted(attribution)
            ]
            self._cued[wanted] = Cued(
                frozenset(sentence.id for sentence in sentences), frozenset(sentence.block for sentence in sentences)
            )
        return self._cued[wanted]

    def attributions_of(self, span: Span) -> tuple[Attribution, ...]:
        """The attributions whose content shares words with the span, in the order of their cues."""
        near = set(self._contents.overlapping(_with_a_character(span)))
        return tuple(self.attributions[number] for number in sorted(near))

    def attributions_over(self, span: Span) -> tuple[Attribution, ...]:
        """The attributions whose content contains the span."""
        return tuple(
            attribution
            for attribution in self.attributions_of(span)
            if any(content.covers(span) for content in attribution.content.spans)
        )

    @cached_property
    def _contents(self) -> SpanIndex[int]:
        """Where the content of each attribution stands, by its number."""
        numbered = enumerate(self.attributions)
        return SpanIndex((span, number) for number, attribution in numbered for span in attribution.content.spans)

    def claim_at(self, span: Span) -> Claim | None:
        """The smallest claim that contains the span's start; None if there is none."""
        here = self._claims.overlapping(Span(span.start, span.start + 1))
        return smallest_claim_at(span.start, (self.analysis.claims[number] for number in sorted(set(here))))

    @cached_property
    def _claims(self) -> SpanIndex[int]:
        """Where each claim stands, by its number."""
        return SpanIndex((span, number) for number, claim in enumerate(self.analysis.claims) for span in claim.spans)

    def first_mentions(self, wanted: Callable[[SourceKind], bool]) -> Iterator[tuple[Attribution, SourceEntity | None]]:
        """Each source of a wanted kind once: the first attribution in which it speaks, and its ledger entry.

        Attributions without a ledger entry are all included.
        """
        seen: set[str] = set()
        for attribution in self.attributions:
            if not wanted(attribution.source.kind) or not attribution.source.spans:
                continue
            entity = self.entity(attribution)
            if entity is not None and entity.id in seen:
                continue
            if entity is not None:
                seen.add(entity.id)
            yield attribution, entity

    # ------------------------------------------------------------------------------------------------------ indexes

    @cached_property
    def _mentions_in(self) -> dict[int, tuple[Mention, ...]]:
        found: dict[int, list[Mention]] = {}
        for mention in find_mentions(self.doc, self.quotations, self.lexicon):
            found.setdefault(mention.sentence, []).append(mention)
        return {number: tuple(mentions) for number, mentions in found.items()}


def _start(token: Token) -> int:
    return token.start


def _with_a_character(span: Span) -> Span:
    """The span, or the character at it if it is empty."""
    return Span(span.start, max(span.end, span.start + 1))
