"""The hand-made pairs of ``pairs.toml``, their stored parses, and the number of expected changes that are found.

Parses are stored in ``tests/comparison/parses`` as CoNLL-U, so that no model is needed: run
``python scripts/build_comparison_parses.py`` after writing a pair.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
from placed_parses import aligned

from attribution.analysis import analyse_parsed
from attribution.comparison import ChangeKind, Comparison, compare
from attribution.ingest import read_text
from attribution.lexicon import Lexicon, load_lexicon
from attribution.records import Analysis, Draft
from attribution.scoring import Weights, load_weights

FOLDER = Path(__file__).parent
PARSES = FOLDER / "parses" / "pairs.conllu"
MARK = "# passage = "


@dataclass(frozen=True)
class Pair:
    """Two versions of a passage and the changes between them; ``held`` is the number of the held-out set, or 0."""

    name: str
    old: str
    new: str
    kinds: tuple[str, ...]
    held: int = 0

    @property
    def drafts(self) -> tuple[Draft, Draft]:
        return read_text(self.old.strip(), path="old.txt"), read_text(self.new.strip(), path="new.txt")

    def stored(self) -> Comparison:
        """The comparison of the stored parses."""
        old, new = (stored_analysis(draft) for draft in self.drafts)
        return compare(old, new, words()[0], words()[1])


class PairFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``pairs.toml``."""

    pair: list[Pair]


@cache
def pairs() -> tuple[Pair, ...]:
    """All pairs, in the file's order."""
    data = tomllib.loads((FOLDER / "pairs.toml").read_text(encoding="utf-8"))
    return tuple(msgspec.convert(data, PairFile).pair)


@cache
def words() -> tuple[Lexicon, Weights]:
    return load_lexicon(), load_weights()


def key(draft: Draft) -> str:
    return hashlib.sha256(draft.text.encode()).hexdigest()[:16]


@cache
def stored_parses() -> dict[str, str]:
    """The stored parses as CoNLL-U, by the key of the passage."""
    if not PARSES.exists():
        return {}
    parts = PARSES.read_text(encoding="utf-8").split(MARK)[1:]
    return {name: conllu for name, _, conllu in (part.partition("\n") for part in parts)}


def stored_analysis(draft: Draft) -> Analysis:
    """The analysis of a passage from its stored parse; raises KeyError if the script has not been run."""
    return analyse_parsed(draft, aligned(draft, stored_parses()[key(draft)]), *words(), "stored")


@dataclass(frozen=True)
class Counts:
    """Changes expected and found, expected and not found, found and not expected."""

    found: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float | None:
        return self.found / (self.found + self.wrong) if self.found + self.wrong else None

    @property
    def recall(self) -> float | None:
        return self.found / (self.found + self.missed) if self.found + self.missed else None


def counts_by_kind(results: Iterable[tuple[Pair, Comparison]]) -> dict[str, Counts]:
    """The counts of each kind, and of all under ``all``."""
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for pair, comparison in results:
        expected, given = Counter(pair.kinds), Counter(change.kind.value for change in comparison.changes)
        found += expected & given
        missed += expected - given
        wrong += given - expected
    counts = {kind.value: Counts(found[kind], missed[kind], wrong[kind]) for kind in ChangeKind}
    return counts | {"all": Counts(found.total(), missed.total(), wrong.total())}
