"""What a comparison gives: which claims correspond, and what the edit did to each."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from attribution.records import Analysis, SourceKind, Span, Voice


class ChangeKind(StrEnum):
    """What an edit may do to the sourcing."""

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
    """How a claim of the old version corresponds to one of the new."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    REWRITTEN = "rewritten"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    DROPPED = "dropped"


class Link(msgspec.Struct, frozen=True):
    """A claim of the old version and its counterpart; one of them is None for a new or a dropped claim.

    ``similarity`` is from 0 to 1.
    """

    old: str | None
    new: str | None
    relation: Relation
    similarity: float = 0.0


class Row(msgspec.Struct, frozen=True):
    """Sentences of the old version beside those of the new that say the same; either may be empty."""

    old: tuple[str, ...]
    new: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """A stretch of a draft and its text."""

    span: Span
    text: str


class ClaimSource(msgspec.Struct, frozen=True):
    """Somebody who stands behind a claim: the ledger's name (or the draft's words) and ledger entry, if any."""

    name: str
    kind: SourceKind
    named: bool
    entity: str | None


class Side(msgspec.Struct, frozen=True):
    """A change's place in one version.

    ``span`` runs from the start of the claims concerned (or the quotation) to their end; ``line`` and ``column`` are
    its start in the file, 1-based. ``words`` are those that came, went or changed. ``sources`` are all who stand
    behind the claims in this version, those apart whom the claims are about (*The firm plans to sell*). ``voices`` are
    the claims' voices, each once.
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
    """One thing the edit did. ``old`` is None for what is new, ``new`` for what is gone.

    ``gone`` and ``came`` are the sources that only one of the versions has for these claims.
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
