"""Model folders that were tampered with, each from a number; shared by the tests and ``scripts/fuzz_models.py``.

The model is the tiny one of ``tests/parsing/small_models.py``, so that thousands can be tried.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from draft_checks import check_error
from parsing.small_models import checkpoint, small_parts, write_stanza_model

from attribution.ingest import read_text
from attribution.parsing import load_parser
from attribution.parsing.model_files import write_model
from attribution.parsing.model_names import MANIFEST, NETWORKS, STANZA_FILES, VOCABULARIES
from attribution.records import AttribError

DRAFT = read_text("It rained. Tea ate it, it rained in Tierra – it.")
ODD_NUMBERS = (
    -(1 << 63),
    -(1 << 31),
    -8,
    -1,
    0,
    1,
    2,
    7,
    1 << 16,
    1 << 31,
    (1 << 32) - 1,
    1 << 62,
    (1 << 63) - 1,
    1 << 64,
)
ODD_VALUES = (None, True, -1, 1 << 62, 1e308, "", "x" * 10_000, [], {}, [[]], {"a": []}, "\ud800", 0.5)


def outcome(folder: Path) -> str:
    """What becomes of a draft with the model: the error, which is one line, or nothing if it was read."""
    try:
        (sentences,) = load_parser(str(folder)).parse([DRAFT])
    except AttribError as error:
        check_error(error)
        return str(error)
    assert len(sentences) == 2
    return ""


def damage(folder: Path, number: int) -> str:
    """Write a model into the empty folder and damage it; gives the kind of damage."""
    chance = random.Random(number)
    kind = chance.choice([kind for kind in KINDS for _ in range(3 if kind in DEEP else 1)])
    write, spoil = KINDS[kind]
    write(folder)
    spoil(folder, chance)
    return kind


def sealed(folder: Path) -> None:
    """Make the manifest fit the files: whoever makes a model can make that, too."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    for name, entry in manifest["files"].items():
        data = (folder / name).read_bytes()
        entry.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    (folder / MANIFEST).write_text(json.dumps(manifest))


def _own(folder: Path) -> None:
    write_model(small_parts(), folder)


def _stanza(folder: Path) -> None:
    write_stanza_model(small_parts(), folder)


# --- Any file ---------------------------------------------------------------------------------------------------------


def _rewritten(change: Callable[[bytes, random.Random], bytes]) -> Callable[[Path, random.Random], None]:
    """Change a file of the folder, and make its manifest fit, if it has one."""

    def spoil(folder: Path, chance: random.Random) -> None:
        is_own = (folder / MANIFEST).exists()
        path = folder / chance.choice((NETWORKS, VOCABULARIES) if is_own else list(STANZA_FILES))
        path.write_bytes(change(path.read_bytes(), chance))
        if is_own:
            sealed(folder)

    return spoil


def _flipped(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 5, 50))):
        place = chance.randrange(len(damaged) if chance.random() < 0.6 else min(3000, len(damaged)))
        damaged[place] = chance.choice((damaged[place] ^ 1 << chance.randrange(8), 0, 255, 57, chance.randrange(256)))
    return bytes(damaged)


def _shortened(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:] if chance.random() < 0.5 else data[:end] + data[start:]


def _stands_for_a_file(folder: Path, chance: random.Random) -> None:
    """A pipe, a folder, a device, a broken link, or nothing in the place of a file."""
    path = chance.choice(sorted(folder.iterdir()))
    path.unlink()
    match chance.randrange(5):
        case 0:
            os.mkfifo(path)
        case 1:
            path.mkdir()
        case 2:
            path.symlink_to("/dev/zero")
        case 3:
            path.symlink_to(folder / "nowhere")


def _swapped(folder: Path, chance: random.Random) -> None:
    first, second = chance.sample(sorted(folder.iterdir()), 2)
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(data)
    if (folder / MANIFEST).exists() and MANIFEST not in (first.name, second.name):
        sealed(folder)


# --- This project's format --------------------------------------------------------------------------------------------


def _header(folder: Path, chance: random.Random) -> None:
    """What ``networks.safetensors`` says of its tensors."""
    path = folder / NETWORKS
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    for _ in range(chance.choice((1, 1, 3))):
        name = chance.choice(list(header))
        entry = header[name]
        match chance.randrange(7):
            case 0 if entry["shape"]:
                entry["shape"][chance.randrange(len(entry["shape"]))] = chance.choice(ODD_NUMBERS)
            case 1:
                entry["shape"] = [chance.choice(ODD_NUMBERS) for _ in range(chance.choice((0, 1, 2, 9, 64)))]
            case 2:
                entry["data_offsets"][chance.randrange(2)] = chance.choice(ODD_NUMBERS)
            case 3:
                entry["data_offsets"] = header[chance.choice(list(header))]["data_offsets"]
            case 4:
                entry["dtype"] = chance.choice(("F64", "F32", "F16", "BF16", "I64", "BOOL", "F8_E4M3", "X", 5))
            case 5:
                other = chance.choice(list(header))
                header[name], header[other] = header[other], header[name]
            case _:
                header[chance.choice((f"{name}/x", "a", "/", f"x{name}"))] = header.pop(name)
    written = json.dumps(header).encode("utf-8", "surrogatepass")
    told = len(written) if chance.random() < 0.8 else chance.choice(ODD_NUMBERS) % (1 << 64)
    path.write_bytes(struct.pack("<Q", told) + written + data[8 + length :])
    sealed(folder)


