"""Parse the comparison's pairs with the embedded model and store the parses: python scripts/build_comparison_parses.py

Parses new pairs and drops the parses of deleted ones. With --all every pair is parsed again: after a change of the
model.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "comparison"))

from pair_cases import MARK, PARSES, key, pairs, stored_parses

from attribution.parsing import load_parser, write_conllu


def main() -> None:
    """Parse and store."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--all", action="store_true")
    everything = arguments.parse_args().all
    drafts = {key(draft): draft for pair in pairs() for draft in pair.drafts}
    known = {} if everything else {name: text for name, text in stored_parses().items() if name in drafts}
    new = [name for name in drafts if name not in known]
    parses = load_parser().parse([drafts[name] for name in new]) if new else []
    known.update({name: write_conllu(sentences) for name, sentences in zip(new, parses, strict=True)})
    PARSES.parent.mkdir(exist_ok=True)
    PARSES.write_text("".join(f"{MARK}{name}\n{known[name]}" for name in drafts), encoding="utf-8")
    print(f"{len(new)} parsed, {len(known)} stored")


if __name__ == "__main__":
    main()
