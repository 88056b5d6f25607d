#!/usr/bin/env python3
"""Print how good the list of places to look at is.

    measure_places.py seeds [-v]     of the sentences marked in seeds/places, how many are listed; -v: which
    measure_places.py judged         how many of the judged places an editor agrees with, by docs/places.csv

The marks of ``seeds/places`` (``{m|…}``: must have a source) were made before any list was looked at. At most three
places per 500 words are counted, in the order in which they are listed. A row of docs/places.csv is one place that was
read in its article and judged: round (``first``: the first list on these articles, before anything was mended on them;
``last``: what this version lists on the same articles), document, offset of its first words (code points of the draft's
text), kind, grade, mark, verdict and whether this version lists it. An editor agrees with a place that they would send
back to the reporter. The texts are not here; published articles (voices/…, newswire/…) and articles of the PolNeAR
corpus are named.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

from attribution.analysis import Analyser
from attribution.ingest import read_text
from attribution.records import Span

ROOT = Path(__file__).parent.parent
MARKED = ROOT / "seeds" / "places"
JUDGED = ROOT / "docs" / "places.csv"
MARK = re.compile(r"\{m\|(.*?)\}", re.DOTALL)
PLACES, WORDS = 3, 500
"""The most places that are counted in so many words."""


def read_marked(path: Path) -> tuple[str, list[Span]]:
    """An article without its marks, and where its marked sentences stand."""
    text, spans, position = "", [], 0
    marked = path.read_text(encoding="utf-8")
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        spans.append(Span(len(text), len(text) + len(match[1])))
        text += match[1]
        position = match.end()
    return text + marked[position:], spans


def measure_seeds(*, verbose: bool) -> None:
    """Print a line an article, and one for all."""
    analyser = Analyser()
    total: Counter[str] = Counter()
    for path in sorted(MARKED.glob("*.places")):
        text, marked = read_marked(path)
        analysis = analyser.analyse(read_text(text, path=path.stem))
        most = max(1, round(PLACES * len(text.split()) / WORDS))
        places = analysis.places[:most]
        found = [span for span in marked if any(part.overlaps(span) for place in places for part in place.spans)]
        total += Counter(marked=len(marked), found=len(found), listed=len(places), words=len(text.split()))
        print(f"{path.stem}: {len(found)} of {len(marked)} marked sentences listed, {len(places)} places")
        for span in marked if verbose else ():
            print(f"  {'listed' if span in found else 'MISSED'}: {text[span.start : span.end]}")
        for place in places if verbose else ():
            print(f"  {place.kind.value}: {place.reason}")
    share, rate = total["found"] / total["marked"], total["listed"] * WORDS / total["words"]
    print(f"all: {total['found']} of {total['marked']} ({share:.0%}), {rate:.1f} places per {WORDS} words")


def measure_judged() -> None:
    """Print the share of judged places that an editor agrees with, by kind and text, and seen or not."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first = [row for row in rows if row["round"] == "first"]
    whole = [row for row in rows if row["round"] == "list"]
    rows = [row for row in rows if row["listed"] == "yes" and row["round"] != "list"]
    groups = [("whole list, with findings", whole)]
    groups += [
        (f"- {kind}", [row for row in whole if row["kind"] == kind]) for kind in sorted({row["kind"] for row in whole})
    ]
    groups += [("places alone, first list, unseen", first), ("places alone, this version, seen", rows)]
    groups += [(kind, [row for row in rows if row["kind"] == kind]) for kind in sorted({row["kind"] for row in rows})]
    texts = sorted({row["document"].partition("/")[0] for row in rows})
    groups += [(text, [row for row in rows if row["document"].startswith(text + "/")]) for text in texts]
    print("| places | agree | judged | share |\n| --- | --- | --- | --- |")
    for name, group in groups:
        agree = sum(row["verdict"] == "agree" for row in group)
        print(f"| {name} | {agree} | {len(group)} | {agree / max(1, len(group)):.0%} |")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["seeds", *rest] if set(rest) <= {"-v"}:
            measure_seeds(verbose="-v" in rest)
        case ["judged"]:
            measure_judged()
        case _:
            sys.exit(__doc__)
