"""Parses drafts with Stanza's models but without torch and Stanza: starts quickly and parses several times as fast.

The model files are Stanza's own; NumPy runs their networks (``networks``, ``lemmatizer``) with the same results, up to
rounding. ``tests/parsing`` and ``scripts/measure_model.py --check`` compare the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from threadpoolctl import ThreadpoolController

from attribution.parsing.checkpoint import CheckpointError, read_checkpoint
from attribution.parsing.form_parser import FormParser
from attribution.parsing.lemmatizer import Lemmatizer
from attribution.parsing.lemmatizer import runs_here as lemmatizer_runs_here
from attribution.parsing.networks import GraphParser, Tagger, Vectors, model_form, runs_here
from attribution.parsing.windows import Word
from attribution.records import AttribError

PARTS = {"vectors.pt": "emb", "tagger.pt": "model", "lemmatizer.pt": "dicts", "parser.pt": "model"}
"""A key that each model file has, to tell the files apart."""


class NumpyParser(FormParser):
    """Segments with NLTK; tags, lemmatises and parses with Stanza's networks, run by NumPy."""

    def __init__(self, tagger: Tagger, lemmatizer: Lemmatizer, parser: GraphParser, name: str) -> None:
        """The three parts of a model, and its name in reports."""
        self.name = name
        self._tagger = tagger
        self._lemmatizer = lemmatizer
        self._parser = parser
        self._threads = ThreadpoolController()

    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        """Give the parsed words of each sentence, given as its word forms; no sentence is empty.

        Runs in one thread: the products are small, and threads waiting for each other would cost more than they save.
        """
        with self._threads.limit(limits=1, user_api="blas"):
            return self._read(sentences)

    def _read(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        order = sorted(range(len(sentences)), key=lambda index: -len(sentences[index]))
        forms = [[model_form(form) for form in sentences[index]] for index in order]
        tags = self._tagger.tag(forms)
        lemmas = iter(
            self._lemmatizer.lemmas(
                [
                    (form, upos)
                    for index, tagged in zip(order, tags, strict=True)
                    for form, (upos, _) in zip(sentences[index], tagged, strict=True)
                ]
            )
        )
        lemmatised = [[(form, next(lemmas)) for form in sentence] for sentence in forms]
        parses: list[list[Word]] = [[] for _ in sentences]
        for index, words, tagged, tree in zip(order, lemmatised, tags, self._parser.parse(lemmatised), strict=True):
            # Stanza's parser reads an empty lemma as "_", although its documents hold the form.
            parses[index] = [
                Word(form if lemma == "_" else lemma, upos, xpos, head - 1, relation)
                for form, (_, lemma), (upos, xpos), head, relation in zip(
                    sentences[index], words, tagged, tree.heads[1:], tree.relations[1:], strict=True
                )
            ]
        return parses


def load_folder(folder: Path, name: str) -> NumpyParser | None:
    """Give the parser with the model files of a folder; None if only Stanza can run their networks.

    Raises AttribError with the file that cannot be read, or that does not fit the others.
    """
    contents = {part: _content(folder / part, key) for part, key in PARTS.items()}
    vectors, tagger, lemmatizer, parser = contents.values()
    try:
        if not (runs_here(tagger["config"], parser["config"]) and lemmatizer_runs_here(lemmatizer)):
            return None
        known = Vectors(vectors["vocab"]["_unit2id"], vectors["emb"])
        return NumpyParser(Tagger(tagger, known), Lemmatizer(lemmatizer), GraphParser(parser, known), name)
    except (KeyError, IndexError, ValueError) as error:
        raise AttribError(f"{folder}: the model files do not fit together: {error}") from error


def _content(path: Path, key: str) -> dict[str, Any]:
    try:
        content = read_checkpoint(path)
    except (CheckpointError, OSError) as error:
        raise AttribError(f"{path}: model file is truncated or of another format; copy it again") from error
    if key not in content:
        raise AttribError(f"{path}: this is not the {path.stem} of a Stanza model; copy it again")
    return content
