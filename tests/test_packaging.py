"""The wheel that users install: complete, small, and working far from any checkout."""

from __future__ import annotations

import json
import os
import re
import shutil
import site
import subprocess
import sys
import sysconfig
import venv
from configparser import ConfigParser
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

import attribution

CHECKOUT = Path(__file__).parent.parent
LARGEST_WHEEL = 80_000_000
DRAFT = "The mayor resigned on Monday. “I have no choice,” said Jane Doe, who leads the Harbour Party.\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Built from a copy: leftovers of an earlier build must not get into the wheel.
    source = tmp_path_factory.mktemp("source")
    for name in ("attribution", "lexicons"):
        shutil.copytree(CHECKOUT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "setup.py", "pyproject.toml", "MANIFEST.in", "README.md", "LICENSE"):
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


def run_far_from_the_checkout(command: list[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that sees only what is installed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def description_of(wheel: Path) -> EmailMessage:
    with ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        message = message_from_bytes(archive.read(name), policy=policy.default.clone(utf8=True))
    assert isinstance(message, EmailMessage)
    return message


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
    assert {"attribution/lexicons/cue-verbs.toml", "attribution/parsing/model/networks.safetensors"} <= names
    assert wheel.stat().st_size < LARGEST_WHEEL


@pytest.mark.slow
def test_the_metadata_of_the_wheel(wheel: Path) -> None:
    description = description_of(wheel)
    assert description["Version"] == attribution.__version__
    assert description["License-Expression"] == "Apache-2.0 AND CC-BY-SA-4.0"
    licences = description.get_all("License-File")
    assert licences == ["LICENSE", "attribution/parsing/model/LICENSE"]
    with ZipFile(wheel) as archive:
        texts = [
            archive.read(f"attrib-{attribution.__version__}.dist-info/licenses/{name}").decode() for name in licences
        ]
    assert "Apache License" in texts[0]
    assert "Attribution-ShareAlike 4.0 International" in texts[1]


@pytest.mark.slow
def test_the_description_has_no_links_that_a_package_index_breaks(wheel: Path) -> None:
    text = description_of(wheel).get_content()
    assert text.startswith("# attrib")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert [link for link in links if not link.startswith(("https:", "#"))] == []


def test_with_an_address_the_description_links_into_the_repository(tmp_path: Path) -> None:
    for name in ("setup.py", "pyproject.toml"):
        shutil.copy(CHECKOUT / name, tmp_path)
    (tmp_path / "setup.cfg").write_text(
        "[metadata]\nname = attrib\nversion = 1\nproject_urls =\n    Repository = https://code.test/attrib/\n"
    )
    (tmp_path / "README.md").write_text("See [the rules](docs/RULES.md), [below](#below), [NLTK](https://nltk.test/).")
    result = subprocess.run(
        [sys.executable, "setup.py", "--long-description"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == (
        "See [the rules](https://code.test/attrib/blob/HEAD/docs/RULES.md), [below](#below), [NLTK](https://nltk.test/)."
    )


def test_a_plain_installation_brings_neither_pytorch_nor_stanza() -> None:
    settings = ConfigParser()
    settings.read(CHECKOUT / "setup.cfg")
    wanted = [Requirement(line) for line in settings["options"]["install_requires"].strip().splitlines()]
    brought: set[str] = set()
    while wanted:
        requirement = wanted.pop()
        needed = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if needed and requirement.name not in brought:
            brought.add(requirement.name)
            wanted += [Requirement(line) for line in metadata.requires(requirement.name) or []]
    assert {"numpy", "nltk", "click"} <= brought
    assert {"torch", "stanza"} & brought == set()


@pytest.mark.slow
def test_the_wheel_works_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    where = run_far_from_the_checkout(
        [installed / "bin" / "python", "-c", "import attribution; print(attribution.__file__)"], tmp_path
    )
    assert Path(where.stdout.strip()).is_relative_to(installed)
    result = run_far_from_the_checkout([installed / "bin" / "attrib", "report", "draft.txt", "-f", "json"], tmp_path)
    assert result.returncode == 0, result.stderr
    analysis = json.loads(result.stdout)
    assert [attribution["source"]["text"] for attribution in analysis["attributions"]] == [
        "Jane Doe, who leads the Harbour Party"
    ]
    assert analysis["document"]["path"] == "draft.txt"


@pytest.mark.slow
def test_a_namesake_in_the_same_environment_is_told_in_one_line(installed: Path, tmp_path: Path) -> None:
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(installed)}))
    package = packages / "attribution" / "__init__.py"
    namesake = packages / "attribution-1.8.0.dist-info"

    def version() -> subprocess.CompletedProcess[str]:
        return run_far_from_the_checkout([installed / "bin" / "attrib", "--version"], tmp_path)

    own = package.read_bytes()
    namesake.mkdir()
    try:
        shared = version()
        package.write_text('__version__ = "1.8.0"\n')
        overwritten = version()
        package.unlink()
        removed = version()
    finally:
        package.write_bytes(own)
        namesake.rmdir()
    assert (shared.returncode, shared.stdout) == (0, f"attrib {attribution.__version__}\n")
    assert re.fullmatch(r"attrib: another tool .*; give attrib its own environment\n", shared.stderr)
    for result in (overwritten, removed):
        assert (result.returncode, result.stdout) == (2, "")
        assert re.fullmatch(r"attrib: .* pip install --force-reinstall --no-deps attrib, .*\n", result.stderr)
