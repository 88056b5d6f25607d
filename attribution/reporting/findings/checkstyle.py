"""Checkstyle XML, which review tools read."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from attribution.linting import FileFindings
from attribution.reporting.findings.common import plain, whole


def findings_checkstyle(files: Sequence[FileFindings]) -> str:
    """The findings as Checkstyle XML, an element a draft."""
    root = ElementTree.Element("checkstyle", version="4.3")
    for file in files:
        element = ElementTree.SubElement(root, "file", name=plain(file.path))
        for one in file.findings:
            ElementTree.SubElement(
                element,
                "error",
                line=str(one.start.line),
                column=str(one.start.column),
                severity=one.severity.value,
                message=plain(whole(one)),
                source=f"attrib.{one.rule}",
            )
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
