"""The JSON contract: an analysis for other programs, and the schema that describes it.

Offsets are half-open and count Unicode code points of the decoded input. Lists are in text order. Scores, strengths and
other real numbers have at most four digits after the point. Fields may be added under the same ``schema_version``;
none is renamed, moved or removed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from importlib import metadata
from typing import Annotated, Any, Literal

import msgspec

from attribution.records import (
    Analysis,
    Attitude,
    Attribution,
    BlockKind,
    Booster,
    Claim,
    Hedge,
    HedgeCategory,
    Manner,
    Quotation,
    ScoreName,
    SourceEntity,
    SourceKind,
    Span,
    Tone,
    Voice,
)

SCHEMA_VERSION: Literal["1.0"] = "1.0"
DISTRIBUTION = "attrib"
DIGITS = 4
_SPREAD_RANGE = re.compile(r"\[\n\s+(\d+),\n\s+(\d+)\n\s+\]")

Offset = Annotated[int, msgspec.Meta(ge=0)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Range = Annotated[tuple[Offset, Offset], msgspec.Meta(description="Start and end, half-open, in Unicode code points.")]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all parts of the report are: objects with these fields and no others."""


class Tool(Part, frozen=True):
    """What made the report."""

    name: Literal["attrib"]
    version: str
    model: str


class Document(Part, frozen=True):
    """The draft. ``sha256`` is of the file's bytes; ``notices`` tell what reading had to guess."""

    path: str
    format: str
    sha256: str
    characters: Count
    words: Count
    notices: list[str]


class VoiceTotals(Part, frozen=True):
    """Claims in each voice."""

    source: Count
    hearsay: Count
    own: Count


class Totals(Part, frozen=True):
    """The article in numbers; the two scores are means over its claims, null when it makes none."""

    sentences: Count
    claims: Count
    voice: VoiceTotals
    sourcing: Share | None
    certainty: Share | None
    distinct_sources: Count
    named_sources: Count


class SentencePart(Part, frozen=True):
    """A sentence, the kind of block it stands in, and the claims it makes."""

    id: str
    start: Offset
    end: Offset
    text: str
    block: BlockKind
    claims: list[str]


class QuotationPart(Part, frozen=True):
    """A stretch between quotation marks, marks included; one part a paragraph when it runs over several."""

    id: str
    start: Offset
    end: Offset
    closed: bool
    parent: str | None
    parts: list[Range]


class SourcePart(Part, frozen=True):
    """A ledger entry: a source with its mentions and the claims it carries."""

    id: str
    name: str
    kind: SourceKind
    named: bool
    mentions: list[Range]
    claims: list[str]


class CuePart(Part, frozen=True):
    """The words that signal an attribution."""

    spans: list[Range]
    text: str
    lemma: str


class SourceMentionPart(Part, frozen=True):
    """Who speaks, in the draft's words. Without spans nobody is named: ``kind`` and ``reason`` tell why."""

    spans: list[Range]
    text: str
    kind: SourceKind
    entity: str | None
    reason: str | None
    venue: list[Range]


class ContentPart(Part, frozen=True):
    """What is attributed."""

    spans: list[Range]
    text: str


class AttributionPart(Part, frozen=True):
    """A cue with its source and content; ``parent`` is the attribution in whose content it stands."""

    id: str
    sentence: str
    cue: CuePart
    source: SourceMentionPart
    content: ContentPart
    manner: Manner
    attitude: Attitude
    tone: Tone
    negated: bool
    withheld: bool
    parent: str | None
    frame: str
    probability: Share


class HedgePart(Part, frozen=True):
    """A marker that lowers commitment, and the words it bears on."""

    id: str
    sentence: str
    spans: list[Range]
    text: str
    category: HedgeCategory
    strength: Share
    scope: list[Range]


class BoosterPart(Part, frozen=True):
    """A marker that raises commitment, and the words it bears on."""

    id: str
    sentence: str
    spans: list[Range]
    text: str
    strength: Share
    scope: list[Range]


class FactorPart(Part, frozen=True):
    """A named reason of a score, its effect on it, and the identifier of the record behind it."""

    score: ScoreName
    name: str
    effect: float
    because: str | None


class ClaimPart(Part, frozen=True):
    """A checkable clause: whose claim it is, its scores and their factors; ``attributions`` run outermost first."""

    id: str
    sentence: str
    spans: list[Range]
    text: str
    voice: Voice
    sourcing: Share
    certainty: Share
    attributions: list[str]
    hedges: list[str]
    boosters: list[str]
    factors: list[FactorPart]


class ProblemPart(Part, frozen=True):
    """Something about the input that readers of the report should know."""

    code: str
    message: str
    start: Offset
    end: Offset


class Report(Part, frozen=True):
    """The report on one document."""

    schema_version: Literal["1.0"]
    tool: Tool
    document: Document
    summary: Totals
    sentences: list[SentencePart]
    quotations: list[QuotationPart]
    sources: list[SourcePart]
    attributions: list[AttributionPart]
    hedges: list[HedgePart]
    boosters: list[BoosterPart]
    claims: list[ClaimPart]
    problems: list[ProblemPart]


