"""What an edit did, as JSON for other programs. The schema is ``schema/diff-1.0.json``, made from these records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from attribution.comparison import Change, ChangeKind, ClaimSource, Comparison, Link, Relation, Side
from attribution.records import Analysis, Count, Offset, Share, SourceKind, Voice
from attribution.reporting.contract import SCHEMA_VERSION, rounded
from attribution.reporting.diff_words import message
from attribution.reporting.json import Document, Tool, pretty
from attribution.reporting.json import report as report_of
from attribution.reporting.json import version as tool_version


class WordsPart(msgspec.Struct, frozen=True):
    """Words of a change: those that came, went or changed in this version."""

    start: Annotated[Offset, Meta(description="Offset of the first character.")]
    end: Annotated[Offset, Meta(description="Offset after the last character.")]
    text: Annotated[str, Meta(description="The characters from start to end.")]


class ClaimSourcePart(msgspec.Struct, frozen=True):
    """Somebody who stands behind a claim; ``entity`` is the identifier of the ledger entry in this version, if any."""

    name: Annotated[str, Meta(description="The ledger's name for the source, or the draft's words.")]
    kind: Annotated[SourceKind, Meta(description="What kind of source it is.")]
    named: Annotated[bool, Meta(description="Whether readers could find out who it is.")]
    entity: Annotated[
        str | None, Meta(description="Identifier of the ledger entry in the report on this version, if any.")
    ]


class SidePart(msgspec.Struct, frozen=True):
    """A change's place in one version: line and column are 1-based and count code points, as offsets do."""

    start: Annotated[Offset, Meta(description="Offset where the claims (or the quotation) begin.")]
    end: Annotated[Offset, Meta(description="Offset where they end.")]
    line: Annotated[Count, Meta(description="Line in the file, counted from 1.")]
    column: Annotated[Count, Meta(description="Column in the file, counted from 1 in code points.")]
    text: Annotated[str, Meta(description="The characters from start to end.")]
    words: Annotated[
        list[WordsPart],
        Meta(description="The words that came, went or changed; none where the other version has them."),
    ]
    claims: Annotated[list[str], Meta(description="Identifiers of the claims in the report on this version.")]
    sentences: Annotated[list[str], Meta(description="Identifiers of their sentences.")]
    sources: Annotated[list[ClaimSourcePart], Meta(description="All who stand behind the claims in this version.")]
    voices: Annotated[list[Voice], Meta(description="The claims' voices in this version, each once.")]


class ChangePart(msgspec.Struct, frozen=True):
    """One thing the edit did; ``old`` is null for what is new, ``new`` for what is gone."""

    id: Annotated[str, Meta(description="d and the change's number.")]
    kind: Annotated[ChangeKind, Meta(description="What the edit did.")]
    message: Annotated[str, Meta(description="The same in a sentence or two for people.")]
    old: Annotated[SidePart | None, Meta(description="Where it was so in the old version.")]
    new: Annotated[SidePart | None, Meta(description="Where it is so in the new version.")]


class LinkPart(msgspec.Struct, frozen=True):
    """A claim of the old version and its counterpart in the new; one is null for a new or a dropped claim."""

    old: Annotated[str | None, Meta(description="Identifier of the claim in the old version.")]
    new: Annotated[str | None, Meta(description="Identifier of the claim in the new version.")]
    relation: Annotated[Relation, Meta(description="How the two correspond.")]
    similarity: Annotated[Share, Meta(description="How similar they are in their content words.")]


class KindCount(msgspec.Struct, frozen=True):
    """How many changes of a kind there are."""

    kind: Annotated[ChangeKind, Meta(description="The kind of change.")]
    count: Annotated[Count, Meta(description="How often it was found.")]


class ComparisonPart(msgspec.Struct, frozen=True):
    """Two versions of a draft; a document is null where there is none: the draft was added or deleted."""

    old: Annotated[Document | None, Meta(description="The old version.")]
    new: Annotated[Document | None, Meta(description="The new version.")]
    counts: Annotated[list[KindCount], Meta(description="Changes of each kind, those that were not found with 0.")]
    changes: Annotated[list[ChangePart], Meta(description="What the edit did, in the order of the new version.")]
    links: Annotated[list[LinkPart], Meta(description="Which claim is which, in the order of the new version.")]


class Diff(msgspec.Struct, frozen=True):
    """The comparison of one draft or more."""

    schema_version: Annotated[Literal["1.0"], Meta(description="The version of this format.")]
    tool: Annotated[Tool, Meta(description="What made the comparison.")]
    comparisons: Annotated[
        list[ComparisonPart], Meta(description="One comparison for each draft that differs, by name.")
    ]


def diff_json(comparisons: Sequence[Comparison], model: str = "") -> str:
    """The comparisons as indented JSON, one object; ``model`` names the parser where nothing was compared."""
    analyses = [one for comparison in comparisons for one in (comparison.new, comparison.old) if one.draft.text]
    name = analyses[0].model if analyses else model
    diff = Diff(
        schema_version=SCHEMA_VERSION,
        tool=Tool(version=tool_version(), model=name),
        comparisons=[_comparison(one) for one in comparisons],
    )
    return pretty(diff)


def _comparison(one: Comparison) -> ComparisonPart:
    return ComparisonPart(
        old=_document(one.old),
        new=_document(one.new),
        counts=[KindCount(kind, sum(change.kind is kind for change in one.changes)) for kind in ChangeKind],
        changes=[_change(change) for change in one.changes],
        links=[_link(link) for link in one.links],
    )


def _document(analysis: Analysis) -> Document | None:
    return report_of(analysis).document if analysis.draft.text else None


def _change(change: Change) -> ChangePart:
    return ChangePart(change.id, change.kind, message(change), _side(change.old), _side(change.new))


def _side(side: Side | None) -> SidePart | None:
    if side is None:
        return None
    return SidePart(
        start=side.span.start,
        end=side.span.end,
        line=side.line,
        column=side.column,
        text=side.text,
        words=[WordsPart(word.span.start, word.span.end, word.text) for word in side.words],
        claims=list(side.claims),
        sentences=list(side.sentences),
        sources=[_source(source) for source in side.sources],
        voices=list(side.voices),
    )


def _source(source: ClaimSource) -> ClaimSourcePart:
    return ClaimSourcePart(source.name, source.kind, source.named, source.entity)


def _link(link: Link) -> LinkPart:
    return LinkPart(link.old, link.new, link.relation, min(1.0, rounded(link.similarity)))
