"""The names and bounds of model files, by which a folder's format is told before anything is read."""

from __future__ import annotations

from pathlib import Path

NETWORKS, VOCABULARIES, MANIFEST = "networks.safetensors", "vocabularies.json", "manifest.json"

STANZA_FILES = {"vectors.pt": "emb", "tagger.pt": "model", "lemmatizer.pt": "dicts", "parser.pt": "model"}
"""Stanza's files, each with a key that tells its content from the others'."""

LARGEST_FILE = 1 << 30
"""The size in bytes of the largest file of a model that is read."""

ENCODER = "encoder"
"""The folder of the pretrained encoder beside Stanza's files, if tagger or parser reads with one."""


def has_own_format(folder: Path) -> bool:
    """Whether a folder's model is in this project's format."""
    return (folder / MANIFEST).is_file()
