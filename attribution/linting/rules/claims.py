"""Rules on claims that need a source: CLM501 to CLM504."""

from __future__ import annotations

from attribution.linting.rule import Rule

RULES: tuple[Rule, ...] = ()
