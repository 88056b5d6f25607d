"""Properties of every draft in every format, on random text and markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest_drafts import assert_well_formed

from attribution.ingest import locate, read_text
from attribution.records import AttribError

PIECES = st.sampled_from(
    ["a", "word ", "The ", "said. ", "\n", "\n\n", "\r\n", "\r", "😀", "é", "e\u0301", "“", "”", "'", '"', "\0"]
    + ["\u2028", "\u00a0"]
    + ["# ", "> ", "- ", "1. ", "*", "**", "~~", "`", "``", "\\", "[x](y)", "[", "]", "(", ")", "![a](b)", "|", "="]
    + ["<http://x.y>", "---\n", "===\n", "title: x\n", "    ", "\t", "<", "<b>", "</b>", "<p>", "</p>", "<div>", "<br>"]
    + ["<q>", "</q>", "<!--", "-->", "<![x]>", "<script>", "</script>", "<blockquote>", "</blockquote>", "<li>"]
    + ["<a href='u'>", "</a>", "<article>", "</article>", "&amp;", "&#x27;", "&", "By Jane Doe", "Photo: ", "-30-"]
    + ["LONDON (Reuters) — "]
)  # fmt: skip


@pytest.mark.parametrize(("draft_format", "markup"), [("text", ""), ("markdown", "\\&<\0"), ("html", "&<")])
@settings(max_examples=400)
@given(source=st.lists(PIECES, max_size=40).map("".join))
def test_every_character_is_found_again_in_the_file(draft_format: str, markup: str, source: str) -> None:
    try:
        draft = read_text(source, draft_format)
    except AttribError:
        return
    assert_well_formed(draft, source, markup)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_plain_text_is_the_file_with_plain_line_ends(source: str) -> None:
    try:
        draft = read_text(source)
    except AttribError:
        return
    assert draft.text == source.replace("\r\n", "\n").replace("\r", "\n")


def test_locate_counts_lines_and_columns_as_an_editor() -> None:
    draft = read_text("Über uns 😀.\r\n\r\nShe left.\r\n")
    assert locate(draft, 0) == (1, 1)
    assert locate(draft, draft.text.index("She")) == (3, 1)
    assert locate(draft, draft.text.index("left")) == (3, 5)
    assert locate(draft, len(draft.text)) == (4, 1)


@pytest.mark.parametrize("offset", [-1, 5])
def test_locate_refuses_an_offset_outside_the_draft(offset: int) -> None:
    with pytest.raises(ValueError, match="outside the draft"):
        locate(read_text("Yes."), offset)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(AttribError, match="'docx' is not a supported format; give one of text, markdown, html"):
        read_text("Yes.", "docx")
