"""Drafts as an editor holds them: their text, its changes, and positions in the editor's unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.uris import to_fs_path

from attribution.ingest.files import FORMATS
from attribution.ingest.offsets import line_starts

if TYPE_CHECKING:
    import asyncio

    from attribution.lsp.checked import Checked

LANGUAGES = {"markdown": "markdown", "html": "html", "plaintext": "text", "text": "text"}
"""The formats of an editor's languages, for drafts whose name does not tell it."""

_ENCODINGS: dict[str, tuple[str, int]] = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
}
"""By the unit of positions, the encoding whose bytes tell the width of characters, and how many bytes make one unit."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def readable(text: str) -> str:
    """The text with the halves of characters that an editor may send replaced by U+FFFD, which is as wide."""
    return _LONE_SURROGATE.sub("\ufffd", text)


class PlacedText:
    r"""A text with its positions: 0-based lines, which end with ``\n``, ``\r\n`` or ``\r``, and characters in a unit.

    Positions outside the text are moved to its nearest place, and those inside a character before it.
    """

    def __init__(self, text: str, unit: str = types.PositionEncodingKind.Utf16) -> None:
        self.text = text
        self.unit = unit
        self._starts = line_starts(text)

    def offset(self, position: types.Position) -> int:
        """The code point offset of a position."""
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        end = self._starts[position.line + 1] if position.line + 1 < len(self._starts) else len(self.text)
        line = self.text[start:end].rstrip("\r\n")
        if line.isascii() or self.unit == types.PositionEncodingKind.Utf32:
            return start + min(position.character, len(line))
        encoding, bytes_in_unit = _ENCODINGS[self.unit]
        before = line.encode(encoding)[: position.character * bytes_in_unit]
        # Of a character within which the position is, there are not all bytes.
        return start + len(before.decode(encoding, "ignore"))

    def position(self, offset: int) -> types.Position:
        """The position of a code point offset."""
        line = bisect_right(self._starts, min(offset, len(self.text))) - 1
        before = self.text[self._starts[line] : offset]
        if before.isascii() or self.unit == types.PositionEncodingKind.Utf32:
            return types.Position(line, len(before))
        encoding, bytes_in_unit = _ENCODINGS[self.unit]
        return types.Position(line, len(before.encode(encoding)) // bytes_in_unit)

    def range(self, start: int, end: int) -> types.Range:
        """The range between two code point offsets."""
        return types.Range(self.position(start), self.position(end))

    def line_end(self, offset: int) -> int:
        """The offset of the end of the line with this offset, before its line end."""
        match = re.compile(r"[\r\n]|\Z").search(self.text, offset)
        return match.start() if match else len(self.text)


class OpenDraft:
    """A draft that is open in the editor. ``stamp`` counts what calls for a new analysis, ``checked`` has the last one.

    ``checked_stamp`` is the stamp of that analysis, ``seconds`` are the processor time it took, and ``task`` is the one
    now under way.
    """

    def __init__(self, item: types.TextDocumentItem, unit: str) -> None:
        self.uri = item.uri
        self.version: int | None = item.version
        self.placed = PlacedText(readable(item.text), unit)
        self.path = path_of(item.uri)
        self.form = form_of_document(self.path, item.language_id)
        self.is_open = True
        self.stamp = 1
        self.checked_stamp = 0
        self.checked: Checked | None = None
        self.seconds = 0.0
        self.task: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """The text as the editor has it."""
        return self.placed.text

    def change(self, changes: Iterable[types.TextDocumentContentChangeEvent], version: int | None) -> None:
        """Make the changes of the editor, one after the other."""
        for change in changes:
            text = readable(change.text)
            if isinstance(change, types.TextDocumentContentChangePartial):
                ends = self.placed.offset(change.range.start), self.placed.offset(change.range.end)
                text = self.text[: min(ends)] + text + self.text[max(ends) :]
            self.placed = PlacedText(text, self.placed.unit)
        self.version = version
        self.stamp += 1


def path_of(uri: str) -> str:
    """The path of a document; of one that is in no file yet, its name in the working folder."""
    path = to_fs_path(uri) if urlsplit(uri).scheme == "file" else None
    return path or Path(unquote(urlsplit(uri).path)).name or "untitled"


def form_of_document(path: str, language: str | None) -> str | None:
    """The format of a document that its name does not tell; None if the name does."""
    if Path(path).suffix.lower() in FORMATS:
        return None
    return LANGUAGES.get(language or "")
