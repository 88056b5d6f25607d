"""Each step of finding a speaker, on its own example: alone with the step for quotations that already have one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from test_speech import SCENARIOS, parsed

from attribution.extraction.acceptance import accepted
from attribution.extraction.candidates import find_candidates
from attribution.extraction.context import contexts_of
from attribution.extraction.features import cue_features
from attribution.extraction.quotation_kinds import judge_quotations
from attribution.extraction.quotations import find_quotations
from attribution.extraction.shared_words import without_doubles
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import without
from attribution.extraction.speech import HELD, REPEATED, STEPS, find_speakers
from attribution.extraction.speech.scene import Passage, Scene
from attribution.extraction.speech.step import Step
from attribution.extraction.weights import built_in_weights
from attribution.lexicon import load_lexicon
from attribution.parsing import Doc

ALL = (*STEPS, REPEATED)


def scenario_of(step: Step) -> str:
    """The name of the stored scenario whose text is the step's example."""
    (name,) = [name for name in SCENARIOS if " ¶ ".join(parsed(name)[0].text.split("\n\n")) == step.example]
    return name


def scene_of(step: Step) -> tuple[Scene, list[Passage]]:
    """The scene of the step's example before any quotation has a speaker."""
    doc, lexicon, weights = Doc.of_sentences(*parsed(scenario_of(step))), load_lexicon(), built_in_weights()
    quotations, _ = find_quotations(doc.draft)
    judgements = judge_quotations(doc, quotations, lexicon)
    contexts = contexts_of(doc, SpanIndex((part, part) for quotation in quotations for part in quotation.parts))
    candidates = [(context, candidate) for context in contexts for candidate in find_candidates(context, lexicon)]
    facts = [(context, candidate, cue_features(context, candidate, lexicon)) for context, candidate in candidates]
    found = without_doubles(accepted(facts, lexicon, weights), lexicon)
    if step.name == "coordinated":
        # The parse puts both quotations into the content of the cue; without the second, the step has to find it.
        found = tuple(replace(cue, content=without(cue.content, quotations[1].parts)) for cue in found)
    scene = Scene(doc, found, candidates, contexts, lexicon, weights.role)
    passages = [
        Passage(quotation, number, part, scene.place(part.start), scene.place(part.end - 1), judgements[quotation.id])
        for quotation in quotations
        for number, part in enumerate(quotation.parts)
    ]
    return scene, passages


@pytest.mark.parametrize("step", ALL, ids=lambda step: step.name)
def test_the_step_decides_in_its_own_example(step: Step) -> None:
    scene, passages = scene_of(step)
    assert step in find_speakers(scene, passages, dict.fromkeys((step, HELD)))


@pytest.mark.parametrize("step", ALL, ids=lambda step: step.name)
def test_the_speaker_is_named_and_gets_the_quotation_as_content(step: Step) -> None:
    scene, passages = scene_of(step)
    decided = find_speakers(scene, passages)
    for passage in [passage for passage, decisive in zip(passages, decided, strict=True) if decisive is step]:
        owner = scene.owner(passage.quotation.id, passage.number)
        assert owner is not None
        assert owner.source
        assert any(span.overlaps(passage.span) for span in owner.content)


def test_every_step_is_described_and_named_once() -> None:
    names = [step.name for step in ALL]
    assert len(names) == len(set(names))
    assert all(step.description for step in ALL)
