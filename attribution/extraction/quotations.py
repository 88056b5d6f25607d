"""Quotations: which stretches of a draft stand between quotation marks.

A paragraph's marks are read together. Every mark can open, close, or be no quotation mark at all (an apostrophe,
inches, a bullet); each of these costs something that depends on the mark and on the characters around it, and the
paragraph takes the cheapest reading (Viterbi 1967 over the stack of open marks, with a beam, so time is linear in the
marks). Paragraphs are read on their own, so a mark left open cannot turn the rest of the draft inside out; only
afterwards are quotations joined that run on into a paragraph opening with the same mark (Chicago Manual of Style 17,
13.30; Guardian style guide, "quotation marks"), or holding the closing mark that was missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum

import msgspec

from attribution.records import Block, BlockKind, Draft, Problem, Quotation, Span

UNBALANCED = "X001"
"""Code of the problem: a quotation mark without its partner."""

# Costs of a reading, in units of one mark without its partner.
UNCLOSED = 1.0
UNCLOSED_INSIDE = 1.05  # of two marks the earlier is likelier to lack its partner
STRAY = 1.0
SAME_MARK_NESTED = 0.35
CURLY_NESTED = 0.1
FORBIDDEN = 9.0
BEAM = 16
"""How many readings of a paragraph are followed at a time."""

_CLOSERS: dict[str, dict[str, float]] = {
    '"': {'"': 0.0, "”": 0.5, "''": 0.5, "“": 0.8, "'": 0.9, "’": 0.9},
    "“": {"”": 0.0, '"': 0.5, "''": 0.5, "’’": 0.5, "“": 0.8, "'": 0.9, "’": 0.9},
    "”": {"”": 0.0, "“": 0.3, '"': 0.3},
    "„": {"“": 0.0, "”": 0.0, "‟": 0.0, '"': 0.3},
    "‟": {"”": 0.0, '"': 0.5},
    "〝": {"〞": 0.0, '"': 0.5},
    "＂": {"＂": 0.0},
    "``": {"''": 0.0, '"': 0.3, "”": 0.5, "``": 0.8},
    "''": {"''": 0.0, '"': 0.3, "”": 0.5},
    "‘‘": {"’’": 0.0, "''": 0.3, '"': 0.5, "”": 0.5},
    "'": {"'": 0.0, "’": 0.4},
    "‘": {"’": 0.0, "'": 0.4, "‘": 0.8},
    "’": {"’": 0.0, "'": 0.4},
    "‛": {"’": 0.0, "'": 0.4},
    "‚": {"‘": 0.0, "’": 0.0, "'": 0.4},
    "`": {"'": 0.0, "’": 0.3},
    "«": {"»": 0.0},
    "»": {"«": 0.0},
    "‹": {"›": 0.0},
    "›": {"‹": 0.0},
}
"""Opening mark → the marks that can close it, and what that costs."""

_OPENING_COST = {"”": 0.7, "’": 0.7, "''": 0.3, "»": 0.5, "›": 0.5}
"""What it costs to take these for opening marks; others that open cost nothing."""

_MARK = re.compile(r"``|‘‘|’’|'{2,}|[\"“”„‟〝〞＂'‘’‚‛`«»‹›]")
_MARK_CHARACTERS = frozenset("\"“”„‟〝〞＂'‘’‚‛`«»‹›")
_SEE_THROUGH = _MARK_CHARACTERS | frozenset("*_")
_APOSTROPHES = frozenset("'’‘")
_SYMMETRIC = frozenset(["'", '"', "''", "＂", "`"])
_GUILLEMETS = frozenset("«»‹›")
_OPENING_BRACKETS = frozenset("([{<")
_DASHES = frozenset("-‐‑‒–—―/")
_CLOSING = frozenset(",;:!?)]}>")

_ELISION = re.compile(
    r"(?:s|t|d|m|ll|re|ve|em|til|till|cause|cos|coz|tis|tisn|twas|twasn|twere|twill|twixt|bout|round|neath|nuff|n|un"
    r"|e|er|im|ere|ow|ello|ndrangheta|\d\ds?)(?![^\W_])",
    re.IGNORECASE,
)
"""What follows an apostrophe for missing letters or figures: 'em, '90s, and the 's of text cut into words."""

