"""The page of a comparison: what an edit did, with both versions side by side, or stacked when the screen is narrow."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.comparison import Change, ChangeKind, Comparison
from attribution.index import AnalysisIndex
from attribution.reporting.diff_marks import TITLES, RowView, counts, row_views
from attribution.reporting.diff_words import NOTHING_CHANGED, drafts_name, message, notes, quoted, remedies
from attribution.reporting.html.templates import render
from attribution.reporting.words import count, place_unit

SIGNS = {
    ChangeKind.SOURCE_DROPPED: "⊖",
    ChangeKind.SOURCE_REPLACED: "⇄",
    ChangeKind.SOURCE_ADDED: "⊕",
    ChangeKind.HARDENED: "▲",
    ChangeKind.SOFTENED: "▽",
    ChangeKind.QUOTATION_ALTERED: "❞",
    ChangeKind.CLAIM_ADDED_UNSOURCED: "+",
    ChangeKind.CLAIM_DROPPED: "−",
    ChangeKind.VOICE_CHANGED: "≠",
    ChangeKind.MADE_DIRECT: "❝",
    ChangeKind.FIGURE_CHANGED: "#",
    ChangeKind.PLACE_OPENED: "!",
    ChangeKind.PLACE_CLOSED: "✓",
}
"""A sign for each kind, so that nothing is told by colour alone."""

TELLS_THE_CLAIM = (
    ChangeKind.CLAIM_ADDED_UNSOURCED,
    ChangeKind.QUOTATION_ALTERED,
    ChangeKind.MADE_DIRECT,
    ChangeKind.PLACE_OPENED,
    ChangeKind.PLACE_CLOSED,
)
"""Kinds whose message says which claim it is about."""


class _Shown(msgspec.Struct, frozen=True):
    """A change as the page shows it; ``claim`` are the words it is about where the message does not say them."""

    id: str
    kind: str
    groups: str
    label: str
    message: str
    notes: tuple[str, ...]
    remedies: tuple[str, ...]
    place: str
    claim: str
    gravity: int


class _Row(msgspec.Struct, frozen=True):
    """Sentences that correspond, with the changes that begin in them."""

    view: RowView
    changes: tuple[_Shown, ...]
    opens_block: bool

    @property
    def groups(self) -> str:
        """The kinds of its changes."""
        return " ".join(dict.fromkeys(group for change in self.changes for group in change.groups.split()))


class _Draft(msgspec.Struct, frozen=True):
    """One draft of the comparison, with its name in pieces."""

    id: str
    name: str
    rows: tuple[_Row, ...]

    @property
    def changes(self) -> list[_Shown]:
        """All changes, the gravest first, those equally grave in the order of the new version."""
        return sorted((change for row in self.rows for change in row.changes), key=lambda change: -change.gravity)


def diff_html(comparisons: Sequence[Comparison], nothing: str = "No draft changed.") -> str:
    """The page; ``nothing`` is what it says when there is nothing to compare."""
    changes = [change for comparison in comparisons for change in comparison.changes]
    drafts = [_draft(comparison, f"f{number}") for number, comparison in enumerate(comparisons, 1)]
    return render(
        "diff.html.jinja",
        title=f"{headline(changes)}: {drafts[0].name}" if len(drafts) == 1 else headline(changes),
        headline=headline(changes),
        kinds=[(kind.value, f"{SIGNS[kind]} {TITLES[kind]}", number) for kind, number in counts(changes)],
        total=len(changes),
        drafts=drafts,
        unchanged=NOTHING_CHANGED,
        nothing=nothing,
    )


def headline(changes: Sequence[Change]) -> str:
    """The answer in a few words."""
    return f"{count(len(changes), 'change')} in the sourcing" if changes else "No change in the sourcing"


def _draft(comparison: Comparison, identifier: str) -> _Draft:
    sentences = AnalysisIndex(comparison.new).sentences
    rows: list[_Row] = []
    block: int | None = None
    for view in row_views(comparison):
        here = sentences[view.row.new[0]].block if view.row.new else block
        changes = tuple(_shown(change, comparison, identifier) for change in view.changes)
        rows.append(_Row(view, changes, opens_block=here != block))
        block = here
    return _Draft(identifier, drafts_name(comparison, "→"), tuple(rows))


def _shown(change: Change, comparison: Comparison, identifier: str) -> _Shown:
    places = [f"{place_unit(comparison.new.draft.format)} {change.new.line}"] if change.new is not None else []
    places += [f"was {place_unit(comparison.old.draft.format)} {change.old.line}"] if change.old is not None else []
    told = change.new is None or change.kind in TELLS_THE_CLAIM
    return _Shown(
        f"{identifier}-{change.id}",
        change.kind.value,
        " ".join(change.kinds),
        f"{SIGNS[change.kind]} {TITLES[change.kind]}",
        message(change),
        tuple(notes(change)),
        tuple(remedies(change)),
        ", ".join(places),
        quoted(change.new.text) if change.new is not None and not told else "",
        change.gravity,
    )
