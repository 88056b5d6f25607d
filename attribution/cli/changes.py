"""What has changed in drafts: by a git revision, or by a unified diff made elsewhere."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attribution.session.changes import Changes


def changes_since(revision: str) -> Changes:
    """What has changed since a git revision; AttribError if git knows no such revision."""
    from attribution.linting.changes import changed_lines
    from attribution.session.changes import Changes

    return Changes(changed_lines(_git_diff(revision), "git diff"))


def changes_in_file(name: str) -> Changes:
    """What a file holding a unified diff changes; AttribError if it cannot be read or holds none."""
    from attribution.linting.changes import changed_lines
    from attribution.records import AttribError
    from attribution.session.changes import Changes

    try:
        text = Path(name).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise AttribError(f"{name}: cannot be read ({error.strerror}); check the name") from None
    return Changes(changed_lines(text, name))


def _git_diff(revision: str) -> str:
    from attribution.records import AttribError

    if revision.startswith("-"):
        raise AttribError(f"{revision}: is not a revision; name a commit, branch or tag after --diff")
    command = ["git", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--relative", revision, "--"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        raise AttribError("git: is not installed; --changed-lines takes a diff made elsewhere") from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
        raise AttribError(f"git diff {revision}: failed ({lines[0]}); name a revision of this repository")
    return done.stdout.decode(errors="replace")
