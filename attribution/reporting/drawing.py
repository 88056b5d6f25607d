"""From renderables to lines of text: Rich breaks and styles the words, and what reports have most of skips the rest.

A report has many more lines than its draft, and Rich lays each out through several generic layers. Text that fits on
its line, margins, headings and tables of words are therefore laid out here, to the same lines as Rich's own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, Group, OverflowMethod, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from attribution.reporting.escaping import without_commands
from attribution.reporting.look import HEADING, NARROWEST, QUIET, Look

TALLEST = 100
LEAST_WORDS = 10
"""Cells that the words at the end of a row get at least, or Rich lays the table out."""

Line = list[Segment]


class Drawn(ABC):
    """Something that lays itself out in lines; Rich can render it, too."""

    @abstractmethod
    def lines(self, width: int, console: Console) -> list[Line]:
        """The lines, each of at most ``width`` cells."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.lines(options.max_width, console):
            yield from line
            yield Segment.line()


def heading(words: str, look: Look, note: str = "") -> RenderableType:
    """A section's heading: words between thin rules, and a quiet note."""
    return Heading(words, note, look)


class Heading(Drawn):
    """A heading with a rule that runs to the end of the line."""

    def __init__(self, words: str, note: str, look: Look) -> None:
        self.words, self.note, self.look = words, note, look

    def lines(self, width: int, console: Console) -> list[Line]:
        """The line of the heading."""
        line = Text(no_wrap=True, overflow=self.look.overflow).append(self.words, style=HEADING)
        if self.note and line.cell_len + cell_len(self.note) + 6 < width:
            line.append(f"  {self.note}", style=QUIET)
        rest = width - line.cell_len - 1
        if rest > 1:
            line.append(" " + self.look.rule * rest, style=QUIET)
        return lines_of(line, width, console)


class Margin(Drawn):
    """A body with a margin at its left: labels for the first lines, and a stripe beside every line."""

    def __init__(self, labels: Sequence[Text], stripe: Text, body: RenderableType, cells: int) -> None:
        self.labels, self.stripe, self.body, self.cells = labels, stripe, body, cells

    def lines(self, width: int, console: Console) -> list[Line]:
        """The lines of the body, and more if there are more labels than lines."""
        room = width - self.cells - self.stripe.cell_len
        body = lines_of(self.body, max(1, room), console)
        body += [[] for _ in range(len(self.labels) - len(body))]
        labels = [self._label(label, console) for label in self.labels[: len(body)]]
        if len(labels) < len(body):
            labels += [self._label(Text(), console)] * (len(body) - len(labels))
        lines = [label + line for label, line in zip(labels, body, strict=True)]
        return lines if room > 0 else [Segment.adjust_line_length(line, width, pad=False) for line in lines]

    def _label(self, label: Text, console: Console) -> Line:
        label = label.copy()
        label.truncate(self.cells, pad=True)
        return _segments(label.append_text(self.stripe), console)


class Grid(Drawn):
    """Rows of words in aligned columns, each column in a style of its own; the words in the last column are wrapped.

    ``right`` are the columns that are aligned at their right.
    """

    def __init__(self, rows: Sequence[Sequence[str]], styles: Sequence[Style], right: Sequence[int], look: Look):
        self.rows, self.styles, self.right, self.look = rows, styles, right, look

    def lines(self, width: int, console: Console) -> list[Line]:
        """The lines of all rows."""
        *widths, last = [max(map(cell_len, column)) for column in zip(*self.rows, strict=True)]
        room = width - sum(widths) - len(widths)
        if room < min(last, LEAST_WORDS):
            return lines_of(self._table(), width, console)
        lines: list[Line] = []
        for row in self.rows:
            first: Line = []
            for number, (cells, words, style) in enumerate(zip(widths, row, self.styles, strict=False)):
                padding = " " * (cells - cell_len(words))
                first += (Segment(padding + words if number in self.right else words + padding, style), Segment(" "))
            wrapped = lines_of(Text(row[-1], style=self.styles[-1]), room, console)
            lines.append(first + wrapped[0])
            before = Segment(" " * (width - room))
            lines += [[before, *line] for line in wrapped[1:]]
        return lines

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 1, 0, 0))
        for number in range(len(self.styles) - 1):
            justify: Literal["left", "right"] = "right" if number in self.right else "left"
            table.add_column(no_wrap=True, overflow=self.look.overflow, justify=justify)
        table.add_column(overflow="fold")
        for row in self.rows:
            table.add_row(*(Text(words, style=style) for words, style in zip(row, self.styles, strict=True)))
        return table


