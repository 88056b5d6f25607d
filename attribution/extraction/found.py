"""An accepted cue while its parts are put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from attribution.extraction.candidates import Candidate
from attribution.extraction.context import SentenceContext
from attribution.extraction.roles import Roles
from attribution.extraction.spans import content_tokens
from attribution.records import Evidence, Feature, Frame, Span


@dataclass
class Found:
    """An accepted cue while its parts are put together."""

    context: SentenceContext
    candidate: Candidate
    log_odds: float
    features: tuple[Feature, ...]
    roles: Roles
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    parent: Found | None = field(default=None, repr=False)
    evidence: Evidence = Evidence.REPORT
    sign: str = ""
    frame: Frame | None = None  # the pattern that gave it, where it is none of the tree

    @property
    def head(self) -> Span:
        """Where the cue's head stands."""
        return self.context.tokens[self.candidate.head].span


def content_spans(one: Found) -> tuple[Span, ...]:
    """The characters of the content, by the roles of the words around the cue."""
    roles = one.roles
    return one.context.tree.spans(content_tokens(one.context, roles.content, roles.source | roles.cue, roles.other))


def by_sentence(found: Iterable[Found]) -> dict[str, list[Found]]:
    """The attributions of each sentence, by its id."""
    grouped: defaultdict[str, list[Found]] = defaultdict(list)
    for one in found:
        grouped[one.context.sentence.id].append(one)
    return grouped
