from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.ingest import Offsets
from attribution.ingest.offsets import line_starts

# Characters of every width, marks that combine, and every line end.
TEXTS = st.lists(
    st.sampled_from(["a", " ", "é", "e\u0301", "“", "’", "—", "😀", "👩🏽‍🚒", "𐍈", "\n", "\r\n", "\r", "\u2028", "中"]),
    max_size=40,
).map("".join)


@given(TEXTS)
def test_every_offset_survives_the_way_through_each_unit(text: str) -> None:
    offsets = Offsets(text)
    for offset in range(len(text) + 1):
        assert offsets.from_utf8(offsets.to_utf8(offset)) == offset
        assert offsets.from_utf16(offsets.to_utf16(offset)) == offset
        assert offsets.from_line_column(*offsets.to_line_column(offset)) == offset


@given(TEXTS)
def test_units_are_those_of_the_encoded_text(text: str) -> None:
    offsets = Offsets(text)
    for offset in range(len(text) + 1):
        assert offsets.to_utf8(offset) == len(text[:offset].encode("utf-8"))
        assert offsets.to_utf16(offset) * 2 == len(text[:offset].encode("utf-16-le"))


@given(TEXTS)
def test_a_position_inside_a_character_is_refused(text: str) -> None:
    offsets = Offsets(text)
    begins = {len(text[:offset].encode("utf-8")) for offset in range(len(text) + 1)}
    for byte in range(len(text.encode("utf-8")) + 1):
        if byte not in begins:
            with pytest.raises(ValueError, match="inside a character"):
                offsets.from_utf8(byte)


@given(TEXTS)
def test_lines_are_those_of_an_editor(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    starts = line_starts(text)
    assert len(starts) == len(lines)
    for start, line in zip(starts, lines, strict=True):
        assert text[start : start + len(line)] == line


def test_the_units_of_a_headline_with_an_emoji() -> None:
    offsets = Offsets("“😀”\r\nnext")
    end_of_quotation = 3
    assert offsets.to_utf8(end_of_quotation) == 3 + 4 + 3
    assert offsets.to_utf16(end_of_quotation) == 4
    assert offsets.to_line_column(5) == (2, 1)
    assert offsets.from_line_column(2, 5) == 9


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    offsets = Offsets("abc")
    for convert in (offsets.to_utf8, offsets.from_utf8, offsets.to_utf16, offsets.from_utf16, offsets.to_line_column):
        with pytest.raises(ValueError, match="outside"):
            convert(offset)


@pytest.mark.parametrize(("line", "column"), [(0, 1), (3, 1), (1, 0), (1, 4), (2, 2)])
def test_a_line_or_column_outside_the_text_is_refused(line: int, column: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        Offsets("ab\n").from_line_column(line, column)
