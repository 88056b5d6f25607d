"""The registry: every rule there is, in the order of their identifiers."""

from __future__ import annotations

from attribution.linting.rule import Rule
from attribution.linting.rules import (
    attribution,
    claims,
    diagnostics,
    document,
    hedging,
    identification,
    quotations,
    sources,
    verbs,
)

RULES: tuple[Rule, ...] = (
    *quotations.RULES,
    *sources.RULES,
    *identification.RULES,
    *attribution.RULES,
    *hedging.RULES,
    *verbs.RULES,
    *claims.RULES,
    *document.RULES,
    *diagnostics.RULES,
)
"""Newsroom rules family by family, then limits that a newsroom sets, then what is wrong with the input."""


def find_rule(word: str) -> Rule | None:
    """The rule with this identifier or name, in any letter case; None when there is none."""
    wanted = word.strip().lower()
    return next((rule for rule in RULES if wanted in (rule.id.lower(), rule.name)), None)
