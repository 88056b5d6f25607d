"""Reads from a unified diff what it changes in each file, and undoes it."""

from __future__ import annotations

from dataclasses import dataclass

from attribution.records import AttribError

Piece = tuple[int, tuple[str, ...], tuple[str, ...]]
"""Lines of a file before which a change begins, the changed lines as they were, and as they are, without their ends."""


@dataclass(frozen=True)
class FileChange:
    """What an edit changed in a file: the ``lines`` (from 1) of the new version that are new or other than before."""

    lines: frozenset[int]
    pieces: tuple[Piece, ...] = ()

    def undone(self, text: str) -> str | None:
        """The file as it was before the edit; None if ``text`` is not the file as it was after it."""
        lines = text.split("\n")
        for place, before, after in reversed(self.pieces):
            if tuple(line.rstrip("\r") for line in lines[place : place + len(after)]) != after:
                return None
            lines[place : place + len(after)] = before
        return "\n".join(lines)


def read_changes(diff: str, name: str) -> dict[str, FileChange]:
    """What a unified diff changes, by the files' new names as it gives them, without ``b/``.

    Raises AttribError if the text is neither empty nor a unified diff.
    """
    from unidiff.errors import UnidiffParseError
    from unidiff.patch import PatchSet

    try:
        files = PatchSet(diff)
    except UnidiffParseError as error:
        cause = " ".join(str(error).split())[:80]
        raise AttribError(f"{name}: is not a unified diff ({cause}); create one with git diff") from None
    if diff.strip() and not files:
        raise AttribError(f"{name}: is not a unified diff; create one with git diff")
    found = {}
    for file in files:
        if file.is_removed_file or file.target_file == "/dev/null":
            continue
        lines = {line.target_line_no for hunk in file for line in hunk if line.is_added}
        pieces = []
        for hunk in file:
            # Without lines of the new version, a hunk names the line that it comes after.
            place = hunk.target_start - 1 if hunk.target_length else hunk.target_start
            before = tuple(line.value.rstrip("\r\n") for line in hunk.source_lines())
            after = tuple(line.value.rstrip("\r\n") for line in hunk.target_lines())
            pieces.append((place, before, after))
        found[_path(file.target_file)] = FileChange(frozenset(filter(None, lines)), tuple(pieces))
    return found


def _path(name: str) -> str:
    """A name in a diff without its quotation marks, escapes and prefix."""
    if name.startswith('"') and name.endswith('"'):
        name = name[1:-1].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
    return name.removeprefix("b/")
