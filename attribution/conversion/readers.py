"""Reads annotated documents from JSON: this project's reports, Citron's annotation format, and a document per line.

* Reports of ``attrib report -f json`` (an object, or an array of them) or ``-f jsonl``, of any version 1.x: fields of
  later versions are ignored, fields missing from earlier versions have the record's default. Reports do not contain
  the text; the caller supplies it.
* Citron (BBC): ``{text, quotes: [{cue, sources, contents, coreferences}]}``, a document per file;
  ``docs/data_format.md`` of github.com/bbc/citron. This project adds ``evidence`` to a quote.
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
    """A report whose draft has not been read yet: the draft's path, digest and length in characters."""

    path: str
    sha256: str
    characters: int
    report: Report


def read_json(data: str, name: str) -> list[AnnotatedDocument | ReportFile]:
    """The documents of a JSON or JSON Lines file named ``name``, in any of the three forms.

    Raises ``AttribError`` if it has none of them, or an offset lies outside the text.
    """
    values = _values(data, name)
    found = [_read(value, name) for value in values]
    if not found:
        raise AttribError(f"{name}: holds no documents")
    return found


def read_line(line: str, name: str) -> AnnotatedDocument:
    """The document of a line ``{doc, text, attributions}``; raises ``AttribError`` if the line is not in this form."""
    try:
        return _from_line(msgspec.json.decode(line, type=_Line), name)
    except (msgspec.DecodeError, RecursionError) as error:
        raise AttribError(f"{name}: has a line that is not a document ({error}); fix it") from None


def with_text(file: ReportFile, text: str, name: str) -> AnnotatedDocument:
    """The report's document with the text of its draft.

    Raises ``AttribError`` if the length of the text is not that of the draft.
    """
    report = checked_records(file, text, name)
    return from_findings(file.path, text, report.attributions, report.sources, report.hedges, report.claims)


def checked_records(file: ReportFile, text: str, name: str) -> Report:
    """The report's records with offsets in code points of ``text``, the text of its draft.

    Raises ``AttribError`` if the length of the text is not that of the draft, or an offset is invalid.
    """
    if file.characters != len(text):
        raise AttribError(
            f"{name}: is about a text of {file.characters} characters, but {file.path} has {len(text)}; "
            "run the report again"
        )
    unit = file.report.document.offsets
    try:
        return in_code_points(file.report, text, unit)
    except ValueError as error:
        raise AttribError(f"{name}: {error}; its offsets should be {unit}; run the report again") from None


def _values(data: str, name: str) -> list[msgspec.Raw]:
    """The JSON objects of a file: a single object, the members of an array, or one per line."""
    try:
        return _objects(data, name)
    except RecursionError:
        raise AttribError(f"{name}: is nested too deeply; give a report, Citron's annotation or JSON Lines") from None


def _objects(data: str, name: str) -> list[msgspec.Raw]:
    try:
        whole = msgspec.json.decode(data, type=msgspec.Raw)
    except msgspec.DecodeError:
        return _lines(data, name)
    if data.lstrip().startswith("["):
        return msgspec.json.decode(whole, type=list[msgspec.Raw])
    return [whole]


def _lines(data: str, name: str) -> list[msgspec.Raw]:
    """The objects of JSON Lines; raises AttribError with the place where the data is not JSON."""
    lines = [(number, line) for number, line in enumerate(data.split("\n"), start=1) if line.strip()]
    values: list[msgspec.Raw] = []
    for number, line in lines:
        try:
            values.append(msgspec.json.decode(line, type=msgspec.Raw))
        except msgspec.DecodeError:
            # If even the first line is not JSON, the file is a single value over several lines.
            whole = not values
            error = _syntax_error(data if whole else line)
            place = f"{name}:{error.lineno if whole else number}:{error.colno}"
            raise AttribError(
                f"{place}: is not JSON ({error.msg}); give a report, Citron's annotation or JSON Lines"
            ) from None
    return values


def _syntax_error(data: str) -> json.JSONDecodeError:
    """The standard library's error, which has line and column, for data that msgspec rejects."""
    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        return error
    return json.JSONDecodeError("a number or a character that JSON does not allow", data, 0)


def _read(value: msgspec.Raw, name: str) -> AnnotatedDocument | ReportFile:
    keys = _decoded(value, dict[str, msgspec.Raw], name, "JSON object").keys()
    if "schema_version" in keys:
        return _from_report(_decoded(value, Report, name, "attrib report"))
    if "quotes" in keys:
        return _from_citron(_decoded(value, _Citron, name, "Citron annotation"), name)
    if "doc" in keys:
        return _from_line(_decoded(value, _Line, name, "document with attributions"), name)
    raise AttribError(f"{name}: is not an attrib report, a Citron annotation, or lines with doc and attributions")


def _decoded(value: msgspec.Raw, form: type[Form], name: str, description: str) -> Form:
    try:
        return msgspec.json.decode(value, type=form)
    except msgspec.ValidationError as error:
        message = explained(error, form)
    except msgspec.DecodeError as error:
        message = str(error)
    raise AttribError(f"{name}: is not a valid {description} ({message}); fix it")


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
            names = (citron.text[mention.start : mention.end] for mention in quote.coreferences)
            mentions.append(AnnotatedMention(sources[0], tuple(dict.fromkeys(filter(None, names)))))
    _check(citron.text, attributions, name)
    return AnnotatedDocument(
        # Citron names its files after the document; the format itself has no field for the name.
        name=PurePath(name).stem,
        text=citron.text,
        attributions=tuple(attributions),
        mentions=tuple(mentions) or None,
    )


def _citron_spans(spans: tuple[_CitronSpan, ...]) -> tuple[Span, ...]:
    return tuple(sorted(Span(span.start, span.end) for span in spans))


def _from_line(line: _Line, name: str) -> AnnotatedDocument:
    attributions = [
        AnnotatedAttribution(attribution.cue or (), attribution.source or (), attribution.content or ())
        for attribution in line.attributions
    ]
    if line.text:
        _check(line.text, attributions, f"{name}: {line.doc}")
    return AnnotatedDocument(name=line.doc, text=line.text, attributions=tuple(attributions))


def _check(text: str, attributions: list[AnnotatedAttribution], name: str) -> None:
    for attribution in attributions:
        for span in (*attribution.cue, *attribution.source, *attribution.content):
            if not 0 <= span.start <= span.end <= len(text):
                raise AttribError(f"{name}: {span.start} {span.end} is not a span of the text ({len(text)} characters)")
