"""What an edit did, for the terminal: each change with the old and the new sentence, the changed words marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.style import Style
from rich.text import Text

from attribution.comparison import Change, ChangeKind, Comparison
from attribution.reporting.diff_marks import TITLES, Piece, RowView, Weight, counts, place, row_views, title
from attribution.reporting.diff_words import NOTHING_CHANGED, drafts_name, message, notes, remedies
from attribution.reporting.drawing import Margin, heading, render
from attribution.reporting.look import DEFAULT_WIDTH, LABEL, NARROWEST, PLAIN, QUIET, Look, look_for, printable

GONE = Style.parse("red")
CAME = Style.parse("green")
TELLING = Style.parse("bold reverse")
STYLES = {
    ChangeKind.SOURCE_DROPPED: Style.parse("bold red"),
    ChangeKind.SOURCE_REPLACED: Style.parse("bold yellow"),
    ChangeKind.SOURCE_ADDED: Style.parse("bold green"),
    ChangeKind.HARDENED: Style.parse("bold red"),
    ChangeKind.SOFTENED: Style.parse("bold cyan"),
    ChangeKind.QUOTATION_ALTERED: Style.parse("bold red"),
    ChangeKind.CLAIM_ADDED_UNSOURCED: Style.parse("bold yellow"),
    ChangeKind.CLAIM_DROPPED: Style.parse("bold cyan"),
    ChangeKind.VOICE_CHANGED: Style.parse("bold yellow"),
    ChangeKind.MADE_DIRECT: Style.parse("bold yellow"),
    ChangeKind.FIGURE_CHANGED: Style.parse("bold yellow"),
    ChangeKind.PLACE_OPENED: Style.parse("bold red"),
    ChangeKind.PLACE_CLOSED: Style.parse("bold green"),
}
GONE_MARKS, CAME_MARKS = ("[-", "-]"), ("{+", "+}")
"""As ``git diff --word-diff`` and wdiff mark words; they are ASCII, and stand where there are no colours."""


def diff_text(
    comparisons: Sequence[Comparison],
    *,
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    encoding: str = "utf-8",
    nothing: str = "No draft changed.",
) -> str:
    """The changes as text of ``width`` cells, with ANSI colours when ``color``; ``nothing`` is for no comparison."""
    look = look_for(encoding, color=color)
    width = max(NARROWEST, width)
    parts: list[RenderableType] = []
    for comparison in comparisons:
        parts += [*([Text()] if parts else []), *_comparison(comparison, look)]
    return render(parts or [Text(printable(nothing, look))], width, color)


def _comparison(comparison: Comparison, look: Look) -> list[RenderableType]:
    old, new = comparison.old, comparison.new
    name = printable(drafts_name(comparison, "->"), look)
    claims = f"claims {len(old.claims)} -> {len(new.claims)}"
    parts: list[RenderableType] = [heading(name, look, claims)]
    found = counts(comparison.changes)
    if not found:
        return [*parts, Text(NOTHING_CHANGED)]
    told = Text("  ").join(
        Text().append(str(number)).append(f" {title(kind, number)}", STYLES[kind]) for kind, number in found
    )
    parts.append(told)
    for view in sorted(row_views(comparison), key=lambda view: -view.gravity):
        if view.changes:
            parts += [Text(), *_row(view, look)]
    return parts


def _row(view: RowView, look: Look) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for change in view.changes:
        parts.append(_label(change))
        told = [("  ", line) for line in (message(change), *notes(change))]
        told += [(f"  {look.remedy} ", line) for line in remedies(change)]
        parts += [_indented(sign, PLAIN, Text(printable(line, look))) for sign, line in told]
    if view.old:
        body = _sentences(view.old, GONE_MARKS, GONE, look, marked=look.has_signs and bool(view.new))
        parts.append(_indented("- ", GONE, body))
    if view.new:
        body = _sentences(view.new, CAME_MARKS, CAME, look, marked=look.has_signs and bool(view.old))
        parts.append(_indented("+ ", CAME, body))
    return parts


def _label(change: Change) -> Text:
    label = Text().append(TITLES[change.kind], STYLES[change.kind])
    where = f"  {place(change.new)}" if change.new else ""
    if change.old is not None:
        where += f"  (was {place(change.old)})"
    return label.append(where, QUIET)


def _sentences(
    sentences: Sequence[Sequence[Piece]], marks: tuple[str, str], style: Style, look: Look, marked: bool
) -> Text:
    """The sentences on one line; ``marked`` unless they are wholly new or gone, as their sign then says."""
    shown = Text()
    for number, pieces in enumerate(sentences):
        if number:
            shown.append(" ")
        for same, run in groupby(pieces, key=lambda piece: piece.weight is Weight.SAME):
            if same:
                shown.append(printable("".join(piece.text for piece in run), look))
            else:
                shown.append_text(_run(list(run), marks if marked else ("", ""), style, look))
    return shown


def _run(pieces: Sequence[Piece], marks: tuple[str, str], style: Style, look: Look) -> Text:
    """Changed words that follow each other, between one pair of marks; white space at the edges stays outside."""
    run = Text()
    for piece in pieces:
        run.append(printable(piece.text, look), style + TELLING if piece.weight is Weight.TELLING else style)
    bare = run.plain.strip()
    start = run.plain.index(bare)
    before, middle, after = run.divide([start, start + len(bare)])
    marked = Text().append(marks[0], style).append_text(middle).append(marks[1], style)
    return Text(before.plain).append_text(marked).append(after.plain)


def _indented(sign: str, style: Style, body: Text) -> RenderableType:
    """The body, indented, with a sign before its first line."""
    return Margin([Text(sign, style=style + LABEL if sign.strip() else style)], Text(), Group(body), len(sign))
