"""Helpers shared by several formats of findings."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from attribution.linting import FileFindings, Finding, Severity, UnreadDraft
from attribution.reporting.escaping import path_in_uri
from attribution.reporting.words import capital

PROJECT = "https://pypi.org/project/attrib/"
"""Where the tool is described."""


def all_findings(files: Iterable[FileFindings]) -> list[Finding]:
    """The findings of all files, file by file."""
    return [finding for file in files for finding in file.findings]


UNREAD = "unread-draft"
"""What other programs are told in place of a rule for a draft that could not be read."""


def message_and_help(finding: Finding) -> str:
    """Message and help as one text."""
    return f"{capital(finding.message)}. {finding.help}"


def message_help_and_page(finding: Finding) -> str:
    """Message and help as one text, and the address of the rule's page, for formats that have no place for a link."""
    text = message_and_help(finding)
    return f"{text} {finding.page}" if finding.page else text


def unread_message(draft: UnreadDraft) -> str:
    """That a draft could not be read, and why, as one text."""
    return f"{capital(draft.error)}. The draft was not checked."


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
