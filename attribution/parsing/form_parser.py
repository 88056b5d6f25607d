"""The code shared by all model-based parsers: from drafts to batches of word forms, and from parses to sentences."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

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

        ``words_at_once`` bounds a batch, unless one sentence is longer; the result does not depend on it.
        """
        windows = [sentence[start:end] for sentence in sentences for start, end in window_bounds(sentence)]
        parses: list[list[Word]] = [[] for _ in windows]
        waiting: list[int] = []
        words = 0
        for index in sorted(range(len(windows)), key=lambda index: len(windows[index])):
            if words + len(windows[index]) > words_at_once and waiting:
                self._read_into(parses, windows, waiting)
                waiting, words = [], 0
            waiting.append(index)
            words += len(windows[index])
        if waiting:
            self._read_into(parses, windows, waiting)
        iterator = iter(parses)
        return [join_windows([next(iterator) for _ in window_bounds(sentence)]) for sentence in sentences]

    def _read_into(self, parses: list[list[Word]], windows: Sequence[Sequence[str]], indices: Sequence[int]) -> None:
        for index, words in zip(indices, self.read([windows[index] for index in indices]), strict=True):
            parses[index] = words


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
