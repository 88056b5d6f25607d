"""Finds the model files and loads the parser that uses them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attribution.parsing.form_parser import FormParser
from attribution.parsing.model_names import MANIFEST, NETWORKS, STANZA_FILES, VOCABULARIES, has_own_format
from attribution.records import AttribError
from attribution.resources import model_folder

OWN_FILES = (MANIFEST, NETWORKS, VOCABULARIES)
"""The files of a model folder in this project's format."""

STANZA_FOLDER = (*STANZA_FILES, "resources.json")
"""The files of a model folder in Stanza's format: its model files, and a minimal list of resources."""


def load_parser(model: str | None = None) -> FormParser:
    """Give the parser with the embedded model (None), Stanza's published English models (``default``), or a folder's.

    A folder holds the files of either format (``model_files``). Networks of the embedded model's kind are run by
    NumPy, others by Stanza, from its own files. Nothing is ever downloaded. Raises AttribError with the path if a model
    file is missing, truncated, damaged or of another kind.
    """
    if model == "default":
        from attribution.parsing.stanza_parser import load_default

        return load_default()
    folder = model_folder() if model is None else Path(model)
    if not folder.is_dir():
        raise AttribError(f"{folder}: no such model folder; give a folder with {_listed(STANZA_FOLDER)}, or 'default'")
    names = OWN_FILES if has_own_format(folder) else STANZA_FOLDER
    for name in names:
        if not (folder / name).is_file():
            raise AttribError(f"{folder / name}: model file is missing; a model folder holds {_listed(names)}")
    from attribution.parsing import numpy_parser

    shown = "embedded" if model is None else str(model)
    parser = numpy_parser.load_folder(folder, shown, checked=model is not None)
    if parser is not None:
        return parser
    if names is OWN_FILES:
        raise AttribError(
            f"{folder}: these networks are run by Stanza itself; give the folder with {_listed(STANZA_FOLDER)}"
        )
    from attribution.parsing import stanza_parser

    return stanza_parser.load_folder(folder, shown)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
