"""The word forms that the models read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.parsing.forms import readable_forms


@pytest.mark.parametrize(
    ("words", "forms"),
    [
        ("“ We wo n’t , ” she said .", '" We wo n\'t , " she said .'),
        ("The BBC said so .", "The BBC said so ."),
        ("MINISTER DENIES BBC REPORT ON RUSSIA .", "Minister denies BBC report on Russia ."),
        ("I AM NOT AFRAID", "I am not afraid"),
        ("U.S. AND TURKEY HOLD TALKS", "U.S. and Turkey hold talks"),
        ("Minister Says Talks With Russia Will Resume", "Minister says talks with Russia will resume"),
        ("Vladimir Putin Met Angela Merkel In Berlin", "Vladimir Putin met Angela Merkel in Berlin"),
        ("NATO and the EU", "NATO and the EU"),
        ("FBI , CIA , NSA", "FBI , CIA , NSA"),
        ("OK .", "OK ."),
        ("left\u200b so\u00adon \ufeff", "left soon _"),
        ("e\u0301tat", "état"),
    ],
)
def test_forms(words: str, forms: str) -> None:
    assert readable_forms(words.split()) == forms.split()


def test_a_word_longer_than_any_is_cut() -> None:
    assert readable_forms(["a" * 5000, "b"]) == ["a" * 100, "b"]


@given(st.lists(st.text(min_size=1), min_size=1))
def test_every_word_has_a_form(words: list[str]) -> None:
    forms = readable_forms(words)
    assert len(forms) == len(words)
    assert all(forms)
