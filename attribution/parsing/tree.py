"""Questions about a sentence's dependency tree (Universal Dependencies)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from attribution.records import ROOT, Sentence, Span, Token


def merge(spans: Iterable[Span], text: str = "", offset: int = 0) -> tuple[Span, ...]:
    """Spans in text order, those joined that overlap, touch, or have only white space between them.

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
    """A sentence's tree. Indices count tokens from 0; lists are in text order.

    A relation asked for as ``nsubj`` also matches its subtypes (``nsubj:pass``); with a subtype it matches only itself.
    """

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self._children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != ROOT:
                self._children[token.head].append(token.index)

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def root(self) -> int:
        """The index of the root token (the first, should a parse have several)."""
        return next(token.index for token in self.tokens if token.head == ROOT)

    def matches(self, index: int, *relations: str) -> bool:
        """Whether the token hangs on its head by one of the relations."""
        relation = self.tokens[index].relation
        return any(relation == one or (":" not in one and relation.startswith(one + ":")) for one in relations)

    def children(self, index: int, *relations: str) -> list[int]:
        """The token's dependents, all or those by one of the relations."""
        if not relations:
            return list(self._children[index])
        return [child for child in self._children[index] if self.matches(child, *relations)]

    def child(self, index: int, *relations: str) -> int | None:
        """The first dependent by one of the relations, or None."""
        return next((child for child in self._children[index] if self.matches(child, *relations)), None)

    def head(self, index: int) -> int | None:
        """The token's head, None for a root."""
        head = self.tokens[index].head
        return None if head == ROOT else head

    def ancestors(self, index: int) -> list[int]:
        """The token's heads, nearest first, up to the root."""
        heads: list[int] = []
        head = self.head(index)
        while head is not None and head not in heads:
            heads.append(head)
            head = self.head(head)
        return heads

    def subtree(self, index: int, without: Iterable[int] = ()) -> list[int]:
        """The token and all below it, except the subtrees of the tokens in ``without``."""
        cut = set(without)
        found: list[int] = []
        waiting = [index]
        while waiting:
            here = waiting.pop()
            if here in cut:
                continue
            found.append(here)
            waiting.extend(self._children[here])
        return sorted(found)

    def path(self, start: int, end: int) -> list[int]:
        """The tokens from ``start`` up to the nearest common ancestor and down to ``end``, both included."""
        up = [start, *self.ancestors(start)]
        down = [end, *self.ancestors(end)]
        common = next((index for index in up if index in down), None)
        if common is None:
            return []
        return up[: up.index(common) + 1] + down[: down.index(common)][::-1]

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The characters of the tokens, one span for tokens that follow each other."""
        return merge((self.tokens[index].span for index in indices), self.sentence.text, self.sentence.start)
