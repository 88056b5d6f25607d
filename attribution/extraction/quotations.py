"""Find quotations: the stretches of a draft between quotation marks.

A paragraph's marks are read together. Every mark can open, close, or be no quotation mark at all (an apostrophe,
inches, a bullet); the cost of each depends on the mark and the characters around it, and the cheapest reading wins
(``quotation_marks``, ``quotation_reading``; time is linear in the marks). Paragraphs are read separately, so an open
mark cannot turn the rest of the draft inside out; afterwards quotations are joined that continue in a paragraph opening
with the same mark (Chicago Manual of Style 17,
13.30; Guardian style guide, "quotation marks"), or holding the closing mark that was missing.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.extraction.quotation_marks import CLOSERS, Mark
from attribution.extraction.quotation_reading import MarkedStretch, read_paragraph
from attribution.extraction.span_index import SpanIndex
from attribution.records import Block, BlockRole, Draft, Problem, Quotation, Span

UNBALANCED = "X001"
"""Code of the problem: a quotation mark without its partner."""


LONGEST_RUN = 10
"""Most paragraphs without opening marks that a quotation may continue through."""


MOST_NESTED = 8
"""Most quotations that another may be within; a mark that opens one further in is passed over."""


_SINGLE = (BlockRole.TABLE_CELL, BlockRole.TABLE_HEADER)
"""Roles of blocks of which each stands for itself."""


INTERPOSED_WORDS = 25
"""Most words of a caption printed as a paragraph."""


def find_quotations(draft: Draft) -> tuple[tuple[Quotation, ...], tuple[Problem, ...]]:
    """The draft's quotations in text order (an outer before its inner), and a problem for each mark without partner.

    Spans are code points of ``draft.text`` and include the marks. A quotation that is never closed ends with its
    paragraph, or with the quotation around it.
    """
    paragraphs = []
    problems: list[Problem] = []
    for block in draft.blocks:
        if block.is_repetition:
            continue
        found, strays = read_paragraph(draft.text, block.span)
        kept, dropped = _parted_by_depth(found)
        paragraphs.append(_Paragraph(block, kept, strays))
        problems += map(_deep_problem, dropped)
    joining = _Joining(draft.text, paragraphs)
    for number in range(len(paragraphs)):
        joining.take(number)
    gathered = joining.gathered
    problems += joining.problems
    order = sorted(
        range(len(gathered)), key=lambda place: (gathered[place].parts[0].start, -gathered[place].parts[-1].end)
    )
    names = {place: f"q{number}" for number, place in enumerate(order, 1)}
    quotations: list[Quotation] = []
    for place in order:
        quotation = gathered[place]
        quotations.append(
            Quotation(
                id=names[place],
                start=quotation.parts[0].start,
                end=quotation.parts[-1].end,
                closed=quotation.last.closed,
                parent=None if quotation.parent is None else names[quotation.parent],
                parts=tuple(quotation.parts),
            )
        )
        if not quotation.last.closed:
            problems.append(_unclosed_problem(quotation.last))
    return tuple(quotations), tuple(_reported(draft, problems))


def _reported(draft: Draft, problems: Sequence[Problem]) -> list[Problem]:
    """The problems in text order, without those of posts, whose marks are not the paper's to mend."""
    posts = SpanIndex((block.span, block) for block in draft.blocks if block.role is BlockRole.POST)
    ordered = sorted(problems, key=lambda problem: (problem.start, problem.end))
    return [problem for problem in ordered if not list(posts.overlapping(Span(problem.start, problem.end)))]


def _parted_by_depth(found: list[MarkedStretch]) -> tuple[list[MarkedStretch], list[MarkedStretch]]:
    """The quotations of a paragraph, each after the one around it, that are within few enough others; and the rest."""
    depths: list[int] = []
    for stretch in found:
        depths.append(0 if stretch.parent is None else depths[stretch.parent] + 1)
    if max(depths, default=0) <= MOST_NESTED:
        return found, []
    kept: list[MarkedStretch] = []
    places: dict[int, int] = {}
    for number, (stretch, depth) in enumerate(zip(found, depths, strict=True)):
        if depth <= MOST_NESTED:
            places[number] = len(kept)
            parent = None if stretch.parent is None else places[stretch.parent]
            kept.append(msgspec.structs.replace(stretch, parent=parent))
    return kept, [stretch for stretch, depth in zip(found, depths, strict=True) if depth > MOST_NESTED]


class _Paragraph(msgspec.Struct, frozen=True):
    """A block with the quotations and the stray marks of its own cheapest reading."""

    block: Block
    found: list[MarkedStretch]
    strays: list[Mark]


class _Gathered(msgspec.Struct):
    """A quotation under construction; ``parent`` is the number of the one around it."""

    parts: list[Span]
    parent: int | None
    last: MarkedStretch


