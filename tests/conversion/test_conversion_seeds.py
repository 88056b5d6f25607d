"""The sample articles, parsed by the model: all outputs validate and are read back."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from attribution import reporting
from attribution.analysis import Analyser
from attribution.conversion.analyses import analysis_of_report
from attribution.conversion.conllu import conllu, read_annotated_conllu
from attribution.conversion.formats import FORMATS
from attribution.conversion.readers import ReportFile, read_json
from attribution.ingest import read_draft
from attribution.records import Analysis
from attribution.reporting.json import report_json
from attribution.reporting.sources import sources_json
from attribution.reporting.units import OffsetUnit

SEEDS = Path(__file__).parents[2] / "seeds"
NAMES = ("conflict-logistics-chief.txt", "press-release-electric-buses.md", "sport-cup-final.html")
SCHEMAS = Path(reporting.__file__).parent / "schema"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    return Analyser().analyse_all([read_draft(SEEDS / name) for name in NAMES])


@pytest.mark.parametrize("unit", sorted(OffsetUnit))
def test_reports_and_ledgers_validate_and_are_read_back(analyses: list[Analysis], unit: OffsetUnit) -> None:
    schemas = {
        name: jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{name}-1.0.json").read_text(encoding="utf-8")))
        for name in ("report", "sources")
    }
    for analysis in analyses:
        told = report_json(analysis, unit)
        schemas["report"].validate(json.loads(told))
        schemas["sources"].validate(json.loads(sources_json([analysis], array=False, unit=unit)))
        (file,) = read_json(told, "x.json")
        assert isinstance(file, ReportFile)
        assert report_json(analysis_of_report(file, analysis.draft, "x.json")) == report_json(analysis)


def test_conllu_is_read_back(analyses: list[Analysis]) -> None:
    for analysis in analyses:
        back = read_annotated_conllu(conllu(analysis), "x.conllu")
        assert report_json(back) == report_json(analysis)
        assert [sentence.tokens for sentence in back.sentences] == [sentence.tokens for sentence in analysis.sentences]


@pytest.mark.parametrize("name", sorted(name for name, form in FORMATS.items() if form.several))
def test_formats_of_several_documents_hold_them_all(analyses: list[Analysis], name: str) -> None:
    written = FORMATS[name].write(analyses)
    for analysis in analyses:
        assert Path(analysis.draft.path).name in written
