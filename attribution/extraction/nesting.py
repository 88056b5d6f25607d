"""Attributions inside the content of others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from attribution.extraction.found import Found, by_number, parents_of
from attribution.extraction.mention import FIRST_PERSON
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import stripped, within, without
from attribution.records import VOUCHING


def nested(attributions: Sequence[Found]) -> tuple[Found, ...]:
    """The attributions, each with the smallest other one whose content contains its cue as its parent.

    Of two that contain each other's cues the outer is the one with a source, else the likelier.
    """
    known = by_number(attributions)
    contents = SpanIndex(
        (span, place) for place, attribution in enumerate(attributions) for span in attribution.content
    )
    sizes = [sum(len(span) for span in attribution.content) for attribution in attributions]
    for inner in attributions:
        near = sorted(set(contents.overlapping(inner.head)), key=lambda place: (sizes[place], place))
        for outer in (attributions[place] for place in near):
            if outer is inner or not _holds(outer, inner) or (_holds(inner, outer) and _ranks_above(inner, outer)):
                continue
            above = {outer.number, *(parent.number for parent in parents_of(known[outer.number], known))}
            if inner.number not in above:
                known[inner.number] = replace(inner, parent=outer.number)
                break
    return tuple(known.values())


def _holds(outer: Found, inner: Found) -> bool:
    return any(span.covers(inner.head) for span in outer.content)


def _ranks_above(first: Found, second: Found) -> bool:
    return (bool(first.source), first.log_odds) > (bool(second.source), second.log_odds)


def without_self_links(attributions: Sequence[Found]) -> tuple[Found, ...]:
    """The attributions less those by which speakers say of themselves, in their own quotation, that they say it.

    *“I shouted twice,” said Aras*: the inner one adds nothing. Its children become the speaker's.
    """
    known = by_number(attributions)
    left_out = {
        number
        for number, attribution in known.items()
        if attribution.parent is not None and _is_self(attribution, known)
    }
    return _without(attributions, left_out)


def _is_self(attribution: Found, known: Mapping[int, Found]) -> bool:
    """Whether an attribution in a quotation has its speaker for source: *I*, *we*."""
    context = attribution.context
    words = [context.tree.forms[index] for index in attribution.roles.source if context.is_word(index)]
    if not attribution.is_quoted or not words or not set(words) <= FIRST_PERSON:
        return False
    speaker = next((outer for outer in parents_of(attribution, known) if not outer.is_quoted), None)
    return speaker is not None and bool(speaker.source)


def clipped(text: str, attributions: Sequence[Found]) -> tuple[Found, ...]:
    """The attributions, with the content of nested ones cut to the content of their parents."""
    known = by_number(attributions)
    for number, inner in known.items():
        if inner.parent is not None:
            outer = known[inner.parent]
            shared = within(inner.content, outer.content) or inner.content
            known[number] = replace(inner, content=stripped(text, without(shared, outer.source + outer.cue)))
    return tuple(known.values())


def further_reports(attributions: Sequence[Found]) -> tuple[Found, ...]:
    """The attributions less those inside a report that are no report of their own."""
    known = by_number(attributions)
    left_out = {
        attribution.number
        for attribution in attributions
        if vouching_parent(attribution, known) is not None and not (attribution.further and attribution.content)
    }
    return _without(attributions, left_out)


def _without(attributions: Sequence[Found], left_out: Collection[int]) -> tuple[Found, ...]:
    """The attributions less some; what is nested in those becomes nested in the next one around it."""
    known = by_number(attributions)
    kept = []
    for attribution in attributions:
        if attribution.number not in left_out:
            parents = (outer.number for outer in parents_of(attribution, known) if outer.number not in left_out)
            parent = next(parents, None)
            kept.append(attribution if parent == attribution.parent else replace(attribution, parent=parent))
    return tuple(kept)


def vouching_parent(attribution: Found, known: Mapping[int, Found]) -> Found | None:
    """The nearest attribution around one that vouches for its content; ``known`` finds them by number."""
    return next((outer for outer in parents_of(attribution, known) if outer.evidence in VOUCHING), None)
