"""Writes a directory of pages: one for each draft, and an index that links to them."""

from __future__ import annotations

import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from attribution.cli.output import Output, made_folder

if TYPE_CHECKING:
    from attribution.cli.inputs import Inputs
    from attribution.reporting.html import Entry
    from attribution.session import AnalysedDraft, Session

INDEX = "index.html"
SUFFIX = ".html"


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
    folder = made_folder(output)
    names = UniqueNames(SUFFIX, INDEX)
    shown = [inputs.session.name_of(path) for path in inputs.paths]
    files = [_file(folder, names.of(path, path)) for path in shown]
    for file in (*files, _file(folder, INDEX)):
        file.refuse_inputs(inputs.paths)
    entries = []
    for page, entry in inputs.each(_page_of):
        name = names.of(entry.line.path, entry.line.path)
        _write(_file(folder, name), page)
        entries.append(msgspec.structs.replace(entry, address=quote(name)))
    if entries:
        _write(_file(folder, INDEX), index_html(entries))


def _page_of(session: Session, analysed: AnalysedDraft) -> tuple[str, Entry]:
    """A draft's page, and its entry in the index, still without its address."""
    from attribution.reporting.html import entry_of, report_html

    findings = session.findings(analysed).file.findings
    page = report_html(analysed.analysis, findings=findings, home=INDEX)
    return page, entry_of(analysed.analysis, "", findings=findings)


class UniqueNames:
    """Gives each document a unique file name, made from a path; the same document always gets the same name."""

    def __init__(self, ending: str, *taken: str) -> None:
        self.ending = ending
        self._taken = set(taken)
        self._given: dict[str, str] = {}

    def of(self, key: str, path: str) -> str:
        """The document's name: the path's without its extension, with a number if it is taken."""
        if key not in self._given:
            # The names may land where the case of letters makes no difference.
            stem = re.sub(r"[^\w.-]+", "-", PurePath(path).stem).strip("-.") or "draft"
            name, number = stem + self.ending, 1
            while name.casefold() in self._taken:
                number += 1
                name = f"{stem}-{number}{self.ending}"
            self._taken.add(name.casefold())
            self._given[key] = name
        return self._given[key]


def _file(folder: Path, name: str) -> Output:
    return Output(str(folder / name), "never", None)


def _write(file: Output, text: str) -> None:
    file.write(text, data=True)
    file.close()
