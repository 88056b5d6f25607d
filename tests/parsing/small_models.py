"""A model of the embedded one's kind, but tiny and with random weights; and Stanza's file format, written by hand."""

from __future__ import annotations

import gzip
import json
import pickle
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from attribution.parsing import model_checks
from attribution.parsing.checkpoint import MAGIC
from attribution.parsing.model_files import ModelParts
from attribution.parsing.model_names import STANZA_FILES

LENGTHS = {
    "character units": 2, "characters": 8, "character embedding": 3,
    "transformed characters": 2, "transformed vector": 2,
    "vector": 3, "words": 6, "word embedding": 2, "units": 4, "half": 2, "tag units": 3,
    "upos": 6, "xpos": 6, "letters": 9, "tags": 6, "embedding": 3, "edit units": 2, "lemmas": 6, "lemma embedding": 2,
    "scorer units": 2, "scorer inputs": 3, "relations": 3,
}  # fmt: skip
SPECIAL = ["<PAD>", "<UNK>", "<EMPTY>", "<ROOT>"]


def small_parts(tagger_layers: int = 2, parser_layers: int = 2) -> ModelParts:
    """The parts of the model, the same at every call."""
    random = np.random.default_rng(7)

    def weights(shapes: dict[str, tuple[str, ...]], inputs: int = 0) -> dict[str, Any]:
        return {name: random.normal(size=_shape(shape, inputs)).astype("<f2") for name, shape in shapes.items()}

    def vocabulary(*units: str) -> dict[str, Any]:
        names = [*SPECIAL, *units]
        return {"_id2unit": names, "_unit2id": {name: number for number, name in enumerate(names)}}

    characters, words = vocabulary(*"aeit"), vocabulary("it", "rained")
    shared = model_checks._CHARACTERS
    tagger = {**shared, **model_checks._layers("taggerlstm", tagger_layers), **model_checks._TAGGER}
    parser = {**shared, **model_checks._layers("parserlstm", parser_layers), **model_checks._parser()}
    lemmatizer = weights(model_checks._LEMMATIZER)
    return ModelParts(
        vectors={"vocab": vocabulary("it"), "emb": random.normal(size=(5, 3)).astype("<f2")},
        tagger={
            "model": weights(tagger, inputs=6),
            "vocab": {"char": characters, "word": words, "upos": vocabulary("X", "Y"), "xpos": vocabulary("XX", "YY")},
            "config": {"num_layers": tagger_layers},
        },
        lemmatizer={
            "model": lemmatizer,
            "vocab": {"char": vocabulary(*"aeitr"), "pos": vocabulary("X", "Y")},
            "config": {"max_dec_len": 5},
            "dicts": {"*": {"it": "it"}, "X": {"rained": "rain"}},
            "dicts_version": 3,
        },
        parser={
            "model": weights(parser, inputs=8),
            "vocab": {
                "char": characters,
                "word": words,
                "lemma": vocabulary("it", "rain"),
                "deprel": vocabulary("root", "nsubj", "punct"),
            },
            "config": {"num_layers": parser_layers},
        },
    )


def _shape(shape: Sequence[str], inputs: int) -> tuple[int, ...]:
    sizes = []
    for dimension in shape:
        times, _, named = dimension.partition(" ") if dimension[:2] in ("2 ", "4 ") else ("1", "", dimension)
        length = int(named) if named.isdigit() else inputs if named == "inputs" else LENGTHS[named]
        sizes.append(int(times) * length)
    return tuple(sizes)


def write_stanza_model(parts: ModelParts, folder: Path) -> None:
    """Write the parts as Stanza's files."""
    for name, content in zip(STANZA_FILES, parts, strict=True):
        if "dicts" in content:
            content = {**content, "dicts": gzip.compress(json.dumps(content["dicts"]).encode(), mtime=0)}
        (folder / name).write_bytes(checkpoint(content))
    (folder / "resources.json").write_text("{}")


def checkpoint(content: dict[str, Any], **patched: Any) -> bytes:
    """A file in Stanza's format; ``patched`` replaces what every tensor says of itself (see ``tensor``)."""
    arrays: list[np.ndarray[Any, Any]] = []
    body = b"\x80\x02" + _value(content, arrays, patched) + b"."
    keys = [str(number) for number in range(len(arrays))]
    return b"".join(
        [
            *(pickle.dumps(value, 2) for value in (MAGIC, 1001, {"little_endian": True})),
            body,
            pickle.dumps(keys, 2),
            *(struct.pack("<q", array.size) + array.tobytes() for array in arrays),
        ]
    )


def tensor(
    key: str, kind: str, size: int, offset: int, shape: Sequence[int], strides: Sequence[int], name: str = "storage"
) -> bytes:
    """The instructions that make a tensor, whatever it says of itself."""
    block = _tuple(_text(name), _global("torch", kind), _text(key), _text("cpu"), _number(size), b"N") + b"Q"
    numbers = (_tuple(*map(_number, shape)), _tuple(*map(_number, strides)))
    rest = (b"\x89", _global("collections", "OrderedDict") + b")R")
    return _global("torch._utils", "_rebuild_tensor_v2") + _tuple(block, _number(offset), *numbers, *rest) + b"R"


def _value(value: Any, arrays: list[np.ndarray[Any, Any]], patched: dict[str, Any]) -> bytes:
    if isinstance(value, dict):
        pairs = (_value(key, arrays, patched) + _value(nested, arrays, patched) for key, nested in value.items())
        return b"}(" + b"".join(pairs) + b"u"
    if isinstance(value, list):
        return b"](" + b"".join(_value(nested, arrays, patched) for nested in value) + b"e"
    if isinstance(value, np.ndarray):
        kind = {"f2": "HalfStorage", "f4": "FloatStorage", "i8": "LongStorage"}[value.dtype.str[1:]]
        strides = [step // value.itemsize for step in value.strides]
        told = {"kind": kind, "size": value.size, "offset": 0, "shape": value.shape, "strides": strides}
        arrays.append(value)
        return tensor(str(len(arrays) - 1), **{**told, **patched})
    if isinstance(value, bytes):
        return _global("_codecs", "encode") + _tuple(_text(value.decode("latin-1")), _text("latin1")) + b"R"
    if isinstance(value, str):
        return _text(value)
    return pickle.dumps(value, 2)[2:-1]


def _text(text: str) -> bytes:
    encoded = text.encode()
    return b"X" + struct.pack("<I", len(encoded)) + encoded


def _number(number: int) -> bytes:
    encoded = pickle.encode_long(number)
    return b"\x8a" + bytes([len(encoded)]) + encoded


def _tuple(*parts: bytes) -> bytes:
    return b"(" + b"".join(parts) + b"t"


def _global(module: str, name: str) -> bytes:
    return b"c" + module.encode() + b"\n" + name.encode() + b"\n"
