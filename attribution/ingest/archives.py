"""Opens the zipped XML files of word processors, within bounds, so that no file can exhaust memory or time.

The standard library's ``zipfile`` and expat do it: python-docx, mammoth and odfpy need lxml or lose the places of notes
and tracked changes. A part is read as a stream of events, never as a tree, so that nesting costs nothing.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from typing import Protocol, TypeVar
from xml.etree import ElementTree

from attribution.records import AttribError

MOST_PART = 60_000_000
"""The most bytes of a part of a file, unpacked."""

MOST_PARTS = 5_000
"""The most parts that a file may have."""

SAVE_AGAIN = "open it in its word processor and save it again, or save it as plain text"


Result = TypeVar("Result")


class PartReader(Protocol):
    """What takes the events of a part: names come as ``{namespace}name``."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Characters come, perhaps not all of a text at once."""


class Archive:
    """A zipped file of XML parts; raises AttribError, which names ``path``, for one that cannot be read."""

    def __init__(self, data: bytes, path: str, kind: str) -> None:
        """``kind`` is what the file should be, for the errors (*a Word file*)."""
        self._path, self._kind = path, kind
        self._file: zipfile.ZipFile = self._guarded(lambda: zipfile.ZipFile(io.BytesIO(data)))
        self._names = set(self._file.namelist())
        if len(self._names) > MOST_PARTS:
            raise self.error(f"has more than {MOST_PARTS} parts")

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def error(self, fault: str) -> AttribError:
        """The error for a fault of the file."""
        return AttribError(f"{self._path}: {fault}; {SAVE_AGAIN}")

    def read(self, name: str, reader: PartReader) -> None:
        """Give a part's events to a reader; AttribError if it is missing, broken or too large."""
        if name not in self._names:
            raise self.error(f"is not {self._kind}")
        content = self._guarded(lambda: self._content(name))
        if len(content) > MOST_PART:
            raise self.error(f"holds more than {MOST_PART // 1_000_000} MB of text when unpacked")
        parser = ElementTree.XMLParser(target=_Checked(reader, self))
        try:
            parser.feed(content)
            parser.close()
        except ElementTree.ParseError:
            raise self.error(f"is broken ({name} is not well-formed)") from None

    def _content(self, name: str) -> bytes:
        with self._file.open(name) as stream:
            return stream.read(MOST_PART + 1)

    def _guarded(self, action: Callable[[], Result]) -> Result:
        try:
            return action()
        except RuntimeError:
            raise self.error("is protected by a password") from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            OSError,
            NotImplementedError,
            ValueError,
            OverflowError,
        ):
            raise self.error(f"is not {self._kind}, or is broken") from None


class _Checked:
    """Passes events on, and refuses declarations of document types, which no word processor writes."""

    def __init__(self, reader: PartReader, archive: Archive) -> None:
        self.start, self.end, self.data = reader.start, reader.end, reader.data
        self._archive = archive

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a declaration, by which a small file can stand for a huge text."""
        raise self._archive.error("declares a document type, which word processors do not")

    def close(self) -> None:
        """Nothing is left to do at the end."""
