"""The draft as a Word file (ISO/IEC 29500), with a comment at each place to look at.

It is made with the standard library: paragraphs in Word's own styles, links, and comments. Read back by
``ingest.word``, it has the draft's words and blocks.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from attribution.linting import Finding
from attribution.records import Analysis, BlockKind, Draft, Link, Span
from attribution.reporting import words
from attribution.reporting.attention import Point, PointKind, points_of
from attribution.reporting.escaping import REPLACEMENT, TURNING, one_line, without_hidden

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

STYLES = {
    BlockKind.HEADLINE: ("Heading1", "heading 1", '<w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="36"/>'),
    BlockKind.BYLINE: ("Byline", "Byline", "", '<w:color w:val="595959"/>'),
    BlockKind.BLOCK_QUOTE: ("Quote", "Quote", '<w:ind w:left="567" w:right="567"/>', "<w:i/>"),
    BlockKind.CAPTION: ("Caption", "caption", "", '<w:i/><w:sz w:val="20"/>'),
    BlockKind.LIST_ITEM: ("ListParagraph", "List Paragraph", '<w:ind w:left="567" w:hanging="283"/>', ""),
}
"""The style of a kind of block: its identifier, name, and properties of paragraphs and characters."""

AUTHOR = "attrib"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPACES = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PART_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINKED = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def word_report(analysis: Analysis, findings: Sequence[Finding] = ()) -> bytes:
    """The draft as a Word file with a comment at each place to look at; ``findings`` are those of lint.

    What is to be said of the whole article is a comment at its first paragraph.
    """
    draft = analysis.draft
    points = points_of(analysis, findings)
    paragraphs = list(_paragraphs(draft))
    links = [link for link in draft.links if _LINKED.match(link.target)]
    places = [_place(point, [span for _, span in paragraphs]) for point in points]
    body = "".join(_paragraph(draft, kind, span, places, links) for kind, span in paragraphs)
    comments = "".join(_comment(number, point) for number, point in enumerate(points))
    return _zipped(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml", False)]),
            "word/document.xml": f"<w:document {_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": _relations(
                [
                    ("rId1", "styles", "styles.xml", False),
                    ("rId2", "comments", "comments.xml", False),
                    *((f"link{number}", "hyperlink", link.target, True) for number, link in enumerate(links)),
                ]
            ),
            "word/styles.xml": _styles(),
            "word/comments.xml": f"<w:comments {_SPACES}>{comments}</w:comments>",
        }
    )


def _paragraphs(draft: Draft) -> Iterator[tuple[BlockKind, Span]]:
    """The blocks, and what stands between them and is not blank."""
    end = 0
    for block in draft.blocks:
        yield from _between(draft, Span(end, block.span.start))
        yield block.kind, block.span
        end = block.span.end
    yield from _between(draft, Span(end, len(draft.text)))


def _between(draft: Draft, span: Span) -> Iterator[tuple[BlockKind, Span]]:
    for line in re.finditer(r"\S[^\n]*", draft.text[span.start : span.end]):
        yield BlockKind.PARAGRAPH, Span(span.start + line.start(), span.start + line.end())


def _place(point: Point, paragraphs: Sequence[Span]) -> Span:
    """The words that a comment is put at: those that the reasons are about, as far as one paragraph has them."""
    if point.kind is PointKind.ARTICLE:
        return paragraphs[0]
    first = point.flagged[0]
    around = next((span for span in paragraphs if span.overlaps(first)), first)
    return Span(
        max(first.start, around.start),
        min(max(span.end for span in point.flagged if span.overlaps(around) or span == first), around.end),
    )


def _paragraph(draft: Draft, kind: BlockKind, span: Span, places: Sequence[Span], links: Sequence[Link]) -> str:
    here = [(number, place) for number, place in enumerate(places) if span.covers(place) and len(place)]
    linked = [(number, link.span) for number, link in enumerate(links) if link.span.overlaps(span)]
    borders = {span.start, span.end}
    for _, part in (*here, *linked):
        borders.update(offset for offset in (part.start, part.end) if span.start < offset < span.end)
    style = f'<w:pPr><w:pStyle w:val="{STYLES[kind][0]}"/></w:pPr>' if kind in STYLES else ""
    parts = [style]
    for start, end in pairwise(sorted(borders)):
        parts += [f'<w:commentRangeStart w:id="{number}"/>' for number, place in here if place.start == start]
        run = _run(draft.text[start:end])
        target = next((number for number, part in linked if part.covers(Span(start, end))), None)
        parts.append(run if target is None else f'<w:hyperlink r:id="link{target}">{run}</w:hyperlink>')
        parts += [
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            for number, place in here
            if place.end == end
        ]
    return f"<w:p>{''.join(parts)}</w:p>"


def _run(text: str, properties: str = "") -> str:
    shown = escape(without_hidden(" ".join(text.split("\n"))))
    return f'<w:r>{properties}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def _comment(number: int, point: Point) -> str:
    bold = "<w:rPr><w:b/></w:rPr>"
    paragraphs = [f"<w:p>{_run(words.POINTS[point.kind], bold)}</w:p>"]
    for reason in point.reasons:
        rule = f" ({reason.rule})" if reason.rule is not None else ""
        told = _steady(f"{words.sentence(reason.message)} {reason.help}{rule}")
        paragraphs.append(f"<w:p>{_run(told)}</w:p>")
    return f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="a">{"".join(paragraphs)}</w:comment>'


def _steady(text: str) -> str:
    """Words of attrib, in which those of the draft turn no direction."""
    return TURNING.sub(REPLACEMENT, one_line(text))


def _styles() -> str:
    listed = "".join(
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{characters}</w:rPr></w:style>"
        for identifier, name, paragraph, characters in STYLES.values()
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:spacing w:after="160" w:line="288" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="24"/></w:rPr>'
        "</w:style>"
    )
    return f"<w:styles {_SPACES}>{normal}{listed}</w:styles>"


def _types() -> str:
    parts = {"document": f"{_PART_TYPE}.document.main+xml"} | {
        name: f"{_PART_TYPE}.{name}+xml" for name in ("styles", "comments")
    }
    listed = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(listed: Iterable[tuple[str, str, str, bool]]) -> str:
    """Relations of a part: identifier, type, target, and whether that is outside the file."""
    told = "".join(
        f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target={quoteattr(without_hidden(target))}'
        f"{' TargetMode=' + quoteattr('External') if external else ''}/>"
        for identifier, kind, target, external in listed
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _zipped(parts: dict[str, str]) -> bytes:
    """The file of parts; the same parts give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, (_DECLARATION + content).encode("utf-8", "replace"))
    return made.getvalue()
