"""Entries that an editor adds to the newsroom's files: suppressions and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import tomlkit
from lsprotocol import types
from pygls.uris import from_fs_path

from attribution.lsp.documents import PlacedText
from attribution.reporting.escaping import json_text


def toml_entry(table: str, fields: Mapping[str, str | Sequence[str]]) -> str:
    """An entry of an array of tables, such as ``[[entry]]``."""
    # A string of TOML has the escapes of JSON.
    return json_text(tomlkit.dumps({table: [fields]}))


def appended(path: Path, text: str, *, creates: bool = True) -> types.WorkspaceEdit:
    """The edit that writes a text at the end of a file, behind an empty line; one that ``creates`` may make the file.

    Raises OSError or UnicodeDecodeError if the file cannot be read.
    """
    uri = from_fs_path(str(path)) or str(path)
    content = path.read_bytes().decode("utf-8") if path.is_file() else ""
    between = "" if not content else "\n" if content.endswith("\n") else "\n\n"
    end = PlacedText(content).position(len(content))
    edit = types.TextEdit(types.Range(end, end), between + text)
    if not creates:
        return types.WorkspaceEdit(changes={uri: [edit]})
    create = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
    document = types.OptionalVersionedTextDocumentIdentifier(uri, None)
    return types.WorkspaceEdit(document_changes=[create, types.TextDocumentEdit(document, [edit])])
