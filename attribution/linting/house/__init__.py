"""A newsroom's own rules, declared in TOML without Python. ``docs/OWN_RULES.md`` explains them to editors."""

from __future__ import annotations

from attribution.linting.house.reading import NoRulesError, OwnRule, load_own_rules

__all__ = ["NoRulesError", "OwnRule", "load_own_rules"]
