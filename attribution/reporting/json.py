"""The report: an analysis for other programs, as JSON.

Offsets are half-open and count Unicode code points of the decoded input, unless another unit is asked for. Lists are in
text order, but for the places to look at. Fields may be added under the same ``schema_version``; none is renamed, moved
or removed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from attribution import __version__
from attribution.index import AnalysisIndex
from attribution.records import (
    Analysis,
    Attribution,
    BlockKind,
    BlockRole,
    Booster,
    Claim,
    Count,
    Hedge,
    Offset,
    Place,
    Predicate,
    Problem,
    Quotation,
    SourceEntity,
    Summary,
)
from attribution.reporting.contract import SCHEMA_VERSION, published
from attribution.reporting.escaping import encodable, json_text
from attribution.reporting.units import OffsetUnit, in_unit
from attribution.reporting.yardstick import words_of

_SPREAD_RANGE = re.compile(r"\[\n\s+(\d+),\n\s+(\d+)\n\s+\]")


class Tool(msgspec.Struct, frozen=True):
    """What made the report."""

    name: Annotated[Literal["attrib"], Meta(description="Always attrib.")] = "attrib"
    version: Annotated[str, Meta(description="The version of attrib.")] = ""
    model: Annotated[
        str, Meta(description="The parser that read the sentences, or the format they were taken from.")
    ] = ""


class Document(msgspec.Struct, frozen=True):
    """The draft that the report is about."""

    path: Annotated[str, Meta(description="The draft's name as given; <stdin> or <text> if it has none.")]
    format: Annotated[str, Meta(description="How the draft was read: text, markdown or html.")] = "text"
    sha256: Annotated[
        str, Meta(description="SHA-256 of the file's bytes, in hexadecimal; of the UTF-8 text if there is no file.")
    ] = ""
    characters: Annotated[
        Count, Meta(description="Length of the text in Unicode code points, whatever offsets count.")
    ] = 0
    words: Annotated[Count, Meta(description="Number of words of the text, separated by white space.")] = 0
    offsets: Annotated[
        OffsetUnit,
        Meta(
            description="What all offsets of this report count in the text, with a line feed as line end: Unicode code "
            "points, bytes of UTF-8, or 16-bit units of UTF-16."
        ),
    ] = OffsetUnit.CODE_POINTS
    notices: Annotated[tuple[str, ...], Meta(description="What reading had to guess or omit, each in a sentence.")] = ()


class SentencePart(msgspec.Struct, frozen=True):
    """A sentence, the kind of its block, and its claims."""

    id: Annotated[str, Meta(description="s and the sentence's number.")]
    start: Annotated[Offset, Meta(description="Offset of the first character.")]
    end: Annotated[Offset, Meta(description="Offset after the last character.")]
    text: Annotated[str, Meta(description="The characters from start to end.")]
    block: Annotated[BlockKind, Meta(description="The kind of block that contains the sentence.")]
    claims: Annotated[tuple[str, ...], Meta(description="Identifiers of the sentence's claims.")] = ()
    role: Annotated[
        BlockRole | None,
        Meta(description="What its block is, if it is no part of the running text; a pull-quote is not counted."),
    ] = None
    time: Annotated[
        float | None,
        Meta(description="Seconds from the start of the recording at which it is said; null but for subtitles."),
    ] = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The report on one document. Lists but that of places are in text order; offsets are half-open."""

    schema_version: Annotated[
        str,
        Meta(
            description="The version of the contract; 1.x only adds fields.",
            # Reports of all versions 1.x are read; this version writes its own.
            extra_json_schema={"enum": [SCHEMA_VERSION]},
        ),
    ] = SCHEMA_VERSION
    tool: Annotated[Tool, Meta(description="What made the report.")] = Tool()
    document: Annotated[Document, Meta(description="The draft.")]
    summary: Annotated[Summary, Meta(description="The article in numbers.")] = Summary()
    sentences: Annotated[tuple[SentencePart, ...], Meta(description="The sentences.")] = ()
    quotations: Annotated[tuple[Quotation, ...], Meta(description="What is between quotation marks.")] = ()
    sources: Annotated[tuple[SourceEntity, ...], Meta(description="The ledger: all sources.")] = ()
    attributions: Annotated[tuple[Attribution, ...], Meta(description="Who says what.")]
    hedges: Annotated[tuple[Hedge, ...], Meta(description="Words that lower commitment.")] = ()
    boosters: Annotated[tuple[Booster, ...], Meta(description="Words that raise commitment.")] = ()
    claims: Annotated[tuple[Claim, ...], Meta(description="What the article asserts, with scores.")] = ()
    places: Annotated[
        tuple[Place, ...], Meta(description="What an editor should look at, in the order to look at it.")
    ] = ()
    unclaimed: Annotated[
        tuple[Predicate, ...],
        Meta(description="Predicates outside all claims: those of reporting verbs, questions, requests and fragments."),
    ] = ()
    problems: Annotated[tuple[Problem, ...], Meta(description="Faults of the input.")] = ()


SHARED_FIELDS = tuple(
    name for name in Report.__struct_fields__ if name in Analysis.__struct_fields__ and name != "sentences"
)
"""Fields that a report has from the analysis unchanged."""


def report_json(analysis: Analysis, unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> str:
    """The report as indented JSON, one object, with a line end; its offsets count ``unit``."""
    return pretty(published(report(analysis, unit)))


def reports_json(analyses: Sequence[Analysis], unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> str:
    """The reports of several documents as an indented JSON array; their offsets count ``unit``."""
    return pretty([published(report(analysis, unit)) for analysis in analyses])


def pretty(value: Any) -> str:
    """Any record as indented JSON with a line end, in which nothing is left that a terminal would obey."""
    # The standard library writes what msgspec refuses, text that holds a lone surrogate, but is slow to indent it.
    text = encodable(json.dumps(value, ensure_ascii=False, default=msgspec.to_builtins))
    text = _SPREAD_RANGE.sub(lambda spread: f"[{spread[1]}, {spread[2]}]", msgspec.json.format(text, indent=2))
    return json_text(text) + "\n"


def report(analysis: Analysis, unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> Report:
    """The report on an analysis; its offsets count ``unit``."""
    draft, index = analysis.draft, AnalysisIndex(analysis)
    counted = Report(
        tool=Tool(version=__version__, model=analysis.model),
        document=Document(
            path=draft.path,
            format=draft.format,
            sha256=draft.sha256,
            characters=len(draft.text),
            words=words_of(analysis),
            offsets=unit,
            notices=draft.notices,
        ),
        sentences=tuple(
            SentencePart(
                id=sentence.id,
                start=sentence.start,
                end=sentence.end,
                text=sentence.text,
                block=draft.blocks[sentence.block].kind,
                claims=tuple(claim.id for claim in index.claims_in(sentence)),
                role=draft.blocks[sentence.block].role,
                time=draft.time_at(sentence.start),
            )
            for sentence in analysis.sentences
        ),
        **{name: getattr(analysis, name) for name in SHARED_FIELDS},
    )
    return in_unit(counted, draft.text, unit)
