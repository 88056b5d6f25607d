"""The weights file: complete, documented, and refused where it would break a promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attribution.records import AttribError
from attribution.resources import scoring_weights_file
from attribution.scoring import load_weights
from attribution.scoring.weights import NAMES

BUILT_IN = scoring_weights_file().read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "weights.toml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(section: str, name: str, value: str) -> str:
    text, count = re.subn(rf"(\[{section}\.{name}\]\nvalue = )\S+", rf"\g<1>{value}", BUILT_IN)
    assert count == 1
    return text


def test_the_built_in_weights_hold_every_name_with_meaning_and_reason() -> None:
    weights = load_weights()
    for section, names in NAMES.items():
        held = getattr(weights, section)
        assert set(held) == names
        assert all(weight.meaning and weight.reason.endswith(".") for weight in held.values())


def test_another_file_of_the_same_form_is_taken(tmp_path: Path) -> None:
    weights = load_weights(written(tmp_path, changed("source", "outlet", "0.65")))
    assert weights.value("source", "outlet") == 0.65


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (changed("source", "outlet", "1.5"), "<= 1.0"),
        (changed("source", "outlet", '"high"'), "float"),
        (BUILT_IN.replace("[source.outlet]", "[source.outlets]"), r"\[source.outlet\] is missing"),
        (BUILT_IN + "\n[source.rumour]\nvalue=0.1\nmeaning='m'\nreason='r'\n", r"\[source.rumour\] is unknown"),
        (BUILT_IN + "\n[more]\n", "unknown field `more`"),
        ("[source", "is not TOML"),
        (changed("source", "outlet", "0.10"), r"\[source.outlet\] must not be below"),
        (changed("source", "anonymous", "0.95"), r"worth at least \[source.anonymous\]"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_name_and_the_weight(
    tmp_path: Path, text: str, message: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(AttribError, match=message) as caught:
        load_weights(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_one_in_another_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(AttribError, match="there is no such file"):
        load_weights(tmp_path / "none.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes("# é".encode("latin-1"))
    with pytest.raises(AttribError, match="not UTF-8"):
        load_weights(path)
