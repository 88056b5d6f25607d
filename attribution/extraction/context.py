"""A sentence for the attribution grammar: its tree, its quotations, and cached facts about its clauses.

Relations follow Universal Dependencies v2 (de Marneffe et al. 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from attribution import grammar
from attribution.extraction.span_index import SpanIndex
from attribution.lexicon import CueAdjective, CueNoun, CueVerb
from attribution.parsing import Doc, Tree
from attribution.records import Span, Token


def contexts_of(doc: Doc, quoted: SpanIndex[Span], titles: Sequence[Span] = ()) -> list[SentenceContext]:
    """The contexts of a draft's sentences; ``quoted`` finds the parts of its quotations, ``titles`` are not speech."""
    named = SpanIndex((title, title) for title in titles)
    sentences = doc.sentences
    spoken = [bool(quoted.overlapping(sentence.tokens[-1].span)) for sentence in sentences]
    opened = [bool(quoted.overlapping(sentence.tokens[0].span)) for sentence in sentences]
    joined = [False, *(before.block == after.block for before, after in pairwise(sentences)), False]
    return [
        SentenceContext(
            tree,
            quoted.overlapping(tree.sentence.span),
            after_speech=joined[place] and spoken[place - 1] and not opened[place],
            before_speech=joined[place + 1] and opened[place + 1] and not spoken[place],
            titles=named.overlapping(tree.sentence.span),
        )
        for place, tree in enumerate(doc.trees)
    ]


class SentenceContext:
    """A sentence with its tree; for each token, whether it is in a quotation."""

    def __init__(
        self,
        tree: Tree,
        quoted: Sequence[Span] = (),
        *,
        after_speech: bool = False,
        before_speech: bool = False,
        titles: Sequence[Span] = (),
    ) -> None:
        """``quoted`` are the parts of quotations, of the sentence or of the whole draft.

        ``after_speech``: the sentence before it in its paragraph ends in a quotation; ``before_speech``: the next one
        begins in one. ``titles`` are the quotations of the sentence that are titles, names or terms.
        """
        self.after_speech = after_speech
        self.before_speech = before_speech
        self.sentence = tree.sentence
        self.tree = tree
        self.tokens: tuple[Token, ...] = tree.tokens
        span = tree.sentence.span
        near = [part for part in quoted if part.overlaps(span)]
        self.in_quotation: tuple[bool, ...] = (
            tuple(any(part.start <= token.start and token.end <= part.end for part in near) for token in self.tokens)
            if near
            else (False,) * len(self.tokens)
        )
        self.in_title: frozenset[int] = tree.words_in(titles) if titles else frozenset()
        self._lemmas = self.tree.lemmas
        self._is_word = [is_word(token.text) for token in self.tokens]
        self._first_word = self._is_word.index(True) if any(self._is_word) else len(self.tokens)
        # Features ask the same questions about the same tokens many times.
        self._subjects: dict[int, int | None] = {}
        self._inherited: dict[int, int | None] = {}
        self._passives: dict[int, bool] = {}
        self._prepositions: dict[int, str] = {}
        self.entries: dict[tuple[str, int], tuple[CueVerb | CueNoun | CueAdjective, ...]] = {}
        """Cache of ``frames.entries_of``, by kind of candidate and token."""
        self.frames: dict[int, frozenset[str]] = {}
        """Cache of ``frames.frames_of``, by token."""
        self.has_quotation = any(self.in_quotation)

    @cached_property
    def questions(self) -> frozenset[int]:
        """The tokens inside questions; a quoted question does not extend beyond its quotation."""
        marks = [token.index for token in self.tokens if "?" in token.text]
        asked = grammar.questions(self.tree)
        if not any(self.in_quotation[mark] for mark in marks):
            return asked
        return frozenset(index for index in asked if self.in_quotation[index])

    def __len__(self) -> int:
        return len(self.tokens)

    def lemma(self, index: int) -> str:
        """The token's lemma in lower case."""
        return self._lemmas[index]

    def word(self, index: int) -> str:
        """The lemma, or ``name`` for a proper noun, so that decisions cannot depend on who is in the news."""
        return "name" if self.tokens[index].upos == "PROPN" else self.lemma(index)

    def subject(self, index: int) -> int | None:
        """The predicate's own subject, the one nearest to it when a parse has several."""
        if index not in self._subjects:
            self._subjects[index] = grammar.subject(self.tree, index)
        return self._subjects[index]

    def inherited_subject(self, index: int) -> int | None:
        """The understood subject of a predicate without one.

        Coordination, open complements and participle clauses take it from the predicate they depend on (from
        its object, for an open complement of one: *asked the board to resign*), noun modifiers from their noun.
        """
        if index not in self._inherited:
            self._inherited[index] = grammar.understood_subject(self.tree, index)
        return self._inherited[index]

    def is_passive(self, index: int) -> bool:
        """Whether the verb is a finite or reduced passive (*was accused*, *a firm accused of fraud*)."""
        if index not in self._passives:
            self._passives[index] = grammar.is_passive(self.tree, index)
        return self._passives[index]

    def is_negated(self, index: int) -> bool:
        """Whether a negation modifies the token."""
        return grammar.has_negation(self.tree, index)

    def preposition(self, index: int) -> str:
        """The lemma of the first preposition or complementiser on the token; ``-`` for none."""
        if index not in self._prepositions:
            marks = self.tree.children(index, "case", "mark")
            self._prepositions[index] = self.lemma(marks[0]) if marks else "-"
        return self._prepositions[index]

    def is_word(self, index: int) -> bool:
        """Whether the token holds a letter or digit."""
        return self._is_word[index]

    def opens(self, index: int) -> bool:
        """Whether no word of the sentence is before the token."""
        return self._first_word >= index

    def phrase_class(self, index: int) -> str:
        """A coarse class of a noun phrase by its head: ``pronoun:she``, ``name``, ``noun``, ``nouns``, or its tag."""
        token = self.tokens[index]
        if token.upos in {"PRON", "DET"}:
            return f"pronoun:{token.text.lower()}"
        if token.upos == "PROPN":
            return "name"
        if token.upos == "NOUN":
            return "nouns" if token.xpos.endswith("S") else "noun"
        return token.upos.lower()


def is_word(text: str) -> bool:
    """Whether a text is more than marks: it has a letter or a digit."""
    return text.isalnum() or any(map(str.isalnum, text))
