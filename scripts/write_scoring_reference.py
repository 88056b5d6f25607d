"""Write the tables of docs/SCORING.md from the records that decide: python scripts/write_scoring_reference.py"""

from __future__ import annotations

from pathlib import Path

from attribution.scoring.commitment import load_commitment_shares
from attribution.scoring.reference import commitment_tables, with_blocks

PATH = Path(__file__).parent.parent / "docs" / "SCORING.md"

if __name__ == "__main__":
    page = PATH.read_text(encoding="utf-8")
    PATH.write_text(with_blocks(page, {"commitment": commitment_tables(load_commitment_shares())}), encoding="utf-8")
    print(PATH)
