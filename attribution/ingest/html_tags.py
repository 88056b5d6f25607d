"""Takes HTML apart into tags and text, each with its position, in time proportional to its length.

Parsers of other packages build a tree and give line numbers at most; the standard library's ``html.parser`` gives
positions, but takes quadratic time for unclosed tags and comments. The rules are those of the HTML standard's tokenizer
(https://html.spec.whatwg.org/multipage/parsing.html), with two exceptions, for the sake of broken pages: references
(``&amp;``) are left in the text, and a tag or comment that is never closed is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_UNCLOSED = 20
"""After this many tags that are never closed, all that follows is text."""

LONGEST_REFERENCE = 40
"""The longest character reference, in characters; the longest named one has 33."""


class Text(NamedTuple):
    """Text between tags, as it is in the source: where it starts and ends."""

    start: int
    end: int


class StartTag(NamedTuple):
    """A start tag: name and attribute names in lower case, values without quotation marks and references."""

    start: int
    name: str
    attributes: dict[str, str | None]


class EndTag(NamedTuple):
    """An end tag, or the end of a tag that closes itself (``<br/>``)."""

    start: int
    name: str


_TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)"
    r"(?:(?P<given>\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<plain>(?![\"'])[^\s>]*+)))|(?!\s*+=))"
)
_TAG_END = re.compile(r"[\s/]*+>")
_COMMENT_END = re.compile(r"--(?:\s*+|!)>")
_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]+;?")
# Elements whose content is not markup.
_RAW = {name: re.compile(rf"</\s*{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}


def tokens(source: str, start: int, end: int) -> Iterator[Text | StartTag | EndTag]:
    """Yield the tags and the text of a part of a source, in order; comments and declarations are left out."""
    place = written = start
    last_close = source.rfind(">", start, end)
    # Where a search for the end of a comment has failed, all later ones fail.
    has_comment_end, unclosed = True, 0
    while (place := source.find("<", place, end)) >= 0:
        if place > last_close or unclosed > MOST_UNCLOSED:
            break
        found: StartTag | EndTag | None = None
        closes_itself = False
        after = place + 1
        if source.startswith("<!--", place):
            match = _COMMENT_END.search(source, place + 4, end) if has_comment_end else None
            has_comment_end = match is not None
            after = match.end() if match else 0
        elif source.startswith(("<!", "<?"), place):
            after = source.find(">", place, end) + 1
        elif source.startswith("</", place):
            name = _TAG_NAME.match(source, place + 2, end)
            after = source.find(">", place, end) + 1
            found = EndTag(place, name[0].lower()) if name else None
        elif name := _TAG_NAME.match(source, place + 1, end):
            attributes, after, closes_itself = _attributes(source, name.end(), end)
            found = StartTag(place, name[0].lower(), attributes)
            unclosed += not after
        else:
            place += 1
            continue
        if not after:  # The markup is never closed: it is text up to the next place where a tag may begin.
            place = source.find(">", place, end) + 1
            continue
        if written < place:
            yield Text(written, place)
        if found is not None:
            yield found
        if closes_itself and found is not None:
            yield EndTag(place, found.name)
        place = written = after
        raw = _RAW.get(found.name) if isinstance(found, StartTag) and not closes_itself else None
        if raw is not None and found is not None:
            match = raw.search(source, place, end)
            place = match.start() if match else end
            written = place
    if written < end:
        yield Text(written, end)


def _attributes(source: str, place: int, end: int) -> tuple[dict[str, str | None], int, bool]:
    """A start tag's attributes from its name's end on, where it ends (0 if nowhere), and whether it closes itself."""
    attributes: dict[str, str | None] = {}
    while match := _ATTRIBUTE.match(source, place, end):
        value = None
        if match["given"] is not None:
            value = unescaped(match["double"] or match["single"] or match["plain"] or "")
        attributes[match["name"].lower()] = value
        place = match.end()
    closing = _TAG_END.match(source, place, end)
    if closing is None:
        return {}, 0, False
    return attributes, closing.end(), closing[0].endswith("/>")


def unescaped(words: str) -> str:
    """Give words with their references replaced, as ``html.unescape`` does; numbers of any length are safe."""
    if "&" not in words:
        return words
    return html.unescape(_NUMBER.sub(_safe_number, words))


def _safe_number(match: re.Match[str]) -> str:
    return match[0] if len(match[0]) <= LONGEST_REFERENCE else "\ufffd"
