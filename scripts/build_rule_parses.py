"""Parse the rules' examples with the embedded model and store the parses: python scripts/build_rule_parses.py

Without arguments new examples of all rules are parsed and the parses of deleted ones dropped; names of rules or
families (SRC105 ATT) limit this to them, "newsroom" means the drafts of tests/newsroom, "articles" the whole articles
of tests/linting/newsroom.py, "own" the rules without Python of tests/linting/own_rules.py. With --all the examples of
rules are parsed again: after a change of the model. The parses of newsroom and articles were corrected by hand, so only
drafts without a stored parse are parsed; to parse one again, delete its entry.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "linting"))

from newsroom import ARTICLE_PARSES, NEWSROOM_PARSES, article_drafts, key_of, newsroom_drafts
from own_rules import OWN_PARSES, own_rules, room_drafts
from rule_cases import MARK, PARSES, all_cases, parses_in, stored_parses, words

from attribution.analysis import analyse_parsed
from attribution.linting.house.examples import examples_of, problems_in
from attribution.linting.rules import RULES
from attribution.parsing import Parser, load_parser, write_conllu
from attribution.records import Analysis, Draft


def main() -> None:
    """Parse and store."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("rules", nargs="*", metavar="RULE")
    arguments.add_argument("--all", action="store_true")
    wanted = arguments.parse_args()
    parser = load_parser()
    for name, drafts_of, path in (
        ("newsroom", newsroom_drafts, NEWSROOM_PARSES),
        ("articles", article_drafts, ARTICLE_PARSES),
    ):
        if name in wanted.rules or not wanted.rules:
            add_parses(parser, name, drafts_of(), path)
    if "own" in wanted.rules or not wanted.rules:
        build_own(parser)
    PARSES.mkdir(exist_ok=True)
    for rule in RULES:
        if wanted.rules and not rule.id.startswith(tuple(wanted.rules)):
            continue
        cases = {case.key: case for case in all_cases() if case.rule is rule}
        known = {} if wanted.all else {key: text for key, text in stored_parses(rule.id).items() if key in cases}
        new = [case for key, case in cases.items() if key not in known]
        parses = parser.parse([case.draft() for case in new]) if new else []
        known.update({case.key: write_conllu(sentences) for case, sentences in zip(new, parses, strict=True)})
        path = PARSES / f"{rule.id}.conllu"
        if known:
            path.write_text("".join(f"{MARK}{key}\n{known[key]}" for key in cases), encoding="utf-8")
        elif path.exists():
            path.unlink()
        if new:
            print(f"{rule.id}: {len(new)} parsed, {len(known)} stored")


def add_parses(parser: Parser, name: str, drafts: Sequence[Draft], path: Path) -> None:
    """Parse the drafts that have no stored parse, and drop the parses of those that are gone; leave all others."""
    stored = parses_in(path)
    new = [draft for draft in drafts if key_of(draft) not in stored]
    if new:
        parses = zip(new, parser.parse(new), strict=True)
        stored = stored | {key_of(draft): write_conllu(sentences) for draft, sentences in parses}
    text = "".join(f"{MARK}{key}\n{stored[key]}" for key in map(key_of, drafts))
    path.write_text(text, encoding="utf-8")
    print(f"{name}: {len(new)} parsed, {len(drafts)} stored")


def build_own(parser: Parser) -> None:
    """Parse the examples of own rules, also as their fixes leave them."""
    lexicon, weights = words()
    parsed: dict[str, str] = {}

    def analyse(drafts: Sequence[Draft]) -> list[Analysis]:
        parses = parser.parse(drafts) if drafts else []
        for draft, sentences in zip(drafts, parses, strict=True):
            parsed[key_of(draft)] = write_conllu(sentences)
        return [
            analyse_parsed(draft, sentences, lexicon, weights, parser.name)
            for draft, sentences in zip(drafts, parses, strict=True)
        ]

    for problem in problems_in(examples_of(own_rules()), analyse, lexicon):
        print(problem)
    analyse(room_drafts())
    OWN_PARSES.write_text("".join(f"{MARK}{key}\n{conllu}" for key, conllu in parsed.items()), encoding="utf-8")
    print(f"own: {len(parsed)} parsed")


if __name__ == "__main__":
    main()
