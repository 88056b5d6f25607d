"""The ledger of wrong voices: each wrong sentence under its cause."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "voice_ledger.py"

# Each sentence is deliberately marked wrong, so that it is reported as an error.
SENTENCES = (
    ("The dam was leaking on Friday.", {"voice": "source", "who": "Ada Lind"}, "missed: not attributed"),
    ("The council backs the sale.", {"voice": "source", "who": "council"}, "missed: taken for a stance"),
    ("The mill is shut, Ada Lind said.", {"voice": "own"}, "false: verb"),
    ("The mill is said to be haunted.", {"voice": "own"}, "false: agentless"),
    ("According to Ada Lind, the lock is old.", {"voice": "own"}, "false: phrase or noun"),
    ("Ada Lind believes that the lock is old.", {"voice": "own"}, "false: belief"),
    ("Reports say the lock is old.", {"voice": "source", "who": "Ada Lind"}, "voice: hearsay for a source"),
    ("The lock is new, Ada Lind said.", {"voice": "source", "who": "Ola Brandt"}, "source: another"),
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    text = ""
    marked: list[dict[str, Any]] = []
    for words, marks, _ in SENTENCES:
        text += "\n\n" if text else ""
        marked.append({"start": len(text), "end": len(text) + len(words), **marks})
        text += words
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc": "dam", "text": text, "sentences": marked}) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_every_wrong_sentence_has_its_cause(gold: Path) -> None:
    shown = {cause: run(str(gold), "--show", cause).stdout for _, _, cause in SENTENCES}
    for words, _, cause in SENTENCES:
        assert words in shown[cause], cause
        assert sum(words in lines for lines in shown.values()) == 1


@pytest.mark.slow
def test_causes_are_counted(gold: Path) -> None:
    result = run(str(gold))
    assert result.returncode == 0
    first, *causes = result.stdout.splitlines()
    assert first == f"{gold}: {len(SENTENCES)} wrong"
    assert len(causes) == len(SENTENCES)


def test_without_articles_the_script_says_what_to_give() -> None:
    result = run()
    assert result.returncode == 2
    assert "--newswire" in result.stderr


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.jsonl"))
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert "none.jsonl" in result.stderr
