"""Compares two versions of an article: how did the edit change who says so, and how sure the text is?"""

from __future__ import annotations

from attribution.comparison.changes import (
    Change,
    ChangeKind,
    ClaimSource,
    Comparison,
    Link,
    Relation,
    Row,
    Side,
    Words,
)
from attribution.comparison.verdicts import compare

__all__ = [
    "Change",
    "ChangeKind",
    "ClaimSource",
    "Comparison",
    "Link",
    "Relation",
    "Row",
    "Side",
    "Words",
    "compare",
]
