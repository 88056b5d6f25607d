"""Finds sentences and words, with NLTK: Punkt (Kiss and Strunk 2006) and the NLTK word tokenizer.

The spans are then adjusted to what the parser was trained on, the tokens of Universal Dependencies English
(EWT, GUM; https://universaldependencies.org/en/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from attribution.records import AttribError, Draft, Span
from attribution.resources import model_folder

SEGMENTER_FILE = "segmenter.json"


class SegmenterParameters(msgspec.Struct, frozen=True):
    """What ``scripts/train_segmenter.py`` learned: Punkt's parameters, and hyphenated prefixes that stay in one word.

    ``orthographic_context`` are Punkt's bit flags a word type: seen in upper or lower case, at the start of a sentence
    or within. ``abbreviations`` have no final full stop.
    """

    abbreviations: tuple[str, ...]
    collocations: tuple[tuple[str, str], ...]
    sentence_starters: tuple[str, ...]
    orthographic_context: dict[str, int]
    joined_prefixes: tuple[str, ...] = ()
    joined_words: tuple[str, ...] = ()


def segment(draft: Draft) -> list[tuple[int, list[Span]]]:
    """The draft's sentences in text order, each with the index of its block and the spans of its words.

    Words are non-empty, in order, hold no white space, and together cover every character of the blocks that is not
    white space. No sentence crosses a block.
    """
    found: list[tuple[int, list[Span]]] = []
    for index, block in enumerate(draft.blocks):
        text = draft.text[block.span.start : block.span.end]
        for start, end in _sentences(text):
            spans = [
                Span(block.span.start + start + left, block.span.start + start + right)
                for left, right in _words(text[start:end])
            ]
            if spans:
                found.append((index, spans))
    return found


@cache
def _parameters(path: Path) -> SegmenterParameters:
    try:
        return msgspec.json.decode(path.read_bytes(), type=SegmenterParameters)
    except (OSError, msgspec.DecodeError) as error:
        raise AttribError(f"{path}: cannot read the segmenter's parameters: {error}") from error


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    known = _parameters(model_folder() / SEGMENTER_FILE)
    parameters = PunktParameters()
    parameters.abbrev_types.update(known.abbreviations)
    parameters.collocations.update(known.collocations)
    parameters.sent_starters.update(known.sentence_starters)
    parameters.ortho_context.update(known.orthographic_context)
    return PunktSentenceTokenizer(parameters)


@cache
def _word_tokenizer() -> Any:
    from nltk.tokenize import NLTKWordTokenizer

    return NLTKWordTokenizer()


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Punkt's sentences of a block, those joined again that no sentence end divides."""
    pending: tuple[int, int] | None = None
    for start, end in _punkt().span_tokenize(text):
        if pending is not None and _continues(text, pending, start):
            pending = (pending[0], end)
            continue
        if pending is not None:
            yield pending
        pending = (start, end)
    if pending is not None:
        yield pending


_CLOSING = "\"'’”)]}»"


def _continues(text: str, previous: tuple[int, int], start: int) -> bool:
    """Whether what follows belongs to the sentence before: a lower-case word after a closing quotation mark."""
    following = text[start : start + 1]
    return following.islower() and text[previous[1] - 1] in _CLOSING


_PROTECTED = re.compile(
    r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?'’)\]]|www\.[^\s<>\"“”]*[^\s<>\"“”.,;:!?'’)\]]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\d{1,2}:\d\d(?::\d\d)?"
)
_CUTS = re.compile(
    r"(?<=\w)[-‐‑](?=\w)|[–—/]|(?<=\w)(?=['’](?:s|S|m|M|d|D|re|RE|ve|VE|ll|LL)\b)|(?<=\w)(?=n['’]t\b|N['’]T\b)|[$£€¥%]"
)


def _words(sentence: str) -> list[tuple[int, int]]:
    """The words of a sentence as offsets in it: the pieces between white space and cuts."""
    cuts: set[int] = set()
    try:
        for start, end in _word_tokenizer().span_tokenize(sentence):
            cuts.update((start, end))
    except ValueError:
        cuts.update(place for match in re.finditer(r"\W", sentence) for place in match.span())
    for match in _CUTS.finditer(sentence):
        cuts.update(match.span())
    for match in _PROTECTED.finditer(sentence):
        cuts.difference_update(range(match.start() + 1, match.end()))
        cuts.update(match.span())
    # NLTK parts a curly apostrophe from its letters; the two stay together.
    for match in re.finditer(r"['’](?:s|m|d|re|ve|ll)\b|n['’]t\b", sentence, re.IGNORECASE):
        cuts.difference_update(range(match.start() + 1, match.end()))
    words: list[tuple[int, int]] = []
    for match in re.finditer(r"\S+", sentence):
        start = match.start()
        for cut in sorted(cut for cut in cuts if match.start() < cut < match.end()):
            words.append((start, cut))
            start = cut
        words.append((start, match.end()))
    return words
