"""Of a web page, the article is read; what stands around it is left out and told."""

from __future__ import annotations

import pytest
from ingest_drafts import assert_well_formed, blocks, file_offset

from attribution.ingest import read_text
from attribution.ingest.files import line_and_column
from attribution.records import Draft
from attribution.session.inputs import told_left_out

PARAGRAPHS = [
    f"The harbour board voted on {day} to close the old bridge, and nobody on the board spoke against it that evening."
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
]
STORY = "".join(f"<p>{words}</p>\n" for words in PARAGRAPHS)
TEASER = (
    '<div class="card"><h3><a href="/s">Seal found in canal</a></h3>'
    "<p>A grey seal has turned up in the canal behind the old mill, to the delight of a school.</p></div>"
)


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Bridge to close | Harbour Post</title>{head}</head><body>{body}</body></html>"


def read(source: str, *, whole_page: bool = False) -> list[tuple[str, str]]:
    from attribution.ingest import read_bytes

    return blocks(read_bytes(source.encode(), "page.html", whole_page=whole_page))


def words_of(source: str) -> list[str]:
    return [words for _, words in read(source)]


def test_an_article_that_holds_only_its_headline_does_not_hide_the_story() -> None:
    source = f"<article><h1>Bridge to close</h1></article><div>{STORY}</div>"
    assert words_of(source) == ["Bridge to close", *PARAGRAPHS]
    assert words_of(page(source)) == ["Bridge to close", *PARAGRAPHS]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<nav><a href='/'>News</a></nav>", ""),
        ("<div><p>Skip to content</p><ul><li><a href='/n'>News</a></li></ul></div>", ""),
        ("", f"<div>{TEASER * 5}</div>"),
        ("", f"<aside>{PARAGRAPHS[0]} Aside.</aside>"),
        ("", "<h3>Most read</h3><p>Seal found in canal</p><p>Mill to be sold</p>"),
        (
            "",
            f"<div class='comments'>{'<p>I crossed it every day of my life, and will miss it a lot.</p>' * 4}</div>",
        ),
        ("", "<p>Follow us on Twitter @harbourpost, or sign up for the newsletter that we send on Fridays.</p>"),
        (f"<div>{TEASER}</div>", f"<div>{TEASER}</div><p>© Harbour Post</p>"),
    ],
)
def test_what_stands_around_the_article_is_left_out(before: str, after: str) -> None:
    source = page(f"<div>{before}<div><h1>Bridge to close</h1><div>{STORY}</div></div>{after}</div>")
    assert words_of(source) == ["Bridge to close", *PARAGRAPHS]


@pytest.mark.parametrize(
    "inner",
    [
        "<p class='date'>Published March 3, 2026 at 4:07 PM | Updated at 5:36 PM HKT on March 4, 2026</p>",
        "<div class='author-bio'><p>Ada Quill has written about the harbour for years and has a seal.</p></div>",
        "<div class='InlineVideo-title'>Seal found in canal, as it happened</div>",
        "<h4>More:</h4><ul><li><h4><a href='/s'>Seal found in canal</a></h4></li></ul>"
        "<ul><li><h4><a href='/m'>Mill to be sold next year</a></h4></li></ul>",
        "<p>Get breaking news alerts and the stories that matter, delivered every morning.</p>",
        "<p>Write to Ada Quill at the Harbour Post.</p>",
    ],
    ids=["date", "author", "video", "linked headings", "call", "address"],
)
def test_what_is_no_text_within_the_article_is_left_out(inner: str) -> None:
    first, rest = STORY.split("\n", maxsplit=1)
    assert words_of(page(f"<h1>Bridge to close</h1>{inner}{STORY}")) == ["Bridge to close", *PARAGRAPHS]
    if "date" not in inner:
        assert words_of(page(f"<h1>Bridge to close</h1>{first}{inner}{rest}")) == ["Bridge to close", *PARAGRAPHS]


@pytest.mark.parametrize("names", ["class='rollover-people-block'", "class='tooltip-text'", "role='tooltip'"])
def test_what_pops_up_over_a_word_is_no_text(names: str) -> None:
    first = PARAGRAPHS[0].replace("board", f"board<span {names}>Board <a href='/b'>All its votes</a></span>", 1)
    source = page(f"<h1>Bridge to close</h1>{STORY.replace(PARAGRAPHS[0], first)}")
    assert words_of(source) == ["Bridge to close", *PARAGRAPHS]


def test_the_times_of_a_live_blog_are_kept() -> None:
    entries = "".join(f"<p>1{hour}:05 GMT</p><p>{PARAGRAPHS[hour]}</p>" for hour in range(5))
    assert [kind for kind, _ in read(page(f"<h1>Bridge to close</h1>{entries}"))].count("dateline") == 5


