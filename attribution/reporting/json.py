"""The JSON contract: an analysis for other programs, and the schema that describes it.

Offsets are half-open and count Unicode code points of the decoded input, unless another unit is asked for. Lists are in
text order. Scores, strengths and other real numbers have at most four digits after the point. Fields may be added under
the same ``schema_version``; none is renamed, moved or removed. Every field has a description, which the schema gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from importlib import metadata
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from attribution.records import (
    Analysis,
    Attitude,
    Attribution,
    BlockKind,
    Booster,
    Claim,
    Evidence,
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
from attribution.reporting.units import OffsetUnit, in_unit

SCHEMA_VERSION: Literal["1.0"] = "1.0"
DISTRIBUTION = "attrib"
DIGITS = 4
_SPREAD_RANGE = re.compile(r"\[\n\s+(\d+),\n\s+(\d+)\n\s+\]")

Offset = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Range = Annotated[tuple[Offset, Offset], Meta(description="Start and end, half-open.")]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all parts of the report are: objects with these fields and no others."""


class Tool(Part, frozen=True):
    """What made the report."""

    name: Annotated[Literal["attrib"], Meta(description="Always attrib.")]
    version: Annotated[str, Meta(description="The version of attrib.")]
    model: Annotated[str, Meta(description="The parser that read the sentences, or the format they were taken from.")]


class Document(Part, frozen=True):
    """The draft that the report is about."""

    path: Annotated[str, Meta(description="The draft's name, as it was given; <stdin> or <text> when it has none.")]
    format: Annotated[str, Meta(description="How the draft was read: text, markdown or html.")]
    sha256: Annotated[str, Meta(description="SHA-256 of the file's bytes, in hexadecimal; of the UTF-8 text without.")]
    characters: Annotated[Count, Meta(description="Length of the text in Unicode code points, whatever offsets count.")]
    words: Annotated[Count, Meta(description="Words of the text, parted by white space.")]
    offsets: Annotated[
        OffsetUnit,
        Meta(
            description="What all offsets of this report count in the text, whose line ends are a line feed each: "
            "Unicode code points, bytes of UTF-8, or 16-bit units of UTF-16."
        ),
    ]
    notices: Annotated[list[str], Meta(description="What reading had to guess or leave out, each in a sentence.")]


class VoiceTotals(Part, frozen=True):
    """Claims in each voice."""

    source: Annotated[Count, Meta(description="Claims that are attributed to a source.")]
    hearsay: Annotated[Count, Meta(description="Claims that are passed on with nobody named.")]
    own: Annotated[Count, Meta(description="Claims in the paper's own voice.")]
    unclear: Annotated[Count, Meta(description="Claims in quotation marks whose speaker is not clear.")]


class Totals(Part, frozen=True):
    """The article in numbers; the two scores are means over its claims, null when it makes none."""

    sentences: Annotated[Count, Meta(description="How many sentences the article has.")]
    claims: Annotated[Count, Meta(description="How many claims it makes.")]
    voice: Annotated[VoiceTotals, Meta(description="How many claims stand in each voice.")]
    sourcing: Annotated[Share | None, Meta(description="Mean sourcing score: how well readers are told who says so.")]
    certainty: Annotated[Share | None, Meta(description="Mean certainty score: how committed the text is.")]
    distinct_sources: Annotated[Count, Meta(description="Sources that carry a claim.")]
    named_sources: Annotated[Count, Meta(description="Sources that carry a claim and go by a name.")]


class SentencePart(Part, frozen=True):
    """A sentence, the kind of block it stands in, and the claims it makes."""

    id: Annotated[str, Meta(description="s and the sentence's number.")]
    start: Annotated[Offset, Meta(description="Offset of the first character.")]
    end: Annotated[Offset, Meta(description="Offset after the last character.")]
    text: Annotated[str, Meta(description="The characters from start to end.")]
    block: Annotated[BlockKind, Meta(description="The kind of block that the sentence stands in.")]
    claims: Annotated[list[str], Meta(description="Identifiers of the sentence's claims.")]


class QuotationPart(Part, frozen=True):
    """A stretch between quotation marks, marks included; one part a paragraph when it runs over several."""

    id: Annotated[str, Meta(description="q and the quotation's number.")]
    start: Annotated[Offset, Meta(description="Offset of the first opening mark.")]
    end: Annotated[Offset, Meta(description="Offset after the last closing mark.")]
    closed: Annotated[bool, Meta(description="Whether a closing mark was found; else it ends with its paragraph.")]
    parent: Annotated[str | None, Meta(description="The quotation that this one stands in.")]
    parts: Annotated[list[Range], Meta(description="One stretch for each paragraph.")]
    speech: Annotated[bool, Meta(description="Whether it is somebody's words and no title, term or scare quote.")]
    attribution: Annotated[
        str | None, Meta(description="The attribution whose content it is; null when none is known.")
    ]


