"""Print how often each rule is right, according to the judgements in docs/precision.csv.

    python scripts/rule_precision.py                          the table; 1 if a status does not fit its precision
    python scripts/rule_precision.py --check [PARSES.pickle]  which judged findings still fire, and which are not judged

A row is a finding that was read in its article and judged: rule, document, offset (code points of the draft's text),
verdict (right or wrong), whether the text was seen while the rule was being improved (yes or no), and the reason. A
finding is right if an editor who follows the rule's guideline would want to be told. Documents are samples of this
project (seeds/…), drafts written to judge rules on (drafts/…), published articles (voices/…, newswire/…), and articles
of the PolNeAR corpus. The texts of the last three are not included; ``scripts/train_extraction.py parse`` makes
PolNeAR's parses. ``--check`` needs the embedded model and takes minutes; with ``--drop`` it removes rows that no longer
fire from the file.
"""

from __future__ import annotations

import argparse
import csv
import pickle
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from attribution.analysis import Analyser
from attribution.ingest import read_draft
from attribution.linting import RULES
from attribution.linting.context import Context
from attribution.linting.engine import matches
from attribution.linting.rule import Rule, Status
from attribution.records import Analysis

ROOT = Path(__file__).parent.parent
PATH = ROOT / "docs" / "precision.csv"
TEXTS = ("polnear", "news", "seeds", "drafts")
"""The kinds of text whose findings were judged."""

NEWS = frozenset({"voices", "newswire"})
"""Published articles whose findings were read, but whose text is not included."""

FOLDERS = {"seeds": ROOT / "seeds", "drafts": ROOT / "tests" / "linting" / "drafts"}
STABLE, SHIPPED, FEWEST = 0.8, 0.6, 5
"""The lowest precision for a stable and for a shipped rule, and the fewest findings that must be judged."""


def judgements() -> list[dict[str, str]]:
    """The rows of the file."""
    with PATH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def texts_of(row: dict[str, str]) -> str:
    """The kind of text to which the row's document belongs: ``polnear``, ``news``, ``seeds`` or ``drafts``."""
    name = row["document"].partition("/")[0]
    return "news" if name in NEWS else name if name in FOLDERS else "polnear"


def share(rows: list[dict[str, str]]) -> str:
    """The number of right findings out of those judged, and the share."""
    right = sum(row["verdict"] == "right" for row in rows)
    return f"{right}/{len(rows)} {right / len(rows):.0%}" if rows else "-"


def is_too_good(rule: Rule, rows: list[dict[str, str]]) -> bool:
    """Whether the rule's status is better than its judgements allow."""
    if not rows:
        return False
    precision = sum(row["verdict"] == "right" for row in rows) / len(rows)
    return precision < SHIPPED or (rule.status is Status.STABLE and precision < STABLE)


def print_table() -> int:
    """Print the table; 1 if a rule's status is better than its precision allows, or rests on too few findings."""
    rows = judgements()
    wrong = []
    print("| rule | all judged | not seen before | PolNeAR | news | seeds | drafts | status |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for rule in (rule for rule in RULES if rule.family not in ("LIM", "SUP")):
        own = [row for row in rows if row["rule"] == rule.id]
        parts = [
            share([row for row in own if texts_of(row) == name]) for name in ("polnear", "news", "seeds", "drafts")
        ]
        fresh = share([row for row in own if row["seen"] == "no"])
        print(f"| {rule.id} | {share(own)} | {fresh} | {' | '.join(parts)} | {rule.status} |")
        if is_too_good(rule, own):
            wrong.append(f"{rule.id}: its precision does not allow its status")
        if rule.status is Status.STABLE and len(own) < FEWEST:
            wrong.append(f"{rule.id}: is stable on {len(own)} judged findings")
    print(f"| all | {share(rows)} | {share([row for row in rows if row['seen'] == 'no'])} | | | | | |")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def analyses(parses: Path | None) -> Iterator[tuple[str, Analysis]]:
    """The judged documents that are available, by their names in the file."""
    analyser = Analyser()
    paths = {
        f"{name}/{path.relative_to(folder).as_posix()}": path
        for name, folder in FOLDERS.items()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".txt", ".md", ".html") and path.stem not in ("README", "NOTES")
    }
    yield from zip(paths, analyser.analyse_all([read_draft(path) for path in paths.values()]), strict=True)
    if parses is not None:
        for name, (draft, sentences) in sorted(pickle.loads(parses.read_bytes()).items()):
            yield name, analyser.analyse_parsed(draft, sentences)


def check(parses: Path | None, drop: bool) -> int:
    """List which judged findings still fire, and count those that are not judged."""
    rows = judgements()
    known = {(row["rule"], row["document"], int(row["offset"])) for row in rows}
    lexicon = Analyser().lexicon
    firing: set[tuple[str, str, int]] = set()
    read, words = set(), 0
    for name, analysis in analyses(parses):
        read.add(name)
        words += len(analysis.draft.text.split())
        context = Context(analysis, lexicon)
        firing.update((rule.id, name, match.span.start) for rule in RULES for match in matches(rule, context))
    gone = {row for row in known if row[1] in read and row not in firing}
    missing = Counter(rule for rule, name, offset in firing if (rule, name, offset) not in known)
    print(f"{len(read)} documents, {words} words; {len(known & firing)} judged findings fire, {len(gone)} no longer do")
    for rule, name, offset in sorted(gone):
        print(f"no longer fires: {rule} {name} {offset}")
    print("not judged: " + ", ".join(f"{rule} {count}" for rule, count in sorted(missing.items())))
    if drop:
        kept = [row for row in rows if (row["rule"], row["document"], int(row["offset"])) not in gone]
        with PATH.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)
    return 0


def main() -> int:
    """Print the table, or check the rows."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", nargs="?", const="", metavar="PARSES", default=None)
    arguments.add_argument("--drop", action="store_true")
    wanted = arguments.parse_args()
    if wanted.check is None:
        return print_table()
    return check(Path(wanted.check) if wanted.check else None, wanted.drop)


if __name__ == "__main__":
    sys.exit(main())
