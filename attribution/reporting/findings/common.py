"""Helpers shared by several formats of findings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from attribution.linting import FileFindings, Finding, Severity
from attribution.reporting.escaping import path_in_uri
from attribution.reporting.words import capital

PROJECT = "https://pypi.org/project/attrib/"
"""Where the tool is described."""


def all_findings(files: Iterable[FileFindings]) -> list[Finding]:
    """The findings of all files, file by file."""
    return [finding for file in files for finding in file.findings]


def message_and_help(finding: Finding) -> str:
    """Message and help as one text."""
    return f"{capital(finding.message)}. {finding.help}"


def slashed(path: str) -> str:
    """The path with forward slashes, as other tools expect it."""
    return PurePath(path).as_posix() if "\\" in path else path


def uri(path: str) -> str:
    """The path as a relative (or absolute) URI reference."""
    return path_in_uri(slashed(path))


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """The number of findings of each severity, most severe first."""
    found = dict.fromkeys(Severity, 0)
    for finding in findings:
        found[finding.severity] += 1
    return found
