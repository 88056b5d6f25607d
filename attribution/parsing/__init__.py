"""Segments drafts into sentences and words, parses them, and asks questions of the trees.

Importing this package imports neither torch, nor Stanza, nor NLTK; they load with the first draft.
"""

from __future__ import annotations

from attribution.parsing.conllu import read_conllu, write_conllu
from attribution.parsing.models import load_parser
from attribution.parsing.parser import ConlluParser, Parser
from attribution.parsing.segmentation import segment
from attribution.parsing.tree import Tree, merge

__all__ = [
    "ConlluParser",
    "Parser",
    "Tree",
    "load_parser",
    "merge",
    "read_conllu",
    "segment",
    "write_conllu",
]
