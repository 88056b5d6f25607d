"""Live blogs: each entry is a context of its own."""

from __future__ import annotations

import pytest

from attribution.ingest import read_text

ENTRY = '<div class="liveblog-entry" itemprop="liveBlogUpdate"><time>{}</time><p>{}</p></div>'


@pytest.mark.parametrize(
    ("text", "draft_format"),
    [
        ("14:05\n\nThe vote began.\n\n14:20\n\nIt is close.\n\n14:41\n\nIt is over.", "text"),
        ("3.05pm\nThe vote began.\n\n3.20pm\nIt is close.\n\n3.41pm BST\nIt is over.", "text"),
        ("14:05 – The vote began.\n\n14:20 – It is close.\n\n14:41 – It is over.", "text"),
        ("**14:05** The vote began.\n\n**14:20** It is close.\n\n**14:41** It is over.", "markdown"),
        ("## 14:05\n\nThe vote began.\n\n## 14:20\n\nIt is close.\n\n## 14:41\n\nIt is over.", "markdown"),
        ("".join(map(ENTRY.format, ("1pm", "2pm", "3pm"), ("The vote began.", "It is close.", "It is over."))), "html"),
    ],
)
def test_entries_are_numbered(text: str, draft_format: str) -> None:
    draft = read_text(text, draft_format)
    assert {draft.text[block.span.start : block.span.end]: block.section for block in draft.blocks}.items() >= {
        "The vote began.": 1,
        "It is close.": 2,
        "It is over.": 3,
    }.items()


def test_a_heading_belongs_to_the_entry_whose_time_is_below_it() -> None:
    draft = read_text("# Vote\n\n## A\n\n14:05\n\nOne.\n\n## B\n\n14:20\n\nTwo.\n\n## C\n\n14:41\n\nThree.", "markdown")
    assert [block.section for block in draft.blocks] == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_a_time_or_two_do_not_make_a_live_blog() -> None:
    assert {block.section for block in read_text("14:05\n\nThe vote began.\n\n14:20\n\nIt is close.").blocks} == {0}
