"""Writes a model as Stanza's own files, for training and for comparison; needs torch (the extra ``stanza``)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np

from attribution.parsing.model_files import read_model
from attribution.parsing.model_names import STANZA_FILES

RESOURCES = '{"en":{"lang_name":"English"}}\n'
"""The smallest list of resources with which ``stanza.Pipeline`` starts without a download."""


def write_stanza_files(source: Path, target: Path) -> None:
    """Write the model of a folder as a folder that Stanza reads; needs torch."""
    import torch

    target.mkdir(parents=True, exist_ok=True)
    for name, content in zip(STANZA_FILES, read_model(source), strict=True):
        if "dicts" in content:
            content["dicts"] = gzip.compress(json.dumps(content["dicts"]).encode(), mtime=0)
        torch.save(_with_tensors(content), target / name, _use_new_zipfile_serialization=False)
    (target / "resources.json").write_text(RESOURCES, encoding="utf-8")


def _with_tensors(value: Any) -> Any:
    import torch

    if isinstance(value, np.ndarray):
        return torch.from_numpy(value.copy())
    if isinstance(value, dict):
        return {key: _with_tensors(nested) for key, nested in value.items()}
    return value
