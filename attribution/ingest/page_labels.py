"""The labels of web pages: headings of sections that lead elsewhere, and the names of controls."""

from __future__ import annotations

import re
import tomllib
from functools import cache

import msgspec

from attribution.lexicon import Entry, Words
from attribution.records import AttribError
from attribution.resources import lexicon_folder, tables_in

LABELS_FILE = "page-labels.toml"

LONGEST_LABEL = 80
"""The longest label, in characters."""

LONGEST_CALL = 200
"""The longest call to the reader, in characters."""


class PageLabel(Entry, frozen=True, kw_only=True):
    """page-labels.toml: words of a label; … stands for up to five words, # for a number."""

    words: Words


def is_section_label(words: str) -> bool:
    """Whether words, in small letters without punctuation, are the heading of a section that leads elsewhere."""
    return len(words) <= LONGEST_LABEL and _pattern("section").fullmatch(words) is not None


def is_control_label(words: str) -> bool:
    """Whether words, in small letters without punctuation, name a control of the page, or count its pictures."""
    return len(words) <= LONGEST_LABEL and _pattern("label").fullmatch(words) is not None


def is_call(words: str) -> bool:
    """Whether words, in small letters without punctuation, begin as a call to subscribe, follow, write or read on."""
    return len(words) <= LONGEST_CALL and _pattern("call").match(f"{words} ") is not None


@cache
def _pattern(table: str) -> re.Pattern[str]:
    """The labels in a table of the file as one pattern; AttribError if the file is missing or an entry is wrong."""
    path = lexicon_folder() / LABELS_FILE
    try:
        labels = [msgspec.convert(entry, PageLabel).words for entry in tables_in(path)[table]]
    except (OSError, KeyError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise AttribError(f"{path}: the labels of pages cannot be read: {error}") from error
    pieces = "|".join(" ".join(_piece(word) for word in label.split()) for label in labels)
    return re.compile(rf"(?:{pieces})(?= |$)")


def _piece(word: str) -> str:
    if word == "…":
        return r"\S+(?: \S+){0,4}"
    return r"\d+" if word == "#" else re.escape(word)
