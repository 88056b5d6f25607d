"""Drafts of git revisions: which ones differ between two revisions, and their bytes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

LIKENESS = "--find-renames=40%"
"""How much of a renamed file must stay the same; less than git's default of half, because edits rewrite."""


@dataclass(frozen=True)
class ChangedFile:
    """A file that differs: its name on each side, None if it does not exist there."""

    old: str | None
    new: str | None


class Repository:
    """The git repository of the current directory; ``AttribError`` outside a repository, or without git.

    File names are relative to the repository's top level, as git gives them.
    """

    def __init__(self) -> None:
        self.top = Path(os.fsdecode(self._git("rev-parse", "--show-toplevel").rstrip(b"\n")))

    def commit(self, revision: str) -> str:
        """The commit that a name denotes; AttribError if there is none."""
        from attribution.records import AttribError

        try:
            found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
        except AttribError:
            raise AttribError(f"{revision}: git knows no such revision; see git log") from None
        return found.decode().strip()

    def base(self, revision: str) -> str:
        """The commit at which the present line of development left that of a revision; AttribError if there is none.

        Where the clone does not reach so far back, or nothing is committed here yet, it is the revision's own.
        """
        from attribution.records import AttribError

        commit = self.commit(revision)
        try:
            return self._git("merge-base", commit, "HEAD").decode().strip()
        except AttribError:
            return commit

    def diff(self, commit: str) -> str:
        """The changes from a commit to the files as they are, as a unified diff without context."""
        options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-relative", "--no-textconv", LIKENESS)
        prefixes = ("--src-prefix=a/", "--dst-prefix=b/")
        return self._git("diff", *options, *prefixes, commit, "--").decode("utf-8", "replace")

    def untracked(self, paths: Sequence[str] = (".",)) -> list[str]:
        """Files under ``paths`` that git does not know and is not told to ignore."""
        return sorted(self._names("ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", *paths))

    def changed(self, old: str, new: str | None, paths: Sequence[str]) -> list[ChangedFile]:
        """Drafts under ``paths`` that differ between commit ``old`` and ``new`` (None: the files as they are now).

        Renamed files stay together, even if only one of their names is under ``paths``. Untracked files count as new.
        Raises AttribError for a path that neither side has.
        """
        revisions = [old] if new is None else [old, new]
        wanted: set[str] = set()
        for path in paths:
            wanted |= self._below(path, old, new)
        renames = self._git("diff", "--name-status", "-z", LIKENESS, "--no-relative", "--no-ext-diff", *revisions, "--")
        found = [file for file in _name_status(renames) if wanted & {file.old, file.new}]
        if new is None:
            known = {file.new for file in found}
            found += [ChangedFile(None, name) for name in self.untracked(paths) if name not in known]
        named = {os.path.normpath(path) for path in paths}
        here = os.path.relpath(Path.cwd().resolve(), self.top.resolve())
        kept = [
            file
            for file in found
            if any(name and (_is_draft(name) or os.path.relpath(name, here) in named) for name in (file.old, file.new))
        ]
        return sorted(kept, key=lambda file: file.new or file.old or "")

    def read(self, name: str, commit: str | None) -> bytes:
        """The bytes of a file in a commit, or of the current file."""
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
        """Git's output; AttribError with the first line of its error message."""
        from attribution.records import AttribError

        try:
            done = subprocess.run(  # no shell is involved
                ["git", *arguments], cwd=within, capture_output=True, check=False, stdin=subprocess.DEVNULL
            )
        except FileNotFoundError:
            raise AttribError("git: is not installed; install it, or name two files") from None
        if done.returncode:
            complaint = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["unknown error"]
            if "not a git repository" in complaint[0]:
                raise AttribError(f"{Path.cwd()}: is not in a git repository; name two files instead")
            raise AttribError(
                f"git {arguments[0]}: {complaint[0].removeprefix('fatal: ')}; check the revision and paths"
            )
        return done.stdout


def _name_status(output: bytes) -> list[ChangedFile]:
    """The output of ``git diff --name-status -z``; changes of type and mode count as changes of the file."""
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
