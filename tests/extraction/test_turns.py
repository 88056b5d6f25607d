"""What the layout says of who speaks, on stored parses."""

from __future__ import annotations

import msgspec
import pytest
from parsed_drafts import headlines
from turn_drafts import ANSWERS, doc_of

from attribution.analysis import analyse_parsed
from attribution.extraction.attributions import find_attributions
from attribution.extraction.headlines import add_headlines
from attribution.extraction.quotation_kinds import settle_quotations
from attribution.extraction.quotations import find_quotations
from attribution.extraction.sources import discourse_of, resolve_sources
from attribution.extraction.turns import add_turns
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc
from attribution.records import Attribution, Content, Evidence, SourceKind
from attribution.scoring import load_weights


def analysed(doc: Doc) -> tuple[Attribution, ...]:
    quotations, _ = find_quotations(doc.draft)
    found = find_attributions(doc, quotations, load_lexicon())
    return add_turns(doc, quotations, found, load_lexicon())


def parts(attributions: tuple[Attribution, ...]) -> list[tuple[str, str, str]]:
    return [
        (attribution.source.text, attribution.cue.text, " ".join(attribution.content.text.split()))
        for attribution in attributions
    ]


def test_an_answer_is_of_whom_the_introduction_names() -> None:
    stated, turn, inner = analysed(doc_of("answers"))
    assert turn.source.text == "Mira Toll"
    assert turn.cue.text == ":"
    assert " ".join(turn.content.text.split()) == (
        "It fell in March. I think the wall is safe. My foreman said the rope broke."
    )
    assert (turn.frame, turn.evidence) == ("turn", Evidence.REPORT)
    # Nothing of the question is reported but what it states, and “I think” makes no second source.
    assert (stated.source.text, stated.cue.text, stated.parent) == ("They", "say", None)
    assert (inner.source.text, inner.cue.text, inner.parent) == ("My foreman", "said", turn.id)


def test_the_ledger_names_who_answers_and_no_letter() -> None:
    doc = doc_of("answers")
    quotations, _ = find_quotations(doc.draft)
    attributions, sources = resolve_sources(discourse_of(doc, quotations, analysed(doc), load_lexicon()))
    assert [source.name for source in sources] == ["Mira Toll", "Mira Toll’s foreman"]
    assert [attribution.source.entity for attribution in attributions] == [None, "e1", "e2"]


def test_without_an_introduction_the_label_stays_and_stands_for_nobody() -> None:
    doc = doc_of("answers", text=ANSWERS.partition("\n\n")[2], skipped=1)
    _, turn, _ = analysed(doc)
    assert (turn.source.text, turn.source.kind) == ("A", SourceKind.ANONYMOUS)
    quotations, _ = find_quotations(doc.draft)
    attributions, sources = resolve_sources(discourse_of(doc, quotations, (turn,), load_lexicon()))
    assert attributions[0].source.entity is None
    assert sources == ()


def test_a_sentence_that_ends_in_a_colon_announces_a_block_quotation() -> None:
    assert ("The letter", "reads", "The road was built at night. Nobody told us.") in parts(
        analysed(doc_of("announced"))
    )


def test_a_signature_is_the_source_of_the_words_above_it() -> None:
    found = analysed(doc_of("signed"))
    signed = [attribution for attribution in found if attribution.frame == "signature"]
    assert parts(tuple(signed)) == [("Ida Bolt", "—", "“The toll is a scandal and the board knew.”")]


def test_no_content_reaches_into_another_entry_of_a_live_blog() -> None:
    doc = doc_of("blog")
    quotations, _ = find_quotations(doc.draft)
    (attribution,) = find_attributions(doc, quotations, load_lexicon())
    crane = next(block.span for block in doc.draft.blocks if doc.draft.text.startswith("The crane", block.span.start))
    wide = msgspec.structs.replace(attribution, content=Content((*attribution.content.spans, crane), "x"))
    (kept,) = add_turns(doc, quotations, [wide], load_lexicon())
    assert kept.content.text == "the crane was safe"


