"""Reads Stanza's model files (``.pt``) with NumPy alone, so that neither torch nor Stanza is needed to run them.

Stanza saves in torch's original file format: five pickles (a magic number, the format's version, the machine's byte
order, the content, and the names of the storage blocks), then the blocks, each preceded by its length. The pickles are
not unpickled: ``pickletools`` takes them apart, and the few instructions that such a file needs are carried out here.
Nothing in a file can call code, and nothing that it claims about sizes is believed before it has been compared with the
file's length, so reading needs memory in proportion to that length whatever the file holds.
"""

from __future__ import annotations

import io
import pickletools
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.parsing.model_names import LARGEST_FILE

MAGIC = 0x1950A86A20F9469CFC6C
KINDS = {
    "HalfStorage": "<f2",
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "BoolStorage": "?",
}

MOST_SHARING = 4
"""The tensors of a file may together be this many times as large as the file (several may be views of one block)."""

MOST_INSTRUCTIONS = 4_000_000
"""The most instructions of a pickle that are carried out; a million words need them."""

_LENGTH = np.dtype("<i8")


class CheckpointError(Exception):
    """The file is truncated, damaged, or not in the format that Stanza saves."""


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Give the content of a model file; its tensors become arrays of the precision in which they were saved.

    Raises CheckpointError if the file is truncated, damaged or of another format, OSError if it cannot be read.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise CheckpointError
    data = path.read_bytes()
    try:
        return _content(data)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise CheckpointError from error


def _content(data: bytes) -> dict[str, Any]:
    file = io.BytesIO(data)
    if _Interpreter(file).result() != MAGIC:
        raise CheckpointError
    for _ in ("version", "byte order"):
        _Interpreter(file).result()
    interpreter = _Interpreter(file)
    content = interpreter.result()
    keys = _Interpreter(file).result()
    if not isinstance(content, dict) or not isinstance(keys, list) or set(keys) != set(interpreter.blocks):
        raise CheckpointError
    place = file.tell()
    arrays: dict[str, NDArray[Any]] = {}
    for key in keys:
        block = interpreter.blocks[key]
        (length,) = np.frombuffer(data, _LENGTH, 1, place)
        place += _LENGTH.itemsize
        # Fails if fewer numbers than these are left.
        arrays[key] = np.frombuffer(data, block.kind, block.length, place) if block.length else np.empty(0, block.kind)
        if length != block.length or len(arrays) > len(interpreter.blocks):
            raise CheckpointError
        place += arrays[key].nbytes
    if place != len(data):
        raise CheckpointError
    built: dict[str, Any] = _Tensors(arrays, MOST_SHARING * len(data)).built(content)
    return built


class _Block(NamedTuple):
    """A storage block, whose numbers follow after the pickles."""

    key: str
    kind: np.dtype[Any]
    length: int


class _Tensor(NamedTuple):
    """A view of a block, before the block is read: offset and strides count numbers."""

    block: _Block
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class _Tensors:
    """Replaces the tensors in a file's content by arrays."""

    def __init__(self, arrays: dict[str, NDArray[Any]], most_bytes: int) -> None:
        self._arrays = arrays
        self._bytes_left = most_bytes

    def built(self, value: Any) -> Any:
        if isinstance(value, _Tensor):
            return self._array(value)
        if isinstance(value, dict) and any(isinstance(nested, (dict, _Tensor)) for nested in value.values()):
            return {key: self.built(nested) for key, nested in value.items()}
        return value

    def _array(self, tensor: _Tensor) -> NDArray[Any]:
        numbers = self._arrays[tensor.block.key]
        if not _is_within(tensor, numbers.size):
            raise CheckpointError
        view = np.lib.stride_tricks.as_strided(
            numbers[tensor.offset :],
            tensor.shape,
            [stride * numbers.itemsize for stride in tensor.strides],
            writeable=False,
        )
        self._bytes_left -= view.nbytes
        if self._bytes_left < 0:
            raise CheckpointError
        return view


def _is_within(tensor: _Tensor, size: int) -> bool:
    """Whether a tensor, none of whose numbers may be in two places of it, lies within a block of this many numbers."""
    whole = (tensor.offset, *tensor.shape, *tensor.strides)
    if not all(type(number) is int and 0 <= number <= size for number in whole):
        return False
    if len(tensor.shape) != len(tensor.strides) or len(tensor.shape) > 8:
        return False
    if 0 in tensor.shape:
        return True
    reach = 1
    for stride, length in sorted(zip(tensor.strides, tensor.shape, strict=True)):
        if length > 1:
            if stride < reach:
                return False
            reach = stride * (length - 1) + reach
    return tensor.offset + reach <= size


