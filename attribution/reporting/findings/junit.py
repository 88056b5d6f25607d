"""JUnit XML: one test suite per draft, one failed test case per finding.

Follows the schema published by Jenkins' xUnit plug-in (junit-10.xsd).
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from attribution.linting import FileFindings
from attribution.reporting.escaping import one_line
from attribution.reporting.findings.common import message_and_help


def findings_junit(files: Sequence[FileFindings]) -> str:
    """The findings as JUnit XML; a draft without findings is a single passed test case."""
    total = sum(len(file.findings) for file in files)
    tests = sum(len(file.findings) or 1 for file in files)
    root = ElementTree.Element("testsuites", name="attrib", tests=str(tests), failures=str(total), errors="0")
    for file in files:
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=one_line(file.path),
            tests=str(len(file.findings) or 1),
            failures=str(len(file.findings)),
            errors="0",
            skipped="0",
            time="0",
        )
        if not file.findings:
            ElementTree.SubElement(suite, "testcase", name="attrib lint", classname=one_line(file.path), time="0")
        for finding in file.findings:
            name = f"{finding.rule} {finding.name} ({finding.start.line}:{finding.start.column})"
            case = ElementTree.SubElement(suite, "testcase", name=name, classname=one_line(file.path), time="0")
            failure = ElementTree.SubElement(
                case, "failure", message=one_line(finding.message), type=finding.severity.value
            )
            where = f"{file.path}:{finding.start.line}:{finding.start.column}"
            failure.text = one_line(f"{where}: {message_and_help(finding)}")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
