"""Parses very long sentences in windows, which are joined into one tree.

A graph parser needs memory for every pair of words, and was trained on sentences of a few dozen; a list of two thousand
words is cut at the safest points, and its parts are attached to the root of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attribution.records import ROOT

LONGEST = 200
"""The most words that the parser sees at once."""

SHORTEST = 40
"""A window is cut at most three times this many words before the limit."""

# Punctuation that most often ends a part, safest first; the cut comes after it.
SAFE_POINTS = ((".", "!", "?", "…", "..."), (";", "•", "|"), (":", "–", "—", "--"), (",",), (")", "]", "”", '"'))


class Word(NamedTuple):
    """The models' analysis of a word; ``head`` is 0-based or ROOT."""

    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str


def window_bounds(forms: Sequence[str]) -> list[tuple[int, int]]:
    """Give the windows of a sentence as half-open ranges of words, one for a sentence of ordinary length."""
    bounds: list[tuple[int, int]] = []
    start = 0
    while len(forms) - start > LONGEST:
        end = _cut(forms, start)
        bounds.append((start, end))
        start = end
    bounds.append((start, len(forms)))
    return bounds


def _cut(forms: Sequence[str], start: int) -> int:
    """Where the window from ``start`` ends: after the last occurrence of the safest kind of point in it."""
    for points in SAFE_POINTS:
        for index in range(start + LONGEST - 1, start + LONGEST - SHORTEST * 3, -1):
            if forms[index] in points:
                return index + 1
    return start + LONGEST


def join_windows(parses: Sequence[Sequence[Word]]) -> list[Word]:
    """Give one tree: the root of each later window is attached to the first window's root as ``parataxis``."""
    if len(parses) == 1:
        return list(parses[0])
    joined: list[Word] = []
    root = next((index for index, word in enumerate(parses[0]) if word.head == ROOT), 0) if parses else 0
    for number, parse in enumerate(parses):
        offset = len(joined)
        for word in parse:
            if word.head != ROOT:
                joined.append(word._replace(head=word.head + offset))
            elif number == 0:
                joined.append(word)
            else:
                joined.append(word._replace(head=root, relation="punct" if word.upos == "PUNCT" else "parataxis"))
    return joined
