"""An attribution while its parts are put together, from an accepted cue to its record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from attribution.extraction.candidates import Candidate
from attribution.extraction.context import SentenceContext
from attribution.extraction.roles import Roles
from attribution.extraction.spans import content_tokens
from attribution.records import Evidence, Feature, Frame, Span


class Found(msgspec.Struct, frozen=True):
    """An attribution while its parts are put together; each stage gives new ones.

    ``number`` identifies it within the draft through all stages, ``parent`` is the number of the attribution whose
    content holds its cue. ``evidence``, ``sign`` and ``further`` are
    those of its ``evidence.Decision``; ``frame`` is the pattern that gave it, where that is none of the tree.
    """

    context: SentenceContext
    candidate: Candidate
    log_odds: float
    features: tuple[Feature, ...]
    roles: Roles
    number: int = 0
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    parent: int | None = None
    evidence: Evidence = Evidence.REPORT
    sign: str = ""
    further: bool = False
    frame: Frame | None = None

    @property
    def head(self) -> Span:
        """Where the cue's head stands."""
        return self.context.tokens[self.candidate.head].span

    @property
    def sentence(self) -> str:
        """The id of the cue's sentence."""
        return self.context.sentence.id

    @property
    def is_quoted(self) -> bool:
        """Whether the cue stands in a quotation."""
        return self.context.in_quotation[self.candidate.head]


def content_spans(context: SentenceContext, roles: Roles) -> tuple[Span, ...]:
    """The characters of the content, by the roles of the words around the cue."""
    return context.tree.spans(content_tokens(context, roles.content, roles.source | roles.cue, roles.other))


def by_number(attributions: Iterable[Found]) -> dict[int, Found]:
    """The attributions by their numbers, in the given order."""
    return {attribution.number: attribution for attribution in attributions}


def by_sentence(attributions: Iterable[Found]) -> dict[str, list[Found]]:
    """The attributions of each sentence, by its id."""
    grouped: defaultdict[str, list[Found]] = defaultdict(list)
    for attribution in attributions:
        grouped[attribution.sentence].append(attribution)
    return grouped


def parents_of(attribution: Found, known: Mapping[int, Found]) -> Iterable[Found]:
    """Yield the attributions around one, the innermost first; ``known`` finds them by number."""
    while attribution.parent is not None:
        attribution = known[attribution.parent]
        yield attribution
