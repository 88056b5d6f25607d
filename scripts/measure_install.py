"""Install attrib in each way that the documentation names, and measure: python scripts/measure_install.py [WAY...]

Each way starts from a fresh clone of the commit that is checked out, in an empty folder, without pip's cache, as on a
new machine; what is not committed is not measured. The steps are those of the files that users are given: the hook,
action.yml and the recipe in docs/CI.md. Prints a row for each way and fails if one takes more than LARGEST or LONGEST,
brings PyTorch or Stanza, leaves requirements unmet, warns, or cannot report on a draft. Needs the network and git;
takes some minutes. The clone of attrib that pre-commit or you keep is counted in the last column only.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

CHECKOUT = Path(__file__).parent.parent
SAMPLE = CHECKOUT / "seeds" / "conflict-logistics-chief.txt"
LARGEST = 200
"""Megabytes (of 1,000,000 bytes) on disk of the environment, with pip."""
LONGEST = 60
"""Seconds, from nothing to the first report or finding."""
UNWANTED = {"torch", "stanza"}
ADVICE = re.compile(r"^.*\b(?:warning|deprecat\w*|error)\b.*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Installation:
    """What came of installing: the environment, all that is on disk for it, the time, and what was printed."""

    environment: Path
    on_disk: Path
    seconds: float
    printed: str


class StepError(Exception):
    """A step of an installation failed; its message has the command and the end of what it printed."""


def run(command: list[str | Path], folder: Path, codes: tuple[int, ...] = (0,), **variables: str) -> str:
    """What a command prints, where pip has no settings; raises StepError if it exits with another code than these."""
    unset = ("PYTHONPATH", "VIRTUAL_ENV", "ATTRIB_CACHE_DIR")
    environment = {
        **{name: value for name, value in os.environ.items() if name not in unset},
        "HOME": str(folder),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_CACHE_DIR": "1",
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        **variables,
    }
    result = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if result.returncode not in codes:
        raise StepError(f"{' '.join(map(str, command))}\n{result.stdout[-2000:]}")
    return result.stdout


def plain(folder: Path, source: Path) -> Installation:
    """``pip install .`` in a virtual environment."""
    environment = folder / "environment"
    start = time.perf_counter()
    run([sys.executable, "-m", "venv", environment], folder)
    printed = run([environment / "bin" / "pip", "install", source], folder)
    printed += run([environment / "bin" / "attrib", "report", SAMPLE], folder)
    return Installation(environment, environment, time.perf_counter() - start, printed)


def hook(folder: Path, source: Path) -> Installation:
    """The pre-commit hook, in a repository with one draft."""
    run([sys.executable, "-m", "venv", folder / "tool"], folder)
    run([folder / "tool" / "bin" / "pip", "install", "pre-commit"], folder)
    repository = folder / "repository"
    repository.mkdir()
    (repository / "draft.txt").write_bytes(SAMPLE.read_bytes())
    revision = run(["git", "rev-parse", "HEAD"], source).strip()
    (repository / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {source}\n    rev: {revision}\n    hooks:\n      - id: attrib\n", encoding="utf-8"
    )
    run(["git", "init", "--quiet"], repository)
    run(["git", "add", "."], repository)
    home = folder / "pre-commit"
    start = time.perf_counter()
    printed = run(
        [folder / "tool" / "bin" / "pre-commit", "run", "--all-files"],
        repository,
        codes=(0, 1),
        PRE_COMMIT_HOME=str(home),
    )
    seconds = time.perf_counter() - start
    if "conflict" not in printed and "draft.txt" not in printed:
        raise StepError(f"pre-commit told of no finding\n{printed}")
    (environment,) = (python.parent.parent for python in home.glob("*/py_env*/bin/attrib"))
    # The findings of the draft are warnings; what the installation says stands before them.
    return Installation(environment, home, seconds, printed.partition("attrib lint")[0])


def _pipeline(folder: Path, command: str, **variables: str) -> Installation:
    """A step of a pipeline, with a Python that the machine has; then attrib looks at a draft."""
    environment = folder / "environment"
    path = os.pathsep.join([str(environment / "bin"), os.environ["PATH"]])
    start = time.perf_counter()
    run([sys.executable, "-m", "venv", environment], folder)
    printed = run(["bash", "-ec", command], folder, PATH=path, **variables)
    printed += run([environment / "bin" / "attrib", "report", SAMPLE], folder)
    return Installation(environment, environment, time.perf_counter() - start, printed)


def action(folder: Path, source: Path) -> Installation:
    """The step *Install attrib* of action.yml."""
    (command,) = re.findall(r"^ +run: (python -m pip install .*)$", (source / "action.yml").read_text(), re.MULTILINE)
    return _pipeline(folder, command, ACTION_PATH=str(source))


def gitlab(folder: Path, source: Path) -> Installation:
    """The first line of the recipe for GitLab in docs/CI.md, with a wheel of this commit in place of the release."""
    (command,) = re.findall(r"^    - (pip install .*)$", (source / "docs" / "CI.md").read_text(), re.MULTILINE)
    run([sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", "release", source], folder)
    return _pipeline(folder, command, PIP_FIND_LINKS=str(folder / "release"))


def script(folder: Path, source: Path) -> Installation:
    """``scripts/attrib report`` in a checkout."""
    start = time.perf_counter()
    printed = run(
        [source / "scripts" / "attrib", "report", SAMPLE], folder, ATTRIB_PYTHON=os.path.realpath(sys.executable)
    )
    seconds = time.perf_counter() - start
    environment = source / ".venv"
    return Installation(environment, source, seconds, printed + (environment / "install.log").read_text())


WAYS: dict[str, Callable[[Path, Path], Installation]] = {
    "pip install .": plain,
    "pre-commit": hook,
    "action.yml": action,
    "GitLab": gitlab,
    "scripts/attrib": script,
}


def megabytes(folder: Path) -> float:
    """What the files of a folder take on disk, each once."""
    files = {(status.st_dev, status.st_ino): status for status in map(os.lstat, folder.rglob("*"))}
    return sum(status.st_blocks * 512 for status in files.values()) / 1e6


def faults(installation: Installation) -> list[str]:
    """What is wrong with an installation, beside its size and time."""
    pip: list[str | Path] = [installation.environment / "bin" / "python", "-m", "pip"]
    found = [f"says: {line.strip()}" for line in ADVICE.findall(installation.printed)]
    try:
        run([*pip, "check"], installation.environment)
    except StepError as failure:
        found.append(str(failure))
    listed = run([*pip, "list", "--format=freeze"], installation.environment)
    brought = {line.partition("==")[0].lower() for line in listed.splitlines()}
    return found + [f"brings {name}" for name in sorted(UNWANTED & brought)]


@click.command()
@click.argument("ways", nargs=-1, metavar="[WAY...]", type=click.Choice(list(WAYS)))
def main(ways: tuple[str, ...]) -> None:
    """Measure all ways of installing, or those named."""
    failed = False
    click.echo("| way | seconds | MB | MB with the clone |\n| --- | --- | --- | --- |")
    for name in ways or WAYS:
        with tempfile.TemporaryDirectory() as temporary:
            folder, source = Path(temporary) / "work", Path(temporary) / "attrib"
            folder.mkdir()
            run(["git", "clone", "--quiet", CHECKOUT, source], folder)
            try:
                installation = WAYS[name](folder, source)
            except StepError as failure:
                click.echo(f"{name}: {failure}", err=True)
                failed = True
                continue
            size, everything = megabytes(installation.environment), megabytes(installation.on_disk)
            click.echo(f"| {name} | {installation.seconds:.0f} | {size:.0f} | {everything:.0f} |")
            found = faults(installation)
            if size > LARGEST:
                found.append(f"takes more than {LARGEST} MB")
            if installation.seconds > LONGEST:
                found.append(f"takes more than {LONGEST} seconds")
            for fault in found:
                click.echo(f"{name}: {fault}", err=True)
            failed = failed or bool(found)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