class SourcePart(Part, frozen=True):
    """A ledger entry: a source with its mentions and the claims it carries."""

    id: Annotated[str, Meta(description="e and the entry's number.")]
    name: Annotated[str, Meta(description="The fullest name or description that the text gives.")]
    kind: Annotated[SourceKind, Meta(description="What kind of source it is.")]
    named: Annotated[bool, Meta(description="Whether the text gives a name, and not only a description.")]
    mentions: Annotated[list[Range], Meta(description="Every place that speaks of the source, pronouns included.")]
    claims: Annotated[list[str], Meta(description="Identifiers of the claims that the source carries.")]


class CuePart(Part, frozen=True):
    """The words that signal an attribution."""

    spans: Annotated[list[Range], Meta(description="Where the words stand.")]
    text: Annotated[str, Meta(description="The words.")]
    lemma: Annotated[str, Meta(description="The dictionary form of the cue's head.")]


class SourceMentionPart(Part, frozen=True):
    """Who speaks, in the draft's words."""

    spans: Annotated[list[Range], Meta(description="Where the words stand; empty when nobody is named.")]
    text: Annotated[str, Meta(description="The words; empty when nobody is named.")]
    kind: Annotated[SourceKind, Meta(description="What kind of source readers are given, or why there is none.")]
    entity: Annotated[str | None, Meta(description="The ledger entry that the words stand for.")]
    reason: Annotated[str | None, Meta(description="Why there is no source or no ledger entry.")]
    venue: Annotated[list[Range], Meta(description="The words that tell where it was said (on Telegram).")]
    also: Annotated[list[str], Meta(description="Ledger entries of the further parts of a compound source.")]


class ContentPart(Part, frozen=True):
    """What is attributed."""

    spans: Annotated[list[Range], Meta(description="Where the words stand: one stretch or several.")]
    text: Annotated[str, Meta(description="The words, stretches joined by an ellipsis.")]


class AttributionPart(Part, frozen=True):
    """A cue with its source and content."""

    id: Annotated[str, Meta(description="a and the attribution's number.")]
    sentence: Annotated[str, Meta(description="The sentence that the cue stands in.")]
    cue: Annotated[CuePart, Meta(description="The words that signal the attribution.")]
    source: Annotated[SourceMentionPart, Meta(description="Who speaks.")]
    content: Annotated[ContentPart, Meta(description="What is attributed.")]
    manner: Annotated[Manner, Meta(description="How much of the content is in the source's own words.")]
    attitude: Annotated[Attitude, Meta(description="What the source is said to do with the content.")]
    tone: Annotated[Tone, Meta(description="What the cue says of the content's truth on the writer's behalf.")]
    negated: Annotated[bool, Meta(description="Whether the cue is negated (did not say).")]
    withheld: Annotated[bool, Meta(description="Whether the source declined to give the content.")]
    parent: Annotated[str | None, Meta(description="The attribution in whose content this one stands.")]
    frame: Annotated[str, Meta(description="The pattern of the sentence that it was found by.")]
    evidence: Annotated[
        Evidence, Meta(description="What it gives the reader; only reports and beliefs decide a claim's voice.")
    ]
    probability: Annotated[Share, Meta(description="How sure attrib is that this is an attribution.")]


class HedgePart(Part, frozen=True):
    """A marker that lowers commitment, and the words it bears on."""

    id: Annotated[str, Meta(description="h and the hedge's number.")]
    sentence: Annotated[str, Meta(description="The sentence that it stands in.")]
    spans: Annotated[list[Range], Meta(description="Where its words stand.")]
    text: Annotated[str, Meta(description="Its words.")]
    category: Annotated[HedgeCategory, Meta(description="What kind of word it is.")]
    strength: Annotated[Share, Meta(description="How far it lowers commitment: 0 not at all, 1 wholly.")]
    scope: Annotated[list[Range], Meta(description="The words that it bears on.")]


class BoosterPart(Part, frozen=True):
    """A marker that raises commitment, and the words it bears on."""

    id: Annotated[str, Meta(description="b and the booster's number.")]
    sentence: Annotated[str, Meta(description="The sentence that it stands in.")]
    spans: Annotated[list[Range], Meta(description="Where its words stand.")]
    text: Annotated[str, Meta(description="Its words.")]
    strength: Annotated[Share, Meta(description="How far it raises commitment: 0 not at all, 1 wholly.")]
    scope: Annotated[list[Range], Meta(description="The words that it bears on.")]


class FactorPart(Part, frozen=True):
    """A named reason of a score."""

    score: Annotated[ScoreName, Meta(description="The score it belongs to.")]
    name: Annotated[str, Meta(description="What it is; attrib's documentation of the scores lists all names.")]
    effect: Annotated[float, Meta(description="Its effect; a score is the sum of its factors' effects.")]
    because: Annotated[str | None, Meta(description="Identifier of the record behind it.")]


