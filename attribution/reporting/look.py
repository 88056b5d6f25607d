"""How reports look: the marks, the colours, the bars, and the way from rich renderables to text.

Colours are the sixteen that every terminal theme sets for its own background. Parts of a sentence are marked by colour,
or by signs where there is none: never by both.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Literal

import msgspec
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from attribution.records import Carrier, CarrierCounts
from attribution.reporting.escaping import for_terminal, without_commands

NARROWEST = 40
DEFAULT_WIDTH = 80
TALLEST = 100


class Role(msgspec.Struct, frozen=True):
    """A part of a sentence that is marked: the signs before and after it, empty with colours, and its style."""

    name: str
    opening: str
    closing: str
    style: Style


class Look(msgspec.Struct, frozen=True):
    """The signs of a report, for one output encoding, with or without colours."""

    encoding: str
    content: Role
    source: Role
    cue: Role
    hedge: Role
    booster: Role
    flagged: Role
    full: str
    empty: str
    shares: dict[Carrier, str]
    under: str
    cut: str
    arrow: str
    remedy: str
    dot: str
    minus: str
    rule: str
    lines: str

    @property
    def roles(self) -> tuple[Role, ...]:
        """The parts that are marked, outermost first."""
        return (self.content, self.source, self.cue, self.hedge, self.booster)

    @property
    def has_signs(self) -> bool:
        """Whether parts are marked by signs, as there are no colours."""
        return bool(self.source.opening)

    @property
    def overflow(self) -> Literal["ellipsis", "crop"]:
        """What becomes of a line with no room: rich's own ellipsis is no ASCII character."""
        return "crop" if self.cut.isascii() else "ellipsis"


CONTENT = Style.parse("cyan")
SOURCE = Style.parse("bold green")
CUE = Style.parse("bold magenta")
HEDGE = Style.parse("black on yellow")
BOOSTER = Style.parse("bold red")
FLAGGED = Style.parse("underline")
URGENT = Style.parse("bold red")
PLAIN = Style.null()
QUIET = Style.parse("dim")
HEADING = Style.parse("bold")
LABEL = Style.parse("bold")

CARRIER_STYLES = {
    Carrier.NAMED: Style.parse("green"),
    Carrier.DESCRIBED: Style.parse("magenta"),
    Carrier.NOBODY: Style.parse("red"),
    Carrier.UNCLEAR: Style.parse("red"),
    Carrier.PAPER: PLAIN,
}


def _look(encoding: str, signs: dict[str, str], color: bool) -> Look:
    def role(name: str, marks: str, style: Style) -> Role:
        return Role(name, *("", "") if color else (marks[0], marks[-1]), style)

    return Look(
        encoding=encoding,
        content=role("content", "{}", CONTENT),
        source=role("source", signs["source"], SOURCE),
        cue=role("cue", "_", CUE),
        hedge=role("hedge", "~", HEDGE),
        booster=role("booster", "^", BOOSTER),
        flagged=Role("flagged", "", "", FLAGGED),
        full=signs["full"],
        empty=signs["empty"],
        shares={
            Carrier.NAMED: signs["full"],
            Carrier.DESCRIBED: signs["most"],
            Carrier.NOBODY: signs["share"],
            Carrier.UNCLEAR: "?",
            Carrier.PAPER: signs["empty"],
        },
        under=signs["under"],
        cut=signs["cut"],
        arrow=signs["arrow"],
        remedy=signs["remedy"],
        dot=signs["dot"],
        minus=signs["minus"],
        rule=signs["rule"],
        lines=signs["lines"],
    )


UNICODE_SIGNS = {
    "full": "█",
    "empty": "░",
    "most": "▓",
    "share": "▒",
    "source": "‹›",
    "under": "↳",
    "cut": "…",
    "arrow": "←",
    "remedy": "→",
    "dot": "·",
    "minus": "−",
    "rule": "─",
    "lines": " ╵╷│─╯╮┤─╰╭├─┴┬┼",
}
ASCII_SIGNS = {
    "full": "#",
    "empty": ".",
    "most": "%",
    "share": "=",
    "source": "<>",
    "under": "`-",
    "cut": "...",
    "arrow": "<-",
    "remedy": "->",
    "dot": "-",
    "minus": "-",
    "rule": "-",
    "lines": " |||-'.|-`,|-+++",
}


def look_for(encoding: str = "utf-8", *, color: bool = False) -> Look:
    """The signs that ``encoding`` can write: all of them, or their ASCII stand-ins; no marks where colours do."""
    try:
        encoding = codecs.lookup(encoding).name
        "".join(UNICODE_SIGNS.values()).encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return _look(encoding, ASCII_SIGNS, color)
    return _look(encoding, UNICODE_SIGNS, color)


