"""Finds and reads the files of annotations, and the articles that they annotate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attribution.conversion.readers import ReportFile
    from attribution.records import Draft


def read_annotation_file(file: Path) -> str:
    """The file's text with its own line ends, which offsets count; raises ``AttribError`` if it cannot be read."""
    from attribution.text_files import read_text_file

    return read_text_file(file, newline="")


def article_beside(file: Path) -> Draft:
    """The article beside a standoff file; raises ``AttribError`` if there is none."""
    from attribution.ingest import read_draft
    from attribution.records import AttribError

    articles = [file.with_suffix(suffix) for suffix in article_endings() if file.with_suffix(suffix).is_file()]
    if not articles:
        raise AttribError(f"{file}: there is no article beside it; put {file.stem}.txt (or .md, .html) there")
    return read_draft(articles[0])


def reported_draft(report: ReportFile, file: Path) -> Draft:
    """The draft that a report is about: at its path as given, or relative to the report's folder, or beside the report.

    Raises ``AttribError`` if it is in none of these places.
    """
    from attribution.ingest import read_draft
    from attribution.records import AttribError

    path = Path(report.path)
    for candidate in (path, file.parent / path, file.parent / path.name):
        if candidate.is_file():
            return read_draft(candidate)
    raise AttribError(f"{file}: reports on {report.path}, which is not there; put it beside the report")


def article_endings() -> list[str]:
    """The extensions of articles, plain text first."""
    from attribution.ingest.files import FORMATS

    return [".txt", *(ending for ending in FORMATS if ending != ".txt")]
