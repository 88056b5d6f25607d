"""Writes a directory of pages: one for each draft, and an index that links to them."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from attribution.cli.inputs import STDIN, Inputs
from attribution.cli.output import Output

if TYPE_CHECKING:
    from attribution.lexicon import Lexicon
    from attribution.linting import Finding
    from attribution.records import Analysis
    from attribution.reporting.html import Entry

INDEX = "index.html"
SUFFIX = ".html"


def is_folder(output: str | None) -> bool:
    """Whether the argument of -o names a directory: an existing one or, with a slash at its end, a new one."""
    return output is not None and output != "-" and (output.endswith(("/", os.sep)) or Path(output).is_dir())


def write_pages(inputs: Inputs, output: str | None) -> None:
    """Write each draft's page as soon as it is analysed, and the index last.

    Raises UsageError when no directory is named, and AttribError when it cannot be made or a page would overwrite a
    draft.
    """
    import msgspec

    from attribution.reporting.html import index_html

    if output is None or output == "-":
        raise click.UsageError(
            "several drafts make several pages; name a directory with -o", click.get_current_context()
        )
    folder = _made(output)
    names = PageNames()
    files = {path: _file(folder, names.of(inputs.stdin_filename if path == STDIN else path)) for path in inputs.paths}
    for file in (*files.values(), _file(folder, INDEX)):
        file.refuse_inputs(inputs.paths)
    entries = []
    for page, entry in inputs.each(_page_of):
        name = names.of(entry.line.path)
        _write(_file(folder, name), page)
        entries.append(msgspec.structs.replace(entry, address=quote(name)))
    if entries:
        _write(_file(folder, INDEX), index_html(entries))


def _page_of(analysis: Analysis, lexicon: Lexicon) -> tuple[str, Entry]:
    """A draft's page, and its entry in the index, still without its address."""
    from attribution.reporting.html import entry_of, report_html

    findings = findings_of(analysis, lexicon)
    return report_html(analysis, findings=findings, home=INDEX), entry_of(analysis, "", findings=findings)


def findings_of(analysis: Analysis, lexicon: Lexicon) -> tuple[Finding, ...]:
    """What the stable rules of ``attrib lint`` find in a draft; a newsroom's configuration is for lint to read."""
    from attribution.linting import lint
    from attribution.linting.selection import select_rules

    return tuple(lint(analysis, lexicon, select_rules()))


class PageNames:
    """Gives each draft a unique page name, made from the draft's name; the same draft always gets the same name."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def of(self, path: str) -> str:
        """The page's name: the draft's without its extension, with a number if it is taken."""
        if path not in self._given:
            # The names may land where the case of letters makes no difference.
            taken = {INDEX, *(name.casefold() for name in self._given.values())}
            stem = re.sub(r"[^\w.-]+", "-", PurePath(path).stem).strip("-.") or "draft"
            name, number = stem + SUFFIX, 1
            while name.casefold() in taken:
                number += 1
                name = f"{stem}-{number}{SUFFIX}"
            self._given[path] = name
        return self._given[path]


def _made(output: str) -> Path:
    from attribution.records import AttribError

    folder = Path(output)
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise AttribError(f"{output}: is a file; name a directory after -o for the pages of several drafts") from error
    except OSError as error:
        raise AttribError(f"{output}: cannot be made ({error.strerror}); name another directory after -o") from error
    return folder


def _file(folder: Path, name: str) -> Output:
    return Output(str(folder / name), "never", None)


def _write(file: Output, text: str) -> None:
    file.write(text, data=True)
    file.close()
