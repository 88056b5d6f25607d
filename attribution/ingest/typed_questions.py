"""Interviews whose questions have no label and are told by their type.

Of a question set in bold type only the company tells whether it is asked of somebody (*you*, answered with *I*) or put
by the paper itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from attribution.ingest.reading import Mark, MarkKind
from attribution.ingest.shapes import ends_sentence
from attribution.ingest.span_cover import SpanCover
from attribution.ingest.turn_lines import (
    ADDRESSED,
    OPENERS,
    OURSELVES,
    QUESTION,
    SELF,
    Line,
    without_quotations,
    words_of,
)
from attribution.records import BlockKind

FEWEST_QUESTIONS = 2
"""Questions in bold type that make an interview."""

FEWEST_PLAIN_QUESTIONS = 3
"""Questions on lines of their own that make an interview where no markup sets them apart."""

MOST_REPORTED = 1 / 6
"""Share of the paragraphs of an interview from which on somebody's words are reported in too many."""

_REPORTED = re.compile(
    r"\b(?:he|she|they|[A-Z]\w+) (?:said|says|told|asked|added)\b|\b(?:said|says) (?:he|she|they|[A-Z]\w+)"
)

_INTERVIEW = re.compile(
    r"\b(?:interview\w*|q ?& ?a|(?:talk|spoke|speak|chat|sat down|sit)(?:s|ed|ing)?\b.{0,30}\b(?:to|with)|"
    r"in conversation|ask(?:s|ed)? (?:him|her|them|[A-Z]\w+)|told us|tells us|to say)\b",
    re.IGNORECASE,
)


def asked_by_type(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """The lines that are an interviewer's questions without a label; empty when the paper itself asks and answers."""
    found = [number for number, line in enumerate(lines) if line.asked]
    if len(found) >= FEWEST_QUESTIONS and _are_answered(text, lines, found, strict=False):
        return frozenset(found)
    plain = {
        number
        for number, line in enumerate(lines)
        if line.block.kind is BlockKind.PARAGRAPH and _is_plain_question(words_of(text, line))
    }
    followed = [number for number in sorted(plain) if number + 1 < len(lines) and number + 1 not in plain]
    if len(followed) < FEWEST_PLAIN_QUESTIONS or len(followed) * 6 < len(lines) - followed[0]:
        return frozenset()
    between = [without_quotations(words_of(text, line)) for line in lines[followed[0] :]]
    told = sum(_REPORTED.search(words) is not None for words in between)
    if told >= MOST_REPORTED * len(between) > 0 or not _are_answered(text, lines, followed, strict=True):
        return frozenset()
    return frozenset(followed)


def prompts(text: str, lines: Sequence[Line], asked: frozenset[int], marks: Sequence[Mark]) -> frozenset[int]:
    """What the interviewer states between two questions or behind them, set in the questions' own type.

    *It did not end well.* and *Your mother once said you were the quiet one…* are sentences; a crosshead is none.
    """
    emphasis = SpanCover(mark.span for mark in marks if mark.kind is MarkKind.EMPHASIS)
    first = min(asked)
    headed = lines[first].block.kind is BlockKind.HEADLINE
    if not headed and not emphasis.covers(lines[first].block.span):
        return frozenset()
    found = set()
    for number in range(first + 1, len(lines) - 1):
        line, following = lines[number], lines[number + 1]
        apart = emphasis.covers(line.block.span)
        is_like = line.block.kind is BlockKind.HEADLINE if headed else apart and line.block.kind in OPENERS
        answered = following.block.kind in OPENERS and not emphasis.covers(following.block.span)
        words = words_of(text, line)
        if is_like and answered and line.label is None and ends_sentence(words) and not words.endswith((":", ";")):
            found.add(number)
    return frozenset(found)


def _is_plain_question(words: str) -> bool:
    return QUESTION.search(words) is not None and words[0].isupper() and len(re.findall(r"[.!?](?:\s|$)", words)) <= 3


def _are_answered(text: str, lines: Sequence[Line], asked: Sequence[int], *, strict: bool) -> bool:
    """Whether somebody answers: *I* in the answers, *you* in the questions, or an introduction to an interview."""
    questions = [words_of(text, lines[number]) for number in asked]
    answers = []
    for number, following in pairwise([*asked, len(lines)]):
        between = lines[number + 1 : following]
        headed = next((at for at, line in enumerate(between) if line.block.kind is BlockKind.HEADLINE), len(between))
        answers.append(without_quotations(" ".join(words_of(text, line) for line in between[: min(headed, 6)])))
    if not all(answers[:-1]):
        return False
    addressed = sum(ADDRESSED.search(words) is not None for words in questions) / len(questions)
    themselves = sum(SELF.search(words) is not None for words in answers) / len(answers)
    ours = sum((SELF.search(words) or OURSELVES.search(words)) is not None for words in answers) / len(answers)
    heading = lines[asked[0]].block.kind is BlockKind.HEADLINE
    if strict or heading:
        return addressed >= 1 / 3 and themselves >= 1 / 2
    introduced = any(_INTERVIEW.search(words_of(text, line)) for line in lines[: asked[0]])
    if introduced and (themselves >= 1 / 3 or (themselves and addressed)):
        return True
    return (addressed >= 1 / 4 and themselves >= 1 / 3) or (introduced and addressed >= 1 / 3 and ours >= 1 / 2)
