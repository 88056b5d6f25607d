"""Write again what the extraction finds in its stored drafts, after an intended change; check the difference.

With --parse, first parse the sample articles among them again with the embedded model: after a change of the model.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "extraction"
sys.path[:0] = [str(FOLDER.parent), str(FOLDER)]


def parse_seeds() -> None:
    """Store the parses of the sample articles."""
    from stored_drafts import SEED_MARK, SEED_PARSES, SEEDS, seed_drafts

    from attribution.ingest import read_draft
    from attribution.parsing import load_parser, write_conllu

    paths = seed_drafts()
    parses = zip(paths, load_parser().parse([read_draft(path) for path in paths]), strict=True)
    text = "".join(f"{SEED_MARK}{path.relative_to(SEEDS)}\n{write_conllu(sentences)}" for path, sentences in parses)
    SEED_PARSES.write_text(text, encoding="utf-8")


def write_findings() -> None:
    """Store everything found."""
    from described import described
    from marked_texts import marked_texts, quotations_read
    from stored_drafts import drafts_of, files

    for path in files():
        found = [f"== {name}\n{described(draft, sentences)}" for name, draft, sentences in drafts_of(path)]
        (FOLDER / "expected" / f"{path.stem}.txt").write_text("\n".join(found), encoding="utf-8")
    lines = [quotations_read(text) for text in marked_texts()]
    (FOLDER / "expected" / "quotation-marks.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if "--parse" in sys.argv[1:]:
        parse_seeds()
    write_findings()
