"""The record that describes a repair, and what a repair may look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import entries_of
from attribution.extraction.roles import Roles
from attribution.lexicon import CueAdjective, CueNoun, CueVerb, Lexicon


@dataclass(frozen=True)
class Case:
    """A candidate cue in its sentence; ``run`` is the quoted stretch (first and last token) that is being looked at."""

    context: SentenceContext
    candidate: Candidate
    lexicon: Lexicon
    run: tuple[int, int] = (0, 0)

    @property
    def cue(self) -> int:
        """The head of the cue."""
        return self.candidate.head

    @cached_property
    def entries(self) -> Sequence[CueVerb | CueNoun | CueAdjective]:
        """The lexicon entries of the cue."""
        return entries_of(self.context, self.candidate, self.lexicon)

    @cached_property
    def frames(self) -> frozenset[str]:
        """The frames that the cue's entries list."""
        return frozenset(frame for entry in self.entries for frame in entry.frames)

    @property
    def reports_clauses(self) -> bool:
        """Whether the cue is listed as a verb that can follow the clause it reports."""
        return not REPORTING_FRAMES.isdisjoint(self.frames)


REPORTING_FRAMES = frozenset({"clause", "object-clause"})
"""Frames of verbs that report clauses, and can follow them."""


@dataclass(frozen=True)
class Repair:
    """A pattern in which the parse or the role model is wrong in a known way, and what is right instead.

    ``apply`` returns the repaired roles, or None where the pattern is absent. ``example`` is a sentence with the
    pattern. ``final``: no later repair of the same group is tried once this one has applied.
    """

    name: str
    kinds: frozenset[CandidateKind]
    example: str
    apply: Callable[[Case, Roles], Roles | None]
    final: bool = False

    @property
    def description(self) -> str:
        """What the pattern is, from the docstring of ``apply``."""
        return self.apply.__doc__ or ""