class _Joining:
    """Joins quotations that continue from a paragraph into the next; paragraphs are added one after another.

    An open quotation continues in a paragraph that opens with the same mark; through paragraphs that open no quotation
    up to its closing mark (*“We learned a lot. ¶ It was hard.”*); and past a caption.
    """

    def __init__(self, text: str, paragraphs: list[_Paragraph]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.gathered: list[_Gathered] = []
        self.problems: list[Problem] = []
        self._waiting: list[int] = []  # numbers of the quotations left open so far, outermost first
        self._open_in: Block | None = None  # the paragraph they were left open in
        self._run: dict[int, bool] = {}  # coming paragraphs without opening marks, and whether the closing one is there

    def take(self, number: int) -> None:
        """Add a paragraph's quotations."""
        paragraph = self.paragraphs[number]
        strays, around = paragraph.strays, None
        if self._waiting and number not in self._run:
            self._run.update(self._run_from(number))
        if number in self._run and self._goes_with_open(paragraph.block):
            around = self._waiting[0]
            closing = strays[0] if self._run[number] else None
            strays = strays[1:] if closing else strays
            self._go_on(around, paragraph.block, closing)
            if closing is not None:
                self._waiting = []
        self.problems += [_stray_problem(mark) for mark in strays]
        places = self._add(paragraph, around)
        if not (self._waiting and (around is not None or self._is_interposed(number))):
            self._waiting = [place for place, stretch in zip(places, paragraph.found, strict=True) if stretch.runs_out]
            self._open_in = paragraph.block

    def _goes_with_open(self, block: Block) -> bool:
        """Whether a quotation left open may continue in a paragraph: one of the same kind and speaker, and no cell."""
        there = self._open_in
        if there is None or block.role in _SINGLE:
            return False
        return (block.kind, block.speaker, block.role) == (there.kind, there.speaker, there.role)

    def _add(self, paragraph: _Paragraph, around: int | None) -> list[int]:
        """The numbers of the paragraph's quotations, also continued ones; ``around`` is the quotation around them."""
        found, block = paragraph.found, paragraph.block
        continued = _continued(found, self.text, block.span) if self._goes_with_open(block) else []
        places: list[int] = []
        for number, stretch in enumerate(found):
            position = continued.index(number) if number in continued else -1
            part = Span(stretch.start, stretch.end)
            if around is None and 0 <= position < len(self._waiting) and self._same_so_far(found, continued, position):
                place = self._waiting[position]
                self.gathered[place].parts.append(part)
                self.gathered[place].last = stretch
            else:
                place = len(self.gathered)
                inside = around if around is not None and part.end <= self.gathered[around].parts[-1].end else None
                parent = inside if stretch.parent is None else places[stretch.parent]
                self.gathered.append(_Gathered([part], parent, stretch))
            places.append(place)
        return places

    def _same_so_far(self, found: list[MarkedStretch], continued: list[int], position: int) -> bool:
        """Whether a paragraph's opening marks up to ``position`` are those of the quotations left open."""
        return all(
            found[continued[depth]].mark == self.gathered[self._waiting[depth]].last.mark
            for depth in range(position + 1)
        )

    def _run_from(self, start: int) -> dict[int, bool]:
        """The paragraphs from ``start`` that the open quotation runs through; True for the one with its closing mark.

        Empty if the next quotation opens before such a mark.
        """
        mark = self.gathered[self._waiting[0]].last.mark
        inside: dict[int, bool] = {}
        for number in range(start, min(start + LONGEST_RUN, len(self.paragraphs))):
            paragraph = self.paragraphs[number]
            if paragraph.block.interrupts:
                continue
            opened = [stretch.start for stretch in paragraph.found if stretch.mark == mark]
            if not self._goes_with_open(paragraph.block):
                return {}
            if paragraph.strays:
                closing = paragraph.strays[0]
                fits = closing.text in CLOSERS.get(mark, {}) and closing.close < closing.open
                first = not opened or closing.start < opened[0]
                crossed = any(stretch.start < closing.start < stretch.end for stretch in paragraph.found)
                return {**inside, number: True} if fits and first and not crossed else {}
            if opened:
                return {}
            inside[number] = False
        return {}

    def _go_on(self, place: int, block: Block, closing: Mark | None) -> None:
        """Add a paragraph without an opening mark, up to the closing one if it is there, to a quotation."""
        quotation = self.gathered[place]
        visible = block.span.start + len(self.text[block.span.start : block.span.end].rstrip())
        part = Span(block.span.start, visible if closing is None else closing.end)
        quotation.parts.append(part)
        quotation.last = MarkedStretch(part.start, part.end, quotation.last.mark, closing is not None, None)

    def _is_interposed(self, number: int) -> bool:
        """Whether an open quotation continues after the paragraph, which is a caption, a cell or a note, or may be.

        *“The crew won the ship. ¶ The ship in 2008. Image: Harbour Board ¶ “The crane will follow.”*
        """
        here = self.paragraphs[number]
        if here.block.interrupts:
            return True
        words = self.text[here.block.span.start : here.block.span.end].split()
        if here.found or here.strays or len(words) > INTERPOSED_WORDS or number + 1 >= len(self.paragraphs):
            return False
        after = self.paragraphs[number + 1]
        continued = _continued(after.found, self.text, after.block.span) if self._goes_with_open(after.block) else []
        return bool(continued) and self._same_so_far(after.found, continued, 0)


def _continued(found: list[MarkedStretch], text: str, block: Span) -> list[int]:
    """The paragraph's quotations that open at its very start, outermost first."""
    leading: list[int] = []
    start = _skip_space(text, block.start, block.end)
    for number, stretch in enumerate(found):
        if stretch.start != start or stretch.parent != (leading[-1] if leading else None):
            break
        leading.append(number)
        start = _skip_space(text, stretch.start + len(stretch.mark), block.end)
    return leading


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _stray_problem(mark: Mark) -> Problem:
    message = f"quotation mark {mark.text} has no partner in its paragraph and was passed over"
    return Problem(UNBALANCED, message, mark.start, mark.end)


def _deep_problem(stretch: MarkedStretch) -> Problem:
    message = f"quotation mark {stretch.mark} opens within {MOST_NESTED} other quotations and was passed over"
    return Problem(UNBALANCED, message, stretch.start, stretch.start + len(stretch.mark))


def _unclosed_problem(stretch: MarkedStretch) -> Problem:
    until = "the paragraph" if stretch.runs_out else "the quotation around it"
    message = f"quotation mark {stretch.mark} is never closed; its quotation was taken to end with {until}"
    return Problem(UNBALANCED, message, stretch.start, stretch.start + len(stretch.mark))