def _vocabulary(folder: Path, chance: random.Random) -> None:
    """A value of another kind somewhere in ``vocabularies.json``."""
    path = folder / VOCABULARIES
    content = json.loads(path.read_bytes())
    place: Any = content
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = chance.choice(keys)
        if isinstance(place[key], (dict, list)) and place[key] and chance.random() < 0.7:
            place = place[key]
            continue
        if chance.random() < 0.3:
            del place[key]
        else:
            place[key] = chance.choice(ODD_VALUES)
        break
    path.write_bytes(json.dumps(content).encode())
    sealed(folder)


def _nested(folder: Path, chance: random.Random) -> None:
    depth = chance.choice((100, 10_000, 1_000_000))
    (folder / VOCABULARIES).write_bytes(chance.choice((b"[", b'{"a":')) * depth)
    sealed(folder)


def _manifest(folder: Path, chance: random.Random) -> None:
    path = folder / MANIFEST
    content = json.loads(path.read_bytes())
    entry = content["files"][chance.choice(list(content["files"]))]
    match chance.randrange(4):
        case 0:
            entry["bytes"] = chance.choice(ODD_NUMBERS)
        case 1:
            entry["sha256"] = chance.choice(("", "0" * 64, "\ud800", 5))
        case 2:
            content["files"] = chance.choice(({}, [], None, {"../x": entry}))
        case _:
            content = chance.choice((5, [], {"format": 1 << 70}, {**content, "x": 1}))
    path.write_bytes(json.dumps(content).encode())


# --- Stanza's format --------------------------------------------------------------------------------------------------


def _tensors(folder: Path, chance: random.Random) -> None:
    """What a file's tensors say of themselves: where they begin, their shapes and steps, the size of their block."""
    patched: dict[str, Any] = {
        "offset": chance.choice(ODD_NUMBERS),
        "shape": [chance.choice(ODD_NUMBERS) for _ in range(chance.choice((0, 1, 2, 3, 9, 64)))],
        "strides": [chance.choice(ODD_NUMBERS) for _ in range(chance.choice((0, 1, 2, 3, 9, 64)))],
        "size": chance.choice(ODD_NUMBERS),
        "kind": chance.choice(("HalfStorage", "FloatStorage", "DoubleStorage", "LongStorage", "BoolStorage", "X")),
        "name": chance.choice(("storage", "module", "")),
    }
    wanted = chance.sample(list(patched), chance.choice((1, 1, 2, 3)))
    place = chance.randrange(len(STANZA_FILES))
    content = small_parts()[place]
    if "dicts" in content:
        content = {**content, "dicts": gzip.compress(json.dumps(content["dicts"]).encode(), mtime=0)}
    (folder / list(STANZA_FILES)[place]).write_bytes(checkpoint(content, **{key: patched[key] for key in wanted}))


def _bomb(folder: Path, chance: random.Random) -> None:
    """A dictionary, or a file, that a few bytes make large."""
    zeros = bytes(1 << 24)
    match chance.randrange(3):
        case 0:
            data = gzip.compress(zeros * 16, mtime=0)
            for _ in range(chance.randrange(3)):
                data = gzip.compress(data, mtime=0)
            content = {**small_parts().lemmatizer, "dicts": data}
            (folder / "lemmatizer.pt").write_bytes(checkpoint(content))
        case 1:
            (folder / chance.choice(list(STANZA_FILES))).write_bytes(gzip.compress(zeros, mtime=0))
        case _:
            archive = io.BytesIO()
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr("archive/data.pkl", zeros)
            (folder / chance.choice(list(STANZA_FILES))).write_bytes(archive.getvalue())


KINDS: dict[str, tuple[Callable[[Path], None], Callable[[Path, random.Random], None]]] = {
    "header": (_own, _header),
    "vocabulary": (_own, _vocabulary),
    "nested": (_own, _nested),
    "manifest": (_own, _manifest),
    "own flipped": (_own, _rewritten(_flipped)),
    "own shortened": (_own, _rewritten(_shortened)),
    "own cut": (_own, _rewritten(_cut)),
    "own file": (_own, _stands_for_a_file),
    "own swapped": (_own, _swapped),
    "tensors": (_stanza, _tensors),
    "bomb": (_stanza, _bomb),
    "stanza flipped": (_stanza, _rewritten(_flipped)),
    "stanza shortened": (_stanza, _rewritten(_shortened)),
    "stanza cut": (_stanza, _rewritten(_cut)),
    "stanza file": (_stanza, _stands_for_a_file),
    "stanza swapped": (_stanza, _swapped),
}
"""The kinds of damage: how the model is written, and how it is damaged."""

DEEP = frozenset({"header", "vocabulary", "tensors", "own flipped", "stanza flipped"})
"""Kinds that get past the first checks more often; they are tried three times as often."""
