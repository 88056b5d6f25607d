"""A parser without a model: each word hangs on the first one of its sentence, or on the word *said*."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attribution.parsing.form_parser import FormParser
from attribution.parsing.windows import Word
from attribution.records import ROOT


class FlatParser(FormParser):
    """Knows *said* and proper names, which is enough for a source; calls ``before`` each time it reads."""

    def __init__(self, before: Callable[[], object] = lambda: None) -> None:
        self.name = "flat"
        self.before = before

    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        self.before()
        return [_words(sentence) for sentence in sentences]


def _words(forms: Sequence[str]) -> list[Word]:
    root = forms.index("said") if "said" in forms else 0
    found = []
    for index, form in enumerate(forms):
        if index == root:
            found.append(Word("say" if form == "said" else form.lower(), "VERB", "VBD", ROOT, "root"))
        elif form[0].isupper() and index > 0:
            found.append(Word(form, "PROPN", "NNP", root, "nsubj"))
        elif form[0].isalpha():
            found.append(Word(form.lower(), "NOUN", "NN", root, "obl"))
        else:
            found.append(Word(form, "PUNCT", ".", root, "punct"))
    return found
