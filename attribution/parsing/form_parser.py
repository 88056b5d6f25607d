"""The code shared by all model-based parsers: from drafts to batches of word forms, and from parses to sentences."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import chain

from attribution.parsing.forms import readable_forms
from attribution.parsing.segmentation import segment
from attribution.parsing.windows import Word, join_windows, window_bounds
from attribution.records import Draft, Sentence, Span, Token

WORDS_AT_ONCE = 3000
"""The most words that go through the networks at a time; bounds memory use."""


class FormParser(ABC):
    """Segments with NLTK, and parses the word forms of all drafts in batches of sentences of similar length."""

    name: str

    @abstractmethod
    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        """Give the parsed words of each sentence, given as its word forms; no sentence is empty."""

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        """Give the sentences of each draft, parsed in batches of similar length across all drafts."""
        return self.parse_segmented([(draft, segment(draft)) for draft in drafts])

    def parse_segmented(
        self, segmented: Sequence[tuple[Draft, Sequence[tuple[int, Sequence[Span]]]]]
    ) -> list[tuple[Sentence, ...]]:
        """Give the sentences of drafts already segmented, as ``segment`` does it."""
        forms = [
            readable_forms([draft.text[span.start : span.end] for span in spans])
            for draft, sentences in segmented
            for _, spans in sentences
        ]
        parses = iter(self.parse_forms(forms))
        return [
            tuple(
                _sentence(draft, number, block, spans, next(parses))
                for number, (block, spans) in enumerate(sentences, 1)
            )
            for draft, sentences in segmented
        ]

    def parse_forms(self, sentences: Sequence[Sequence[str]], words_at_once: int = WORDS_AT_ONCE) -> list[list[Word]]:
        """Give the parsed words of each sentence; those too long for the parser are parsed in windows and joined.

        What is said again in the same words is parsed once. ``words_at_once`` bounds a batch, unless one sentence is
        longer; the result does not depend on it.
        """
        windows = [[tuple(sentence[start:end]) for start, end in window_bounds(sentence)] for sentence in sentences]
        parses: dict[tuple[str, ...], list[Word]] = {}
        waiting: list[tuple[str, ...]] = []
        words = 0
        for forms in sorted(dict.fromkeys(chain.from_iterable(windows)), key=len):
            if words + len(forms) > words_at_once and waiting:
                parses.update(zip(waiting, self.read(waiting), strict=True))
                waiting, words = [], 0
            waiting.append(forms)
            words += len(forms)
        if waiting:
            parses.update(zip(waiting, self.read(waiting), strict=True))
        return [join_windows([parses[forms] for forms in parts]) for parts in windows]


def _sentence(draft: Draft, number: int, block: int, spans: Sequence[Span], words: Sequence[Word]) -> Sentence:
    tokens = tuple(
        Token(
            index=index,
            text=draft.text[span.start : span.end],
            start=span.start,
            end=span.end,
            lemma=word.lemma,
            upos=word.upos,
            xpos=word.xpos,
            head=word.head,
            relation=word.relation,
        )
        for index, (span, word) in enumerate(zip(spans, words, strict=True))
    )
    start, end = spans[0].start, spans[-1].end
    return Sentence(f"s{number}", start, end, draft.text[start:end], block, tokens)
