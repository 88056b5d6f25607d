"""What a rule proposes to write instead: edits of the draft's text."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from attribution.records import Span


class Applicability(StrEnum):
    """Whether a fix may be made without an editor.

    A ``safe`` one changes nothing of what the article tells. What is ``suggested`` may, and an editor must judge it.
    """

    SAFE = "safe"
    SUGGESTED = "suggested"


class Edit(msgspec.Struct, frozen=True, order=True):
    """Words of the draft's text, at least one character, and what to write in their place; empty to delete them."""

    span: Span
    replacement: str


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    """Edits that belong together, none of which overlap, and what they do: *Write “said”*."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SUGGESTED


def with_case_of(words: str, replacement: str) -> str:
    """The replacement with a capital letter, or all in capitals, where the words have them."""
    if len(words) > 1 and words.isupper():
        return replacement.upper()
    if words[:1].isupper():
        return replacement[:1].upper() + replacement[1:]
    return replacement


def leaves_words(old: str, new: str) -> bool:
    """Whether an edit leaves all letters and figures as they are: it changes marks and white space alone."""
    return [letter for letter in old if letter.isalnum()] == [letter for letter in new if letter.isalnum()]
