"""Rules on quotations: QUO001 to QUO003."""

from __future__ import annotations

from attribution.linting.rule import Rule

RULES: tuple[Rule, ...] = ()
