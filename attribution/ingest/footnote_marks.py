"""Tells the marks of footnotes, which are no words of the text, from powers, ordinals and formulas."""

from __future__ import annotations

import re

from attribution.parsing.segmentation import is_seen_in_lower_case

LONGEST_MARK = 20
"""The longest footnote mark in characters (*[citation needed]*)."""

SHORTEST_WORD = 3
"""The fewest letters of a word that a number set higher is a footnote's mark behind; shorter ones may be units."""

_MARK = re.compile(r"\[\w{1,3}\]|\d{1,3}(?:\s*[,–-]\s*\d{1,3})*|[*†‡§¶]{1,3}")
_NUMBER = re.compile(r"\d")
_LAST_WORD = re.compile(r"([^\W\d_]+|\d+)$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_UNIT = re.compile(
    r"(?:[kcmdnµ]?m|metres?|meters?|miles?|feet|foot|ft|inch(?:es)?|in|yards?|yd|mi|sec|min|mol|kilomet\w+|centimet\w+)",
    re.IGNORECASE,
)


def is_footnote_mark(words: str, before: str, *, is_named: bool = False) -> bool:
    """Whether ``words`` that are set higher are the mark of a footnote; ``before`` ends with what they stand behind.

    ``is_named`` says that the markup links them or calls them a note. After a unit of length or a figure a number is a
    power (*km²*, *10⁶*), behind a year and other words it is not.
    """
    words = words.strip()
    if not words or len(words) > LONGEST_MARK:
        return False
    if is_named or words.startswith("["):
        return True
    if _MARK.fullmatch(words) is None:
        return False
    behind = _LAST_WORD.search(before.rstrip())
    if behind is None or _NUMBER.match(words) is None:
        return True
    word = behind[0]
    if word.isdigit():
        return _YEAR.fullmatch(word) is not None
    is_word = len(word) >= SHORTEST_WORD or (len(word) > 1 and word.islower() and is_seen_in_lower_case(word))
    return is_word and _UNIT.fullmatch(word) is None
