"""Reads mail messages (.eml; RFC 5322, MIME): press releases as they arrive.

The subject is the headline, the sender the byline, the date a dateline; of the text, the message's own is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email import message_from_string
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import NamedTuple

from attribution.draft_errors import UnreadableDraftError
from attribution.ingest.hypertext import read_html
from attribution.ingest.mail_replies import Own, own_html, own_text
from attribution.ingest.offsets import Offsets
from attribution.ingest.placed_text import placed_text, relocated
from attribution.ingest.plain import read_plain
from attribution.ingest.reading import FileText, Reading, ReadingText, file_place
from attribution.records import Anchor, AttribError, BlockKind

MOST_PARTS = 200
"""The most parts of a message."""

LONGEST_FIELD = 2000
"""The most characters of a field of the header that are read."""

MOST_NAMED = 5
"""How many attachments a notice names."""

LONGEST_NAME = 60
"""The most characters of an attachment's name in a notice."""

FEWEST_WORDS = 20
"""The fewest words of a plain text that is read where the message also has its text in HTML."""

_KINDS = {"subject": BlockKind.HEADLINE, "from": BlockKind.BYLINE, "date": BlockKind.DATELINE}
_FIELD = re.compile(r"^(?P<name>Subject|From|Date):(?P<value>.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_HEADER_END = re.compile(r"\r?\n\r?\n")
_PIECE = re.compile(r"\S+")
_KNOWN_FIELDS = ("From", "Subject", "Date", "MIME-Version", "Content-Type", "Received")
_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)


class _Part(NamedTuple):
    """A part of the message with text: its subtype, where its payload begins in the file, and its own text."""

    subtype: str
    own: Own


def read_mail(data: bytes, path: str, *, whole_page: bool = False) -> FileText:
    """Read a mail message. Places are those of the file, also of text that is encoded in it.

    Left out, with a notice: attachments, earlier messages that it answers, and the signature. Raises ``AttribError`` if
    it cannot be read.
    """
    source = source_of_mail(data)
    if data.lower().count(b"boundary") > MOST_PARTS:
        raise UnreadableDraftError(f"{path}: has more than {MOST_PARTS} parts; save the text of the message as .txt")
    try:
        # As Latin-1, each byte is a character, and line ends stay as they are.
        message = message_from_string(data.decode("latin-1"))
        if not any(message.get(name) for name in _KNOWN_FIELDS):
            raise UnreadableDraftError(
                f"{path}: is no mail message, because it has no header (From, Subject, Date); name plain text .txt"
            )
        parts, attachments = _parts(message, data)
    except AttribError:
        raise
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableDraftError(
            f"{path}: is a broken mail message ({error}); save the text of the message as .txt"
        ) from None
    part = _chosen(parts)
    if part is None:
        kept = " (it is encrypted, or only has attachments)" if attachments or message.is_multipart() else ""
        raise UnreadableDraftError(f"{path}: has no text{kept}; save the text of the message as .txt")
    places = part.own.text.places
    if not data.isascii() and len(source) < len(data):
        offsets = Offsets(source)
        places = [offsets.from_utf8(_character_start(data, place)) for place in places]
    text = part.own.text.text
    body = read_html(text, whole_page=whole_page) if part.subtype == "html" else read_plain(text)
    return FileText(source, _joined(_header(source), body, places), tuple(_notices(part.own, attachments)))


def source_of_mail(data: bytes) -> str:
    """The text of a message as it is in the file; bytes that are not UTF-8 are characters of their own."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _character_start(data: bytes, place: int) -> int:
    while 0 < place < len(data) and data[place] & 0xC0 == 0x80:
        place -= 1
    return place


def _parts(message: Message, data: bytes) -> tuple[list[_Part], list[str]]:
    """The parts with text, and the names of the attachments."""
    parts: list[_Part] = []
    attachments: list[str] = []
    place = 0
    for part in message.walk():
        if part.is_multipart():
            continue
        name = part.get_filename() or ""
        subtype = part.get_content_subtype()
        payload = part.get_payload()
        is_text = part.get_content_maintype() == "text" and subtype in ("plain", "html")
        if part.get_content_disposition() == "attachment" or not is_text or not isinstance(payload, str):
            if name or part.get_content_disposition() == "attachment":
                attachments.append(name or part.get_content_type())
            continue
        raw = payload.encode("latin-1")
        start = data.find(raw, place)
        place = max(place, start)
        encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
        charset = part.get_content_charset() or "utf-8"
        text = placed_text(raw, max(start, 0), encoding, "cp1252" if charset in _LATIN else charset)
        parts.append(_Part(subtype, own_html(text) if subtype == "html" else own_text(text)))
    return parts, attachments


_LATIN = ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")


def _chosen(parts: Sequence[_Part]) -> _Part | None:
    """The first plain text that is more than a hint to read the other one, else the first text in HTML."""
    with_words = [part for part in parts if any(map(str.isalnum, part.own.text.text))]
    plain = next((part for part in with_words if part.subtype == "plain"), None)
    html = next((part for part in with_words if part.subtype == "html"), None)
    if plain is not None and (html is None or len(plain.own.text.text.split()) >= FEWEST_WORDS):
        return plain
    return html


def _header(source: str) -> Reading:
    """The subject, the sender and the date."""
    text = ReadingText()
    end = _HEADER_END.search(source)
    seen: set[str] = set()
    for field in _FIELD.finditer(source, 0, end.start() if end else len(source)):
        name = field["name"].lower()
        value = field["value"][:LONGEST_FIELD]
        if name in seen or not value.strip():
            continue
        seen.add(name)
        text.open_block(_KINDS[name])
        place = field.start("value")
        shown = _decoded(value)
        if name == "from":
            shown = parseaddr(" ".join(shown.split()))[0] or " ".join(shown.split())
        elif name == "subject":
            shown = _PREFIX.sub("", shown.strip(), count=1)
        at = value.find(shown)
        if at < 0 or "\n" in shown:
            first = len(value) - len(value.lstrip())
            text.write_instead(" ".join(shown.split()), place + first)
        else:
            for piece in _PIECE.finditer(shown):
                text.write_space(place + at + max(piece.start() - 1, 0))
                text.write(piece[0], place + at + piece.start())
        text.close_block()
    return text.result()


def _decoded(value: str) -> str:
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return value


def _joined(header: Reading, body: Reading, places: Sequence[int]) -> Reading:
    """The header's blocks, and below them those of the body, whose characters are at ``places`` in the file."""
    if not header.blocks:
        return relocated(body, places, 0)
    after = len(header.text) + 2
    moved = relocated(body, places, after)
    # The blank line represents the rest of the header.
    end = file_place(header.anchors, len(header.text))
    gap = (Anchor(len(header.text), end), Anchor(len(header.text) + 1, end))
    return moved._replace(
        text=f"{header.text}\n\n{body.text}",
        blocks=(*header.blocks, *moved.blocks),
        anchors=(*header.anchors, *gap, *moved.anchors),
    )


def _notices(own: Own, attachments: Sequence[str]) -> Iterator[str]:
    if own.replies:
        yield "answers earlier messages, which were left out"
    if own.has_signature:
        yield "ends in a signature, which was left out"
    if attachments:
        names = ", ".join(" ".join(name.split())[:LONGEST_NAME] for name in attachments[:MOST_NAMED])
        more = f" and {len(attachments) - MOST_NAMED} more" if len(attachments) > MOST_NAMED else ""
        told = "an attachment, which was" if len(attachments) == 1 else f"{len(attachments)} attachments, which were"
        yield f"has {told} not read: {names}{more}"
