"""Ordinary prose of any length, made of the project's own sample texts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SEEDS = Path(__file__).parents[2] / "seeds"

_NAME = re.compile(r"\b[A-Z][a-z]+ ([A-Z][a-z]{2,})\b")
"""A word with a capital letter behind another: in most cases a surname."""

SYLLABLES = ("ba", "del", "fin", "gor", "kem", "lun", "mar", "nop", "rit", "sov")


def prose(size: int) -> str:
    """The sample texts one after the other, again and again with other surnames, up to about the size asked for."""
    pieces: list[str] = []
    length = number = 0
    while length < size:
        for text in _texts():
            pieces.append(_renamed(text, number))
            length += len(pieces[-1]) + 2
            if length >= size:
                break
        number += 1
    return "\n\n".join(pieces)[:size]


@cache
def _texts() -> tuple[str, ...]:
    paths = sorted(path for path in SEEDS.rglob("*.txt") if "marked" not in path.parts)
    return tuple(path.read_text(encoding="utf-8").strip() for path in paths)


def _renamed(text: str, number: int) -> str:
    """The text with an ending, of its own for each number, at surnames; the first time it is as it is written."""
    names = set(_NAME.findall(text))
    if not names or not number:
        return text
    ending = "".join(SYLLABLES[int(digit)] for digit in str(number))
    return re.sub(rf"\b({'|'.join(sorted(names))})\b", rf"\g<1>{ending}", text)
