"""Reads files into drafts."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath

from attribution.draft_errors import EmptyDraftError, check_text
from attribution.ingest.decoding import decode
from attribution.ingest.offsets import line_starts
from attribution.ingest.plain import read_plain
from attribution.ingest.reading import FileText, Reading, file_place
from attribution.records import OFFICE_FORMATS, AttribError, Draft

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
    ".docx": "docx",
    ".odt": "odt",
    ".eml": "eml",
    ".srt": "srt",
    ".vtt": "vtt",
}
"""File name extensions and their formats; a file with another extension is read as text."""

_TEXT_FORMATS = ("text", "markdown", "html", "srt", "vtt")
_FORMATS_OF_BYTES = OFFICE_FORMATS | {"eml"}
_WORDLESS = "holds no words; give a text to read"


def read_draft(path: Path | str, *, whole_page: bool = False) -> Draft:
    """Read a draft file; its extension tells its format. Of a web page, ``whole_page`` reads more than the article.

    Raises ``AttribError`` if the file is missing, unreadable, binary, empty or without words.
    """
    return read_bytes(bytes_of(Path(path)), str(path), whole_page=whole_page)


def bytes_of(path: Path) -> bytes:
    """Give the bytes of a file; raises ``AttribError`` if it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise AttribError(f"{path}: there is no such file; check the name") from None
    except IsADirectoryError:
        raise AttribError(f"{path}: is a folder, not a draft; name a file") from None
    except PermissionError:
        raise AttribError(f"{path}: may not be read; check its permissions") from None
    except OSError as error:
        raise AttribError(f"{path}: cannot be read ({error.strerror or error}); check the path") from None


