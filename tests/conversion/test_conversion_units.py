"""Offsets of reports in other units select the same words in the encoded text, and convert back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.ingest import read_text
from attribution.records import (
    Analysis,
    Attitude,
    Attribution,
    Content,
    Cue,
    Frame,
    Manner,
    Sentence,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
    Summary,
    Tone,
    VoiceCounts,
)
from attribution.reporting.contract import published
from attribution.reporting.json import report, report_json
from attribution.reporting.jsonl import report_jsonl
from attribution.reporting.sources import sources_json
from attribution.reporting.units import EDGES, OffsetUnit, in_code_points

CODECS = {OffsetUnit.UTF8: "utf-8", OffsetUnit.UTF16: "utf-16-le"}
WIDTHS = {OffsetUnit.UTF8: 1, OffsetUnit.UTF16: 2}
# Emoji with joiners and skin tones, combining marks, curly quotes, line ends of both kinds.
PIECES = tuple("a|w | |é|e\u0301|“|”|…|\r\n|\n|🙂|👩\u200d🚒|👍🏽|𝔸|ß|漢|\u00a0|.".split("|"))
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)


def analysis_of(text: str, spans: list[Span]) -> Analysis:
    """An analysis whose only sentence is the whole text, with parts at the spans."""
    draft = read_text("x" + text)
    spans = [Span(min(span.start, len(draft.text)), min(span.end, len(draft.text))) for span in spans]
    words = " … ".join(draft.text[span.start : span.end] for span in spans)
    places = tuple(spans)
    source = SourceMention(places[:1], words, SourceKind.OUTLET, "e1", venue=places)
    return Analysis(
        draft=draft,
        model="hand",
        sentences=(Sentence("s1", 0, len(draft.text), draft.text, 0, ()),),
        quotations=(),
        sources=(SourceEntity("e1", words, SourceKind.OUTLET, True, places),),
        attributions=(
            Attribution(
                id="a1", sentence="s1", cue=Cue(places, words, words), source=source, content=Content(places, words),
                manner=Manner.INDIRECT, attitude=Attitude.ASSERTION, tone=Tone.NEUTRAL, negated=False, parent=None,
                frame=Frame.CCOMP,
            ),
        ),
        hedges=(),
        boosters=(),
        claims=(),
        summary=Summary(1, 0, VoiceCounts(), None, None, 0, 0),
        problems=(),
    )  # fmt: skip


@st.composite
def analyses(draw: st.DrawFn) -> Analysis:
    text = draw(TEXTS)
    pairs = draw(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
    return analysis_of(text, sorted(Span(min(pair), max(pair)) for pair in pairs))


@pytest.mark.parametrize("unit", sorted(CODECS))
@given(analysis=analyses())
def test_offsets_cut_the_same_words_out_of_the_encoded_text(unit: OffsetUnit, analysis: Analysis) -> None:
    text, width = analysis.draft.text, WIDTHS[unit]
    encoded = text.encode(CODECS[unit])
    plain, counted = report(analysis), report(analysis, unit)
    assert counted.document.offsets == unit
    for ours, theirs in zip(
        [*plain.attributions[0].cue.spans, *plain.sources[0].mentions, *plain.attributions[0].source.venue],
        [*counted.attributions[0].cue.spans, *counted.sources[0].mentions, *counted.attributions[0].source.venue],
        strict=True,
    ):
        assert encoded[theirs.start * width : theirs.end * width].decode(CODECS[unit]) == text[ours.start : ours.end]
    assert counted.sentences[0].end * width == len(encoded)


@pytest.mark.parametrize("unit", sorted(OffsetUnit))
@given(analysis=analyses())
def test_offsets_are_converted_back(unit: OffsetUnit, analysis: Analysis) -> None:
    back = in_code_points(report(analysis, unit), analysis.draft.text, unit)
    document = msgspec.structs.replace(back.document, offsets=OffsetUnit.CODE_POINTS)
    assert msgspec.structs.replace(back, document=document) == report(analysis)


def test_offsets_outside_the_text_or_inside_a_character_are_refused() -> None:
    analysis = analysis_of("🙂 said", [Span(1, 2)])
    counted = report(analysis, OffsetUnit.UTF8)
    with pytest.raises(ValueError, match="inside a character"):
        in_code_points(counted, "🙂" * 20, OffsetUnit.UTF8)
    with pytest.raises(ValueError, match="outside the text"):
        in_code_points(counted, "x", OffsetUnit.UTF8)


def test_every_form_states_its_unit() -> None:
    analysis = analysis_of("🙂 said", [Span(1, 2)])
    assert json.loads(report_json(analysis))["document"]["offsets"] == "code-points"
    assert json.loads(report_jsonl(analysis, OffsetUnit.UTF16))["document"]["offsets"] == "utf16"
    ledger = json.loads(sources_json([analysis], array=False, unit=OffsetUnit.UTF8))
    assert ledger["offsets"] == "utf8"
    assert ledger["sources"][0]["source"]["mentions"] == [[1, 5]]


def offsets_in(reported: Any) -> Iterator[int]:
    """All numbers in a report's JSON except counts and scores."""
    if isinstance(reported, dict):
        for name, value in reported.items():
            if name not in ("document", "summary"):
                yield from [value] if name in EDGES else offsets_in(value)
    elif isinstance(reported, list):
        for value in reported:
            yield from [value] if isinstance(value, int) else offsets_in(value)


def test_no_offset_of_the_contract_is_forgotten(analysis: Analysis) -> None:
    """Every offset moves if a character that counts twice precedes it."""
    draft = msgspec.structs.replace(analysis.draft, text="🙂" + "x" * (len(analysis.draft.text) - 1))
    changed = msgspec.structs.replace(analysis, draft=draft)
    plain, counted = (published(report(changed, unit)) for unit in (OffsetUnit.CODE_POINTS, OffsetUnit.UTF16))
    before, after = list(offsets_in(plain)), list(offsets_in(counted))
    assert len(before) > 50
    assert [offset + (offset > 0) for offset in before] == after
