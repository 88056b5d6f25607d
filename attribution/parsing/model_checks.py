"""Checks that the parts of a model fit together before any of them is used.

Each array has named dimensions, and a dimension that two arrays share must have one length. Numbers that look rows up
(vocabularies) must lie within the arrays that they look into.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from attribution.parsing.model_files import ModelParts
from attribution.parsing.networks import layers_of

LONGEST_LEMMA = 1000
"""The most characters that a lemmatizer may spell."""

# The dimensions of arrays; "4 units" is four times the length of "units".
_CHARACTERS = {
    "charmodel.charlstm_h_init": ("1", "1", "character units"),
    "charmodel.charlstm_c_init": ("1", "1", "character units"),
    "charmodel.char_emb.weight": ("characters", "character embedding"),
    "charmodel.char_attn.weight": ("1", "character units"),
    "charmodel.charlstm.lstm.weight_ih_l0": ("4 character units", "character embedding"),
    "charmodel.charlstm.lstm.weight_hh_l0": ("4 character units", "character units"),
    "charmodel.charlstm.lstm.bias_ih_l0": ("4 character units",),
    "charmodel.charlstm.lstm.bias_hh_l0": ("4 character units",),
    "trans_char.weight": ("transformed characters", "character units"),
    "trans_pretrained.weight": ("transformed vector", "vector"),
    "word_emb.weight": ("words", "word embedding"),
}
_TAGGER = {
    "upos_hid.weight": ("tag units", "2 units"),
    "upos_hid.bias": ("tag units",),
    "upos_clf.weight": ("upos", "tag units"),
    "upos_clf.bias": ("upos",),
    "tag_clf.xpos.weight": ("xpos", "tag units"),
    "tag_clf.xpos.bias": ("xpos",),
}
_LEMMATIZER = {
    "embedding.weight": ("letters", "embedding"),
    "pos_embedding.weight": ("tags", "embedding"),
    **{f"encoder.weight_ih{suffix}": ("4 half", "embedding") for suffix in ("_l0", "_l0_reverse")},
    **{f"encoder.weight_hh{suffix}": ("4 half", "half") for suffix in ("_l0", "_l0_reverse")},
    **{f"encoder.bias_{kind}{suffix}": ("4 half",) for kind in ("ih", "hh") for suffix in ("_l0", "_l0_reverse")},
    "decoder.lstm_cell.weight_ih": ("4 units", "embedding"),
    "decoder.lstm_cell.weight_hh": ("4 units", "units"),
    "decoder.lstm_cell.bias_ih": ("4 units",),
    "decoder.lstm_cell.bias_hh": ("4 units",),
    "decoder.attention_layer.linear_in.weight": ("units", "units"),
    "decoder.attention_layer.linear_out.weight": ("units", "2 units"),
    "dec2vocab.weight": ("letters", "units"),
    "dec2vocab.bias": ("letters",),
    "edit_clf.0.weight": ("edit units", "units"),
    "edit_clf.0.bias": ("edit units",),
    "edit_clf.2.weight": ("3", "edit units"),
    "edit_clf.2.bias": ("3",),
    "copy_gate.weight": ("1", "units"),
    "copy_gate.bias": ("1",),
}
_SCORERS = ("unlabeled", "linearization", "distance", "deprel")


def _layers(network: str, layers: int) -> dict[str, tuple[str, ...]]:
    shapes: dict[str, tuple[str, ...]] = {
        f"{network}_h_init": (str(2 * layers), "1", "units"),
        f"{network}_c_init": (str(2 * layers), "1", "units"),
    }
    for number in range(layers):
        inputs = "2 units" if number else "inputs"
        for suffix in ("_l0", "_l0_reverse"):
            lstm = f"{network}.lstm.{number}.lstm."
            shapes[f"{lstm}weight_ih{suffix}"] = ("4 units", inputs)
            shapes[f"{lstm}weight_hh{suffix}"] = ("4 units", "units")
            shapes[f"{lstm}bias_ih{suffix}"] = shapes[f"{lstm}bias_hh{suffix}"] = ("4 units",)
        for part in ("highway", "gate"):
            shapes[f"{network}.{part}.{number}.weight"] = ("2 units", inputs)
            shapes[f"{network}.{part}.{number}.bias"] = ("2 units",)
    return shapes


def _parser() -> dict[str, tuple[str, ...]]:
    shapes: dict[str, tuple[str, ...]] = {"lemma_emb.weight": ("lemmas", "lemma embedding")}
    for scorer in _SCORERS:
        for side in ("W1", "W2"):
            shapes[f"{scorer}.{side}.weight"] = ("scorer units", "2 units")
            shapes[f"{scorer}.{side}.bias"] = ("scorer units",)
        answers = "relations" if scorer == "deprel" else "1"
        shapes[f"{scorer}.scorer.W_bilin.weight"] = ("scorer inputs", "scorer inputs", answers)
        shapes[f"{scorer}.scorer.W_bilin.bias"] = (answers,)
    return shapes


def check_parts(parts: ModelParts) -> None:
    """Raise ValueError if the parts of a model, whose networks are of the kind run here, do not fit together."""
    vectors = parts.vectors["emb"]
    _check_numbers("emb", vectors)
    lengths = _lengths({"emb": ("known words", "vector")}, {"emb": vectors}, {})
    _check_rows(parts.vectors["vocab"], "vectors", lengths["known words"])
    tagger_layers = _layers("taggerlstm", layers_of(parts.tagger["config"]))
    reader = _lengths({**_CHARACTERS, **tagger_layers, **_TAGGER}, parts.tagger["model"], lengths)
    _check_sum(reader, "inputs", ("word embedding", "transformed vector", "transformed characters"))
    _check_vocabularies(parts.tagger["vocab"], {"word": "words", "char": "characters"}, reader)
    _check_names(parts.tagger["vocab"], {"upos": "upos", "xpos": "xpos"}, reader)
    parser_layers = _layers("parserlstm", layers_of(parts.parser["config"]))
    reader = _lengths({**_CHARACTERS, **parser_layers, **_parser()}, parts.parser["model"], lengths)
    inputs = ("word embedding", "transformed vector", "transformed characters", "lemma embedding")
    _check_sum(reader, "inputs", inputs)
    if reader["scorer inputs"] != reader["scorer units"] + 1:
        raise ValueError("the parser's scorers do not fit its layers")
    _check_vocabularies(parts.parser["vocab"], {"word": "words", "char": "characters", "lemma": "lemmas"}, reader)
    _check_names(parts.parser["vocab"], {"deprel": "relations"}, reader, special=4)
    _check_lemmatizer(parts.lemmatizer)


def _check_lemmatizer(content: Mapping[str, Any]) -> None:
    lengths = _lengths(_LEMMATIZER, content["model"], {})
    if lengths["units"] != 2 * lengths["half"]:
        raise ValueError("the lemmatizer's decoder does not fit its encoder")
    _check_vocabularies(content["vocab"], {"char": "letters", "pos": "tags"}, lengths)
    names = content["vocab"]["char"]["_id2unit"]
    if len(_texts(names, "char")) != lengths["letters"]:
        raise ValueError("the lemmatizer's letters do not fit its weights")
    longest = content["config"]["max_dec_len"]
    if type(longest) is not int or not 0 < longest <= LONGEST_LEMMA:
        raise ValueError("the lemmatizer's max_dec_len is not a number of characters")
    dictionary = content["dicts"]
    if not isinstance(dictionary, dict) or "*" not in dictionary:
        raise ValueError("the lemmatizer's dictionary has no lemmas")
    for lemmas in dictionary.values():
        if not isinstance(lemmas, dict):
            raise ValueError("the lemmatizer's dictionary has no lemmas")
        _texts([*lemmas, *lemmas.values()], "dictionary")


def _lengths(
    shapes: Mapping[str, tuple[str, ...]], arrays: Mapping[str, Any], known: Mapping[str, int]
) -> dict[str, int]:
    """The length of every named dimension; ValueError if two arrays do not agree."""
    lengths = dict(known)
    for name, shape in shapes.items():
        array = arrays[name]
        _check_numbers(name, array)
        if array.ndim != len(shape):
            raise ValueError(f"{name} has {array.ndim} dimensions, not {len(shape)}")
        for dimension, length in zip(shape, array.shape, strict=True):
            times, _, named = dimension.partition(" ") if dimension[0].isdigit() else ("1", "", dimension)
            if dimension.isdigit():
                wanted = int(dimension)
            else:
                wanted = int(times) * lengths.setdefault(named, length // int(times))
            if length != wanted or not length:
                raise ValueError(f"{name} has a dimension of {length}, not {wanted or 'at least 1'}")
    return lengths


def _check_numbers(name: str, array: Any) -> None:
    if not isinstance(array, np.ndarray) or array.dtype.kind != "f" or not np.isfinite(array).all():
        raise ValueError(f"{name} is not an array of numbers")


def _check_sum(lengths: Mapping[str, int], whole: str, parts: Iterable[str]) -> None:
    if lengths[whole] != sum(lengths[part] for part in parts):
        raise ValueError(f"the {whole} are not as many as the numbers that describe a word")


def _check_vocabularies(
    vocabularies: Mapping[str, Any], dimensions: Mapping[str, str], lengths: Mapping[str, int]
) -> None:
    for name, dimension in dimensions.items():
        _check_rows(vocabularies[name], name, lengths[dimension])


def _check_rows(vocabulary: Mapping[str, Any], name: str, rows: int) -> None:
    """The numbers of a vocabulary's units, special ones included, are rows of its array."""
    numbers = vocabulary["_unit2id"]
    _texts(numbers, name)
    if rows < 4 or not all(type(number) is int and 0 <= number < rows for number in numbers.values()):
        raise ValueError(f"the vocabulary {name} does not fit its weights")
    if name == "char" and "<UNK>" not in numbers:
        raise ValueError(f"the vocabulary {name} has no <UNK>")


def _check_names(
    vocabularies: Mapping[str, Any], dimensions: Mapping[str, str], lengths: Mapping[str, int], special: int = 0
) -> None:
    """Every answer of a classifier has a name."""
    for name, dimension in dimensions.items():
        if len(_texts(vocabularies[name]["_id2unit"], name)) < lengths[dimension] + special:
            raise ValueError(f"the vocabulary {name} does not fit its weights")


def _texts(units: Any, name: str) -> Sequence[str]:
    if not isinstance(units, (list, dict)) or not all(isinstance(unit, str) for unit in units):
        raise ValueError(f"the vocabulary {name} is not a list of texts")
    return list(units)
