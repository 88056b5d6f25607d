"""What must hold of every draft, of a few random ones; ``scripts/fuzz.py`` reads thousands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from draft_checks import check_damaged_files, check_draft, check_error, check_file, check_json, check_text
from hypothesis import given, settings
from hypothesis import strategies as st
from random_drafts import RandomFile, damaged, files, shuffled

from attribution.analysis import Analyser
from attribution.ingest import read_bytes
from attribution.parsing import read_conllu
from attribution.records import Analysis, AttribError
from attribution.session.cache import Cache
from attribution.session.inputs import source_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser(force=True)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def example(analyser: Analyser) -> Analysis:
    """The analysis of a stored parse, so that no model is needed."""
    path = ROOT / "tests" / "scoring" / "parses" / "example.conllu"
    return analyser.analyse_parsed(*read_conllu(path.read_text(encoding="utf-8"), "example.txt"))


@given(files())
@settings(max_examples=50)
def test_random_files_are_read_or_refused_with_a_line(file: RandomFile) -> None:
    try:
        draft = read_bytes(file.data, file.name)
    except AttribError as error:
        check_error(error)
    else:
        check_draft(draft, source_of(file.data, file.name, draft))


@given(st.integers(0, 2**32))
@settings(max_examples=50)
def test_damaged_files_are_read_or_refused_with_a_line(example: Analysis, number: int) -> None:
    check_damaged_files(example, number)


@pytest.mark.slow
@given(file=files())
@settings(max_examples=25)
def test_random_drafts_are_analysed_and_written(file: RandomFile, analyser: Analyser, store: Cache) -> None:
    check_file(file, analyser, store, with_outputs=True)


# --- The campaign itself ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_campaign_goes_on_where_it_was(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    for count in (3, 3, 5):
        command = [sys.executable, str(ROOT / "scripts" / "fuzz.py"), "--count", str(count), "--state", str(state)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1].startswith(f"{count} drafts")
    assert json.loads(state.read_text(encoding="utf-8"))["batches"] == 2


@pytest.mark.parametrize("text", ["\x1b[1m", "a\rb", "a\u202eb", "::error::a\n", "a\n  ::add-mask::b", "\ud800"])
def test_text_that_a_terminal_obeys_is_found(text: str) -> None:
    with pytest.raises(AssertionError):
        check_text(text)


@pytest.mark.parametrize("written", ["NaN", '{"schema_version": "1.0"}', "Infinity"])
def test_json_that_is_not_as_published_is_found(written: str) -> None:
    with pytest.raises(Exception, match=r"is not JSON|is a required property"):
        check_json(written, "report")


def test_random_parts_are_the_same_for_the_same_number() -> None:
    assert shuffled(["a", "b", "c"], 100, 7) == shuffled(["a", "b", "c"], 100, 7)
    assert len(shuffled(["a", "b", "c"], 100, 7)) >= 100
    assert damaged("some text", 7) == damaged("some text", 7) != "some text"
