"""Round trips from an analysis to a format and back keep what docs/FORMATS.md says."""

from __future__ import annotations

import json
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.conversion.analyses import analysis_of_annotation, analysis_of_report, with_sentences
from attribution.conversion.brat import read_brat, write_brat
from attribution.conversion.citron import citron_json
from attribution.conversion.conllu import conllu, read_annotated_conllu
from attribution.conversion.documents import AnnotatedDocument, from_analysis
from attribution.conversion.readers import ReportFile, read_json
from attribution.ingest import read_text
from attribution.parsing import read_conllu
from attribution.records import (
    ROOT,
    Analysis,
    Attitude,
    AttribError,
    Attribution,
    Block,
    BlockKind,
    Content,
    Cue,
    Draft,
    Evidence,
    Frame,
    Hedge,
    HedgeCategory,
    Manner,
    Sentence,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
    Summary,
    Token,
    Tone,
    Voice,
    VoiceCounts,
)
from attribution.reporting.json import report_json
from attribution.reporting.units import OffsetUnit


def reread(analysis: Analysis, unit: OffsetUnit = OffsetUnit.CODE_POINTS) -> Analysis:
    (file,) = read_json(report_json(analysis, unit), "x.json")
    assert isinstance(file, ReportFile)
    return analysis_of_report(file, analysis.draft, "x.json")


# --- JSON -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", sorted(OffsetUnit))
def test_a_report_is_read_back_to_the_same_report(analysis: Analysis, unit: OffsetUnit) -> None:
    assert analysis.attributions
    assert report_json(reread(analysis, unit)) == report_json(analysis)


def test_a_report_of_a_later_version_is_read(analysis: Analysis) -> None:
    reported = json.loads(report_json(analysis))
    reported["schema_version"] = "1.1"
    reported["added"] = {"later": 1}
    for attribution in reported["attributions"]:
        attribution["added"] = []
    (file,) = read_json(json.dumps(reported), "x.json")
    assert isinstance(file, ReportFile)
    assert report_json(analysis_of_report(file, analysis.draft, "x.json")) == report_json(analysis)


def test_a_report_keeps_its_own_blocks_if_the_draft_is_divided_differently(analysis: Analysis) -> None:
    (file,) = read_json(report_json(analysis), "x.json")
    assert isinstance(file, ReportFile)
    caption = Block(BlockKind.CAPTION, Span(0, len(analysis.draft.text)))
    draft = msgspec.structs.replace(analysis.draft, blocks=(caption,))
    assert report_json(analysis_of_report(file, draft, "x.json")) == report_json(analysis)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda reported: reported["attributions"][0]["cue"].update(spans=[[0, 10**6]]), "0 1000000 is not a span of "),
        (
            lambda reported: reported["claims"][0].update(sentence="s9999"),
            "c1 refers to sentence s9999, which does not exist",
        ),
        (
            lambda reported: reported["document"].update(offsets="utf16", characters=3),
            "is about a text of 3 characters",
        ),
        (lambda reported: reported["sentences"][0].update(end=10**6), "is not a span of "),
        (
            lambda reported: reported["sentences"][0].update(text="Other words."),
            "does not have the words of sentence s1",
        ),
    ],
)
def test_a_report_that_does_not_match_its_draft_is_refused(analysis: Analysis, change: object, message: str) -> None:
    reported = json.loads(report_json(analysis))
    change(reported)  # type: ignore[operator]
    (file,) = read_json(json.dumps(reported), "x.json")
    assert isinstance(file, ReportFile)
    with pytest.raises(AttribError, match=f"^x.json: .*{re.escape(message)}"):
        analysis_of_report(file, analysis.draft, "x.json")


