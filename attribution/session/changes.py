"""Which findings an edit is responsible for: those on changed lines, and those that it caused elsewhere."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from attribution.linting import FileFindings, Finding
from attribution.linting.changes import FileChange
from attribution.records import AttribError

if TYPE_CHECKING:
    from attribution.session.findings import DraftFindings
    from attribution.session.session import Session
    from attribution.session.work import AnalysedDraft


@dataclass(frozen=True)
class Changes:
    """What an edit changed, by the real paths of the drafts."""

    files: Mapping[str, FileChange]

    def of(self, path: str) -> FileChange | None:
        """What changed in a draft; None if nothing did."""
        return self.files.get(os.path.realpath(path))

    def only(self, session: Session, analysed: AnalysedDraft, found: DraftFindings) -> DraftFindings:
        """The findings of a draft that the edit is responsible for.

        A name that is deleted makes a finding of *experts say* two lines above; so the draft as it was is checked as
        well, and what has not been found in it is new.
        """
        file = found.file
        change = self.of(file.path)
        if change is None:
            return replace(found, file=msgspec.structs.replace(file, findings=()))
        touched = [finding for finding in file.findings if _is_on(change, finding)]
        if len(touched) < len(file.findings):
            before = _findings_before(session, analysed, change)
            if before is not None:
                touched = [finding for finding in file.findings if _is_on(change, finding) or _is_new(finding, before)]
        return replace(found, file=msgspec.structs.replace(file, findings=tuple(touched)))

    def on_changed_lines(self, file: FileFindings) -> FileFindings:
        """The findings on changed lines of any file."""
        change = self.of(file.path)
        kept = tuple(finding for finding in file.findings if change is not None and _is_on(change, finding))
        return msgspec.structs.replace(file, findings=kept)


def _is_on(change: FileChange, finding: Finding) -> bool:
    return not change.lines.isdisjoint(range(finding.start.line, finding.end.line + 1))


def _is_new(finding: Finding, before: Counter[tuple[str, str]]) -> bool:
    key = finding.rule, finding.fingerprint
    before[key] -= 1
    return before[key] < 0


def _findings_before(session: Session, analysed: AnalysedDraft, change: FileChange) -> Counter[tuple[str, str]] | None:
    """How often each rule and fingerprint was found in the draft before the edit; None if that cannot be told."""
    source = change.undone(analysed.source)
    if source is None:
        return None
    try:
        earlier = session.analyse(analysed.analysis.draft.path, source.encode("utf-8", "surrogatepass"))
    except AttribError:
        return None
    return Counter((finding.rule, finding.fingerprint) for finding in session.findings(earlier).file.findings)
