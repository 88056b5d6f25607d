"""Print how often each rule is right, by the judgements in docs/precision.csv: python scripts/rule_precision.py

A row is one finding that was read in its article and judged: rule, document, offset, verdict
(right or wrong) and the reason. A finding is right when an editor who holds to the rule's guideline would want to be
told. The texts are not here: documents are samples of this project (seeds/) or articles of the PolNeAR corpus.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from attribution.linting import RULES
from attribution.linting.rule import Status

PATH = Path(__file__).parent.parent / "docs" / "precision.csv"
STABLE = 0.8
SHIPPED = 0.6


def judgements() -> dict[str, Counter[str]]:
    """The verdicts of each rule, counted."""
    counts: dict[str, Counter[str]] = {}
    with PATH.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counts.setdefault(row["rule"], Counter())[row["verdict"]] += 1
    return counts


def main() -> int:
    """Print the table; 1 when a rule's status is better than its precision allows."""
    counts = judgements()
    too_good = []
    print("rule    judged  right  precision  status")
    for rule in RULES:
        verdicts = counts.get(rule.id, Counter())
        judged, right = verdicts.total(), verdicts["right"]
        share = right / judged if judged else None
        shown = "-" if share is None else f"{share:.0%}"
        print(f"{rule.id:<7} {judged:>6} {right:>6} {shown:>10}  {rule.status}")
        if share is not None and (share < SHIPPED or (share < STABLE and rule.status is Status.STABLE)):
            too_good.append(rule.id)
    judged, right = sum(one.total() for one in counts.values()), sum(one["right"] for one in counts.values())
    print(f"{'all':<7} {judged:>6} {right:>6} {right / judged:>10.0%}")
    for identifier in too_good:
        print(f"{identifier}: its precision does not allow its status", file=sys.stderr)
    return 1 if too_good else 0


if __name__ == "__main__":
    sys.exit(main())
