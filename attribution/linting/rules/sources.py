"""Rules on unnamed and vague sources: SRC101 to SRC105."""

from __future__ import annotations

from attribution.linting.rule import Rule

RULES: tuple[Rule, ...] = ()
