"""Compare the hand-made pairs and print precision and recall by kind: python scripts/measure_comparison.py

Uses the stored parses; --model parses again with the embedded model. --wrong lists the pairs that were judged wrongly.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "comparison"))

from pair_cases import Counts, Pair, counts_by_kind, pairs, words

from attribution.analysis import Analyser
from attribution.comparison import Comparison, compare
from attribution.reporting.diff_words import message

SETS = (
    "Pairs the rules were made with",
    "Held-out pairs, first set",
    "Held-out pairs, second set",
    "Held-out pairs, third set",
)


def main() -> None:
    """Compare and print a Markdown table for each set."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--model", action="store_true", help="parse anew")
    arguments.add_argument("--wrong", action="store_true", help="list the pairs that were judged wrongly")
    chosen = arguments.parse_args()
    analyser = Analyser() if chosen.model else None
    results = [(pair, _compared(pair, analyser)) for pair in pairs()]
    for held, name in enumerate(SETS):
        in_set = [(pair, comparison) for pair, comparison in results if pair.held == held]
        right = sum(sorted(pair.kinds) == _kinds(comparison) for pair, comparison in in_set)
        print(f"{name}: {right} of {len(in_set)} judged right throughout\n")
        print("| change | found | missed | wrong | precision | recall |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        for kind, counts in counts_by_kind(in_set).items():
            print(f"| {kind} | {_row(counts)} |")
        print()
    if chosen.wrong:
        for pair, comparison in results:
            if sorted(pair.kinds) != _kinds(comparison):
                print(f"{pair.name}{' (held out)' if pair.held else ''}: expected {list(pair.kinds)}")
                for change in comparison.changes:
                    print(f"    {change.kind}: {message(change)}")


def _compared(pair: Pair, analyser: Analyser | None) -> Comparison:
    if analyser is None:
        return pair.stored()
    old, new = analyser.analyse_all(pair.drafts)
    return compare(old, new, *words())


def _kinds(comparison: Comparison) -> list[str]:
    return sorted(change.kind.value for change in comparison.changes)


def _row(counts: Counts) -> str:
    shares = ("–" if share is None else f"{share:.2f}" for share in (counts.precision, counts.recall))
    return " | ".join([str(counts.found), str(counts.missed), str(counts.wrong), *shares])


if __name__ == "__main__":
    main()
