"""Text that was decoded from a file, with the place in the file of each character."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from attribution.ingest.reading import Reading
from attribution.records import Anchor, Block, Link, Span

_QUOTED_PRINTABLE = re.compile(
    rb"(?P<soft>=[ \t]*\r?\n)|=(?P<byte>[0-9A-Fa-f]{2})|(?P<space>[ \t]+)|(?P<literal>[^= \t]+|=)"
)
# Python's codecs for names of hosts and for its own source, some of which take quadratic time.
_NO_CHARSETS = frozenset(("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))
_BASE64 = re.compile(rb"[A-Za-z0-9+/]")


class PlacedText(NamedTuple):
    """A text, and for each of its characters and its end the place in the file that it comes from."""

    text: str
    places: Sequence[int]

    def kept(self, spans: Iterable[Span]) -> PlacedText:
        """The text in the spans only."""
        pieces: list[str] = []
        places: list[int] = []
        for span in spans:
            pieces.append(self.text[span.start : span.end])
            places += self.places[span.start : span.end]
        return PlacedText("".join(pieces), [*places, self.places[-1]])


def placed_text(payload: bytes, start: int, encoding: str, charset: str) -> PlacedText:
    """Decode a part of a mail message from its transfer encoding and its charset; it begins at byte ``start``.

    The places are bytes of the file. What cannot be decoded becomes U+FFFD.
    """
    data = payload
    places: Sequence[int] = range(start, start + len(payload) + 1)
    if encoding == "quoted-printable":
        data, places = _from_quoted_printable(payload, start)
    elif encoding == "base64":
        data, places = _from_base64(payload, start)
    text = _decoded(data, charset)
    if len(text) == len(data):
        return PlacedText(text, places)
    return PlacedText(text, list(_places_of_characters(text, charset, places)))


def _decoded(data: bytes, charset: str) -> str:
    try:
        if codecs.lookup(charset).name not in _NO_CHARSETS:
            return data.decode(charset, errors="replace")
    except (LookupError, ValueError):
        pass
    return data.decode("cp1252", errors="replace")


def _places_of_characters(text: str, charset: str, places: Sequence[int]) -> Iterator[int]:
    at, last = 0, len(places) - 1
    for character in text:
        yield places[min(at, last)]
        try:
            at += len(character.encode(charset)) if character > "\x7f" and character != "\ufffd" else 1
        except (LookupError, ValueError):
            at += 1
    yield places[last]


def _from_quoted_printable(payload: bytes, start: int) -> tuple[bytes, Sequence[int]]:
    data = bytearray()
    places: list[int] = []
    for match in _QUOTED_PRINTABLE.finditer(payload):
        first = start + match.start()
        if match["byte"]:
            data.append(int(match["byte"], 16))
            places.append(first)
        elif match["literal"] or (match["space"] and payload[match.end() : match.end() + 1] not in (b"\r", b"\n")):
            data += match[0]
            places += range(first, start + match.end())
        # Otherwise it is a soft line break, or white space at the end of a line, which a program may have added.
    return bytes(data), [*places, start + len(payload)]


def _from_base64(payload: bytes, start: int) -> tuple[bytes, Sequence[int]]:
    letters = [match.start() for match in _BASE64.finditer(payload)]
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    encoded = bytes(payload[letter] for letter in letters)
    data = binascii.a2b_base64(encoded + b"=" * (-len(encoded) % 4))
    # Four letters stand for three bytes.
    places = [start + letters[number * 4 // 3] for number in range(len(data))]
    return data, [*places, start + len(payload)]


def relocated(reading: Reading, places: Sequence[int], after: int) -> Reading:
    """Give the reading of a decoded text with anchors into the file; its own text begins ``after`` characters later."""
    anchors: list[Anchor] = []
    bounds = [anchor.text for anchor in reading.anchors[1:]] + [len(reading.text) + 1]
    last = len(places) - 1
    for anchor, bound in zip(reading.anchors, bounds, strict=True):
        expected = None
        for offset in range(anchor.text, bound):
            place = places[min(anchor.file + offset - anchor.text, last)]
            if place != expected:
                anchors.append(Anchor(offset + after, place))
            expected = place + 1

    def moved(span: Span) -> Span:
        return Span(span.start + after, span.end + after)

    def moved_block(block: Block) -> Block:
        speaker = None if block.speaker is None else moved(block.speaker)
        return msgspec.structs.replace(block, span=moved(block.span), speaker=speaker)

    return reading._replace(
        blocks=tuple(map(moved_block, reading.blocks)),
        anchors=tuple(anchors),
        links=tuple(Link(moved(link.span), link.target) for link in reading.links),
        left_out=tuple(msgspec.structs.replace(left, file=places[min(left.file, last)]) for left in reading.left_out),
    )
