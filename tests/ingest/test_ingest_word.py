"""What Word itself writes: each word of the text is read once and only once, however the file wraps it."""

from __future__ import annotations

import pytest
from ingest_drafts import blocks
from office_files import MC, R, W, paragraph, run, styled, word_file, zipped

from attribution.ingest import read_bytes
from attribution.records import Draft


def word(body: str, **parts: str) -> Draft:
    return read_bytes(word_file(body, **parts), "draft.docx")


def field(instruction: str, shown: str) -> str:
    """A field as Word writes it: in runs of its own, with its instruction and what it shows."""
    return (
        '<w:r w:rsidR="00A1"><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


SENTENCE = "She left the harbour on Monday, said Ada Quill."
PIECES = ("She left ", "the harbour ", "on Monday, ", "said Ada Quill.")


@pytest.mark.parametrize(
    "content",
    [
        '<w:r w:rsidR="00A1"><w:t xml:space="preserve">She left the har</w:t></w:r><w:proofErr w:type="spellStart"/>'
        '<w:r w:rsidR="00B2" w:rsidRPr="00C3"><w:t>bour</w:t></w:r><w:proofErr w:type="spellEnd"/>'
        + run(" on Monday, said Ada Quill."),
        '<w:bookmarkStart w:id="0" w:name="_GoBack"/>' + run(PIECES[0]) + '<w:bookmarkEnd w:id="0"/>'
        f'<w:smartTag w:uri="x" w:element="place"><w:smartTagPr/>{run(PIECES[1])}</w:smartTag>'
        + run(PIECES[2] + PIECES[3]),
        run(PIECES[0])
        + '<w:sdt><w:sdtPr><w:alias w:val="Place"/><w:text/></w:sdtPr><w:sdtEndPr/><w:sdtContent>'
        + run(PIECES[1])
        + "</w:sdtContent></w:sdt>"
        + run(PIECES[2] + PIECES[3]),
        run(PIECES[0]) + field("REF place \\h", run(PIECES[1])) + run(PIECES[2] + PIECES[3]),
        run(PIECES[0])
        + f'<w:fldSimple w:instr=" DOCPROPERTY x ">{run(PIECES[1])}</w:fldSimple>'
        + run(PIECES[2] + PIECES[3]),
        run(PIECES[0])
        + f'<w:hyperlink w:anchor="_Toc1" w:history="1">{run(PIECES[1])}</w:hyperlink>'
        + run(PIECES[2] + PIECES[3]),
        run(PIECES[0])
        + f'<w:ins w:id="1" w:author="A">{run(PIECES[1])}</w:ins><w:del w:id="2"><w:r><w:delText>ship </w:delText>'
        + f'</w:r></w:del><w:moveFromRangeStart w:id="3"/><w:moveFrom w:id="4">{run(PIECES[3])}</w:moveFrom>'
        + '<w:moveFromRangeEnd w:id="3"/>'
        + run(PIECES[2])
        + f'<w:moveToRangeStart w:id="5"/><w:moveTo w:id="6">{run(PIECES[3])}</w:moveTo><w:moveToRangeEnd w:id="5"/>',
        run(PIECES[0])
        + '<w:commentRangeStart w:id="0"/>'
        + run(PIECES[1])
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        + run(PIECES[2] + PIECES[3]),
        run(PIECES[0])
        + f"<mc:AlternateContent><mc:Choice Requires='w16'>{run(PIECES[1])}</mc:Choice>"
        + f"<mc:Fallback>{run(PIECES[1])}</mc:Fallback></mc:AlternateContent>"
        + run(PIECES[2] + PIECES[3]),
        '<w:customXml w:element="lead">' + run(PIECES[0] + PIECES[1]) + "</w:customXml>" + run(PIECES[2] + PIECES[3]),
        f'<w:bdo w:val="ltr">{run(PIECES[0])}</w:bdo><w:dir w:val="ltr">{run(PIECES[1])}</w:dir>'
        + run(PIECES[2] + PIECES[3]),
        '<w:r><w:t xml:space="preserve">She left the har</w:t><w:softHyphen/><w:t>bour</w:t><w:lastRenderedPageBreak/>'
        '<w:t xml:space="preserve"> on Monday, said Ada Quill.</w:t></w:r>',
        run(SENTENCE)
        + '<w:r><w:drawing><wp:inline xmlns:wp="urn:wp"><wp:docPr id="1" name="Picture 1" descr="The harbour"/>'
        '<a:graphic xmlns:a="urn:a"><a:t>Not this</a:t></a:graphic></wp:inline></w:drawing></w:r>',
        run(SENTENCE)
        + '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>',
    ],
    ids=[
        "runs by revision",
        "smart tag",
        "content control",
        "field",
        "simple field",
        "link within the file",
        "changes and moves",
        "comment",
        "alternate content",
        "custom XML",
        "directions",
        "soft hyphen",
        "picture",
        "formula",
    ],
)
def test_a_sentence_is_read_once(content: str) -> None:
    assert blocks(word(paragraph(content))) == [("paragraph", SENTENCE)]


def test_a_content_control_around_paragraphs_is_read_and_one_to_be_filled_in_is_not() -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(SENTENCE)}</w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{paragraph('Click or tap here to enter text.')}</w:sdtContent></w:sdt>"
    )
    assert blocks(word(body)) == [("paragraph", SENTENCE)]