def test_offsets_in_another_unit_than_stated_are_refused() -> None:
    analysis = made("🙂🙂 said", [[Span(0, 1)]])
    reported = json.loads(report_json(analysis))
    reported["document"]["offsets"] = "utf8"
    (file,) = read_json(json.dumps(reported), "x.json")
    assert isinstance(file, ReportFile)
    with pytest.raises(AttribError, match=r"x.json: offset 7 is inside a character; .* utf8; run the report again"):
        analysis_of_report(file, analysis.draft, "x.json")


# --- CoNLL-U ----------------------------------------------------------------------------------------------------------


def test_conllu_keeps_everything(analysis: Analysis) -> None:
    back = read_annotated_conllu(conllu(analysis), "x.conllu")
    assert report_json(back) == report_json(analysis)
    assert back.draft.text == analysis.draft.text
    assert [sentence.tokens for sentence in back.sentences] == [sentence.tokens for sentence in analysis.sentences]
    assert conllu(back) == conllu(analysis)


def test_the_conllu_is_valid_for_other_readers(analysis: Analysis) -> None:
    text = conllu(analysis)
    _, sentences = read_conllu(text, "x.conllu")
    assert [[token.text for token in sentence.tokens] for sentence in sentences] == [
        [token.text for token in sentence.tokens] for sentence in analysis.sentences
    ]
    for line in text.splitlines():
        assert not line or line.startswith("#") or len(line.split("\t")) == 10


def test_conllu_tags_are_the_words_of_the_parts(analysis: Analysis) -> None:
    rows = [line.split("\t") for line in conllu(analysis).splitlines() if line and not line.startswith("#")]
    tokens = [token for sentence in analysis.sentences for token in sentence.tokens]
    for attribution in analysis.attributions:
        tagged = [
            number for number, row in enumerate(rows) if re.search(rf"\bCue=(\S*,)?[BI]-{attribution.id}\b", row[9])
        ]
        assert tagged == [
            number
            for number, token in enumerate(tokens)
            if any(span.covers(token.span) for span in attribution.cue.spans)
        ]


GAPS = st.sampled_from(("", " ", "  ", "\n", "\n\n", "\t", "|", "\\", "\\s", "\u2028", "\x85", "\u00a0 ", "=", "\r"))
FORMS = st.sampled_from(("a", "said", "“", "🙂", "e\u0301", "don", "n't", "=", "_", "1 000", "ß", "-", "a|b", "#"))


def made(text: str, parts: list[list[Span]], tokens: tuple[Token, ...] = ()) -> Analysis:
    """An analysis of a single sentence with the parts as cue, source, venue, content, scope and mentions."""
    places = [*map(tuple, parts), (), (), (), (), ()][:5]
    cue, source, venue, content, scope = places
    mention = SourceMention(source, "", SourceKind.OUTLET, "e1", "a reason", venue, ("e1",))
    words = Content(content, "…")
    return Analysis(
        draft=Draft(text, (Block(BlockKind.CAPTION, Span(0, len(text))),), path="a b.txt", notices=("odd\u2028line",)),
        model="hand",
        sentences=(
            Sentence("s1", tokens[0].start, tokens[-1].end, text[tokens[0].start : tokens[-1].end], 0, tokens)
            if tokens
            else Sentence("s1", 0, len(text), text, 0, ()),
        ),
        quotations=(),
        sources=(SourceEntity("e1", "E\x85E", SourceKind.OUTLET, True, source),),
        attributions=(
            Attribution(
                id="a1", sentence="s1", cue=Cue(cue, "x", "x"), source=mention, content=words, manner=Manner.MIXED,
                attitude=Attitude.BELIEF, tone=Tone.LOADED, negated=True, withheld=True, parent=None, frame=Frame.CCOMP,
                evidence=Evidence.BELIEF, probability=0.25,
            ),
        ),
        hedges=(Hedge("h1", "s1", cue, "x", HedgeCategory.MODAL, 0.5, scope),),
        boosters=(),
        claims=(),
        summary=Summary(1, 0, VoiceCounts(), None, None, 1, 1),
        problems=(),
    )  # fmt: skip


