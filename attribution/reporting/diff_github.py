"""What an edit did, as annotations on a GitHub pull request.

Form: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attribution.comparison import ChangeKind, Comparison
from attribution.reporting.diff_marks import TITLES, Annotation, annotations_of
from attribution.reporting.diff_words import summary
from attribution.reporting.escaping import workflow_data, workflow_property


def diff_github(comparisons: Sequence[Comparison], failing: Collection[ChangeKind] = ()) -> str:
    """One line per change, the gravest first, on the new version's file; a removed claim is placed where it stood.

    Changes that need no mending are notices, others warnings, and those of a kind in ``failing`` errors.
    """
    return "".join(f"{_line(annotation, failing)}\n" for annotation in annotations_of(comparisons))


def _line(annotation: Annotation, failing: Collection[ChangeKind]) -> str:
    change = annotation.change
    level = "warning" if change.gravity else "notice"
    if not set(failing).isdisjoint(change.kinds):
        level = "error"
    path = workflow_property(annotation.path)
    title = workflow_property(f"attrib: {TITLES[change.kind]}")
    place = f"line={annotation.line},col={annotation.column}"
    return f"::{level} file={path},{place},title={title}::{workflow_data(summary(change))}"
