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
from attribution.ingest import read_text
from attribution.ingest.files import FORMATS
from attribution.linting.house import OwnRule, load_own_rules
from attribution.records import Analysis, Draft, Sentence

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "docs" / "examples" / "house"
PACKAGES = ("agency", "broadcaster")
CONDITIONS = Path(__file__).parent / "own" / "conditions.toml"
ROOM = {
    "drafts/lock.txt": (
        "“We heard a crack” Ida Marr said said. The lock may possibly open in May.\n",
        "“We heard a crack,” Ida Marr said. The lock may open in May.\n",
    ),
    "drafts/talks.md": (
        "# Talks fail\n\nAda Quill claimed that nobody was to blame.\n",
        "# Talks fail\n\nAda Quill said that nobody was to blame.\n",
    ),
}
"""Drafts of a small newsroom, and how the fixes leave them."""

BETWEEN = {"drafts/lock.txt": "“We heard a crack” Ida Marr said. The lock may open in May.\n"}
"""Drafts that take two rounds of fixes, as the first leaves them: the comma is missed once one verb is left."""

OWN_PARSES = Path(__file__).parent / "own" / "parses.conllu"


class StoredParser:
    """Gives stored parses, so that no model is loaded."""

    name = "stored"

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        return [aligned(draft, parses_in(OWN_PARSES)[key_of(draft)]) for draft in drafts]


def room_drafts() -> list[Draft]:
    """The drafts of the newsroom, before, between and after."""
    texts = [(name, text) for name, states in ROOM.items() for text in states]
    return [read_text(text, FORMATS[Path(name).suffix], name) for name, text in (*texts, *BETWEEN.items())]


@cache
def own_rules() -> tuple[OwnRule, ...]:
    """The rules of the example packages and those of the conditions."""
    return load_own_rules((*PACKAGES, str(CONDITIONS)), EXAMPLES, words()[0])


def stored_analyses(drafts: Sequence[Draft]) -> list[Analysis]:
    """The analyses of the stored parses; KeyError if the script has not been run."""
    lexicon, weights = words()
    return [
        analyse_parsed(draft, sentences, lexicon, weights, "stored")
        for draft, sentences in zip(drafts, StoredParser().parse(drafts), strict=True)
    ]
