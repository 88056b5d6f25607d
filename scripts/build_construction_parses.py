"""Parse the examples of the commitment constructions for the tests: python scripts/build_construction_parses.py"""

from __future__ import annotations

from pathlib import Path

from attribution.ingest import read_text
from attribution.parsing import load_parser, write_conllu
from attribution.scoring.construction_table import CONSTRUCTIONS

PATH = Path(__file__).parent.parent / "tests" / "scoring" / "parses" / "constructions.conllu"

if __name__ == "__main__":
    draft = read_text("\n\n".join(construction.example.replace("*", "") for construction in CONSTRUCTIONS))
    sentences = load_parser().parse([draft])[0]
    assert len(sentences) == len(CONSTRUCTIONS), "an example is more than one sentence"
    PATH.write_text(write_conllu(sentences), encoding="utf-8")
    print(PATH)
