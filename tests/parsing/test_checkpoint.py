"""Reading Stanza's model files without torch, whatever is in them."""

from __future__ import annotations

import os
import pickle
import random
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_models import checkpoint

from attribution.parsing.checkpoint import MAGIC, CheckpointError, read_checkpoint

CONTENT: dict[str, Any] = {
    "model": {"a": np.arange(6, dtype="<f4").reshape(2, 3), "b": np.arange(3, dtype="<i8")},
    "vocab": {"_id2unit": ["<PAD>", "naïve"], "_unit2id": {"<PAD>": 0, "naïve": 1}},
    "config": {
        "lr": 0.5,
        "on": True,
        "off": False,
        "none": None,
        "large": 1 << 40,
        "negative": -3,
        "bytes": b"\xff\x00",
    },
}


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], dict[str, Any]]:
    def written(data: bytes) -> dict[str, Any]:
        path = tmp_path / "parser.pt"
        path.write_bytes(data)
        return read_checkpoint(path)

    return written


Read = Callable[[bytes], dict[str, Any]]


def test_what_is_written_is_read(read: Read) -> None:
    content = read(checkpoint(CONTENT))
    assert {key: content[key] for key in ("vocab", "config")} == {key: CONTENT[key] for key in ("vocab", "config")}
    for name, array in CONTENT["model"].items():
        assert content["model"][name].dtype == array.dtype
        assert np.array_equal(content["model"][name], array)


def test_a_file_that_ends_too_early(read: Read) -> None:
    data = checkpoint(CONTENT)
    for length in range(len(data)):
        with pytest.raises(CheckpointError):
            read(data[:length])


def test_a_file_that_goes_on(read: Read) -> None:
    with pytest.raises(CheckpointError):
        read(checkpoint(CONTENT) + b"\0")


@pytest.mark.parametrize(
    "patched",
    [
        {"strides": (-3, -1)},
        {"strides": (3, -1), "offset": 2},
        {"strides": (0, 0)},
        {"strides": (1, 1)},
        {"strides": (3,)},
        {"strides": (1 << 62, 1)},
        {"offset": -1},
        {"offset": 1},
        {"offset": 1 << 62},
        {"shape": (3, 3)},
        {"shape": (-2, -3)},
        {"shape": (1 << 40, 0)},
        {"shape": (2, 1 << 62)},
        {"size": 5},
        {"size": 7},
        {"size": -1},
        {"size": 1 << 62},
        {"kind": "DoubleStorage"},
        {"kind": "FloatTensor"},
        {"shape": (1,) * 40, "strides": (1,) * 40},
    ],
    ids=str,
)
def test_a_tensor_outside_its_block(read: Read, patched: dict[str, Any]) -> None:
    with pytest.raises(CheckpointError):
        read(checkpoint({"a": np.arange(6, dtype="<f4").reshape(2, 3)}, **patched))


def test_a_tensor_that_is_a_part_of_its_block(read: Read) -> None:
    whole = np.arange(6, dtype="<f4").reshape(2, 3)
    transposed = read(checkpoint({"a": whole}, shape=(3, 2), strides=(1, 3)))
    assert np.array_equal(transposed["a"], whole.T)
    assert read(checkpoint({"a": whole}, shape=(2,), strides=(2,), offset=1))["a"].tolist() == [1, 3]
    assert read(checkpoint({"a": whole}, shape=(0, 3)))["a"].shape == (0, 3)


