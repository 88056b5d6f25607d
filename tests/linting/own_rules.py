"""Own rules under test: the example packages of the documentation, and a rule for each condition, with stored parses.

The rules' own examples are the tests. Run ``python scripts/build_rule_parses.py own`` after writing one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from newsroom import key_of
from placed_parses import aligned
from rule_cases import parses_in, words

from attribution.analysis import analyse_parsed
from attribution.linting.house import OwnRule, load_own_rules
from attribution.records import Analysis, Draft

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "docs" / "examples" / "house"
PACKAGES = ("agency", "broadcaster")
CONDITIONS = Path(__file__).parent / "own" / "conditions.toml"
OWN_PARSES = Path(__file__).parent / "own" / "parses.conllu"


@cache
def own_rules() -> tuple[OwnRule, ...]:
    """The rules of the example packages and those of the conditions."""
    return load_own_rules((*PACKAGES, str(CONDITIONS)), EXAMPLES, words()[0])


def stored_analyses(drafts: Sequence[Draft]) -> list[Analysis]:
    """The analyses of the stored parses; KeyError if the script has not been run."""
    lexicon, weights = words()
    return [
        analyse_parsed(draft, aligned(draft, parses_in(OWN_PARSES)[key_of(draft)]), lexicon, weights, "stored")
        for draft in drafts
    ]
