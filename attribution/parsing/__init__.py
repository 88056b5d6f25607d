"""Segments drafts into sentences and words, parses them, and asks questions of the trees."""

from __future__ import annotations

from attribution.parsing.conllu import read_conllu, write_conllu
from attribution.parsing.tree import Tree, merge

__all__ = ["Tree", "merge", "read_conllu", "write_conllu"]
