"""Where a command's result goes: to standard output, or completely to a file; its width, colour and encoding."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

WIDTH_IN_PIPE = 80
WIDEST = 120
BROKEN_PIPE = 141
NARROWEST = 40


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for where the result goes and how it looks."""
    for decorate in reversed(
        (
            click.option(
                "-o", "--output", metavar="FILE", help="Write the result to a file, completely or not at all."
            ),
            click.option(
                "--color",
                "--colour",
                "color",
                type=click.Choice(["auto", "always", "never"]),
                default="auto",
                show_default=True,
                help="Colours; auto asks the terminal, NO_COLOR and FORCE_COLOR.",
            ),
            click.option(
                "--width",
                type=click.IntRange(NARROWEST),
                metavar="CELLS",
                help=f"Width of the text; the terminal's (at most {WIDEST}), or {WIDTH_IN_PIPE} in a pipe.",
            ),
        )
    ):
        command = decorate(command)
    return command


class Output:
    """Takes the result piece by piece. A file is written at the end, standard output gets each piece immediately."""

    def __init__(self, output: str | None, color: str, width: int | None) -> None:
        self.path = None if output in (None, "-") else Path(os.path.realpath(str(output)))
        self.name = str(output)
        self._pieces: list[str] = []
        self.has_written = False
        self.terminal = terminal = self.path is None and _is_terminal(sys.stdout)
        self.width = width or (min(shutil.get_terminal_size().columns, WIDEST) if terminal else WIDTH_IN_PIPE)
        self.color = color == "always" or (color == "auto" and _wants_color(terminal))
        self.encoding = "utf-8" if self.path is not None else (sys.stdout.encoding or "utf-8")
        if self.path is not None:
            self._check()

    @property
    def look(self) -> dict[str, Any]:
        """Width, colour and encoding, as the text formatters take them."""
        return {"width": self.width, "color": self.color, "encoding": self.encoding}

    def refuse_inputs(self, paths: Iterable[str]) -> None:
        """Raise AttribError if the result would overwrite one of the drafts."""
        from attribution.records import AttribError

        for path in paths:
            if self.path is not None and os.path.realpath(path) == str(self.path):
                raise AttribError(f"{self.name}: is one of the drafts; write the result to another file")

    def write(self, text: str, *, data: bool = False) -> None:
        """Take a piece of the result. ``data`` for other programs is UTF-8 whatever the terminal's encoding."""
        self.has_written = self.has_written or bool(text)
        if self.path is not None:
            self._pieces.append(text)
            return
        try:
            if data:
                sys.stdout.flush()
                sys.stdout.buffer.write(text.encode())
                sys.stdout.buffer.flush()
            else:
                sys.stdout.write(text)
                sys.stdout.flush()
        except BrokenPipeError as error:
            # The reader has closed the pipe. Python flushes standard output again when it exits.
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(BROKEN_PIPE) from error

    def close(self) -> None:
        """Write the file, if there is one and there is a result: completely, or AttribError and no change."""
        if self.path is None or not self._pieces:
            return
        try:
            if self.path.exists() and not self.path.is_file():
                with self.path.open("w", encoding="utf-8", newline="") as stream:  # a pipe, /dev/null
                    stream.writelines(self._pieces)
                return
            descriptor, name = tempfile.mkstemp(prefix=f".{self.path.name}.", dir=self.path.parent)
            temporary = Path(name)
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
                    stream.writelines(self._pieces)
                temporary.chmod(self._mode())
                temporary.replace(self.path)
            except BaseException:
                temporary.unlink()
                raise
        except OSError as error:
            raise self._unwritable(error.strerror or str(error)) from error

    def _check(self) -> None:
        """Report now what would otherwise fail after minutes of work."""
        assert self.path is not None
        if self.path.is_dir():
            raise self._unwritable("it is a directory")
        if not self.path.parent.is_dir():
            raise self._unwritable("there is no such directory")
        if not os.access(self.path if self.path.exists() else self.path.parent, os.W_OK):
            raise self._unwritable("permission denied")

    def _unwritable(self, why: str) -> Exception:
        from attribution.records import AttribError

        return AttribError(f"{self.name}: cannot be written ({why}); name another file after -o")

    def _mode(self) -> int:
        assert self.path is not None
        if self.path.exists():
            return stat.S_IMODE(self.path.stat().st_mode)
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def is_folder(output: str | None) -> bool:
    """Whether the argument of -o names a directory: an existing one or, with a slash at its end, a new one."""
    return output is not None and output != "-" and (output.endswith(("/", os.sep)) or Path(output).is_dir())


def made_folder(output: str) -> Path:
    """The directory of an output, made if there is none; AttribError if it cannot be."""
    from attribution.records import AttribError

    folder = Path(output)
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise AttribError(f"{output}: is a file; name a directory after -o ") from error
    except OSError as error:
        raise AttribError(f"{output}: cannot be made ({error.strerror}); name another directory after -o") from error
    return folder


def json_array(pieces: Iterable[str]) -> Iterator[str]:
    """An indented JSON array piece by piece, of elements that are indented JSON with a line end each."""
    opening = "["
    for piece in pieces:
        yield opening + "\n  " + piece.removesuffix("\n").replace("\n", "\n  ")
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def _is_terminal(stream: Any) -> bool:
    return bool(stream.isatty())


def _wants_color(terminal: bool) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and os.environ.get("TERM") != "dumb"
