"""Whose speech a quotation is, step by step, on parses as the model gave them (``speech.conllu``)."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest
from parsed_drafts import rows_of

from attribution.analysis import analyse_parsed
from attribution.extraction.quotation_kinds import QuotationKind, judge_quotations
from attribution.extraction.quotations import find_quotations
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu
from attribution.records import Analysis, BlockKind, Draft, Sentence, Voice
from attribution.scoring import load_weights

SCENARIOS = rows_of("speech.conllu", "scenario")
HEADLINES = {"heading quotes", "heading repeats", "claim: speaker", "claim - speaker", "speaker: claim", "topic: claim"}
"""Scenarios whose first block is the headline."""


def parsed(name: str) -> tuple[Draft, tuple[Sentence, ...]]:
    draft, sentences = read_conllu(SCENARIOS[name])
    if name in HEADLINES:
        first = msgspec.structs.replace(draft.blocks[0], kind=BlockKind.HEADLINE)
        draft = msgspec.structs.replace(draft, blocks=(first, *draft.blocks[1:]))
    return draft, sentences


@cache
def analysed(name: str) -> Analysis:
    return analyse_parsed(*parsed(name), load_lexicon(), load_weights(), "stored")


def speakers(name: str) -> list[str | None]:
    """The source of each quotation; None where nobody is known to speak."""
    analysis = analysed(name)
    sources = {attribution.id: attribution.source.text for attribution in analysis.attributions}
    return [
        None if quotation.attribution is None else sources[quotation.attribution] for quotation in analysis.quotations
    ]


def voices(name: str) -> list[str]:
    """The voice of each claim, with its words."""
    return [f"{claim.voice.value} | {claim.text}" for claim in analysed(name).claims]


QUILL = "Mara Quill"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("same sentence", [QUILL]),
        ("short continuation", [f"{QUILL}, a skipper"] * 2),
        ("after indirect speech", [QUILL]),
        ("after according to", [f"{QUILL}, a skipper"]),
        ("frame line", [QUILL]),
        ("past a caption", [QUILL]),
        ("occasion", [f"Mayor {QUILL}"]),
        ("statement", ["The harbour board"]),
        ("introduced", [QUILL]),
        ("next paragraph", [QUILL] * 2),
        ("run on", [QUILL]),
        ("paragraphs with marks", [QUILL]),
        ("verb first", [f"{QUILL}, who runs the lock"]),
        ("verb that is no cue", ["Quill"]),
        ("dash signature", [f"{QUILL}, skipper"]),
        ("short signature", ["Quill"]),
        ("colon", ["The mayor"]),
        ("coordinated", ["Quill"] * 2),
        ("listener", [QUILL] * 2),
        ("asked", [QUILL]),
        ("heading repeats", [QUILL] * 2),
        ("verb the parser takes for a name", ["Quill"]),
        ("frame line without a mark", [QUILL]),
        ("frame line with a dash", [QUILL]),
        ("asked before a frame line", [QUILL]),
        ("told how it was for her", [QUILL]),
        ("office before a name", [f"Skipper {QUILL}"]),
        ("remembers", [f"Skipper {QUILL}"]),
        ("heard saying", ["A voice"]),
        ("signed", ["Quill"]),
    ],
)
def test_each_step_finds_the_speaker(name: str, expected: list[str]) -> None:
    assert speakers(name) == expected
    assert all(quotation.speech for quotation in analysed(name).quotations)
    assert all(claim.voice is not Voice.UNCLEAR for claim in analysed(name).claims)


@pytest.mark.parametrize("name", ["described by a verb that is no cue", "described by a cue"])
def test_what_a_quotation_is_does_not_speak_it(name: str) -> None:
    assert speakers(name) == [None]
    assert not analysed(name).attributions


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dead", [None]),
        ("somebody between", [QUILL, None]),
        ("paragraph without a speaker", [QUILL, None]),
        ("open", [None]),
    ],
)
def test_no_speaker_is_made_up(name: str, expected: list[str | None]) -> None:
    assert speakers(name) == expected
    last = analysed(name).claims[-1]
    assert last.voice is Voice.UNCLEAR
    assert (last.factors[0].name, last.factors[0].because) == ("none", analysed(name).quotations[-1].id)
    assert analysed(name).summary.voice.unclear == sum(claim.voice is Voice.UNCLEAR for claim in analysed(name).claims)


@pytest.mark.parametrize(
    ("name", "kind", "fact"),
    [
        ("title", QuotationKind.TITLE, "work"),
        ("name", QuotationKind.TITLE, "named"),
        ("motto", QuotationKind.TITLE, "named"),
        ("term", QuotationKind.FRAGMENT, "determiner"),
        ("coordinated", QuotationKind.FRAGMENT, "few-words"),
        ("open", QuotationKind.SPEECH, "clause"),
        ("colon", QuotationKind.SPEECH, "after-colon"),
        ("introduced", QuotationKind.SPEECH, "first-person"),
    ],
)
def test_what_a_quotation_is_and_why(name: str, kind: QuotationKind, fact: str) -> None:
    doc = Doc.of_sentences(*parsed(name))
    quotations, _ = find_quotations(doc.draft)
    judgement = judge_quotations(doc, quotations, load_lexicon())[quotations[0].id]
    assert judgement.kind is kind
    assert fact in judgement.evidence


@pytest.mark.parametrize("name", ["title", "name", "term", "motto"])
def test_titles_names_and_terms_are_no_speech(name: str) -> None:
    assert not any(quotation.speech for quotation in analysed(name).quotations)


def test_a_name_that_is_given_is_not_said() -> None:
    assert analysed("titled").attributions == ()


@pytest.mark.parametrize("name", ["term", "motto"])
def test_terms_leave_the_claim_to_the_paper(name: str) -> None:
    assert {claim.voice for claim in analysed(name).claims} == {Voice.OWN}


def test_a_title_with_its_comma_inside_is_part_of_what_is_said() -> None:
    (attribution,) = analysed("title").attributions
    assert attribution.content.text == "Her first novel, “Low Tide,” sold well"


def test_an_inscription_is_not_what_the_person_before_it_said() -> None:
    assert speakers("sign")[0] != QUILL


def test_a_sentence_that_only_introduces_the_speaker_stays_the_papers() -> None:
    assert voices("introduced") == [
        "own | Mara Quill was blunt about the lock",
        "source | I would close it for good",
    ]


def test_words_that_a_headline_quotes_are_hearsay_unless_the_article_says_whose_they_are() -> None:
    assert voices("heading quotes")[0].startswith("hearsay | ")
    assert voices("heading quotes")[1:] == ["own | The lock has two gates"]


@pytest.mark.parametrize(
    ("name", "source"),
    [("claim: speaker", "harbour board"), ("claim - speaker", "police"), ("speaker: claim", "Minister")],
)
def test_headlines_name_the_speaker_behind_a_colon_or_a_dash(name: str, source: str) -> None:
    (attribution,) = analysed(name).attributions
    assert attribution.source.text == source
    assert attribution.frame == "headline"


def test_a_topic_before_a_colon_is_no_speaker() -> None:
    assert analysed("topic: claim").attributions == ()


def test_speakers_are_no_second_link_of_their_own_words() -> None:
    assert [attribution.source.text for attribution in analysed("self").attributions] == [QUILL]


def test_an_attribution_between_dashes_takes_nothing_from_around_them() -> None:
    (attribution,) = analysed("between dashes").attributions
    assert (attribution.source.text, attribution.content.text) == ("Quill", "it was safe")


def test_whoever_asks_is_not_who_answers() -> None:
    analysis = analysed("asked")
    (quotation,) = analysis.quotations
    holders = [
        attribution
        for attribution in analysis.attributions
        if any(span.overlaps(quotation.span) for span in attribution.content.spans)
    ]
    assert [attribution.source.text for attribution in holders] == [QUILL]


def test_a_wish_that_leads_into_a_quotation_is_no_link_of_its_chain() -> None:
    analysis = analysed("wish before quotation")
    assert speakers("wish before quotation") == ["Quill"]
    assert [attribution.cue.text for attribution in analysis.attributions] == ["said"]
    assert voices("wish before quotation")[-1] == "source | The other bank floods"
