"""The formats in which analyses are written, by name. docs/FORMATS.md says what each keeps and loses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from attribution.conversion.brat import write_brat
from attribution.conversion.citron import citron_json
from attribution.conversion.conllu import conllu
from attribution.conversion.displacy import displacy_json
from attribution.conversion.documents import from_analysis
from attribution.conversion.tables import claims_csv
from attribution.conversion.web_annotation import web_annotations
from attribution.records import Analysis
from attribution.reporting.json import report_json, reports_json
from attribution.reporting.jsonl import report_jsonl
from attribution.reporting.sources import sources_csv


class Format(NamedTuple):
    """A format: how it is written, the ending of its files, whether they hold several documents, and need a parse."""

    write: Callable[[Sequence[Analysis]], str]
    ending: str = ".json"
    several: bool = True
    parsed: bool = False


def _json(analyses: Sequence[Analysis]) -> str:
    return report_json(analyses[0]) if len(analyses) == 1 else reports_json(analyses)


def _brat(analyses: Sequence[Analysis]) -> str:
    return write_brat(from_analysis(analyses[0], analyses[0].draft.path))


FORMATS = {
    "json": Format(_json),
    "jsonl": Format(lambda analyses: "".join(map(report_jsonl, analyses)), ".jsonl"),
    "citron": Format(lambda analyses: citron_json(analyses[0]), several=False),
    "brat": Format(_brat, ".ann", several=False),
    "conllu": Format(lambda analyses: conllu(analyses[0]), ".conllu", several=False, parsed=True),
    "web-annotation": Format(web_annotations),
    "claims-csv": Format(claims_csv, ".csv"),
    "sources-csv": Format(sources_csv, ".csv"),
    "displacy": Format(displacy_json),
}
"""The formats in which analyses can be written."""