def test_a_table_of_contents_is_left_out() -> None:
    entry = paragraph(
        field("HYPERLINK \\l _Toc1", run("Bridge to close") + "<w:r><w:tab/></w:r>" + field("PAGEREF _Toc1", run("3"))),
        '<w:pStyle w:val="TOC1"/>',
    )
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('Contents')}{entry}</w:sdtContent></w:sdt>"
    assert blocks(word(control + paragraph(SENTENCE))) == [("paragraph", SENTENCE)]
    assert blocks(word(entry + paragraph(SENTENCE))) == [("paragraph", SENTENCE)]


def test_a_text_box_is_read_once_and_its_paragraph_is_whole() -> None:
    box = f"<w:txbxContent>{paragraph('It was never safe.')}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp xmlns:wps='urn:wps'><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v='urn:v'><v:textbox>"
        f"{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    draft = word(paragraph(run("She left ") + shape + run("the harbour on Monday, said Ada Quill.")))
    assert sorted(words for _, words in blocks(draft)) == ["It was never safe.", SENTENCE]


def test_notes_are_read_once_and_their_marks_are_no_words() -> None:
    body = paragraph(
        run("She left")
        + '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
        + run(" the harbour")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>'
        + run(" on Monday, said Ada Quill.")
    )
    separators = "".join(
        f'<w:{{0}} w:type="{kind}" w:id="{number}">{paragraph("<w:r><w:separator/></w:r>")}</w:{{0}}>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"), (1, "continuationNotice"))
    )
    notes = {
        f"{name}s": separators.format(name)
        + f"<w:{name} w:id='2'>{styled('', 'FootnoteText')}"
        + f"{paragraph(f'<w:r><w:{name}Ref/></w:r>' + run(f' The {name} says so.'))}</w:{name}>"
        for name in ("footnote", "endnote")
    }
    assert blocks(word(body, **notes)) == [
        ("paragraph", SENTENCE),
        ("list-item", "The footnote says so."),
        ("list-item", "The endnote says so."),
    ]


def test_numbered_paragraphs_are_items_unless_the_numbering_is_taken_away() -> None:
    item = '<w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    body = paragraph("One lane stays open.", item.format(3)) + paragraph(
        SENTENCE, '<w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert blocks(word(body)) == [("list-item", "One lane stays open."), ("paragraph", SENTENCE)]


def test_a_row_that_is_deleted_is_left_out() -> None:
    def row(*cells: str, properties: str = "") -> str:
        return f"<w:tr>{properties}" + "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    deleted = row("Bolt", "1988", properties='<w:trPr><w:del w:id="1"/></w:trPr>')
    draft = word(f"<w:tbl><w:tblPr/><w:tblGrid/>{row('Aurora', '1971')}{deleted}</w:tbl>")
    assert [words for _, words in blocks(draft)] == ["Aurora", "1971"]


def test_the_text_is_found_where_the_file_says_it_is() -> None:
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}"'
    data = zipped(
        {
            "_rels/.rels": f"<Relationships xmlns='{relations}'><Relationship Id='rId1' Type='{R}/officeDocument' "
            "Target='word/document2.xml'/></Relationships>",
            "word/document2.xml": f"<w:document {spaces}><w:body>{paragraph(SENTENCE)}</w:body></w:document>",
            "word/_rels/document2.xml.rels": f"<Relationships xmlns='{relations}'><Relationship Id='rId1' "
            f"Type='{R}/footnotes' Target='footnotes2.xml'/></Relationships>",
            "word/footnotes2.xml": f"<w:footnotes {spaces}><w:footnote w:id='2'>{paragraph('It is so.')}</w:footnote>"
            "</w:footnotes>",
        }
    )
    assert [words for _, words in blocks(read_bytes(data, "draft.docx"))] == [SENTENCE, "It is so."]
