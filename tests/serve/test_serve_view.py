"""What the page is sent: places in its own units, the report's words, files as texts, and a guarded start page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest.office_files import opendocument_file, paragraph, styled, word_file
from serve.client import served
from serve.flat_parser import FlatParser
from starlette.testclient import TestClient

from attribution.ingest import read_bytes, read_text
from attribution.ingest.files import source_of_bytes
from attribution.records import Block, BlockKind, Draft, Span
from attribution.reporting.attention import points_of
from attribution.serve.opening import OpenedDraft, opened
from attribution.serve.view import View, view_json, view_of
from attribution.session import Options, Session

TEXT = (
    "# 🌉 Bridge\n\nThe **bridge** will close, said Ola Brandt.\n\n"
    "- 🌉 It is “never safe, said \u202eAda\u202c Quill.\n"
    "- 🌉 The lamps are out, said said Ola Brandt.\n"
)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with served() as client:
        yield client


def session() -> Session:
    return Session(Options(isolated=True, caching=False), FlatParser())


def view(text: str, name: str = "draft.md") -> View:
    analysed = session().analyse(name, text.encode())
    return view_of(analysed, session().findings(analysed).file.findings)


def cut(text: str, start: int, end: int) -> str:
    """The stretch of a text between two offsets in UTF-16 units."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


# --- what is shown ---


def test_marks_stand_at_their_words_in_the_text_of_the_page() -> None:
    analysed = session().analyse("draft.md", TEXT.encode())
    shown = view(TEXT)
    texts = {claim.id: claim.text for claim in analysed.analysis.claims}
    for claim, words in texts.items():
        marked = "".join(cut(TEXT, mark.start, mark.end) for mark in shown.marks if claim in mark.claims.split())
        assert marked.replace("**", "").split() == words.replace("…", "").split()
    starts = [mark.start for mark in shown.marks]
    assert starts == sorted(starts)
    assert all(one.end <= other.start for one, other in zip(shown.marks, shown.marks[1:], strict=False))


def test_entries_are_the_points_of_the_report_at_their_words() -> None:
    analysed = session().analyse("draft.md", TEXT.encode())
    points = points_of(analysed.analysis, session().findings(analysed).file.findings)
    shown = view(TEXT)
    assert [entry.item.advice[0].message for entry in shown.entries] == [point.reasons[0].message for point in points]
    for entry, point in zip(shown.entries, points, strict=True):
        if entry.start is None or entry.end is None:
            continue
        span = point.reasons[0].span
        words = analysed.analysis.draft.text[span.start : span.end]
        assert cut(TEXT, entry.start, entry.end).replace("**", "") == words


def test_fixes_replace_the_words_that_they_say() -> None:
    fixes = [fix for entry in view(TEXT).entries for fix in entry.fixes]
    assert fixes
    for fix in fixes:
        for edit in fix.edits:
            assert cut(TEXT, edit.start, edit.end) == edit.text


def test_nothing_that_is_sent_turns_the_direction_of_the_page() -> None:
    sent = view_json(view(TEXT)).decode()
    assert json.loads(sent)["entries"]
    assert not set("\u202e\u202c") & set(sent)
    assert "\\u202" not in sent


def test_the_page_is_answered_with_the_view(client: TestClient) -> None:
    answer = client.post("/page/check", json={"text": TEXT, "format": "markdown", "name": ""})
    assert answer.content == view_json(view(TEXT))
    assert client.post("/page/check", json={"text": " "}).status_code == 422


def test_what_cannot_be_saved_or_opened_is_refused(client: TestClient) -> None:
    assert "docx" in client.post("/page/export/pdf", json={"text": TEXT}).json()["detail"]
    assert client.post("/page/open", json={"text": TEXT}).status_code == 415
    saved = client.post("/page/export/html", json={"text": TEXT, "name": 'a"\r\nb.md'})
    assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''a%22%20b.html"


def test_the_start_page_holds_no_script_of_its_own_and_no_token(client: TestClient) -> None:
    page = client.get("/", headers={"authorization": ""})
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert " style=" not in page.text
    assert "onclick" not in page.text
    loaded = re.findall(r'(?:<script[^>]* src|<link [^>]*href)="([^"]+)"', page.text)
    assert loaded
    for path in loaded:
        assert client.get(path, headers={"authorization": ""}).status_code == 200


# --- files as texts ---


def text_of(data: bytes, name: str) -> OpenedDraft:
    return opened(read_bytes(data, name), source_of_bytes(data, name), name)


def test_texts_are_opened_as_they_are() -> None:
    for name, form in (("draft.txt", "text"), ("draft.md", "markdown")):
        assert text_of(TEXT.replace("\n", "\r\n").encode(), name) == OpenedDraft(TEXT, form, name, ())


def test_a_file_of_paragraphs_becomes_plain_text() -> None:
    data = word_file(styled("Harbour", "berschrift1") + paragraph("*Rain* fell.") + paragraph("# 1 is out."))
    found = text_of(data, "draft.docx")
    assert (found.text, found.format) == ("Harbour\n\n*Rain* fell.\n\n# 1 is out.\n", "text")
    assert "copy" in found.notices[-1]
    page = text_of(b"<article><h1>Harbour</h1><p>Rain <b>fell</b> all day on the town.</p></article>", "draft.html")
    assert page.text == "Harbour\n\nRain fell all day on the town.\n"


def test_a_file_with_lists_and_quotations_becomes_markdown() -> None:
    body = "<text:h text:outline-level='1'>Harbour</text:h><text:p>It *rains* [a] &amp;amp; 1) no.</text:p>"
    listed = "<text:list><text:list-item><text:p>- Rain_fall_ a_b &lt;b&gt;</text:p></text:list-item></text:list>"
    found = text_of(opendocument_file(body + listed + "<text:p>1. So.</text:p>"), "draft.odt")
    assert found.format == "markdown"
    assert found.text == (
        "# Harbour\n\nIt \\*rains\\* \\[a] \\&amp; 1) no.\n\n- \\- Rain_fall\\_ a_b \\<b>\n\n1\\. So.\n"
    )


LINE = st.text(st.sampled_from("ab .*_#>-+1)[]`<>&;\\!“"), min_size=1, max_size=12)


@given(st.lists(st.tuples(st.sampled_from([BlockKind.PARAGRAPH, BlockKind.BLOCK_QUOTE, BlockKind.LIST_ITEM]), LINE)))
def test_markdown_that_is_written_is_read_back(blocks: list[tuple[BlockKind, str]]) -> None:
    """Whatever characters the words have, Markdown reads the same words."""
    kept = [(kind, " ".join(words.split())) for kind, words in blocks if any(letter.isalnum() for letter in words)]
    kept = [(BlockKind.LIST_ITEM, "first of all"), *kept]
    text, placed = "", []
    for kind, words in kept:
        placed.append(Block(kind, Span(len(text), len(text) + len(words))))
        text += words + "\n\n"
    found = opened(Draft(text, tuple(placed), format="docx"), text, "draft.docx")
    read = read_text(found.text, found.format)
    assert [read.text[block.span.start : block.span.end] for block in read.blocks] == [words for _, words in kept]