class Harmful:
    """Would make a folder if it were unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("made by a model file",)


@pytest.mark.parametrize("place", range(4))
def test_code_in_a_file_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    monkeypatch.chdir(tmp_path)
    parts: list[object] = [MAGIC, 1001, {}, {}, []]
    parts[place] = Harmful()
    path = tmp_path / "parser.pt"
    path.write_bytes(b"".join(pickle.dumps(part, 2) for part in parts))
    with pytest.raises(CheckpointError):
        read_checkpoint(path)
    assert [file.name for file in tmp_path.iterdir()] == ["parser.pt"]


def around(body: bytes) -> bytes:
    """A file whose content is made by these instructions."""
    before = b"".join(pickle.dumps(value, 2) for value in (MAGIC, 1001, {}))
    return before + b"\x80\x02" + body + b"." + pickle.dumps([], 2)


@pytest.mark.parametrize(
    "body",
    [
        b"}X\x01\0\0\0a" + b"(" * 50_000 + b"t" * 50_000 + b"s",
        b"}" + b"(" * 50_000 + b"t" * 50_000 + b"K\1s",
        b"}" + b"X\x01\0\0\0a}" * 50_000 + b"s" * 50_000,
        b"}q\0X\x01\0\0\0ah\0s",
        b"}X\x01\0\0\0a]q\0h\0as",
        b"}r\xff\xff\xff\xff",
        b"X\xff\xff\xff\xffa",
        b"}X\xff\xff\xff\xffa",
        b"\x8e\xff\xff\xff\xff\xff\xff\xff\x7fa",
        b"}(X\x01\0\0\0au",
        b"}]K\1s",
        b"\x8a\xff" + b"\x7f" * 255,
        b"cposix\nsystem\nX\x02\0\0\0ls\x85R",
        b"}X\x01\0\0\0ac_codecs\nencode\nX\x01\0\0\0aX\x03\0\0\0zip\x86Rs",
        b"0" * 10,
        b"t",
        b"R",
        b"Q",
        b"h\7",
    ],
    ids=lambda body: repr(bytes(body[:12])),
)
def test_instructions_that_exhaust_or_fail(read: Read, body: bytes) -> None:
    try:
        content = read(around(body))
    except CheckpointError:
        return
    assert isinstance(content, dict)


def test_a_small_file_cannot_fill_memory(read: Read) -> None:
    text = b"X" + struct.pack("<I", 100_000) + b"a" * 100_000
    encoded = b"h\1h\2h\3\x86R"
    body = b"}(" + b"c_codecs\nencode\nq\1" + text + b"q\2X\6\0\0\0latin1q\3" + encoded * 30_000 + b"u"
    tracemalloc.start()
    try:
        with pytest.raises(CheckpointError):
            read(around(body))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000


def test_many_views_of_one_block_cannot_fill_memory(read: Read) -> None:
    views = {str(number): np.zeros(1000, "<f4") for number in range(100)}
    data = checkpoint(views)
    # All of them are views of the first block; the others are left out.
    for number in range(1, 100):
        data = data.replace(
            b"c" + b"torch\nFloatStorage\n" + b"X" + struct.pack("<I", len(str(number))) + str(number).encode(),
            b"c" + b"torch\nFloatStorage\n" + b"X\1\0\0\0" + b"0",
        )
    keys, end = pickle.dumps([str(number) for number in range(100)], 2), struct.pack("<q", 1000) + bytes(4000)
    data = data.replace(keys, pickle.dumps(["0"], 2)).replace(end * 100, end)
    with pytest.raises(CheckpointError):
        read(data)


def test_flipped_bits_and_bytes(read: Read) -> None:
    data, chance = checkpoint(CONTENT), random.Random(5)
    for _ in range(1500):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            place = chance.randrange(len(damaged))
            damaged[place] = chance.choice((damaged[place] ^ 1 << chance.randrange(8), 0, 255, chance.randrange(256)))
        try:
            content = read(bytes(damaged))
        except CheckpointError:
            continue
        for value in content.get("model", {}).values() if isinstance(content.get("model"), dict) else ():
            if isinstance(value, np.ndarray):
                value.sum()


@pytest.mark.slow
def test_torch_reads_the_same(tmp_path: Path) -> None:
    import torch

    path = tmp_path / "parser.pt"
    path.write_bytes(checkpoint(CONTENT))
    theirs = torch.load(path, map_location="cpu", weights_only=True)
    assert theirs["vocab"] == CONTENT["vocab"]
    assert theirs["config"] == CONTENT["config"]
    for name, array in CONTENT["model"].items():
        assert np.array_equal(theirs["model"][name].numpy(), array)
    torch.save(theirs, path, _use_new_zipfile_serialization=False)
    ours = read_checkpoint(path)
    assert ours["config"] == CONTENT["config"]
    assert np.array_equal(ours["model"]["a"], CONTENT["model"]["a"])
