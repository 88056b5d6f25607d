"""What was found in a draft, by its places in the editor's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lsprotocol import types

from attribution.index import AnalysisIndex, smallest_claim_at
from attribution.linting import FileFindings, Finding
from attribution.linting.findings import file_range
from attribution.lsp.documents import PlacedText
from attribution.records import Claim, Span
from attribution.session.work import AnalysedDraft


@dataclass(frozen=True)
class Checked:
    """A draft's text with its analysis and findings; without them if it is not read, of which ``error`` may tell why.

    ``own_words`` is the folder that takes the newsroom's own words, if there is one.
    """

    placed: PlacedText
    version: int | None
    analysed: AnalysedDraft | None = None
    file: FileFindings | None = None
    error: str | None = None
    own_words: str | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What lint reports."""
        return () if self.file is None else self.file.findings

    @cached_property
    def index(self) -> AnalysisIndex:
        """The look-ups over the analysis, which there must be."""
        assert self.analysed is not None
        return AnalysisIndex(self.analysed.analysis, vouching_only=True)

    def span_in_file(self, span: Span) -> Span:
        """Where the characters of the draft's text stand in the file, whose text the editor has."""
        assert self.analysed is not None
        start, end = file_range(self.analysed.analysis.draft, span)
        return Span(start.offset, end.offset)

    def range(self, span: Span) -> types.Range:
        """Where the characters of the draft's text stand in the editor."""
        there = self.span_in_file(span)
        return self.placed.range(there.start, there.end)

    def range_around(self, spans: Iterable[Span]) -> types.Range:
        """From the first of the spans to the last, in the editor."""
        there = [self.span_in_file(span) for span in spans]
        return self.placed.range(min(span.start for span in there), max(span.end for span in there))

    def claim_at(self, offset: int) -> Claim | None:
        """The smallest claim around an offset of the file; in a sentence whose words are no claim's, its first one."""
        if self.analysed is None:
            return None
        analysis = self.analysed.analysis
        claim = smallest_claim_at(offset, analysis.claims, self.span_in_file)
        if claim is not None:
            return claim
        for sentence in analysis.sentences:
            there = self.span_in_file(sentence.span)
            if there.start <= offset < there.end:
                return next(iter(self.index.claims_in(sentence)), None)
        return None

    def findings_in(self, start: int, end: int) -> list[Finding]:
        """The findings that share a place with a stretch of the file, which may be empty."""
        return [finding for finding in self.findings if finding.start.offset <= end and start <= finding.end.offset]
