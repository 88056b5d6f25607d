"""Questions about spans and words that are answered from an index: the answers are those of asking one by one."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from attribution.ingest.span_cover import SpanCover
from attribution.ingest.text_words import TextWords
from attribution.records import Span

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 12), st.integers(0, 6))


@given(st.lists(spans, max_size=8), spans)
def test_span_cover(among: list[Span], span: Span) -> None:
    cover = SpanCover(among)
    assert cover.covers(span) == any(other.covers(span) for other in among)
    assert cover.has_within(span) == any(span.covers(other) for other in among)
    ends = [other.end for other in among if other.start == span.start and other.end <= span.end]
    assert cover.starting_at(span.start, span.end) == max(ends, default=None)


texts = st.lists(
    st.sampled_from(["Ada", "Bo", "A", "Bolt", "bolt", ",", ":", "(", " ", "  ", "\n", "'s", "."]), max_size=14
)


@given(texts, st.sampled_from(["Ada", "Bolt", "Ada Bolt", "Bo's", "A"]))
def test_names_within_sentences(pieces: list[str], name: str) -> None:
    text = "".join(pieces)
    words = TextWords(text)
    shown = re.escape(name)
    assert words.is_within_sentence(name, ",", ":") == bool(re.search(rf"[\w,]\s+{shown}\b(?!\s*:)", text))
    assert words.is_within_sentence(name, "", ":(") == bool(re.search(rf"\w+\s+{shown}\b(?!\s*(?::|\())", text))
    assert words.count(name) == len(re.findall(rf"\b{shown}\b", text))


@given(texts)
def test_initials(pieces: list[str]) -> None:
    text = "".join(pieces)
    for letters in ("A", "AB", "BB", "ABB", "BAB"):
        wanted = re.search(r"\b" + r"\w+ ".join(letters) + r"[a-zß-öø-ÿ]", text) is not None
        assert (letters in TextWords(text).initials) == wanted
