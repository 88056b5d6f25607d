"""Reads annotated documents from JSON: this project's reports, Citron's annotation format, and one document a line.

* A report of ``attrib report -f json`` (an object, or an array of them) or ``-f jsonl``, of any 1.x: fields that a
  later version added are let be, and what an earlier one did not tell has the record's default. It holds no text;
  whoever opens the file brings it.
* Citron (BBC): ``{text, quotes: [{cue, sources, contents, coreferences}]}``, a file a document; ``docs/data_format.md``
  of github.com/bbc/citron. This project adds ``evidence`` to a quote.
* Lines ``{doc, text, attributions: [{source, cue, content}]}``, each part a list of ``[start, end]``.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TypeVar

import msgspec

from attribution.conversion.documents import (
    AnnotatedAttribution,
    AnnotatedDocument,
    AnnotatedMention,
    from_findings,
)
from attribution.records import AttribError, Evidence, Span
from attribution.reporting.contract import explained
from attribution.reporting.json import Report
from attribution.reporting.units import in_code_points

Form = TypeVar("Form")


class _CitronSpan(msgspec.Struct, frozen=True):
    start: int
    end: int
    text: str = ""


class _CitronQuote(msgspec.Struct, frozen=True):
    cue: _CitronSpan | None = None
    sources: tuple[_CitronSpan, ...] = ()
    contents: tuple[_CitronSpan, ...] = ()
    coreferences: tuple[_CitronSpan, ...] | None = None
    evidence: Evidence = Evidence.REPORT


class _Citron(msgspec.Struct, frozen=True):
    text: str
    quotes: tuple[_CitronQuote, ...]


class _LineAttribution(msgspec.Struct, frozen=True):
    source: tuple[Span, ...] | None = None
    cue: tuple[Span, ...] | None = None
    content: tuple[Span, ...] | None = None


class _Line(msgspec.Struct, frozen=True):
    doc: str
    attributions: tuple[_LineAttribution, ...]
    text: str = ""


class ReportFile(msgspec.Struct, frozen=True):
    """A report that waits for the text of its draft: the draft's path, digest and length in characters."""

    path: str
    sha256: str
    characters: int
    report: Report


def read_json(data: str, name: str) -> list[AnnotatedDocument | ReportFile]:
    """The documents of a JSON or JSON Lines file named ``name``, in whichever of the three forms it is.

    Raises ``AttribError`` when it is in none of them, or an offset lies outside the text.
    """
    values = _values(data, name)
    found = [_read_one(value, name) for value in values]
    if not found:
        raise AttribError(f"{name}: holds no documents")
    return found


def read_line(line: str, name: str) -> AnnotatedDocument:
    """The document of one line ``{doc, text, attributions}``; raises ``AttribError`` when the line is no such thing."""
    try:
        return _from_line(msgspec.json.decode(line, type=_Line), name)
    except msgspec.DecodeError as error:
        raise AttribError(f"{name}: has a line that is not a document ({error}); fix it") from None


def with_text(file: ReportFile, text: str, name: str) -> AnnotatedDocument:
    """The report's document with the text of its draft.

    Raises ``AttribError`` when the text is of another length than the one that was reported on.
    """
    report = checked_records(file, text, name)
    return from_findings(file.path, text, report.attributions, report.sources, report.hedges, report.claims)


def checked_records(file: ReportFile, text: str, name: str) -> Report:
    """The report's records with offsets in code points of ``text``, which is its draft's.

    Raises ``AttribError`` when the text is of another length than the one that was reported on, or an offset is none.
    """
    if file.characters != len(text):
        raise AttribError(
            f"{name}: reports on a text of {file.characters} characters, but {file.path} has {len(text)}; "
            "run the report again"
        )
    unit = file.report.document.offsets
    try:
        return in_code_points(file.report, text, unit)
    except ValueError as error:
        raise AttribError(f"{name}: {error}; its offsets should be {unit}; run the report again") from None