Row = Sequence[Sequence[Segment]]
"""Cells side by side, each in pieces of one style."""


class Columns(Drawn):
    """Rows of cells in aligned columns, each row on one line; what does not fit is cut."""

    def __init__(self, rows: Sequence[Row], overflow: OverflowMethod) -> None:
        self.rows, self.overflow = rows, overflow

    def lines(self, width: int, console: Console) -> list[Line]:
        """A line for each row."""
        cells = [[sum(cell_len(piece.text) for piece in cell) for cell in row] for row in self.rows]
        widths = [max(column) for column in zip(*cells, strict=True)]
        lines: list[Line] = []
        for row, taken in zip(self.rows, cells, strict=True):
            line: Line = []
            free = width
            for cell, own, most in zip(row, taken, widths, strict=True):
                line += cell
                line.append(Segment(" " * (most - own + 2)))
                free -= most + 2
            lines.append(line if free >= 0 else self._cut(line, width, console))
        return lines

    def _cut(self, line: Line, width: int, console: Console) -> Line:
        if console.no_color:
            words = "".join(piece.text for piece in line).rstrip()
            if cell_len(words) > width:
                ending = "…" if self.overflow == "ellipsis" else ""
                words = set_cell_size(words, width - len(ending)) + ending
            return [Segment(words)]
        text = Text(no_wrap=True, overflow=self.overflow)
        for piece in line:
            text.append(piece.text, style=piece.style)
        text.rstrip()
        return lines_of(text, width, console)[0]


def lines_of(renderable: RenderableType, width: int, console: Console) -> list[Line]:
    """The lines that Rich would render, each of at most ``width`` cells; without styles if the console has none."""
    if isinstance(renderable, Text):
        return _text_lines(renderable, width, console)
    if isinstance(renderable, Drawn):
        return renderable.lines(width, console)
    if isinstance(renderable, Group):
        return [line for part in renderable.renderables for line in lines_of(part, width, console)]
    return console.render_lines(renderable, console.options.update(width=width, height=None), pad=False)


def _text_lines(text: Text, width: int, console: Console) -> list[Line]:
    plain = text.plain
    if "\n" not in plain and "\t" not in plain and text.justify is None:
        if len(plain) <= width and (plain.isascii() or cell_len(plain) <= width):
            return [_segments(text, console)]
        if console.no_color and text.overflow != "ignore":
            plain_text = Text(plain, no_wrap=text.no_wrap, overflow=text.overflow)
            return [[Segment(line.plain)] for line in plain_text.wrap(console, width)]
    return console.render_lines(text, console.options.update(width=width, height=None), pad=False)


def _segments(text: Text, console: Console) -> Line:
    """The text as pieces of one style each."""
    return [Segment(text.plain)] if console.no_color else list(Text().join([text]).render(console))


def _styled(line: Iterable[Segment]) -> str:
    """The line with ANSI colours and without the white space at its end."""
    kept = list(Segment.simplify(line))
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        last = kept.pop()
        kept.append(Segment(last.text.rstrip(), last.style))
    return "".join(
        segment.style.render(segment.text, color_system=ColorSystem.STANDARD) if segment.style else segment.text
        for segment in kept
    )


def render(renderables: Sequence[RenderableType], width: int, color: bool) -> str:
    """The renderables one below the other as text, with ANSI colours or without, ``width`` cells wide.

    Depends on nothing but its arguments: environment variables (NO_COLOR, COLUMNS, TERM) are the caller's to read.
    """
    console = Console(
        file=StringIO(),
        width=max(NARROWEST, width),
        height=TALLEST,
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    lines = lines_of(Group(*renderables), console.width, console)
    shown = (_styled(line) if color else "".join(segment.text for segment in line).rstrip() for line in lines)
    return without_commands("\n".join(shown).rstrip("\n") + "\n")
