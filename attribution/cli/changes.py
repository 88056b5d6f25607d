"""What has changed in drafts: by a git revision, or by a unified diff made elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from attribution.session.options import STDIN, UNNAMED

if TYPE_CHECKING:
    from attribution.linting.changes import FileChange
    from attribution.session.changes import Changes


def changes_since(revision: str) -> Changes:
    """What has changed in the files since they left a revision's line of development.

    What was done on the other side since then is nobody's fault here. AttribError outside a git repository, or if git
    knows no such revision.
    """
    from attribution.cli.revisions import Repository
    from attribution.linting.changes import FileChange, read_changes

    repository = Repository()
    changes = read_changes(repository.diff(repository.base(revision)), f"git diff {revision}")
    for name in repository.untracked():
        try:
            length = (repository.top / name).read_bytes().count(b"\n") + 1
        except OSError:  # reading the draft reports it
            continue
        changes[name] = FileChange(frozenset(range(1, length + 1)))
    return _placed(changes, repository.top)


def changes_in_file(name: str) -> Changes:
    """What a unified diff in a file, or on standard input, changes; AttribError if it cannot be read or is none."""
    from attribution.linting.changes import read_changes
    from attribution.records import AttribError

    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise AttribError(f"{name}: cannot be read ({error.strerror}); check the name") from None
    changes = read_changes(data.decode("utf-8", "replace"), UNNAMED if name == STDIN else name)
    return _placed(changes, _root_of(changes))


def _placed(changes: dict[str, FileChange], root: Path) -> Changes:
    from attribution.session.changes import Changes

    return Changes({os.path.realpath(root / name): change for name, change in changes.items()})


def _root_of(names: Iterable[str]) -> Path:
    """The folder that the names of a diff are relative to: the top of the repository, or where most of them exist."""
    here = Path.cwd()
    folders = [here, *here.parents]
    top = next((number for number, folder in enumerate(folders) if (folder / ".git").exists()), None)
    if top is not None:
        folders = folders[top::-1]
    names = list(names)
    return max(folders, key=lambda folder: sum((folder / name).exists() for name in names))
