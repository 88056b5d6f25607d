"""The tree's queries on hand-checked parses."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.parsing import Tree, merge, read_conllu
from attribution.records import Span

PARSE = """\
# text = Officials said the dam was inspected by engineers.
1	Officials	official	NOUN	NNS	_	2	nsubj	_	_
2	said	say	VERB	VBD	_	0	root	_	_
3	the	the	DET	DT	_	4	det	_	_
4	dam	dam	NOUN	NN	_	6	nsubj:pass	_	_
5	was	be	AUX	VBD	_	6	aux:pass	_	_
6	inspected	inspect	VERB	VBN	_	2	ccomp	_	_
7	by	by	ADP	IN	_	8	case	_	_
8	engineers	engineer	NOUN	NNS	_	6	obl:agent	_	SpaceAfter=No
9	.	.	PUNCT	.	_	2	punct	_	_
"""


@pytest.fixture
def tree() -> Tree:
    return Tree(read_conllu(PARSE)[1][0])


def test_universal_relation_matches_its_subtypes_and_a_subtype_only_itself(tree: Tree) -> None:
    assert tree.children(5, "nsubj") == [3]
    assert tree.children(5, "nsubj:pass", "obl:agent") == [3, 7]
    assert tree.children(1, "nsubj:pass") == []
    assert tree.child(5, "obl") == 7
    assert tree.child(5, "obj") is None
    assert tree.has_child(5, "nsubj")
    assert not tree.has_child(5, "obj", "nsub")
    assert tree.has_child(5)
    assert not tree.has_child(2)
    assert not tree.matches(3, "nsub")


def test_ways_through_the_tree(tree: Tree) -> None:
    assert tree.root == 1
    assert tree.head(1) is None
    assert tree.head(6) == 7
    assert tree.ancestors(6) == [7, 5, 1]


def test_subtrees_in_text_order_and_without_branches(tree: Tree) -> None:
    assert tree.subtree(5) == [2, 3, 4, 5, 6, 7]
    assert tree.subtree(5, without=[7]) == [2, 3, 4, 5]
    assert tree.subtree(1) == list(range(9))


def test_spans_join_words_that_follow_each_other(tree: Tree) -> None:
    text = tree.sentence.text
    assert [text[span.start : span.end] for span in tree.spans([2, 3, 5, 7, 8])] == [
        "the dam",
        "inspected",
        "engineers.",
    ]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=12))
def test_merged_spans_cover_the_same_characters_and_do_not_touch(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(start, start + length) for start, length in pairs]
    merged = merge(spans)
    covered = {place for span in spans for place in range(span.start, span.end)}
    assert {place for span in merged for place in range(span.start, span.end)} == covered
    assert all(left.end < right.start for left, right in pairwise(merged))


@given(st.lists(st.tuples(st.integers(0, 55), st.integers(0, 10)), max_size=4))
def test_words_in_spans_are_those_that_share_a_character(pairs: list[tuple[int, int]]) -> None:
    tree = Tree(read_conllu(PARSE)[1][0])
    spans = [Span(start, start + length) for start, length in pairs]
    sharing = {token.index for token in tree.tokens if any(span.overlaps(token.span) for span in spans)}
    assert tree.words_in(spans) == sharing


def test_lists_are_copies(tree: Tree) -> None:
    for ask in (lambda: tree.children(5), lambda: tree.children(5, "nsubj"), lambda: tree.subtree(5)):
        before = ask()
        ask().clear()
        assert ask() == before
