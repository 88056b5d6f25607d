"""Very long sentences are read in windows, but still make one tree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from attribution.parsing.form_parser import FormParser
from attribution.parsing.windows import LONGEST, Word, join_windows, window_bounds
from attribution.records import ROOT


@given(st.lists(st.sampled_from(["word", ",", ";", "."]), max_size=3 * LONGEST))
def test_windows_follow_each_other_and_are_short_enough(forms: list[str]) -> None:
    bounds = window_bounds(forms)
    assert bounds[0][0] == 0
    assert bounds[-1][1] == len(forms)
    assert all(left[1] == right[0] for left, right in pairwise(bounds))
    assert all(end - start <= LONGEST for start, end in bounds)
    assert all(start < end for start, end in bounds) or not forms
    assert (len(bounds) == 1) == (len(forms) <= LONGEST)


def test_a_window_ends_at_the_safest_point() -> None:
    forms = ["word"] * (2 * LONGEST)
    forms[LONGEST - 5], forms[LONGEST - 30] = ",", ";"
    assert window_bounds(forms)[0] == (0, LONGEST - 29)
    assert window_bounds(["word"] * (LONGEST + 1)) == [(0, LONGEST), (LONGEST, LONGEST + 1)]


@st.composite
def trees(draw: st.DrawFn) -> list[Word]:
    """A random tree: in some order of the words, each depends on one before it."""
    order = draw(st.permutations(range(draw(st.integers(1, 6)))))
    heads = [ROOT] * len(order)
    for place, index in enumerate(order[1:], 1):
        heads[index] = order[draw(st.integers(0, place - 1))]
    return [Word("word", "NOUN", "NN", head, "root" if head == ROOT else "dep") for head in heads]


@given(st.lists(trees(), min_size=1, max_size=4))
def test_joined_windows_are_one_tree(parses: list[list[Word]]) -> None:
    joined = join_windows(parses)
    assert [word.lemma for word in joined] == ["word"] * sum(map(len, parses))
    assert sum(word.head == ROOT for word in joined) == 1
    for index in range(len(joined)):
        seen = set()
        while index != ROOT:
            assert index not in seen
            seen.add(index)
            index = joined[index].head
    assert sum(word.relation == "parataxis" for word in joined) == len(parses) - 1


class RecordingParser(FormParser):
    """Keeps the windows that it was given."""

    name = "recording"

    def __init__(self) -> None:
        self.given: list[tuple[str, ...]] = []

    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[Word]]:
        self.given += map(tuple, sentences)
        return [
            [Word(form, "NOUN", "NN", place - 1 if place else ROOT, "dep") for place, form in enumerate(sentence)]
            for sentence in sentences
        ]


def test_what_is_said_again_is_parsed_once() -> None:
    parser = RecordingParser()
    sentences = [["He", "said", "so"], ["word"] * (3 * LONGEST + 7), ["He", "said", "so"], ["word"] * 7]
    parsed = parser.parse_forms(sentences)
    assert [[word.lemma for word in words] for words in parsed] == sentences
    assert sorted(map(len, parser.given)) == [3, 7, LONGEST]
