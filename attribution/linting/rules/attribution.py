"""Rules on presence and placement of attribution: ATT201 to ATT207."""

from __future__ import annotations

from attribution.linting.rule import Rule

RULES: tuple[Rule, ...] = ()
