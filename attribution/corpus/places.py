"""Files and folders by their address: on this machine, or in a store (s3://, gs://, …) through Arrow or fsspec."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from attribution.corpus.libraries import library
from attribution.records import AttribError

SCHEME = "://"
ARROW_SCHEMES = ("s3", "gs", "gcs", "abfs", "abfss", "hdfs", "viewfs")
"""Stores that Arrow reads itself; all others are fsspec's."""


class Place(NamedTuple):
    """A file system of fsspec's kind, and a path on it."""

    system: Any
    path: str

    def under(self, *names: str) -> Place:
        """A place below this one."""
        return Place(self.system, "/".join((self.path.rstrip("/"), *names)))

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine's own disk."""
        return "file" in _protocols(self.system)

    def exists(self) -> bool:
        """Whether there is such a file or folder."""
        return bool(self.system.exists(self.path))

    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return bool(self.system.isdir(self.path))

    def size(self) -> int:
        """The size of the file in bytes; 0 if the store does not tell."""
        return int(self.system.info(self.path).get("size") or 0)

    def names(self) -> list[str]:
        """The names of the files in this folder, sorted; none if there is no such folder."""
        self.system.invalidate_cache()
        if not self.is_folder():
            return []
        found = (entry for entry in self.system.ls(self.path, detail=True) if entry["type"] == "file")
        return sorted(str(entry["name"]).rstrip("/").rpartition("/")[2] for entry in found)

    def files_below(self) -> Iterator[str]:
        """The paths of all files below this folder, sorted, without hidden ones."""
        start = len(self.path.rstrip("/")) + 1
        for path in sorted(self.system.find(self.path)):
            if not any(name.startswith((".", "_")) for name in path[start:].split("/")):
                yield path

    def read(self) -> bytes:
        """The bytes of the file."""
        return bytes(self.system.cat_file(self.path))

    def write(self, data: bytes) -> None:
        """Write a file completely or not at all, and make its folder."""
        if not self.is_local:
            self.system.pipe_file(self.path, data)  # stores show a file when it is complete
            return
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Hidden, so that nobody who reads the folder's tables takes it for one of them.
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with temporary.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    def move(self, to: Place) -> None:
        """Move the file to another place of the same file system."""
        if self.is_local:
            Path(to.path).parent.mkdir(parents=True, exist_ok=True)
            Path(self.path).replace(to.path)
        else:
            self.system.mv(self.path, to.path)

    def remove(self) -> None:
        """Remove the file or folder, if there is one."""
        if self.exists():
            self.system.rm(self.path, recursive=True)


def place_of(address: str) -> Place:
    """The place at an address: a path, or scheme and path. AttribError if nothing here reads the scheme."""
    fsspec = library("fsspec")
    if SCHEME not in address:
        return Place(_local(), address)
    if address.partition(SCHEME)[0] in ARROW_SCHEMES:
        arrow = library("pyarrow.fs")
        wrapper = library("fsspec.implementations.arrow").ArrowFSWrapper
        try:
            system, path = arrow.FileSystem.from_uri(address)
            return Place(wrapper(system), path)
        except (NotImplementedError, ValueError):  # an Arrow that was built without this store
            pass
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise AttribError(f"{address}: cannot be reached ({error}); install what reads it, or copy it here") from None
    return Place(system, path)


def glob(pattern: str) -> list[str]:
    """The addresses of the files that a pattern with ``*``, ``?``, ``[…]`` or ``**`` fits, sorted."""
    place = place_of(pattern)
    scheme = pattern.partition(SCHEME)[0] + SCHEME if SCHEME in pattern else ""
    found = sorted(str(path) for path in place.system.glob(place.path) if not place.system.isdir(path))
    if scheme:
        return [scheme + path.lstrip("/") for path in found]
    is_absolute = Path(pattern).is_absolute()
    return found if is_absolute else [os.path.relpath(path) for path in found]


@cache
def _local() -> Any:
    return library("fsspec.implementations.local").LocalFileSystem()


def _protocols(system: Any) -> tuple[str, ...]:
    found = system.protocol
    return (found,) if isinstance(found, str) else tuple(found)