def printable(text: str, look: Look) -> str:
    """``text`` for one line of a terminal: white space as single spaces, no control characters, encodable."""
    return for_terminal(text, look.encoding)


def carrier_bar(counts: CarrierCounts, look: Look, cells: int) -> Text:
    """For how many claims each carrier answers, side by side in ``cells`` characters; nothing without claims."""
    shares = counts.shares()
    return share_bar(
        [(shares[carrier], look.shares[carrier], CARRIER_STYLES[carrier]) for carrier in look.shares], cells
    )


def share_bar(shares: Sequence[tuple[float, str, Style]], cells: int) -> Text:
    """Shares (which sum to 1, or are all 0) side by side in ``cells`` characters, by largest remainder."""
    exact = [share * cells for share, _, _ in shares]
    cell_counts = [int(cell) for cell in exact]
    missing = round(sum(exact)) - sum(cell_counts)
    for number in sorted(range(len(exact)), key=lambda number: cell_counts[number] - exact[number])[:missing]:
        cell_counts[number] += 1
    bar = Text()
    for count, (_, sign, style) in zip(cell_counts, shares, strict=True):
        bar.append(sign * count, style=style)
    return bar


def score_number(score: float | None) -> str:
    """The score with two digits."""
    return "none" if score is None else f"{score:.2f}"


def heading(words: str, look: Look, note: str = "") -> RenderableType:
    """A section's heading: words between thin rules, and a quiet note."""
    return Heading(words, note, look)


class Heading:
    """A heading with a rule that runs to the end of the line."""

    def __init__(self, words: str, note: str, look: Look) -> None:
        self.words, self.note, self.look = words, note, look

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        line = Text(no_wrap=True, overflow=self.look.overflow).append(self.words, style=HEADING)
        if self.note and line.cell_len + cell_len(self.note) + 6 < options.max_width:
            line.append(f"  {self.note}", style=QUIET)
        rest = options.max_width - line.cell_len - 1
        if rest > 1:
            line.append(" " + self.look.rule * rest, style=QUIET)
        yield line


def short_path(path: str, look: Look, cells: int) -> str:
    """The path in at most ``cells`` cells: what tells files apart is at its end, so it is cut at its beginning."""
    shown = printable(path, look)
    if cell_len(shown) <= cells:
        return shown
    folders, _, name = shown.rpartition("/")
    kept = f"/{name}"
    while folders:
        folders, _, folder = folders.rpartition("/")
        if cell_len(look.cut + f"/{folder}{kept}") > cells:
            break
        kept = f"/{folder}{kept}"
    if cell_len(look.cut + kept) <= cells:
        return look.cut + kept
    while name and cell_len(look.cut + name) > cells:
        name = name[1:]
    return look.cut + name


class Margin:
    """A body with a margin at its left: labels for the first lines, and a stripe beside every line."""

    def __init__(self, labels: Sequence[Text], stripe: Text, body: RenderableType, cells: int) -> None:
        self.labels, self.stripe, self.body, self.cells = labels, stripe, body, cells

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(1, options.max_width - self.cells - self.stripe.cell_len)
        lines = console.render_lines(self.body, options.update(width=width), pad=False)
        lines += [[] for _ in range(len(self.labels) - len(lines))]
        for number, line in enumerate(lines):
            label = self.labels[number].copy() if number < len(self.labels) else Text()
            label.truncate(self.cells, pad=True)
            label.append_text(self.stripe)
            yield from _without_newlines(console.render(label, options.update(no_wrap=True, overflow="ignore")))
            yield from _without_newlines(line)
            yield Segment.line()


def _without_newlines(line: Iterable[Segment]) -> list[Segment]:
    return [segment for segment in line if segment.text != "\n"]


class Trimmed:
    """Renders its body without white space at the ends of lines."""

    def __init__(self, body: RenderableType) -> None:
        self.body = body

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self.body, options, pad=False):
            yield from trim(line)
            yield Segment.line()


def trim(line: list[Segment]) -> list[Segment]:
    """The segments of a line, those of one style joined, without the white space at its end."""
    kept = list(Segment.simplify(line))
    while kept:
        last = kept.pop()
        text = last.text.rstrip()
        if text:
            kept.append(Segment(text, last.style, last.control))
            break
    return kept


def render(renderables: Sequence[RenderableType], width: int, color: bool) -> str:
    """The renderables one below the other as text, with ANSI colours or without, ``width`` cells wide.

    Depends on nothing but its arguments: environment variables (NO_COLOR, COLUMNS, TERM) are the caller's to read.
    """
    output = StringIO()
    console = Console(
        file=output,
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
    console.print(Trimmed(Group(*renderables)))
    return without_commands(output.getvalue().rstrip("\n") + "\n")
