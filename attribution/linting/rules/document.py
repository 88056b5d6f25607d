"""Rules on the article as a whole: DOC601 to DOC605."""

from __future__ import annotations

from attribution.linting.rule import Rule

RULES: tuple[Rule, ...] = ()
