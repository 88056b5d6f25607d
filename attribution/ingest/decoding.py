"""Turns a file's bytes into text: Unicode first, otherwise the encoding that a library finds most likely."""

from __future__ import annotations

import codecs
import re

from attribution.draft_errors import UnreadableDraftError

# UTF-32 before UTF-16: its little-endian mark begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zipped file, and not named .docx or .odt"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"),
    (b"{\\rtf", "an RTF file"),
)
# First the encodings of English text that is not Unicode; then some of other languages, so that the error for such a
# draft names its language instead of calling the file broken.
_LIKELY = ["cp1252", "mac_roman"]
_POSSIBLE = ["cp1250", "cp1251", "cp1253", "cp1254", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SHARE_OF_CONTROLS = 0.02
_VALID_PER_BROKEN = 5


def decode(data: bytes, path: str, *, is_html: bool = False) -> tuple[str, tuple[str, ...]]:
    """Give the text of the bytes, without byte order mark, and notices of what had to be guessed.

    Tried in turn: a byte order mark, UTF-8, UTF-16 without a mark, the encoding an HTML page declares, UTF-8 with a few
    broken bytes, and what charset-normalizer finds most likely. Raises
    ``UnreadableDraftError`` if the bytes are not text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(encoding), path), ()
            except UnicodeDecodeError:
                raise UnreadableDraftError(
                    f"{path}: begins like {encoding.upper()} but is not, or is cut off; save it again as UTF-8"
                ) from None
    for signature, name in _OTHER_FORMATS:
        if data.startswith(signature):
            raise UnreadableDraftError(f"{path}: is {name}; save it as plain text, Markdown or HTML")
    try:
        return _checked(data.decode("utf-8"), path), ()
    except UnicodeDecodeError:
        pass
    except UnreadableDraftError:
        if b"\x00" not in data:
            raise
    if b"\x00" in data:
        encoding = _wide_encoding(data, path)
        return _checked(data.decode(encoding), path), (_notice(encoding),)
    return _decode_eight_bit(data, path, is_html=is_html)


def _decode_eight_bit(data: bytes, path: str, *, is_html: bool) -> tuple[str, tuple[str, ...]]:
    declared = _DECLARED.search(data, 0, 2048) if is_html else None
    if declared:
        name = declared[1].decode("ascii").lower()
        # Browsers also read pages declared as Latin-1 as its superset.
        name = "cp1252" if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else name
        try:
            return _checked(data.decode(name), path), ()
        except (LookupError, UnicodeDecodeError):
            pass
    replaced = data.decode("utf-8", errors="replace")
    broken = replaced.count("\ufffd")
    if sum(character > "\x7f" for character in replaced) - broken >= _VALID_PER_BROKEN * broken:
        line = replaced[: replaced.index("\ufffd")].count("\n") + 1
        count = "1 place is" if broken == 1 else f"{broken} places are"
        return _checked(replaced, path), (f"{count} not valid UTF-8 and read as \ufffd, first in line {line}",)
    encoding = _likely_encoding(data)
    if encoding is None:
        raise UnreadableDraftError(f"{path}: is not text in any known encoding; save it as UTF-8")
    return _checked(data.decode(encoding), path), (_notice(encoding),)


def _likely_encoding(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    for candidates in (_LIKELY, _LIKELY + _POSSIBLE):
        match = from_bytes(data, cp_isolation=candidates, threshold=0.1).best()
        if match is not None:
            return match.encoding
    return None


def _wide_encoding(data: bytes, path: str) -> str:
    """Give UTF-16's byte order from the position of the zero bytes of Western text; without them it is not text."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    units = len(data) // 2
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if len(data) % 2 == 0 and zeros > 0.6 * units and others < 0.05 * units:
            return encoding
    raise UnreadableDraftError(f"{path}: is a binary file, not text; give plain text, Markdown or HTML")


def _notice(encoding: str) -> str:
    name = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}.get(encoding, encoding)
    return f"is not UTF-8 and was read as {name}; please check its quotation marks and accents"


def _checked(text: str, path: str) -> str:
    """Give the text back unless its control characters show that the data is binary."""
    if len(_CONTROLS.findall(text)) > _SHARE_OF_CONTROLS * len(text):
        raise UnreadableDraftError(f"{path}: is a binary file, not text; give plain text, Markdown or HTML")
    return text