@st.composite
def parsed(draw: st.DrawFn) -> Analysis:
    """Words separated by any white space, and parts that may begin and end within words."""
    text = draw(GAPS)
    tokens: list[Token] = []
    for number in range(draw(st.integers(1, 6))):
        form = draw(FORMS)
        start = len(text)
        text += form
        head = ROOT if number == 0 else 0
        tokens.append(Token(number, form, start, len(text), "x", "X", "X", head, "root" if number == 0 else "dep"))
        text += draw(GAPS)
    edges = st.integers(0, len(text))
    spans = st.lists(st.tuples(edges, edges).map(lambda pair: Span(min(pair), max(pair))), max_size=3)
    aligned = st.lists(st.sampled_from(tokens).map(lambda token: token.span), max_size=3)
    return made(text, draw(st.lists(st.one_of(spans, aligned), min_size=5, max_size=5)), tuple(tokens))


@given(analysis=parsed())
def test_conllu_keeps_any_text_and_any_span(analysis: Analysis) -> None:
    back = read_annotated_conllu(conllu(analysis), "x.conllu")
    assert back.draft.text == analysis.draft.text
    assert report_json(back) == report_json(analysis)
    assert back.sentences[0].tokens == analysis.sentences[0].tokens


def test_conllu_needs_a_parse(analysis: Analysis) -> None:
    with pytest.raises(AttribError, match="has sentences without a parse"):
        conllu(reread(analysis))
    assert conllu(with_sentences(reread(analysis), analysis.sentences)) == conllu(analysis)


@pytest.mark.parametrize(
    ("found", "put", "message"),
    [
        ("# attrib.", "# other.", "is CoNLL-U without comments of attrib; analyse it with attrib report"),
        ("Cue=B-a1", "Cue=a1", r"x.conllu:\d+: Cue=a1.* is not a list of tags like B-a1,I-a2; fix it"),
        ("Cue=B-a1", "Cue=B-a77", "Cue tags name a77, which no comment describes; convert the draft again"),
        ("# attrib.block = paragraph", "# attrib.block = pamphlet", r"x.conllu:\d+: 'pamphlet' is not a kind of block"),
        (
            '# attrib.attribution = {"id": "a1",',
            "# attrib.attribution = {,",
            r"x.conllu:\d+: the comment is not JSON",
        ),
        ('"tone": "neutral"', '"tone": "\\ud800"', r"x.conllu:\d+: the comment is not JSON"),
        ('"tone": "neutral"', '"tone": ' + "[" * 5000, r"x.conllu:\d+: the comment is not JSON"),
        ('"tone": "neutral"', '"tone": "shrill"', "has invalid comments of attrib .Invalid enum value 'shrill'"),
    ],
)
def test_errors_in_conllu_are_one_line(analysis: Analysis, found: str, put: str, message: str) -> None:
    text = conllu(analysis)
    assert found in text
    with pytest.raises(AttribError, match=message) as caught:
        read_annotated_conllu(text.replace(found, put), "x.conllu")
    assert str(caught.value).startswith("x.conllu:")
    assert "\n" not in str(caught.value)


def test_an_escaped_half_of_a_character_stays_an_escape(analysis: Analysis) -> None:
    text = conllu(analysis).replace("SpaceAfter=No", r"SpacesAfter=\ud800")
    with pytest.raises(AttribError, match=r"x\.conllu: "):
        read_annotated_conllu(text, "x.conllu")


# --- Evidence and unclear voices --------------------------------------------------------------------------------------


def judged(analysis: Analysis) -> Analysis:
    """The analysis with attributions of each evidence in turn, and a claim with an unclear speaker."""
    replace = msgspec.structs.replace
    kinds = list(Evidence)
    attributions = tuple(
        replace(attribution, evidence=kinds[number % len(kinds)])
        for number, attribution in enumerate(analysis.attributions)
    )
    first, *others = analysis.claims
    claims = (replace(first, voice=Voice.UNCLEAR), *others)
    summary = replace(analysis.summary, voice=VoiceCounts.of(claims))
    return replace(analysis, attributions=attributions, claims=claims, summary=summary)


