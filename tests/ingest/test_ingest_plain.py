from __future__ import annotations

import pytest
from ingest_drafts import blocks

from attribution.ingest import read_text

ARTICLE = """\
Mayor closes bridge after storm
By Jane Doe, political editor
Published 3 March 2024, 14:05 GMT

NORTHPORT, March 3 (Harbour Wire) - The mayor closed the bridge on Monday after
engineers found cracks in two of its pillars, the council said in a
statement.

What happens next

- Tests in two
  of the pillars
- Repairs

Photo: The bridge on Sunday (Jane Doe)

"It is safe," she said.

***

(Reporting by Jane Doe; Editing by Bob Roe)
-30-
"""


def test_the_parts_of_a_wire_story() -> None:
    assert blocks(read_text(ARTICLE)) == [
        ("headline", "Mayor closes bridge after storm"),
        ("byline", "By Jane Doe, political editor"),
        ("dateline", "Published 3 March 2024, 14:05 GMT"),
        ("dateline", "NORTHPORT, March 3 (Harbour Wire) -"),
        (
            "paragraph",
            "The mayor closed the bridge on Monday after\nengineers found cracks in two of its pillars, the council"
            " said in a\nstatement.",
        ),
        ("headline", "What happens next"),
        ("list-item", "Tests in two\n  of the pillars"),
        ("list-item", "Repairs"),
        ("caption", "Photo: The bridge on Sunday (Jane Doe)"),
        ("paragraph", '"It is safe," she said.'),
        ("byline", "(Reporting by Jane Doe; Editing by Bob Roe)"),
    ]


def test_blank_lines_separate_paragraphs_whatever_they_hold() -> None:
    assert blocks(read_text("One is here.\n \t\u00a0\nTwo is here.\n\n\n\nThree is here.")) == [
        ("paragraph", "One is here."),
        ("paragraph", "Two is here."),
        ("paragraph", "Three is here."),
    ]


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    lines = [
        "The mayor closed the bridge on Monday after engineers found cracks in two of its pillars, which carry the road"
        " to the harbour, the council said in a statement that it read out to reporters.",
        "She said she had no choice.",
        "“Nobody will thank us if it falls,” she told the council’s transport committee, which meets in public, before"
        " it voted by nine to two to keep the bridge closed until the summer.",
    ]
    assert blocks(read_text("\n".join(lines))) == [("paragraph", line) for line in lines]


def test_hard_wrapped_text_without_blank_lines_is_joined() -> None:
    text = """\
The mayor closed the bridge on Monday after engineers found cracks in
two of its pillars, the council said in a statement. It had been built
in 1961.
She said she had no choice, and that the council would pay for a ferry
until the summer.
"""
    first, second = text.strip().split("\nShe")
    assert blocks(read_text(text)) == [("paragraph", first), ("paragraph", "She" + second)]


def test_an_indented_line_opens_a_paragraph_of_hard_wrapped_text() -> None:
    text = """\
   The mayor closed the bridge on Monday after engineers found cracks in
two of its pillars, the council said in a statement. It was built in 1961
   She said she had no choice, and that the council would pay for a ferry
until the summer, when the pillars will have been mended by the builders.
"""
    assert [words.split()[0] for _, words in blocks(read_text(text))] == ["The", "She"]


def test_a_headline_right_above_hard_wrapped_text_is_recognised() -> None:
    text = """\
Bridge closed
The mayor closed the bridge on Monday after engineers found cracks in
two of its pillars, the council said.

She said she had no choice.
"""
    assert [kind for kind, _ in blocks(read_text(text))] == ["headline", "paragraph", "paragraph"]


def test_a_line_below_a_headline_does_not_make_a_text_hard_wrapped() -> None:
    long = "The mayor closed the bridge on Monday after engineers found cracks in two of its pillars. " * 2
    text = f"Bridge closed until the end of the year at the earliest\nEngineers found cracks\n\n{long}\n\n{long}"
    assert [words for _, words in blocks(read_text(text))][:2] == text.split("\n")[:2]


def test_a_number_moved_to_the_front_by_wrapping_is_not_a_list() -> None:
    text = """\
The mayor closed the bridge on Monday after engineers found cracks in pillar
12. The council said in a statement that the road would stay closed for
some time.

She said she had no choice.
"""
    assert [kind for kind, _ in blocks(read_text(text))] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "2) "])
def test_list_marks_are_not_part_of_the_item(mark: str) -> None:
    assert blocks(read_text(f"Here they are:\n\n{mark}The bridge stays closed.")) == [
        ("paragraph", "Here they are:"),
        ("list-item", "The bridge stays closed."),
    ]


def test_quoted_mail_is_a_block_quote() -> None:
    assert blocks(read_text("She wrote this.\n\n> We knew it.\n\nShe left.")) == [
        ("paragraph", "She wrote this."),
        ("block-quote", "We knew it."),
        ("paragraph", "She left."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor quits.\n\nShe said on Monday that she would go in the summer.",
        "She said:\n\n“I have no choice but to close the bridge.”",
        "mayor quits\n\nShe said on Monday that she would go in the summer.",
        "The mayor quits\n\nthe bridge",
        "In a note the mayor wrote\n\n“I have no choice but to close the bridge.”",
        "The mayor told us –\n\n“I have no choice but to close the bridge.”",
    ],
)
def test_lines_that_are_not_headlines(text: str) -> None:
    assert blocks(read_text(text))[0][0] == "paragraph"


def test_a_question_heads_an_article_but_not_a_paragraph() -> None:
    draft = read_text("Who closed the bridge?\n\nThe mayor said it was not her.\n\nWho was it?\n\nNobody would say so.")
    assert [kind for kind, _ in blocks(draft)] == ["headline", "paragraph", "paragraph", "paragraph"]