def test_labels_and_links_within_the_article_are_left_out_but_crossheads_and_lists_stay() -> None:
    inner = (
        "<p>Advertisement</p><h2>What the board said</h2>"
        "<p><a href='/m'>Mill to be sold next year</a></p><ul><li>Close the bridge</li><li>Sell the mill</li></ul>"
    )
    source = page(
        f"<h1>Bridge to close</h1><div>{STORY}{inner}{STORY.replace('closed', 'shut').replace('day ', 'day, ')}</div>"
    )
    found = words_of(source)
    assert "Advertisement" not in found
    assert "Mill to be sold next year" not in found
    assert {"What the board said", "Close the bridge", "Sell the mill"} <= set(found)


@pytest.mark.parametrize(
    ("head", "heading", "headline"),
    [
        ("", "", "Bridge to close"),
        ("", "<h1>Harbour Post</h1><h2>Bridge to close</h2>", "Bridge to close"),
        (
            '<meta property="og:title" content="Board shuts the bridge">',
            "<h2>Board shuts the bridge</h2>",
            "Board shuts the bridge",
        ),
        ("", "<ul><li><a href='/b'>Bridge to close</a></li></ul><h1>Bridge to close</h1>", "Bridge to close"),
    ],
)
def test_the_headline_is_found_by_the_titles_for_machines(head: str, heading: str, headline: str) -> None:
    found = read(page(f"<div>{heading}<div>{STORY}</div></div>", head))
    assert [words for kind, words in found if kind == "headline"] == [headline]


AUTHOR = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge to close",'
    ' "author": {"@type": "Person", "name": "Ada Quill"}}</script>'
)


def test_a_line_with_the_authors_name_is_the_byline() -> None:
    found = read(page(f"<h1>Bridge to close</h1><p>Ada Quill, Harbour editor</p><div>{STORY}</div>", AUTHOR))
    assert [words for kind, words in found if kind == "byline"] == ["Ada Quill, Harbour editor"]


def test_an_author_who_is_only_named_for_machines_stands_where_the_file_names_them() -> None:
    source = page(f"<h1>Bridge to close</h1><div>{STORY}</div>", AUTHOR)
    draft = read_text(source, "html")
    (byline,) = [block for block in draft.blocks if block.kind == "byline"]
    assert draft.text[byline.span.start : byline.span.end] == "Ada Quill"
    assert source[file_offset(draft, byline.span.start) :].startswith("Ada Quill")


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 100_000,
        '{"@type": "NewsArticle", "author": [1, null, {"name": [2]}]}',
        '{"@type": 3, "author": "Ada"}',
    ],
)
def test_broken_metadata_is_passed_over(script: str) -> None:
    source = page(
        f"<h1>Bridge to close</h1><div>{STORY}</div>", f'<script type="application/ld+json">{script}</script>'
    )
    assert words_of(source) == ["Bridge to close", *PARAGRAPHS]


def test_paragraphs_that_the_text_for_machines_lacks_are_left_out() -> None:
    body = " ".join(PARAGRAPHS)
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    other = "<p>Our shop has mugs, caps and umbrellas with the bridge on them, all of which are made in this town.</p>"
    source = page(
        f"<h1>Bridge to close</h1><div>{STORY[: len(STORY) // 2 // 5]}</div><div>{STORY}{other}{STORY}</div>", head
    )
    assert all("umbrellas" not in words for words in words_of(source))


def whole() -> str:
    return page(
        f"<nav><a href='/'>News</a></nav><div><h1>Bridge to close</h1><div>{STORY}</div></div><footer>Imprint</footer>"
    )


def test_the_whole_page_is_all_that_a_browser_shows() -> None:
    assert [words for _, words in read(whole(), whole_page=True)] == ["News", "Bridge to close", *PARAGRAPHS, "Imprint"]


def test_each_block_left_out_is_told_with_its_place() -> None:
    draft = read_text(whole(), "html")
    assert [(block.words, block.reason) for block in draft.left_out] == [
        ("News", "navigation"),
        ("Imprint", "the page's footer"),
    ]
    assert whole()[draft.left_out[0].file :].startswith("News")
    assert told_left_out(draft)[0] == "1:88: left out (navigation): News"
    assert line_and_column(draft, draft.left_out[0].file) == (1, 88)


def test_positions_are_those_of_the_file() -> None:
    source = whole()
    draft: Draft = read_text(source, "html")
    assert_well_formed(draft, source, "<&")
    for block in draft.blocks:
        assert source[file_offset(draft, block.span.start) :].startswith(draft.text[block.span.start : block.span.end])


def test_a_page_without_prose_is_read_as_it_is() -> None:
    assert words_of(page("<p>Menu</p><p>Search</p>"))[-2:] == ["Menu", "Search"]


def test_a_page_that_is_all_navigation_is_read_all_the_same() -> None:
    assert words_of("<nav><p>She left.</p></nav>") == ["She left."]
