"""The benchmark runs, and says what it did not measure."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def benchmark(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "benchmark.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_tables_of_a_short_text(tmp_path: Path) -> None:
    text = "The bridge is safe, said the mayor, Ada Quill. Residents reportedly fear that it will fall."
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    tables = ("throughput", "stages", "start")
    done = benchmark(str(tmp_path), "--rounds", "1", *(f"--table={name}" for name in tables))
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^Python 3\.\d+\.\d+, \w+ on \S", done.stdout, flags=re.M)
    assert "Throughput: 1 articles, 16 words, 1 rounds" in done.stdout
    assert "spaCy was not measured; name its Python with --spacy-python." in done.stdout
    stages = re.findall(r"^\| ([a-z, JSON]+) \| \d+\.\d\d \|", done.stdout, flags=re.M)
    assert stages[1:3] == ["segment", "tag, lemmatise, parse"]
    assert stages[-1] == "whole analysis"
    assert re.search(
        r"^\| attrib lint, draft in the cache \| \d+\.\d\d s \| \d+\.\d\d s \| \d+ MB \|$", done.stdout, re.M
    )


def test_missing_texts_are_reported() -> None:
    done = benchmark("no-such-folder")
    assert done.returncode == 2
    assert "no-such-folder" in done.stderr
