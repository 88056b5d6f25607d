"""Parses drafts with Stanza's models but without torch and Stanza: starts quickly and parses several times as fast.

The models are Stanza's own; NumPy runs their networks (``networks``, ``lemmatizer``) with the same results, up to
rounding. ``tests/parsing`` and ``scripts/measure_model.py --check`` compare the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from threadpoolctl import ThreadpoolController

from attribution.parsing.form_parser import FormParser
from attribution.parsing.lemmatizer import Lemmatizer
from attribution.parsing.lemmatizer import runs_here as lemmatizer_runs_here
from attribution.parsing.model_checks import check_parts
from attribution.parsing.model_files import read_model
from attribution.parsing.networks import GraphParser, Tagger, Vectors, model_form, runs_here
from attribution.parsing.windows import Word
from attribution.records import AttribError


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
        # Damaged weights may overflow, which the parser notices by itself.
        with self._threads.limit(limits=1, user_api="blas"), np.errstate(all="ignore"):
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


def load_folder(folder: Path, name: str, *, checked: bool = True) -> NumpyParser | None:
    """Give the parser with the model files of a folder; None if only Stanza can run their networks.

    Whether the parts fit together is ``checked``, which takes half as long as loading them; for the embedded model,
    whose files have checksums, the tests do it. Raises AttribError with the file that cannot be read, or that does not
    fit the others.
    """
    parts = read_model(folder)
    try:
        if not (runs_here(parts.tagger["config"], parts.parser["config"]) and lemmatizer_runs_here(parts.lemmatizer)):
            return None
        if checked:
            check_parts(parts)
        known = Vectors(parts.vectors["vocab"]["_unit2id"], parts.vectors["emb"])
        with np.errstate(all="ignore"):
            tagger, lemmatizer = Tagger(parts.tagger, known), Lemmatizer(parts.lemmatizer)
            return NumpyParser(tagger, lemmatizer, GraphParser(parts.parser, known), name)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise AttribError(f"{folder}: the model files do not fit together: {error}") from error
