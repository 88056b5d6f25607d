"""Mail messages: the message's own text with its places in the file, and one line for what cannot be read."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest
from click.testing import CliRunner
from ingest_drafts import blocks, file_offset

from attribution.cli.main import attrib
from attribution.ingest import read_bytes
from attribution.records import AttribError, Draft

HEAD = (
    "From: Ada Quill <ada@harbour.example>\r\nTo: desk@post.example\r\nSubject: Ferry to be raised\r\n"
    "Date: Mon, 2 Mar 2026 09:30:00 +0100\r\n"
)
TEXT = (
    "The ferry will be raised in May, the harbour board said on Monday. It sank in March, and nobody was hurt.\r\n\r\n"
    "“We had no radio,” said Ida Bolt, the captain.\r\n"
)


def message(text: str = TEXT, content: str = "text/plain; charset=utf-8", encoding: str = "8bit") -> bytes:
    data = text.encode()
    if encoding == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        data = quopri.encodestring(text.replace("\r\n", "\n").encode()).replace(b"\n", b"\r\n")
    head = f"{HEAD}Content-Type: {content}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + data


def parted(*parts: tuple[str, str], kind: str = "alternative") -> bytes:
    inside = "".join(f"--b\r\nContent-Type: {content}\r\n\r\n{text}\r\n" for content, text in parts)
    return f"{HEAD}Content-Type: multipart/{kind}; boundary=b\r\n\r\n{inside}--b--\r\n".encode()


def read(data: bytes) -> Draft:
    return read_bytes(data, "release.eml")


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_header_and_text_are_read_in_every_encoding(encoding: str) -> None:
    draft = read(message(encoding=encoding))
    assert blocks(draft) == [
        ("byline", "Ada Quill"),
        ("headline", "Ferry to be raised"),
        ("dateline", "Mon, 2 Mar 2026 09:30:00 +0100"),
        ("paragraph", TEXT.split("\r\n")[0]),
        ("paragraph", TEXT.split("\r\n")[2]),
    ]


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable"])
def test_places_are_those_of_the_file(encoding: str) -> None:
    data = message(encoding=encoding)
    source, draft = data.decode(), read(data)
    last = 0
    for offset, character in enumerate(draft.text):
        place = file_offset(draft, offset)
        assert place >= last
        last = place
        if not character.isspace():
            assert source[place] in (character, "=")


def test_the_places_of_base64_are_in_its_lines() -> None:
    data = message(encoding="base64")
    draft = read(data)
    body = data.index(b"\r\n\r\n") + 4
    places = [file_offset(draft, offset) for offset in range(draft.text.index("The ferry"), len(draft.text))]
    assert places == sorted(places)
    assert body == places[0]
    assert body < places[-1] < len(data)


def test_encoded_and_folded_fields_are_decoded() -> None:
    head = HEAD.replace("Ada Quill", "=?utf-8?q?Ad=C3=A1_Quill?=").replace("to be raised", "to be\r\n raised")
    draft = read(f"{head}\r\n{TEXT}".encode())
    assert blocks(draft)[:2] == [("byline", "Adá Quill"), ("headline", "Ferry to be raised")]


def test_the_subject_of_what_is_passed_on_loses_its_prefix() -> None:
    draft = read(message().replace(b"Subject: ", b"Subject: Fwd: RE: "))
    assert ("headline", "Ferry to be raised") in blocks(draft)


def test_plain_text_goes_before_html_unless_it_is_only_a_hint() -> None:
    html = "<p>The ferry will rise.</p>"
    assert "Ida Bolt" in read(parted(("text/plain; charset=utf-8", TEXT), ("text/html", html))).text
    assert "will rise" in read(parted(("text/plain", "See the HTML."), ("text/html", html))).text
    assert "will rise" in read(message(html, "text/html")).text


@pytest.mark.parametrize(
    "below",
    [
        "On Sun, 1 Mar 2026 at 10:00, Desk <desk@post.example> wrote:\r\n> When will it rise?\r\n> Thanks\r\n",
        "On Sun, 1 Mar 2026 at 10:00, Desk of the Post\r\n<desk@post.example> wrote:\r\n\r\n> When will it rise?\r\n",
        "-----Original Message-----\r\nFrom: Desk\r\nSent: Sunday\r\nTo: Ada\r\n\r\nWhen will it rise?\r\n",
        "________________________________\r\nFrom: Desk\r\nSent: Sunday\r\n\r\nWhen will it rise?\r\n",
    ],
)
def test_earlier_messages_are_left_out_and_told(below: str) -> None:
    draft = read(message(f"{TEXT}\r\n{below}"))
    assert blocks(draft) == blocks(read(message()))
    assert draft.notices == ("answers earlier messages, which were left out",)


def test_the_signature_is_left_out_and_told() -> None:
    draft = read(message(f"{TEXT}\r\n-- \r\nAda Quill\r\nPress office\r\n"))
    assert blocks(draft) == blocks(read(message()))
    assert draft.notices == ("ends in a signature, which was left out",)


def test_replies_and_signatures_of_html_are_left_out() -> None:
    html = (
        "<div>The ferry will rise.</div><div class='gmail_signature'>Ada Quill</div><blockquote type='cite'>When?"
        "<blockquote>Now?</blockquote></blockquote><p>It sank in March.</p>"
    )
    draft = read(message(html, "text/html"))
    assert [words for _, words in blocks(draft)][3:] == ["The ferry will rise.", "It sank in March."]
    assert len(draft.notices) == 2


@pytest.mark.parametrize("form", ["text/plain", "text/html"])
def test_what_is_passed_on_is_read(form: str) -> None:
    mark = "---------- Forwarded message ---------"
    fields = "From: Desk <desk@post.example>\r\nDate: Sunday\r\nSubject: Ferry\r\n\r\n"
    text = f"FYI\r\n\r\n{mark}\r\n{fields}It sank in March.\r\n"
    if form == "text/html":
        text = f"<div>FYI</div><div class='gmail_quote'>{mark}<p>It sank in March.</p></div>"
    draft = read(message(text, form))
    assert "It sank in March." in [words for _, words in blocks(draft)]
    assert draft.notices == ()


def test_a_message_that_is_all_quoted_is_read() -> None:
    assert "It sank in March." in read(message("> It sank in March.\r\n")).text


def test_attachments_are_told() -> None:
    pdf = ("application/pdf; name=plan.pdf\r\nContent-Disposition: attachment", "JVBERi0=")
    draft = read(parted(("text/plain; charset=utf-8", TEXT), pdf, kind="mixed"))
    assert draft.notices == ("has an attachment, which was not read: plan.pdf",)
    draft = read(parted(("text/plain; charset=utf-8", TEXT), *[pdf] * 7, kind="mixed"))
    assert draft.notices == (f"has 7 attachments, which were not read: {', '.join(['plan.pdf'] * 5)} and 2 more",)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"She left.\n\nShe came back.\n", "is no mail message, because it has no header"),
        (parted(("application/pdf; name=a.pdf", "JVBERi0="), kind="mixed"), r"has no text \(it is encrypted"),
        (HEAD.encode() + b"\r\n\r\n", "has no text"),
        (
            HEAD.encode() + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--boundary\r\n" * 500,
            "more than 200",
        ),
        (b"\x00\x01\x02" * 500, "is no mail message"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, told: str) -> None:
    with pytest.raises(AttribError, match=told) as raised:
        read(data)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "data",
    [
        message(content="text/plain; charset=no-such"),
        message(content="text/plain; charset=utf-16"),
        message(content="text/plain; charset=idna"),
        message(content="text/plain; charset=undefined"),
        message().replace(b"Ada Quill", b"=?utf-\xec?q?a?="),
        message(encoding="base64")[:-7],
        message(encoding="quoted-printable") + b"=\r\n=X=4",
        message().replace(b"Ada Quill", b"=?x?q?a?="),
        message().replace(b"Subject: ", b"Subject: =?utf-8?b?!?="),
        message(content='text/plain; charset="utf-8'),
        parted(("text/plain; name*=x'y'%ff; charset=utf-8", TEXT)),
        message().replace("“".encode(), b"\x93"),
        b"From x\n" + message(),
    ],
)
def test_broken_messages_are_read_as_far_as_they_go(data: bytes) -> None:
    draft = read(data)
    for offset in range(len(draft.text) + 1):
        file_offset(draft, offset)


@pytest.mark.slow
def test_lint_mends_nothing_in_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "release.eml"
    file.write_bytes(message(f"{TEXT}\r\n“It was never safe, said Ola Brandt.\r\n"))
    mended = CliRunner().invoke(attrib, ["lint", "--fix", "--unsafe-fixes", str(file)])
    assert "nothing is mended in mail and subtitles" in mended.stderr
    assert CliRunner().invoke(attrib, ["report", str(file)]).exit_code == 0
