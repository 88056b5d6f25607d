"""What several formats of findings need."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import quote

from attribution.linting import FileFindings, Finding, Severity

PROJECT = "https://pypi.org/project/attrib/"
"""Where the tool is described."""


def all_findings(files: Iterable[FileFindings]) -> list[Finding]:
    """The findings of all files, file by file."""
    return [finding for one in files for finding in one.findings]


def whole(finding: Finding) -> str:
    """Message and help as one text."""
    message = finding.message[:1].upper() + finding.message[1:]
    return f"{message}. {finding.help}"


def slashed(path: str) -> str:
    """The path with forward slashes, as other tools want it."""
    return PurePath(path).as_posix() if "\\" in path else path


def uri(path: str) -> str:
    """The path as a relative (or absolute) URI reference."""
    return quote(slashed(path))


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, the heaviest first."""
    found = dict.fromkeys(Severity, 0)
    for one in findings:
        found[one.severity] += 1
    return found


def plain(text: str) -> str:
    """The text without characters that XML, terminals or line formats cannot take."""
    return "".join(one if one.isprintable() else " " for one in text)
