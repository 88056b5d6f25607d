"""No network, ever; and starting loads nothing that is not needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

DRAFT = "The mayor resigned on Monday, her office said. “I have no choice,” said Jane Doe.\n"

WITHOUT_NETWORK = """
import socket, sys

def refuse(*arguments, **named):
    raise AssertionError(f"attrib asked for the network: {arguments} {named}")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.getaddrinfo = socket.gethostbyname = socket.create_connection = refuse
from attribution.cli.main import main
sys.argv[0] = "attrib"
main()
"""

WITHOUT_STANZA = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"torch", "stanza"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
from attribution.cli.main import main
sys.argv[0] = "attrib"
main()
"""

LOADED = """
import sys
from attribution.cli.main import main
try:
    main()
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.mark.slow
def test_a_draft_is_reported_without_network(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    result = run(WITHOUT_NETWORK, "report", str(draft), "-f", "json")
    assert result.returncode == 0, result.stderr
    sources = [attribution["source"]["text"] for attribution in json.loads(result.stdout)["attributions"]]
    assert sources == ["her office", "Jane Doe"]


@pytest.mark.slow
def test_the_embedded_model_needs_neither_torch_nor_stanza(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    result = run(WITHOUT_STANZA, "report", str(draft), "-f", "json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["tool"]["model"] == "embedded"
    result = run(WITHOUT_STANZA, "report", str(draft), "--model", "default")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert "Stanza" in result.stderr


@pytest.mark.slow
def test_a_missing_published_model_is_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    result = run(WITHOUT_NETWORK, "report", str(draft), "--model", "default")
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["report", "--help"]])
def test_help_loads_no_parser(arguments: list[str]) -> None:
    result = run(LOADED, *arguments)
    assert result.returncode == 0, result.stderr
    loaded = set(result.stderr.split())
    assert "click" in loaded
    assert loaded.isdisjoint({"torch", "stanza", "nltk", "numpy", "markdown_it", "py3langid"})


def test_the_package_loads_no_parser() -> None:
    result = run("import sys, attribution; print(*sys.modules)")
    assert result.returncode == 0, result.stderr
    assert set(result.stdout.split()).isdisjoint({"torch", "stanza", "nltk"})
