"""Parses drafts with Stanza itself and models from disk (Qi et al. 2020); nothing is ever downloaded.

Used for Stanza's published models, and for folders whose networks ``numpy_parser`` does not support. Tags and lemmas
come from Stanza's processors. The parser's networks are Stanza's too; only the last step, from scores to a tree, is
done here, because that is where Stanza spends most of its time: see ``decode``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from attribution.parsing.form_parser import FormParser
from attribution.parsing.model_names import ENCODER
from attribution.parsing.windows import Word
from attribution.records import AttribError

LARGEST_BATCH = 3000
"""The number of words in a batch of the parser."""


class StanzaParser(FormParser):
    """Segments with NLTK; tags, lemmatises and parses with a Stanza pipeline."""

    def __init__(self, pipeline: Any, name: str) -> None:
        """``pipeline`` is a ``stanza.Pipeline`` for pre-tokenised text with the processors pos, lemma and depparse."""
        self.name = name
        self._pipeline = pipeline

    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        """Give the parsed words of each sentence, given as its word forms; no sentence is empty."""
        document = self._pipeline.processors["tokenize"].process([list(sentence) for sentence in sentences])
        for name in ("pos", "lemma"):
            document = self._pipeline.processors[name].process(document)
        return [
            [
                Word(word.lemma or word.text, word.upos or "X", word.xpos or "_", head - 1, relation)
                for word, (head, relation) in zip(sentence.words, heads, strict=True)
            ]
            for sentence, heads in zip(document.sentences, self._arcs(document), strict=True)
        ]

    def read_by_stanza_alone(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        """Give the results of Stanza's own pipeline, trees included, for comparison with other parsers."""
        document = self._pipeline([list(sentence) for sentence in sentences])
        return [
            [
                Word(word.lemma or word.text, word.upos or "X", word.xpos or "_", word.head - 1, word.deprel)
                for word in sentence.words
            ]
            for sentence in document.sentences
        ]

    def _arcs(self, document: Any) -> list[list[tuple[int, str]]]:
        """Head (1-based, 0 for the root) and relation of each word of each sentence."""
        from attribution.parsing.decode import can_decode, parse_document

        processor = self._pipeline.processors["depparse"]
        if can_decode(processor.trainer.model):
            return parse_document(processor, document, LARGEST_BATCH)
        processor.process(document)
        return [[(word.head, word.deprel) for word in sentence.words] for sentence in document.sentences]


class _Settings(NamedTuple):
    """The settings of every pipeline: read words as given, from disk, quietly, on the CPU."""

    lang: str = "en"
    processors: str = "tokenize,pos,lemma,depparse"
    tokenize_pretokenized: bool = True
    download_method: None = None
    use_gpu: bool = False
    verbose: bool = False
    depparse_resolve_head_constraints: bool = True


def load_folder(folder: Path, name: str) -> StanzaParser:
    """Give the parser with the model files of a folder; AttribError names the file that does not load.

    The folder may hold a pretrained encoder as well, as transformers reads it, for networks whose ``bert_model`` is
    ``encoder``.
    """
    vectors = folder / "vectors.pt"
    with _quiet(f"{folder}: these networks are"):
        import stanza
        import torch
        from stanza.models.common.foundation_cache import BertRecord, FoundationCache
        from stanza.models.common.pretrain import Pretrain

        class Vectors(Pretrain):  # type: ignore[misc]
            """Word vectors that are stored in half precision and used in single precision."""

            @cached_property
            def emb(self) -> Any:
                return super().emb.to(torch.float32)

        cache = FoundationCache()
        cache.pretrains[str(vectors)] = Vectors(str(vectors))
        if (folder / ENCODER).is_dir():
            cache.bert[ENCODER] = BertRecord(*_encoder(folder / ENCODER), {})
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
            if isinstance(error, OSError) and not cache.bert:
                # The model's own files have been read before; transformers looks for its files in vain.
                raise AttribError(
                    f"{folder / ENCODER}: the networks read with a pretrained encoder, which is missing"
                ) from error
            reason = str(error).splitlines() or [type(error).__name__]
            raise AttribError(f"{folder}: the model files do not fit together: {reason[0]}") from error
    return StanzaParser(pipeline, name)


def _encoder(folder: Path) -> tuple[Any, Any]:
    """A pretrained encoder and its tokenizer."""
    # As Any, so that types are checked alike with and without it.
    transformers: Any = import_module("transformers")
    transformers.utils.logging.disable_progress_bar()
    try:
        # What Stanza itself asks of both.
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, add_prefix_space=True, local_files_only=True)
        return transformers.AutoModel.from_pretrained(folder, local_files_only=True), tokenizer
    except Exception as error:
        reason = str(error).splitlines() or [type(error).__name__]
        raise AttribError(f"{folder}: not an encoder that transformers reads: {reason[0]}") from error


def load_default() -> StanzaParser:
    """Give the parser with Stanza's published English models, if the user has them."""
    with _quiet("the published models are"):
        import stanza
        from stanza.resources.common import DEFAULT_MODEL_DIR

        try:
            pipeline = stanza.Pipeline(**_Settings()._asdict())
        except Exception as error:
            raise AttribError(
                f"{DEFAULT_MODEL_DIR}: no complete set of Stanza's published English models here; fetch it once on "
                "a connected machine with: python -c \"import stanza; stanza.download('en')\""
            ) from error
    return StanzaParser(pipeline, "stanza default")


@contextmanager
def _quiet(subject: str) -> Iterator[None]:
    """Keep Stanza's log off stderr; AttribError that ``subject`` needs it if it or transformers is not installed."""
    logger = logging.getLogger("stanza")
    disabled = logger.disabled
    logger.disabled = True
    try:
        yield
    except ModuleNotFoundError as error:
        extra = "train" if error.name == "transformers" else "stanza"
        raise AttribError(
            f"{subject} run by Stanza itself: no module {error.name}; pip install 'attrib[{extra}]'"
        ) from error
    finally:
        logger.disabled = disabled
