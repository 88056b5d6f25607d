"""The files of a model folder: in this project's format, which the embedded model has, or in Stanza's.

In this project's format ``networks.safetensors`` holds all numbers, ``vocabularies.json`` everything else, and
``manifest.json`` the size and the SHA-256 checksum of both, so that a damaged file is noticed before it is used. None
of them can hold code, addresses of memory, or compressed data. ``scripts/convert_model.py`` converts from Stanza's
format (``checkpoint``) and back.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from attribution.parsing.model_names import LARGEST_FILE, MANIFEST, NETWORKS, STANZA_FILES, VOCABULARIES, has_own_format
from attribution.records import AttribError

FORMAT = 1
"""The version of this project's format."""

LARGEST_DICTIONARY = 1 << 25
"""The most bytes to which a lemmatizer's compressed dictionary may expand."""

_LARGEST_MANIFEST = 1 << 16


class ModelParts(NamedTuple):
    """The contents of Stanza's four model files; ``dicts`` of the lemmatizer is the dictionary itself."""

    vectors: dict[str, Any]
    tagger: dict[str, Any]
    lemmatizer: dict[str, Any]
    parser: dict[str, Any]


class FileEntry(msgspec.Struct, frozen=True):
    """The size in bytes and the checksum (SHA-256, hexadecimal) of a file."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``manifest.json``: the version of the format, and the folder's files by name."""

    format: int
    files: dict[str, FileEntry]


def read_model(folder: Path) -> ModelParts:
    """Give the model in a folder, in either format.

    Raises AttribError with the path of a file that is missing, truncated, damaged or of another format.
    """
    return _read_own_format(folder) if has_own_format(folder) else _read_stanza_format(folder)


def _read_own_format(folder: Path) -> ModelParts:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    manifest = _manifest(folder / MANIFEST)
    networks, vocabularies = folder / NETWORKS, folder / VOCABULARIES
    try:
        parts = msgspec.json.decode(_checked_bytes(vocabularies, manifest), type=dict[str, dict[str, Any]])
        if tuple(parts) != ModelParts._fields:
            raise ValueError
    except (ValueError, RecursionError) as error:
        raise _damaged(vocabularies) from error
    try:
        arrays = load(_checked_bytes(networks, manifest))
        for name, array in arrays.items():
            part, group, *rest = name.split("/")
            (parts[part].setdefault(group, {}) if rest else parts[part])[rest[0] if rest else group] = array
    except (SafetensorError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise _damaged(networks) from error
    try:
        return ModelParts(**{part: _with_numbers(content) for part, content in parts.items()})
    except TypeError as error:
        # What stands where a unit should is none.
        raise _damaged(vocabularies) from error


def _manifest(path: Path) -> Manifest:
    try:
        if path.stat().st_size > _LARGEST_MANIFEST:
            raise ValueError
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path) from error
    if manifest.format != FORMAT:
        raise AttribError(f"{path}: the model's format is {manifest.format}, and this version of attrib reads {FORMAT}")
    return manifest


def _checked_bytes(path: Path, manifest: Manifest) -> bytes:
    """A file's content, which is as the manifest says."""
    entry = manifest.files.get(path.name)
    try:
        if entry is None or path.stat().st_size != entry.bytes or entry.bytes > LARGEST_FILE:
            raise _damaged(path)
        data = path.read_bytes()
    except OSError as error:
        raise AttribError(f"{path}: model file cannot be read ({error.strerror}); copy the folder again") from error
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise _damaged(path)
    return data


def _damaged(path: Path) -> AttribError:
    return AttribError(f"{path}: model file is truncated, damaged or of another format; copy it again")


def _with_numbers(value: Any) -> Any:
    """The content with the vocabularies' ``_unit2id``, which the file leaves out because ``_id2unit`` tells it."""
    if not isinstance(value, dict):
        return value
    content = {key: _with_numbers(nested) for key, nested in value.items()}
    if "_id2unit" in content:
        content["_unit2id"] = _numbered(content["_id2unit"])
    return content


def _numbered(units: Any) -> dict[str, Any]:
    if isinstance(units, dict):
        return {key: _numbered(nested) for key, nested in units.items()}
    return {unit: number for number, unit in enumerate(units)}


def _read_stanza_format(folder: Path) -> ModelParts:
    # The embedded model needs no reader of checkpoints.
    from attribution.parsing.checkpoint import CheckpointError, read_checkpoint

    contents = []
    for name, key in STANZA_FILES.items():
        path = folder / name
        try:
            content = read_checkpoint(path)
        except (CheckpointError, OSError) as error:
            raise _damaged(path) from error
        if key not in content:
            raise AttribError(f"{path}: this is not the {path.stem} of a Stanza model; copy it again")
        contents.append(content)
    parts = ModelParts(*contents)
    try:
        parts.lemmatizer["dicts"] = _dictionary(parts.lemmatizer["dicts"])
    except (TypeError, ValueError, RecursionError, zlib.error) as error:
        raise _damaged(folder / "lemmatizer.pt") from error
    return parts


def _dictionary(compressed: Any) -> Any:
    """The content of a lemmatizer's dictionary in gzip's format; ValueError if it is damaged or expands too far."""
    if not isinstance(compressed, bytes):
        return compressed
    expander = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = expander.decompress(compressed, LARGEST_DICTIONARY)
    if not expander.eof:
        raise ValueError
    return json.loads(data)


def write_model(parts: ModelParts, folder: Path) -> None:
    """Write a model in this project's format."""
    from safetensors.numpy import save

    arrays: dict[str, NDArray[Any]] = {}
    rest: dict[str, Any] = {}
    for part, content in parts._asdict().items():
        arrays.update({f"{part}/{key}": value for key, value in content.items() if isinstance(value, np.ndarray)})
        arrays.update({f"{part}/model/{key}": value for key, value in content.get("model", {}).items()})
        rest[part] = {
            key: _without_numbers(value)
            for key, value in content.items()
            if key != "model" and not isinstance(value, np.ndarray)
        }
    data = {
        NETWORKS: save({name: np.ascontiguousarray(array) for name, array in sorted(arrays.items())}),
        VOCABULARIES: msgspec.json.encode(rest) + b"\n",
    }
    files = {name: FileEntry(len(content), hashlib.sha256(content).hexdigest()) for name, content in data.items()}
    data[MANIFEST] = msgspec.json.format(msgspec.json.encode(Manifest(FORMAT, files))) + b"\n"
    for name, content in data.items():
        (folder / name).write_bytes(content)


def _without_numbers(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {key: _without_numbers(nested) for key, nested in value.items() if key != "_unit2id"}
