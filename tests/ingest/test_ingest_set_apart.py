"""Block quotations, pull quotes and posts with their signatures, in all formats: text in, blocks out."""

from __future__ import annotations

import pytest

from attribution.ingest import read_text
from attribution.records import Draft

WORDS = "The ramp has gone."


def signed(draft: Draft) -> list[tuple[str, str]]:
    """The speaker and words of each block whose layout names the speaker."""
    return [
        (draft.text[block.speaker.start : block.speaker.end], draft.text[block.span.start : block.span.end])
        for block in draft.blocks
        if block.speaker is not None
    ]


@pytest.mark.parametrize(
    ("text", "draft_format", "speaker"),
    [
        (f"> {WORDS}\n>\n> — Ida Bolt, nurse", "markdown", "Ida Bolt"),
        (f"> {WORDS}\n> — Ida Bolt", "markdown", "Ida Bolt"),
        (f"> {WORDS} — Ida Bolt", "markdown", "Ida Bolt"),
        (f"> {WORDS}\n>\n> — the board of the ward", "markdown", "the board of the ward"),
        (f"> {WORDS}\n\n— Ida Bolt", "markdown", "Ida Bolt"),
        (f"> {WORDS}\n> — Ida Bolt", "text", "Ida Bolt"),
        (f"Here it is.\n\n    {WORDS}\n    — Ida Bolt\n\nIt rained.\n\nIt was cold.", "text", "Ida Bolt"),
        (f"<blockquote><p>{WORDS}</p><p>— Ida Bolt, nurse</p></blockquote>", "html", "Ida Bolt"),
        (f"<blockquote><p>{WORDS}</p><cite>Ida Bolt</cite></blockquote>", "html", "Ida Bolt"),
        (f"<blockquote>{WORDS} <cite>Ida Bolt</cite></blockquote>", "html", "Ida Bolt"),
        (f"<blockquote><p>{WORDS}</p><footer>Ida Bolt, nurse</footer></blockquote>", "html", "Ida Bolt"),
        (f"<figure><blockquote>{WORDS}</blockquote><figcaption>— Ida Bolt</figcaption></figure>", "html", "Ida Bolt"),
        (
            f"<figure><blockquote>{WORDS}</blockquote><figcaption>Ida Bolt, nurse</figcaption></figure>",
            "html",
            "Ida Bolt",
        ),
        (f'<div class="pull-quote"><p>{WORDS}</p><p class="author">Ida Bolt, nurse</p></div>', "html", "Ida Bolt"),
        (f'<section class="article-pullquote"><p>{WORDS}</p><cite>Ida Bolt</cite></section>', "html", "Ida Bolt"),
        (f"> {WORDS}\n\n*Ida Bolt, nurse*", "markdown", "Ida Bolt"),
        (
            f'<blockquote class="twitter-tweet"><p>{WORDS}</p>&mdash; Pier Trust (@pier) <a href="u">May 5, 2031</a>'
            "</blockquote>",
            "html",
            "Pier Trust",
        ),
        (
            f'<blockquote class="bluesky-embed"><p>{WORDS}</p>&mdash; Pier Trust (<a href="u">@pier.example.org</a>) '
            '<a href="v">May 5, 2031 at 5:00 PM</a></blockquote>',
            "html",
            "Pier Trust",
        ),
        (
            f'<blockquote class="instagram-media"><p>{WORDS}</p><a href="u">A post shared by Ida Bolt (@ida)</a>'
            "</blockquote>",
            "html",
            "Ida Bolt",
        ),
        (
            f'<blockquote class="text-post-media"><p>{WORDS}</p><a href="u">Post by @pier</a></blockquote>',
            "html",
            "@pier",
        ),
        (
            f'<div class="fb-post"><blockquote><p>{WORDS}</p>Posted by <a href="u">Pier Trust</a> on Friday'
            "</blockquote></div>",
            "html",
            "Pier Trust",
        ),
        (f"Ida Bolt (@ida) March 3, 2031\n\n{WORDS}\n\nThe pier was old.", "text", "Ida Bolt"),
        (f"Ida Bolt @ida · Mar 3\n{WORDS}\n\nThe pier was old.", "text", "Ida Bolt"),
        (f"Ida Bolt\n@ida\n{WORDS}\n3:05 PM · Mar 3, 2031\n\nThe pier was old.", "text", "Ida Bolt"),
        (f"{WORDS}\n— Ida Bolt (@ida) March 3, 2031\n\nThe pier was old.", "text", "Ida Bolt"),
        (f"{WORDS}\n\nA post shared by Ida Bolt (@ida)\n\nThe pier was old.", "text", None),
    ],
)
def test_signatures(text: str, draft_format: str, speaker: str | None) -> None:
    draft = read_text(text, draft_format)
    if speaker is None:  # in plain text, a line above its post and one below look alike
        assert all(words != WORDS for _, words in signed(draft))
    else:
        assert signed(draft) == [(speaker, WORDS)]


@pytest.mark.parametrize("signature", ["Ida Bolt, mayor of Tarsk", "— Ida Bolt", "- Ida Bolt, mayor"])
def test_a_pull_quote_is_signed_on_the_next_line(signature: str) -> None:
    text = f"The pier shut.\n\n“{WORDS} Nobody was on it.”\n{signature}\n\nIt opens in May."
    assert signed(read_text(text)) == [("Ida Bolt", f"“{WORDS} Nobody was on it.”")]


@pytest.mark.parametrize(
    "text",
    [
        "“The ramp has gone,” said Ida Bolt.\n\nOtto Kell, mayor of Tarsk, came too.",
        "The ferry stops in May.\n\nReporting by Tess Arlow; editing by Jim Pond",
        "The ferry stops in May.\n\n— Tess Arlow contributed to this report",
        "The ferry stops.\n\nFollow Tess Arlow on Twitter @tess",
        "The ferry stops.\n\nWrite to Tess Arlow at tess@example.org",
        "The ferry stops.\n\nTwitter: @tess",
        "“We are shut.”\n\nPier Opening",
    ],
)
def test_lines_that_sign_nothing(text: str) -> None:
    assert signed(read_text(text)) == []


def test_all_lines_of_a_copied_post_are_the_account_s() -> None:
    draft = read_text(
        f"It rained all day, and the pier was shut.\n\n{WORDS}\nIt leaked.\n\n— Ida Bolt (@ida) March 3, 2031"
    )
    quoted = [block for block in draft.blocks if block.kind == "block-quote"]
    assert len(quoted) == 2
    assert {draft.text[block.speaker.start : block.speaker.end] for block in quoted if block.speaker} == {"Ida Bolt"}


def test_an_indented_paragraph_below_a_colon_is_set_apart() -> None:
    draft = read_text("The letter reads:\n\n    The road was built at night.\n\nIt was signed.\n\nIt is dry.")
    assert [block.kind.value for block in draft.blocks] == ["paragraph", "block-quote", "paragraph", "paragraph"]


def test_first_lines_that_are_indented_are_paragraphs() -> None:
    draft = read_text("   The road was built.\n\n   It is dry.\n\n   Nobody came.")
    assert {block.kind.value for block in draft.blocks} == {"paragraph"}