def test_who_answers_is_the_subject_of_the_introduction_and_no_byline() -> None:
    found = analysed(doc_of("warden"))
    turns = [attribution for attribution in found if attribution.frame == "turn"]
    assert {attribution.source.text for attribution in turns} == {"Hedda Vance"}
    assert [" ".join(attribution.content.text.split()) for attribution in turns] == [
        "I have a bag packed. The ground has risen. My colleague left on Monday.",
        "He has no instruments. The mountain does not care.",
        "I will.",
    ]
    # What the interviewer states without a question is the paper's or whoever's it reports.
    (stated,) = [
        attribution for attribution in found if attribution.frame != "turn" and attribution.evidence is Evidence.REPORT
    ]
    assert (stated.source.text, stated.content.text, stated.parent) == ("The mayor", "it is safe", None)


def test_whom_the_introduced_spoke_to_does_not_answer() -> None:
    found = analysed(doc_of("studio"))
    assert {attribution.source.text for attribution in found if attribution.frame == "turn"} == {"Ida Bolt"}


def test_a_reporter_writes_the_rest_of_an_entry() -> None:
    (told,) = analysed(doc_of("reporter"))
    assert told.source.text.startswith("Mira Toll")
    assert " ".join(told.content.text.split()) == "The crane lies in the water. The crew are safe. It rains."


def test_a_block_quotation_that_nobody_signs_is_not_the_paper_s() -> None:
    doc = doc_of("unsigned")
    analysis = analyse_parsed(doc.draft, doc.sentences, load_lexicon(), load_weights(), "stored")
    assert [claim.voice.value for claim in analysis.claims] == ["own", "unclear", "unclear", "own"]
    assert [quotation.speech for quotation in analysis.quotations] == [True]


def test_a_box_in_a_block_quotation_is_the_paper_s() -> None:
    doc = doc_of("unsigned")
    text = doc.draft.text.replace("There", "NOTE:")
    boxed = Doc.of_sentences(msgspec.structs.replace(doc.draft, text=text), doc.sentences)
    assert settle_quotations(boxed, (), (), load_lexicon()) == ()


def test_a_block_quotation_in_the_first_person_goes_on_behind_its_speaker() -> None:
    found = analysed(doc_of("goeson"))
    assert ("Otto Kell", "says", "She stood in my yard. I said there was no money.") in parts(found)


def test_a_pull_quote_is_no_second_report() -> None:
    found = analysed(doc_of("pulled"))
    assert [source for source, _, _ in parts(found)] == ["Ada Linn", "Otto Kell"]


def headline(number: int) -> tuple[Doc, tuple[Attribution, ...]]:
    doc = headlines()[number]
    found = find_attributions(doc, (), load_lexicon())
    return doc, add_headlines(doc, (), found, load_lexicon())


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, [("coastguard", "–", "Ferry hit rock in fog")]),
        (1, [("forecasters", ":", "Rain will last a week")]),
        (2, [("Minister", ":", "tax will not rise")]),
        (3, [("mayor", "insists", "Bridge is safe")]),
        (4, [("judge", "rules", "Cars can go")]),
        (5, [("", "told", "Man was drunk")]),
        (6, []),
        (7, []),
        (8, []),
        (9, [("coastguard", "says", "Ferry aground off Norsay: all on board safe")]),
        (10, [("Police", ":", "no link between two fires")]),
        (11, [("Mayor", ":", "we will not sell the park")]),
        (12, [("watchdog", "warns", "Bed poisoned for years")]),
    ],
)
def test_the_forms_of_headlines(number: int, expected: list[tuple[str, str, str]]) -> None:
    assert parts(headline(number)[1]) == expected


def test_what_a_headline_states_is_a_report() -> None:
    assert [attribution.evidence for number in (10, 11, 12) for attribution in headline(number)[1]] == [
        Evidence.REPORT
    ] * 3


def test_what_a_court_is_told_names_nobody() -> None:
    assert headline(5)[1][0].source.kind is SourceKind.AGENTLESS


def test_officials_before_a_colon_are_no_label() -> None:
    doc, found = headline(13)
    assert parts(add_turns(doc, (), found, load_lexicon())) == [("Officials", ":", "Dam could fail within days")]