def _values(data: str, name: str) -> list[msgspec.Raw]:
    """The JSON objects of a file: the one object, the array's members, or one a line."""
    try:
        whole = msgspec.json.decode(data, type=msgspec.Raw)
    except msgspec.DecodeError:
        return _lines(data, name)
    if data.lstrip().startswith("["):
        return msgspec.json.decode(whole, type=list[msgspec.Raw])
    return [whole]


def _lines(data: str, name: str) -> list[msgspec.Raw]:
    """The objects of JSON Lines; AttribError with the place where the data is no JSON."""
    lines = [(number, line) for number, line in enumerate(data.split("\n"), start=1) if line.strip()]
    values: list[msgspec.Raw] = []
    for number, line in lines:
        try:
            values.append(msgspec.json.decode(line, type=msgspec.Raw))
        except msgspec.DecodeError:
            # Lines of which the first is no JSON by itself are one JSON value over several lines.
            whole = not values
            error = _syntax_error(data if whole else line)
            place = f"{name}:{error.lineno if whole else number}:{error.colno}"
            raise AttribError(
                f"{place}: is not JSON ({error.msg}); give a report, Citron's annotation or JSON Lines"
            ) from None
    return values


def _syntax_error(data: str) -> json.JSONDecodeError:
    """Where the standard library finds data at fault that msgspec refuses."""
    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        return error
    return json.JSONDecodeError("a number or a character that JSON does not allow", data, 0)


def _read_one(value: msgspec.Raw, name: str) -> AnnotatedDocument | ReportFile:
    keys = _decoded(value, dict[str, msgspec.Raw], name).keys()
    if "schema_version" in keys:
        return _from_report(_decoded(value, Report, name))
    if "quotes" in keys:
        return _from_citron(_decoded(value, _Citron, name), name)
    if "doc" in keys:
        return _from_line(_decoded(value, _Line, name), name)
    raise AttribError(f"{name}: is not an attrib report, a Citron annotation, or lines with doc and attributions")


def _decoded(value: msgspec.Raw, form: type[Form], name: str) -> Form:
    try:
        return msgspec.json.decode(value, type=form)
    except msgspec.ValidationError as error:
        message = explained(error, form)
    except msgspec.DecodeError as error:
        message = str(error)
    raise AttribError(f"{name}: does not have the form it seems to have ({message}); fix it")


def _from_report(report: Report) -> ReportFile:
    return ReportFile(report.document.path, report.document.sha256, report.document.characters, report)


def _from_citron(citron: _Citron, name: str) -> AnnotatedDocument:
    attributions = []
    mentions = []
    for quote in citron.quotes:
        sources = _citron_spans(quote.sources)
        attributions.append(
            AnnotatedAttribution(
                cue=_citron_spans(() if quote.cue is None else (quote.cue,)),
                source=sources,
                content=_citron_spans(quote.contents),
                evidence=quote.evidence,
            )
        )
        if quote.coreferences is not None and len(sources) == 1:
            names = (citron.text[one.start : one.end] for one in quote.coreferences)
            mentions.append(AnnotatedMention(sources[0], tuple(dict.fromkeys(filter(None, names)))))
    _check(citron.text, attributions, name)
    return AnnotatedDocument(
        # Citron's own files are named after the document, and its form holds no name.
        name=PurePath(name).stem,
        text=citron.text,
        attributions=tuple(attributions),
        mentions=tuple(mentions) or None,
    )


def _citron_spans(spans: tuple[_CitronSpan, ...]) -> tuple[Span, ...]:
    return tuple(sorted(Span(one.start, one.end) for one in spans))


def _from_line(line: _Line, name: str) -> AnnotatedDocument:
    attributions = [
        AnnotatedAttribution(one.cue or (), one.source or (), one.content or ()) for one in line.attributions
    ]
    if line.text:
        _check(line.text, attributions, f"{name}: {line.doc}")
    return AnnotatedDocument(name=line.doc, text=line.text, attributions=tuple(attributions))


def _check(text: str, attributions: list[AnnotatedAttribution], name: str) -> None:
    for one in attributions:
        for span in (*one.cue, *one.source, *one.content):
            if not 0 <= span.start <= span.end <= len(text):
                raise AttribError(f"{name}: {span.start} {span.end} is not a span of the text ({len(text)} characters)")
