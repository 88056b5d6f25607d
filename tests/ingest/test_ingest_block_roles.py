"""Blocks that are no running text, alike in every format: cells of tables, notes, captions, posts, pull quotes."""

from __future__ import annotations

import pytest
from ingest_drafts import blocks
from office_files import opendocument_file, paragraph, run, styled, word_file

from attribution.ingest import locate, read_bytes, read_text
from attribution.records import Draft

STORY = "Ida Bolt, the captain, was blunt. “We had no warning and no radio,” she said on Monday."
REPEATED = "We had no warning and no radio"


def roles(draft: Draft) -> list[tuple[str, str]]:
    """The role and words of each block that has a role."""
    return [(block.role.value, draft.text[block.span.start : block.span.end]) for block in draft.blocks if block.role]


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


# --- Tables -----------------------------------------------------------------------------------------------------------

TABLE = [
    ("table-header", "Ship"),
    ("table-header", "Built"),
    ("table-cell", "Aurora"),
    ("table-cell", "The hull is rusty."),
]


@pytest.mark.parametrize(
    "draft",
    [
        read_text("| Ship | Built |\n|---|---|\n| Aurora | The hull is rusty. |\n", "markdown"),
        read_text(
            "<table><tr><th>Ship</th><th>Built</th></tr><tr><td>Aurora</td><td><p>The hull is rusty.</p></td></tr>"
            "</table>",
            "html",
        ),
        read_text("<table><tr><th>Ship<th>Built<tr><td>Aurora<td>The hull is rusty.</table>", "html"),
        read_text("<table><tr><th>Ship<th>Built<tr><td>Aurora<td>The hull is rusty.</table>", "markdown"),
        read_bytes(
            word_file(
                "<w:tbl>"
                + row("Ship", "Built", properties="<w:trPr><w:tblHeader/></w:trPr>")
                + row("Aurora", "The hull is rusty.")
                + "</w:tbl>"
            ),
            "draft.docx",
        ),
        read_bytes(
            opendocument_file(
                "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Ship</text:p>"
                "</table:table-cell><table:table-cell><text:p>Built</text:p></table:table-cell></table:table-row>"
                "</table:table-header-rows><table:table-row><table:table-cell><text:p>Aurora</text:p>"
                "</table:table-cell><table:table-cell><text:p>The hull is rusty.</text:p></table:table-cell>"
                "</table:table-row></table:table>"
            ),
            "draft.odt",
        ),
    ],
    ids=["markdown", "html", "html without end tags", "html in markdown", "docx", "odt"],
)
def test_cells_are_alike_in_all_formats(draft: Draft) -> None:
    assert roles(draft) == TABLE
    assert {kind for kind, _ in blocks(draft)} == {"list-item"}


def test_a_table_that_arranges_a_page_is_none() -> None:
    article = "<p>The ferry sank in March.</p><p>It was raised.</p><p>Nobody was hurt.</p>"
    draft = read_text(f"<table><tr><td>Harbour Post<td>{article}</table>", "html")
    assert roles(draft) == []
    assert ("paragraph", "Nobody was hurt.") in blocks(draft)


def test_a_table_in_a_cell_counts_for_itself() -> None:
    inner = "<table><tr><td>Aurora<td>1971</table>"
    draft = read_text(f"<table><tr><td><p>It sank.</p><p>It rose.</p><p>It went.</p>{inner}<td>Post</table>", "html")
    assert roles(draft) == [("table-cell", "Aurora"), ("table-cell", "1971")]


# --- Notes ------------------------------------------------------------------------------------------------------------


def test_notes_of_markdown_have_all_their_paragraphs() -> None:
    source = (
        "It sank[^1] in March.[^b]\n\n[^1]: The office gave the date.\n[^b]: Two were cold.\n\n    They went home.\n"
        "    Nobody asked.\n\nIt was raised.\n"
    )
    draft = read_text(source, "markdown")
    assert blocks(draft)[0] == ("paragraph", "It sank in March.")
    assert roles(draft) == [
        ("note", "The office gave the date."),
        ("note", "Two were cold."),
        ("note", "They went home. Nobody asked."),
    ]
    assert blocks(draft)[-1] == ("paragraph", "It was raised.")
    assert locate(draft, draft.text.index("They")) == (6, 5)


