"""Scores and differences as tables for the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.console import RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from attribution.evaluation.results import Difference, Side, SystemScores
from attribution.evaluation.scores import ACCURACIES, ATTRIBUTION_PARTS, Count, Counts, Part
from attribution.records import Manner
from attribution.reporting.contract import rounded
from attribution.reporting.drawing import heading, render
from attribution.reporting.look import (
    CONTENT,
    CUE,
    DEFAULT_WIDTH,
    HEDGE,
    LABEL,
    PLAIN,
    QUIET,
    SOURCE,
    Look,
    look_for,
    printable,
)

DOCUMENT_PARTS = (
    Part.CUE,
    Part.SOURCE_PARTIAL,
    Part.CONTENT_WORDS,
    Part.ALL_SOFT,
    Part.HEDGE,
    Part.VOICE,
    Part.MENTIONS,
)
"""The parts in the table by document."""

NAMES = {Part.CONTENT_WORDS: "content", Part.SOURCE_PARTIAL: "source", Part.ALL_SOFT: "soft"}
"""Shorter names for the table by document."""

STYLES = {"source": SOURCE, "cue": CUE, "content": CONTENT, "hedge": HEDGE}

Place = Callable[[Difference], str]
"""Gives the place of a difference, as ``path:line:column`` or anything else by which the reader can find it."""


def scores_text(
    systems: Sequence[SystemScores],
    *,
    by_document: bool = False,
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    encoding: str = "utf-8",
) -> str:
    """The scores of systems side by side: by part, by manner and level, and by document if requested."""
    look = look_for(encoding)
    documents = len(systems[0].documents)
    note = f"{documents:,} document{'s' * (documents != 1)}, outermost attributions, percent"
    parts: list[RenderableType] = [heading("Scores", look, note)]
    if len(systems) > 1:
        parts += [Text(f"{number}  {printable(system.name, look)}") for number, system in enumerate(systems, start=1)]
        parts.append(Text())
    parts.append(_by_part(systems))
    for system in systems:
        if Part.CUE not in system.outer:
            continue  # only mentions were annotated
        parts += [Text(), heading(_title("F1 by manner and level", system, systems, look), look), _by_manner(system)]
    if by_document:
        for system in systems:
            parts += [
                Text(),
                heading(_title("F1 by document", system, systems, look), look),
                _by_document(system, look),
            ]
    return render(parts, width, color)


def differences_text(
    differences: Sequence[Difference],
    systems: Sequence[str],
    place: Place,
    *,
    width: int = DEFAULT_WIDTH,
    color: bool = False,
    encoding: str = "utf-8",
) -> str:
    """The differences one below the other, with the gold on the left and each system beside it."""
    look = look_for(encoding)
    parts: list[RenderableType] = [heading("Disagreements", look, f"{len(differences):,} places")]
    parts.append(_beside([Text(printable(name, look), style=QUIET) for name in ("gold", *systems)]))
    for difference in differences:
        table = _beside([_side(side, look) for side in difference.sides])
        title = f"{printable(place(difference), look)}  {difference.layer}: {kind_of(difference)}"
        parts += [Text(), Text(title, style=LABEL), table]
    return render(parts, width, color)


def kind_of(difference: Difference) -> str:
    """How the systems differ from the gold, in a word or two."""
    gold, *others = difference.sides
    if not gold:
        return "not in the gold"
    if not any(others):
        return "missed"
    return "missed by one" if not all(others) else "different"


def scores_data(systems: Sequence[SystemScores]) -> list[dict[str, Any]]:
    """The scores as plain data for JSON."""
    return [
        {
            "name": system.name,
            "outer": _data(system.outer),
            "all_levels": _data(system.all_levels),
            "manners": {manner.value: _data(system.manners[manner]) for manner in Manner},
            "documents": [{"name": name, "outer": _data(counts)} for name, counts in system.documents],
        }
        for system in systems
    ]


def differences_data(differences: Sequence[Difference], systems: Sequence[str], place: Place) -> list[dict[str, Any]]:
    """The differences as plain data for JSON; a side without annotation is null."""
    return [
        {
            "place": place(difference),
            "layer": difference.layer,
            "start": difference.start,
            "gold": dict(difference.sides[0]) or None,
            "systems": [
                {"name": name, "says": dict(side) or None}
                for name, side in zip(systems, difference.sides[1:], strict=True)
            ],
        }
        for difference in differences
    ]


def _data(counts: Counts) -> dict[str, dict[str, float]]:
    return {
        part.value.replace(" ", "_"): {
            "precision": rounded(count.precision),
            "recall": rounded(count.recall),
            "f1": rounded(count.f1),
            "right": count.right,
            "predicted": count.predicted,
            "gold": count.gold,
        }
        for part, count in counts.items()
    }


def _title(words: str, system: SystemScores, systems: Sequence[SystemScores], look: Look) -> str:
    return words if len(systems) == 1 else f"{words}: {printable(system.name, look)}"


def _by_part(systems: Sequence[SystemScores]) -> Table:
    single = len(systems) == 1
    table = _table()
    for number in range(1, len(systems) + 1):
        for name in ("P", "R", "F1"):
            table.add_column(name if single else f"{name} {number}", justify="right", no_wrap=True)
    for name in ("right", "predicted", "gold") if single else ("gold",):
        table.add_column(name, justify="right", no_wrap=True)
    before: Part | None = None
    for part in Part:
        counts = [system.outer.get(part) for system in systems]
        known = [count for count in counts if count is not None]
        if not known:
            continue
        if before is not None and _group(before) != _group(part):
            table.add_row()
        before = part
        cells = [cell for count in counts for cell in _percents(part, count)]
        numbers = [known[0].right, known[0].predicted, known[0].gold] if single else [known[0].gold]
        table.add_row(Text(part.value, style=PLAIN), *cells, *(Text(f"{number:,}", style=QUIET) for number in numbers))
    return table


def _group(part: Part) -> str:
    if part in ATTRIBUTION_PARTS:
        return "attribution"
    return part.value.split()[0]


def _percents(part: Part, count: Count | None) -> list[Text]:
    """Precision, recall and F1 in percent; for parts where they are the same, only the accuracy."""
    if count is None:
        return [Text("-", style=QUIET), Text("-", style=QUIET), Text("-", style=QUIET)]
    if part in ACCURACIES:
        return [Text(), Text("accuracy", style=QUIET), Text(_percent(count.f1), style=LABEL)]
    return [Text(_percent(count.precision)), Text(_percent(count.recall)), Text(_percent(count.f1), style=LABEL)]


def _percent(share: float) -> str:
    return f"{share * 100:.1f}"


def _by_manner(system: SystemScores) -> Table:
    table = _table()
    columns: list[tuple[str, Counts]] = [(manner.value, system.manners[manner]) for manner in Manner]
    columns += [("outer level", system.outer), ("all levels", system.all_levels)]
    for name, _ in columns:
        table.add_column(name, justify="right", no_wrap=True)
    for part in ATTRIBUTION_PARTS:
        table.add_row(part.value, *(_f1(counts.get(part)) for _, counts in columns))
    golds = [counts.get(Part.ALL_SOFT, Count()).gold for _, counts in columns]
    table.add_row(Text("gold attributions", style=QUIET), *(Text(f"{gold:,}", style=QUIET) for gold in golds))
    return table


def _by_document(system: SystemScores, look: Look) -> Table:
    table = _table("document")
    parts = [part for part in DOCUMENT_PARTS if part in system.outer]
    for part in parts:
        table.add_column(NAMES.get(part, part.value), justify="right", no_wrap=True)
    for name, counts in system.documents:
        table.add_row(Text(printable(name, look)), *(_f1(counts.get(part)) for part in parts))
    return table


def _f1(count: Count | None) -> Text:
    if count is None or not (count.gold or count.predicted):
        return Text("-", style=QUIET)
    return Text(_percent(count.f1))


def _table(first: str = "part") -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=QUIET)
    table.add_column(first, overflow="fold")
    return table


def _beside(cells: Sequence[Text]) -> Table:
    """The cells in columns of equal width."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, show_header=False, expand=True)
    for _ in cells:
        table.add_column(ratio=1, overflow="fold")
    table.add_row(*cells)
    return table


def _side(side: Side, look: Look) -> Text:
    if not side:
        return Text("-", style=QUIET)
    lines = Text()
    for number, (label, words) in enumerate(side):
        lines.append("\n" * bool(number))
        lines.append(f"{label}: ", style=QUIET)
        lines.append(printable(words, look), style=STYLES.get(label, Style.null()))
    return lines
