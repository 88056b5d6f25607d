"""Why a draft cannot be analysed: one family of errors, each with a reason in a word that programs can read.

Every error is an ``AttribError`` too, so its message is one line that says what, where and what to do.
"""

from __future__ import annotations

from typing import ClassVar

from attribution.records import AttribError, Draft

LONGEST = 1_000_000
"""The most characters of a draft that is analysed unless more are asked for: a long novel, for a gigabyte of memory."""


class DraftError(AttribError):
    """A draft that cannot be analysed; ``reason`` says why in a word."""

    reason: ClassVar[str] = "unreadable"


class NotTextError(DraftError):
    """What is given is no string: None, NaN, a number."""

    reason = "not-text"


class EmptyDraftError(DraftError):
    """There is nothing to read: no character, or no word."""

    reason = "empty"


class NotEnglishError(DraftError):
    """The draft is clearly in another language."""

    reason = "not-english"


class TooLongError(DraftError):
    """The draft has more characters than were asked for."""

    reason = "too-long"


class CrashError(DraftError):
    """The process that read the draft died each time, most likely for lack of memory."""

    reason = "crash"


class UnreadableDraftError(DraftError):
    """The bytes are no text in a known encoding, or a damaged file."""


def check_length(draft: Draft, longest: int = LONGEST) -> None:
    """Raise TooLongError if the draft has more than ``longest`` characters."""
    if len(draft.text) > longest:
        raise TooLongError(
            f"{draft.path}: has {len(draft.text):,} characters, more than {longest:,}; divide it, or allow more "
            "(--longest, in Python longest=…)"
        )


def check_text(value: object, path: str) -> None:
    """Raise NotTextError if a value is no string, as in a column of a table that has gaps."""
    if not isinstance(value, str):
        raise NotTextError(f"{path}: is {value!r:.40} ({type(value).__name__}), not a text; give a string")
