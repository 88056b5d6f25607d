"""What stands near a sentence: who speaks there, and what a reader takes from it for the sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import islice

from attribution import grammar
from attribution.extraction.discourse import Discourse
from attribution.extraction.mention import Mention
from attribution.extraction.phrase_finder import PhraseFinder
from attribution.extraction.span_index import SpanIndex
from attribution.index import sentences_over
from attribution.records import (
    VOUCHING,
    Attitude,
    Attribution,
    BlockKind,
    Claim,
    Manner,
    Quotation,
    Sentence,
    SourceKind,
    Span,
)

BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BLOCK_QUOTE, BlockKind.TURN})
"""The blocks of an article's body: what a headline says is sourced there."""

STATED = frozenset({Attitude.ASSERTION, Attitude.BELIEF})
"""Attitudes of those who vouch for what stands near."""

LEAD_SENTENCES = 3
"""Sentences after the first paragraph within which its source may follow."""

FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Between these a number of four figures is a year, and what it dates can be looked up."""

WORD = re.compile(r"\w+")
SHORT = 3
"""Letters up to which words are no content words."""

PERSONS = frozenset({"he", "her", "him", "i", "she"})
"""Pronouns of one person, who may be the one that is quoted next."""

FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our", "you", "your"})
"""Words by which a writer speaks for themselves or to the reader."""

DEMANDING = frozenset({"ought", "should"})
"""Words by which a writer tells others what to do."""

KNOWN = frozenset(
    {"the", "this", "these", "that", "those", "his", "her", "its", "their", "he", "she", "it", "they", "both"}
)
"""Words that open the mention of somebody whom the article has introduced."""

STAGE = 3
"""Words from which a sentence is more than a stage direction (*Pause.*)."""

LEADING_UP = (":", "—", "–", "-", "?", "…", "...")
"""Marks that lead up to a quotation."""


class Surroundings:
    """Answers what stands near the sentences of one draft."""

    def __init__(self, discourse: Discourse, attributions: Sequence[Attribution]) -> None:
        """``attributions`` are those of the discourse with their sources resolved."""
        doc = discourse.doc
        self._discourse = discourse
        self.doc = doc
        self.quotations = discourse.quotations
        self.attributions = attributions
        self.lexicon = discourse.lexicon
        self.finder = PhraseFinder(discourse.lexicon)
        self.body = [sentence for sentence in doc.sentences if doc.block_kind(sentence) in BODY]
        self._body_places = {sentence.id: place for place, sentence in enumerate(self.body)}
        self._attributions_in: dict[str, list[Attribution]] = {}
        for attribution in attributions:
            self._attributions_in.setdefault(attribution.sentence, []).append(attribution)

    @cached_property
    def mentions(self) -> dict[str, list[Mention]]:
        """The mentions of each sentence, by its identifier."""
        by_position = self._discourse.mentions_in
        return {self.doc.sentences[position].id: mentions for position, mentions in by_position.items()}

    # ------------------------------------------------------------------------------------ who vouches for a sentence

    def is_vouched_for(self, sentence: Sentence, claim: Claim, *, grave: bool) -> bool:
        """Whether somebody near tells the claim, a document is linked, or it can be looked up.

        ``grave`` tells that it is an accusation, whose source must stand beside it.
        """
        return (
            self._is_told_in(sentence, claim)
            or bool(self._links.overlapping(sentence.span))
            or self._is_told_around(sentence, grave=grave)
            or self.is_on_record(sentence, grave=grave)
        )

    def _is_told_in(self, sentence: Sentence, claim: Claim) -> bool:
        """Whether somebody tells what is exposed, or somebody else speaks in the sentence.

        *Roth sold early to fool her rivals* may hold a cue of Roth's, but she did not tell why.
        """
        if any(self._vouched.overlapping(span) for mark in claim.exposure.marks[:1] for span in mark.spans):
            return True
        about = _content_words(sentence.text)
        for attribution in filter(vouches, self._attributions_in.get(sentence.id, ())):
            own = not about.isdisjoint(_content_words(attribution.source.text))
            if not (own and _is_cue_in(attribution, claim)):
                return True
        return False

    def _is_told_around(self, sentence: Sentence, *, grave: bool) -> bool:
        """Whether a reader takes a source near for the claim's.

        That is one who tells something in the sentence before or after in the paragraph, or, for what is no accusation,
        anywhere in it; before a paragraph's first sentence, one who is retold at the end of the paragraph before, if it
        goes on about the same. After a closed quotation the paper speaks again. The source of the first paragraph may
        follow it. Whom the claim is about does not vouch for it.
        """
        place = self._body_places[sentence.id]
        before = self.body[place - 1] if place else None
        after = self.body[place + 1 : place + 2]
        close = [near for near in (*([before] if before else []), *after) if near.block == sentence.block]
        if not grave:
            close = [near for near in self._paragraphs[sentence.block] if near is not sentence]
        if any(self._tells(near, sentence) for near in close):
            return True
        continued = before is not None and before.block != sentence.block and _continues(before, sentence)
        if before is not None and continued and self._tells(before, sentence, retold=True):
            return True
        if sentence.block == self.body[0].block:
            following = (near for near in self.body if near.block != sentence.block)
            return any(self._tells(near, sentence) for near in islice(following, LEAD_SENTENCES))
        return False

    def _tells(self, sentence: Sentence, exposed: Sentence, *, retold: bool = False) -> bool:
        """Whether somebody states something whom the exposed sentence is not about; ``retold``: not quoted alone."""
        about = _content_words(exposed.text)
        return any(
            vouches(attribution)
            and attribution.attitude in STATED
            and not attribution.withheld
            and not (retold and attribution.manner is Manner.DIRECT)
            and about.isdisjoint(_content_words(attribution.source.text))
            for attribution in self._attributions_in.get(sentence.id, ())
        )

    def is_known_source(self, attributions: Sequence[str]) -> bool:
        """Whether one of these attributions has a source that the article has introduced (*he*), or a document."""
        known = self._those(attributions)
        return any(
            attribution.source.kind is SourceKind.DOCUMENT or attribution.source.text.lower().split(" ")[0] in KNOWN
            for attribution in known
        )

    def is_comment(self, sentence: Sentence) -> bool:
        """Whether a writer speaks for themselves in the paragraph or beside it, or tells others what they should do."""
        return any(
            not self._is_quoted(token.span)
            and not any(span.covers(token.span) for span in self._contents.overlapping(token.span))
            for block in range(sentence.block - 1, sentence.block + 2)
            for near in self._paragraphs.get(block, ())
            for token in near.tokens
            if (token.text.lower() in FIRST_PERSON and abs(near.block - sentence.block) <= 1)
            or (token.text.lower() in DEMANDING and near.block == sentence.block)
        )

    def is_own_act(self, claim: Claim) -> bool:
        """Whether a claim with a source is about what that source did, and its gravest mark none of what they said."""
        exposed = [span for mark in claim.exposure.marks[:1] for span in mark.spans]
        chain = self._those(claim.attributions)
        return bool(chain) and all(
            _is_cue_in(attribution, claim)
            and not any(
                content.overlaps(span) for content in attribution.content.spans for span in exposed[1:] or exposed
            )
            for attribution in chain
        )

    def is_content(self, sentence: Sentence, spans: Sequence[Span]) -> bool:
        """Whether the words stand in a clause that somebody in the sentence knows, shows or says, and not the paper."""
        tree = self.doc.tree(sentence.id)
        inside = tree.words_in(spans)
        above = {index for word in inside for index in (word, *tree.ancestors(word))}
        told = (index for index in above if tree.matches(index, "ccomp") or tree.relations[index][0] == "acl")
        return any(not grammar.is_infinitive(tree, index) for index in told)

    def is_accuser_told(self, sentence: Sentence) -> bool:
        """Whether a reader knows who makes an accusation: the prosecution, or somebody who accuses near."""
        if self._is_in_court:
            return True
        place = self._body_places[sentence.id]
        accusing = self.lexicon.words_for("accusing") | self.lexicon.words_for("passing-on")
        return any(
            vouches(attribution) and not accusing.isdisjoint(attribution.cue.lemma.lower().split())
            for near in self.body[max(0, place - 1) : place + 2]
            for attribution in self._attributions_in.get(near.id, ())
        )

    def is_on_record(self, sentence: Sentence, *, grave: bool) -> bool:
        """Whether readers can look it up: a year dates it, or a charge, trial or verdict is mentioned nearby.

        Unless it is an accusation (``grave``), a year anywhere in the paragraph is enough.
        """
        dated = [sentence] if grave else self._paragraphs[sentence.block]
        if any(_is_year(token.text) or token.lemma.lower() == "century" for near in dated for token in near.tokens):
            return True
        place = self._body_places[sentence.id]
        return any(map(self._tells_of_court, self.body[max(0, place - 1) : place + 2]))

    def _tells_of_court(self, sentence: Sentence) -> bool:
        runs = self.finder.find(sentence.tokens, "proceeding")
        return any(not self._comes_to_nothing(run[0].index, sentence) for run in runs)

    def _comes_to_nothing(self, index: int, sentence: Sentence) -> bool:
        """Whether the proceeding is denied: *had arrested nobody*, *were not charged*."""
        tree = self.doc.tree(sentence.id)
        arguments = tree.children(index, "obj", "nsubj")
        return grammar.is_negated(tree, index) or any(
            grammar.is_negative_phrase(tree, argument) for argument in arguments
        )

    # ------------------------------------------------------------------------------------------ whose a quotation is

    def is_without_speaker(self, quotation: Quotation) -> bool:
        """Whether a reader is left without a speaker: the quotation stands alone, and nobody near leads to one."""
        sentences = self._sentences_of(quotation)
        return (
            quotation.parent is None
            and bool(sentences)
            and self._stands_alone(quotation, sentences)
            and not self._is_somebody_near(quotation, sentences)
        )

    def _sentences_of(self, quotation: Quotation) -> list[Sentence]:
        near = {
            sentence.id: sentence for part in quotation.parts for sentence in sentences_over(self.doc.sentences, part)
        }
        return list(near.values())

    def _stands_alone(self, quotation: Quotation, sentences: Sequence[Sentence]) -> bool:
        """Whether the quotation is made of whole sentences: words beside it in them would tell whose it is."""
        parts = SpanIndex((part, part) for part in quotation.parts)
        return not any(
            any(map(str.isalnum, token.text))
            and not any(part.covers(token.span) for part in parts.overlapping(token.span))
            for sentence in sentences
            for token in sentence.tokens
        )

    def _is_somebody_near(self, quotation: Quotation, sentences: Sequence[Sentence]) -> bool:
        """Whether a reader can tell the speaker: from what leads up to the words, or the sentence before or after."""
        text, end = self.doc.draft.text, quotation.start
        while end and text[end - 1].isspace():
            end -= 1
        if text.endswith(LEADING_UP, 0, end):
            return True
        first, last = (self.doc.positions[sentence.id] for sentence in (sentences[0], sentences[-1]))
        if not first:
            # A heading printed as text.
            return (
                max(sentence.end for sentence in self.doc.sentences if sentence.block == sentences[0].block)
                <= quotation.end
            )
        before = self.doc.sentences[first - 1]
        if word_count(before) < STAGE or not any(token.upos in ("VERB", "AUX") for token in before.tokens):
            return True  # a heading or a stage direction stands before it
        if self.doc.block_kind(before) in BODY and self._has_voice(before):
            return True
        return any(
            (near.block == sentences[-1].block and self._has_voice(near)) or _is_signature(near)
            for near in self.doc.sentences[last + 1 : last + 2]
        )

    def _has_voice(self, sentence: Sentence) -> bool:
        """Whether the sentence is quoted, tells of somebody who speaks or could, or of something that can be quoted."""
        edges = (Span(sentence.start, sentence.start + 1), Span(sentence.end - 1, sentence.end))
        if any(map(self._is_quoted, edges)) or self.finder.find(sentence.tokens, "quoted-thing"):
            return True
        if any(map(gives_source, self._attributions_in.get(sentence.id, ()))):
            return True
        if any(token.text.lower() in PERSONS for token in sentence.tokens):
            return True
        return any(
            (mention.form == "name" and mention.being in ("person", "unknown"))
            or (mention.being == "person" and mention.definite)
            for mention in self.mentions.get(sentence.id, ())
        )

    def _is_quoted(self, span: Span) -> bool:
        if any(part.covers(span) for part in self.quoted.overlapping(span)):
            return True
        spoken: Collection[BlockKind] = (BlockKind.BLOCK_QUOTE, BlockKind.TURN)
        return any(kind in spoken for block, kind in self._blocks.overlapping(span) if block.covers(span))

    def _those(self, identifiers: Iterable[str]) -> list[Attribution]:
        """The attributions with these identifiers, in text order."""
        places = {self._places[identifier] for identifier in identifiers if identifier in self._places}
        return [self.attributions[place] for place in sorted(places)]

    @cached_property
    def _paragraphs(self) -> dict[int, list[Sentence]]:
        """The sentences of the body by their block."""
        found: dict[int, list[Sentence]] = {}
        for sentence in self.body:
            found.setdefault(sentence.block, []).append(sentence)
        return found

    @cached_property
    def _is_in_court(self) -> bool:
        """Whether the article tells of a court."""
        return any(self.finder.find(near.tokens, "court") for near in self.body)

    @cached_property
    def _contents(self) -> SpanIndex[Span]:
        """What somebody is said to have said."""
        return SpanIndex((span, span) for attribution in self.attributions for span in attribution.content.spans)

    @cached_property
    def _vouched(self) -> SpanIndex[Span]:
        """What somebody vouches for."""
        return SpanIndex((span, span) for told in filter(vouches, self.attributions) for span in told.content.spans)

    @cached_property
    def _links(self) -> SpanIndex[Span]:
        return SpanIndex((link.span, link.span) for link in self.doc.draft.links)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {attribution.id: place for place, attribution in enumerate(self.attributions)}

    @cached_property
    def quoted(self) -> SpanIndex[Span]:
        """The parts of the quotations."""
        return SpanIndex((part, part) for quotation in self.quotations for part in quotation.parts)

    @cached_property
    def _blocks(self) -> SpanIndex[tuple[Span, BlockKind]]:
        return SpanIndex((block.span, (block.span, block.kind)) for block in self.doc.draft.blocks)


def _continues(before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence continues the topic of the one before: it shares a word, or opens with a pronoun."""
    opening = sentence.tokens[0].text.lower() if sentence.tokens else ""
    return opening in KNOWN - {"the"} or not _content_words(before.text).isdisjoint(_content_words(sentence.text))


