"""The commands on the sample articles, with the embedded model."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from attribution import reporting
from attribution.cli.main import attrib

SEEDS = Path(__file__).parents[2] / "seeds"
SCHEMA = json.loads((Path(reporting.__file__).parent / "schema" / "report-1.0.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.slow


def test_reports_on_all_seeds_keep_the_contract() -> None:
    result = CliRunner().invoke(attrib, ["report", "-f", "jsonl", str(SEEDS)])
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert len(lines) >= 8
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for line in lines:
        report = json.loads(line)
        validator.validate(report)
        assert report["summary"]["claims"] == len(report["claims"]) > 10
        assert report["attributions"]
        assert [sentence["claims"] for sentence in report["sentences"]] == [
            [claim["id"] for claim in report["claims"] if claim["sentence"] == sentence["id"]]
            for sentence in report["sentences"]
        ]
        identifiers = {attribution["id"] for attribution in report["attributions"]}
        assert {identifier for claim in report["claims"] for identifier in claim["attributions"]} <= identifiers
        for claim in report["claims"]:
            for score in ("sourcing", "certainty"):
                effects = [factor["effect"] for factor in claim["factors"] if factor["score"] == score]
                assert sum(effects) == pytest.approx(claim[score], abs=0.005)


@pytest.mark.parametrize("width", [60, 120])
def test_text_reports_fit(width: int) -> None:
    seed = next(iter(sorted(SEEDS.glob("*.txt"))))
    result = CliRunner().invoke(attrib, ["report", "--explain", "--width", str(width), str(seed)])
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert max(map(cell_len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []
