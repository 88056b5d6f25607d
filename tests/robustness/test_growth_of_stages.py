"""No stage does more than about four times the work for a draft four times as long.

The drafts are made of stored parses, with other names each time, so that no model is needed; work is counted in lines
of Python that run, which no noise of the machine changes. Each was once slow with thousands of such sentences.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
import pytest
import stages
from placed_parses import laid_over

from attribution.analysis import Analyser
from attribution.extraction import entities
from attribution.ingest import read_text
from attribution.parsing import read_conllu
from attribution.records import Draft, Sentence, Token

SMALL, LARGER = 20, 4
ALLOWED = 1.75
"""How much more than the length the work may grow: linear work is at 1, quadratic work at ``LARGER``."""

NEGLIGIBLE = 4_000
"""Lines in which nothing can be told."""

DRAFTS: dict[str, tuple[tuple[str, ...], str]] = {
    "names": (("speaker",), "\n\n"),
    "names in a paragraph": (("speaker",), " "),
    "interview": (("label", "answer"), "\n\n"),
    "claims told later": (("rain", "so"), " "),
    "exposed claims": (("theft", "told"), "\n\n"),
    "open quotations": (("unclosed",), "\n\n"),
    "polls": (("poll",), "\n\n"),
    "pronouns": (("he", "told"), " "),
    "quotations": (("quoted",), "\n\n"),
}
"""The stored sentences that are repeated, and what stands between them."""


class Stored:
    """Gives stored sentences for a parse."""

    name = "stored"

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = tuple(sentences)

    def parse(self, drafts: Sequence[Draft]) -> list[tuple[Sentence, ...]]:
        return [self.sentences for _ in drafts]

    def parse_segmented(self, drafts: Sequence[Any]) -> list[tuple[Sentence, ...]]:
        return [self.sentences for _ in drafts]


@cache
def _parses() -> dict[str, Sentence]:
    stored = Path(__file__).with_name("growth.conllu").read_text(encoding="utf-8")
    names = re.findall(r"^# sent_id = (.+)$", stored, re.MULTILINE)
    return dict(zip(names, read_conllu(stored)[1], strict=True))


def _renamed(token: Token, number: int) -> Token:
    """The token, another name in the place of the surname."""
    if token.text.lower() != "quillen":
        return token
    letters = "".join("bcdfghklmn"[int(digit)] + "a" for digit in str(number))
    name = f"Q{letters}".upper() if token.text.isupper() else f"Q{letters}"
    return msgspec.structs.replace(token, text=name, lemma=name)


def draft_of(name: str, count: int) -> tuple[str, Stored]:
    """The text of a draft that repeats its sentences so often, and what gives its parse."""
    units, between = DRAFTS[name]
    sentences: list[Sentence] = []
    texts: list[str] = []
    for number in range(count):
        for unit in units:
            sentence = _parses()[unit]
            tokens = tuple(_renamed(token, number) for token in sentence.tokens)
            ends = [*(token.start for token in sentence.tokens[1:]), sentence.end]
            gaps = [" " if token.end < end else "" for token, end in zip(sentence.tokens, ends, strict=True)]
            texts.append("".join(token.text + gap for token, gap in zip(tokens, gaps, strict=True)))
            identifier = f"s{len(sentences) + 1}"
            sentences.append(msgspec.structs.replace(sentence, id=identifier, tokens=tokens))
    text = between.join(texts).replace(":\n\n", ": ")
    return text, Stored(laid_over(read_text(text), sentences))


def lines_run(work: Callable[[], Any]) -> tuple[Any, int]:
    """What the work gives, and how many lines of Python it ran; each step of a comprehension counts as one."""
    count = 0

    def trace(_frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        return work(), count
    finally:
        sys.settrace(before)


def work_of(name: str, count: int) -> dict[str, int]:
    """The lines that each stage runs."""
    text, parser = draft_of(name, count)
    analyser = Analyser(force=True, parser=parser)
    counts: dict[str, int] = {}

    def timed(stage: str, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        made, lines = lines_run(lambda: work(*arguments, **named))
        counts[stage] = counts.get(stage, 0) + lines
        return made

    analysis = stages.analyse(text, "text", analyser, timed)
    findings = stages.lint(analysis, text, analyser, timed)
    stages.report(analysis, findings, text.encode(), timed)
    stages.diff(analysis, analysis, analyser, timed, "of the same")
    return counts


@pytest.mark.parametrize("name", DRAFTS)
def test_every_stage_does_linear_work(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Below these bounds all are compared with all.
    monkeypatch.setattr(entities, "MOST_ALIKE", 5)
    monkeypatch.setattr(entities, "MOST_MISSPELT", 5)
    work_of(name, 2)  # what is loaded once
    first, last = (work_of(name, count) for count in (SMALL, SMALL * LARGER))
    grown = {
        stage: (first.get(stage, 0), lines)
        for stage, lines in last.items()
        if lines > NEGLIGIBLE and lines > LARGER * ALLOWED * first.get(stage, 0)
    }
    assert grown == {}


def test_quadratic_work_is_found() -> None:
    def lines(count: int) -> int:
        return lines_run(lambda: [(first, second) for first in range(count) for second in range(count)])[1]

    assert lines(SMALL * LARGER) > LARGER * ALLOWED * lines(SMALL)
