"""Count the judgements of docs/precision.csv: python scripts/measure_rules.py prints the table of docs/PRECISION.md."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from attribution.linting import RULES

PATH = Path(__file__).parent.parent / "docs" / "precision.csv"

if __name__ == "__main__":
    with PATH.open(encoding="utf-8", newline="") as stream:
        counts = Counter((row["rule"], row["verdict"]) for row in csv.DictReader(stream))
    print("| rule | right | judged | precision | status |\n| --- | --- | --- | --- | --- |")
    for rule in RULES:
        right, wrong = counts[rule.id, "right"], counts[rule.id, "wrong"]
        judged = right + wrong
        share = f"{right / judged:.0%}" if judged else "not measured"
        print(f"| {rule.id} | {right} | {judged} | {share} | {rule.status.value} |")
