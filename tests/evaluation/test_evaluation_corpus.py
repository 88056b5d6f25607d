"""The corpus script, on two lines of our own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from attribution.evaluation.folds import fold_of

SCRIPT = Path(__file__).parents[2] / "scripts" / "score_corpus.py"
TEXT = "The pier is old, the mayor said. It fell."
ATTRIBUTION = {"source": [[17, 26]], "cue": [[27, 31]], "content": [[0, 15]]}


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [{"doc": name, "text": TEXT, "attributions": [ATTRIBUTION]} for name in ("pier", "harbour")]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_an_empty_fold_is_reported(corpus: Path) -> None:
    assert 0 not in (fold_of("pier"), fold_of("harbour"))
    done = run("gold.jsonl", "--folds", "0", folder=corpus)
    assert done.returncode == 1
    assert "has no documents in folds 0" in done.stderr


@pytest.mark.slow
def test_the_predictions_of_a_fold_are_written_and_scored(corpus: Path) -> None:
    fold = fold_of("pier")
    done = run(
        "gold.jsonl", "--folds", str(fold), "--predictions", "found.jsonl", "--gold", "fold.jsonl", folder=corpus
    )
    assert done.returncode == 0, done.stderr
    assert "1 documents" in done.stderr
    (found,) = map(json.loads, (corpus / "found.jsonl").read_text(encoding="utf-8").splitlines())
    assert found == {"doc": "pier", "attributions": [ATTRIBUTION]}
    (kept,) = map(json.loads, (corpus / "fold.jsonl").read_text(encoding="utf-8").splitlines())
    assert kept["doc"] == "pier"


@pytest.mark.slow
def test_more_processes_give_the_same(corpus: Path) -> None:
    for jobs in ("1", "2"):
        done = run("gold.jsonl", "--jobs", jobs, "--predictions", f"found{jobs}.jsonl", folder=corpus)
        assert done.returncode == 0, done.stderr
    assert (corpus / "found1.jsonl").read_bytes() == (corpus / "found2.jsonl").read_bytes()
