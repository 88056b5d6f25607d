"""The articles marked by voice: their gold is what their marked texts give, and it is sound."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from attribution.ingest import read_draft

ROOT = Path(__file__).parents[2]
VOICES = ROOT / "seeds" / "voices"
RECORDS: list[tuple[Path, dict[str, Any]]] = [
    (path.parent, json.loads(line))
    for path in sorted(VOICES.rglob("voices.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


def names(pair: tuple[Path, dict[str, Any]]) -> str:
    return str(pair[1]["doc"])


def test_there_are_seven_articles_and_three_held_out() -> None:
    assert sum(folder == VOICES for folder, _ in RECORDS) == 7
    assert sum(folder == VOICES / "held-out" for folder, _ in RECORDS) == 3
    assert {Path(record["file"]).suffix for _, record in RECORDS} == {".txt", ".md", ".html"}


def test_articles_and_gold_are_what_the_marked_texts_give() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "build_voices.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("pair", RECORDS, ids=names)
def test_the_gold_is_sound(pair: tuple[Path, dict[str, Any]]) -> None:
    folder, record = pair
    assert read_draft(folder / record["file"]).text == record["text"]
    assert 300 <= len(record["text"].split()) <= 700
    end = 0
    for sentence in record["sentences"]:
        words = record["text"][sentence["start"] : sentence["end"]]
        assert sentence["start"] >= end
        assert words == words.strip()
        assert words
        end = sentence["end"]
        assert sentence["voice"] not in sentence["alt"]
        assert all(hedge in words for hedge in (*sentence["hedges"], *sentence["opt"]))
        if sentence["voice"] == "source":
            assert sentence["source_text"]
            assert sentence["source_text"] in record["text"]
            assert sentence["who"] in sentence["who_ok"]
        if sentence["quoted"]:
            assert sentence["voice"] == "source"
