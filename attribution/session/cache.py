"""The cache of analyses of drafts that have not changed.

An entry's name is a hash of everything that affects an analysis: the file's bytes, its format, the words, the weights,
the model and the code. Entries are written to a temporary file and moved into place, so parallel runs and crashes do no
harm. An entry that is damaged, stands under another name, or could be somebody else's counts as missing.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

import attribution
from attribution.records import Analysis
from attribution.resources import PACKAGE, keep, kept, lexicon_folder, model_folder

SUFFIX = ".analysis"

CHECKED = b"attrib analysis 1\n"
"""What entries begin with, before their checksum."""

ROOMS = ("ingest", "parsing", "extraction", "scoring")
"""The rooms whose code and data affect an analysis."""

CODE = (".py", ".json", ".toml")

MARKED = 65_536
"""Bytes at the end of a model's file by which it is known."""


class Cache:
    """Analyses, keyed by the content they are made from.

    ``forced`` analyses are those of drafts whose language was not checked, and those of a ``whole_page`` hold more than
    its article.
    """

    def __init__(
        self,
        folder: Path,
        model: str | None = None,
        lexicons: Iterable[str | Path] = (),
        own_outlets: Sequence[str] = (),
        ignored_marks: Sequence[str] = (),
        *,
        forced: bool = False,
        whole_page: bool = False,
    ) -> None:
        self.folder = folder
        self._base = fingerprint(
            model, [Path(folder) for folder in lexicons], own_outlets, ignored_marks, forced, whole_page
        )

    def __contains__(self, content: tuple[bytes, str]) -> bool:
        """Whether there is an entry for a file's bytes and format; it may still turn out not to be usable."""
        return self._file(self._name(*content)).is_file()

    def load(self, data: bytes, form: str, path: str) -> Analysis | None:
        """The analysis of a file's bytes in a format under the name ``path``; None if no sound one is cached."""
        name = self._name(data, form)
        entry = kept(self._file(name))
        if entry is None:
            return None
        size = len(CHECKED) + hashlib.sha256().digest_size
        body = entry[size:]
        if entry[:size] != _head(name, body):
            return None
        try:
            analysis = msgspec.msgpack.decode(body, type=Analysis)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        # The same text may be in a file of another name.
        return msgspec.structs.replace(analysis, draft=msgspec.structs.replace(analysis.draft, path=path))

    def keep(self, data: bytes, form: str, analysis: Analysis) -> None:
        """Store an analysis; it is not an error if the cache cannot be written."""
        name = self._name(data, form)
        with contextlib.suppress(UnicodeEncodeError, msgspec.MsgspecError):
            body = msgspec.msgpack.encode(analysis)
            keep(self._file(name), _head(name, body) + body)

    def _name(self, data: bytes, form: str) -> str:
        return hashlib.sha256(f"{self._base}\n{form}\n{hashlib.sha256(data).hexdigest()}".encode()).hexdigest()

    def _file(self, name: str) -> Path:
        return self.folder / name[:2] / (name[2:] + SUFFIX)


def _head(name: str, body: bytes) -> bytes:
    """What an entry begins with: its checksum, which holds for this entry's name only."""
    return CHECKED + hashlib.sha256(name.encode() + b"\n" + body).digest()


def fingerprint(
    model: str | None,
    lexicons: Sequence[Path],
    own_outlets: Sequence[str],
    ignored_marks: Sequence[str],
    forced: bool,
    whole_page: bool,
) -> str:
    """A hash of everything besides the draft that affects an analysis: version, code, weights, words and options.

    The contents count, not the times of the files: an installation made anew finds the cache of the last.
    """
    options = (model, list(own_outlets), sorted(ignored_marks), forced, whole_page)
    digest = hashlib.sha256(repr((attribution.__version__, sys.version_info[:2], options)).encode())
    for folder in (lexicon_folder(), *lexicons):
        for path in sorted(folder.glob("*.toml")):
            digest.update(f"{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    for path in sorted((*PACKAGE.glob("*.py"), *(path for room in ROOMS for path in (PACKAGE / room).rglob("*.*")))):
        if path.parent != model_folder() and path.suffix in CODE:
            digest.update(f"{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    folder = model_folder() if model is None else Path(model)
    for path in sorted(folder.rglob("*")) if model != "default" and folder.is_dir() else ():
        with contextlib.suppress(OSError):
            digest.update(f"{path.name} {_mark(path, timed=model is not None)}\n".encode())
    return digest.hexdigest()


def _mark(path: Path, *, timed: bool) -> str:
    """What tells one file of a model from another without reading it all: its size, and its end.

    Weights are archives, at whose end stand the checksums of their parts. For models of the user's own, whatever their
    format, the time counts as well.
    """
    status = path.stat()
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        stream.seek(max(0, status.st_size - MARKED))
        end = hashlib.sha256(stream.read(MARKED)).hexdigest()
    return f"{status.st_size} {end} {status.st_mtime_ns if timed else ''}"
