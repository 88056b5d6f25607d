from __future__ import annotations

import codecs
import gzip
import random

import pytest

from attribution.ingest import read_bytes
from attribution.records import AttribError

TEXT = "The mayor said “we can’t wait” on Monday — the café’s owner agreed. Nothing else was decided, she said."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big-endian", "utf-32"],
)
def test_unicode_is_read_without_notice(data: bytes) -> None:
    draft = read_bytes(data, "draft.txt")
    assert draft.text == TEXT
    assert draft.notices == ()


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")],
)
@pytest.mark.parametrize("text", [TEXT, "She can’t wait."], ids=["long", "short"])
def test_other_encodings_are_reported_with_a_notice(encoding: str, name: str, text: str) -> None:
    draft = read_bytes(text.encode(encoding), "draft.txt")
    assert draft.text == text
    assert draft.notices == (f"is not UTF-8 and was read as {name}; please check its quotation marks and accents",)


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    draft = read_bytes(b'<meta charset="iso-8859-1"><p>The caf\xe9 said \x93no\x94.</p>', "page.html")
    assert draft.text == "The café said “no”."
    assert draft.notices == ()


def test_a_few_broken_bytes_do_not_spoil_the_rest() -> None:
    draft = read_bytes((TEXT + "\n").encode() * 2 + b"She \x93left.", "draft.txt")
    assert draft.text.startswith(TEXT)
    assert draft.notices == ("1 place is not valid UTF-8 and read as \ufffd, first in line 3",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "draft.txt: is empty; give a text to read"),
        (b" \n\t\n", "draft.txt: holds no words; give a text to read"),
        (b"\xef\xbb\xbf", "draft.txt: holds no words; give a text to read"),
        (b"----\n***\n", "draft.txt: holds no words; give a text to read"),
        (b"%PDF-1.4", "draft.txt: is a PDF file; save it as plain text, Markdown or HTML"),
        (
            b"PK\x03\x04a",
            "draft.txt: is a zipped file, and not named .docx or .odt; save it as plain text, Markdown or HTML",
        ),
        (b"{\\rtf1", "draft.txt: is an RTF file; save it as plain text, Markdown or HTML"),
        (
            TEXT.encode("utf-16")[:-1],
            "draft.txt: begins like UTF-16-LE but is not, or is cut off; save it again as UTF-8",
        ),
    ],
)
def test_files_that_are_not_drafts_get_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(AttribError) as caught:
        read_bytes(data, "draft.txt")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"\x7fELF" + bytes(range(256)),
        b"The mayor\0 said so.",
        random.Random(0).randbytes(5000),
        gzip.compress(TEXT.encode()),
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00",
    ],
    ids=["png", "program", "zero byte", "noise", "gzip", "gif"],
)
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(AttribError, match=r"^draft\.txt: is a binary file, not text"):
        read_bytes(data, "draft.txt")
