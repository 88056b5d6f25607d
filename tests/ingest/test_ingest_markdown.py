from __future__ import annotations

from ingest_drafts import blocks, file_offset, links

from attribution.ingest import locate, read_text

ARTICLE = """\
---
title: "The mayor's \\"bridge\\" is closed"
author: [Jane Doe]
image:
  title: not this
tags: [a, b]
---

# Mayor closes the bridge

*By Jane Doe in Northport*

NORTHPORT (Harbour Wire) — The **mayor** said on [Monday](https://x.example/a "t") that *nothing*
would change &amp; that 5 \\* 3 is `fif teen` <https://auto.example>, she said.<br>A line
with a trailing\x20\x20
break. ~~Deleted.~~ <!-- a comment --> After.

> "We knew," she said.
> Nobody acted.
>
> > Nobody at all.

- First item [the ref][r]
- Second
  goes on

```
a code block
```

    indented code

| a | b |
|---|---|
| 1 | 2 |

<figure><img src="x"><figcaption>The bridge &mdash; closed</figcaption></figure>

<!-- a comment
of two lines -->

![An image](pic.jpg)

Last _one_ * two ** three [ broken ]( x

[r]: http://ref.example
"""


def test_the_parts_of_an_article() -> None:
    assert blocks(read_text(ARTICLE, "markdown")) == [
        ("headline", 'The mayor\'s "bridge" is closed'),
        ("byline", "Jane Doe"),
        ("headline", "Mayor closes the bridge"),
        ("byline", "By Jane Doe in Northport"),
        ("dateline", "NORTHPORT (Harbour Wire) —"),
        (
            "paragraph",
            "The mayor said on Monday that nothing would change & that 5 * 3 is fif teen https://auto.example, she"
            " said. A line with a trailing break. After.",
        ),
        ("block-quote", '"We knew," she said. Nobody acted.'),
        ("block-quote", "Nobody at all."),
        ("list-item", "First item the ref"),
        ("list-item", "Second goes on"),
        *[("list-item", cell) for cell in ("a", "b", "1", "2")],
        ("caption", "The bridge — closed"),
        ("paragraph", "Last one * two ** three [ broken ]( x"),
    ]


def test_links_keep_their_words_and_targets() -> None:
    assert links(read_text(ARTICLE, "markdown")) == [
        ("Monday", "https://x.example/a"),
        ("https://auto.example", "https://auto.example"),
        ("the ref", "http://ref.example"),
    ]


def test_words_behind_markup_are_located_where_they_stand() -> None:
    draft = read_text(ARTICLE, "markdown")
    lines = ARTICLE.split("\n")
    for words in (
        "bridge",
        "mayor said",
        "Monday",
        "nothing",
        "fif",
        "https://auto",
        "Nobody at all",
        "goes",
        "closed",
        "one *",
    ):
        start = draft.text.index(words.split()[0], draft.text.index(words))
        line, column = locate(draft, start)
        assert lines[line - 1][column - 1 :].startswith(words.split()[0])


def test_blocks_are_separated_by_a_blank_line() -> None:
    assert read_text("# One\nTwo is here.\n* Three", "markdown").text == "One\n\nTwo is here.\n\nThree"


def test_toml_front_matter() -> None:
    draft = read_text("+++\ntitle = 'It''s closed'\nstandfirst = \"The bridge is shut.\"\n+++\nShe left.", "markdown")
    assert blocks(draft) == [
        ("headline", "It's closed"),
        ("paragraph", "The bridge is shut."),
        ("paragraph", "She left."),
    ]


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    assert blocks(read_text("---\nShe left the bridge.\n\n---\n\nHe stayed.", "markdown"))[-1] == (
        "paragraph",
        "He stayed.",
    )


def test_front_matter_alone_is_read() -> None:
    assert blocks(read_text("---\ntitle: Bridge closed\n---", "markdown")) == [("headline", "Bridge closed")]


def test_windows_line_ends_give_the_same_blocks_and_lines() -> None:
    plain, windows = read_text(ARTICLE, "markdown"), read_text(ARTICLE.replace("\n", "\r\n"), "markdown")
    assert windows.text == plain.text
    assert [locate(windows, block.span.start) for block in windows.blocks] == [
        locate(plain, block.span.start) for block in plain.blocks
    ]


def test_footnote_marks_are_not_words() -> None:
    draft = read_text("The lab was clean.[^1] It has[^b] two floors.\n\n[^1]: A letter.\n[^b]: A plan.", "markdown")
    assert blocks(draft) == [
        ("paragraph", "The lab was clean. It has two floors."),
        ("list-item", "A letter."),
        ("list-item", "A plan."),
    ]


def test_cells_of_a_table_are_blocks_with_their_places() -> None:
    source = "| who | what |\n|---|---|\n| Ode | Ode said \\| *no*. |\n| a | |"
    draft = read_text(source, "markdown")
    assert blocks(draft) == [("list-item", words) for words in ("who", "what", "Ode", "Ode said | no.", "a")]
    assert file_offset(draft, draft.text.index("Ode said")) == source.index("Ode said")
