"""How grave a change is: what took a name from a claim or hardened an allegation is to be seen first."""

from __future__ import annotations

from collections.abc import Mapping

from attribution.comparison.changes import Change, ChangeKind, Side
from attribution.comparison.version import Version
from attribution.records import Carrier
from attribution.scoring.places import ACCUSATIONS

GRAVEST = 3
OPENED = 2
"""A change that opened a place to look at is at least this grave."""

GRAVITY: Mapping[ChangeKind, int] = {
    ChangeKind.SOURCE_DROPPED: 2,
    ChangeKind.HARDENED: 2,
    ChangeKind.QUOTATION_ALTERED: 2,
    ChangeKind.MADE_DIRECT: 2,
    ChangeKind.FIGURE_CHANGED: 2,
    ChangeKind.PLACE_OPENED: OPENED,
    ChangeKind.SOURCE_REPLACED: 1,
    ChangeKind.VOICE_CHANGED: 1,
    ChangeKind.CLAIM_ADDED_UNSOURCED: 1,
    ChangeKind.SOURCE_ADDED: 0,
    ChangeKind.SOFTENED: 0,
    ChangeKind.CLAIM_DROPPED: 0,
    ChangeKind.PLACE_CLOSED: 0,
}
"""What a kind of change weighs by itself; 0 needs no mending."""


def gravity(change: Change, old: Version, new: Version) -> int:
    """From 0, a gain or a cut, to 3: a claim lost the name that answered for it, or an allegation was hardened."""
    if _loses_name(change):
        return GRAVEST
    if change.kind is ChangeKind.SOURCE_REPLACED and _is_nearer(change):
        return 0
    if change.kind is ChangeKind.HARDENED and (_accuses(change.old, old) or _accuses(change.new, new)):
        return GRAVEST
    return max(GRAVITY[change.kind], OPENED if change.opened else 0)


def _loses_name(change: Change) -> bool:
    """Whether a name answered for the claims, and none does any more."""
    if change.old is None or change.new is None:
        return False
    return Carrier.NAMED in change.old.carriers and Carrier.NAMED not in change.new.carriers


def _is_nearer(change: Change) -> bool:
    """Whether the new source is nearer and easier to find than the old one."""
    assert change.old is not None
    assert change.new is not None
    return (change.new.support or 0) > (change.old.support or 0)


def _accuses(side: Side | None, version: Version) -> bool:
    marks = [] if side is None else [mark.name for name in side.claims for mark in version.claims[name].exposure.marks]
    return not ACCUSATIONS.isdisjoint(marks)
