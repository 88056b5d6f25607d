"""Makes the fixes of findings in a draft's file.

Safe fixes are made by ``attrib lint --fix``; suggested ones only where somebody asks for them. No fix changes a word in
quotation marks, or words that markup in the file interrupts.
"""

from __future__ import annotations

import codecs
import os
import re
import tempfile
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import msgspec

from attribution.comparison.matching import opcodes
from attribution.linting.context import Context
from attribution.linting.edits import Applicability, leaves_words
from attribution.linting.findings import FileEdit, FileFix, Finding
from attribution.linting.rule import Match
from attribution.records import AttribError, Span

MOST_ROUNDS = 10
"""How often a draft is linted again after its fixes; a fix may uncover another finding."""

_BYTE_ORDER_MARKS = (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")


class Fixed(msgspec.Struct, frozen=True):
    """A file's text after its fixes, and the findings that they mend."""

    source: str
    mended: tuple[Finding, ...]


def without_changes_of_quotations(match: Match, context: Context) -> Match:
    """The match without fixes that change words in quotation marks, in block quotes or in turns of an interview.

    A punctuation mark may be added within quotation marks.
    """
    fixes = tuple(
        fix
        for fix in match.fixes
        if all(
            leaves_words(context.draft.text[edit.span.start : edit.span.end], edit.replacement)
            or not (context.is_quoted(edit.span) or _cuts_into_quotation(edit.span, context))
            for edit in fix.edits
        )
    )
    return msgspec.structs.replace(match, fixes=fixes)


def with_applicable_fixes(
    finding: Finding, source: str, made_safe: Collection[str] = (), made_unsafe: Collection[str] = ()
) -> Finding:
    """The finding with the fixes that can be made in the file's text: nothing in it interrupts the words to replace.

    ``made_safe`` and ``made_unsafe`` are the identifiers of rules whose fixes the newsroom declares to be so; of
    alternatives only the first can be safe.
    """
    fixes = [fix for fix in finding.fixes if all(_stands_in(edit, source) for edit in fix.edits)]
    if fixes and finding.rule in made_safe:
        fixes[0] = msgspec.structs.replace(fixes[0], applicability=Applicability.SAFE)
    if fixes and finding.rule in made_unsafe:
        fixes[0] = msgspec.structs.replace(fixes[0], applicability=Applicability.SUGGESTED)
    return msgspec.structs.replace(finding, fixes=tuple(fixes))


def fix_of(finding: Finding, suggested: bool = False) -> FileFix | None:
    """The fix to make for a finding: its first one, if it is safe or ``suggested`` ones are wanted; otherwise None."""
    first = next(iter(finding.fixes), None)
    return first if first is not None and (suggested or first.applicability is Applicability.SAFE) else None


def fixes_to_make(findings: Iterable[Finding], suggested: bool = False) -> list[tuple[Finding, FileFix]]:
    """The findings that have a fix to make, with it; of fixes that overlap only the first is made."""
    chosen: list[tuple[Finding, FileFix]] = []
    taken: list[tuple[int, int]] = []
    for finding in findings:
        fix = fix_of(finding, suggested)
        if fix is None:
            continue
        places = [(edit.start.offset, edit.end.offset) for edit in fix.edits]
        if not any(_overlaps(start, end, taken) for start, end in places):
            chosen.append((finding, fix))
            for place in places:
                insort(taken, place)
    return chosen


def _overlaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch overlaps one of those taken, which are in order and apart."""
    place = bisect_left(taken, (end,))
    while place:
        place -= 1
        other_start, other_end = taken[place]
        if other_end > start:
            return True
        if other_end > other_start:
            return False
    return False


def apply_fixes(source: str, findings: Iterable[Finding], suggested: bool = False) -> Fixed:
    """Make the fixes of findings in a file's text; of fixes that overlap the first is made."""
    chosen = fixes_to_make(findings, suggested)
    edits = ((edit.start.offset, edit.end.offset, edit.replacement) for _, fix in chosen for edit in fix.edits)
    pieces: list[str] = []
    done = 0
    for start, end, replacement in sorted(edits):
        pieces += [source[done:start], replacement]
        done = max(done, end)
    return Fixed("".join([*pieces, source[done:]]), tuple(finding for finding, _ in chosen))


def fix_diff(before: str, after: str, path: str) -> str:
    """The fixes of a file as a unified diff; empty if there are none."""
    old, new = _lines(before), _lines(after)
    lines: list[str] = []
    for group in _LineMatcher(old, new).get_grouped_opcodes(3):
        old_range = _hunk_range(group[0][1], group[-1][2])
        new_range = _hunk_range(group[0][3], group[-1][4])
        lines.append(f"@@ -{old_range} +{new_range} @@\n")
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                lines += [f" {line}" for line in old[old_start:old_end]]
            else:
                lines += [f"-{line}" for line in old[old_start:old_end]]
                lines += [f"+{line}" for line in new[new_start:new_end]]
    heading = [f"--- {path}\n", f"+++ {path}\n"] if lines else []
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in (*heading, *lines)
    )


class _LineMatcher(SequenceMatcher[str]):
    """Matches lines in bounded time: ``difflib`` alone takes cubic time for lines that repeat."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        """Both versions, line by line."""
        super().__init__(None, old, new)
        self._versions = old, new

    def get_opcodes(self) -> list[Any]:
        """What ``opcodes`` gives."""
        return [*opcodes(*self._versions)]


def _hunk_range(start: int, end: int) -> str:
    """Lines as a hunk names them: the first, counted from 1, and how many unless it is one."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def write_fixed(path: Path, data: bytes, before: str, after: str) -> None:
    """Replace a file, which held ``data``, by the fixed text in the same encoding: completely or not at all.

    Raises AttribError if the file's encoding cannot be kept, or the file cannot be written.
    """
    mark, encoding = next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", "utf-8"))
    if mark + before.encode(encoding, "surrogatepass") != data:
        raise AttribError(f"{path}: is not UTF-8 and was not fixed; save it as UTF-8")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(mark + after.encode(encoding, "surrogatepass"))
            Path(name).chmod(path.stat().st_mode & 0o7777)
            Path(name).replace(path.resolve())
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise AttribError(f"{path}: cannot be written ({error.strerror or error}); check its permissions") from error


def _stands_in(edit: FileEdit, source: str) -> bool:
    return source[edit.start.offset : edit.end.offset] == edit.text and bool(edit.text)


def _cuts_into_quotation(span: Span, context: Context) -> bool:
    """Whether the span begins outside a quotation and ends in it, or the other way round."""
    return any(part.overlaps(span) for quotation in context.quotations for part in quotation.parts)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
