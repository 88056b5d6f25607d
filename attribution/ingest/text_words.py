"""Where the words of a draft are, so that asking for each of many names does not read the whole draft each time."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

_WORD = re.compile(r"\w+")
_LOWER = re.compile("[a-zß-öø-ÿ]")

LONGEST_INITIALS = 3
"""How many letters a label may have that consists of a name's initials."""


class TextWords:
    """The words of a text."""

    def __init__(self, text: str) -> None:
        """``text`` is the whole draft's."""
        self._text = text
        self._found: dict[tuple[str, str, str], bool] = {}

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for match in _WORD.finditer(self._text):
            places.setdefault(match[0], []).append(match.start())
        return places

    def count(self, word: str) -> int:
        """How often a word occurs that has only letters and digits; others are searched for, marks included."""
        if _WORD.fullmatch(word):
            return len(self._places.get(word, ()))
        return sum(1 for _ in self._starts(word))

    def is_within_sentence(self, name: str, before: str, after: str) -> bool:
        """Whether a name follows white space and a word, or one of the characters in ``before``.

        Neither white space nor a letter or digit, and then none of the characters in ``after``, may follow it.
        """
        key = name, before, after
        if key not in self._found:
            self._found[key] = any(self._is_placed(start, len(name), before, after) for start in self._starts(name))
        return self._found[key]

    def _starts(self, name: str) -> list[int]:
        """Where a name occurs as whole words."""
        first = _WORD.search(name)
        if first is None:
            return []
        starts = (place - first.start() for place in self._places.get(first[0], ()))
        return [
            start
            for start in starts
            if start >= 0
            and self._text.startswith(name, start)
            and self._ends_word(start + len(name)) == (_WORD.match(name[-1]) is not None)
        ]

    def _ends_word(self, place: int) -> bool:
        """Whether no letter or digit comes at a place."""
        return _WORD.match(self._text, place, place + 1) is None

    def _is_placed(self, start: int, length: int, before: str, after: str) -> bool:
        text = self._text
        place = start
        while place and text[place - 1].isspace():
            place -= 1
        led = place and place < start and (text[place - 1] in before or _WORD.match(text, place - 1, place) is not None)
        if not led:
            return False
        place = start + length
        while place < len(text) and text[place].isspace():
            place += 1
        return text[place : place + 1] not in after or place == len(text)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of runs of capitalised words with a space between them, as far as a label may have them."""
        found: set[str] = set()
        runs: list[str] = []
        end = -1
        for match in _WORD.finditer(self._text):
            word = match[0]
            follows = match.start() == end + 1 and self._text[end] == " "
            runs = [run + word[0] for run in runs if follows and len(run) < LONGEST_INITIALS]
            if _LOWER.match(word, 1):
                found.update((*runs, word[0]))
            # A word of one letter is itself an initial.
            runs = [*runs, word[0]] if len(word) > 1 else []
            end = match.end()
        return frozenset(found)


@lru_cache(maxsize=4)
def index_of_words(text: str) -> TextWords:
    """Give the words of a text; those of the last few texts are kept."""
    return TextWords(text)
