"""Model folders that were tampered with give a line, or a parse; ``scripts/fuzz_models.py`` tries thousands."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from damaged_models import KINDS, damage, outcome

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")


@pytest.mark.parametrize("number", range(80))
def test_a_damaged_model_gives_a_line_or_a_parse(number: int, tmp_path: Path) -> None:
    damage(tmp_path, number)
    outcome(tmp_path)


def test_each_kind_of_damage_is_among_them(tmp_path: Path) -> None:
    kinds = set()
    for number in range(80):
        folder = tmp_path / str(number)
        folder.mkdir()
        kinds.add(damage(folder, number))
    assert kinds == set(KINDS)


@pytest.mark.slow
def test_the_command_refuses_damaged_models_in_little_memory(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text("The bridge is safe, said the mayor.\n")
    memory = 3 << 30
    refused = 0
    for number in range(6):
        folder = tmp_path / str(number)
        folder.mkdir()
        damage(folder, number)
        done = subprocess.run(
            [sys.executable, "-c", "from attribution.cli.main import main; main()"]
            + ["report", "--no-cache", "--model", str(folder), str(tmp_path / "draft.txt")],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
        )
        assert done.returncode in (0, 2), done.stderr
        assert done.stderr.count("\n") == (1 if done.returncode == 2 else 0), done.stderr
        refused += done.returncode == 2
    assert refused


@pytest.mark.slow
def test_a_campaign_counts_what_came_of_each_model() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "fuzz_models.py"), "--count", "20", "--first", "100"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("20 model folders: ")
