"""Make a release from what CHANGELOG.md lists under “Unreleased”: python scripts/release.py 0.2.0

Sets the version (attribution/__init__.py, CITATION.cff), dates the changes, commits, and makes the annotated tag v0.2.0
with the changes as its message. Nothing is pushed or uploaded. ``--notes`` prints the changes of a version that was
released, for the page of the release.
"""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import click
from packaging.version import InvalidVersion, Version

CHECKOUT = Path(__file__).parent.parent
UNRELEASED = "Unreleased"


def notes(changelog: str, section: str) -> str:
    """The changes under ``## section``, with or without a date; raises ClickException if there are none."""
    found = re.search(rf"^## {re.escape(section)}(?: [^\n]*)?\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise click.ClickException(f"CHANGELOG.md: no changes under “## {section}”; describe them there")
    return found[1].strip() + "\n"


def dated(changelog: str, version: str, date: str) -> str:
    """The changelog with its unreleased changes under a version, and an empty section for the next ones."""
    return changelog.replace(f"## {UNRELEASED}\n", f"## {UNRELEASED}\n\n## {version} – {date}\n", 1)


def replaced(path: Path, pattern: str, replacement: str) -> None:
    """Replace the one line of a file that matches; raises ClickException if there is not exactly one."""
    text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if count != 1:
        raise click.ClickException(f"{path.name}: has {count} lines like {pattern!r}; one is needed")
    path.write_text(text, encoding="utf-8")


def git(checkout: Path, *arguments: str, text: str | None = None) -> str:
    """Run git and give what it prints; raises ClickException with git's own message if it fails."""
    result = subprocess.run(
        ["git", *arguments], cwd=checkout, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if result.returncode:
        raise click.ClickException(f"git {arguments[0]}: {(result.stderr or result.stdout).strip()}")
    return result.stdout


def check(checkout: Path, version: str) -> None:
    """Raise ClickException unless this version can be released from the checkout as it is."""
    try:
        wanted = Version(version)
    except InvalidVersion as error:
        raise click.ClickException(f"{version}: is no version; write for example 0.2.0") from error
    if git(checkout, "status", "--porcelain", "--untracked-files=no"):
        raise click.ClickException("the checkout has changes that are not committed; commit them first")
    released = [Version(tag.removeprefix("v")) for tag in git(checkout, "tag", "--list", "v[0-9]*").split()]
    if released and wanted <= max(released):
        raise click.ClickException(f"{version}: {max(released)} is already released; choose a later version")


def release(checkout: Path, version: str, date: str) -> str:
    """Commit and tag a release; give its notes."""
    check(checkout, version)
    path = checkout / "CHANGELOG.md"
    changelog = path.read_text(encoding="utf-8")
    changes = notes(changelog, UNRELEASED)
    path.write_text(dated(changelog, version, date), encoding="utf-8")
    replaced(checkout / "attribution" / "__init__.py", r'^__version__ = ".*"$', f'__version__ = "{version}"')
    citation = checkout / "CITATION.cff"
    replaced(citation, r"^version: .*(\ndate-released: .*)?$", f"version: {version}\ndate-released: {date}")
    git(checkout, "commit", "--all", "--quiet", "--message", f"Release {version}")
    # Headings of the notes begin with #, which git would take for comments.
    message = f"attrib {version}\n\n{changes}"
    git(checkout, "tag", "--annotate", f"v{version}", "--cleanup=whitespace", "--file=-", text=message)
    return changes


@click.command()
@click.argument("version")
@click.option("--notes", "notes_only", is_flag=True, help="Only print the changes of a version that was released.")
def main(version: str, notes_only: bool) -> None:
    """Release VERSION from the commit that is checked out."""
    if notes_only:
        click.echo(notes((CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"), version), nl=False)
        return
    click.echo(release(CHECKOUT, version, datetime.now(UTC).date().isoformat()), nl=False)
    click.echo(
        f"\nv{version} is tagged. Now: .ci/run; python -m build; twine upload dist/*; git push --follow-tags", err=True
    )


if __name__ == "__main__":
    main()
