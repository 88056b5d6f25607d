"""Word and OpenDocument files: blocks with their kinds, changes as accepted, and one line for what cannot be read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from ingest_drafts import blocks, links
from office_files import opendocument_file, paragraph, run, styled, word_file, zipped

from attribution.cli.main import attrib
from attribution.ingest import archives, find_drafts, locate, read_bytes
from attribution.ingest.files import source_of_bytes
from attribution.records import AttribError, Draft

SHE_LEFT = "She left the harbour on Monday, said Ada Quill."


def word(body: str, **parts: str) -> Draft:
    return read_bytes(word_file(body, **parts), "draft.docx")


def opendocument(body: str, styles: str = "") -> Draft:
    return read_bytes(opendocument_file(body, styles), "draft.odt")


def test_styles_of_word_tell_the_kinds_of_blocks() -> None:
    body = (
        styled("Bridge to close", "berschrift1")
        + styled("Ada Quill, Tarsk", "Byline")
        + paragraph(SHE_LEFT)
        + styled("It was never safe.", "Own")
        + styled("The bridge on Monday.", "Caption")
        + paragraph("One lane stays open.", '<w:numPr><w:numId w:val="1"/></w:numPr>')
        + f"<w:tbl><w:tr><w:tc>{paragraph('Lanes')}</w:tc><w:tc>{paragraph('Two')}</w:tc></w:tr></w:tbl>"
    )
    assert blocks(word(body)) == [
        ("headline", "Bridge to close"),
        ("byline", "Ada Quill, Tarsk"),
        ("paragraph", SHE_LEFT),
        ("block-quote", "It was never safe."),
        ("caption", "The bridge on Monday."),
        ("list-item", "One lane stays open."),
        ("list-item", "Lanes"),
        ("list-item", "Two"),
    ]


def test_places_are_paragraphs_and_characters() -> None:
    body = paragraph(" ") + paragraph(run("She  left") + run(" the harbour, ") + run("said Ada Quill."))
    draft = word(body)
    assert draft.text == "She left the harbour, said Ada Quill."
    source = source_of_bytes(word_file(body), "draft.docx")
    assert source == " \nShe  left the harbour, said Ada Quill."
    for offset, character in enumerate(draft.text):
        line, column = locate(draft, offset)
        assert source.split("\n")[line - 1][column - 1] == character


def test_changes_of_word_are_read_as_accepted_and_told() -> None:
    body = paragraph(
        run("She ") + f"<w:del>{run('may have ')}</w:del><w:ins>{run('surely ')}</w:ins>" + run("left the harbour.")
    ) + paragraph(run("He stayed ") + "<w:r><w:commentReference w:id='1'/></w:r>", "<w:rPr><w:del/></w:rPr>")
    draft = word(body + paragraph("at home with her brother."))
    assert [words for _, words in blocks(draft)] == [
        "She surely left the harbour.",
        "He stayed at home with her brother.",
    ]
    assert draft.notices == (
        "has tracked changes, read as accepted (1 inserted, 1 deleted and left out)",
        "has 1 comment, which was left out",
    )


def test_the_notes_of_word_follow_the_text() -> None:
    notes = (
        f'<w:footnote w:type="separator">{paragraph("Line")}</w:footnote>'
        f"<w:footnote>{paragraph('She told the Post.')}</w:footnote>"
    )
    body = paragraph(run(SHE_LEFT) + '<w:r><w:footnoteReference w:id="2"/></w:r>') + paragraph("Nobody else did.")
    assert [words for _, words in blocks(word(body, footnotes=notes))] == [
        SHE_LEFT,
        "Nobody else did.",
        "She told the Post.",
    ]


def test_links_text_boxes_breaks_and_hidden_words_of_word() -> None:
    box = f"<w:txbxContent>{paragraph('It was never safe.')}</w:txbxContent>"
    body = paragraph(
        run("She told ")
        + f'<w:hyperlink r:id="rId1">{run("the Post")}</w:hyperlink>'
        + f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        + "</mc:AlternateContent></w:r>"
        + run(" secretly", "<w:vanish/>")
        + "<w:r><w:br/><w:t>on Monday.</w:t></w:r>"
    )
    draft = word(body)
    assert sorted(words for _, words in blocks(draft)) == ["It was never safe.", "She told the Post on Monday."]
    assert links(draft) == [("the Post", "https://post.example/a")]


def test_an_opendocument_text_has_the_same_kinds() -> None:
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Quotations"/>'
        '<style:style style:name="P2" style:parent-style-name="Text_20_body"/>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>may have </text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:h>Bridge to close</text:h>"
        '<text:p text:style-name="P2">She left the<text:s text:c="2"/>harbour<text:note><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>She told the Post.</text:p></text:note-body></text:note>, said "
        '<text:a xlink:href="https://post.example/a">Ada Quill</text:a>.<office:annotation><text:p>Sure?</text:p>'
        "</office:annotation></text:p>"
        '<text:p text:style-name="P1">It was never safe.</text:p>'
        "<text:list><text:list-item><text:p>One lane stays open.</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Two</text:p></table:table-cell>"
        "<table:table-cell><text:p>Lanes</text:p></table:table-cell></table:table-row></table:table>"
    )
    draft = opendocument(body, styles)
    assert blocks(draft) == [
        ("headline", "Bridge to close"),
        ("paragraph", "She left the harbour, said Ada Quill."),
        ("block-quote", "It was never safe."),
        ("list-item", "One lane stays open."),
        ("list-item", "Two"),
        ("list-item", "Lanes"),
        ("list-item", "She told the Post."),
    ]
    assert links(draft) == [("Ada Quill", "https://post.example/a")]
    assert draft.notices == (
        "has tracked changes, read as accepted (0 inserted, 1 deleted and left out)",
        "has 1 comment, which was left out",
    )


@pytest.mark.parametrize("name", ["draft.docx", "draft.odt"])
@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"no archive", "is not .*, or is broken"),
        (zipped({"other.xml": "<a/>"}), "is not (a Word file|an OpenDocument text)"),
        (zipped({"word/document.xml": "<a>", "content.xml": "<a>"}), "is broken"),
        (
            zipped(dict.fromkeys(("word/document.xml", "content.xml"), '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
            "type",
        ),
        (zipped(dict.fromkeys(("word/document.xml", "content.xml"), "<a>" * 50_000 + "</a>" * 50_000)), "no words"),
        (word_file(paragraph(SHE_LEFT))[:-40], "is broken"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_line(name: str, data: bytes, fault: str) -> None:
    with pytest.raises(AttribError, match=fault) as raised:
        read_bytes(data, name)
    assert str(raised.value).startswith(f"{name}: ")
    assert "\n" not in str(raised.value)


def test_a_file_that_grows_when_unpacked_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_PART", 1_000_000)
    bomb = word_file(paragraph("a" * 1_000_001))
    assert len(bomb) < 10_000
    with pytest.raises(AttribError, match="holds more than 1 MB of text when unpacked"):
        read_bytes(bomb, "draft.docx")


def test_a_file_with_a_broken_checksum_is_refused() -> None:
    data = bytearray(word_file(paragraph(SHE_LEFT)))
    data[zipfile.sizeFileHeader + len("word/document.xml") + 30] ^= 0xFF
    with pytest.raises(AttribError, match="is broken"):
        read_bytes(bytes(data), "draft.docx")


@pytest.mark.slow
def test_a_report_counts_paragraphs_and_lint_mends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "draft.docx"
    data = word_file(paragraph("“It was never safe, said Ola Brandt.") + paragraph("Experts said  it will close."))
    file.write_bytes(data)
    report = CliRunner().invoke(attrib, ["report", str(file)])
    assert "paragraph:character" in report.stdout
    assert "2:1  “Experts said it will close.”" in report.stdout
    page = CliRunner().invoke(attrib, ["report", "-f", "html", str(file)]).stdout
    assert ">paragraph 2:1<" in page
    assert ">line " not in page
    told = CliRunner().invoke(attrib, ["lint", "-f", "github", str(file)]).stdout
    assert "::Paragraph 2: " in told
    mended = CliRunner().invoke(attrib, ["lint", "--fix", "--unsafe-fixes", str(file)])
    assert "nothing is mended in a word processor's file" in mended.stderr
    assert file.read_bytes() == data


def test_the_lock_files_of_word_are_no_drafts(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(word_file(paragraph(SHE_LEFT)))
    (tmp_path / "~$draft.docx").write_bytes(b"\x05Ada")
    assert find_drafts([tmp_path]) == [tmp_path / "draft.docx"]
