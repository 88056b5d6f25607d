"""A parsed draft: its sentences with one tree each, built once and handed from stage to stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from attribution.parsing.tree import Tree
from attribution.records import Block, BlockKind, Draft, Sentence


class Doc:
    """A draft with its parsed sentences. ``trees`` are in the order of ``sentences``."""

    def __init__(self, draft: Draft, trees: Iterable[Tree]) -> None:
        self.draft = draft
        self.trees = tuple(trees)
        self.sentences = tuple(tree.sentence for tree in self.trees)

    @classmethod
    def of_sentences(cls, draft: Draft, sentences: Iterable[Sentence]) -> Doc:
        """The document of sentences whose trees have not been built."""
        return cls(draft, map(Tree, sentences))

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each sentence in the draft, by its id."""
        return {sentence.id: position for position, sentence in enumerate(self.sentences)}

    def tree(self, sentence: str) -> Tree:
        """The tree of the sentence with this id; raises KeyError if there is none."""
        return self.trees[self.positions[sentence]]

    def position_at(self, offset: int) -> int:
        """The position of the sentence that contains a character of the draft, or of the last sentence before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence(self, identifier: str) -> Sentence:
        """The sentence with this id; raises KeyError if there is none."""
        return self.sentences[self.positions[identifier]]

    def block(self, sentence: Sentence) -> Block:
        """The block that contains the sentence."""
        return self.draft.blocks[sentence.block]

    def block_kind(self, sentence: Sentence) -> BlockKind:
        """The kind of block that contains the sentence."""
        return self.draft.blocks[sentence.block].kind
