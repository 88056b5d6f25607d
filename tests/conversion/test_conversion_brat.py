from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.conversion.brat import read_brat, write_brat
from attribution.conversion.documents import (
    AnnotatedAttribution,
    AnnotatedDocument,
    AnnotatedHedge,
    AnnotatedMention,
    VoicedSpan,
)
from attribution.records import AttribError, HedgeCategory, Span, Voice

TEXT = "The mayor may resign, she said. “It is time,” she added, “to go.”"
STANDOFF = """\
T1\tVoice-source 0 31\tThe mayor may resign, she said.
T2\tContent 0 20\tThe mayor may resign
T3\tHedge 10 13\tmay
T4\tSource 22 25\tshe
T5\tMention 22 25\tshe
T6\tCue 26 30\tsaid
T7\tContent 32 45;57 65\t“It is time,” “to go.”
T8\tSource 46 49\tshe
T9\tCue 50 55\tadded
R1\tSource-of Arg1:T6 Arg2:T4
R2\tContent-of Arg1:T6 Arg2:T2
R3\tSource-of Arg1:T9 Arg2:T8
R4\tContent-of Arg1:T9 Arg2:T7
A1\tCategory T3 modal
A2\tWithheld T9
#1\tAnnotatorNotes T5\tAda Lund / the mayor
"""


def test_reads_every_layer() -> None:
    document = read_brat(TEXT, STANDOFF, "x.ann")
    assert document == AnnotatedDocument(
        name="x.ann",
        text=TEXT,
        attributions=(
            AnnotatedAttribution((Span(26, 30),), (Span(22, 25),), (Span(0, 20),)),
            AnnotatedAttribution((Span(50, 55),), (Span(46, 49),), (Span(32, 45), Span(57, 65)), withheld=True),
        ),
        hedges=(AnnotatedHedge((Span(10, 13),), HedgeCategory.MODAL),),
        voices=(VoicedSpan((Span(0, 31),), Voice.SOURCE),),
        mentions=(AnnotatedMention(Span(22, 25), ("Ada Lund", "the mayor")),),
    )


def test_layers_without_annotation_are_none() -> None:
    document = read_brat(TEXT, "T1\tCue 26 30\tsaid\n", "x.ann")
    assert (document.hedges, document.voices, document.mentions) == (None, None, None)
    assert document.attributions == (AnnotatedAttribution((Span(26, 30),)),)


def test_content_without_a_cue_is_an_attribution() -> None:
    standoff = "T1\tContent 0 20\tThe mayor may resign\nT2\tSource 22 25\tshe\nR1\tSource-of Arg1:T1 Arg2:T2\n"
    assert read_brat(TEXT, standoff, "x.ann").attributions == (
        AnnotatedAttribution((), (Span(22, 25),), (Span(0, 20),)),
    )


def test_other_annotations_windows_line_ends_and_comments_are_ignored() -> None:
    standoff = "T1\tCue 26 30\tsaid\r\nT2\tPerson 22 25\tshe\r\n#2\tAnnotatorNotes T2\twho?\r\nE1\tCue:T1\r\n\r\n"
    assert len(read_brat(TEXT, standoff, "x.ann").attributions) == 1


@pytest.mark.parametrize(
    ("standoff", "message"),
    [
        ("T1\tCue 26 30\tsays\n", "x.ann:1: the text has 'said', not 'says', there"),
        ("T1\tCue 26 99\tsaid\n", "x.ann:1: 26 99 is not a span of the text"),
        ("T1\tCue 30 26\tsaid\n", "x.ann:1: 30 26 is not a span of the text"),
        ("T1\tCue 26 30\tsaid\nhello\n", "x.ann:2: is not a line of brat standoff"),
        ("T1\tPerson 22 25\tshe\n", "x.ann: has no Source"),
        ("T1\tCue 26 30\tsaid\nR1\tSource-of Arg1:T1 Arg2:T9\n", "names T9, which is not in the file"),
        ("T1\tCue 26 30\tsaid\nR1\tSource-of Arg1:T1 Arg2:T1\n", "must link a Cue to a Source"),
        ("T1\tHedge 10 13\tmay\nA1\tCategory T1 doubt\n", "'doubt' is not a hedge category"),
    ],
)
def test_errors_are_one_line(standoff: str, message: str) -> None:
    with pytest.raises(AttribError) as caught:
        read_brat(TEXT, standoff, "x.ann")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_names_over_several_lines_are_read_again() -> None:
    mentions = (AnnotatedMention(Span(22, 25), ("Ada\r\n  Lund", "Harbour Post / Valley Echo")),)
    again = read_brat(TEXT, write_brat(AnnotatedDocument("x.ann", TEXT, mentions=mentions)), "x.ann")
    assert again.mentions == (AnnotatedMention(Span(22, 25), ("Ada Lund", "Harbour Post/Valley Echo")),)


LENGTH = 40
SPANS = st.lists(
    st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 9)).map(
        lambda pair: Span(pair[0], min(LENGTH, pair[0] + pair[1]))
    ),
    min_size=1,
    max_size=3,
    unique=True,
).map(lambda spans: tuple(sorted(spans)))
NAME = st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=8).filter(lambda name: name != "unresolved")
ATTRIBUTIONS = st.builds(
    AnnotatedAttribution, cue=SPANS, source=SPANS | st.just(()), content=SPANS, nested=st.booleans()
)


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), min_size=LENGTH, max_size=LENGTH),
    st.lists(ATTRIBUTIONS, min_size=1, max_size=6),
    st.lists(st.builds(AnnotatedHedge, SPANS, st.sampled_from(HedgeCategory)), max_size=4),
    st.lists(st.builds(VoicedSpan, SPANS, st.sampled_from([*Voice, None])), max_size=4),
    st.lists(st.builds(AnnotatedMention, SPANS.map(lambda spans: spans[0]), st.lists(NAME).map(tuple)), max_size=4),
)
def test_written_annotations_are_read_again(
    text: str,
    attributions: list[AnnotatedAttribution],
    hedges: list[AnnotatedHedge],
    voices: list[VoicedSpan],
    mentions: list[AnnotatedMention],
) -> None:
    document = AnnotatedDocument("x.ann", text, tuple(attributions), tuple(hedges), tuple(voices), tuple(mentions))
    again = read_brat(text, write_brat(document), "x.ann")
    assert again.text == text
    for ours, theirs in (
        (again.attributions, attributions),
        (again.hedges or (), hedges),
        (again.voices or (), voices),
        (again.mentions or (), mentions),
    ):
        assert sorted(map(repr, ours)) == sorted(map(repr, theirs))
