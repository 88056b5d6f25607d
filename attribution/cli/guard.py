"""What may be written over: nothing that was read, and nothing that attrib has not written itself.

Which files are read is heard from Python, which tells of every file that is opened: so no command can forget to say so.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LEDGER = "outputs"
"""The file in the cache folder that holds what attrib has written: a hash of path and content in each line."""

LONGEST_LEDGER = 1_000_000
"""Bytes of the ledger from which its older half is dropped."""

OVERWRITE = "attribution.cli.overwrite"
"""Where the context of a command holds the user's permission to overwrite."""


class _Opened:
    """The files opened for reading since ``forget``."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._heard = False

    def listen(self) -> None:
        """Begin to hear, and forget what was heard."""
        self.names.clear()
        if not self._heard:
            self._heard = True
            sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes) and not _writes(arguments[2]):
            self.names.add(os.fsdecode(arguments[0]))


def _writes(flags: Any) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


_opened = _Opened()


def listen() -> None:
    """Begin to note which files are read, for a run of the command."""
    _opened.listen()


def is_read(path: Path, also: Iterable[str] = ()) -> bool:
    """Whether a path leads to a file that was read, to standard input, or to one of ``also``."""
    identity = _identity(path)
    return is_named(path, (*_opened.names, *also)) or (identity is not None and identity == _identity(0))


def is_named(path: Path, names: Iterable[str]) -> bool:
    """Whether a path leads to one of these files.

    So it does through links, and if only the case of letters differs, which elsewhere makes no difference.
    """
    wanted = str(path).casefold()
    identity = _identity(path)
    return any(
        os.path.realpath(name).casefold() == wanted
        if identity is None
        else _identity(name) == identity or os.path.normpath(Path.cwd() / name).casefold() == wanted
        for name in names
    )


def _identity(file: str | Path | int) -> tuple[int, int] | None:
    """What tells a regular file from all others; None for what is none."""
    try:
        status = os.fstat(file) if isinstance(file, int) else Path(file).stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def is_output_read(also: Iterable[str] = ()) -> bool:
    """Whether standard output goes into a file that is read."""
    identity = _identity(1)
    return identity is not None and any(_identity(name) == identity for name in (*_opened.names, *also))


# --- What attrib has written ------------------------------------------------------------------------------------------


def is_ours(path: Path) -> bool:
    """Whether a file is as attrib has written it."""
    from attribution.resources import cache_folder, kept

    heard = set(_opened.names)
    try:
        line = _line(path, path.read_bytes())
        return line in (kept(cache_folder() / LEDGER) or b"").split(b"\n")
    except (OSError, RuntimeError):
        return False
    finally:
        # Looking at a file in order to replace it is not reading it.
        _opened.names.intersection_update(heard)


def remember(path: Path, content: bytes) -> None:
    """Note that attrib has written a file; a ledger that cannot be written is no error."""
    from attribution.resources import cache_folder, keep, kept

    heard = set(_opened.names)
    try:
        ledger = cache_folder() / LEDGER
    except RuntimeError:  # a user without a home
        return
    before = kept(ledger) or b""
    if len(before) > LONGEST_LEDGER:
        before = before[len(before) // 2 :].partition(b"\n")[2]
    keep(ledger, before + _line(path, content) + b"\n")
    _opened.names.intersection_update(heard)


def _line(path: Path, content: bytes) -> bytes:
    name = os.fsencode(path)
    return hashlib.sha256(name + b"\0" + hashlib.sha256(content).digest()).hexdigest().encode()
