"""Checkstyle XML, which review tools read."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from attribution.linting import FileFindings
from attribution.reporting.escaping import one_line
from attribution.reporting.findings.common import message_and_help


def findings_checkstyle(files: Sequence[FileFindings]) -> str:
    """The findings as Checkstyle XML, one element per draft."""
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
                message=one_line(message_and_help(finding)),
                source=f"attrib.{finding.rule}",
            )
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
