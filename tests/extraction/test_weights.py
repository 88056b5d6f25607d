"""Log-linear decisions add up, and a bad weights file is one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from attribution.extraction.weights import LogLinear, built_in_weights, probability, read_weights
from attribution.records import AttribError, Feature

MODEL = LogLinear(("yes",), (-1.0,), {"lemma=say": (2.5,), "quoted=True": (-0.5,)})


def test_a_score_is_the_bias_and_the_weights_of_the_features_that_hold() -> None:
    assert MODEL.scores(["lemma=say", "unknown", "quoted=True"]) == [1.0]


def test_reasons_are_the_weights_that_counted_weightiest_first() -> None:
    assert MODEL.reasons(["quoted=True", "unknown", "lemma=say"]) == (
        Feature("lemma=say", 2.5),
        Feature("quoted=True", -0.5),
    )


def test_probabilities_stay_between_0_and_1_for_any_log_odds() -> None:
    assert probability(0.0) == 0.5
    assert 0.0 <= probability(-1e9) < probability(1e9) <= 1.0


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AttribError, match=r"none\.json: the weights file is missing; install attrib again"):
        read_weights(tmp_path / "none.json")
    broken = tmp_path / "attribution-weights.json"
    broken.write_text('{"about": 3}')
    with pytest.raises(AttribError, match=r"not a weights file \(Expected `str`, got `int` - at `\$.about`\)"):
        read_weights(broken)


def test_every_weight_of_the_package_has_one_number_a_class() -> None:
    weights = built_in_weights()
    for model in (weights.cue, weights.role):
        assert len(model.bias) == len(model.classes)
        assert {len(row) for row in model.weights.values()} == {len(model.classes)}
