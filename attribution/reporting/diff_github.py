"""What an edit did, as annotations on a GitHub pull request.

Form: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attribution.comparison import Change, ChangeKind, Comparison
from attribution.index import AnalysisIndex
from attribution.reporting.diff_marks import TITLES, row_views
from attribution.reporting.diff_words import summary
from attribution.reporting.escaping import workflow_data, workflow_property


def diff_github(comparisons: Sequence[Comparison], failing: Collection[ChangeKind] = ()) -> str:
    """One line per change, the gravest first, on the new version's file; a removed claim is placed where it stood.

    Changes that need no mending are notices, others warnings, and those of a kind in ``failing`` errors.
    """
    lines = [line for comparison in comparisons for line in _lines(comparison, failing)]
    return "".join(line + "\n" for _, line in sorted(lines, key=lambda graded: -graded[0]))


def _lines(comparison: Comparison, failing: Collection[ChangeKind]) -> list[tuple[int, str]]:
    new = comparison.new
    path = new.draft.path if new.draft.text else comparison.old.draft.path
    index = AnalysisIndex(new)
    beside = (1, 1)
    lines: list[tuple[int, str]] = []
    for view in row_views(comparison):
        if view.row.new:
            beside = index.place(index.sentences[view.row.new[0]].start)
        for change in view.changes:
            where = beside if change.new is None else (change.new.line, change.new.column)
            failed = not set(failing).isdisjoint(change.kinds)
            lines.append((change.gravity, _line(path, change, where, failed)))
    return lines


def _line(path: str, change: Change, where: tuple[int, int], failing: bool) -> str:
    level = "error" if failing else "warning" if change.gravity else "notice"
    line, column = where
    title = workflow_property(f"attrib: {TITLES[change.kind]}")
    properties = f"file={workflow_property(path)},line={line},col={column},title={title}"
    return f"::{level} {properties}::{workflow_data(summary(change))}"