@pytest.mark.parametrize(
    "notes",
    [
        "<section class='footnotes'><ol><li>The office gave the date. <a href='#r1'>↩</a></li></ol></section>",
        "<aside epub:type='footnote'><p>The office gave the date.</p></aside>",
        "<div role='doc-endnotes'>The office gave the date. <a class='footnote-backref' href='#r'>Back</a></div>",
    ],
)
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_notes_of_a_page_are_read_as_notes(notes: str, form: str) -> None:
    draft = read_text(f"<p>The ferry sank in March.</p>\n\n{notes}", form)
    assert roles(draft) == [("note", "The office gave the date.")]


def test_the_notes_of_word_are_notes() -> None:
    body = paragraph(run("It sank") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + run(" in March."))
    note = paragraph("<w:r><w:footnoteRef/></w:r>" + run(" The office gave the date."))
    notes = f"<w:footnote w:id='2'>{note}</w:footnote>"
    draft = read_bytes(word_file(body, footnotes=notes), "draft.docx")
    assert blocks(draft)[0] == ("paragraph", "It sank in March.")
    assert roles(draft) == [("note", "The office gave the date.")]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("in March<sup>1</sup>.", "in March."),
        ("in March<sup>1,2</sup>.", "in March."),
        ("in 1971<sup>3</sup>.", "in 1971."),
        ("Ida Bolt<sup>*</sup> left.", "Ida Bolt left."),
        ("of it<sup>2</sup>.", "of it."),
        ("in March<sup><a href='#n'>1</a></sup>.", "in March."),
        ("in March<sup>[citation needed]</sup>.", "in March."),
        ("5 km<sup>2</sup> wide.", "5 km2 wide."),
        ("of 10<sup>6</sup> ships.", "of 106 ships."),
        ("of metres<sup>2</sup>.", "of metres2."),
        ("with x<sup>2</sup>.", "with x2."),
        ("the 3<sup>rd</sup> ship.", "the 3rd ship."),
    ],
)
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_raised_marks_of_notes_are_no_words_but_powers_are(markup: str, words: str, form: str) -> None:
    draft = read_text(f"It was {markup}", form)
    assert draft.text == f"It was {words}"


def test_links_to_notes_are_no_words() -> None:
    marks = "<a href='#fn1'>1</a> and <a epub:type='noteref' href='notes.html#fn2'>2</a>rose<a href='#fn3'>[c]</a>."
    assert read_text(f"<p>It sank{marks}</p>", "html").text == "It sank and rose."
    assert read_text("<p>Read <a href='#part2'>part 2</a> too.</p>", "html").text == "Read part 2 too."


# --- Captions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "image",
    [
        '![Ferry](a.jpg "The ferry is badly damaged.")',
        "![The ferry is badly damaged.](a.jpg)",
        "[![The ferry is badly damaged.](a.jpg)](b.html)",
        "![Ferry](a.jpg)\n*The ferry is badly damaged.*",
        "![A ferry on the sea](a.jpg)\n**The ferry** _is badly damaged._",
    ],
)
def test_an_image_alone_has_a_caption(image: str) -> None:
    draft = read_text(f"# Ferry raised\n\n{image}\n\nIt sank in March.\n", "markdown")
    assert blocks(draft) == [
        ("headline", "Ferry raised"),
        ("caption", "The ferry is badly damaged."),
        ("paragraph", "It sank in March."),
    ]


def test_the_caption_of_an_image_is_where_it_stands() -> None:
    draft = read_text('It sank.\n\n![Ferry](a.jpg "The ferry is badly damaged.")\n', "markdown")
    assert locate(draft, draft.text.index("The ferry")) == (3, 17)


def test_an_image_in_a_sentence_and_the_name_of_one_are_no_captions() -> None:
    draft = read_text("It sank ![in the deep sea](a.jpg) in March.\n\n![Harbour logo](b.png)\n\nIt rose.", "markdown")
    assert blocks(draft) == [("paragraph", "It sank in March."), ("paragraph", "It rose.")]


@pytest.mark.parametrize("name", ["wp-caption-text", "caption", "image-caption", "photo_caption"])
def test_classes_tell_captions(name: str) -> None:
    draft = read_text(f"<p>The ferry sank.</p><p class='{name}'>The crane lifts it.</p>", "html")
    assert blocks(draft)[1] == ("caption", "The crane lifts it.")


