"""For ``attrib watch`` and ``attrib lint --watch``: tells when drafts, the configuration, words or rules change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from attribution.cli.main import FAILED

if TYPE_CHECKING:
    from attribution.cli.inputs import Inputs

SETTLING = 300
"""Milliseconds within which changes count as one: editors write a file in several steps."""
WAITING = "waits for changes; Ctrl-C ends it"


def run_and_watch(inputs: Inputs, names: Sequence[str], run: Callable[[], int]) -> int:
    """Run now and after each change, with the inputs found anew, until the user interrupts it; the last exit code.

    Of nothing that exists there is nothing to watch: then it runs once.
    """
    from attribution.records import AttribError

    folders = watched_folders(inputs, names)
    code = run()
    if not any(Path(name).exists() for name in names):
        return code
    inputs.tell(WAITING)
    try:
        for _ in changes_near(folders):
            inputs.renew()
            try:
                inputs.find(names)
                code = run()
            except AttribError as error:
                inputs.tell(str(error))
                code = FAILED
    except KeyboardInterrupt:
        inputs.tell("ends")
    return code


def changes_near(folders: Sequence[Path]) -> Iterator[None]:
    """Wait for changes of drafts and TOML files below these folders, and give each group of them.

    The operating system tells of them; nothing is polled. Raises AttribError if ``watchfiles`` is not installed.
    """
    try:
        from watchfiles import Change, DefaultFilter, watch
    except ImportError:
        from attribution.records import AttribError

        raise AttribError("watching needs another package; install it with pip install 'attrib[watch]'") from None

    class Written(DefaultFilter):
        """Drafts, and the files that say how they are checked."""

        def __call__(self, change: Change, path: str) -> bool:
            return is_watched(Path(path)) and super().__call__(change, path)

    for _ in watch(*folders, watch_filter=Written(), debounce=SETTLING):
        yield


def is_watched(path: Path) -> bool:
    """Whether a file is a draft, or may hold configuration, words, rules or suppressions."""
    from attribution.ingest.files import FORMATS

    return path.suffix.lower() in (*FORMATS, ".conllu", ".toml") and not path.name.startswith((".#", "~"))


def watched_folders(inputs: Inputs, names: Iterable[str]) -> list[Path]:
    """The folders of the drafts, and those of the configuration, words and rules in force for them."""
    from attribution.session.configuration import folder_of

    if any(name == "-" for name in names) or not names:
        raise click.UsageError("only files and directories can be watched; name them", click.get_current_context())
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name).absolute()
        found[path if path.is_dir() else path.parent] = None
    for draft in inputs.paths:
        configuration = inputs.session.configuration(draft)
        if configuration.origin:
            found[folder_of(configuration)] = None
        for place in map(Path, (*configuration.lexicons, *configuration.rules)):
            if place.exists():
                found[place if place.is_dir() else place.parent] = None
    folders = sorted(found)
    return [
        folder for folder in folders if not any(folder != other and folder.is_relative_to(other) for other in folders)
    ]
