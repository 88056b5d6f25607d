"""Texts and positions as an editor counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from attribution.lsp.documents import OpenDraft, PlacedText, form_of_document, path_of

UTF8, UTF16, UTF32 = (
    types.PositionEncodingKind.Utf8,
    types.PositionEncodingKind.Utf16,
    types.PositionEncodingKind.Utf32,
)
UNITS = (UTF8, UTF16, UTF32)
TEXT = "é“🌉 so”\r\nsecond\rthird\n\nlast"

TEXTS = st.text(st.sampled_from("ab é“🌉\n\r\u2028\x0c\x0b\x85"), max_size=30)


def draft(text: str, unit: str = UTF16) -> OpenDraft:
    return OpenDraft(types.TextDocumentItem(uri="file:///dam.md", language_id="markdown", version=1, text=text), unit)


@pytest.mark.parametrize(("unit", "character"), [(UTF8, 9), (UTF16, 4), (UTF32, 3)])
def test_a_position_behind_wide_characters(unit: str, character: int) -> None:
    placed = PlacedText(TEXT, unit)
    assert placed.position(3) == types.Position(0, character)
    assert placed.offset(types.Position(0, character)) == 3


@pytest.mark.parametrize("unit", UNITS)
@given(text=TEXTS)
def test_each_place_has_a_position_that_leads_back(unit: str, text: str) -> None:
    placed = PlacedText(text, unit)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n" or not offset:  # within a line end there is no position
            assert placed.offset(placed.position(offset)) == offset


def test_a_position_within_a_character_is_before_it() -> None:
    assert PlacedText("a🌉b", UTF16).offset(types.Position(0, 2)) == 1
    assert PlacedText("a🌉b", UTF8).offset(types.Position(0, 3)) == 1


@pytest.mark.parametrize(
    ("line", "character", "offset"), [(0, 99, 7), (1, 99, 15), (2, 99, 21), (99, 0, len(TEXT)), (4, 99, len(TEXT))]
)
def test_a_position_outside_the_text_is_moved_into_it(line: int, character: int, offset: int) -> None:
    assert PlacedText(TEXT).offset(types.Position(line, character)) == offset


def test_lines_end_as_the_protocol_says_and_nowhere_else() -> None:
    """A form feed or a paragraph separator ends no line, though Python's ``splitlines`` has it so."""
    text = draft("one\x0cstill one\u2028still one\ntwo")
    text.change([change((1, 0), (1, 3), "2")], 2)
    assert text.text == "one\x0cstill one\u2028still one\n2"


def change(start: tuple[int, int], end: tuple[int, int], text: str) -> types.TextDocumentContentChangePartial:
    there = types.Range(types.Position(*start), types.Position(*end))
    return types.TextDocumentContentChangePartial(range=there, text=text)


def test_changes_are_made_one_after_the_other() -> None:
    text = draft("🌉 one\ntwo")
    text.change([change((0, 3), (0, 6), "1"), change((0, 4), (1, 0), " and "), change((0, 9), (0, 12), "2")], 7)
    assert (text.text, text.version, text.stamp) == ("🌉 1 and 2", 7, 2)


def test_a_whole_new_text_and_a_range_that_is_the_wrong_way_round() -> None:
    text = draft("one")
    text.change([types.TextDocumentContentChangeWholeDocument("other"), change((0, 4), (0, 1), "TH")], 2)
    assert text.text == "oTHr"


@pytest.mark.parametrize("unit", UNITS)
@given(before=TEXTS, inserted=TEXTS, places=st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_a_change_by_positions_is_the_change_by_offsets(
    unit: str, before: str, inserted: str, places: tuple[int, int]
) -> None:
    text = draft(before, unit)
    start, end = sorted(text.placed.offset(text.placed.position(min(place, len(before)))) for place in places)
    there = text.placed.range(start, end)
    text.change([types.TextDocumentContentChangePartial(range=there, text=inserted)], 2)
    assert text.text == before[:start] + inserted + before[end:]


def test_halves_of_characters_are_replaced_by_something_as_wide() -> None:
    text = draft("a\ud83cb")
    assert text.text == "a\ufffdb"
    text.change([change((0, 2), (0, 3), "\udf09c")], 2)
    assert text.text == "a\ufffd\ufffdc"


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///drafts/the%20dam.md", "/drafts/the dam.md"),
        ("untitled:Untitled-1", "Untitled-1"),
        ("vscode-vfs://github/drafts/dam.md", "dam.md"),
        ("untitled:", "untitled"),
    ],
)
def test_the_name_of_a_document(uri: str, path: str) -> None:
    assert path_of(uri) == path


@pytest.mark.parametrize(
    ("name", "language", "form"),
    [("dam.md", "plaintext", None), ("dam", "markdown", "markdown"), ("dam", "html", "html"), ("dam", "latex", None)],
)
def test_the_language_tells_the_format_only_where_the_name_does_not(name: str, language: str, form: str | None) -> None:
    assert form_of_document(name, language) == form
