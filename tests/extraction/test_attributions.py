"""Every frame of the grammar on hand-checked parses, and what is mended in parses as the model gave them.

``frames.conllu`` and ``mended.conllu`` say beside each parse what must be found.
"""

from __future__ import annotations

from functools import cache

import pytest
from parsed_drafts import PARSES, comments_of

from attribution.extraction import attributions
from attribution.extraction.attributions import find_attributions
from attribution.extraction.quotations import find_quotations
from attribution.extraction.weights import built_in_weights, probability
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu
from attribution.records import Attribution, Draft, Manner, Sentence, SourceKind

FRAMES, MENDED = "frames.conllu", "mended.conllu"
NOBODY = "-"


def expectations(file: str) -> list[tuple[str, list[str]]]:
    """For each sentence its id and the attributions that its comments ask for."""
    return [
        (dict(comments)["sent_id"], [value for name, value in comments if name == "attribution"])
        for comments in comments_of(file)
    ]


@cache
def analysed(file: str = FRAMES) -> tuple[Draft, tuple[Sentence, ...], tuple[Attribution, ...]]:
    draft, sentences = read_conllu((PARSES / file).read_text(encoding="utf-8"))
    quotations, problems = find_quotations(draft)
    assert not problems
    return draft, sentences, find_attributions(Doc.of_sentences(draft, sentences), quotations, load_lexicon())


def attributions_of(identifier: str, file: str = FRAMES) -> list[Attribution]:
    return [attribution for attribution in analysed(file)[2] if attribution.sentence == identifier]


def parts(identifier: str, file: str) -> list[str]:
    return [
        " | ".join((attribution.source.text or NOBODY, attribution.cue.text, attribution.content.text))
        for attribution in attributions_of(identifier, file)
    ]


@pytest.mark.parametrize(("identifier", "wanted"), expectations(FRAMES), ids=lambda value: str(value)[:40])
def test_frames_give_source_cue_and_content(identifier: str, wanted: list[str]) -> None:
    assert parts(identifier, FRAMES) == [line.split(" | ", 1)[1] for line in wanted]


@pytest.mark.parametrize(("identifier", "wanted"), expectations(MENDED), ids=lambda value: str(value)[:40])
def test_what_the_parse_missed_is_mended_by_punctuation_and_order(identifier: str, wanted: list[str]) -> None:
    assert parts(identifier, MENDED) == [line.split(" | ", 1)[1] for line in wanted]


def the(cue: str) -> Attribution:
    (found,) = [attribution for attribution in analysed()[2] if attribution.cue.text == cue]
    return found


def test_venue_stays_outside_the_source() -> None:
    attribution = attributions_of("s4")[0]
    draft = analysed()[0]
    assert [draft.text[span.start : span.end] for span in attribution.source.venue] == ["on Telegram"]


def test_agentless_passives_and_hearsay_say_why_nobody_is_named() -> None:
    assert the("has been dubbed").source.kind is SourceKind.AGENTLESS
    assert the("has been dubbed").source.reason == "passive without an agent"
    assert the("Reportedly").source.kind is SourceKind.NONE
    assert the("Reportedly").source.reason == "“reportedly” names nobody"


def test_statements_withheld_are_marked() -> None:
    assert the("did not mention").withheld
    assert the("did not mention").negated
    assert the("declined").withheld
    assert not the("declined").negated
    assert not the("warned").withheld


def test_a_nested_attribution_knows_its_parent() -> None:
    outer, inner = attributions_of("s30")
    assert inner.parent == outer.id
    assert outer.parent is None


def test_manner_follows_the_quotation_marks() -> None:
    assert attributions_of("s4")[0].manner is Manner.DIRECT
    assert attributions_of("s1")[0].manner is Manner.INDIRECT


def test_each_decision_carries_its_reasons_and_they_add_up() -> None:
    weights = built_in_weights()
    attribution = attributions_of("s1")[0]
    total = weights.cue.bias[0] + sum(feature.weight for feature in attribution.features)
    assert attribution.probability == pytest.approx(probability(total))
    assert "lemma=say/verb" in {feature.name for feature in attribution.features}


def test_spans_lie_in_the_text_and_join_to_the_stated_words() -> None:
    draft, _, attributions = analysed()
    for attribution in attributions:
        for part in (attribution.source, attribution.cue, attribution.content):
            assert " … ".join(draft.text[span.start : span.end] for span in part.spans) == part.text
            assert list(part.spans) == sorted(part.spans)


def test_the_same_parses_give_the_same_attributions_twice() -> None:
    draft, sentences, first = analysed()
    quotations, _ = find_quotations(draft)
    assert find_attributions(Doc.of_sentences(draft, sentences), quotations, load_lexicon()) == first


def test_of_a_sentence_with_too_many_cues_the_first_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    draft, sentences = read_conllu((PARSES / FRAMES).read_text(encoding="utf-8"))
    told: list[str] = []
    all_found = find_attributions(Doc.of_sentences(draft, sentences), (), load_lexicon(), tell=told.append)
    assert told == []
    monkeypatch.setattr(attributions, "MOST_CUES", 1)
    found = find_attributions(Doc.of_sentences(draft, sentences), (), load_lexicon(), tell=told.append)
    assert 0 < len(found) < len(all_found)
    assert len(told) == 1
    assert "more than 1 words that may tell of a source" in told[0]
