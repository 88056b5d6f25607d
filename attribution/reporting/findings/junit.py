"""JUnit XML: one test suite per draft, one failed test case per finding, an error for a draft that was not read.

Follows the schema published by Jenkins' xUnit plug-in (junit-10.xsd).
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from attribution.linting import FileFindings, UnreadDraft
from attribution.reporting.escaping import one_line
from attribution.reporting.findings.common import UNREAD, message_help_and_page, unread_message


def findings_junit(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The findings as JUnit XML; a draft without findings is a single passed test case."""
    total = sum(len(file.findings) for file in files)
    tests = sum(len(file.findings) or 1 for file in files) + len(unread)
    root = ElementTree.Element(
        "testsuites", name="attrib", tests=str(tests), failures=str(total), errors=str(len(unread))
    )
    for file in files:
        suite = _suite(root, file.path, len(file.findings) or 1, len(file.findings), 0)
        if not file.findings:
            _case(suite, "attrib lint", file.path)
        for finding in file.findings:
            name = f"{finding.rule} {finding.name} ({finding.start.line}:{finding.start.column})"
            case = _case(suite, name, file.path)
            failure = ElementTree.SubElement(
                case, "failure", message=one_line(finding.message), type=finding.severity.value
            )
            where = f"{file.path}:{finding.start.line}:{finding.start.column}"
            failure.text = one_line(f"{where}: {message_help_and_page(finding)}")
    for draft in unread:
        case = _case(_suite(root, draft.path, 1, 0, 1), "attrib lint", draft.path)
        error = ElementTree.SubElement(case, "error", message=one_line(draft.error), type=UNREAD)
        error.text = one_line(f"{draft.path}: {unread_message(draft)}")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, path: str, tests: int, failures: int, errors: int) -> Element:
    return ElementTree.SubElement(
        root,
        "testsuite",
        name=one_line(path),
        tests=str(tests),
        failures=str(failures),
        errors=str(errors),
        skipped="0",
        time="0",
    )


def _case(suite: Element, name: str, path: str) -> Element:
    return ElementTree.SubElement(suite, "testcase", name=name, classname=one_line(path), time="0")
