"""Where a change stands in one version, and what its claims rest on there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attribution.comparison.changes import Side, Words
from attribution.comparison.standing import Standing
from attribution.comparison.version import Version
from attribution.ingest import locate
from attribution.records import Grade, Span


def side_of(
    version: Version,
    claims: Sequence[str],
    words: tuple[Words, ...],
    standings: Mapping[str, Standing],
    *,
    span: Span | None = None,
    grade: Grade | None = None,
) -> Side:
    """The side of a change to these claims; ``span`` is its place where that is not theirs: a quotation's."""
    held = sorted((version.claims[identifier] for identifier in claims), key=lambda claim: claim.spans[0])
    if span is None:
        span = Span(held[0].spans[0].start, max(claim.spans[-1].end for claim in held))
    line, column = locate(version.analysis.draft, span.start)
    supports = [claim.support for claim in held if claim.support is not None]
    return Side(
        start=span.start,
        end=span.end,
        line=line,
        column=column,
        text=version.text[span.start : span.end],
        words=words,
        claims=tuple(claim.id for claim in held),
        sentences=tuple(dict.fromkeys([claim.sentence for claim in held] or version.sentences_at(span))),
        sources=tuple(dict.fromkeys(source for claim in held for source in standings[claim.id].speakers)),
        voices=tuple(dict.fromkeys(claim.voice for claim in held)),
        carriers=tuple(dict.fromkeys(claim.carrier for claim in held)),
        support=min(supports, default=None),
        exposure=max((claim.exposure.grade for claim in held), default=0),
        commitment=held[0].commitment if held else None,
        grade=grade,
    )


def words_at(version: Version, spans: Iterable[Span]) -> tuple[Words, ...]:
    """The words of the version in the spans."""
    return tuple(Words(span.start, span.end, version.text[span.start : span.end]) for span in spans)
