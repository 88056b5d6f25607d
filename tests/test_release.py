"""The script that makes a release."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from script_modules import script_module

import attribution

CHECKOUT = Path(__file__).parent.parent
CHANGELOG = "# Changes\n\n## Unreleased\n\nFirst version.\n\n### Added\n\n- reports\n"


release = script_module("release")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ada@news.test")
    (tmp_path / "attribution").mkdir()
    shutil.copy(CHECKOUT / "attribution" / "__init__.py", tmp_path / "attribution")
    shutil.copy(CHECKOUT / "CITATION.cff", tmp_path)
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_a_release_is_a_commit_and_a_tag_with_the_changes(checkout: Path) -> None:
    changes = release.release(checkout, "3.0.0", "2030-01-02")
    assert changes == "First version.\n\n### Added\n\n- reports\n"
    assert (
        git(checkout, "tag", "--list", "--format=%(contents)", "v3.0.0").strip() == f"attrib 3.0.0\n\n{changes}".strip()
    )
    assert git(checkout, "log", "-1", "--format=%s").strip() == "Release 3.0.0"
    assert git(checkout, "status", "--porcelain") == ""
    assert '__version__ = "3.0.0"' in (checkout / "attribution" / "__init__.py").read_text()
    assert "\nversion: 3.0.0\ndate-released: 2030-01-02\n" in (checkout / "CITATION.cff").read_text()
    changelog = (checkout / "CHANGELOG.md").read_text()
    assert "## Unreleased\n\n## 3.0.0 – 2030-01-02\n\nFirst version." in changelog
    assert release.notes(changelog, "3.0.0") == changes


def test_the_next_release_replaces_the_date(checkout: Path) -> None:
    release.release(checkout, "3.0.0", "2030-01-02")
    changelog = checkout / "CHANGELOG.md"
    changelog.write_text(changelog.read_text().replace("## Unreleased\n", "## Unreleased\n\n- pages\n"))
    git(checkout, "commit", "--all", "--quiet", "--message", "Add pages")
    assert release.release(checkout, "3.1.0", "2030-02-03") == "- pages\n"
    citation = (checkout / "CITATION.cff").read_text()
    assert re.findall(r"^(?:version|date-released): (.*)$", citation, re.MULTILINE) == ["3.1.0", "2030-02-03"]


def test_nothing_is_released_without_changes(checkout: Path) -> None:
    release.release(checkout, "3.0.0", "2030-01-02")
    with pytest.raises(click.ClickException, match="no changes under “## Unreleased”"):
        release.release(checkout, "3.1.0", "2030-02-03")


@pytest.mark.parametrize(("version", "message"), [("3.0.0", "already released"), ("soon", "is no version")])
def test_a_version_must_be_later_than_all_before(checkout: Path, version: str, message: str) -> None:
    git(checkout, "tag", "v3.0.0")
    with pytest.raises(click.ClickException, match=message):
        release.release(checkout, version, "2030-01-02")


def test_what_is_not_committed_is_not_released(checkout: Path) -> None:
    (checkout / "CHANGELOG.md").write_text(CHANGELOG + "- more\n")
    with pytest.raises(click.ClickException, match="not committed"):
        release.release(checkout, "3.0.0", "2030-01-02")


def test_the_citation_names_the_version_of_the_package() -> None:
    citation = (CHECKOUT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.*)$", citation, re.MULTILINE) == [attribution.__version__]
