"""Reads Stanza's model files (``.pt``) with NumPy alone, so that neither torch nor Stanza is needed to run them.

Stanza saves in torch's original file format: five pickles (a magic number, the format's version, the machine's byte
order, the content, and the names of the storage blocks), then the blocks, each preceded by its length. Only the types
such a file needs are ever built; no code in a file is executed.
"""

from __future__ import annotations

import codecs
import pickle
import struct
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MAGIC = 0x1950A86A20F9469CFC6C
KINDS = {
    "HalfStorage": "<f2",
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "BoolStorage": "?",
}


class CheckpointError(Exception):
    """The file is truncated, or is not in the format that Stanza saves."""


class _Block:
    """A storage block, whose numbers follow after the pickles; arrays are views of it."""

    def __init__(self, kind: str, size: int) -> None:
        self.numbers: NDArray[Any] = np.empty(size, KINDS[kind])


def _array(
    block: _Block, offset: int, shape: Sequence[int], strides: Sequence[int], *_: object
) -> Callable[[], NDArray[Any]]:
    """Give a function that builds the array once its block has been read."""

    def build() -> NDArray[Any]:
        steps = [stride * block.numbers.itemsize for stride in strides]
        return np.lib.stride_tricks.as_strided(block.numbers[offset:], shape, steps, writeable=False)

    if offset + sum((length - 1) * stride for length, stride in zip(shape, strides, strict=True)) >= block.numbers.size:
        raise CheckpointError
    return build


class _Unpickler(pickle.Unpickler):
    """Builds dictionaries, lists, strings, numbers and tensors; rejects everything else."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.blocks: dict[str, _Block] = {}

    def find_class(self, module: str, name: str) -> Any:
        if module == "torch" and name in KINDS:
            return name
        allowed = {
            ("torch._utils", "_rebuild_tensor_v2"): _array,
            ("collections", "OrderedDict"): OrderedDict,
            ("_codecs", "encode"): codecs.encode,
        }
        if (module, name) not in allowed:
            raise CheckpointError
        return allowed[module, name]

    def persistent_load(self, identifier: Any) -> _Block:
        kind, key, size = identifier[1], identifier[2], identifier[4]
        return self.blocks.setdefault(key, _Block(kind, size))


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Give the content of a model file; its tensors become arrays of the precision in which they were saved.

    Raises CheckpointError if the file is truncated or of another format, OSError if it cannot be read.
    """
    with path.open("rb") as file:
        try:
            if _Unpickler(file).load() != MAGIC:
                raise CheckpointError
            for _ in ("version", "byte order"):
                _Unpickler(file).load()
            unpickler = _Unpickler(file)
            content = unpickler.load()
            for key in _Unpickler(file).load():
                numbers = unpickler.blocks[key].numbers
                if struct.unpack("<q", file.read(8)) != (numbers.size,) or file.readinto(numbers.data) < numbers.nbytes:
                    raise CheckpointError
        except OSError:
            raise
        except Exception as error:
            raise CheckpointError from error
    if not isinstance(content, dict):
        raise CheckpointError
    return {key: _built(value) for key, value in content.items()}


def _built(value: Any) -> Any:
    if callable(value):
        return value()
    if isinstance(value, dict) and any(callable(nested) for nested in value.values()):
        return {key: _built(nested) for key, nested in value.items()}
    return value
