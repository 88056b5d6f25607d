"""Analyses to convert, from hand-checked parses, so that no model is needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from attribution.analysis import Analyser
from attribution.parsing import read_conllu
from attribution.records import Analysis

PARSES = (
    "extraction/parses/frames.conllu",
    "extraction/parses/hedges.conllu",
    "scoring/parses/clauses.conllu",
    "scoring/parses/example.conllu",
)


@pytest.fixture(scope="session", params=PARSES)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    """The result of the whole pipeline on a parse."""
    name: str = request.param
    draft, sentences = read_conllu((Path(__file__).parent.parent / name).read_text(encoding="utf-8"), f"{name}.txt")
    return Analyser().analyse_parsed(draft, sentences, "hand")
