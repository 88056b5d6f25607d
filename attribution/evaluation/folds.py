"""Folds of a corpus, by document and the same on every machine."""

from __future__ import annotations

import hashlib

FOLDS = 5


def fold_of(name: str) -> int:
    """The fold (0 to 4) of the document with this name: the SHA-256 of the name, modulo 5."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS
