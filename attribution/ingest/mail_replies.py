"""What in a mail message is not the message: earlier messages that it answers, and the signature below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from attribution.ingest.html_tags import EndTag, StartTag, tokens
from attribution.ingest.placed_text import PlacedText
from attribution.records import Span

LONGEST_LINE = 300
"""The longest line, in characters, that may announce an earlier message."""

_ANNOUNCED = re.compile(r"\s*(?:On|Am|Le)\b.{3,250}\b(?:wrote|schrieb|écrit)\s*:\s*")
_EARLIER = re.compile(r"\s*-{2,}\s*Original (?:Message|Appointment)\s*-{2,}\s*|\s*_{20,}\s*", re.IGNORECASE)
_FORWARDED = re.compile(r"\s*(?:-{2,}\s*Forwarded (?:message|by .{1,100})\s*-{2,}|Begin forwarded message:)\s*", re.I)
_IN_FORWARDED = re.compile(r"-{2,}\s*Forwarded message|Begin forwarded message", re.IGNORECASE)
_FIELD = re.compile(r"\s*\*?(?:From|Sent|Date|To|Cc|Bcc|Subject|Reply-To):\*?\s.*", re.IGNORECASE)
_SIGNATURE = re.compile(r"-- ?\r?")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_QUOTING_NAMES = re.compile(
    r"\b(?:gmail_quote|gmail_extra|yahoo_quoted|protonmail_quote|moz-cite-prefix|divRplyFwdMsg|appendonsend)\b"
)
_SIGNATURE_NAMES = re.compile(r"\b(?:gmail_signature|moz-signature|Signature|protonmail_signature_block)\b")


class Own(NamedTuple):
    """The message's own text, how many lines of earlier messages were left out, and whether a signature was."""

    text: PlacedText
    replies: int
    has_signature: bool


def own_text(body: PlacedText) -> Own:
    """Give a plain text without the messages that it answers and without its signature.

    Answers are told by ``>`` and by the line that programs write above them; the text of a forwarded message is kept,
    and the whole text if nothing else is in it.
    """
    kept: list[Span] = []
    replies = start = 0
    in_earlier = in_fields = has_signature = False
    lines = body.text.split("\n")
    announcing = _announcing(lines)
    for number, line in enumerate(lines):
        end = start + len(line) + (number < len(lines) - 1)
        span, start = Span(start, end), end
        short = line if len(line) <= LONGEST_LINE else ""
        if _FORWARDED.fullmatch(short):
            in_fields, in_earlier, has_signature = True, False, False
        elif in_fields and (_FIELD.fullmatch(short) or not line.strip()):
            continue
        elif in_earlier or line.startswith(">") or number in announcing:
            replies += bool(line.strip())
        elif _EARLIER.fullmatch(short) and any(map(_is_field, lines[number + 1 : number + 4])):
            in_earlier = True
        elif has_signature or _SIGNATURE.fullmatch(line):
            has_signature = True
        else:
            in_fields = False
            kept.append(span)
    own = body.kept(kept)
    if not any(map(str.isalnum, own.text)):
        return Own(body, 0, has_signature=False)
    return Own(own, replies, has_signature)


def _is_field(line: str) -> bool:
    return len(line) <= LONGEST_LINE and _FIELD.fullmatch(line) is not None


def _announcing(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that say who wrote the quoted lines below; programs break such a line in two."""
    found: set[int] = set()
    for number in range(len(lines)):
        for count in (1, 2):
            told = lines[number : number + count]
            if not told[-1].rstrip().endswith(":") or sum(map(len, told)) > LONGEST_LINE:
                continue
            below = next((line for line in lines[number + count : number + count + 2] if line.strip()), "")
            if below.startswith(">") and _ANNOUNCED.fullmatch(" ".join(line.strip() for line in told)):
                found.update(range(number, number + count))
    return frozenset(found)


def own_html(body: PlacedText) -> Own:
    """Give a text in HTML without the messages that it answers and without its signature."""
    dropped: list[Span] = []
    replies = 0
    has_signature = False
    depth = start = 0
    tag = ""
    for token in tokens(body.text, 0, len(body.text)):
        if not isinstance(token, StartTag | EndTag):
            continue
        if depth:
            if token.name == tag:
                depth += 1 if isinstance(token, StartTag) else -1
                if not depth:
                    dropped.append(Span(start, token.start))
            continue
        if isinstance(token, StartTag) and token.name not in _VOID:
            names = f"{token.attributes.get('class') or ''} {token.attributes.get('id') or ''}"
            is_reply = token.name == "blockquote" and (token.attributes.get("type") or "").lower() == "cite"
            is_reply = is_reply or _QUOTING_NAMES.search(names) is not None
            is_reply = is_reply and _IN_FORWARDED.search(body.text, token.start, token.start + LONGEST_LINE) is None
            is_signature = _SIGNATURE_NAMES.search(names) is not None
            if is_reply or is_signature:
                tag, depth, start = token.name, 1, token.start
                replies += is_reply
                has_signature = has_signature or is_signature
    if depth:
        dropped.append(Span(start, len(body.text)))
    edges = [0, *(edge for span in dropped for edge in (span.start, span.end)), len(body.text)]
    own = body.kept(Span(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True))
    if not any(map(str.isalnum, re.sub(r"<[^<>]*>", "", own.text))):
        return Own(body, 0, has_signature=False)
    return Own(own, replies, has_signature)
