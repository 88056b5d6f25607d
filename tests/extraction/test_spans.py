"""Spans are cut and joined without losing or inventing a character."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import join, text_of, with_whole_quotations, within, without
from attribution.records import Span

TEXT = "Aa bb, “cc dd.” Ee “ff gg” hh ii jj kk ll mm nn oo pp qq rr ss."


def spans(longest: int = len(TEXT)) -> st.SearchStrategy[list[Span]]:
    edges = st.tuples(st.integers(0, longest), st.integers(0, longest)).filter(lambda pair: pair[0] != pair[1])
    return st.lists(edges.map(lambda pair: Span(min(pair), max(pair))), max_size=6)


def offsets(some: tuple[Span, ...] | list[Span]) -> set[int]:
    return {offset for span in some for offset in range(span.start, span.end)}


@given(spans(), spans())
def test_without_takes_away_exactly_the_removed_characters(kept: list[Span], removed: list[Span]) -> None:
    assert offsets(without(kept, removed)) == offsets(kept) - offsets(removed)


@given(spans(), spans())
def test_within_keeps_exactly_the_shared_characters(some: list[Span], bounds: list[Span]) -> None:
    assert offsets(within(some, bounds)) == offsets(some) & offsets(bounds)


@given(spans())
def test_join_covers_the_same_words_in_order_without_overlap(some: list[Span]) -> None:
    joined = join(TEXT, some)
    assert {offset for offset in offsets(joined) if TEXT[offset].isalnum()} == {
        offset for offset in offsets(some) if TEXT[offset].isalnum()
    }
    assert all(first.end < second.start for first, second in pairwise(joined))


@given(spans())
def test_joining_twice_changes_nothing(some: list[Span]) -> None:
    assert join(TEXT, join(TEXT, some)) == join(TEXT, some)


def part(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_a_quotation_that_is_touched_is_taken_whole() -> None:
    content = (Span(TEXT.index("dd"), TEXT.index("dd") + 2),)
    completed = with_whole_quotations(TEXT, content, [part("“cc dd.”"), part("“ff gg”")], [])
    assert text_of(TEXT, completed) == "“cc dd.”"


def test_a_quotation_that_holds_the_cue_stays_as_it_is() -> None:
    content = (Span(TEXT.index("dd"), TEXT.index("dd") + 2),)
    cue = Span(TEXT.index("cc"), TEXT.index("cc") + 2)
    assert with_whole_quotations(TEXT, content, [part("“cc dd.”")], [cue]) == content


@given(spans(), spans(), st.integers(0, len(TEXT)), st.integers(1, 9))
def test_an_index_finds_what_overlaps_in_text_order(
    some: list[Span], more: list[Span], start: int, length: int
) -> None:
    asked = Span(start, start + length)
    every = sorted([*some, *more])
    assert SpanIndex((span, span) for span in every).overlapping(asked) == [
        span for span in every if span.overlaps(asked)
    ]