_ROCK_N_ROLL = re.compile(r"['‘’][nN]['’‘](?![^\W_])")
_FEET_AND_INCHES = re.compile(r"(?<=\d)['’](?=\s?\d{1,2}(?:\s?\d/\d|[½¼¾.]\d*)?\s?(?:\"|”|''|’’|″))")
_POSSESSIVE_OF_BRACKET = re.compile(r"(?<=[)\]])['’](?=[sS](?![^\W_]))")
_INCHES = re.compile(r"\d['’′]\s?\d{1,2}(?:\s?\d/\d|[½¼¾.]\d*)?\s?$")
_SPEECH_BEGINS = re.compile(r"(?:^|[,:;.!?…—–\"“])\s*$")


class _Left(Enum):
    """What stands before a mark, other marks skipped."""

    BOUNDARY = 1
    DASH = 2
    WORD = 3
    PUNCTUATION = 4


class _Right(Enum):
    """What stands after a mark, other marks skipped."""

    BOUNDARY = 1
    CLOSING = 2
    STOP = 3
    DASH = 4
    WORD = 5


class _Mark(msgspec.Struct, frozen=True):
    """A candidate quotation mark and what each reading of it costs.

    ``skip`` is the cost of its being no quotation mark; ``stray`` says that this leaves a problem to report.
    """

    start: int
    end: int
    text: str
    open: float
    close: float
    skip: float
    stray: bool


class _Found(msgspec.Struct):
    """A quotation of one paragraph; ``parent`` indexes the paragraph's list."""

    start: int
    end: int
    mark: str
    closed: bool
    parent: int | None
    runs_out: bool = False  # still open at the end of the paragraph


class _Paragraph(msgspec.Struct, frozen=True):
    """A block with the quotations and the stray marks of its own cheapest reading."""

    block: Block
    found: list[_Found]
    strays: list[_Mark]


class _Gathered(msgspec.Struct):
    """A quotation while its parts are put together; ``parent`` is the number of the one around it."""

    parts: list[Span]
    parent: int | None
    last: _Found


LONGEST_RUN = 10
"""Paragraphs without opening marks that a quotation may run through before its closing mark comes."""

INTERPOSED_WORDS = 25
"""Words that a caption printed as a paragraph may have."""


def find_quotations(draft: Draft) -> tuple[tuple[Quotation, ...], tuple[Problem, ...]]:
    """The draft's quotations in text order (an outer before its inner), and a problem for each mark without partner.

    Spans are code points of ``draft.text`` and include the marks. A quotation that is never closed ends with its
    paragraph, or with the quotation around it.
    """
    paragraphs = [_Paragraph(block, *_read_paragraph(draft.text, block.span)) for block in draft.blocks]
    joining = _Joining(draft.text, paragraphs)
    for number in range(len(paragraphs)):
        joining.take(number)
    gathered, problems = joining.gathered, joining.problems
    order = sorted(
        range(len(gathered)), key=lambda place: (gathered[place].parts[0].start, -gathered[place].parts[-1].end)
    )
    names = {place: f"q{number}" for number, place in enumerate(order, 1)}
    quotations: list[Quotation] = []
    for place in order:
        one = gathered[place]
        quotations.append(
            Quotation(
                id=names[place],
                start=one.parts[0].start,
                end=one.parts[-1].end,
                closed=one.last.closed,
                parent=None if one.parent is None else names[one.parent],
                parts=tuple(one.parts),
            )
        )
        if not one.last.closed:
            problems.append(_unclosed_problem(one.last))
    return tuple(quotations), tuple(sorted(problems, key=lambda problem: (problem.start, problem.end)))


