"""Finding model files; every fault is one line with the path."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from attribution.parsing import load_parser
from attribution.parsing.models import MODEL_FILES
from attribution.records import AttribError
from attribution.resources import model_folder


def wrong(model: str) -> str:
    with pytest.raises(AttribError) as caught:
        load_parser(model)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A model folder with links to the embedded files."""
    for name in MODEL_FILES:
        (tmp_path / name).symlink_to(model_folder() / name)
    return tmp_path


def test_missing_folder_and_missing_files(tmp_path: Path) -> None:
    assert wrong(str(tmp_path / "nowhere")).startswith(f"{tmp_path / 'nowhere'}: no such model folder; ")
    for name in MODEL_FILES:
        assert wrong(str(tmp_path)).startswith(f"{tmp_path / name}: model file is missing; ")
        (tmp_path / name).write_bytes(b"")


def test_the_package_carries_the_whole_model() -> None:
    files = {path.name: path.stat().st_size for path in model_folder().iterdir()}
    assert {*MODEL_FILES, "segmenter.json", "MODEL_CARD.md"} <= set(files)
    assert sum(files.values()) < 60_000_000


def test_importing_the_room_imports_no_library_that_reads() -> None:
    code = "import sys, attribution.parsing; print(sorted({'torch', 'stanza', 'nltk', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in MODEL_FILES if name.endswith(".pt")])
def test_truncated_model_file(copied: Path, name: str) -> None:
    content = (copied / name).read_bytes()
    (copied / name).unlink()
    (copied / name).write_bytes(content[: len(content) // 2])
    assert wrong(str(copied)) == f"{copied / name}: model file is truncated or of another format; copy it again"


@pytest.mark.slow
def test_swapped_model_files(copied: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (copied / "tagger.pt").unlink()
    (copied / "tagger.pt").symlink_to(model_folder() / "vectors.pt")
    assert wrong(str(copied)).startswith(f"{copied / 'tagger.pt'}: this is not the tagger of a Stanza model; ")
    (copied / "tagger.pt").unlink()
    (copied / "tagger.pt").symlink_to(model_folder() / "parser.pt")
    assert wrong(str(copied)).startswith(f"{copied}: the model files do not fit together: ")
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_published_models_are_named_when_absent(tmp_path: Path) -> None:
    code = "from attribution.parsing import load_parser\nload_parser('default')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={"STANZA_RESOURCES_DIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
    )
    last = done.stderr.splitlines()[-1]
    assert str(tmp_path) in last
    assert "stanza.download('en')" in last


@pytest.mark.slow
def test_a_folder_is_read_like_the_embedded_model(copied: Path) -> None:
    assert load_parser(str(copied)).name == str(copied)
    assert load_parser().name == "embedded"
