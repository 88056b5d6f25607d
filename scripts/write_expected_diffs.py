"""Write the expected texts of ``tests/comparison/expected`` again: python scripts/write_expected_diffs.py

Look at the difference before you keep it.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "comparison"))

from pair_cases import FOLDER, pairs

from attribution.reporting.diff_text import diff_text

SHOWN = ("wire copy rewritten with two faults", "a claim cut")

if __name__ == "__main__":
    comparisons = [pair.stored() for name in SHOWN for pair in pairs() if pair.name == name]
    for width in (60, 80, 120):
        path = FOLDER / "expected" / f"diff-{width}.txt"
        path.write_text(diff_text(comparisons, width=width), encoding="utf-8")
        print(path)
