"""Conditions of exceptions.toml on hand-checked parses, one for both cues and hedges."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from attribution.extraction.exceptions import exception_applies
from attribution.lexicon import CueException
from attribution.parsing import Tree, read_conllu

PARSES = Path(__file__).parent / "parses" / "exceptions.conllu"


@cache
def _trees() -> dict[str, Tree]:
    _, sentences = read_conllu(PARSES.read_text(encoding="utf-8"))
    return {sentence.text: Tree(sentence) for sentence in sentences}


def _applies(text: str, word: str, **condition: object) -> bool:
    tree = _trees()[text]
    exception = CueException(lemma="any", shadows="cue", example="An example.", source="test", **condition)  # type: ignore[arg-type]
    return exception_applies(tree, tree.forms.index(word), exception)


@pytest.mark.parametrize(
    ("text", "word", "condition", "applies"),
    [
        # The words stand in a row, the shadowed one among them.
        ("In other words, the pier is shut.", "words", {"words": "in other words"}, True),
        ("In other words, the pier is shut.", "pier", {"words": "in other words"}, False),
        # The object, which is the subject in the passive.
        ("Divers found a body.", "found", {"objects": ("body",)}, True),
        ("A body was found.", "found", {"objects": ("body",)}, True),
        ("Divers found a body.", "found", {"objects": ("boat",)}, False),
        # A counted object, or a number on its own, active and passive.
        ("The flood claimed 12 lives.", "claimed", {"number_object": True}, True),
        ("12 lives were claimed.", "claimed", {"number_object": True}, True),
        ("It claimed twelve.", "claimed", {"number_object": True}, True),
        ("Divers found a body.", "found", {"number_object": True}, False),
        # Preposition and noun, on a verb or a noun.
        ("She was admitted to hospital.", "admitted", {"obliques": ("to hospital",)}, True),
        ("Her admission to hospital was brief.", "admission", {"obliques": ("to hospital",)}, True),
        ("She was admitted to hospital.", "admitted", {"obliques": ("in hospital",)}, False),
        # Before a noun, or any noun.
        ("The noted author spoke.", "noted", {"modifies": ("author",)}, True),
        ("The noted author spoke.", "noted", {"modifies": ("*",)}, True),
        ("The noted author spoke.", "noted", {"modifies": ("painter",)}, False),
        ("Divers found a body.", "found", {"modifies": ("*",)}, False),
    ],
)
def test_exception_applies_where_its_condition_holds(
    text: str, word: str, condition: dict[str, object], applies: bool
) -> None:
    assert _applies(text, word, **condition) is applies