# --- Quotations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("html", f"<p>{STORY}</p><aside class='pullquote'>{REPEATED}</aside><p>It sank.</p>"),
        ("html", f"<p>{STORY}</p><blockquote><p>“{REPEATED}.”</p></blockquote><p>It sank.</p>"),
        ("html", f"<blockquote><p>We had no … no radio, she said</p></blockquote><p>{STORY}</p>"),
        ("markdown", f"{STORY}\n\n> {REPEATED}\n\nIt sank.\n"),
        ("markdown", f"{STORY}\n\n> “[The crew] had no warning [...] and no radio”\n\nIt sank.\n"),
        ("markdown", f"{STORY}\n\n<aside class='pull-quote'>{REPEATED}</aside>\n\nIt sank.\n"),
    ],
)
def test_a_pull_quote_repeats_the_story(form: str, source: str) -> None:
    assert [role for role, _ in roles(read_text(source, form))] == ["pull-quote"]


def test_the_signature_belongs_to_the_pull_quote() -> None:
    draft = read_text(f"{STORY}\n\n> {REPEATED}\n> — Ida Bolt\n\nIt sank.\n", "markdown")
    assert roles(draft) == [("pull-quote", REPEATED), ("pull-quote", "— Ida Bolt")]


@pytest.mark.parametrize("quoted", ["We had no warning and two radios", "No radio", "The mayor has to answer for it."])
def test_a_block_quotation_with_words_of_its_own_is_no_pull_quote(quoted: str) -> None:
    assert roles(read_text(f"{STORY}\n\n> {quoted}\n\nIt sank.\n", "markdown")) == []


def test_a_text_box_of_word_that_repeats_the_story_is_a_pull_quote() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(REPEATED)}</w:txbxContent></w:pict></w:r>"
    body = paragraph(STORY) + paragraph(box + run("It sank in March.")) + styled("The mayor has to go.", "Quote")
    assert roles(read_bytes(word_file(body), "draft.docx")) == [("pull-quote", REPEATED)]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<q>It sank</q>, she said.", "“It sank”, she said."),
        ("<q>“It sank”</q>, she said.", "“It sank”, she said."),
        ("<q>&ldquo;It sank&rdquo;</q>, she said.", "“It sank”, she said."),
        ("<q>He said <q>no</q></q>, she said.", "“He said ‘no’”, she said."),
    ],
)
def test_q_has_the_marks_that_a_browser_shows(markup: str, words: str) -> None:
    assert read_text(f"<p>{markup}</p>", "html").text == words


def test_q_that_is_never_closed_ends_with_its_paragraph() -> None:
    assert read_text("<p><q>It sank.</p><p>She left.</p>", "html").text == "“It sank.”\n\nShe left."


def test_q_is_a_quotation_in_markdown() -> None:
    assert read_text("She said <q>it sank</q>.", "markdown").text == "She said “it sank”."


def test_cite_beside_a_quotation_is_its_source() -> None:
    draft = read_text("<p><q>We had no radio</q> <cite>Ida Bolt</cite></p>", "html")
    assert blocks(draft) == [("block-quote", "“We had no radio”"), ("speaker", "Ida Bolt")]


@pytest.mark.parametrize("tag", ["p", "blockquote"])
def test_cite_in_a_sentence_is_a_title(tag: str) -> None:
    words = "She read it in The Harbour Post, which said the ferry was old."
    draft = read_text(f"<{tag}>{words.replace('The Harbour Post', '<cite>The Harbour Post</cite>')}</{tag}>", "html")
    assert [text for _, text in blocks(draft)] == [words]


# --- Posts ------------------------------------------------------------------------------------------------------------


def test_a_post_is_its_authors_with_its_account() -> None:
    post = "<blockquote class='twitter-tweet'><p>It is a wreck.</p>— Ida Bolt (@idabolt) March 3, 2026</blockquote>"
    draft = read_text(f"<p>The ferry sank.</p>{post}<p>It rose.</p>", "html")
    assert roles(draft) == [("post", "It is a wreck."), ("post", "— Ida Bolt (@idabolt) March 3, 2026")]


def test_the_date_of_a_post_is_none_of_its_words() -> None:
    post = "<blockquote class='twitter-tweet'><p>It is a wreck.</p><a href='x'>March 3, 2026</a></blockquote>"
    draft = read_text(f"<p>The ferry sank.</p>{post}<p>It rose.</p>", "html")
    assert blocks(draft)[1:3] == [("block-quote", "It is a wreck."), ("dateline", "March 3, 2026")]


def test_a_post_copied_as_text_is_one() -> None:
    draft = read_text("The ferry sank.\n\nIt is a wreck.\n\n— Ida Bolt (@idabolt) March 3, 2026\n\nIt rose.")
    assert [role for role, _ in roles(draft)] == ["post", "post"]


def test_what_a_frame_says_to_old_browsers_is_not_read() -> None:
    assert read_text("<p>It sank.</p><iframe src='x'>No frames here.</iframe>", "html").text == "It sank."