class ClaimPart(Part, frozen=True):
    """A checkable clause: whose claim it is, its scores and their factors."""

    id: Annotated[str, Meta(description="c and the claim's number.")]
    sentence: Annotated[str, Meta(description="The sentence that it stands in.")]
    spans: Annotated[list[Range], Meta(description="Where its words stand.")]
    text: Annotated[str, Meta(description="Its words, stretches joined by an ellipsis.")]
    voice: Annotated[Voice, Meta(description="Whose claim it is.")]
    sourcing: Annotated[Share, Meta(description="How well readers are told where it comes from.")]
    certainty: Annotated[Share, Meta(description="How committed the text is to it.")]
    attributions: Annotated[list[str], Meta(description="The attributions it stands under, outermost first.")]
    hedges: Annotated[list[str], Meta(description="The hedges that bear on it.")]
    boosters: Annotated[list[str], Meta(description="The boosters that bear on it.")]
    factors: Annotated[list[FactorPart], Meta(description="The reasons of both scores.")]


class ProblemPart(Part, frozen=True):
    """Something about the input that readers of the report should know."""

    code: Annotated[str, Meta(description="X and three figures: X001, a quotation mark left open.")]
    message: Annotated[str, Meta(description="What is wrong, in words.")]
    start: Annotated[Offset, Meta(description="Offset of the first character concerned.")]
    end: Annotated[Offset, Meta(description="Offset after the last character concerned.")]


class Report(Part, frozen=True):
    """The report on one document. Lists are in text order; offsets are half-open."""

    schema_version: Annotated[
        Literal["1.0"], Meta(description="The contract that the report keeps; 1.x only ever adds fields.")
    ]
    tool: Annotated[Tool, Meta(description="What made the report.")]
    document: Annotated[Document, Meta(description="The draft.")]
    summary: Annotated[Totals, Meta(description="The article in numbers.")]
    sentences: Annotated[list[SentencePart], Meta(description="The sentences.")]
    quotations: Annotated[list[QuotationPart], Meta(description="What stands between quotation marks.")]
    sources: Annotated[list[SourcePart], Meta(description="The ledger: everybody who carries a claim.")]
    attributions: Annotated[list[AttributionPart], Meta(description="Who says what.")]
    hedges: Annotated[list[HedgePart], Meta(description="Words that lower commitment.")]
    boosters: Annotated[list[BoosterPart], Meta(description="Words that raise commitment.")]
    claims: Annotated[list[ClaimPart], Meta(description="What the article asserts, with scores.")]
    problems: Annotated[list[ProblemPart], Meta(description="What is wrong with the input.")]


def report_json(analysis: Analysis, unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> str:
    """The report as indented JSON, one object, with a line end; its offsets count ``unit``."""
    return pretty(report(analysis, unit))


def reports_json(analyses: Sequence[Analysis], unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> str:
    """The reports of several documents as an indented JSON array; their offsets count ``unit``."""
    return pretty([report(analysis, unit) for analysis in analyses])


def pretty(value: Any) -> str:
    """Any record as indented JSON with a line end; lone surrogates become replacement characters."""
    # The standard library writes what msgspec refuses: text that holds a lone surrogate.
    text = json.dumps(msgspec.to_builtins(value), indent=2, ensure_ascii=False)
    text = _SPREAD_RANGE.sub(r"[\1, \2]", text)
    return text.encode("utf-8", "replace").decode() + "\n"


def report(analysis: Analysis, unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> Report:
    """The analysis in the contract's form; its offsets count ``unit``."""
    draft, numbers = analysis.draft, analysis.summary
    claims: dict[str, list[str]] = {sentence.id: [] for sentence in analysis.sentences}
    for claim in analysis.claims:
        claims[claim.sentence].append(claim.id)
    counted = Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool(name="attrib", version=version(), model=analysis.model),
        document=Document(
            path=draft.path,
            format=draft.format,
            sha256=draft.sha256,
            characters=len(draft.text),
            words=len(draft.text.split()),
            offsets=unit,
            notices=list(draft.notices),
        ),
        summary=Totals(
            sentences=numbers.sentences,
            claims=numbers.claims,
            voice=VoiceTotals(**msgspec.structs.asdict(numbers.voice)),
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
    return in_unit(counted, draft.text, unit)


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
    return QuotationPart(
        one.id, one.start, one.end, one.closed, one.parent, _ranges(one.parts), one.speech, one.attribution
    )


def _attribution(one: Attribution) -> AttributionPart:
    source = one.source
    return AttributionPart(
        id=one.id,
        sentence=one.sentence,
        cue=CuePart(_ranges(one.cue.spans), one.cue.text, one.cue.lemma),
        source=SourceMentionPart(
            spans=_ranges(source.spans),
            text=source.text,
            kind=source.kind,
            entity=source.entity,
            reason=source.reason,
            venue=_ranges(source.venue),
            also=list(source.also),
        ),
        content=ContentPart(_ranges(one.content.spans), one.content.text),
        manner=one.manner,
        attitude=one.attitude,
        tone=one.tone,
        negated=one.negated,
        withheld=one.withheld,
        parent=one.parent,
        frame=one.frame,
        evidence=one.evidence,
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
