"""Rules on hedging: HDG301 to HDG304."""

from __future__ import annotations

from attribution.linting.rule import Rule

RULES: tuple[Rule, ...] = ()
