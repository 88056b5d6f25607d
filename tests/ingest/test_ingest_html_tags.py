"""Taking HTML apart into tags and text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.ingest.html_tags import MOST_UNCLOSED, EndTag, StartTag, Text, tokens, unescaped


def told(source: str) -> list[str]:
    """The tokens, in a short form."""
    found = []
    for token in tokens(source, 0, len(source)):
        if isinstance(token, Text):
            found.append(source[token.start : token.end])
        elif isinstance(token, StartTag):
            given = "".join(f" {name}={value}" for name, value in token.attributes.items())
            found.append(f"<{token.name}{given}>")
        else:
            found.append(f"</{token.name}>")
    return found


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a<B>b</B >c", ["a", "<b>", "b", "</b>", "c"]),
        ("<a href='x>y' B=\"1\" c=2 d>e", ["<a href=x>y b=1 c=2 d=None>", "e"]),
        ("<a\nhref = x&amp;y>", ["<a href=x&y>"]),
        ("<br/>a<br />", ["<br>", "</br>", "a", "<br>", "</br>"]),
        ("a<!-- <b> -->c<!DOCTYPE html>d<?php e ?>f<![CDATA[g]]>h", ["a", "c", "d", "f", "h"]),
        ("5 < 6 & a<b", ["5 < 6 & a<b"]),
        ("a</>b</ c>d", ["a", "b", "d"]),
        ("<script>a<b></script>c", ["<script>", "</script>", "c"]),
        ("<style>a", ["<style>"]),
        ("<p>a &amp; b", ["<p>", "a &amp; b"]),
        # Never closed: text.
        ("a <b c", ["a <b c"]),
        ("a <!-- b", ["a <!-- b"]),
        ("a <!-- b <i>c</i>", ["a <!-- b <i>c", "</i>"]),
        ("<a b='c>d</a> e", ["<a b='c>d", "</a>", " e"]),
        ("", []),
    ],
)
def test_tokens(source: str, wanted: list[str]) -> None:
    assert told(source) == wanted


def test_positions_are_those_of_the_source() -> None:
    source = "--a<b>c</b>--"
    assert list(tokens(source, 2, 11)) == [Text(2, 3), StartTag(3, "b", {}), Text(6, 7), EndTag(7, "b")]


def test_after_many_tags_that_are_never_closed_all_is_text() -> None:
    # From every tag on, all the ends of tags are within quotation marks.
    source = "<a b='>' " * (MOST_UNCLOSED + 5) + "x"
    assert told(source) == [source]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("a", "a"), ("&lt;&#8217;&#x41;", "<’A"), ("&#" + "1" * 5000 + ";", "\ufffd"), ("&#x" + "f" * 5000, "\ufffd")],
    ids=["plain", "references", "long number", "long hexadecimal number"],
)
def test_unescaped(words: str, wanted: str) -> None:
    assert unescaped(words) == wanted


class Parser(HTMLParser):
    """The standard library's tokens in the same short form."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(f"<{tag}{''.join(f' {name}={value}' for name, value in dict(attrs).items())}>")

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.found.append(data)


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<a href='x'>",
        '<i class="a b" id=c>',
        "</a>",
        "<br/>",
        "<hr>",
        "<!-- no -->",
        "word ",
        "“said” ",
        "1 ",
    ]
)


@given(st.lists(PIECES, max_size=20))
def test_well_formed_pieces_are_read_as_by_the_standard_library(pieces: list[str]) -> None:
    parser = Parser()
    parser.feed("".join(pieces))
    parser.close()
    assert told("".join(pieces)) == parser.found
