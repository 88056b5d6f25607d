"""Which findings an edit is responsible for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from attribution.linting import FileFindings
from attribution.linting.changes import lines_of

if TYPE_CHECKING:
    from attribution.session.findings import DraftFindings
    from attribution.session.session import Session
    from attribution.session.work import AnalysedDraft


@dataclass(frozen=True)
class Changes:
    """The lines of drafts that an edit changed, by the drafts' names."""

    lines: Mapping[str, frozenset[int]]

    def only(self, session: Session, analysed: AnalysedDraft, found: DraftFindings) -> DraftFindings:
        """The findings of a draft that the edit is responsible for."""
        return replace(found, file=self.on_changed_lines(found.file))

    def on_changed_lines(self, file: FileFindings) -> FileFindings:
        """The findings on changed lines."""
        lines = lines_of(self.lines, file.path)
        kept = tuple(
            finding for finding in file.findings if lines.intersection(range(finding.start.line, finding.end.line + 1))
        )
        return msgspec.structs.replace(file, findings=kept)
