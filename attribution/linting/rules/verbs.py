"""Rules on verbs of speech: VRB401 and VRB402."""

from __future__ import annotations

from attribution.linting.rule import Rule

RULES: tuple[Rule, ...] = ()
