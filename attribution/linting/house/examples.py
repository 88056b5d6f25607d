"""Tests a newsroom's own rules on their examples: ``attrib rules test``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from attribution.ingest import read_text
from attribution.lexicon import Lexicon
from attribution.linting.engine import lint
from attribution.linting.findings import Finding
from attribution.linting.fixes import apply_fixes
from attribution.linting.house.reading import BOLD, OwnRule, unmarked
from attribution.records import Analysis, AttribError, Draft
from attribution.toml_tables import read_toml

Analyse = Callable[[Sequence[Draft]], Sequence[Analysis]]
"""Gives the analyses of drafts, in their order."""

MOST_SHOWN = 60
"""The most characters of an example that a problem shows."""


@dataclass(frozen=True)
class Example:
    """An example of a rule, whose text has the marked words in asterisks; ``number`` counts from 1."""

    own: OwnRule
    text: str
    is_bad: bool
    number: int

    @property
    def kind(self) -> str:
        """``bad`` or ``good``."""
        return "bad" if self.is_bad else "good"

    def draft(self) -> Draft:
        """The example as a draft; AttribError if it has no words."""
        return read_text(unmarked(self.text), self.own.record.format, f"{self.own.rule.id} {self.kind} {self.number}")


@dataclass(frozen=True)
class Problem:
    """What is wrong with an example."""

    example: Example
    line: int
    message: str

    def __str__(self) -> str:
        own, words = self.example.own, " ".join(unmarked(self.example.text).split())
        shown = words if len(words) <= MOST_SHOWN else words[:MOST_SHOWN].rpartition(" ")[0] + " …"
        place = f"{own.path}:{self.line}: rule {own.rule.id}"
        return f"{place}: {self.example.kind} example {self.example.number} {self.message}: {shown}"


def examples_of(rules: Sequence[OwnRule]) -> list[Example]:
    """The examples of rules, rule by rule, the bad ones first."""
    return [
        Example(own, text, is_bad, number)
        for own in rules
        for is_bad, texts in ((True, own.record.bad), (False, own.record.good))
        for number, text in enumerate(texts, 1)
    ]


def problems_in(examples: Sequence[Example], analyse: Analyse, lexicon: Lexicon) -> list[Problem]:
    """The examples that do not show what they should.

    A bad one must have a finding, and none but on the marked words if any are; a good one must have none. After its
    safe fixes a bad one must be good.
    """
    drafts = [example.draft() for example in examples]
    found = [
        lint(analysis, lexicon, [example.own.rule]) for example, analysis in zip(examples, analyse(drafts), strict=True)
    ]
    problems = [
        _problem(example, message)
        for example, findings in zip(examples, found, strict=True)
        for message in _messages(example, findings)
    ]
    return [*problems, *_after_fixes(examples, found, analyse, lexicon)]


def _messages(example: Example, findings: Sequence[Finding]) -> Iterator[str]:
    texts = [finding.text for finding in findings]
    marked = [" ".join(words.split()) for words in BOLD.findall(example.text)]
    if not example.is_bad and texts:
        yield f"has a finding on {_quoted(texts)}"
    elif example.is_bad and not texts:
        yield "has no finding"
    elif example.is_bad and marked and sorted(marked) != sorted(texts):
        yield f"has a finding on {_quoted(texts)} instead of {_quoted(marked)}"


def _after_fixes(
    examples: Sequence[Example], found: Sequence[Sequence[Finding]], analyse: Analyse, lexicon: Lexicon
) -> Iterator[Problem]:
    fixed: list[tuple[Example, Draft]] = []
    for example, findings in zip(examples, found, strict=True):
        result = apply_fixes(unmarked(example.text), findings)
        if result.mended:
            fixed.append((example, read_text(result.source, example.own.record.format, "fixed")))
    for (example, _), analysis in zip(fixed, analyse([draft for _, draft in fixed]), strict=True):
        if lint(analysis, lexicon, [example.own.rule]):
            yield _problem(example, "has a finding again after its fix")


def _problem(example: Example, message: str) -> Problem:
    return Problem(example, _line(example), message)


def _line(example: Example) -> int:
    """The line of the file on which the example begins; the rule's own if it cannot be found."""
    try:
        text, _ = read_toml(example.own.path)
    except AttribError:
        return example.own.line
    opening = example.text.strip().split("\n")[0].replace('"', '\\"')
    for number, line in enumerate(text.split("\n")[example.own.line - 1 :], example.own.line):
        if opening in line or opening.replace('\\"', '"') in line:
            return number
    return example.own.line


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
