"""Segment drafts into sentences and words, parse them, and query the trees.

Importing this package imports neither NumPy nor NLTK; they load with the first draft. torch and Stanza load only for a
model whose networks Stanza itself must run.
"""

from __future__ import annotations

from attribution.parsing.conllu import read_conllu, write_conllu
from attribution.parsing.doc import Doc
from attribution.parsing.models import load_parser
from attribution.parsing.parser import ConlluParser, Parser
from attribution.parsing.segmentation import segment
from attribution.parsing.tree import Tree, merge

__all__ = [
    "ConlluParser",
    "Doc",
    "Parser",
    "Tree",
    "load_parser",
    "merge",
    "read_conllu",
    "segment",
    "write_conllu",
]
