"""Reads the small text files of a user, with one wording of what is wrong: configuration, words, lists, annotations."""

from __future__ import annotations

from pathlib import Path

from attribution.records import AttribError


def read_text_file(path: Path, name: str | None = None, newline: str | None = None) -> str:
    """The text of a file in UTF-8, without a byte-order mark; drafts, in any encoding, are read by ``ingest``.

    ``name`` is what the user calls the file; ``newline`` is as for ``open``: "" keeps line ends as they are. Raises
    AttribError if the file is missing, cannot be read, or is not UTF-8.
    """
    name = name or str(path)
    try:
        with path.open(encoding="utf-8-sig", newline=newline) as stream:
            return stream.read()
    except FileNotFoundError:
        raise AttribError(f"{name}: there is no such file; check the name") from None
    except UnicodeDecodeError:
        raise AttribError(f"{name}: is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        message = f"{name}: cannot be read ({error.strerror or error}); check the file and its permissions"
        raise AttribError(message) from None
