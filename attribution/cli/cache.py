"""``attrib cache``, and the cache itself: analyses of drafts that have not changed.

An entry's name is a hash of everything that affects an analysis: the file's bytes, its format, the words, the weights,
the model and the code. Entries are written to a temporary file and moved into place, so parallel runs and crashes do no
harm; an entry that cannot be read counts as missing.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from attribution.lexicon import kept_words_file
from attribution.records import Analysis, Draft
from attribution.resources import PACKAGE, cache_folder, keep, lexicon_folder, model_folder

SUFFIX = ".analysis"


class Cache:
    """Analyses, keyed by the content they are made from."""

    def __init__(
        self,
        folder: Path,
        model: str | None,
        lexicons: Sequence[Path],
        own_outlets: Sequence[str],
        ignored_marks: Sequence[str] = (),
    ) -> None:
        self.folder = folder
        self._base = _fingerprint(model, lexicons, own_outlets, ignored_marks)

    def load(self, draft: Draft) -> Analysis | None:
        """The analysis of this draft, if it is cached."""
        try:
            data = self._path(draft).read_bytes()
            analysis = msgspec.msgpack.decode(data, type=Analysis)
        except (OSError, msgspec.MsgspecError):
            return None
        # The same text may be in a file of another name.
        return msgspec.structs.replace(analysis, draft=draft) if analysis.draft.text == draft.text else None

    def keep(self, analysis: Analysis) -> None:
        """Store an analysis; it is not an error if the cache cannot be written."""
        with contextlib.suppress(UnicodeEncodeError, msgspec.MsgspecError):
            keep(self._path(analysis.draft), msgspec.msgpack.encode(analysis))

    def _path(self, draft: Draft) -> Path:
        name = hashlib.sha256(f"{self._base}\n{draft.format}\n{draft.sha256}".encode()).hexdigest()
        return self.folder / name[:2] / (name[2:] + SUFFIX)


def _fingerprint(
    model: str | None, lexicons: Sequence[Path], own_outlets: Sequence[str], ignored_marks: Sequence[str]
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
    stamped += [path for room in rooms for path in sorted((PACKAGE / room).glob("*.*"))]
    stamped += [PACKAGE / "records.py", PACKAGE / "lexicon.py", PACKAGE / "analysis.py"]
    for path in stamped:
        with contextlib.suppress(OSError):
            status = path.stat()
            digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    digest.update(f"{model}\n{sorted(own_outlets)}\n{sorted(ignored_marks)}\n{sys.version_info[:2]}".encode())
    return digest.hexdigest()


@click.group()
def cache() -> None:
    """Show or clear the cache of analyses that attrib lint keeps.

    The folder also holds the built-in words in a form that loads quickly.
    """


@cache.command()
def info() -> None:
    """Show where the cache is, how many analyses it holds, and their size."""
    folder = cache_folder()
    sizes = [path.stat().st_size for path in folder.glob(f"*/*{SUFFIX}")]
    click.echo(f"{folder}\n{len(sizes)} analyses, {sum(sizes) / 1e6:.1f} MB")


@cache.command()
def clear() -> None:
    """Delete all cached analyses and words."""
    folder = cache_folder()
    count = 0
    for path in folder.glob(f"*/*{SUFFIX}"):
        with contextlib.suppress(OSError):
            path.unlink()
            count += 1
    with contextlib.suppress(OSError):
        kept_words_file().unlink()
    click.echo(f"{count} analyses deleted")
