"""Finds the model files and loads the parser that uses them."""

from __future__ import annotations

from pathlib import Path

from attribution.parsing.parser import Parser
from attribution.records import AttribError
from attribution.resources import model_folder

MODEL_FILES = ("vectors.pt", "tagger.pt", "lemmatizer.pt", "parser.pt", "resources.json")
"""The files of a model folder: Stanza's model files, and a minimal list of resources."""


def load_parser(model: str | None = None) -> Parser:
    """Give the parser with the embedded model (None), Stanza's published English models (``default``), or a folder's.

    A folder holds the same files as ``attribution/parsing/model``. Networks of the embedded model's kind are run by
    NumPy, others by Stanza. Nothing is ever downloaded. Raises AttribError with the path if a model file is missing,
    truncated or of another kind.
    """
    if model == "default":
        from attribution.parsing.stanza_parser import load_default

        return load_default()
    folder = model_folder() if model is None else Path(model)
    if not folder.is_dir():
        raise AttribError(f"{folder}: no such model folder; give a folder with {', '.join(MODEL_FILES)}, or 'default'")
    for name in MODEL_FILES:
        if not (folder / name).is_file():
            raise AttribError(f"{folder / name}: model file is missing; a model folder holds {', '.join(MODEL_FILES)}")
    from attribution.parsing import numpy_parser

    shown = "embedded" if model is None else str(model)
    parser = numpy_parser.load_folder(folder, shown)
    if parser is not None:
        return parser
    from attribution.parsing import stanza_parser

    return stanza_parser.load_folder(folder, shown)
