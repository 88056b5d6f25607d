"""Parts of web pages other than the article are left out."""

from __future__ import annotations

import pytest
from ingest_drafts import blocks

from attribution.ingest import read_text

STORY = "<h1>Seal found</h1><p>The seal weighs forty kilos, and is well, the zoo of Tarsk said on Friday afternoon.</p>"
LINKS = '<ul><li><a href="/a">Bishop denies it</a></li><li><a href="/b">Bridge shut</a></li></ul>'


@pytest.mark.parametrize(
    "clutter",
    [
        '<div class="cookie-banner"><p>We use cookies. You agree to our use of them.</p></div>',
        f'<div class="related"><h3>Most read</h3>{LINKS}</div>',
        f"<h3>More stories</h3>{LINKS}",
        '<div id="newsletter-signup"><p>Get the news by mail.</p></div>',
        '<p><a href="/c">Read more: Seals in the canal</a></p>',
        '<blockquote class="instagram-media"><a href="/p">View this post on Instagram</a></blockquote>',
    ],
)
def test_clutter_is_left_out(clutter: str) -> None:
    assert [words.split()[0] for _, words in blocks(read_text(STORY + clutter, "html"))] == ["Seal", "The"]


@pytest.mark.parametrize(
    "kept",
    [
        '<ul><li><a href="/m">Mill Lane</a> is shut until May, the council said.</li><li>Dock Street floods.</li></ul>',
        '<div class="article-content related"><p>It ate nine fish.</p></div>',
        '<div class="social"><blockquote class="twitter-tweet"><p>Fat.</p>&mdash; Zoo (@zoo) May 5, 2031</blockquote>'
        "</div>",
    ],
)
def test_what_only_looks_like_clutter_stays(kept: str) -> None:
    assert len(blocks(read_text(STORY + kept, "html"))) > 2