def test_json_and_conllu_keep_evidence_and_unclear_voices(analysis: Analysis) -> None:
    analysis = judged(analysis)
    for back in (reread(analysis), read_annotated_conllu(conllu(analysis), "x.conllu")):
        assert [attribution.evidence for attribution in back.attributions] == [
            attribution.evidence for attribution in analysis.attributions
        ]
        assert back.claims[0].voice is Voice.UNCLEAR
        assert back.summary.voice == analysis.summary.voice
        assert report_json(back) == report_json(analysis)


def test_a_report_without_evidence_is_read(analysis: Analysis) -> None:
    reported = json.loads(report_json(analysis))
    for attribution in reported["attributions"]:
        del attribution["evidence"]
    del reported["summary"]["voice"]["unclear"]
    (file,) = read_json(json.dumps(reported), "x.json")
    assert isinstance(file, ReportFile)
    back = analysis_of_report(file, analysis.draft, "x.json")
    assert {attribution.evidence for attribution in back.attributions} == {Evidence.REPORT}
    assert back.summary.voice.unclear == 0


def test_brat_keeps_evidence_and_unclear_voices(analysis: Analysis) -> None:
    analysis = judged(analysis)
    standoff = write_brat(annotated(analysis))
    back = analysis_of_annotation(read_brat(analysis.draft.text, standoff, "x.ann"), analysis.draft, "brat standoff")

    def reported(document: Analysis) -> list[tuple[object, ...]]:
        return sorted(
            (attribution.cue.spans, attribution.content.spans, attribution.evidence)
            for attribution in document.attributions
        )

    assert reported(back) == reported(analysis)
    assert "\tVoice-unclear " in standoff
    assert back.summary.voice.unclear == 1
    assert standoff.count("\tEvidence ") == sum(
        attribution.evidence is not Evidence.REPORT for attribution in analysis.attributions
    )


def test_an_unknown_kind_of_evidence_is_refused() -> None:
    with pytest.raises(AttribError, match=r"x.ann: 'rumour' is not a kind of evidence; give one of report,"):
        read_brat("She said so.", "T1\tCue 4 8\tsaid\nA1\tEvidence T1 rumour\n", "x.ann")


def test_citron_keeps_evidence(analysis: Analysis) -> None:
    analysis = judged(analysis)
    (document,) = read_json(citron_json(analysis), "x.json")
    assert isinstance(document, AnnotatedDocument)
    kept = [
        attribution.evidence
        for attribution in analysis.attributions
        if attribution.cue.spans and attribution.content.spans
    ]
    assert [attribution.evidence for attribution in document.attributions] == kept


# --- brat and Citron --------------------------------------------------------------------------------------------------


def annotated(analysis: Analysis) -> AnnotatedDocument:
    return from_analysis(analysis, "x")


def test_brat_keeps_spans_nesting_withholding_hedges_and_voices(analysis: Analysis) -> None:
    standoff = write_brat(annotated(analysis))
    back = analysis_of_annotation(read_brat(analysis.draft.text, standoff, "x.ann"), analysis.draft, "brat standoff")
    ours, theirs = annotated(analysis), annotated(back)

    def parts(document: AnnotatedDocument) -> list[tuple[object, ...]]:
        return sorted(
            (attribution.cue, attribution.source, attribution.content, attribution.nested, attribution.withheld)
            for attribution in document.attributions
        )

    assert parts(theirs) == parts(ours)
    assert sorted(theirs.hedges or (), key=lambda hedge: hedge.spans) == sorted(
        ours.hedges or (), key=lambda hedge: hedge.spans
    )
    assert sorted(((voiced.spans, str(voiced.voice)) for voiced in theirs.voices or ()), key=str) == sorted(
        ((voiced.spans, str(voiced.voice)) for voiced in ours.voices or ()), key=str
    )
    assert {mention.span for mention in theirs.mentions or ()} == {mention.span for mention in ours.mentions or ()}
    assert write_brat(theirs) == write_brat(annotated(analysis_of_annotation(theirs, analysis.draft, "x")))


