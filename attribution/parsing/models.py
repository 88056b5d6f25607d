"""Finds the model files and loads the parser that reads with them."""

from __future__ import annotations

from pathlib import Path

from attribution.parsing.parser import Parser
from attribution.records import AttribError

EMBEDDED_MODEL = Path(__file__).parent / "model"
"""The folder of the model that comes with the package."""

MODEL_FILES = ("vectors.pt", "tagger.pt", "lemmatizer.pt", "parser.pt", "resources.json")
"""What a model folder holds: Stanza's model files, and its smallest list of resources."""


def load_parser(model: str | None = None) -> Parser:
    """The parser with the embedded model (None), Stanza's published English models (``default``), or a folder's model.

    A folder holds the same files as ``attribution/parsing/model``. Nothing is ever downloaded. Raises AttribError with
    the path when a model file is missing, truncated or of another kind.
    """
    from attribution.parsing.stanza_parser import load_default, load_folder

    if model == "default":
        return load_default()
    folder = EMBEDDED_MODEL if model is None else Path(model)
    if not folder.is_dir():
        raise AttribError(f"{folder}: no such model folder; give a folder with {', '.join(MODEL_FILES)}, or 'default'")
    for name in MODEL_FILES:
        if not (folder / name).is_file():
            raise AttribError(f"{folder / name}: model file is missing; a model folder holds {', '.join(MODEL_FILES)}")
    return load_folder(folder, "embedded" if model is None else str(model))
