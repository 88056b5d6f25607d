"""The result of a comparison: which claims correspond, and how the edit changed them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from attribution.records import (
    Analysis,
    Carrier,
    Count,
    ExposureGrade,
    Grade,
    Offset,
    Place,
    Share,
    Signed,
    SourceKind,
    Span,
    Support,
    Voice,
)


class ChangeKind(StrEnum):
    """How an edit may change the sourcing.

    A place to look at is opened or closed by another change, or, as a change of its own, by an edit of what stands
    around it.
    """

    SOURCE_DROPPED = "source-dropped"
    SOURCE_REPLACED = "source-replaced"
    SOURCE_ADDED = "source-added"
    HARDENED = "hardened"
    SOFTENED = "softened"
    QUOTATION_ALTERED = "quotation-altered"
    CLAIM_ADDED_UNSOURCED = "claim-added-unsourced"
    CLAIM_DROPPED = "claim-dropped"
    VOICE_CHANGED = "voice-changed"
    MADE_DIRECT = "made-direct"
    FIGURE_CHANGED = "figure-changed"
    PLACE_OPENED = "place-opened"
    PLACE_CLOSED = "place-closed"


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
    """A claim of the old version and its counterpart in the new; one is null for a new or a dropped claim."""

    old: Annotated[str | None, Meta(description="Identifier of the claim in the old version.")]
    new: Annotated[str | None, Meta(description="Identifier of the claim in the new version.")]
    relation: Annotated[Relation, Meta(description="How the two correspond.")]
    similarity: Annotated[Share, Meta(description="The similarity of their content words.")] = 0.0


class Row(msgspec.Struct, frozen=True):
    """Sentences of the old version and the corresponding ones of the new; either may be empty."""

    old: tuple[str, ...]
    new: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """Words of a change: those that were added, removed or changed in this version."""

    start: Annotated[Offset, Meta(description="Offset of the first character.")]
    end: Annotated[Offset, Meta(description="Offset after the last character.")]
    text: Annotated[str, Meta(description="The characters from start to end.")]

    @property
    def span(self) -> Span:
        """From start to end."""
        return Span(self.start, self.end)


class ClaimSource(msgspec.Struct, frozen=True):
    """A source of a claim; ``told`` is its name as it reads in a sentence, with its article, where that is known."""

    name: Annotated[str, Meta(description="The ledger's name for the source, or the draft's words.")]
    kind: Annotated[SourceKind, Meta(description="The kind of source.")]
    named: Annotated[bool, Meta(description="Whether readers could find out who it is.")]
    entity: Annotated[
        str | None, Meta(description="Identifier of the ledger entry in the report on this version, if any.")
    ]
    told: str = ""


class Side(msgspec.Struct, frozen=True):
    """A change's place in one version: line and column are 1-based and count code points, as offsets do.

    ``sources`` do not include those that the claims are about (*The firm plans to sell*).
    """

    start: Annotated[Offset, Meta(description="Offset where the claims (or the quotation) begin.")]
    end: Annotated[Offset, Meta(description="Offset where they end.")]
    line: Annotated[Count, Meta(description="Line in the file, counted from 1.")]
    column: Annotated[Count, Meta(description="Column in the file, counted from 1 in code points.")]
    text: Annotated[str, Meta(description="The characters from start to end.")]
    words: Annotated[
        tuple[Words, ...],
        Meta(description="The words that were added, removed or changed; none if only the other version has them."),
    ]
    claims: Annotated[tuple[str, ...], Meta(description="Identifiers of the claims in the report on this version.")]
    sentences: Annotated[tuple[str, ...], Meta(description="Identifiers of their sentences.")]
    sources: Annotated[tuple[ClaimSource, ...], Meta(description="All sources of the claims in this version.")]
    voices: Annotated[tuple[Voice, ...], Meta(description="The claims' voices in this version, each once.")] = ()
    carriers: Annotated[
        tuple[Carrier, ...], Meta(description="Who answers for the claims in this version, each once.")
    ] = ()
    support: Annotated[
        Support | None,
        Meta(description="The least support of the claims in this version; null where the paper itself answers."),
    ] = None
    exposure: Annotated[
        ExposureGrade, Meta(description="The highest exposure of the claims in this version, from 0 to 3.")
    ] = 0
    commitment: Annotated[
        Signed | None,
        Meta(description="Commitment of this version to the first claim; null where it is not known."),
    ] = None
    grade: Annotated[
        Grade | None,
        Meta(description="How firmly this version tells what was hardened or softened; null for other changes."),
    ] = None

    @property
    def span(self) -> Span:
        """From the start of the claims (or the quotation) to their end."""
        return Span(self.start, self.end)


class Change(msgspec.Struct, frozen=True):
    """A change by the edit. ``old`` is None for an addition, ``new`` for a removal.

    ``gone`` and ``came`` are the sources of these claims that only the old or only the new version has; ``opened`` and
    ``closed`` are places to look at that only the new or only the old version has in them. ``gravity`` goes from 0 (a
    gain) to 3: a claim lost the name that answered for it, or an allegation was hardened.
    """

    id: str
    kind: ChangeKind
    old: Side | None
    new: Side | None
    gone: tuple[ClaimSource, ...] = ()
    came: tuple[ClaimSource, ...] = ()
    opened: tuple[Place, ...] = ()
    closed: tuple[Place, ...] = ()
    gravity: int = 0

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """Its kind, and that it opened or closed a place to look at."""
        places = [ChangeKind.PLACE_OPENED] * bool(self.opened) + [ChangeKind.PLACE_CLOSED] * bool(self.closed)
        return tuple(dict.fromkeys([self.kind, *places]))


class Comparison(msgspec.Struct, frozen=True):
    """Two versions of an article, how their claims and sentences correspond, and what changed, in reading order.

    ``notices`` say what was not compared, each in a sentence.
    """

    old: Analysis
    new: Analysis
    links: tuple[Link, ...]
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    notices: tuple[str, ...] = ()