def report_json(analysis: Analysis) -> str:
    """The report as indented JSON, one object, with a line end."""
    return pretty(report(analysis))


def reports_json(analyses: Sequence[Analysis]) -> str:
    """The reports of several documents as an indented JSON array."""
    return pretty([report(analysis) for analysis in analyses])


def pretty(value: Any) -> str:
    """Any record as indented JSON with a line end; lone surrogates become replacement characters."""
    # The standard library writes what msgspec refuses: text that holds a lone surrogate.
    text = json.dumps(msgspec.to_builtins(value), indent=2, ensure_ascii=False)
    text = _SPREAD_RANGE.sub(r"[\1, \2]", text)
    return text.encode("utf-8", "replace").decode() + "\n"


def report(analysis: Analysis) -> Report:
    """The analysis in the contract's form."""
    draft, numbers = analysis.draft, analysis.summary
    claims: dict[str, list[str]] = {sentence.id: [] for sentence in analysis.sentences}
    for claim in analysis.claims:
        claims[claim.sentence].append(claim.id)
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="attrib", version=version(), model=analysis.model),
        document=Document(
            path=draft.path,
            format=draft.format,
            sha256=draft.sha256,
            characters=len(draft.text),
            words=len(draft.text.split()),
            notices=list(draft.notices),
        ),
        summary=Totals(
            sentences=numbers.sentences,
            claims=numbers.claims,
            voice=VoiceTotals(numbers.voice.source, numbers.voice.hearsay, numbers.voice.own),
            sourcing=None if numbers.sourcing is None else rounded(numbers.sourcing),
            certainty=None if numbers.certainty is None else rounded(numbers.certainty),
            distinct_sources=numbers.distinct_sources,
            named_sources=numbers.named_sources,
        ),
        sentences=[
            SentencePart(one.id, one.start, one.end, one.text, draft.blocks[one.block].kind, claims[one.id])
            for one in analysis.sentences
        ],
        quotations=[_quotation(one) for one in analysis.quotations],
        sources=[source_part(one) for one in analysis.sources],
        attributions=[_attribution(one) for one in analysis.attributions],
        hedges=[_hedge(one) for one in analysis.hedges],
        boosters=[_booster(one) for one in analysis.boosters],
        claims=[_claim(one) for one in analysis.claims],
        problems=[ProblemPart(one.code, one.message, one.start, one.end) for one in analysis.problems],
    )


def source_part(entity: SourceEntity) -> SourcePart:
    """A ledger entry in the contract's form."""
    return SourcePart(entity.id, entity.name, entity.kind, entity.named, _ranges(entity.mentions), list(entity.claims))


def rounded(number: float) -> float:
    """The number with four digits after the point, and no minus zero."""
    return round(number, DIGITS) + 0.0


def version() -> str:
    """The installed version of attrib; ``0`` in a checkout that was never installed."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "0"


def schema_of(record: type[Part], name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record, under the name ``urn:attrib:<name>:<version>``."""
    (root,), parts = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:attrib:{name}:{SCHEMA_VERSION}",
        **root,
        "$defs": parts,
    }


def _quotation(one: Quotation) -> QuotationPart:
    return QuotationPart(one.id, one.start, one.end, one.closed, one.parent, _ranges(one.parts))


def _attribution(one: Attribution) -> AttributionPart:
    source = one.source
    return AttributionPart(
        id=one.id,
        sentence=one.sentence,
        cue=CuePart(_ranges(one.cue.spans), one.cue.text, one.cue.lemma),
        source=SourceMentionPart(
            _ranges(source.spans), source.text, source.kind, source.entity, source.reason, _ranges(source.venue)
        ),
        content=ContentPart(_ranges(one.content.spans), one.content.text),
        manner=one.manner,
        attitude=one.attitude,
        tone=one.tone,
        negated=one.negated,
        withheld=one.withheld,
        parent=one.parent,
        frame=one.frame,
        probability=rounded(one.probability),
    )


def _hedge(one: Hedge) -> HedgePart:
    return HedgePart(
        one.id, one.sentence, _ranges(one.spans), one.text, one.category, rounded(one.strength), _ranges(one.scope)
    )


def _booster(one: Booster) -> BoosterPart:
    return BoosterPart(one.id, one.sentence, _ranges(one.spans), one.text, rounded(one.strength), _ranges(one.scope))


def _claim(one: Claim) -> ClaimPart:
    return ClaimPart(
        id=one.id,
        sentence=one.sentence,
        spans=_ranges(one.spans),
        text=one.text,
        voice=one.voice,
        sourcing=rounded(one.sourcing),
        certainty=rounded(one.certainty),
        attributions=list(one.attributions),
        hedges=list(one.hedges),
        boosters=list(one.boosters),
        factors=[
            FactorPart(factor.score, factor.name, rounded(factor.effect), factor.because) for factor in one.factors
        ],
    )


def _ranges(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]
