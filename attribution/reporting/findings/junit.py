"""JUnit XML: a test suite a draft, a failed test case a finding.

After the schema that Jenkins' xUnit plug-in publishes (junit-10.xsd).
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from attribution.linting import FileFindings
from attribution.reporting.findings.common import plain, whole


def findings_junit(files: Sequence[FileFindings]) -> str:
    """The findings as JUnit XML; a draft without findings is one passed test case."""
    total = sum(len(one.findings) for one in files)
    tests = sum(len(one.findings) or 1 for one in files)
    root = ElementTree.Element("testsuites", name="attrib", tests=str(tests), failures=str(total), errors="0")
    for file in files:
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=plain(file.path),
            tests=str(len(file.findings) or 1),
            failures=str(len(file.findings)),
            errors="0",
            skipped="0",
            time="0",
        )
        if not file.findings:
            ElementTree.SubElement(suite, "testcase", name="attrib lint", classname=plain(file.path), time="0")
        for one in file.findings:
            name = f"{one.rule} {one.name} ({one.start.line}:{one.start.column})"
            case = ElementTree.SubElement(suite, "testcase", name=name, classname=plain(file.path), time="0")
            failure = ElementTree.SubElement(case, "failure", message=plain(one.message), type=one.severity.value)
            failure.text = f"{file.path}:{one.start.line}:{one.start.column}: {plain(whole(one))}"
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
