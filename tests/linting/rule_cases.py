"""The examples on which rules are tested: each rule's own two, and those of the Markdown files in ``tests/rules``.

A file ``tests/rules/SRC105.md`` has a section "Fires" and a section "Silent". Each list item there is a separate draft;
bold words are where the finding must be, an indented paragraph continues the draft. A fenced block (``text``,
``markdown``, ``html``) is a verbatim draft. A ``toml`` block before the sections holds settings.

Parses are stored in ``tests/rules/parses`` as CoNLL-U, so that no model is needed: run ``python
scripts/build_rule_parses.py`` after writing an example.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
from placed_parses import aligned

from attribution.analysis import analyse_parsed
from attribution.ingest import read_text
from attribution.lexicon import Lexicon, load_lexicon
from attribution.linting.context import Context
from attribution.linting.engine import matches
from attribution.linting.rule import Match, Rule
from attribution.linting.rules import RULES
from attribution.linting.settings import Settings
from attribution.records import Analysis, Draft, Sentence
from attribution.scoring import Weights, load_weights

FOLDER = Path(__file__).parent.parent / "rules"
PARSES = FOLDER / "parses"
MARK = "# example = "
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


DEFAULTS = Settings()


@dataclass(frozen=True)
class Case:
    """A draft, and whether a rule fires on it; ``marked`` are the words it must find, if the file marks them."""

    rule: Rule
    where: str
    text: str
    format: str
    fires: bool
    marked: tuple[str, ...] = ()
    settings: Settings = DEFAULTS

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.format}\n{self.text}".encode()).hexdigest()[:16]

    def draft(self) -> Draft:
        return read_text(self.text, self.format, "example")

    def stored(self) -> tuple[Draft, tuple[Sentence, ...]]:
        """The draft and its stored parse; KeyError if the script has not been run."""
        draft = self.draft()
        return draft, aligned(draft, stored_parses(self.rule.id)[self.key])

    def analysis(self) -> Analysis:
        """The analysis of the stored parse."""
        draft, sentences = self.stored()
        lexicon, weights = words()
        return analyse_parsed(draft, sentences, lexicon, weights, "stored", self.settings.own_outlets)

    def matches(self, analysis: Analysis) -> list[Match]:
        """The words that the rule finds."""
        return matches(self.rule, Context(analysis, words()[0], self.settings))


@cache
def words() -> tuple[Lexicon, Weights]:
    return load_lexicon(), load_weights()


def own_cases() -> list[Case]:
    """Each rule's own bad and good example."""
    return [
        Case(
            rule, f"{rule.id}-{'bad' if fires else 'good'}", text, rule.example_format, fires, (), rule.example_settings
        )
        for rule in RULES
        if rule.check is not None
        for text, fires in ((rule.bad, True), (rule.good, False))
    ]


def file_cases() -> list[Case]:
    """The examples of the Markdown files."""
    return [case for rule in RULES for case in _cases_of(rule)]


def all_cases() -> list[Case]:
    return own_cases() + file_cases()


def _cases_of(rule: Rule) -> Iterator[Case]:
    path = FOLDER / f"{rule.id}.md"
    if not path.exists():
        return
    settings, section, number = Settings(), "", 0
    for kind, content in _parts(path.read_text(encoding="utf-8")):
        if kind == "heading":
            section = content.lower()
            assert section in ("fires", "silent"), f"{path.name}: a section is Fires or Silent, not {content}"
            continue
        if kind == "toml":
            settings = msgspec.convert(tomllib.loads(content), Settings)
            continue
        assert section, f"{path.name}: an example stands before the first section"
        number += 1
        marked: tuple[str, ...] = ()
        form = kind
        if kind == "item":
            form = "text"
            marked = tuple(_BOLD.findall(content))
            content = _BOLD.sub(r"\1", content)
        yield Case(rule, f"{rule.id}-{number}-{section}", content, form, section == "fires", marked, settings)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Headings of sections, fenced blocks by their kind, and list items."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if line.startswith("## "):
            yield "heading", line[3:].strip()
        elif line.startswith("```"):
            end = lines.index("```", number)
            yield line[3:].strip(), "\n".join(lines[number:end]) + "\n"
            number = end + 1
        elif line.startswith("- "):
            item = [line[2:]]
            while number < len(lines) and (lines[number].startswith("  ") or not lines[number].strip()):
                item.append(lines[number].strip())
                number += 1
            yield "item", re.sub(r"\n\n+", "\n\n", re.sub(r"(?<!\n)\n(?!\n)", " ", "\n".join(item))).strip()


def stored_parses(rule: str) -> dict[str, str]:
    """The stored parses of a rule's examples, as CoNLL-U, by the key of the example."""
    return parses_in(PARSES / f"{rule}.conllu")


@cache
def parses_in(path: Path) -> dict[str, str]:
    """The stored parses of a file, as CoNLL-U, by their keys; none if there is no such file yet."""
    if not path.exists():
        return {}
    parts = path.read_text(encoding="utf-8").split(MARK)[1:]
    return {key: conllu for key, _, conllu in (part.partition("\n") for part in parts)}
