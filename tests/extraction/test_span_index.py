from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from attribution.extraction.span_index import SpanIndex
from attribution.records import Span

LENGTHS = st.sampled_from([0, 1, 3, 30, 4000])
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 3000), LENGTHS)


@given(st.lists(SPANS, max_size=60), SPANS)
def test_finds_what_shares_a_character(spans: list[Span], sought: Span) -> None:
    assert_finds(spans, sought)


@given(st.lists(LENGTHS, min_size=1100, max_size=1200), SPANS)
def test_finds_it_among_many(lengths: list[int], sought: Span) -> None:
    assert_finds([Span(3 * place, 3 * place + length) for place, length in enumerate(lengths)], sought)


def assert_finds(spans: list[Span], sought: Span) -> None:
    index = SpanIndex((span, number) for number, span in enumerate(spans))
    order = sorted(range(len(spans)), key=lambda number: spans[number])
    expected = [number for number in order if spans[number].start < sought.end and spans[number].end > sought.start]
    assert index.overlapping(sought) == expected
