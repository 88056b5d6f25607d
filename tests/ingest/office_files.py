"""Word and OpenDocument files as small as they can be, made from their XML."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
STYLES = "".join(
    f'<w:style w:styleId="{identifier}"><w:name w:val="{name}"/>{based}</w:style>'
    for identifier, name, based in (
        ("berschrift1", "heading 1", ""),
        ("Quote", "Intense Quote", ""),
        ("Own", "Our own", '<w:basedOn w:val="Quote"/>'),
        ("Caption", "caption", ""),
        ("Byline", "Byline", ""),
    )
)


def zipped(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def styled(words: str, style: str) -> str:
    return paragraph(words, f'<w:pStyle w:val="{style}"/>')


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with this body; ``parts`` are the contents of further parts of ``word/``, by their names."""
    spaces = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}"'
    files = {
        "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {spaces}>{STYLES}</w:styles>",
        "word/_rels/document.xml.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/"
        "relationships'><Relationship Id='rId1' Target='https://post.example/a' TargetMode='External'/>"
        "</Relationships>",
    }
    files |= {f"word/{name}.xml": f"<w:{name} {spaces}>{content}</w:{name}>" for name, content in parts.items()}
    return zipped(files)


def opendocument_file(body: str, styles: str = "") -> bytes:
    """An OpenDocument text with this body and automatic styles."""
    spaces = " ".join(
        f'xmlns:{prefix}="{ODF}{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
