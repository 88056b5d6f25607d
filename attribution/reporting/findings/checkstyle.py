"""Checkstyle XML, which review tools read."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from attribution.linting import FileFindings, Severity, UnreadDraft
from attribution.reporting.escaping import one_line
from attribution.reporting.findings.common import UNREAD, message_help_and_page, unread_message


def findings_checkstyle(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The findings as Checkstyle XML, one element per draft; a draft that could not be read has one error."""
    root = ElementTree.Element("checkstyle", version="4.3")
    for file in files:
        element = ElementTree.SubElement(root, "file", name=one_line(file.path))
        for finding in file.findings:
            ElementTree.SubElement(
                element,
                "error",
                line=str(finding.start.line),
                column=str(finding.start.column),
                severity=finding.severity.value,
                message=one_line(message_help_and_page(finding)),
                source=f"attrib.{finding.rule}",
            )
    for draft in unread:
        element = ElementTree.SubElement(root, "file", name=one_line(draft.path))
        ElementTree.SubElement(
            element,
            "error",
            line="1",
            severity=Severity.ERROR.value,
            message=one_line(unread_message(draft)),
            source=f"attrib.{UNREAD}",
        )
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
