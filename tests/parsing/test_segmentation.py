"""Sentences and words, without a model."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.parsing import segment, segmentation
from attribution.parsing.boundaries import Abbreviations, Boundaries
from attribution.parsing.segmentation import without_footnote_marks
from attribution.records import AttribError, Block, BlockKind, Draft, Span


def draft_of(*paragraphs: str) -> Draft:
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, Span(start, start + len(paragraph))))
        start += len(paragraph) + 2
    return Draft(text, tuple(blocks))


def shown(text: str) -> str:
    """Words separated by spaces, sentences by ``|``."""
    return " | ".join(" ".join(text[span.start : span.end] for span in spans) for _, spans in segment(draft_of(text)))


HOLT = "Sen. Dana Holt ( R - Tex. ) left . | So did then - Sen. Ortiz ."
ORTIZ = "Lt. Gov. Ortiz met C.J. Orr in St. Orrin at 9 a.m. | The talks failed ."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Titles, initials, companies, places, dates, numbers.
        ("Gen. Ilya Marsh met Lt. Gov. Sam Ortiz.", "Gen. Ilya Marsh met Lt. Gov. Sam Ortiz ."),
        ("Sen. Will Holt left. He won.", "Sen. Will Holt left . | He won ."),
        ("Read J.K. Orr and A. B. Lee.", "Read J.K. Orr and A. B. Lee ."),
        ("He moved to the U.S. She stayed.", "He moved to the U.S. | She stayed ."),
        ("The U.S. Forest Service paid.", "The U.S. Forest Service paid ."),
        ("The U.N. Conference on Trade met.", "The U.N. Conference on Trade met ."),
        ("He moved to the U.S. Mr. Orr stayed.", "He moved to the U.S. | Mr. Orr stayed ."),
        ("In the U.S. Mr. Orr is liked.", "In the U.S. Mr. Orr is liked ."),
        ("At last at 9 a.m. Mr. Orr left.", "At last at 9 a.m. Mr. Orr left ."),
        ("He met U.S. Sen. Dana Holt there.", "He met U.S. Sen. Dana Holt there ."),
        ("She lives in Peoria, Ill. with him.", "She lives in Peoria , Ill. with him ."),
        ("He fell ill. Doctors came.", "He fell ill . | Doctors came ."),
        ("Polls close at 8 p.m. on Sunday.", "Polls close at 8 p.m. on Sunday ."),
        ("It opened on Jan. 9. The trial ran on.", "It opened on Jan. 9 . | The trial ran on ."),
        ("She was the No. 2 seed. He said no. It ended.", "She was the No. 2 seed . | He said no . | It ended ."),
        ("Harrow Inc. cut jobs at Lund Ltd.", "Harrow Inc. cut jobs at Lund Ltd."),
        # The treebanks start a sentence at a number that opens a list item, even after its colon.
        ("The list: 1. Be calm.", "The list : | 1 . Be calm ."),
        ("Sen. Dana Holt (R-Tex.) left. So did then-Sen. Ortiz.", HOLT),
        ("Lt. Gov. Ortiz met C.J. Orr in St. Orrin at 9 a.m. The talks failed.", ORTIZ),
        # Quotation marks belong to the sentence that they close; a quotation continues with its speaker.
        ("“Never.” He left.", "“ Never . ” | He left ."),
        ('"Is it safe?" she asked. "Yes!" he said.', '" Is it safe ? " she asked . | " Yes ! " he said .'),
        ("‘I won’t,’ he said.", "‘ I wo n’t , ’ he said ."),
        ("“Well…” she said.", "“ Well … ” she said ."),
        ("Yahoo! shares fell.", "Yahoo ! shares fell ."),
        ("The minister said: “We will stay.” He left.", "The minister said : “ We will stay . ” | He left ."),
        ("He asked (why?) and left.", "He asked ( why ? ) and left ."),
        ("It rose.[3] It fell. [4] [5] It stayed.", "It rose . | It fell . [ 4 ] [ 5 ] | It stayed ."),
        (
            "It rose.¹ It fell,[2] she said.[^a] It has 20 metres².",
            "It rose . | It fell , she said . | It has 20 metres² .",
        ),
        ("What?! No!!! Stop.", "What ?! | No !!! | Stop ."),
        # Apostrophes.
        ("O’Neill’s aides can't, won’t and didn’t.", "O’Neill ’s aides ca n't , wo n’t and did n’t ."),
        ("She broke the others' rules, not the workers'.", "She broke the others ' rules , not the workers ' ."),
        ("He left the Workers’ Party.", "He left the Workers ’ Party ."),
        ("the workers’ union and the ’90s", "the workers ’ union and the ’90s"),
        ("we cannot and dont, gonna", "we can not and do nt , gon na"),
        # Hyphens, dashes, slashes.
        ("a 60-year-old, anti-war co-founder", "a 60 - year - old , anti-war co-founder"),
        ("two- and three-day U.S.-led talks", "two - and three - day U.S. - led talks"),
        ("war—he said–and 2019–20", "war — he said – and 2019 – 20"),
        ("and/or on 9/11, 50/50", "and / or on 9/11 , 50/50"),
        # Money, measures, times, rows of figures.
        ("$34.6m, £3bn, US$5, 5%, 24°C", "$ 34.6 m , £ 3 bn , US$ 5 , 5 % , 24 ° C"),
        ("at 5pm or 17:30, call 555-010-0199", "at 5 pm or 17:30 , call 555-010-0199"),
        ("He is 5'10\" tall.", "He is 5 ' 10 \" tall ."),
        # Addresses.
        (
            "See https://example.org/a-b?c=1, or a.b@example.org.",
            "See https://example.org/a-b?c=1 , or a.b@example.org .",
        ),
        ("ask @harrow_news about #dam2", "ask @harrow_news about #dam2"),
    ],
)
def test_tokens_of_universal_dependencies(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_no_sentence_crosses_a_block() -> None:
    draft = draft_of("Dam fails after warning", "Officials said so. They left.")
    assert [block for block, _ in segment(draft)] == [0, 1, 1]
    assert segment(Draft("", ())) == []
    assert segment(draft_of("  \n ")) == []


def test_web_text_ends_sentences_without_a_mark_and_headlines_do_not() -> None:
    text = "Please let me know if you have any questions. Thanks Ruth Ames 06/01/2021 03:20 PM Please see the attached."
    (paragraph,) = draft_of(text).blocks
    found = [text[spans[0].start : spans[-1].end] for _, spans in segment(Draft(text, (paragraph,)))]
    assert len(found) > 2
    for kind in (BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.DATELINE):
        found = [
            text[spans[0].start : spans[-1].end] for _, spans in segment(Draft(text, (Block(kind, paragraph.span),)))
        ]
        assert len(found) == 2
        assert found[0].endswith("questions.")


def boundaries(bias: float, **weights: float) -> Boundaries:
    """Boundaries that know one title and these weights."""
    title = frozenset(["Gen."])
    newsroom = Abbreviations(title, title, frozenset(), frozenset())
    return Boundaries(frozenset(), frozenset(), {}, newsroom, bias, {"end=. next=Capital": 0.0} | weights)


def test_a_sentence_ends_where_the_weights_of_its_features_say_so() -> None:
    text = "Gen. Marsh left. Nobody spoke: he said: “No.”"
    assert boundaries(-1.0).sentences(text) == [(0, len(text))]
    assert boundaries(-1.0, **{"end=. next=Capital": 1.5}).sentences(text) == [(0, 16), (17, len(text))]
    # The newsroom's abbreviations, and a quotation after its colon, override any weight.
    assert [text[start:end] for start, end in boundaries(9.0).sentences(text)] == [
        "Gen. Marsh left.",
        "Nobody spoke:",
        "he said: “No.”",
    ]
    assert [text[start:end] for start, end in boundaries(9.0).sentences(text, only_after_marks=True)] == [
        "Gen. Marsh left.",
        "Nobody spoke: he said: “No.”",
    ]


PIECES = st.sampled_from(
    [
        "said",
        "U.S.",
        "“",
        "”",
        '"',
        "'",
        "’",
        "(",
        ")",
        ".",
        "...",
        "!",
        "?",
        ",",
        "–",
        "-",
        "/",
        "$5m",
        "Gen.",
        "don’t",
        "[3]",
    ]
    + [
        " ",
        "\n",
        "\u00a0",
        "\u200b",
        "🙂",
        "3.",
        ":)",
        "http://a.b/c",
        "I",
        "``",
        "''",
        "n't",
        "é",
        "\ufeff",
        "No.",
        "5'10\"",
    ]
)


@given(st.lists(st.lists(PIECES).map("".join) | st.text(), max_size=3))
@example(["\"``''\" '' \"said\" ``"])
@example(["No. ! [3] :)"])
def test_words_cover_everything_but_white_space_and_footnote_marks(paragraphs: list[str]) -> None:
    draft = draft_of(*paragraphs)
    text = without_footnote_marks(draft.text)
    place, last_block = 0, 0
    for block, spans in segment(draft):
        assert block >= last_block
        assert spans
        last_block = block
        for span in spans:
            assert draft.blocks[block].span.covers(span)
            assert place <= span.start < span.end
            assert not text[place : span.start].strip()
            assert not any(character.isspace() for character in draft.text[span.start : span.end])
            place = span.end
    assert not text[place:].strip()


PARAGRAPHS = st.lists(st.lists(PIECES, min_size=1).map(" ".join), min_size=1, max_size=2)


@given(PARAGRAPHS, PARAGRAPHS)
@example(["He said ``no'' ."], ['"\'\'" no"'])
def test_a_block_is_segmented_alike_whatever_was_read_before_or_beside_it(
    paragraphs: list[str], neighbours: list[str]
) -> None:
    def forget() -> None:
        segmentation._nltk_cuts.clear()
        segmentation._cuts.cache_clear()

    forget()
    beside = segment(draft_of(*paragraphs, *neighbours))
    after = segment(draft_of(*paragraphs))
    forget()
    alone = segment(draft_of(*paragraphs))
    assert alone == after == [found for found in beside if found[0] < len(paragraphs)]


def test_the_plain_words_that_nltk_cuts_are_its_contractions() -> None:
    tokenizer = segmentation._word_tokenizer()
    patterns = (rule.pattern for rule in (*tokenizer.CONTRACTIONS2, *tokenizer.CONTRACTIONS3))
    words = {re.sub(r"\(\?.*?\)|\\b|[() ]", "", pattern) for pattern in patterns}
    assert {word for word in words if word.isalpha()} == segmentation._CONTRACTIONS
    assert shown("Gimme that, LEMME go") == "Gim me that , LEM ME go"


def test_every_abbreviation_is_used_and_holds_in_its_example() -> None:
    entries = segmentation.read_abbreviations()
    assert len({entry.words for entry in entries}) == len(entries) > 200
    for entry in entries:
        assert entry.words.endswith(".")
        assert len(segment(draft_of(entry.example))) == 1, entry.example
        assert f" {entry.words} " in f" {shown(entry.example)} ", shown(entry.example)


def test_broken_data_files_are_one_line_with_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmentation, "model_folder", lambda: tmp_path)
    monkeypatch.setattr(segmentation, "lexicon_folder", lambda: tmp_path)
    for read, name in (
        (segmentation.segmenter_parameters, segmentation.SEGMENTER_FILE),
        (segmentation.read_abbreviations, segmentation.ABBREVIATIONS_FILE),
    ):
        uncached = read.__wrapped__
        for content in (None, "{", json.dumps({"abbreviations": 3}), "[[abbreviation]]\nwords = 3\n"):
            if content is not None:
                (tmp_path / name).write_text(content, encoding="utf-8")
            with pytest.raises(AttribError) as caught:
                uncached()
            assert str(caught.value).startswith(f"{tmp_path / name}: ")
            assert "\n" not in str(caught.value)


def test_a_figure_in_brackets_right_behind_a_full_stop_is_a_footnote_mark() -> None:
    text = "It leaked, she said.(1) It was new.(12) The hall (2) is dry."
    assert without_footnote_marks(text) == "It leaked, she said.    It was new.     The hall (2) is dry."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("[1] It fell.[2]", "[1] It fell.   "),
        ("(1) It fell.(2)", "(1) It fell.   "),
        ("¹ It fell.²", "¹ It fell. "),
        ("It fell.[1][note 2] Fifty metres².", f"It fell.{' ' * 11} Fifty metres²."),
    ],
)
def test_footnote_marks_stand_behind_something_also_at_the_ends_of_a_text(text: str, expected: str) -> None:
    assert without_footnote_marks(text) == expected
