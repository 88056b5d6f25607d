"""What an element of a web page is by the names that the page gives it: its classes, its id, its roles."""

from __future__ import annotations

import re
from collections.abc import Mapping

LONGEST_NAMES = 4000
"""The most characters of an element's classes that are looked at."""

POST = re.compile(
    r"\b(?:twitter-(?:tweet|video)|bluesky-embed|instagram-media|text-post-media|fb-(?:post|video)|tiktok-embed|"
    r"mastodon-embed)\b"
)
ENTRY = re.compile(
    r"liveblogupdate|\blive-?blog[\w-]*?[-_](?:post|entry|item|update|block)\b|\blive[-_](?:post|entry|update)\b|"
    r"\bstream[-_]+post\b|\btimeline[-_]+(?:entry|item|post)\b",
    re.IGNORECASE,
)
QUOTE = re.compile(
    r"(?<![\w-])(?:[a-z]+[-_]+)?(?:pull|block)[-_]?quote(?:[-_]+(?:block|box|wrap\w*))?(?![\w-])", re.IGNORECASE
)
SIGNATURE = re.compile(
    r"(?<![a-z])(?:attribution|author|cite|citation|credit|signature|source|speaker)(?![a-z])", re.IGNORECASE
)
BYLINE = re.compile(r"\bby-?line\b|\bauthor(?:-?names?)?\b", re.IGNORECASE)
CAPTION = re.compile(
    r"(?<![\w-])(?:wp-)?(?:(?:image|img|photo|picture|media|figure|video)[-_]+)?caption(?:[-_]+text)?(?![\w-])",
    re.IGNORECASE,
)
POPUP = re.compile(
    r"(?<![\w-])(?:[a-z]+[-_])*(?:tool-?tip-?text|(?:rollover|tool-?tip|popover|hover-?card)(?:[-_][a-z]+)*[-_]"
    r"(?:block|body|box|card|content|inner|panel|text))(?![\w-])",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_NOTES = re.compile(
    r"(?<![\w-])(?:doc-)?(?:foot|end|rear)[-_]?notes?(?:[-_]?(?:list|text|body|content|item|section|wrap\w*|area))?(?![\w-])",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(
    r"\b(?:foot|end)?note[-_]?ref\b|\b(?:foot|end)note\b|\bfn[-_]?(?:back)?ref\b|\b(?:doc-)?backlink\b|\bbackref\b|"
    r"\breference\b|\bcite_ref",
    re.IGNORECASE,
)


def names_of(attributes: Mapping[str, str | None], *wanted: str) -> str:
    """An element's classes and other names, separated by spaces."""
    return " ".join((attributes.get(name) or "")[:LONGEST_NAMES] for name in wanted)


def holds_notes(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element holds foot- or endnotes."""
    if tag == "ol" and "references" in names_of(attributes, "class").split():
        return True
    return _NOTES.search(names_of(attributes, "class", "id", "role", "epub:type")) is not None


def is_named_as_note_mark(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element is named as the mark of a note, or as the link back to it."""
    return _NOTE_MARK.search(names_of(attributes, "class", "id", "role", "epub:type")) is not None