def read_bytes(data: bytes, path: str, *, whole_page: bool = False) -> Draft:
    """Read a draft from the bytes of a file or standard input; ``path`` is its name, whose extension tells the format.

    Of a web page, ``whole_page`` reads all that a browser shows instead of the article.

    Raises ``AttribError`` if the bytes are binary, empty or without words.
    """
    if not data:
        raise EmptyDraftError(f"{path}: is empty; give a text to read")
    draft_format = format_of(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if draft_format in _FORMATS_OF_BYTES:
        file = _file_text(data, draft_format, path, whole_page=whole_page)
        return _draft(file.source, file.reading, draft_format, path, sha256, file.notices)
    source, notices = decode(data, path, is_html=draft_format == "html")
    return _draft(source, _reading(source, draft_format, whole_page), draft_format, path, sha256, notices)


def format_of(path: str) -> str:
    """Give the format that a file name's extension tells; text if it tells none."""
    return FORMATS.get(PurePath(path).suffix.lower(), "text")


def source_of_bytes(data: bytes, path: str) -> str:
    """Give the text whose lines and columns a draft's places are; of a word processor's file, a line a paragraph.

    Raises ``AttribError`` if the bytes are no text.
    """
    draft_format = format_of(path)
    if draft_format in _FORMATS_OF_BYTES:
        return _file_text(data, draft_format, path).source
    return decode(data, path, is_html=draft_format == "html")[0]


def read_text(text: str, format: str = "text", path: str = "<text>") -> Draft:
    """Read a draft from a string in the format ``text``, ``markdown``, ``html``, ``srt`` or ``vtt``.

    Raises ``NotTextError`` if it is no string (None, NaN), ``EmptyDraftError`` if it has no words, and ``AttribError``
    if the format is not one of these.
    """
    check_text(text, path)
    if format not in _TEXT_FORMATS:
        raise AttribError(f"{path}: {format!r} is not a supported format; give one of {', '.join(_TEXT_FORMATS)}")
    if not text:
        raise EmptyDraftError(f"{path}: is empty; give a text to read")
    data = text.encode("utf-8", errors="surrogatepass")
    return _draft(text, _reading(text, format, whole_page=False), format, path, hashlib.sha256(data).hexdigest())


def find_drafts(paths: Sequence[Path], tell: Callable[[str], None] | None = None) -> list[Path]:
    """Give the files to read: each folder's drafts (by their extensions in ``FORMATS``), sorted, and the files named.

    Folders are searched recursively; hidden files and folders and a folder's README are skipped, and no file is given
    twice. What is found in a folder and is no file of its own (a pipe, a device, a link that leads out of the folder)
    and folders that cannot be read are skipped; ``tell`` is called with a line about each. A file that does not exist
    is given too: reading it raises the error. Raises ``AttribError`` for a folder without drafts.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            drafts = sorted(_drafts_below(path, tell or (lambda line: None)))
            if not drafts:
                raise AttribError(f"{path}: the folder holds no drafts; give files ending in {', '.join(FORMATS)}")
            found.update(dict.fromkeys(drafts))
        else:
            found[path] = None
    return list(found)


def locate(draft: Draft, offset: int) -> tuple[int, int]:
    """Give the 1-based line and column (in code points) in the draft's file of the character at ``offset``.

    Raises ``ValueError`` for an offset outside the draft's text; the end of the text is allowed.
    """
    if not 0 <= offset <= len(draft.text):
        raise ValueError(f"offset {offset} is outside the draft of {len(draft.text)} characters")
    return line_and_column(draft, file_place(draft.anchors, offset))


def line_and_column(draft: Draft, file: int) -> tuple[int, int]:
    """Give the 1-based line and column of a code point offset in a draft's file."""
    line = bisect_right(draft.line_starts, file)
    return line, file - draft.line_starts[line - 1] + 1


def _file_text(data: bytes, draft_format: str, path: str, *, whole_page: bool = False) -> FileText:
    # The parsers of XML and of mail are only needed for these files.
    if draft_format == "eml":
        from attribution.ingest.mail import read_mail

        return read_mail(data, path, whole_page=whole_page)
    if draft_format == "odt":
        from attribution.ingest.opendocument import read_opendocument

        return read_opendocument(data, path)
    from attribution.ingest.word import read_word

    return read_word(data, path)


def _reading(source: str, draft_format: str, whole_page: bool) -> Reading:
    # Each reader is only needed for its own format; most drafts are plain text.
    if draft_format == "html":
        from attribution.ingest.hypertext import read_html

        return read_html(source, whole_page=whole_page)
    if draft_format == "markdown":
        from attribution.ingest.markdown import read_markdown

        return read_markdown(source)
    if draft_format in ("srt", "vtt"):
        from attribution.ingest.subtitles import read_subtitles

        return read_subtitles(source)
    return read_plain(source)


def _draft(
    source: str, reading: Reading, draft_format: str, path: str, sha256: str, notices: tuple[str, ...] = ()
) -> Draft:
    if not reading.blocks:
        raise EmptyDraftError(f"{path}: {_WORDLESS}")
    return Draft(
        text=reading.text,
        blocks=reading.blocks,
        path=path,
        format=draft_format,
        sha256=sha256,
        anchors=reading.anchors,
        line_starts=line_starts(source),
        links=reading.links,
        left_out=reading.left_out,
        notices=notices,
        times=reading.times,
    )


def _drafts_below(folder: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    top = Path(os.path.realpath(folder))

    def tell_of(error: OSError) -> None:
        tell(f"{os.fsdecode(error.filename)}: skipped, because it cannot be read ({error.strerror})")

    for place, folders, files in os.walk(folder, onerror=tell_of):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in folders:
            if Path(place, name).is_symlink():
                tell(f"{Path(place, name)}: skipped, because it is a link to a folder; name the folder to read it")
        for name in files:
            path = Path(place, name)
            if path.suffix.lower() not in FORMATS or path.stem.upper() == "README" or name.startswith((".", "~$")):
                continue
            if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(top):
                tell(f"{path}: skipped, because it is a link that leads out of the folder; name it to read it")
            elif not path.is_file():
                tell(f"{path}: skipped, because it is no file that can be read")
            else:
                yield path
