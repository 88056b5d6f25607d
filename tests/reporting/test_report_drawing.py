from __future__ import annotations

import sys
from collections.abc import Sequence
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from attribution.reporting.drawing import Grid, Margin, heading, render
from attribution.reporting.look import LABEL, PLAIN, QUIET, look_for

LOOK = look_for()
BOLD = Style.parse("bold red")
WORDS = st.text("ab  –你\u0301é", max_size=120)


def by_rich(renderables: Sequence[RenderableType], width: int, color: bool) -> str:
    output = StringIO()
    console = Console(
        file=output,
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
        _environ={},
    )
    console.print(Group(*renderables))
    return output.getvalue()


@st.composite
def texts(draw: st.DrawFn) -> Text:
    text = Text(style=draw(st.sampled_from([PLAIN, QUIET])), no_wrap=draw(st.sampled_from([None, True])))
    for words in draw(st.lists(WORDS, max_size=3)):
        text.append(words, style=draw(st.sampled_from([PLAIN, BOLD])))
    return text


@given(st.lists(texts(), min_size=1, max_size=3), st.integers(40, 90))
def test_text_is_broken_as_by_rich(parts: list[Text], width: int) -> None:
    expected = [line.rstrip() for line in by_rich(parts, width, color=False).split("\n")]
    assert render(parts, width, color=False).rstrip("\n") == "\n".join(expected).rstrip("\n")


def test_colours_are_those_of_rich() -> None:
    text = Text(style=QUIET).append("The pier", style=BOLD).append(" is safe and will stay so for the years to come.")
    assert render([text], 40, color=True) == by_rich([text], 40, color=True).replace(" \x1b[0m\n", "\x1b[0m\n")


ROWS = [("  scores", "0.52", "−0.10", "a hedge: may"), ("", "", "", "an attribution, and a long story of it " * 3)]


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [40, 60, 120])
def test_grid_is_as_a_table(width: int, color: bool) -> None:
    table = Table.grid(padding=(0, 1, 0, 0))
    for justify in ("left", "left", "right"):
        table.add_column(no_wrap=True, overflow="ellipsis", justify=justify)  # type: ignore[arg-type]
    table.add_column(overflow="fold")
    styles = (QUIET, LABEL, PLAIN, QUIET)
    for row in ROWS:
        table.add_row(*(Text(words, style=style) for words, style in zip(row, styles, strict=True)))
    assert render([Grid(ROWS, styles, (2,), LOOK)], width, color) == render([table], width, color)


def test_margin_stands_beside_every_line() -> None:
    body = Text("The pier is safe, and the town will keep it open.")
    drawn = render([Margin([Text("1"), Text("2"), Text("3")], Text("|"), body, 4)], 40, color=False)
    assert drawn == "1   |The pier is safe, and the town will\n2   |keep it open.\n3   |\n"


def test_lines_that_fit_need_little_work() -> None:
    lines = [Text().append("word ", style=QUIET).append(str(number)) for number in range(1000)]
    parts = [heading("Lines", LOOK), *lines, *(Margin([Text("a")], Text(" "), line, 3) for line in lines)]
    assert calls_of(lambda: render(parts, 80, color=False)) < 100_000


def calls_of(work: object) -> int:
    """How many functions, of Python and of C, are called."""
    assert callable(work)
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
