"""The table that sums up several reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
from rich.table import Table
from rich.text import Text

from attribution.records import Analysis, Summary, Voice, VoiceCounts
from attribution.reporting import words
from attribution.reporting.look import (
    DEFAULT_WIDTH,
    LABEL,
    PLAIN,
    QUIET,
    Look,
    heading,
    look_for,
    printable,
    render,
    score_bar,
    score_number,
    voice_bar,
    voice_shares,
)

NARROW = 76
NARROWER = 56
WIDE = 100


class Line(msgspec.Struct, frozen=True):
    """What the table says of one document."""

    path: str
    words: int
    summary: Summary


def line_of(analysis: Analysis) -> Line:
    """The document's line; small, so that the analyses of many documents need not be kept."""
    return Line(analysis.draft.path, len(analysis.draft.text.split()), analysis.summary)


def overview_text(
    lines: Sequence[Line], *, width: int = DEFAULT_WIDTH, color: bool = False, encoding: str = "utf-8"
) -> str:
    """The documents in a table of ``width`` cells, with a last line for all of them together."""
    look = look_for(encoding)
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=QUIET)
    table.add_column("document", overflow="fold")
    everything = total(lines)
    told = [voice for voice, _ in voice_shares(everything.summary.voice)]
    for name in _columns(width):
        justify: Literal["left", "right"] = "right" if name in ("words", "claims") else "left"
        header = ", ".join(words.VOICES[voice] for voice in told) if name == "shares" else name
        table.add_column(header, no_wrap=True, overflow=look.overflow, justify=justify)
    for line in lines:
        _add(table, line, told, look, width)
    if len(lines) > 1:
        _add(table, everything, told, look, width)
    return render([heading(f"{len(lines):,} documents", look), table], width, color)


def total(lines: Sequence[Line]) -> Line:
    """All documents as one; the scores are means over all claims."""
    summaries = [line.summary for line in lines]
    return Line(
        "all",
        sum(line.words for line in lines),
        Summary(
            sentences=sum(one.sentences for one in summaries),
            claims=sum(one.claims for one in summaries),
            voice=VoiceCounts(
                **{voice.value: sum(getattr(one.voice, voice.value) for one in summaries) for voice in Voice}
            ),
            sourcing=_weighted([(one.sourcing, one.claims) for one in summaries]),
            certainty=_weighted([(one.certainty, one.claims) for one in summaries]),
            distinct_sources=sum(one.distinct_sources for one in summaries),
            named_sources=sum(one.named_sources for one in summaries),
        ),
    )


def _add(table: Table, line: Line, told: Sequence[Voice], look: Look, width: int) -> None:
    numbers = line.summary
    shares = numbers.voice.shares()
    voices = voice_bar(numbers.voice, look, 10)
    percent = " ".join(f"{shares[voice]:4.0%}" for voice in told)
    sourcing, certainty = Text(score_number(numbers.sourcing)), Text(score_number(numbers.certainty))
    cells = {
        "words": Text(f"{line.words:,}"),
        "claims": Text(f"{numbers.claims:,}"),
        "shares": Text().append(percent).append(" ").append_text(voices),
        "voices": voices,
        "sourcing": score_bar(numbers.sourcing, look).append(" ").append_text(sourcing)
        if width >= NARROW
        else sourcing,
        "certainty": certainty,
    }
    style = LABEL if line.path == "all" else PLAIN
    table.add_row(Text().append(printable(line.path, look), style=style), *(cells[name] for name in _columns(width)))


def _columns(width: int) -> tuple[str, ...]:
    """The columns behind the document's name that there is room for."""
    if width >= NARROW:
        return ("words", "claims", "shares" if width >= WIDE else "voices", "sourcing", "certainty")
    return ("claims", "voices", "sourcing", "certainty") if width >= NARROWER else ("claims", "sourcing")


def _weighted(scores: Sequence[tuple[float | None, int]]) -> float | None:
    claims = sum(count for score, count in scores if score is not None)
    return sum(score * count for score, count in scores if score is not None) / claims if claims else None
