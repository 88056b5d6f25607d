"""The cheapest reading of a paragraph's quotation marks (Viterbi 1967 over the stack of open marks, with a beam)."""

from __future__ import annotations

from enum import Enum

import msgspec

from attribution.extraction.quotation_marks import APOSTROPHES, CLOSERS, FORBIDDEN, Mark, marks_of
from attribution.records import Span

# Costs of a reading, in units of one mark without its partner.
UNCLOSED = 1.0


UNCLOSED_INSIDE = 1.05  # of two marks the earlier is likelier to lack its partner


SAME_MARK_NESTED = 0.35


CURLY_NESTED = 0.1


BEAM = 16
"""Number of readings of a paragraph that are kept at a time."""


class MarkedStretch(msgspec.Struct):
    """A quotation of one paragraph; ``parent`` indexes the paragraph's list."""

    start: int
    end: int
    mark: str
    closed: bool
    parent: int | None
    runs_out: bool = False  # still open at the end of the paragraph


class _Role(Enum):
    """How a mark is read; a closing mark may leave marks inside it without partners."""

    OPEN = 1
    CLOSE = 2
    SKIP = 3


class _Path(msgspec.Struct, frozen=True):
    """A reading so far, as a chain back to its start; ``popped`` counts marks left open by a closing one."""

    role: _Role
    popped: int
    before: _Path | None


_Readings = dict[int, tuple[float, _Path | None]]
"""Stack number → cost and last step of the cheapest reading that ends with this stack."""


def read_paragraph(text: str, block: Span) -> tuple[list[MarkedStretch], list[Mark]]:
    """The paragraph's quotations in text order, and its stray marks."""
    end = block.end
    while end > block.start and text[end - 1].isspace():
        end -= 1
    marks = list(marks_of(text, Span(block.start, end)))
    found: list[MarkedStretch] = []
    strays: list[Mark] = []
    stack: list[int] = []
    for mark, step in zip(marks, _cheapest(marks), strict=True):
        if step.role is _Role.SKIP:
            if mark.stray:
                strays.append(mark)
        elif step.role is _Role.OPEN:
            found.append(MarkedStretch(mark.start, end, mark.text, False, stack[-1] if stack else None))
            stack.append(len(found) - 1)
        else:
            for _ in range(step.popped):
                found[stack.pop()].end = mark.start
            stretch = found[stack.pop()]
            stretch.end, stretch.closed = mark.end, True
    for number in stack:
        found[number].runs_out = True
    return found, strays


def _cheapest(marks: list[Mark]) -> list[_Path]:
    """The cheapest reading: one step a mark.

    Open marks are a stack; stacks are numbered, equal ones get one number, so that readings with the same marks open
    can be compared and only the cheaper kept.
    """
    parents: list[int] = [-1]  # stack number → the stack without its top
    tops: list[str] = [""]
    depths: list[int] = [0]
    numbers: dict[tuple[int, str], int] = {}

    def push(stack: int, mark: str) -> int:
        key = (stack, mark)
        if key not in numbers:
            numbers[key] = len(parents)
            parents.append(stack)
            tops.append(mark)
            depths.append(depths[stack] + 1)
        return numbers[key]

    readings: _Readings = {0: (0.0, None)}
    for mark in marks:
        following: _Readings = {}
        for stack, (cost, path) in readings.items():
            inner, unclosed = stack, 0
            while inner and unclosed <= 2:
                sloppy = CLOSERS[tops[inner]].get(mark.text)
                if sloppy is not None:
                    shape = 0.0 if tops[inner] in ("„", "‚") else mark.close
                    total = cost + shape + sloppy + unclosed * UNCLOSED_INSIDE
                    _offer(following, parents[inner], total, _Path(_Role.CLOSE, unclosed, path))
                inner, unclosed = parents[inner], unclosed + 1
            if mark.open < FORBIDDEN:
                total = cost + mark.open + _nesting_cost(tops[stack], mark.text)
                _offer(following, push(stack, mark.text), total, _Path(_Role.OPEN, 0, path))
            inside = 0.1 if mark.text in APOSTROPHES and tops[stack] in APOSTROPHES else 0.0
            _offer(following, stack, cost + mark.skip + inside, _Path(_Role.SKIP, 0, path))
        cheapest = sorted(following.items(), key=lambda item: (item[1][0], depths[item[0]], item[0]))
        readings = dict(cheapest[:BEAM])
    best = min(readings.items(), key=lambda item: (item[1][0] + depths[item[0]] * UNCLOSED, depths[item[0]], item[0]))
    steps: list[_Path] = []
    step = best[1][1]
    while step is not None:
        steps.append(step)
        step = step.before
    return steps[::-1]


def _offer(readings: _Readings, stack: int, cost: float, path: _Path) -> None:
    """Keep the path for this stack of open marks, unless an equally cheap one is known."""
    known = readings.get(stack)
    if known is None or cost < known[0] - 1e-9:
        readings[stack] = (cost, path)


def _nesting_cost(around: str, mark: str) -> float:
    """Cost of opening the mark inside a quotation opened by ``around``."""
    if around != mark:
        return 0.0
    return CURLY_NESTED if mark == "“" else SAME_MARK_NESTED
