"""The registry: every rule of every module of this package, family by family.

A module holds one rule: its record, which decorates its check, and what only this check needs.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module

from attribution.linting.rule import Rule

FAMILIES = ("QUO", "SRC", "ATT", "HDG", "VRB", "CLM", "DOC", "LIM", "X", "SUP")
"""Newsroom rules by subject, then limits that a newsroom sets, then faults in the input."""


def _find_rules() -> tuple[Rule, ...]:
    modules = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(rules, key=lambda rule: (FAMILIES.index(rule.family), rule.id)))


RULES: tuple[Rule, ...] = _find_rules()
"""All rules in the order of their families and numbers."""


def find_rule(word: str, rules: Iterable[Rule] = RULES) -> Rule | None:
    """The rule with this identifier or name, in any letter case; None if there is none among ``rules``."""
    wanted = word.strip().lower()
    return next((rule for rule in rules if wanted in (rule.id.lower(), rule.name)), None)
