"""Rules on how a source is identified: SRC106 to SRC110."""

from __future__ import annotations

from attribution.linting.rule import Rule

RULES: tuple[Rule, ...] = ()
