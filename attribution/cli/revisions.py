"""Drafts of git revisions: which ones differ between two revisions, and their bytes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

LIKENESS = "--find-renames=40%"
"""How much of a file must be the same under another name; less than git's own half, for edits rewrite."""


@dataclass(frozen=True)
class ChangedFile:
    """A file that differs: its name on each side, None where it does not exist."""

    old: str | None
    new: str | None


class Repository:
    """The git repository that holds the current directory; ``AttribError`` outside of one, or without git.

    File names are relative to the repository's top, as git gives them.
    """

    def __init__(self) -> None:
        self.top = Path(os.fsdecode(self._git("rev-parse", "--show-toplevel").rstrip(b"\n")))

    def commit(self, revision: str) -> str:
        """The commit that a name stands for; AttribError for a name that stands for none."""
        from attribution.records import AttribError

        try:
            found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
        except AttribError:
            raise AttribError(f"{revision}: git knows no such revision; see git log for what there is") from None
        return found.decode().strip()

    def changed(self, old: str, new: str | None, paths: Sequence[str]) -> list[ChangedFile]:
        """Drafts under ``paths`` that differ between commit ``old`` and ``new`` (None: the files as they are now).

        Renamed files keep together, also where only one of their names is under ``paths``. Files that git does not
        track yet count as new. Raises AttribError for a path that neither side has.
        """
        revisions = [old] if new is None else [old, new]
        wanted: set[str] = set()
        for path in paths:
            wanted |= self._below(path, old, new)
        renames = self._git("diff", "--name-status", "-z", LIKENESS, "--no-relative", "--no-ext-diff", *revisions, "--")
        found = [one for one in _name_status(renames) if wanted & {one.old, one.new}]
        if new is None:
            known = {one.new for one in found}
            others = self._names("ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", *paths)
            found += [ChangedFile(None, name) for name in sorted(others - known)]
        named = {os.path.normpath(path) for path in paths}
        here = os.path.relpath(Path.cwd().resolve(), self.top.resolve())
        kept = [
            one
            for one in found
            if any(name and (_is_draft(name) or os.path.relpath(name, here) in named) for name in (one.old, one.new))
        ]
        return sorted(kept, key=lambda one: one.new or one.old or "")

    def read(self, name: str, commit: str | None) -> bytes:
        """The bytes of a file in a commit, or of the file as it is now."""
        from attribution.records import AttribError

        if commit is not None:
            return self._git("cat-file", "blob", f"{commit}:{name}", within=self.top)
        try:
            return (self.top / name).read_bytes()
        except OSError as error:
            raise AttribError(f"{name}: cannot be read ({error.strerror}); check the file") from error

    def _below(self, path: str, old: str, new: str | None) -> set[str]:
        from attribution.records import AttribError

        sides = [self._names("ls-tree", "-r", "--name-only", "--full-name", "-z", old, "--", path)]
        if new is None:
            tracked = ("ls-files", "--cached", "--others", "--exclude-standard", "--full-name", "-z", "--", path)
            sides.append(self._names(*tracked))
        else:
            sides.append(self._names("ls-tree", "-r", "--name-only", "--full-name", "-z", new, "--", path))
        found = set().union(*sides)
        if not found:
            raise AttribError(f"{path}: neither version has such a file; check the path after --")
        return found

    def _names(self, *arguments: str) -> set[str]:
        return {os.fsdecode(name) for name in self._git(*arguments).split(b"\0") if name}

    def _git(self, *arguments: str, within: Path | None = None) -> bytes:
        """What git prints; AttribError with the first line of its complaint."""
        from attribution.records import AttribError

        try:
            done = subprocess.run(  # the arguments are no shell's
                ["git", *arguments], cwd=within, capture_output=True, check=False, stdin=subprocess.DEVNULL
            )
        except FileNotFoundError:
            raise AttribError("git: is not installed; install it, or name two files") from None
        if done.returncode:
            complaint = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["unknown error"]
            if "not a git repository" in complaint[0]:
                raise AttribError(f"{Path.cwd()}: is in no git repository; name two files instead")
            raise AttribError(
                f"git {arguments[0]}: {complaint[0].removeprefix('fatal: ')}; check the revision and paths"
            )
        return done.stdout


def _name_status(output: bytes) -> list[ChangedFile]:
    """What ``git diff --name-status -z`` says; type changes and modes count as changes of the file."""
    fields = [os.fsdecode(field) for field in output.split(b"\0")]
    found: list[ChangedFile] = []
    place = 0
    while place + 1 < len(fields):
        status, name = fields[place], fields[place + 1]
        place += 2
        match status[:1]:
            case "R" | "C":
                found.append(ChangedFile(name if status[0] == "R" else None, fields[place]))
                place += 1
            case "A":
                found.append(ChangedFile(None, name))
            case "D":
                found.append(ChangedFile(name, None))
            case _:
                found.append(ChangedFile(name, name))
    return found


def _is_draft(name: str) -> bool:
    from attribution.ingest.files import FORMATS

    return PurePath(name).suffix.lower() in FORMATS
