"""Write the tables of docs/SCORING.md from the records that decide: python scripts/write_scoring_reference.py"""

from __future__ import annotations

from pathlib import Path

from attribution.scoring.reference import blocks, with_blocks

PATH = Path(__file__).parent.parent / "docs" / "SCORING.md"

if __name__ == "__main__":
    PATH.write_text(with_blocks(PATH.read_text(encoding="utf-8"), blocks()), encoding="utf-8")
    print(PATH)
