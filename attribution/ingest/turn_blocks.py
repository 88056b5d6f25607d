"""The blocks of a draft with turns of speech: labels, questions and what each speaker says, up to the next turn."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import msgspec

from attribution.ingest.labels import Label, Role, is_personal_name
from attribution.ingest.reading import Mark, MarkKind, trimmed
from attribution.ingest.shapes import is_byline
from attribution.ingest.span_cover import SpanCover
from attribution.ingest.turn_lines import (
    ADDRESSED,
    OPENERS,
    OURSELVES,
    SELF,
    Line,
    is_other,
    without_quotations,
    words_of,
)
from attribution.records import Block, BlockKind, Span

TRANSCRIPT_SHARE = 0.4
"""Share of the paragraphs from the first label to the last that have one for the draft to be a transcript throughout;
else it is an article that gives parts of an exchange."""

_STAGE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

_CLOSING_NOTE = re.compile(
    r"(?:this|the) (?:interview|conversation|transcript|discussion|exchange|q&a)\b.{0,40}\b(?:was|were|has|have|is)\b|"
    r"follow\b.{0,60}@|.{0,80}\b(?:share|comments?) below\b|"
    r"(?:interview|questions|transcript)(?: and \w+)? by\b|as told to\b|thanks?(?: you)?,? [A-Z][\w ]{0,30}[!.]$",
    re.IGNORECASE,
)


def with_turns(text: str, lines: Sequence[Line], accepted: dict[int, Role], marks: Sequence[Mark]) -> Iterator[Block]:
    """Yield the blocks, each accepted label one of its own, and what follows up to the next a turn of its speaker."""
    names = _names(text, [lines[number] for number in accepted]) | _introduced(text, lines[: min(accepted)])
    turns = _turns(text, lines, sorted(accepted), names, marks)

    def parted(number: int, line: Line) -> Iterator[Block] | None:
        start = turns.get(number)
        label = None if start is None else lines[start].label
        if start is None or label is None or (number != start and _STAGE.fullmatch(words_of(text, line))):
            return None
        labelled = label if number == start else None
        return _behind_label(text, line, labelled, lambda span: _turn(line.block, span, label.speaker, accepted[start]))

    yield from _laid_out(lines, parted)


def with_answers(text: str, lines: Sequence[Line], asked: frozenset[int], marks: Sequence[Mark]) -> Iterator[Block]:
    """Yield the blocks with questions and answers told apart; nobody's name stands with the answers."""
    starts = sorted(asked)
    lines = [line._replace(asked=number in asked) for number, line in enumerate(lines)]
    turns = _turns(text, lines, starts, _introduced(text, lines[: starts[0]]), marks, by_type=True)

    def parted(number: int, line: Line) -> Iterator[Block] | None:
        if number not in turns:
            return None
        return iter([_turn(line.block, line.block.span, None, "asks" if number in asked else "answers")])

    yield from _laid_out(lines, parted)


def with_statements(text: str, lines: Sequence[Line], listed: frozenset[int]) -> Iterator[Block]:
    """Yield the blocks, each listed item as a label and the statement of whoever it names."""

    def parted(number: int, line: Line) -> Iterator[Block] | None:
        label = line.label
        if number not in listed or label is None:
            return None
        return _behind_label(
            text, line, label, lambda span: Block(BlockKind.LIST_ITEM, span, label.speaker, line.block.section)
        )

    yield from _laid_out(lines, parted)


def _behind_label(text: str, line: Line, label: Label | None, statement: Callable[[Span], Block]) -> Iterator[Block]:
    """Yield the label that a line opens with, if any, as a block of its own, and what follows it as a statement."""
    span = line.block.span
    if label is not None:
        yield Block(BlockKind.SPEAKER, Span(span.start, label.end), section=line.block.section)
        span = trimmed(text, Span(label.end, span.end))
    if len(span):
        yield statement(span)


def _laid_out(lines: Sequence[Line], parted: Callable[[int, Line], Iterator[Block] | None]) -> Iterator[Block]:
    """Yield the blocks that ``parted`` makes of lines; pieces of a block for which it gives None are joined again."""
    waiting: list[Line] = []
    for number, line in enumerate(lines):
        blocks = parted(number, line)
        if blocks is not None or not line.cut:
            yield from _joined(waiting)
            waiting = []
        if blocks is None:
            waiting.append(line)
        else:
            yield from blocks
    yield from _joined(waiting)