def _is_cue_in(attribution: Attribution, claim: Claim) -> bool:
    """Whether a cue is part of the claim: it is about what the source says or does."""
    return any(span.overlaps(cue) for span in claim.spans for cue in attribution.cue.spans)


def _content_words(text: str) -> frozenset[str]:
    """The longer words of a text in lower case, to compare topics."""
    return frozenset(word for word in WORD.findall(text.lower()) if len(word) > SHORT)


def gives_source(attribution: Attribution) -> bool:
    """Whether somebody other than the paper is given as the source."""
    return bool(attribution.source.spans) and not attribution.source.kind.is_nobody_else


def vouches(attribution: Attribution) -> bool:
    """Whether somebody other than the paper, and not just a crowd, vouches for the content."""
    crowd = attribution.source.kind is SourceKind.VAGUE_COLLECTIVE
    return attribution.evidence in VOUCHING and gives_source(attribution) and not crowd


def word_count(sentence: Sentence) -> int:
    """How many words the sentence has."""
    return sum(any(map(str.isalnum, token.text)) for token in sentence.tokens)


def _is_signature(sentence: Sentence) -> bool:
    """Whether the sentence is a name and no more: *Ada Quill, Tarsk.*"""
    words = {token.upos for token in sentence.tokens}
    return "PROPN" in words and words.isdisjoint(("VERB", "AUX"))


def _is_year(text: str) -> bool:
    return len(text) == 4 and FIRST_YEAR <= (grammar.whole_number(text) or 0) <= LAST_YEAR
