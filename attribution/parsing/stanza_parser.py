"""Reads drafts with Stanza models from disk (Qi et al. 2020); nothing is ever downloaded.

Tags and lemmas come from Stanza's processors. The parser's networks are Stanza's too; only the last step, from scores
to a tree, is done here, because it takes Stanza most of its time: see ``decode``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from attribution.parsing.forms import readable_forms
from attribution.parsing.segmentation import segment
from attribution.parsing.windows import Word, join_windows, window_bounds
from attribution.records import AttribError, Draft, Sentence, Span, Token

WORDS_AT_ONCE = 5000
"""How many words go through the networks before the next are taken up; bounds the memory."""

LARGEST_BATCH = 3000
"""How many words one batch of the parser holds."""


class StanzaParser:
    """Segments with NLTK; tags, lemmatises and parses with a Stanza pipeline."""

    def __init__(self, pipeline: Any, name: str) -> None:
        """``pipeline`` is a ``stanza.Pipeline`` for pre-tokenised text with the processors pos, lemma and depparse."""
        self.name = name
        self._pipeline = pipeline

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        """Give the sentences of each draft, parsed in batches of like length over all drafts."""
        return self.parse_segmented([(draft, segment(draft)) for draft in drafts])

    def parse_segmented(
        self, segmented: Sequence[tuple[Draft, Sequence[tuple[int, Sequence[Span]]]]]
    ) -> list[tuple[Sentence, ...]]:
        """Give the sentences of drafts whose sentences and words are known, as ``segment`` gives them."""
        forms = [
            readable_forms([draft.text[span.start : span.end] for span in spans])
            for draft, sentences in segmented
            for _, spans in sentences
        ]
        parses = iter(self._parse_forms(forms))
        return [
            tuple(
                _sentence(draft, number, block, spans, next(parses))
                for number, (block, spans) in enumerate(sentences, 1)
            )
            for draft, sentences in segmented
        ]

    def _parse_forms(self, sentences: list[list[str]]) -> list[list[Word]]:
        """The parsed words of each sentence; those too long for the parser are parsed in windows and joined."""
        windows = [(sentence, start, end) for sentence in sentences for start, end in window_bounds(sentence)]
        lengths = [end - start for _, start, end in windows]
        parses: list[list[Word]] = [[] for _ in windows]
        waiting: list[int] = []
        words = 0
        for index in sorted(range(len(windows)), key=lambda index: lengths[index]):
            if words + lengths[index] > WORDS_AT_ONCE and waiting:
                self._parse_windows(windows, waiting, parses)
                waiting, words = [], 0
            waiting.append(index)
            words += lengths[index]
        if waiting:
            self._parse_windows(windows, waiting, parses)
        iterator = iter(parses)
        return [join_windows([next(iterator) for _ in window_bounds(sentence)]) for sentence in sentences]

    def _parse_windows(
        self, windows: Sequence[tuple[list[str], int, int]], indices: list[int], parses: list[list[Word]]
    ) -> None:
        document = self._pipeline.processors["tokenize"].process(
            [windows[index][0][windows[index][1] : windows[index][2]] for index in indices]
        )
        for name in ("pos", "lemma"):
            document = self._pipeline.processors[name].process(document)
        arcs = self._arcs(document)
        for index, sentence, heads in zip(indices, document.sentences, arcs, strict=True):
            parses[index] = [
                Word(word.lemma or word.text, word.upos or "X", word.xpos or "_", head - 1, relation)
                for word, (head, relation) in zip(sentence.words, heads, strict=True)
            ]

    def _arcs(self, document: Any) -> list[list[tuple[int, str]]]:
        """Head (1-based, 0 for the root) and relation of each word of each sentence."""
        from attribution.parsing.decode import can_decode, parse_document

        processor = self._pipeline.processors["depparse"]
        if can_decode(processor.trainer.model):
            return parse_document(processor, document, LARGEST_BATCH)
        processor.process(document)
        return [[(word.head, word.deprel) for word in sentence.words] for sentence in document.sentences]


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


class _Settings(NamedTuple):
    """What every pipeline is told: read words as they are given, from disk, quietly, on the processor."""

    lang: str = "en"
    processors: str = "tokenize,pos,lemma,depparse"
    tokenize_pretokenized: bool = True
    download_method: None = None
    use_gpu: bool = False
    verbose: bool = False
    depparse_resolve_head_constraints: bool = True


def load_folder(folder: Path, name: str) -> StanzaParser:
    """Give the parser with the model files of a folder; AttribError names the file that does not load."""
    vectors = folder / "vectors.pt"
    with _quiet():
        import stanza
        import torch
        from stanza.models.common.foundation_cache import FoundationCache
        from stanza.models.common.pretrain import Pretrain

        class Vectors(Pretrain):  # type: ignore[misc]
            """Word vectors that are kept in half precision and read with in full."""

            @cached_property
            def emb(self) -> Any:
                return super().emb.to(torch.float32)

        cache = FoundationCache()
        cache.pretrains[str(vectors)] = Vectors(str(vectors))
        try:
            pipeline = stanza.Pipeline(
                **_Settings()._asdict(),
                dir=str(folder),
                package=None,
                pos_model_path=str(folder / "tagger.pt"),
                pos_pretrain_path=str(vectors),
                lemma_model_path=str(folder / "lemmatizer.pt"),
                depparse_model_path=str(folder / "parser.pt"),
                depparse_pretrain_path=str(vectors),
                foundation_cache=cache,
            )
        except Exception as error:
            raise AttribError(_what_is_wrong(folder, error)) from error
    return StanzaParser(pipeline, name)


def load_default() -> StanzaParser:
    """Give the parser with Stanza's published English models, where the user has them."""
    with _quiet():
        import stanza
        from stanza.resources.common import DEFAULT_MODEL_DIR

        try:
            pipeline = stanza.Pipeline(**_Settings()._asdict())
        except Exception as error:
            raise AttribError(
                f"{DEFAULT_MODEL_DIR}: no whole set of Stanza's published English models there; fetch it once on "
                "a connected machine with: python -c \"import stanza; stanza.download('en')\""
            ) from error
    return StanzaParser(pipeline, "stanza default")


PARTS = {"vectors.pt": "emb", "tagger.pt": "model", "lemmatizer.pt": "dicts", "parser.pt": "model_type"}
"""A key that each model file has, to tell one kind from another."""


def _what_is_wrong(folder: Path, error: Exception) -> str:
    """One line that names the model file at fault."""
    import torch

    for name, key in PARTS.items():
        try:
            content = torch.load(folder / name, map_location="cpu", weights_only=True)
        except Exception:
            return f"{folder / name}: model file is truncated or of another format; copy it again"
        if not isinstance(content, dict) or key not in content:
            return f"{folder / name}: this is not the {name.removesuffix('.pt')} of a Stanza model; copy it again"
    reason = str(error).splitlines() or [type(error).__name__]
    return f"{folder}: the model files do not fit together: {reason[0]}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Stanza's log from stderr, where the one line of an error goes."""
    logger = logging.getLogger("stanza")
    disabled = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = disabled
