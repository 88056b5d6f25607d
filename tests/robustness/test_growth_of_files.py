"""Reading web pages, word processors' files, mail and subtitles takes linear time, whatever is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from test_growth import grows_too_fast

from attribution.ingest import read_bytes
from attribution.records import AttribError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
STORY = "<p>The harbour board voted on Monday to close the old bridge, and nobody spoke against it that evening.</p>"
PAGE = "<html><head><title>Bridge to close</title></head><body><h1>Bridge to close</h1>{}</body></html>"
HEAD = "From: Ada Quill <ada@post.example>\nSubject: Ferry\nDate: Mon, 2 Mar 2026 09:30:00 +0100\n"

PAGES: dict[str, str] = {
    "story": STORY,
    "links": "<p><a href='/s'>Seal found in canal</a></p>",
    "headings that are links": "<h4><a href='/s'>Seal found in canal</a></h4>",
    "open divisions": f"<div class='card'>{STORY}",
    "open cells": "<table><tr><td>Aurora",
    "rows": "<tr><td>Aurora<td>1971",
    "open quotations": "<q>She left. ",
    "raised marks": "left<sup>1</sup> ",
    "raised marks never closed": "left<sup>",
    "links to notes never closed": "left<a href='#n'>",
    "cited names": "<cite>Ada Quill</cite> said ",
    "pull quotes": f"{STORY}<blockquote>The harbour board voted on Monday to close the old bridge</blockquote>",
    "the same pull quote": "<blockquote>The harbour board voted, the harbour board voted</blockquote>",
    "notes": "<div class='footnotes'>The office gave the date.",
    "posts": "<blockquote class='twitter-tweet'>It sank. — Ada (@ada) March 3, 2026",
    "names of classes": "<p class='tool-tip-tool-tip-tool-tip-tool-tip-block-block'>It sank.</p>",
    "dates": "<p>Published March 3, 2026</p>",
    "calls": "<p>Get the best of all the news of the harbour delivered every single day</p>",
}


def page(piece: str) -> Callable[[int], bytes]:
    return lambda size: PAGE.format(piece * (size // len(piece))).encode()


def zipped(name: str, content: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def word(before: str, piece: str, after: str = "", end: str = "") -> Callable[[int], bytes]:
    def made(size: int) -> bytes:
        count = size // (len(piece) + len(after))
        body = f"{before}{piece * count}{after * count}{end}"
        return zipped("word/document.xml", f"<w:document xmlns:w='{W}'><w:body>{body}</w:body></w:document>")

    return made


def opendocument(piece: str, after: str = "") -> Callable[[int], bytes]:
    def made(size: int) -> bytes:
        count = size // (len(piece) + len(after))
        spaces = f"xmlns:office='{OFFICE}' xmlns:text='{TEXT}' xmlns:table='{TABLE}'"
        body = f"<office:body><office:text>{piece * count}{after * count}</office:text></office:body>"
        return zipped("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")

    return made


def mail(piece: str, head: str = "Content-Type: text/plain; charset=utf-8\n") -> Callable[[int], bytes]:
    return lambda size: f"{HEAD}{head}\nIt sank.\n{piece * (size // len(piece))}".encode()


def subtitles(piece: str) -> Callable[[int], bytes]:
    return lambda size: f"WEBVTT\n\n{piece * (size // len(piece))}".encode()


PARAGRAPH = "<w:p><w:r><w:t>She left the harbour on Monday, said Ada Quill.</w:t></w:r></w:p>"
CELL = f"<w:tc>{PARAGRAPH}</w:tc>"
ENCODED = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {}\n"
CUE = "00:00:01.000 --> 00:00:02.000\n"
FILES: dict[str, tuple[str, Callable[[int], bytes]]] = {
    **{f"page of {name}": ("page.html", page(piece)) for name, piece in PAGES.items()},
    "paragraphs of Word": ("a.docx", word("", PARAGRAPH)),
    "cells of Word": ("a.docx", word("", f"<w:tbl><w:tr>{CELL}{CELL}</w:tr></w:tbl>")),
    "tables within tables of Word": ("a.docx", word("", f"<w:tbl><w:tr><w:tc>{PARAGRAPH}", "</w:tc></w:tr></w:tbl>")),
    "runs of Word": ("a.docx", word("<w:p>", "<w:r><w:t>She left. </w:t></w:r>", end="</w:p>")),
    "text boxes within text boxes": (
        "a.docx",
        word("", "<w:p><w:r><w:t>She left.</w:t><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
    ),
    "deleted ends of paragraphs": (
        "a.docx",
        word("", "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>She left. </w:t></w:r></w:p>"),
    ),
    "paragraphs of OpenDocument": ("a.odt", opendocument("<text:p>She left the harbour on Monday.</text:p>")),
    "notes of OpenDocument": (
        "a.odt",
        opendocument(
            "<text:p>She left.<text:note><text:note-body><text:p>She did.</text:p></text:note-body></text:note>"
            "</text:p>"
        ),
    ),
    "tables within tables of OpenDocument": (
        "a.odt",
        opendocument(
            "<table:table><table:table-row><table:table-cell><text:p>Two</text:p>",
            "</table:table-cell></table:table-row></table:table>",
        ),
    ),
    "lines of mail": ("a.eml", mail("She left the harbour on Monday, said Ada Quill.\n")),
    "quoted lines of mail": ("a.eml", mail("> She left the harbour.\n")),
    "announcements in mail": ("a.eml", mail("On Sunday, Ada wrote:\n")),
    "forwarded marks": ("a.eml", mail("---------- Forwarded message ---------\nFrom: Ada\n\n")),
    "signatures": ("a.eml", mail("-- \n")),
    "quoted-printable": ("a.eml", mail("caf=C3=A9 and =\n", ENCODED.format("quoted-printable"))),
    "spaces in quoted-printable": ("a.eml", mail(" ", ENCODED.format("quoted-printable"))),
    "equals signs in quoted-printable": ("a.eml", mail("= ", ENCODED.format("quoted-printable"))),
    "base64": ("a.eml", mail("U2hlIGxlZnQu", ENCODED.format("base64"))),
    "quotations of HTML mail": ("a.eml", mail("<blockquote type='cite'>", "Content-Type: text/html\n")),
    "folds of a field": ("a.eml", lambda size: b"Subject: It\n" + b" sank\n" * (size // 6) + b"\nIt sank.\n"),
    "encoded words": ("a.eml", lambda size: b"Subject: " + b"=?utf-8?q?a?= " * (size // 15) + b"\n\nIt sank.\n"),
    "cues": ("a.vtt", subtitles(f"{CUE}She left the harbour.\n\n")),
    "cues without words": ("a.vtt", subtitles(CUE)),
    "lines of a cue": ("a.vtt", lambda size: CUE.encode() + b"She left.\n" * (size // 10)),
    "voices": ("a.vtt", subtitles(f"{CUE}<v Ada>She left.\n\n{CUE}<v Ida>She left.\n\n")),
    "open tags of subtitles": ("a.vtt", subtitles(CUE + "<v.<v.<v.<v <v {\\ {\\\n")),
    "brackets of subtitles": ("a.vtt", lambda size: CUE.encode() + b"(" * size),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_reading_a_file_takes_linear_time(name: str) -> None:
    path, made = FILES[name]
    files = {size: made(size) for size in (20_000, 80_000)}

    def read(size: int) -> None:
        with suppress(AttribError):  # some hold no words
            read_bytes(files[size], path)

    assert not grows_too_fast(read, 20_000)