class _Mark:
    """Where a list of operands begins on the stack."""


_MARK = _Mark()


class _Interpreter:
    """Carries out a pickle's instructions, of which it knows those of dictionaries, lists, numbers, texts and tensors.

    Every instruction takes at least a byte of the file and makes at most one small object.
    """

    def __init__(self, file: io.BytesIO) -> None:
        self.blocks: dict[str, _Block] = {}
        self._file = file
        self._encoded_left = len(file.getbuffer())
        self._stack: list[Any] = []
        self._memo: dict[int, Any] = {}
        self._simple: dict[str, Callable[[], Any]] = {
            "NONE": lambda: None,
            "NEWTRUE": lambda: True,
            "NEWFALSE": lambda: False,
            "EMPTY_DICT": dict,
            "EMPTY_LIST": list,
            "EMPTY_TUPLE": tuple,
            "MARK": lambda: _MARK,
            "TUPLE": lambda: tuple(self._marked()),
            "TUPLE1": lambda: tuple(self._popped(1)),
            "TUPLE2": lambda: tuple(self._popped(2)),
            "TUPLE3": lambda: tuple(self._popped(3)),
            "BINPERSID": self._block,
            "REDUCE": self._called,
        }

    def result(self) -> Any:
        """Read one pickle from the file and give its value; CheckpointError for an unknown instruction."""
        for instruction, operand, _ in islice(pickletools.genops(self._file), MOST_INSTRUCTIONS):
            name = instruction.name
            if name == "STOP":
                (value,) = self._stack
                return value
            self._carry_out(name, operand)
        raise CheckpointError

    def _carry_out(self, name: str, operand: Any) -> None:
        stack = self._stack
        if name in self._simple:
            stack.append(self._simple[name]())
        elif name in ("BINUNICODE", "BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "GLOBAL"):
            stack.append(operand)
        elif name in ("BINPUT", "LONG_BINPUT"):
            self._memo[operand] = stack[-1]
        elif name in ("BINGET", "LONG_BINGET"):
            stack.append(self._memo[operand])
        elif name in ("APPEND", "APPENDS"):
            values = self._popped(1) if name == "APPEND" else self._marked()
            _of_type(list, stack[-1]).extend(values)
        elif name in ("SETITEM", "SETITEMS"):
            pairs = self._popped(2) if name == "SETITEM" else self._marked()
            keys = [_checked_key(key) for key in pairs[::2]]
            _of_type(dict, stack[-1]).update(zip(keys, pairs[1::2], strict=True))
        elif name == "BUILD":  # The attributes of an OrderedDict: the version of each layer, which is not needed here.
            self._popped(1)
            _of_type(dict, stack[-1])
        elif name != "PROTO":
            raise CheckpointError

    def _popped(self, count: int) -> list[Any]:
        if len(self._stack) < count:
            raise CheckpointError
        values = self._stack[-count:]
        del self._stack[-count:]
        return values

    def _marked(self) -> list[Any]:
        """Pop what was pushed since the last mark, and the mark."""
        place = len(self._stack) - 1
        while self._stack[place] is not _MARK:
            place -= 1
            if place < 0:
                raise CheckpointError
        return self._popped(len(self._stack) - place)[1:]

    def _block(self) -> _Block:
        (identifier,) = self._popped(1)
        kind, key, length = identifier[1], _of_type(str, identifier[2]), _of_type(int, identifier[4])
        module, _, name = _of_type(str, kind).partition(" ")
        if module != "torch" or length < 0:
            raise CheckpointError
        return self.blocks.setdefault(key, _Block(key, np.dtype(KINDS[name]), length))

    def _called(self) -> Any:
        function, arguments = self._popped(2)
        if function == "torch._utils _rebuild_tensor_v2":
            block, offset, shape, strides = arguments[:4]
            return _Tensor(_of_type(_Block, block), offset, _of_type(tuple, shape), _of_type(tuple, strides))
        if function == "collections OrderedDict" and not arguments:
            return {}
        if function == "_codecs encode" and arguments[1:] == ("latin1",):
            encoded = _of_type(str, arguments[0]).encode("latin-1")
            self._encoded_left -= len(encoded)
            if self._encoded_left >= 0:
                return encoded
        raise CheckpointError


def _of_type(wanted: type, value: Any) -> Any:
    if type(value) is not wanted:
        raise CheckpointError
    return value


def _checked_key(key: Any) -> Any:
    """Give back a text, a number, or a tuple of these; to look others up as keys may exhaust the stack."""
    parts = key if type(key) is tuple else (key,)
    if not all(part is None or type(part) in (str, int, float, bool) for part in parts):
        raise CheckpointError
    return key
