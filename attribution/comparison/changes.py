"""The result of a comparison: which claims correspond, and how the edit changed them."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from attribution.records import Analysis, SourceKind, Span, Voice


class ChangeKind(StrEnum):
    """How an edit may change the sourcing."""

    SOURCE_DROPPED = "source-dropped"
    SOURCE_REPLACED = "source-replaced"
    SOURCE_ADDED = "source-added"
    HARDENED = "hardened"
    SOFTENED = "softened"
    QUOTATION_ALTERED = "quotation-altered"
    CLAIM_ADDED_UNSOURCED = "claim-added-unsourced"
    CLAIM_DROPPED = "claim-dropped"
    VOICE_CHANGED = "voice-changed"


class Relation(StrEnum):
    """How a claim of the old version corresponds to a claim of the new."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    REWRITTEN = "rewritten"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    DROPPED = "dropped"


class Link(msgspec.Struct, frozen=True):
    """A claim of the old version and its counterpart; ``old`` is None for a new claim, ``new`` for a dropped one.

    ``similarity`` is from 0 to 1.
    """

    old: str | None
    new: str | None
    relation: Relation
    similarity: float = 0.0


class Row(msgspec.Struct, frozen=True):
    """Sentences of the old version and the corresponding ones of the new; either may be empty."""

    old: tuple[str, ...]
    new: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """A stretch of a draft and its text."""

    span: Span
    text: str


class ClaimSource(msgspec.Struct, frozen=True):
    """A source of a claim: its name in the ledger (or the draft's words) and its ledger entry, if any."""

    name: str
    kind: SourceKind
    named: bool
    entity: str | None


class Side(msgspec.Struct, frozen=True):
    """A change's place in one version.

    ``span`` runs from the start of the claims concerned (or the quotation) to their end; ``line`` and ``column`` are
    its start in the file, 1-based. ``words`` are those that were added, removed or changed. ``sources`` are all sources
    of the claims in this version, except those that the claims are about (*The firm plans to sell*). ``voices`` are the
    claims' voices, each once.
    """

    span: Span
    text: str
    line: int
    column: int
    words: tuple[Words, ...]
    claims: tuple[str, ...]
    sentences: tuple[str, ...]
    sources: tuple[ClaimSource, ...]
    voices: tuple[Voice, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """A change by the edit. ``old`` is None for an addition, ``new`` for a removal.

    ``gone`` and ``came`` are the sources of these claims that only the old or only the new version has.
    """

    id: str
    kind: ChangeKind
    old: Side | None
    new: Side | None
    gone: tuple[ClaimSource, ...] = ()
    came: tuple[ClaimSource, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """Two versions of an article, how their claims and sentences correspond, and what changed, in reading order."""

    old: Analysis
    new: Analysis
    links: tuple[Link, ...]
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
