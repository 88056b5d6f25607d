"""Helpers shared by several formats of findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from attribution.ingest.files import format_of
from attribution.linting import RULES, FileFindings, Finding, Rule, Severity, UnreadDraft
from attribution.records import OFFICE_FORMATS
from attribution.reporting.escaping import path_in_uri
from attribution.reporting.words import capital, count, place_unit

PROJECT = "https://pypi.org/project/attrib/"
"""Where the tool is described."""


def known_rules(files: Iterable[FileFindings]) -> tuple[Rule, ...]:
    """The built-in rules, and after them the newsroom's own of all files, each once."""
    own = {rule.id: rule for file in files for rule in file.own_rules}
    return (*RULES, *own.values())


def all_findings(files: Iterable[FileFindings]) -> list[Finding]:
    """The findings of all files, file by file."""
    return [finding for file in files for finding in file.findings]


UNREAD = "unread-draft"
"""What other programs are told in place of a rule for a draft that could not be read."""


def message_and_help(finding: Finding) -> str:
    """Message and help as one text; in a file without lines, which paragraph it is about comes first."""
    text = f"{capital(finding.message)}. {finding.help}"
    form = format_of(finding.path)
    return f"{capital(place_unit(form))} {finding.start.line}: {text}" if form in OFFICE_FORMATS else text


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


def tally(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """How many findings of which severity there are, and how many drafts could not be read, in words."""
    findings = all_findings(files)
    drafts = count(len(files), "draft")
    if not findings:
        text = f"No findings in {drafts}"
    else:
        found = ", ".join(
            count(number, severity.value) if severity is not Severity.INFO else f"{number:,} info"
            for severity, number in counts(findings).items()
            if number
        )
        text = f"{count(len(findings), 'finding')} in {drafts}: {found}"
    suppressed = sum(len(file.suppressed) for file in files)
    if suppressed:
        text += f" ({suppressed} suppressed)"
    return f"{text}; {count(len(unread), 'draft')} could not be read" if unread else text
