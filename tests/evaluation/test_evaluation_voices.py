"""Scores of voices, on articles and findings made by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from attribution.evaluation.reported import read_labelled, score_reported
from attribution.evaluation.voices import (
    GoldDocument,
    GoldSentence,
    GoldVoice,
    PredictedClaim,
    Prediction,
    Tally,
    is_same_name,
    judge,
    predict_by_expression,
    prediction_of,
    read_gold,
    score_judgements,
    score_voices,
    voice_by_expression,
)
from attribution.records import (
    Attitude,
    AttribError,
    Attribution,
    Claim,
    Content,
    Cue,
    Frame,
    Hedge,
    HedgeCategory,
    Manner,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
    Tone,
    Voice,
)

SCRIPT = Path(__file__).parents[2] / "scripts" / "measure_voices.py"
OWN, SOURCE, HEARSAY, NONE = GoldVoice


def gold_of(*sentences: tuple[str, dict[str, Any]]) -> GoldDocument:
    """An article of these sentences, each with its marks."""
    text = ""
    marked = []
    for words, marks in sentences:
        text += " " if text else ""
        marked.append(GoldSentence(start=len(text), end=len(text) + len(words), **marks))
        text += words
    return GoldDocument("pier", text, tuple(marked))


def claim(gold: GoldDocument, words: str, voice: str, *names: str, links: int = 0) -> PredictedClaim:
    return PredictedClaim((at(gold, words),), voice, names, links)


def at(gold: GoldDocument, words: str) -> Span:
    return Span(gold.text.index(words), gold.text.index(words) + len(words))


LUND = {"voice": SOURCE, "who": "Ada Lund", "who_ok": ("Ada Lund", "Lund")}


def test_a_sentence_has_the_voice_of_the_claim_that_covers_most_of_it() -> None:
    gold = gold_of(("Lund said that the pier, which reopened in May, was safe.", LUND))
    narrow = claim(gold, "which reopened in May", "own")
    wide = claim(gold, "the pier, which reopened in May, was safe", "source", "Ada Lund")
    (judgement,) = judge(gold, Prediction((narrow, wide)))
    assert (judgement.voice, judgement.is_accepted, judgement.is_led_right) == ("source", True, True)


def test_the_first_of_two_claims_that_cover_as_much_counts() -> None:
    gold = gold_of(("It held, it fell.", {"voice": OWN}))
    (judgement,) = judge(gold, Prediction((claim(gold, "It held", "own"), claim(gold, "it fell", "hearsay"))))
    assert judgement.voice == "own"


def test_lenient_takes_what_an_editor_accepts_and_strict_does_not() -> None:
    gold = gold_of(("Lund praised the welders.", {"voice": OWN, "alt": (SOURCE,)}))
    scores = score_voices([gold], [Prediction((claim(gold, "Lund praised the welders", "source"),))])
    assert (scores.strict, scores.lenient, scores.false) == (Tally(0, 1), Tally(1, 1), 0)


def test_a_mixed_sentence_is_lenient_only_and_right_in_any_of_its_claims() -> None:
    marks = {**LUND, "mixed": True}
    gold = gold_of(("Lund called it safe, and in May it reopened to the public.", marks))
    guess = Prediction(
        (claim(gold, "in May it reopened to the public", "own"), claim(gold, "it safe", "source", "Ada Lund"))
    )
    scores = score_voices([gold], [guess])
    assert (scores.strict, scores.lenient, scores.source) == (Tally(), Tally(1, 1), Tally())


def test_a_sentence_without_a_claim_is_wrong_and_counted() -> None:
    gold = gold_of(("Safe at last.", {"voice": OWN}))
    scores = score_voices([gold], [Prediction(())])
    assert (scores.strict, scores.lenient, scores.unclaimed) == (Tally(0, 1), Tally(0, 1), 1)
    assert scores.confusion == {("own", "no claim"): 1}


def test_precision_and_recall_of_a_voice() -> None:
    gold = gold_of(
        ("The pier reopened.", {"voice": OWN}),
        ("It cost a million.", {"voice": OWN}),
        ("It is said to leak.", {"voice": HEARSAY}),
    )
    guess = Prediction(
        (
            claim(gold, "The pier reopened", "own"),
            claim(gold, "It cost a million", "hearsay"),
            claim(gold, "It is said to leak", "hearsay"),
        )
    )
    scores = score_voices([gold], [guess])
    assert (scores.precision("hearsay"), scores.recall("hearsay")) == (Tally(1, 2), Tally(1, 1))
    assert (scores.precision("own"), scores.recall("own")) == (Tally(1, 1), Tally(1, 2))
    assert scores.precision("source").share == 0.0


def test_only_what_is_nothing_but_own_can_be_a_false_attribution() -> None:
    sentences = (
        ("The pier reopened.", {"voice": OWN}),
        ("Lund was pleased.", {"voice": OWN, "alt": (SOURCE,)}),
        ("It rained, and she spoke.", {"voice": OWN, "mixed": True}),
        ("The band played.", {"voice": OWN}),
    )
    gold = gold_of(*sentences)
    guess = Prediction(
        (
            *(claim(gold, words, "source") for words, _ in sentences[:3]),
            claim(gold, "The band played", "hearsay"),
        )
    )
    scores = score_voices([gold], [guess])
    assert scores.false == 2
    assert scores.false_per_thousand_words == pytest.approx(2000 / 14)


def test_unclear_is_neither_own_nor_false() -> None:
    gold = gold_of(
        ("“It will stand.”", {**LUND, "quoted": True, "cueless": True}),
        ("The “Old Lady” leaks.", {"voice": OWN}),
    )
    guess = Prediction((claim(gold, "It will stand", "unclear"), claim(gold, "The “Old Lady” leaks", "unclear")))
    scores = score_voices([gold], [guess])
    assert scores.strict == Tally(0, 2)
    assert scores.false == 0
    assert (scores.quoted_own, scores.cueless_own, scores.quoted_unclear) == (Tally(0, 1), Tally(0, 1), Tally(1, 1))
    assert scores.source == Tally(0, 1)


def test_quoted_sentences_that_come_out_as_own_are_counted_with_and_without_a_cue() -> None:
    gold = gold_of(
        ("“It will stand,” Lund said.", {**LUND, "quoted": True}),
        ("“It was awful.”", {**LUND, "quoted": True, "cueless": True}),
        ("The “Old Lady” leaks.", {"voice": OWN, "quoted": True}),
    )
    guess = Prediction(
        (
            claim(gold, "It will stand", "source", "Ada Lund"),
            claim(gold, "It was awful", "own"),
            claim(gold, "The “Old Lady” leaks", "own"),
        )
    )
    scores = score_voices([gold], [guess])
    assert (scores.quoted_own, scores.cueless_own) == (Tally(1, 2), Tally(1, 1))


def test_headlines_count_and_bylines_and_claimless_sentences_do_not() -> None:
    gold = gold_of(
        ("Pier reopens", {"voice": OWN, "kind": "headline"}),
        ("By Tom Rees", {"voice": OWN, "kind": "byline"}),
        ("Will it stand?", {"voice": NONE}),
    )
    assert [judgement.sentence.kind for judgement in judge(gold, Prediction(()))] == ["headline"]


@pytest.mark.parametrize(
    ("names", "voice", "right"),
    [
        (("Ada Lund", "she"), "source", True),
        (("", "Mayor Ada Lund"), "source", True),
        (("Lunden", "Lunden"), "source", False),
        (("Lund Ada",), "source", True),
        (("Tom Rees", "he"), "source", False),
        (("", ""), "hearsay", False),
        (("Ada Lund", "she"), "own", False),
    ],
)
def test_the_claim_is_led_to_the_right_name(names: tuple[str, ...], voice: str, right: bool) -> None:
    gold = gold_of(("She said that it would stand.", LUND))
    (judgement,) = judge(gold, Prediction((claim(gold, "it would stand", voice, *names),)))
    assert judgement.is_led_right is right


def test_the_words_that_describe_a_source_are_right_only_where_it_goes_unnamed() -> None:
    marks = {"voice": SOURCE, "source_text": "two of the welders", "who": "welders at the Harl yard"}
    for anon in (True, False):
        gold = gold_of(("It will stand, two of the welders said.", {**marks, "anon": anon}))
        guess = Prediction((claim(gold, "It will stand", "source", "", "two of the welders"),))
        assert judge(gold, guess)[0].is_led_right is anon


def test_names_are_the_same_when_the_words_of_one_stand_in_a_row_in_the_other() -> None:
    assert is_same_name("the mayor, Ada Lund", "ADA LUND")
    assert not is_same_name("Ada Lund", "Lund Ada")
    assert not is_same_name("Lund", "Lunden")
    assert not is_same_name("", "Lund")


def test_links_are_counted_for_claims_of_a_source() -> None:
    gold = gold_of(("Lund said Rees thought it was safe.", LUND), ("It leaks.", {"voice": OWN}))
    guess = Prediction((claim(gold, "it was safe", "source", links=1), claim(gold, "It leaks", "own", links=3)))
    assert score_voices([gold], [guess]).links == Tally(1, 1)


def test_hedges_overlap_and_optional_ones_are_ignored() -> None:
    marks: dict[str, Any] = {"voice": HEARSAY, "hedges": ("reportedly", "may"), "opt": ("alleged",)}
    gold = gold_of(("It reportedly leaks, and the alleged crack can grow or may not.", marks))
    guess = Prediction((), (at(gold, "reportedly leaks"), at(gold, "alleged"), at(gold, "can")))
    (judgement,) = judge(gold, guess)
    assert (judgement.hedges_found, judgement.hedges_right) == (Tally(1, 2), Tally(1, 2))


def test_hedges_are_not_scored_where_they_were_not_marked() -> None:
    gold = gold_of(("It may leak.", {"voice": OWN}))
    (judgement,) = judge(gold, Prediction((), (at(gold, "may"),)))
    assert (judgement.hedges_found, judgement.hedges_right) == (Tally(), Tally())


def test_scores_of_some_sentences() -> None:
    gold = gold_of(("It leaks.", {"voice": OWN}), ("It held.", {"voice": OWN}))
    judgements = judge(gold, Prediction((claim(gold, "It leaks", "own"),)))
    assert score_judgements(judgements[:1]).strict == Tally(1, 1)
    assert score_judgements([]).strict.share == 0.0


# --- What is scored ---------------------------------------------------------------------------------------------------


def attribution(identifier: str, text: str, entity: str | None) -> Attribution:
    return Attribution(
        id=identifier,
        sentence="s1",
        cue=Cue((Span(0, 1),), "says", "say"),
        source=SourceMention((Span(0, 1),), text, SourceKind.NAMED_PERSON, entity),
        content=Content((Span(0, 1),), ""),
        manner=Manner.INDIRECT,
        attitude=Attitude.ASSERTION,
        tone=Tone.NEUTRAL,
        negated=False,
        parent=None,
        frame=Frame.OTHER,
    )


class Found:
    """The records of an analysis or a report."""

    claims = (Claim("c1", "s1", (Span(3, 9),), "", Voice.SOURCE, 1.0, 1.0, ("a1", "a2", "a3"), (), (), ()),)
    attributions = (attribution("a1", "She", "e1"), attribution("a2", "Rees", None), attribution("a3", "x", None))
    sources = (SourceEntity("e1", "Ada Lund", SourceKind.NAMED_PERSON, True, (Span(0, 3),)),)
    hedges = (
        Hedge("h1", "s1", (Span(1, 2), Span(4, 5)), "", HedgeCategory.MODAL, 0.5, ()),
        Hedge("h2", "s1", (Span(6, 7),), "", HedgeCategory.APPROXIMATOR, 0.5, ()),
    )


def test_the_outermost_source_of_a_claim_is_scored_by_its_name_and_its_words() -> None:
    guess = prediction_of(Found())
    assert guess.claims == (PredictedClaim((Span(3, 9),), "source", ("Ada Lund", "She"), 2),)


def test_approximators_are_left_out() -> None:
    assert prediction_of(Found()).hedges == (Span(1, 2), Span(4, 5))


def test_a_line_of_gold_is_read() -> None:
    sentence = {
        "start": 0,
        "end": 3,
        "kind": "body",
        "voice": "source",
        "alt": ["own"],
        "who_ok": ["Lund"],
        "cut": True,
    }
    (document,) = read_gold(json.dumps({"doc": "pier", "text": "Ö 1", "sentences": [sentence]}) + "\n\n", "gold.jsonl")
    assert document.sentences[0].accepted == {"source", "own"}
    assert document.sentences[0].hedges is None
    assert document.words == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"doc": "pier"', "gold.jsonl:2: is not an article"),
        (
            '{"doc": "pier", "text": "It.", "sentences": [{"start": 0, "end": 3, "voice": "ours"}]}',
            "gold.jsonl:2: is no",
        ),
        ('{"doc": "pier", "text": "It.", "sentences": [{"start": 0, "end": 4, "voice": "own"}]}', "from 0 to 4"),
    ],
)
def test_faults_in_gold_are_reported(line: str, message: str) -> None:
    good = '{"doc": "quay", "text": "It.", "sentences": []}'
    with pytest.raises(AttribError, match=message):
        read_gold(f"{good}\n{line}", "gold.jsonl")


# --- The regular expression -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [
        ("The pier, Lund said, is safe.", SOURCE),
        ("According to the council, it is safe.", SOURCE),
        ("“It was awful.", SOURCE),
        ("I was there.”", SOURCE),
        ('He was "there"', SOURCE),
        ("It reportedly leaks.", HEARSAY),
        ("It reportedly leaks, she added.", SOURCE),
        ("The “Old Lady” leaks.", OWN),
        ("It was unsaid.", OWN),
    ],
)
def test_the_regular_expression(sentence: str, voice: GoldVoice) -> None:
    assert voice_by_expression(sentence) is voice


def test_the_regular_expression_is_scored_like_a_program() -> None:
    gold = gold_of(("Lund said it leaks.", LUND), ("It was said to be old.", {"voice": HEARSAY}))
    scores = score_voices([gold], [predict_by_expression(gold)])
    assert scores.strict == Tally(1, 2)
    assert scores.confusion == {("source", "source"): 1, ("hearsay", "source"): 1}


# --- Reported or own --------------------------------------------------------------------------------------------------


def test_reported_and_own_sentences_are_distinguished() -> None:
    labels = [("speech", "source"), ("continued", "own"), ("none", "own"), ("writer", "hearsay"), ("private", "source")]
    sentences = [{"start": 3 * n, "end": 3 * n + 2, "label": label} for n, (label, _) in enumerate(labels)]
    data = json.dumps({"doc": "pier", "text": "It " * len(labels), "sentences": sentences})
    documents = read_labelled(data, "gold.jsonl")
    claims = tuple(PredictedClaim((Span(3 * n, 3 * n + 2),), voice) for n, (_, voice) in enumerate(labels))
    scores = score_reported(documents, [Prediction(claims)])
    assert (scores.reported, scores.own, scores.private) == (Tally(1, 2), Tally(1, 2), Tally(1, 1))
    assert scores.accuracy == Tally(2, 4)


@pytest.mark.parametrize("line", ['{"doc": "pier"}', '{"doc": ' + "[" * 100_000, '{"note": ' + "[" * 100_000])
def test_invalid_labelled_sentences_are_reported(line: str) -> None:
    with pytest.raises(AttribError, match=r"gold.jsonl:1: is not an article with labelled"):
        read_labelled(line, "gold.jsonl")
    with pytest.raises(AttribError, match=r"gold.jsonl:1: is not an article with its sentences' voices"):
        read_gold(line, "gold.jsonl")


# --- The script -------------------------------------------------------------------------------------------------------

SENTENCE = "The pier is safe, Ada Lund said."


def measure(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    sentence = {"start": 0, "end": len(SENTENCE), "voice": "source", "who": "Ada Lund"}
    line = json.dumps({"doc": "pier", "text": SENTENCE, "sentences": [sentence]})
    (tmp_path / "gold.jsonl").write_text(line + "\n", encoding="utf-8")
    return tmp_path / "gold.jsonl"


def test_stored_reports_are_measured_without_the_model(gold_file: Path) -> None:
    report = {
        "schema_version": "1.0",
        "document": {"path": "drafts/pier.txt", "characters": len(SENTENCE)},
        "attributions": [],
        "claims": [
            {
                "id": "c1",
                "sentence": "s1",
                "spans": [[0, 16]],
                "text": "",
                "voice": "own",
                "sourcing": 0.0,
                "certainty": 1.0,
                "attributions": [],
                "hedges": [],
                "boosters": [],
                "factors": [],
            }
        ],
    }
    reports = gold_file.with_name("reports.jsonl")
    reports.write_text(json.dumps(report) + "\n", encoding="utf-8")
    done = measure(str(gold_file), "--reports", str(reports), "--folds", "-v")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Voices: 1 article, 7 words"
    assert lines[2].split()[:4] == ["regular", "expression", "100.0", "100.0"]
    assert lines[3].split()[:3] == ["attrib", "0.0", "0.0"]
    assert f"VOICE pier source -> own | {SENTENCE}" in lines
    assert f"SOURCE pier Ada Lund -> nobody (own) | {SENTENCE}" in lines


def test_an_article_without_a_report_is_named(gold_file: Path) -> None:
    reports = gold_file.with_name("reports.jsonl")
    report = {"schema_version": "1.0", "document": {"path": "quay.txt", "characters": 1}, "attributions": []}
    reports.write_text(json.dumps(report) + "\n", encoding="utf-8")
    done = measure(str(gold_file), "--reports", str(reports))
    assert done.returncode == 2
    assert "has no report on pier" in done.stderr


@pytest.mark.slow
def test_articles_are_analysed_and_measured(gold_file: Path) -> None:
    done = measure(str(gold_file))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[3].split()[:3] == ["attrib", "100.0", "100.0"]
