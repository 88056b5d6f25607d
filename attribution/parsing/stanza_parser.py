"""Reads drafts with Stanza models from disk; nothing is ever downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attribution.parsing.segmentation import segment
from attribution.records import ROOT, AttribError, Draft, Sentence, Span, Token


class StanzaParser:
    """Segments with NLTK; tags, lemmatises and parses with a Stanza pipeline."""

    def __init__(self, pipeline: Any, name: str) -> None:
        self.name = name
        self._pipeline = pipeline

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        """The sentences of each draft, parsed in batches over all drafts."""
        segments = [segment(draft) for draft in drafts]
        words = [
            [draft.text[span.start : span.end] for span in spans]
            for draft, sentences in zip(drafts, segments, strict=True)
            for _, spans in sentences
        ]
        if not words:
            return [() for _ in drafts]
        parsed = iter(self._pipeline(words).sentences)
        return [
            tuple(
                _sentence(draft, number, block, spans, next(parsed).words)
                for number, (block, spans) in enumerate(sentences, 1)
            )
            for draft, sentences in zip(drafts, segments, strict=True)
        ]


def _sentence(draft: Draft, number: int, block: int, spans: list[Span], words: list[Any]) -> Sentence:
    tokens = tuple(
        Token(
            index=index,
            text=draft.text[span.start : span.end],
            start=span.start,
            end=span.end,
            lemma=word.lemma or word.text,
            upos=word.upos or "X",
            xpos=word.xpos or "_",
            head=word.head - 1 if word.head else ROOT,
            relation=word.deprel,
        )
        for index, (span, word) in enumerate(zip(spans, words, strict=True))
    )
    start, end = spans[0].start, spans[-1].end
    return Sentence(f"s{number}", start, end, draft.text[start:end], block, tokens)


def load_folder(folder: Path, name: str) -> StanzaParser:
    """The parser with the model files of a folder."""
    import stanza
    import torch
    from stanza.models.common.foundation_cache import FoundationCache
    from stanza.models.common.pretrain import Pretrain

    vectors = str(folder / "vectors.pt")
    cache = FoundationCache()
    pretrain = Pretrain(vectors)
    pretrain.load()
    pretrain._emb = pretrain._emb.to(torch.float32)
    cache.pretrains[vectors] = pretrain
    try:
        pipeline = stanza.Pipeline(
            lang="en",
            dir=str(folder),
            package=None,
            processors="tokenize,pos,lemma,depparse",
            tokenize_pretokenized=True,
            pos_model_path=str(folder / "tagger.pt"),
            pos_pretrain_path=vectors,
            lemma_model_path=str(folder / "lemmatizer.pt"),
            depparse_model_path=str(folder / "parser.pt"),
            depparse_pretrain_path=vectors,
            pos_batch_size=200,
            depparse_batch_size=3000,
            download_method=None,
            foundation_cache=cache,
            use_gpu=False,
            verbose=False,
        )
    except Exception as error:
        raise AttribError(f"{folder}: model does not load: {error}") from error
    return StanzaParser(pipeline, name)


def load_default() -> StanzaParser:
    """The parser with Stanza's published English models, where the user has them."""
    import stanza

    try:
        pipeline = stanza.Pipeline(
            lang="en",
            processors="tokenize,pos,lemma,depparse",
            tokenize_pretokenized=True,
            download_method=None,
            use_gpu=False,
            verbose=False,
        )
    except Exception as error:
        raise AttribError(
            "default: Stanza's English models are not on this machine; fetch them once with network access: "
            "python -c \"import stanza; stanza.download('en')\""
        ) from error
    return StanzaParser(pipeline, "stanza default")
