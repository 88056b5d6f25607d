"""The changes of an edit as JSON for other programs, described by the schema ``schema/diff-1.0.json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from attribution import __version__
from attribution.comparison import Change, ChangeKind, Comparison, Link, Side
from attribution.records import Analysis, Count, Place
from attribution.reporting.contract import SCHEMA_VERSION, published
from attribution.reporting.diff_words import message
from attribution.reporting.json import Document, Tool, pretty, report


class ChangePart(msgspec.Struct, frozen=True):
    """A change by the edit; ``old`` is null for an addition, ``new`` for a removal."""

    id: Annotated[str, Meta(description="d and the change's number.")]
    kind: Annotated[ChangeKind, Meta(description="The kind of change.")]
    message: Annotated[str, Meta(description="A sentence or two that describe it to people.")]
    old: Annotated[Side | None, Meta(description="Its place in the old version.")]
    new: Annotated[Side | None, Meta(description="Its place in the new version.")]
    gravity: Annotated[
        int,
        Meta(
            ge=0,
            le=3,
            description="From 0, a gain or a cut, to 3: a claim lost the name that answered for it, or an allegation "
            "was hardened.",
        ),
    ]
    opened: Annotated[
        tuple[Place, ...], Meta(description="Places to look at in the new version that the change opened.")
    ]
    closed: Annotated[
        tuple[Place, ...], Meta(description="Places to look at in the old version that the change closed.")
    ]


class KindCount(msgspec.Struct, frozen=True):
    """How many changes of a kind there are."""

    kind: Annotated[ChangeKind, Meta(description="The kind of change.")]
    count: Annotated[Count, Meta(description="How often it was found.")]


class ComparisonPart(msgspec.Struct, frozen=True):
    """Two versions of a draft; a document is null if there is none: the draft was added or deleted."""

    old: Annotated[Document | None, Meta(description="The old version.")]
    new: Annotated[Document | None, Meta(description="The new version.")]
    counts: Annotated[
        tuple[KindCount, ...], Meta(description="The number of changes of each kind, including kinds without any.")
    ]
    changes: Annotated[tuple[ChangePart, ...], Meta(description="The changes, in the order of the new version.")]
    links: Annotated[tuple[Link, ...], Meta(description="Which claims correspond, in the order of the new version.")]


class Diff(msgspec.Struct, frozen=True):
    """The comparison of one draft or more."""

    schema_version: Annotated[Literal["1.0"], Meta(description="The version of this format.")]
    tool: Annotated[Tool, Meta(description="What made the comparison.")]
    comparisons: Annotated[
        tuple[ComparisonPart, ...], Meta(description="A comparison for each draft that differs, by name.")
    ]


def diff_json(comparisons: Sequence[Comparison], model: str = "") -> str:
    """The comparisons as indented JSON, one object; ``model`` names the parser if nothing was compared."""
    analyses = [analysis for pair in comparisons for analysis in (pair.new, pair.old) if analysis.draft.text]
    name = analyses[0].model if analyses else model
    parts = tuple(_comparison(comparison) for comparison in comparisons)
    return pretty(published(Diff(SCHEMA_VERSION, Tool(version=__version__, model=name), parts)))


def _comparison(comparison: Comparison) -> ComparisonPart:
    counts = Counter(change.kind for change in comparison.changes)
    return ComparisonPart(
        old=_document(comparison.old),
        new=_document(comparison.new),
        counts=tuple(KindCount(kind, counts[kind]) for kind in ChangeKind),
        changes=tuple(_change(change) for change in comparison.changes),
        links=comparison.links,
    )


def _document(analysis: Analysis) -> Document | None:
    return report(analysis).document if analysis.draft.text else None


def _change(change: Change) -> ChangePart:
    return ChangePart(
        change.id,
        change.kind,
        message(change),
        change.old,
        change.new,
        change.gravity,
        change.opened,
        change.closed,
    )
