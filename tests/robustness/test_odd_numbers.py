"""Figures that are no decimal digits, and numbers longer than any count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attribution.analysis import Analyser
from attribution.grammar import whole_number
from attribution.linting import RULES, lint
from attribution.parsing import read_conllu
from attribution.records import AttribError

TESTS = Path(__file__).resolve().parents[1]
PARSES = ("rules/parses/CLM504.conllu", "scoring/parses/exposure.conllu", "extraction/parses/sources-people.conllu")
ODD = ("¹", "¹²³⁴", "²,³", "①", "1" * 5000, "٣٤")
"""Figures of other kinds: ``str.isdigit`` knows them all, ``int`` does not, and reads no more than 4,300 digits."""


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(force=True)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", PARSES)
def test_odd_figures_are_read_as_words(analyser: Analyser, name: str, odd: str) -> None:
    parse = (TESTS / name).read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^(\d+\t)\d[\d,]*(\t\S+\tNUM\t)", rf"\g<1>{odd}\g<2>", parse)
    assert changed != parse
    analysis = analyser.analyse_parsed(*read_conllu(changed, "x.conllu"))
    assert analysis.claims
    lint(analysis, analyser.lexicon, RULES)


@pytest.mark.parametrize("odd", ODD)
def test_odd_figures_in_the_columns_of_a_parse(odd: str) -> None:
    row = "1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\trained\train\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
    for changed in (
        row.replace("1\tIt", f"{odd}\tIt"),
        row.replace("\t2\t", f"\t{odd}\t"),
        f"1-{odd}\tIt\t_\t_\t_\t_\t_\t_\t_\t_\n{row}",
        f"{odd}-2\tIt\t_\t_\t_\t_\t_\t_\t_\t_\n{row}",
    ):
        with pytest.raises(AttribError, match=r"^x\.conllu:\d+: "):
            read_conllu(changed, "x.conllu")


def test_a_whole_number_is_a_count() -> None:
    assert [whole_number(text) for text in ("0", "1004", "1,004", "", "a", "1.5", "-1", *ODD)] == [
        0, 1004, 1004, None, None, None, None, *[None] * 5, 34
    ]  # fmt: skip