def test_citron_keeps_the_spans_of_attributions(analysis: Analysis) -> None:
    (document,) = read_json(citron_json(analysis), "x.json")
    assert isinstance(document, AnnotatedDocument)
    assert document.text == analysis.draft.text
    kept = [attribution for attribution in analysis.attributions if attribution.cue.spans and attribution.content.spans]
    assert kept
    assert [(attribution.cue, attribution.source, attribution.content) for attribution in document.attributions] == [
        (attribution.cue.spans[:1], tuple(sorted(attribution.source.spans)), tuple(sorted(attribution.content.spans)))
        for attribution in kept
    ]


def test_citron_round_trip_keeps_all_but_confidence_and_coreference(analysis: Analysis) -> None:
    (document,) = read_json(citron_json(analysis), "x.json")
    assert isinstance(document, AnnotatedDocument)
    back = analysis_of_annotation(document, read_text(document.text), "annotation in JSON")
    parts = ("cue", "sources", "contents")
    first, second = json.loads(citron_json(analysis))["quotes"], json.loads(citron_json(back))["quotes"]
    assert [[quote[part] for part in parts] for quote in second] == [[quote[part] for part in parts] for quote in first]


STANDOFF = """\
T1\tContent 0 20\tThe mayor may resign
T2\tSource 22 25\tshe
T3\tCue 26 30\tsaid
T4\tHedge 10 13\tmay
T5\tMention 22 25\tshe
T6\tMention 46 49\tshe
T7\tContent 32 45;57 65\t“It is time,” “to go.”
T8\tSource 46 49\tshe
T9\tCue 50 55\tadded
T10\tVoice-source 0 31\tThe mayor may resign, she said.
T11\tCue 14 20\tresign
R1\tSource-of Arg1:T3 Arg2:T2
R2\tContent-of Arg1:T3 Arg2:T1
R3\tSource-of Arg1:T9 Arg2:T8
R4\tContent-of Arg1:T9 Arg2:T7
A1\tCategory T4 modal
A2\tNested T11
A3\tWithheld T9
#1\tAnnotatorNotes T5\tAda Lund / the mayor
#2\tAnnotatorNotes T6\tThe mayor
"""


def test_an_annotation_fills_the_analysis_and_the_rest_is_neutral() -> None:
    draft = read_text("The mayor may resign, she said. “It is time,” she added, “to go.”")
    analysis = analysis_of_annotation(read_brat(draft.text, STANDOFF, "x.ann"), draft, "brat standoff")
    nested, said, added = analysis.attributions
    assert (said.source.entity, said.source.kind, said.source.reason) == (
        "e1",
        SourceKind.NONE,
        "the annotation does not give the kind of source",
    )
    assert (said.manner, added.manner, added.withheld) == (Manner.INDIRECT, Manner.DIRECT, True)
    assert (nested.parent, said.parent) == ("a2", None)
    assert nested.source.spans == ()
    (entity,) = analysis.sources
    assert (entity.name, entity.named, entity.mentions) == ("Ada Lund", True, (Span(22, 25), Span(46, 49)))
    (claim,) = analysis.claims
    assert (claim.voice, claim.factors, claim.sentence) == ("source", (), "s1")
    assert (analysis.hedges[0].category, analysis.hedges[0].text) == (HedgeCategory.MODAL, "may")
    assert (analysis.summary.claims, analysis.summary.sourcing, analysis.summary.voice.source) == (1, None, 1)
    assert "brat standoff, which has no kinds of source" in analysis.draft.notices[-1]
    assert analysis.sentences[0].text == "The mayor may resign, she said."
