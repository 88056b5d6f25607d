"""Questions about a sentence's dependency tree (Universal Dependencies)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable
from functools import cache, cached_property
from itertools import chain

from attribution.records import ROOT, Sentence, Span, Token


def merge(spans: Iterable[Span], text: str = "", offset: int = 0) -> tuple[Span, ...]:
    """Spans in text order; those that overlap, touch, or have only white space between them are joined.

    White space is looked up in ``text``, which begins at ``offset``; without it only touching spans are joined.
    """
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and (
            span.start <= joined[-1].end or (text and not text[joined[-1].end - offset : span.start - offset].strip())
        ):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


class Tree:
    """A sentence's tree. Indices count tokens from 0; lists are in text order and may be changed by the caller.

    A relation such as ``nsubj`` also matches its subtypes (``nsubj:pass``); with a subtype it matches only itself.
    ``relations`` holds each token's relation and its universal part (``("nsubj:pass", "nsubj")``).
    """

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.relations: list[tuple[str, str]] = [_with_universal_part(token.relation) for token in self.tokens]
        self._children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != ROOT:
                self._children[token.head].append(token.index)
        self._asked: list[frozenset[str] | None] = [None] * len(self.tokens)
        self._subtrees: list[list[int] | None] = [None] * len(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def forms(self) -> list[str]:
        """The tokens' texts in lower case, with straight apostrophes."""
        return [token.text.lower().replace("’", "'") for token in self.tokens]

    @cached_property
    def lemmas(self) -> list[str]:
        """The tokens' lemmas in lower case."""
        return [token.lemma.lower() for token in self.tokens]

    @cached_property
    def root(self) -> int:
        """The index of the root token (the first if a parse has several)."""
        return next(token.index for token in self.tokens if token.head == ROOT)

    def matches(self, index: int, *relations: str) -> bool:
        """Whether the token has one of these relations to its head."""
        relation, universal = self.relations[index]
        return relation in relations or universal in relations

    def children(self, index: int, *relations: str) -> list[int]:
        """The token's dependents, all of them or only those with one of the relations."""
        children = self._children[index]
        if not relations or not children:
            return children.copy()
        if (self._asked[index] or self._relations_below(index)).isdisjoint(relations):
            return []
        found = []
        for child in children:
            relation, universal = self.relations[child]
            if relation in relations or universal in relations:
                found.append(child)
        return found

    def child(self, index: int, *relations: str) -> int | None:
        """The first dependent with one of the relations, or None."""
        for child in self._children[index]:
            relation, universal = self.relations[child]
            if not relations or relation in relations or universal in relations:
                return child
        return None

    def has_child(self, index: int, *relations: str) -> bool:
        """Whether the token has a dependent, of any kind or with one of the relations."""
        children = self._children[index]
        if not relations or not children:
            return bool(children)
        return not (self._asked[index] or self._relations_below(index)).isdisjoint(relations)

    def _relations_below(self, index: int) -> frozenset[str]:
        """The relations of the token's children, which alone rule out most queries."""
        known = frozenset(chain.from_iterable(self.relations[child] for child in self._children[index]))
        self._asked[index] = known
        return known

    def head(self, index: int) -> int | None:
        """The token's head, None for a root."""
        head = self.tokens[index].head
        return None if head == ROOT else head

    def ancestors(self, index: int) -> list[int]:
        """The token's heads, nearest first, up to the root."""
        heads: dict[int, None] = {}
        head = self.tokens[index].head
        while head != ROOT and head not in heads:
            heads[head] = None
            head = self.tokens[head].head
        return list(heads)

    def subtree(self, index: int, without: Iterable[int] = ()) -> list[int]:
        """The token and all tokens below it, except the subtrees of the tokens in ``without``."""
        subtree = self._subtrees[index]
        if subtree is None:
            subtree = self._below(index, frozenset()) if self._children[index] else [index]
            self._subtrees[index] = subtree
        cut = frozenset(without)
        return subtree.copy() if not cut or cut.isdisjoint(subtree) else self._below(index, cut)

    def _below(self, index: int, cut: Container[int]) -> list[int]:
        found: list[int] = []
        waiting = [index]
        while waiting:
            here = waiting.pop()
            if here not in cut:
                found.append(here)
                waiting += self._children[here]
        found.sort()
        return found

    def words_in(self, spans: Iterable[Span]) -> frozenset[int]:
        """The tokens that share a character with one of the spans."""
        starts, ends = self._starts, self._ends
        found: set[int] = set()
        for span in spans:
            found.update(range(bisect_right(ends, span.start), bisect_left(starts, span.end)))
        return frozenset(found)

    def words_within(self, spans: Iterable[Span]) -> list[int]:
        """The tokens of which each character is in one of the spans, in text order."""
        starts, ends = self._starts, self._ends
        found: set[int] = set()
        for span in spans:
            found.update(range(bisect_left(starts, span.start), bisect_right(ends, span.end)))
        return sorted(found)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _ends(self) -> list[int]:
        return [token.end for token in self.tokens]

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The character spans of the tokens; adjacent tokens make one span."""
        text, offset = self.sentence.text, self.sentence.start
        found: list[Span] = []
        start = end = -1
        for index in sorted(indices):
            token = self.tokens[index]
            if end >= 0 and (token.start <= end or not text[end - offset : token.start - offset].strip()):
                end = max(end, token.end)
            else:
                if end >= 0:
                    found.append(Span(start, end))
                start, end = token.start, token.end
        if end >= 0:
            found.append(Span(start, end))
        return tuple(found)


@cache
def _with_universal_part(relation: str) -> tuple[str, str]:
    return relation, relation.partition(":")[0]
