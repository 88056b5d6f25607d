"""What spans of a Markdown paragraph are no running text: images with their captions, and the marks of footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from attribution.ingest.footnote_marks import is_footnote_mark

if TYPE_CHECKING:
    from markdown_it.token import Token

FEWEST_CAPTION_WORDS = 3
"""The fewest words of an image's title or description that are its caption, not a name for it."""

MOST_MARK_TOKENS = 5
"""The most pieces between ``<sup>`` and ``</sup>`` around the mark of a footnote."""

LONGEST_WORD = 40
"""How many characters before the mark of a footnote are looked at."""

PLACE = "place"
"""The key under which a token's ``meta`` holds where in its block it begins."""

_SUPERSCRIPT = re.compile(r"<sup(?:\s[^<>]*)?>", re.IGNORECASE)
_SUPERSCRIPT_END = re.compile(r"</sup\s*>", re.IGNORECASE)
_AROUND_IMAGE = ("link_open", "link_close")
_BREAKS = ("softbreak", "hardbreak")


class Figure(NamedTuple):
    """An image that is a paragraph of its own: its caption, where in the block that begins, and the lines below."""

    words: str
    place: int
    below: Sequence[Token]


def figure_of(tokens: Sequence[Token], content: str) -> Figure | None:
    """The figure that a paragraph is, whose ``content`` is on one line; None for a paragraph with other text.

    Its caption is a line in italic or bold type below the image, else the image's title, else its description.
    """
    shown = [token for token in tokens if token.type not in _AROUND_IMAGE and (token.type != "text" or token.content)]
    if not shown or shown[0].type != "image":
        return None
    image = shown[0]
    if len(shown) == 1:
        return Figure(*_caption(image, content), ())
    below = shown[1:]
    if below[0].type not in _BREAKS or not _is_all_emphasised(below[1:]):
        return None
    return Figure("", image.meta[PLACE], below[1:])


def _caption(image: Token, content: str) -> tuple[str, int]:
    """An image's caption, empty if it has none, and where in the block it begins."""
    start: int = image.meta[PLACE]
    for words in (str(image.attrGet("title") or ""), "".join(_words(image.children or ()))):
        if len(words.split()) >= FEWEST_CAPTION_WORDS:
            words = " ".join(words.split("\n"))
            return words, max(content.find(words, start), start)
    return "", start


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        yield " " if token.type in _BREAKS else token.content


def _is_all_emphasised(tokens: Sequence[Token]) -> bool:
    """Whether everything is in italic or bold type."""
    depth = 0
    for token in tokens:
        if token.type in ("em_open", "strong_open"):
            depth += 1
        elif token.type in ("em_close", "strong_close"):
            depth -= 1
        elif not depth and (token.content.strip() or token.type == "image"):
            return False
    return bool(tokens)


def footnote_mark_tokens(tokens: Sequence[Token], content: str) -> frozenset[int]:
    """The numbers of the tokens that are the mark of a footnote between ``<sup>`` and ``</sup>``."""
    found: set[int] = set()
    for number, token in enumerate(tokens):
        if token.type != "html_inline" or not _SUPERSCRIPT.fullmatch(token.content):
            continue
        ends = range(number + 1, min(number + MOST_MARK_TOKENS + 2, len(tokens)))
        end = next((place for place in ends if _SUPERSCRIPT_END.fullmatch(tokens[place].content)), None)
        if end is None:
            continue
        inside = tokens[number + 1 : end]
        words = "".join(_words([part for part in inside if part.type != "html_inline"]))
        is_named = any(part.type == "link_open" or part.content.startswith("<a") for part in inside)
        if is_footnote_mark(
            words, content[max(0, token.meta[PLACE] - LONGEST_WORD) : token.meta[PLACE]], is_named=is_named
        ):
            found.update(range(number, end + 1))
    return frozenset(found)
