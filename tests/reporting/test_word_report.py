"""The draft as a Word file: its words and blocks are read back, and comments stand at what is to be looked at."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from serve.flat_parser import FlatParser

from attribution.ingest import read_bytes
from attribution.records import BlockKind
from attribution.reporting.attention import PointKind, points_of
from attribution.reporting.word import word_report
from attribution.session import AnalysedDraft, Options, Session

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = (
    "# Harbour & bridge\n\nBy Jane Doe\n\nThe [lamps](https://post.test/?a=1&b=2) are “<out>, said Ola Brandt. It "
    "rained, said said Ada Quill.\n\n> It will close.\n\n- One [unsafe](javascript:x) thing\n- \u202eTwo\u202c\n"
)


def analysed(text: str = TEXT) -> AnalysedDraft:
    return Session(Options(isolated=True, caching=False), FlatParser()).analyse("draft.md", text.encode())


def report(found: AnalysedDraft) -> bytes:
    findings = Session(Options(isolated=True)).findings(found).file.findings
    return word_report(found.analysis, findings)


@pytest.fixture(scope="module")
def parts() -> dict[str, ElementTree.Element]:
    """The parts of the file, each of which is well-formed."""
    with zipfile.ZipFile(io.BytesIO(report(analysed()))) as archive:
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def test_words_blocks_and_links_are_read_back() -> None:
    draft = analysed().analysis.draft
    read = read_bytes(report(analysed()), "draft.docx")
    assert read.text.split() == draft.text.split()
    assert [block.kind for block in read.blocks] == [block.kind for block in draft.blocks]
    assert BlockKind.BLOCK_QUOTE in {block.kind for block in read.blocks}
    assert [link.target for link in read.links] == ["https://post.test/?a=1&b=2"]


def test_each_place_to_look_at_is_a_comment_at_its_words(parts: dict[str, ElementTree.Element]) -> None:
    found = analysed()
    points = points_of(found.analysis, Session(Options(isolated=True)).findings(found).file.findings)
    assert len(points) >= 2
    comments = parts["word/comments.xml"].findall(f"{W}comment")
    assert len(comments) == len(points)
    for number, (point, comment) in enumerate(zip(points, comments, strict=True)):
        told = "".join(comment.itertext())
        assert all(reason.help in told for reason in point.reasons)
        words, is_open = "", False
        for element in parts["word/document.xml"].iter():
            if element.get(f"{W}id") == str(number) and element.tag != f"{W}commentReference":
                is_open = element.tag == f"{W}commentRangeStart"
            elif is_open and element.tag == f"{W}t":
                words += element.text or ""
        if point.kind is not PointKind.ARTICLE:
            first = point.flagged[0]
            assert words.startswith(found.analysis.draft.text[first.start : first.end].split("\n")[0])


def test_all_that_the_parts_refer_to_is_there(parts: dict[str, ElementTree.Element]) -> None:
    relations = parts["word/_rels/document.xml.rels"]
    targets = {relation.get("Id"): relation for relation in relations}
    for relation in relations:
        assert relation.get("TargetMode") == "External" or f"word/{relation.get('Target')}" in parts
    for link in parts["word/document.xml"].iter(f"{W}hyperlink"):
        assert next(value for name, value in link.attrib.items() if name.endswith("}id")) in targets
    styles = {style.get(f"{W}styleId") for style in parts["word/styles.xml"]}
    used = {style.get(f"{W}val") for style in parts["word/document.xml"].iter(f"{W}pStyle")}
    assert used <= styles
    typed = {part.get("PartName") for part in parts["[Content_Types].xml"]} - {None}
    assert typed == {f"/{name}" for name in parts if re.fullmatch(r"word/\w+\.xml", name)}


def test_comments_turn_no_direction(parts: dict[str, ElementTree.Element]) -> None:
    assert "\u202e" in "".join(parts["word/document.xml"].itertext())
    assert "\u202e" not in "".join(parts["word/comments.xml"].itertext())


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert report(analysed()) == report(analysed())


@pytest.mark.parametrize("text", ["\x1b\ufffe It rained.\n", "A\u2028b said C.\n", "x\n" * 50, "said said Ola Brandt"])
def test_odd_texts_make_sound_files(text: str) -> None:
    read = read_bytes(report(analysed(text)), "draft.docx")
    assert read.text
