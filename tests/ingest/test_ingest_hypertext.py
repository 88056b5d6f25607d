from __future__ import annotations

import pytest
from ingest_drafts import blocks, links

from attribution.ingest import locate, read_text
from attribution.records import AttribError

PAGE = """\
<!doctype html>
<html><head><title>Bridge | Harbour Post</title><style>p { color: red }</style></head>
<body><nav>Home <a href="/x">News</a></nav>
<h1>Harbour Post</h1>
<article><h1>Bridge
   closed</h1>
<p class="byline">By <a rel=author href="/jane">Jane Doe</a></p>
<p>NORTHPORT (Harbour Wire) &#8212; The &ldquo;mayor&rdquo; said<br>so   on <a href="http://x.example">Monday</a>.
<p>A second &amp; a third & fourth &nosuchthing paragraph.
<blockquote>Quoted <q>inner</q> words.<footer>The mayor</footer></blockquote>
<ul><li>one<li>two <b>bold</b></ul>
<script>if (x < y) { "not this" }</script>
<div>A division.<br><br>After two breaks.</div>
<aside>Read also: a ferry</aside><p hidden>hidden</p><p style="display: none">unseen</p>
<p>It was <del>red</del> blue.</p>
<pre><code>not this</code></pre>
<figure><img alt="x"><figcaption>The bridge.</figcaption></figure>
</article><p>Outside.</p><footer>© Harbour Post</footer></body></html>
"""


def test_the_parts_of_a_page() -> None:
    assert blocks(read_text(PAGE, "html")) == [
        ("headline", "Bridge closed"),
        ("byline", "By Jane Doe"),
        ("dateline", "NORTHPORT (Harbour Wire) —"),
        ("paragraph", "The “mayor” said so on Monday."),
        ("paragraph", "A second & a third & fourth &nosuchthing paragraph."),
        ("block-quote", "Quoted “inner” words."),
        ("speaker", "The mayor"),
        ("list-item", "one"),
        ("list-item", "two bold"),
        ("paragraph", "A division."),
        ("paragraph", "After two breaks."),
        ("paragraph", "It was blue."),
        ("caption", "The bridge."),
    ]


def test_links_keep_their_words_and_targets() -> None:
    assert links(read_text(PAGE, "html")) == [("Jane Doe", "/jane"), ("Monday", "http://x.example")]


@pytest.mark.parametrize(
    "words", ["closed", "Jane", "mayor", "Monday", "third", "fourth", "inner", "bold", "After", "blue"]
)
def test_words_behind_markup_are_located_where_they_stand(words: str) -> None:
    draft = read_text(PAGE, "html")
    line, column = locate(draft, draft.text.index(words))
    assert PAGE.split("\n")[line - 1][column - 1 :].startswith(words)


def test_a_character_reference_is_located_at_its_ampersand() -> None:
    draft = read_text("<p>Fish &amp; chips&hellip;</p>", "html")
    assert draft.text == "Fish & chips…"
    assert locate(draft, draft.text.index("&")) == (1, 9)
    assert locate(draft, draft.text.index("chips")) == (1, 15)


def test_the_title_is_the_headline_of_a_page_without_one() -> None:
    assert blocks(read_text("<title>Bridge closed</title><p>She left.", "html"))[0] == ("headline", "Bridge closed")


def test_a_page_whose_article_is_empty_is_read_completely() -> None:
    assert blocks(read_text("<article><img></article><p>She left.</p>", "html")) == [("paragraph", "She left.")]


def test_a_page_of_many_articles_is_read_completely() -> None:
    draft = read_text("<article>One is here.</article><article>Two is here.</article>", "html")
    assert blocks(draft) == [("paragraph", "One is here."), ("paragraph", "Two is here.")]


def test_a_heading_above_the_article_is_kept_if_the_article_has_none() -> None:
    draft = read_text("<header><h1>Bridge closed</h1></header><p>Menu</p><article><p>She left.</p></article>", "html")
    assert blocks(draft) == [("headline", "Bridge closed"), ("paragraph", "She left.")]


def test_a_fragment_without_any_element_is_a_paragraph() -> None:
    assert blocks(read_text("She left &amp; he stayed.", "html")) == [("paragraph", "She left & he stayed.")]


def test_markup_of_a_word_processor_is_skipped() -> None:
    draft = read_text("<![if !supportLists]><p>She<o:p></o:p> left.</p><![endif]><![odd [thing]]>", "html")
    assert blocks(draft)[0] == ("paragraph", "She left.")


def test_footnote_marks_are_not_words_but_powers_are() -> None:
    source = '<p>It is clean.<sup>1</sup> It has<sup><a href="#n">2</a></sup> 5 km<sup>2</sup>, the 1<sup>st</sup>.</p>'
    assert blocks(read_text(source, "html")) == [("paragraph", "It is clean. It has 5 km2, the 1st.")]


def test_a_block_of_white_space_alone_is_none() -> None:
    """A space that must not be broken is white space, too, where line breaks are kept."""
    assert blocks(read_text("<code>\n&nbsp;\n</code><p>She left.</p>", "html")) == [("paragraph", "She left.")]
    with pytest.raises(AttribError, match="no words"):
        read_text("<code>\n&nbsp;\n</code>", "html")
