"""What would hurt to be wrong: each mark on a sentence that has it, and sentences that have none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from attribution.extraction.quotations import find_quotations
from attribution.extraction.sources import discourse_of
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc, read_conllu
from attribution.records import (
    Attitude,
    AttribError,
    Attribution,
    Claim,
    Content,
    Cue,
    Draft,
    Exposure,
    Frame,
    Manner,
    Quotation,
    Sentence,
    SourceKind,
    SourceMention,
    Tone,
    Voice,
)
from attribution.scoring import (
    MARK_KINDS,
    ExposureReader,
    MarkKind,
    Surroundings,
    check_marks,
    find_claims,
    find_places,
)

PARSES = Path(__file__).parent / "parses" / "exposure.conllu"
LEXICON = load_lexicon()


def marked_sentences() -> dict[str, str]:
    """The stored sentences with the mark that each has; ``none`` for those without."""
    found: dict[str, str] = {}
    mark = ""
    for line in PARSES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# mark = "):
            mark = line.removeprefix("# mark = ")
        elif line.startswith("# text = "):
            found[line.removeprefix("# text = ")] = mark
    return found


SENTENCES = marked_sentences()


@pytest.fixture(scope="module")
def parsed() -> tuple[Draft, tuple[Sentence, ...]]:
    return read_conllu(PARSES.read_text(encoding="utf-8"))


def surroundings_of(
    doc: Doc, quotations: Sequence[Quotation] = (), attributions: Sequence[Attribution] = ()
) -> Surroundings:
    return Surroundings(discourse_of(doc, quotations, attributions, LEXICON), attributions)


def exposure_of(parsed: tuple[Draft, tuple[Sentence, ...]], text: str, ignored: tuple[str, ...] = ()) -> Exposure:
    """The exposure of all claims of one sentence, that of the most exposed first."""
    draft, sentences = parsed
    sentence = next(sentence for sentence in sentences if sentence.text == text)
    doc = Doc.of_sentences(draft, (sentence,))
    quotations, _ = find_quotations(draft)
    quotations = tuple(msgspec.structs.replace(quotation, speech=True) for quotation in quotations)
    reader = ExposureReader(surroundings_of(doc, quotations), ignored)
    found = [reader.exposure(clause) for clause in find_claims(doc, (), (), (), quotations)]
    marks = tuple(mark for exposure in found for mark in exposure.marks)
    return Exposure(max((exposure.grade for exposure in found), default=0), marks)


def test_every_mark_has_an_example_among_the_sentences() -> None:
    assert [(kind.name, SENTENCES.get(kind.example)) for kind in MARK_KINDS] == [
        (kind.name, kind.name) for kind in MARK_KINDS
    ]


@pytest.mark.parametrize("text", [text for text, mark in SENTENCES.items() if mark != "none"])
def test_the_sentence_has_its_mark(parsed: tuple[Draft, tuple[Sentence, ...]], text: str) -> None:
    exposure = exposure_of(parsed, text)
    (mark,) = [mark for mark in exposure.marks if mark.name == SENTENCES[text]][:1]
    kind = next(kind for kind in MARK_KINDS if kind.name == mark.name)
    assert mark.grade == kind.grade <= exposure.grade
    assert mark.spans
    assert all(word in text for word in mark.text.split(" … "))


@pytest.mark.parametrize("text", [text for text, mark in SENTENCES.items() if mark == "none"])
def test_ordinary_news_has_no_grave_mark(parsed: tuple[Draft, tuple[Sentence, ...]], text: str) -> None:
    assert exposure_of(parsed, text).grade < 2


@pytest.mark.parametrize("kind", MARK_KINDS, ids=[kind.name for kind in MARK_KINDS])
def test_a_mark_can_be_silenced_by_name(parsed: tuple[Draft, tuple[Sentence, ...]], kind: MarkKind) -> None:
    marks = exposure_of(parsed, kind.example, (kind.name,)).marks
    assert kind.name not in [mark.name for mark in marks]


def test_a_name_that_is_no_mark_is_told_with_the_nearest() -> None:
    with pytest.raises(AttribError, match=r"crim: is no mark of exposure \(did you mean crime\?\); there are crime, "):
        check_marks(["crim"])


def test_marks_of_grade_1_come_to_2_together_at_most(parsed: tuple[Draft, tuple[Sentence, ...]]) -> None:
    for text in SENTENCES:
        exposure = exposure_of(parsed, text)
        if exposure.marks and max(mark.grade for mark in exposure.marks) == 1:
            assert exposure.grade <= 2


def test_three_marks_of_grade_1_come_to_2(parsed: tuple[Draft, tuple[Sentence, ...]]) -> None:
    exposure = exposure_of(parsed, "The tax triggered the biggest “gift to thieves”.")
    assert {mark.name: mark.grade for mark in exposure.marks} == {"cause": 1, "superlative": 1, "quoted-words": 1}
    assert exposure.grade == 2


def test_other_sentences_change_no_mark(parsed: tuple[Draft, tuple[Sentence, ...]]) -> None:
    draft, sentences = parsed
    doc = Doc.of_sentences(draft, sentences)
    quotations = tuple(msgspec.structs.replace(quotation, speech=True) for quotation in find_quotations(draft)[0])
    reader = ExposureReader(surroundings_of(doc, quotations))
    together: dict[str, list[str]] = {text: [] for text in SENTENCES}
    for clause in find_claims(doc, (), (), (), quotations):
        together[doc.sentence(clause.sentence).text] += [mark.name for mark in reader.exposure(clause).marks]
    for text, marks in together.items():
        assert marks == [mark.name for mark in exposure_of(parsed, text).marks]


def test_a_named_source_for_a_claim_changes_no_mark(parsed: tuple[Draft, tuple[Sentence, ...]]) -> None:
    draft, sentences = parsed
    doc = Doc.of_sentences(draft, sentences)
    for clause in find_claims(doc, (), (), ()):
        said = Attribution(
            id="a1",
            sentence=clause.sentence,
            cue=Cue(spans=(), text="said", lemma="say"),
            source=SourceMention(spans=(), text="Ada Quill", kind=SourceKind.NAMED_PERSON),
            content=Content(spans=clause.spans, text=clause.text),
            manner=Manner.INDIRECT,
            attitude=Attitude.ASSERTION,
            tone=Tone.NEUTRAL,
            negated=False,
            parent=None,
            frame=Frame.CCOMP,
        )
        without = ExposureReader(surroundings_of(doc)).exposure(clause)
        assert ExposureReader(surroundings_of(doc, (), (said,))).exposure(clause) == without


def places_of(parsed: tuple[Draft, tuple[Sentence, ...]], *texts: str) -> list[str]:
    """The kinds of the places of an article of these sentences, one paragraph each, in the paper's own voice."""
    draft, sentences = parsed
    chosen = tuple(next(sentence for sentence in sentences if sentence.text == text) for text in texts)
    doc = Doc.of_sentences(draft, chosen)
    reader = ExposureReader(surroundings_of(doc))
    claims = [
        Claim(
            id=clause.id,
            sentence=clause.sentence,
            spans=clause.spans,
            text=clause.text,
            voice=Voice.OWN,
            sourcing=0.2,
            certainty=0.9,
            attributions=(),
            hedges=(),
            boosters=(),
            factors=(),
            exposure=reader.exposure(clause),
        )
        for clause in find_claims(doc, (), (), ())
    ]
    return [f"{place.kind.value} {place.grade}" for place in find_places(claims, reader.surroundings)]


def test_what_needs_a_source_is_listed_the_most_exposed_first(parsed: tuple[Draft, tuple[Sentence, ...]]) -> None:
    blame, ice, theft = (
        "The council ignored three warnings.",
        "The bridge was closed because of ice.",
        "The treasurer stole the fund's money.",
    )
    assert places_of(parsed, blame, ice, theft) == ["needs-source 3", "needs-source 2"]


def test_nothing_to_check_is_a_legal_answer(parsed: tuple[Draft, tuple[Sentence, ...]]) -> None:
    assert places_of(parsed, "The bridge was closed because of ice.", "Applicants must pay a fee of 40 crowns.") == []
