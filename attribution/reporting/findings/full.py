"""Findings for people: the line, the words underlined, the rule, what is wrong and how to fix it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.style import Style
from rich.text import Text

from attribution.ingest import Offsets
from attribution.linting import FileFindings, Finding, Severity, UnreadDraft
from attribution.reporting.drawing import Margin, heading, render
from attribution.reporting.findings.common import all_findings, tally
from attribution.reporting.look import HEADING, QUIET, look_for, printable

STYLES = {
    Severity.ERROR: Style.parse("bold red"),
    Severity.WARNING: Style.parse("bold yellow"),
    Severity.INFO: Style.parse("bold cyan"),
}
LEAST_CONTEXT = 20
"""How many characters of a long line are shown before the words found."""

CHARACTERS_IN_CELL = 4
"""More characters of a long line than this for each cell are not measured: some take none."""


def findings_full(
    files: Sequence[FileFindings],
    unread: Sequence[UnreadDraft] = (),
    *,
    width: int = 80,
    color: bool = False,
    encoding: str = "utf-8",
) -> str:
    """The findings grouped by file, a count at the end, and how to learn more about a rule."""
    look = look_for(encoding)
    parts: list[RenderableType] = []
    for file in files:
        if not file.findings:
            continue
        parts.append(heading(printable(file.path, look), look))
        lines = _lines(file.source)
        for finding in file.findings:
            parts += _finding(finding, lines, width, encoding)
            parts.append(Text())
    parts.append(Text(f"{tally(files, unread)}.", style=HEADING))
    findings = all_findings(files)
    if findings:
        parts.append(Text(f"attrib explain {findings[0].rule} tells what a rule means.", style=QUIET))
        if findings[0].page:
            parts.append(Text(findings[0].page, style=QUIET, no_wrap=True, overflow="ignore"))
    return render(parts, width, color)


def _lines(source: str) -> list[str]:
    """The file's lines, split in the same places as the offsets split them, with spaces for tabs."""
    offsets = Offsets(source)
    last, _ = offsets.to_line_column(len(source))
    starts = [offsets.from_line_column(number, 1) for number in range(1, last + 1)]
    return [
        source[start:end].rstrip("\r\n").replace("\t", " ")
        for start, end in zip(starts, [*starts[1:], len(source)], strict=True)
    ]


def _finding(finding: Finding, lines: Sequence[str], width: int, encoding: str) -> list[RenderableType]:
    look = look_for(encoding)
    style = STYLES[finding.severity]
    head = Text.assemble(
        (f"{finding.start.line}:{finding.start.column}", QUIET),
        " ",
        (finding.severity.value, style),
        " ",
        (finding.rule, HEADING),
        " ",
        (finding.name, QUIET),
    )
    number = str(finding.start.line)
    margin = " " * len(number)
    shown, start, end = _window(finding, lines, width - len(number) - 4)
    before, marked = printable(shown[:start], look), printable(shown[start:end], look)
    return [
        head,
        Text(f"{number} | ", style=QUIET, no_wrap=True, overflow="crop").append(
            before + marked + printable(shown[end:], look), style=Style.null()
        ),
        Text(f"{margin} | ", style=QUIET, no_wrap=True, overflow="crop").append(
            " " * cell_len(before) + "^" * max(1, cell_len(marked)), style=style
        ),
        _noted(margin, Text(printable(finding.message, look))),
        _noted(margin, Text.assemble(("help: ", HEADING), printable(finding.help, look))),
    ]


def _noted(margin: str, words: Text) -> Margin:
    """Text after the margin, aligned with it if it needs several lines."""
    return Margin([Text(f"{margin} = ", style=QUIET)], Text(), words, len(margin) + 3)


def _window(finding: Finding, lines: Sequence[str], room: int) -> tuple[str, int, int]:
    """The part of the line that is shown, and where in it the words found begin and end.

    Words that continue on further lines, or beyond the available width, are underlined as far as they are shown.
    """
    line = lines[finding.start.line - 1] if finding.start.line <= len(lines) else ""
    most = room * CHARACTERS_IN_CELL
    start = finding.start.column - 1
    end = finding.end.column - 1 if finding.end.line == finding.start.line else len(line)
    if len(line) <= most and cell_len(line) <= room:
        return line, start, end
    first = 0
    if end > most or cell_len(line[:end]) > room - 1:
        first = max(0, start - LEAST_CONTEXT)
        least = max(0, first - LEAST_CONTEXT)
        while first > least and not line[first - 1].isspace():
            first -= 1
    lead = "…" if first else ""
    shown = line[first : first + most]
    while cell_len(lead + shown) > room - 1 and shown:
        shown = shown[: max(0, min(len(shown) - 1, room - 1 - len(lead)))]
    tail = "…" if first + len(shown) < len(line) else ""
    offset = len(lead) - first
    return lead + shown + tail, start + offset, min(end + offset, len(lead + shown))