class _Joining:
    """Joins the quotations of paragraphs, taken one after another, that run on from one into the next.

    A quotation left open goes on in a paragraph that opens with the same mark; in one that holds its closing mark, and
    all those before it, when none of them opens a quotation (*“We learned a lot. ¶ It was hard.”*); and past a caption.
    """

    def __init__(self, text: str, paragraphs: list[_Paragraph]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.gathered: list[_Gathered] = []
        self.problems: list[Problem] = []
        self._waiting: list[int] = []  # numbers of the quotations left open so far, outermost first
        self._kind: BlockKind | None = None  # of the paragraph they were left open in
        self._run: dict[int, bool] = {}  # coming paragraphs without opening marks, and whether the closing one is there

    def take(self, number: int) -> None:
        """Add a paragraph's quotations."""
        paragraph = self.paragraphs[number]
        strays, around = paragraph.strays, None
        if self._waiting and number not in self._run:
            self._run.update(self._run_from(number))
        if number in self._run and paragraph.block.kind is self._kind:
            around = self._waiting[0]
            closing = strays[0] if self._run[number] else None
            strays = strays[1:] if closing else strays
            self._go_on(around, paragraph.block, closing)
            if closing is not None:
                self._waiting = []
        self.problems += [_stray_problem(mark) for mark in strays]
        places = self._add(paragraph, around)
        if not (self._waiting and (around is not None or self._is_interposed(number))):
            self._waiting = [place for place, one in zip(places, paragraph.found, strict=True) if one.runs_out]
            self._kind = paragraph.block.kind

    def _add(self, paragraph: _Paragraph, around: int | None) -> list[int]:
        """The numbers of the paragraph's quotations, old ones where they go on; ``around`` is what they stand in."""
        found, block = paragraph.found, paragraph.block
        continued = _continued(found, self.text, block.span) if block.kind is self._kind else []
        places: list[int] = []
        for number, one in enumerate(found):
            position = continued.index(number) if number in continued else -1
            part = Span(one.start, one.end)
            if around is None and 0 <= position < len(self._waiting) and self._same_so_far(found, continued, position):
                place = self._waiting[position]
                self.gathered[place].parts.append(part)
                self.gathered[place].last = one
            else:
                place = len(self.gathered)
                inside = around if around is not None and part.end <= self.gathered[around].parts[-1].end else None
                parent = inside if one.parent is None else places[one.parent]
                self.gathered.append(_Gathered([part], parent, one))
            places.append(place)
        return places

    def _same_so_far(self, found: list[_Found], continued: list[int], position: int) -> bool:
        """Whether a paragraph's opening marks up to ``position`` are those of the quotations left open."""
        return all(
            found[continued[depth]].mark == self.gathered[self._waiting[depth]].last.mark
            for depth in range(position + 1)
        )

    def _run_from(self, start: int) -> dict[int, bool]:
        """The paragraphs, from ``start`` on, that the open quotation runs through, the last one with its closing mark.

        None when no such mark comes before the next quotation opens.
        """
        mark = self.gathered[self._waiting[0]].last.mark
        inside: dict[int, bool] = {}
        for number in range(start, min(start + LONGEST_RUN, len(self.paragraphs))):
            paragraph = self.paragraphs[number]
            if paragraph.block.kind is BlockKind.CAPTION:
                continue
            opened = [one.start for one in paragraph.found if one.mark == mark]
            if paragraph.block.kind is not self._kind:
                return {}
            if paragraph.strays:
                closing = paragraph.strays[0]
                fits = closing.text in _CLOSERS.get(mark, {}) and closing.close < closing.open
                first = not opened or closing.start < opened[0]
                crossed = any(one.start < closing.start < one.end for one in paragraph.found)
                return {**inside, number: True} if fits and first and not crossed else {}
            if opened:
                return {}
            inside[number] = False
        return {}

    def _go_on(self, place: int, block: Block, closing: _Mark | None) -> None:
        """Add a paragraph without an opening mark, up to the closing one if it is there, to a quotation."""
        one = self.gathered[place]
        visible = block.span.start + len(self.text[block.span.start : block.span.end].rstrip())
        part = Span(block.span.start, visible if closing is None else closing.end)
        one.parts.append(part)
        one.last = _Found(part.start, part.end, one.last.mark, closing is not None, None)

    def _is_interposed(self, number: int) -> bool:
        """Whether an open quotation goes on behind the paragraph: a caption, or what looks like one.

        *“The crew won the ship. ¶ The ship in 2008. Image: Harbour Board ¶ “The crane will follow.”*
        """
        here = self.paragraphs[number]
        if here.block.kind is BlockKind.CAPTION:
            return True
        words = self.text[here.block.span.start : here.block.span.end].split()
        if here.found or here.strays or len(words) > INTERPOSED_WORDS or number + 1 >= len(self.paragraphs):
            return False
        after = self.paragraphs[number + 1]
        continued = _continued(after.found, self.text, after.block.span) if after.block.kind is self._kind else []
        return bool(continued) and self._same_so_far(after.found, continued, 0)


def _continued(found: list[_Found], text: str, block: Span) -> list[int]:
    """The paragraph's quotations that open at its very start, outermost first."""
    leading: list[int] = []
    start = _skip_space(text, block.start, block.end)
    for number, one in enumerate(found):
        if one.start != start or one.parent != (leading[-1] if leading else None):
            break
        leading.append(number)
        start = _skip_space(text, one.start + len(one.mark), block.end)
    return leading


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _stray_problem(mark: _Mark) -> Problem:
    message = f"quotation mark {mark.text} has no partner in its paragraph and was passed over"
    return Problem(UNBALANCED, message, mark.start, mark.end)


def _unclosed_problem(one: _Found) -> Problem:
    until = "the paragraph" if one.runs_out else "the quotation around it"
    message = f"quotation mark {one.mark} is never closed; its quotation was taken to end with {until}"
    return Problem(UNBALANCED, message, one.start, one.start + len(one.mark))


# ------------------------------------------------------------------------------------------------------------ the marks


def _marks(text: str, block: Span) -> Iterator[_Mark]:
    """The paragraph's candidate marks, with the costs of their readings; ``block`` ends with no white space."""
    not_marks = {
        offset
        for match in _ROCK_N_ROLL.finditer(text, block.start, block.end)
        if _left(text, match.start(), block.start)[0] is not _Left.WORD
        for offset in (match.start(), match.end() - 1)
    }
    for pattern in (_FEET_AND_INCHES, _POSSESSIVE_OF_BRACKET):
        not_marks.update(match.start() for match in pattern.finditer(text, block.start, block.end))
    for start, end in _mark_spans(text, block):
        if start in not_marks:
            continue
        left, before = _left(text, start, block.start)
        right = _right(text, end, block.end)
        mark = text[start:end]
        if mark in _APOSTROPHES and left is _Left.WORD and right is _Right.WORD:
            if start > block.start and text[start - 1].isalnum() and end < block.end and text[end].isalnum():
                continue  # don't
        opening = 0.9 if mark == "”" and before == "" else _open_cost(mark, left, right, before)
        closing = _close_cost(mark, left, right)
        if end == block.end or mark not in _CLOSERS:
            opening = FORBIDDEN
        skip, stray = _skip_cost(text, block, start, end, left, right)
        if mark in _APOSTROPHES and left is not _Left.WORD and _ELISION.match(text, end, block.end):
            opening += 0.5
        if left is _Left.WORD and _INCHES.search(text, max(block.start, start - 10), start):
            closing += 0.6
        yield _Mark(start, end, mark, opening, closing, skip, stray)


def _mark_spans(text: str, block: Span) -> Iterator[tuple[int, int]]:
    """Where marks stand. Straight single marks in a row are read as doubled ones, a third one as the inner mark."""
    for match in _MARK.finditer(text, block.start, block.end):
        start, end = match.span()
        if match.group().startswith("''") and len(match.group()) > 2:
            odd = (end - start) % 2
            if odd and _left(text, start, block.start)[0] not in (_Left.BOUNDARY, _Left.DASH):
                yield start, start + 1
                start += 1
            while end - start >= 2:
                yield start, start + 2
                start += 2
            if start < end:
                yield start, end
        else:
            yield start, end


def _left(text: str, offset: int, limit: int) -> tuple[_Left, str]:
    """What stands before the offset, and the character itself ("" at the paragraph's start).

    Only a few marks in a row are skipped, so that a line of nothing but marks costs no more than any other.
    """
    index = offset - 1
    while index >= max(limit, offset - 6) and _see_through(text[index]):
        index -= 1
    if index < limit:
        return _Left.BOUNDARY, ""
    character = text[index]
    if character.isspace() or character in _OPENING_BRACKETS:
        return _Left.BOUNDARY, character
    if character in _DASHES:
        return _Left.DASH, character
    if character.isalnum():
        return _Left.WORD, character
    return _Left.PUNCTUATION, character


def _see_through(character: str) -> bool:
    """Other marks, the asterisks of typed emphasis, and characters that print nothing."""
    return character in _SEE_THROUGH or unicodedata.category(character) == "Cf"


def _right(text: str, offset: int, limit: int) -> _Right:
    """What stands after the offset."""
    index = offset
    while index < min(limit, offset + 6) and _see_through(text[index]):
        index += 1
    if index >= limit or text[index].isspace():
        return _Right.BOUNDARY
    character = text[index]
    if character in _CLOSING:
        return _Right.CLOSING
    if character in ".…":
        return _Right.STOP
    if character in _DASHES:
        return _Right.DASH
    return _Right.WORD


def _open_cost(mark: str, left: _Left, right: _Right, before: str) -> float:
    """What it costs to take the mark for an opening one."""
    base = _OPENING_COST.get(mark, 0.0)
    if mark in ("”", "’"):
        return base if left in (_Left.BOUNDARY, _Left.DASH) and right is _Right.WORD else FORBIDDEN
    if mark in _GUILLEMETS:
        return base
    if mark not in _SYMMETRIC:
        if left in (_Left.WORD, _Left.PUNCTUATION):
            return base + (0.1 if right is _Right.WORD else 1.0)
        return base
    if mark == "`" and right is not _Right.WORD:
        return FORBIDDEN
    if left is _Left.BOUNDARY:
        return base + {_Right.BOUNDARY: 0.3, _Right.CLOSING: 0.6}.get(right, 0.0)
    if left is _Left.DASH:
        return base + {_Right.WORD: 0.05, _Right.STOP: 0.1, _Right.DASH: 0.4}.get(right, 0.8)
    if left is _Left.PUNCTUATION:
        return base + ((0.2 if before == ":" else 0.5) if right is _Right.WORD else 1.0)
    return base + (0.6 if right is _Right.WORD else 1.2)


def _close_cost(mark: str, left: _Left, right: _Right) -> float:
    """What it costs to take the mark for a closing one."""
    if mark in _GUILLEMETS:
        return 0.0
    if mark not in _SYMMETRIC and mark not in ("“", "‘", "``"):
        if left is _Left.BOUNDARY:
            return 0.6 if right is _Right.WORD else 0.1
        return 0.0
    if left in (_Left.WORD, _Left.PUNCTUATION):
        return {_Right.WORD: 0.5 if left is _Left.WORD else 0.4}.get(right, 0.0)
    if left is _Left.DASH:
        return {_Right.BOUNDARY: 0.05, _Right.CLOSING: 0.05, _Right.STOP: 0.05, _Right.DASH: 0.4}.get(right, 0.6)
    return 1.0 if right in (_Right.WORD, _Right.STOP, _Right.DASH) else 0.3


def _skip_cost(text: str, block: Span, start: int, end: int, left: _Left, right: _Right) -> tuple[float, bool]:
    """What it costs to take the mark for none, and whether that is to be reported."""
    mark = text[start:end]
    before = text[start - 1] if start > block.start else ""
    if mark in _APOSTROPHES:
        return _apostrophe_cost(text, block, start, end, left, right)
    if mark == "`":
        return 0.1, False
    if mark == "''" and left is _Left.WORD and right is _Right.WORD:
        return 0.3, False  # don''t
    if mark in ('"', "”", "''", "’’") and before.isdigit():
        if _INCHES.search(text, max(block.start, start - 10), start):
            return 0.0, False  # 5'10"
        return 0.4, False  # a 12" gun
    if mark in _GUILLEMETS and left is _Left.BOUNDARY and right is _Right.BOUNDARY:
        return 0.3, False  # Home » News
    opening_shape = left in (_Left.BOUNDARY, _Left.DASH) and right in (_Right.WORD, _Right.STOP)
    if mark == "‚":
        return 0.1 if not opening_shape else STRAY, opening_shape
    if mark in ("”", "’’") or not opening_shape:
        return STRAY, True
    return STRAY + 0.5, True


def _apostrophe_cost(text: str, block: Span, start: int, end: int, left: _Left, right: _Right) -> tuple[float, bool]:
    """What it costs to take a single mark for an apostrophe or feet, and whether to report that."""
    before = text[start - 1] if start > block.start else ""
    if before.isdigit():
        return 0.1, False  # 6' tall
    if left is _Left.WORD:
        if right is _Right.WORD:
            return 0.3, False
        ending = text[max(block.start, start - 2) : start].lower()
        if ending[-1:] in ("s", "z", "x"):
            return 0.15, False  # the boys' toys
        if ending == "in" or _word_before(text, start, block.start) in ("o", "ol", "th", "an", "lil"):
            return 0.2, False  # goin', ol'
        return 0.8, False
    if before == "." and text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum():
        return 0.05, False  # the E.U.'s
    if left in (_Left.BOUNDARY, _Left.DASH) and right is _Right.WORD:
        if _ELISION.match(text, end, block.end):
            return 0.05, False
        if text[end].isupper() and not _SPEECH_BEGINS.search(text, max(block.start, start - 4), start):
            return 0.6, False  # the 'Ndrangheta, 'Abd
        return 1.3, True
    return STRAY, True


def _word_before(text: str, offset: int, limit: int) -> str:
    """The letters that end at the offset, at most four, lower case."""
    start = offset
    while start > max(limit, offset - 4) and text[start - 1].isalpha():
        start -= 1
    return text[start:offset].lower()


# ------------------------------------------------------------------------------------------------- the cheapest reading


class _Role(Enum):
    """What a mark is taken for; a closing mark may leave marks inside without their partners."""

    OPEN = 1
    CLOSE = 2
    SKIP = 3


class _Path(msgspec.Struct, frozen=True):
    """A reading so far, as a chain back to its start; ``popped`` counts marks left open by a closing one."""

    role: _Role
    popped: int
    before: _Path | None


_Readings = dict[int, tuple[float, _Path | None]]
"""Stack number → what the cheapest reading that ends with this stack costs, and its last step."""


def _read_paragraph(text: str, block: Span) -> tuple[list[_Found], list[_Mark]]:
    """The paragraph's quotations in text order, and its stray marks."""
    end = block.end
    while end > block.start and text[end - 1].isspace():
        end -= 1
    marks = list(_marks(text, Span(block.start, end)))
    found: list[_Found] = []
    strays: list[_Mark] = []
    stack: list[int] = []
    for mark, step in zip(marks, _cheapest(marks), strict=True):
        if step.role is _Role.SKIP:
            if mark.stray:
                strays.append(mark)
        elif step.role is _Role.OPEN:
            found.append(_Found(mark.start, end, mark.text, False, stack[-1] if stack else None))
            stack.append(len(found) - 1)
        else:
            for _ in range(step.popped):
                found[stack.pop()].end = mark.start
            one = found[stack.pop()]
            one.end, one.closed = mark.end, True
    for number in stack:
        found[number].runs_out = True
    return found, strays


def _cheapest(marks: list[_Mark]) -> list[_Path]:
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
                sloppy = _CLOSERS[tops[inner]].get(mark.text)
                if sloppy is not None:
                    shape = 0.0 if tops[inner] in ("„", "‚") else mark.close
                    total = cost + shape + sloppy + unclosed * UNCLOSED_INSIDE
                    _offer(following, parents[inner], total, _Path(_Role.CLOSE, unclosed, path))
                inner, unclosed = parents[inner], unclosed + 1
            if mark.open < FORBIDDEN:
                total = cost + mark.open + _nesting_cost(tops[stack], mark.text)
                _offer(following, push(stack, mark.text), total, _Path(_Role.OPEN, 0, path))
            inside = 0.1 if mark.text in _APOSTROPHES and tops[stack] in _APOSTROPHES else 0.0
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
    """Keep the path for this stack of open marks, unless one as cheap is known."""
    known = readings.get(stack)
    if known is None or cost < known[0] - 1e-9:
        readings[stack] = (cost, path)


def _nesting_cost(around: str, mark: str) -> float:
    """What it costs to open the mark inside a quotation opened by ``around``."""
    if around != mark:
        return 0.0
    return CURLY_NESTED if mark == "“" else SAME_MARK_NESTED
