"""Where a command's result goes: to standard output, or completely to a file; its width, colour and encoding."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from attribution.cli.guard import OVERWRITE, is_named, is_ours, is_output_read, is_read, remember
from attribution.cli.main import BROKEN_PIPE, give_up

WIDTH_IN_PIPE = 80
WIDEST = 120
NARROWEST = 40


def _allow_overwriting(context: click.Context, parameter: click.Parameter, given: bool) -> None:
    context.meta[OVERWRITE] = given


overwrite_option = click.option(
    "--overwrite",
    is_flag=True,
    expose_value=False,
    callback=_allow_overwriting,
    help="Write over files that attrib has not written, or that were changed since; never over one that is read.",
)


output_option = click.option(
    "-o", "--output", metavar="FILE", help="Write the result to a file, completely or not at all."
)
color_option = click.option(
    "--color",
    "--colour",
    "color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours; auto asks the terminal, NO_COLOR and FORCE_COLOR.",
)
width_option = click.option(
    "--width",
    type=click.IntRange(NARROWEST),
    metavar="CELLS",
    help=f"Width of the text; the terminal's (at most {WIDEST}), or {WIDTH_IN_PIPE} in a pipe.",
)
text_or_json_option = click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for where the result goes and how it looks."""
    for decorate in reversed((output_option, overwrite_option, color_option, width_option)):
        command = decorate(command)
    return command


class Output:
    """Takes the result piece by piece. A file is written at the end, standard output gets each piece immediately.

    A file is never written over one that was read, and over one that attrib has not written only if the user allows it
    or it ``replaces`` what the command knows to be its own.
    """

    def __init__(self, output: str | None, color: str, width: int | None, *, replaces: bool = False) -> None:
        context = click.get_current_context(silent=True)
        self._replaces = replaces
        self._overwrites = replaces or (context is not None and context.meta.get(OVERWRITE, False))
        self.name = str(output)
        self.path = None if output in (None, "-") else Path(os.path.realpath(self.name))
        self._pieces: list[str] = []
        self.has_written = False
        self.terminal = terminal = self.path is None and _is_terminal(sys.stdout)
        self.width = width or (min(shutil.get_terminal_size().columns, WIDEST) if terminal else WIDTH_IN_PIPE)
        self.color = color == "always" or (color == "auto" and _wants_color(terminal))
        self.encoding = "utf-8" if self.path is not None else (sys.stdout.encoding or "utf-8")
        if self.path is not None:
            try:
                self._check()
            except OSError as error:
                raise self._unwritable(error.strerror or str(error)) from error

    @property
    def look(self) -> dict[str, Any]:
        """Width, colour and encoding, as the text formatters take them."""
        return {"width": self.width, "color": self.color, "encoding": self.encoding}

    def refuse_inputs(self, paths: Iterable[str] = ()) -> None:
        """Raise AttribError if the result would overwrite what was read or is to be read (``paths``), or a stranger."""
        paths = list(paths)
        if self.path is None:
            if is_output_read(paths):
                raise _error("standard output: goes into one of the files that are read; name another file")
        elif is_named(self.path, paths) if self._replaces else is_read(self.path, paths):
            raise _error(f"{self.name}: is one of the files that are read; write the result to another file")
        elif self.path.is_file() and not self._overwrites and not is_ours(self.path):
            raise _error(
                f"{self.name}: exists, and is not as attrib has written it; name another file, or give --overwrite"
            )

    def write(self, text: str, *, data: bool = False) -> None:
        """Take a piece of the result. ``data`` for other programs is UTF-8 whatever the terminal's encoding."""
        self.has_written = self.has_written or bool(text)
        if self.path is not None:
            self._pieces.append(text)
            return
        try:
            if data:
                sys.stdout.flush()
                sys.stdout.buffer.write(_encoded(text))
                sys.stdout.buffer.flush()
            else:
                sys.stdout.write(text)
                sys.stdout.flush()
        except BrokenPipeError as error:  # click would exit with 1, the code for findings
            give_up(sys.stdout)
            raise click.exceptions.Exit(BROKEN_PIPE) from error

    def close(self) -> None:
        """Write the file, if there is one and there is a result: completely, or AttribError and no change."""
        if self.path is None or not self._pieces:
            return
        content = _encoded("".join(self._pieces))
        try:
            if self.path.exists() and not self.path.is_file():
                self.path.write_bytes(content)  # a pipe, /dev/null
                return
            self.refuse_inputs()
            self._replace(content)
        except OSError as error:
            raise self._unwritable(error.strerror or str(error)) from error
        remember(self.path, content)

    def _replace(self, content: bytes) -> None:
        """Write the file beside its place, and move it there."""
        assert self.path is not None
        # A name of the longest kind leaves no room for more in that of the temporary file.
        descriptor, name = tempfile.mkstemp(prefix=f".{self.path.name[:20]}.", dir=self.path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
            temporary.chmod(self._mode())
            temporary.replace(self.path)
        except BaseException:
            temporary.unlink()
            raise

    def _check(self) -> None:
        """Report now what would otherwise fail after minutes of work."""
        assert self.path is not None
        if self.path.is_dir():
            raise self._unwritable("it is a directory")
        if not self.path.parent.is_dir():
            raise self._unwritable("there is no such directory")
        is_device = self.path.exists() and not self.path.is_file()
        for place in (self.path,) if is_device else (self.path.parent, *([self.path] if self.path.exists() else [])):
            if not os.access(place, os.W_OK):
                raise self._unwritable("permission denied")

    def _unwritable(self, why: str) -> Exception:
        return _error(f"{self.name}: cannot be written ({why}); name another file after -o")

    def _mode(self) -> int:
        assert self.path is not None
        if self.path.exists():
            return stat.S_IMODE(self.path.stat().st_mode)
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _error(message: str) -> Exception:
    from attribution.records import AttribError

    return AttribError(message)


def _encoded(text: str) -> bytes:
    """The text in UTF-8; what it cannot hold, the bytes of a file name that is none, becomes a question mark."""
    return text.encode("utf-8", "replace")


def is_folder(output: str | None) -> bool:
    """Whether the argument of -o names a directory: an existing one or, with a slash at its end, a new one."""
    return output is not None and output != "-" and (output.endswith(("/", os.sep)) or Path(output).is_dir())


def made_folder(output: str) -> Path:
    """The directory of an output, made if there is none; AttribError if it cannot be."""
    folder = Path(output)
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise _error(f"{output}: is a file; name a directory after -o") from error
    except OSError as error:
        raise _error(f"{output}: cannot be made ({error.strerror}); name another directory after -o") from error
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
