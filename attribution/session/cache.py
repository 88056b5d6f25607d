"""The cache of analyses of drafts that have not changed.

An entry's name is a hash of everything that affects an analysis: the file's bytes, its format, the words, the weights,
the model and the code. Entries are written to a temporary file and moved into place, so parallel runs and crashes do no
harm; an entry that cannot be read counts as missing.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from attribution.records import Analysis
from attribution.resources import PACKAGE, keep, lexicon_folder, model_folder

SUFFIX = ".analysis"


class Cache:
    """Analyses, keyed by the content they are made from.

    ``forced`` analyses are those of drafts whose language was not checked.
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
    ) -> None:
        self.folder = folder
        self._base = _fingerprint(model, [Path(folder) for folder in lexicons], own_outlets, ignored_marks, forced)

    def __contains__(self, content: tuple[bytes, str]) -> bool:
        """Whether there is an entry for a file's bytes and format; it may still turn out to be unreadable."""
        return self._path(*content).is_file()

    def load(self, data: bytes, form: str, path: str) -> Analysis | None:
        """The analysis of a file's bytes in a format, if it is cached, under the name ``path``."""
        try:
            analysis = msgspec.msgpack.decode(self._path(data, form).read_bytes(), type=Analysis)
        except (OSError, msgspec.MsgspecError):
            return None
        # The same text may be in a file of another name.
        return msgspec.structs.replace(analysis, draft=msgspec.structs.replace(analysis.draft, path=path))

    def keep(self, data: bytes, form: str, analysis: Analysis) -> None:
        """Store an analysis; it is not an error if the cache cannot be written."""
        with contextlib.suppress(UnicodeEncodeError, msgspec.MsgspecError):
            keep(self._path(data, form), msgspec.msgpack.encode(analysis))

    def _path(self, data: bytes, form: str) -> Path:
        name = hashlib.sha256(f"{self._base}\n{form}\n{hashlib.sha256(data).hexdigest()}".encode()).hexdigest()
        return self.folder / name[:2] / (name[2:] + SUFFIX)


def _fingerprint(
    model: str | None,
    lexicons: Sequence[Path],
    own_outlets: Sequence[str],
    ignored_marks: Sequence[str],
    forced: bool,
) -> str:
    """A hash of everything besides the draft that affects an analysis; large sets of files enter by size and time."""
    digest = hashlib.sha256()
    for folder in (lexicon_folder(), *lexicons):
        for path in sorted(folder.glob("*")):
            if path.is_file():
                digest.update(f"{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    folders = [model_folder() if model is None else Path(model)] if model != "default" else []
    rooms = ("ingest", "parsing", "extraction", "scoring")
    stamped = [path for folder in folders for path in sorted(folder.glob("*"))]
    stamped += [path for room in rooms for path in sorted((PACKAGE / room).rglob("*.*"))]
    stamped += [PACKAGE / name for name in ("records.py", "lexicon.py", "grammar.py", "index.py", "analysis.py")]
    for path in stamped:
        with contextlib.suppress(OSError):
            status = path.stat()
            digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    digest.update(f"{model}\n{sorted(own_outlets)}\n{sorted(ignored_marks)}\n{forced}\n{sys.version_info[:2]}".encode())
    return digest.hexdigest()
