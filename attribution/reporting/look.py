"""How reports look: the marks, the colours and the bars; ``drawing`` makes lines of them.

Colours are the sixteen that every terminal theme sets for its own background. Parts of a sentence are marked by colour,
or by signs where there is none: never by both.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import Literal

import msgspec
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from attribution.records import Carrier, CarrierCounts
from attribution.reporting.escaping import for_terminal

NARROWEST = 40
DEFAULT_WIDTH = 80


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