def _turns(
    text: str,
    lines: Sequence[Line],
    starts: Sequence[int],
    names: frozenset[str],
    marks: Sequence[Mark],
    *,
    by_type: bool = False,
) -> dict[int, int]:
    """The line at which the turn of each line began, for those that are part of one.

    In a transcript a turn reaches to the next. In an article that gives parts of an exchange, a paragraph without a
    label is still the speaker's only in the first or second person. So it is behind the last label, unless no more
    follows there than stands between two labels. Answers between questions that are told ``by_type`` may be long, but
    do not call whoever gives them by name.
    """
    dense = len(starts) >= TRANSCRIPT_SHARE * sum(
        line.block.kind in OPENERS for line in lines[starts[0] : starts[-1] + 1]
    )
    rules = sorted(mark.span.start for mark in marks if mark.kind is MarkKind.RULE)
    emphasis = SpanCover(mark.span for mark in marks if mark.kind is MarkKind.EMPHASIS)
    found: dict[int, int] = {}
    longest = 1
    for start, following in pairwise([*starts, len(lines)]):
        found[start] = start
        run = []
        free = start + int(lines[start].alone or lines[start].asked)
        for number in range(start + 1, following):
            behind = start == starts[-1] and number > free
            before = lines[number - 1].block.span.end
            if _ends_turn(text, lines[number], rules, before) or (
                behind and _is_outro(text, lines[number], names, emphasis)
            ):
                break
            run.append(number)
        whole = dense or (by_type and not any(_is_outro(text, lines[number], names, SpanCover(())) for number in run))
        trusted = whole and (start != starts[-1] or len([number for number in run if number > free]) <= longest)
        for number in run:
            if not (trusted or number <= free or lines[number].cut or _goes_on(words_of(text, lines[number]))):
                break
            found[number] = start
        longest = max(longest, len(run))
    return found


def _goes_on(words: str) -> bool:
    """Whether a paragraph without a label is in the first or second person: the speaker's still, not the paper's."""
    unquoted = without_quotations(words)
    return any(pattern.search(unquoted) is not None for pattern in (SELF, OURSELVES, ADDRESSED))


def _turn(block: Block, span: Span, speaker: Span | None, role: Role) -> Block:
    kind = BlockKind.QUESTION if role == "asks" else BlockKind.TURN
    return Block(kind, span, None if role == "asks" else speaker, block.section)


def _joined(lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the block that the pieces of one block make when nothing parts them."""
    for number, line in enumerate(lines):
        if number and lines[number - 1].whole == line.whole:
            continue
        end = max(other.block.span.end for other in lines[number:] if other.whole == line.whole)
        yield msgspec.structs.replace(line.block, span=Span(line.block.span.start, end))


def _ends_turn(text: str, line: Line, rules: Sequence[int], before: int) -> bool:
    """Whether a block is no part of the turn before it: a heading, a caption or byline, or what follows a rule."""
    if line.block.kind not in OPENERS or line.block.speaker is not None:
        return True
    words = words_of(text, line)
    return (
        is_other(words)
        or bisect_left(rules, before) < bisect_right(rules, line.block.span.start)
        or _CLOSING_NOTE.match(words.lstrip("*_([ ")) is not None
    )


def _is_outro(text: str, line: Line, names: frozenset[str], emphasis: SpanCover) -> bool:
    """Whether a block behind the last turn is the paper's own again: set in italics, or telling of the speakers."""
    if emphasis.covers(line.block.span):
        return True
    words = set(re.findall(r"\w+", without_quotations(words_of(text, line))))
    return bool(words & names)


def _introduced(text: str, lines: Sequence[Line]) -> frozenset[str]:
    """The last words of the full names in the paragraphs before an exchange."""
    words = " ".join(words_of(text, line) for line in lines if not is_byline(words_of(text, line)))
    names = re.findall(r"\b[A-Z][\w’'-]{1,60} (?:[A-Z][\w’'-]{1,60} ?){1,2}", words)
    return frozenset(re.sub(r"[’']s$", "", name.split()[-1]) for name in names if is_personal_name(name))


def _names(text: str, lines: Sequence[Line]) -> frozenset[str]:
    """The last words of the speakers' names as running text has them."""
    found = set()
    for line in lines:
        if line.label is not None and line.label.role is None:
            last = text[line.label.speaker.start : line.label.speaker.end].split()[-1]
            found.add(last.capitalize() if last.isupper() and len(last) > 3 else last)
    return frozenset(found)
