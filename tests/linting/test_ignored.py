"""Parts of drafts that are not judged."""

from __future__ import annotations

import re

import msgspec
import pytest

from attribution.ingest import read_text
from attribution.linting.findings import Finding, make_finding
from attribution.linting.ignored import without_ignored
from attribution.linting.rule import Match, Severity
from attribution.linting.rules import RULES
from attribution.records import BlockKind, Draft, Span

SOURCE = "# Sources say so\n\nSources say so. {{ box: sources say so }}\n\n* Sources say so.\n"


def findings(draft: Draft) -> list[Finding]:
    """One on each *ources say so*."""
    return [
        make_finding(draft, RULES[0], Match(Span(*found.span()), "message", "Help."), Severity.INFO, None)
        for found in re.finditer("ources say so", draft.text)
    ]


def lines(blocks: tuple[BlockKind, ...] = (), patterns: tuple[str, ...] = ()) -> list[int]:
    draft = read_text(SOURCE, "markdown", "draft.md")
    return [finding.start.line for finding in without_ignored(findings(draft), draft, blocks, patterns)]


def test_nothing_is_ignored_without_blocks_and_patterns() -> None:
    assert lines() == [1, 3, 3, 5]


@pytest.mark.parametrize(
    ("blocks", "left"),
    [
        ((BlockKind.HEADLINE,), [3, 3, 5]),
        ((BlockKind.LIST_ITEM, BlockKind.HEADLINE), [3, 3]),
        ((BlockKind.CAPTION,), [1, 3, 3, 5]),
    ],
)
def test_kinds_of_blocks(blocks: tuple[BlockKind, ...], left: list[int]) -> None:
    assert lines(blocks) == left


@pytest.mark.parametrize(
    ("pattern", "left"),
    [(r"\{\{.*?\}\}", [1, 3, 5]), ("^Sources", [3]), ("x*", [1, 3, 3, 5]), ("(?i)SAY SO", [])],
)
def test_patterns(pattern: str, left: list[int]) -> None:
    assert lines((), (pattern,)) == left


def test_findings_about_suppressions_are_kept() -> None:
    draft = read_text(SOURCE, "markdown", "draft.md")
    outside = msgspec.structs.replace(findings(draft)[0], span=None)
    assert without_ignored([outside], draft, (BlockKind.HEADLINE,), ("say",)) == (outside,)
