"""Print how many of the sourcing problems that a reader marked the stable rules find.

    python scripts/rule_recall.py voices=VOICES.jsonl newswire=NEWSWIRE.jsonl

docs/missed.csv holds the marks: the article, the number of the sentence (from 0), the kind of problem, and whether the
article was held out, that is, never used to mend a rule. A problem is found if a stable rule reports its sentence;
rules for whole articles do not count. The texts, JSON Lines with ``doc`` and ``text``, are not included.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from attribution.analysis import Analyser
from attribution.ingest import read_text
from attribution.lexicon import Lexicon
from attribution.linting import RULES
from attribution.linting.context import Context
from attribution.linting.engine import matches
from attribution.linting.rule import Status
from attribution.records import Analysis, Draft

PATH = Path(__file__).parent.parent / "docs" / "missed.csv"
COUNTED = [rule for rule in RULES if rule.status is Status.STABLE and rule.family not in ("LIM", "SUP", "DOC")]


def drafts(sets: list[str], wanted: set[str]) -> dict[str, Draft]:
    """The marked articles, by the name of their set and their own."""
    found = {}
    for given in sets:
        name, _, path = given.partition("=")
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            key = f"{name}/{article['doc']}"
            if key in wanted:
                found[key] = read_text(article["text"], path=f"{article['doc']}.txt")
    return found


def reported(analysis: Analysis, lexicon: Lexicon) -> set[int]:
    """The numbers of the sentences in which a stable rule finds something."""
    context = Context(analysis, lexicon)
    spans = [match.span for rule in COUNTED for match in matches(rule, context)]
    places = [context.sentence_at(span.start) for span in spans]
    return {context.number(sentence) for sentence in places if sentence is not None}


def main() -> int:
    """Print the shares; 2 if an article is missing."""
    with PATH.open(encoding="utf-8", newline="") as file:
        marks = list(csv.DictReader(file))
    texts = drafts(sys.argv[1:], {mark["document"] for mark in marks})
    if missing := {mark["document"] for mark in marks} - texts.keys():
        print(f"no text of {', '.join(sorted(missing))}", file=sys.stderr)
        return 2
    analyser = Analyser(force=True)
    analyses = zip(texts, analyser.analyse_all(list(texts.values())), strict=True)
    found = {name: reported(analysis, analyser.lexicon) for name, analysis in analyses}
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for mark in (mark for mark in marks if mark["sentence"]):
        hit = int(mark["sentence"]) in found[mark["document"]]
        for group in ("all", "held out" if mark["held_out"] == "yes" else "used", mark["kind"]):
            counts[group][hit] += 1
    for group, count in sorted(counts.items()):
        print(f"{group}: {count[True]} of {count.total()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
