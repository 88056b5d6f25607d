"""Run the commands of the tutorials, and write what they print: python scripts/write_examples.py [PAGE...]

A tutorial is read from top to bottom in an empty folder. A block with a title is a file, which is written; of a block
``console`` each line that begins with ``$`` is a command of bash, and the lines after it are what it prints, be it on
standard output or standard error. A line ``…`` stands for any lines. The tests run the tutorials; this script writes
the output again after an intended change, but leaves what is still right, with its ``…``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent
BLOCK = re.compile(r'^```(?P<kind>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
ANY_LINES = "…\n"


def written(text: str, folder: Path) -> str:
    """The tutorial with what its commands print now, when they are run in this folder."""
    return BLOCK.sub(lambda block: _block(block, folder), text)


def _block(block: re.Match[str], folder: Path) -> str:
    if block["title"]:
        path = folder / block["title"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block["body"], encoding="utf-8")
    if block["kind"] != "console":
        return block[0]
    body = COMMAND.sub(lambda command: _command(command, folder), block["body"])
    return f"```console\n{body}```"


def _command(command: re.Match[str], folder: Path) -> str:
    printed = _printed(command["command"], folder)
    expected = ".*".join(re.escape(part) for part in command["output"].split(ANY_LINES))
    return command[0] if re.fullmatch(expected, printed, re.DOTALL) else f"$ {command['command']}\n{printed}"


def _printed(command: str, folder: Path) -> str:
    """What a command prints, without colours and as on a machine of nobody in particular."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("ATTRIB_", "GIT_", "COLUMNS"))},
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HOME": str(folder),
        "ATTRIB_CACHE_DIR": str(folder / ".cache"),
        "PYTHONUTF8": "1",
        "TERM": "dumb",
        **{f"GIT_{role}_NAME": "Ada" for role in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{role}_EMAIL": "ada@news.test" for role in ("AUTHOR", "COMMITTER")},
    }
    result = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return result.stdout.decode().replace(str(folder), "~")


def pages() -> list[Path]:
    """The tutorials."""
    return sorted((CHECKOUT / "docs" / "tutorials").glob("*.md"))


def main(names: list[str]) -> Iterator[Path]:
    """Write the tutorials, all or those named; give those that changed."""
    for path in pages():
        if names and path.stem not in names:
            continue
        before = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            after = written(before, Path(folder))
        if after != before:
            path.write_text(after, encoding="utf-8")
            yield path


if __name__ == "__main__":
    print(*main(sys.argv[1:]), sep="\n")
