"""The parser protocol, and the parser that returns existing parses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attribution.records import AttribError, Draft, Sentence


class Parser(Protocol):
    """Gives the parsed sentences of drafts; ``name`` identifies the model in reports."""

    name: str

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        """The sentences of each draft, in the order of the drafts."""
        ...


class ConlluParser:
    """Returns parses that were read from CoNLL-U, so that neither a model nor Stanza is needed."""

    name = "conllu"

    def __init__(self, parses: Sequence[tuple[Draft, tuple[Sentence, ...]]]) -> None:
        """``parses`` are the results of ``read_conllu``."""
        self._sentences = {(draft.path, draft.text): sentences for draft, sentences in parses}

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        """The stored sentences of each draft; raises AttribError for a draft that was not read from CoNLL-U."""
        for draft in drafts:
            if (draft.path, draft.text) not in self._sentences:
                raise AttribError(f"{draft.path}: no CoNLL-U parse was given for this draft; give one, or use a model")
        return [self._sentences[draft.path, draft.text] for draft in drafts]
