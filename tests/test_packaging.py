"""The wheel that users install: complete, small, and working far from any checkout."""

from __future__ import annotations

import json
import shutil
import site
import subprocess
import sys
import sysconfig
import venv
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).parent.parent
LARGEST_WHEEL = 80_000_000
DRAFT = "The mayor resigned on Monday. “I have no choice,” said Jane Doe, who leads the Harbour Party.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Built from a copy: leftovers of an earlier build must not get into the wheel.
    source = tmp_path_factory.mktemp("source")
    for name in ("attribution", "lexicons"):
        shutil.copytree(CHECKOUT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, source)
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, source],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a fresh environment with the wheel, and with the dependencies of the environment that runs the tests."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", folder, "install", "--no-deps", "--no-index", wheel],
        check=True,
        capture_output=True,
    )
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    # Only the folders: an editable install among the dependencies relies on a .pth file, which is not read from here.
    (packages / "dependencies.pth").write_text("\n".join(site.getsitepackages()) + "\n")
    return folder


def package_data() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "attribution", "lexicons"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    return [Path(name) for name in listed.stdout.split()]


def test_every_room_is_packaged() -> None:
    settings = ConfigParser()
    settings.read(CHECKOUT / "setup.cfg")
    rooms = {
        ".".join(init.parent.relative_to(CHECKOUT).parts) for init in (CHECKOUT / "attribution").rglob("__init__.py")
    }
    assert set(settings["options"]["packages"].split()) == rooms | {"attribution.lexicons"}


@pytest.mark.slow
@pytest.mark.skipif(not (CHECKOUT / ".git").exists(), reason="needs git to know the project's files")
def test_the_wheel_carries_every_file_of_the_package(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {
        Path("attribution", path).as_posix() if path.parts[0] == "lexicons" else path.as_posix()
        for path in package_data()
    }
    assert expected - names == set()
    assert {"attribution/lexicons/cue-verbs.toml", "attribution/parsing/model/parser.pt"} <= names
    assert wheel.stat().st_size < LARGEST_WHEEL


@pytest.mark.slow
def test_the_wheel_works_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    where = subprocess.run(
        [installed / "bin" / "python", "-c", "import attribution; print(attribution.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed)
    result = subprocess.run(
        [installed / "bin" / "attrib", "report", "draft.txt", "-f", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    analysis = json.loads(result.stdout)
    assert [attribution["source"]["text"] for attribution in analysis["attributions"]] == [
        "Jane Doe, who leads the Harbour Party"
    ]
    assert analysis["document"]["path"] == "draft.txt"
