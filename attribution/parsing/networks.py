"""Stanza's tagger and graph parser (Qi et al. 2020; Dozat and Manning 2017), run by NumPy.

Only the kind of network that ``scripts/train_parser.py`` trains is run here: words, vectors and characters (for the
parser lemmas, too) to two highway LSTM layers; tags by linear classifiers over one hidden layer, heads and relations by
biaffine scorers. ``unsupported`` tells whether a model is of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.parsing.layers import (
    CharacterEncoder,
    Floats,
    FormTable,
    HighwayLayer,
    Packing,
    log_softmax,
    softplus,
    widened,
)

TABLE_ROWS = 12_000
"""How many word forms each network keeps the first layer's share of (8 kB a form)."""

SPECIAL = 4
"""How many entries of a vocabulary (padding, unknown, empty, root) come before its words."""

_ROOT = 3
_QUESTIONS = re.compile("^[?？︖﹖⁇][?？︖﹖⁇!！︕﹗‼]+$")
_EXCLAMATIONS = re.compile("^[!！︕﹗‼][?？︖﹖⁇!！︕﹗‼]+$")

# What a setting must be for the network to be the one that is run here; what is not set is as given here.
_COMMON = {"pretrain": True, "char": True, "charlm": False, "bert_model": None, "char_num_layers": 1, "num_layers": 2}
_TAGGER = {**_COMMON, "share_hid": True, "char_bidirectional": False}
_PARSER = {
    **_COMMON,
    "use_arc_embedding": False,
    "use_upos": False,
    "use_xpos": False,
    "use_ufeats": False,
    "linearization": True,
    "distance": True,
    "reversed": False,
}


def runs_here(tagger: Mapping[str, Any], parser: Mapping[str, Any]) -> bool:
    """Whether the networks with these settings (Stanza's ``config``) are of the kind that is run here."""
    return (
        all(tagger.get(name, value) == value for name, value in _TAGGER.items())
        and all(parser.get(name, value) == value for name, value in _PARSER.items())
        and parser.get("model_type", "graph") == "graph"
    )


def model_form(form: str) -> str:
    """Give the form that tagger and parser read: a row of question or exclamation marks is read as one."""
    return _EXCLAMATIONS.sub("!", _QUESTIONS.sub("?", form))


class Vectors(NamedTuple):
    """Word vectors, in the precision that they are kept in."""

    places: Mapping[str, int]
    rows: NDArray[Any]


class _Reader:
    """The part that tagger and parser share: from word forms to the states of the second layer."""

    def __init__(self, content: Mapping[str, Any], name: str, vectors: Vectors) -> None:
        self.weights = widened(content["model"])
        self.vocabularies: Mapping[str, Any] = content["vocab"]
        self._words = self.vocabularies["word"]["_unit2id"]
        self._vectors = vectors
        self._transform = np.ascontiguousarray(self.weights["trans_pretrained.weight"].T)
        self._characters = CharacterEncoder(self.weights, self.vocabularies["char"]["_unit2id"])
        self.first, self.second = (HighwayLayer(self.weights, name, number) for number in (0, 1))

    def parts(self, forms: Sequence[str]) -> tuple[Floats, Floats, Floats]:
        """Word embedding, transformed vector and characters of each form; the empty form is the root."""
        lower = [form.lower() for form in forms]
        words = [self._words.get(form, 1) if form else _ROOT for form in lower]
        places = self._vectors.places
        vectors = [places.get(form.replace(" ", "\xa0"), 1) if form else _ROOT for form in lower]
        return (
            self.weights["word_emb.weight"][words],
            self._vectors.rows[vectors].astype(np.float32) @ self._transform,
            self._characters.encode([form or ["<ROOT>"] for form in forms]),
        )

    def states(self, table: Floats, rows: NDArray[np.intp], packing: Packing) -> Floats:
        """The packed states of the second layer, for packed rows of a table of the first layer's inputs."""
        hidden = self.first.run(table[rows], packing)
        return self.second.run(self.second.prepare(hidden), packing)


class Tagger:
    """Gives universal and Penn tags."""

    def __init__(self, content: Mapping[str, Any], vectors: Vectors) -> None:
        """``content`` is that of Stanza's model file; KeyError or ValueError when a part is missing or does not fit."""
        self._reader = _Reader(content, "taggerlstm", vectors)
        self._table = FormTable(self._first_layer, TABLE_ROWS)
        weights = self._reader.weights
        self._hidden = np.ascontiguousarray(weights["upos_hid.weight"].T), weights["upos_hid.bias"]
        self._classifiers = [
            (np.ascontiguousarray(weights[f"{name}.weight"].T), weights[f"{name}.bias"])
            for name in ("upos_clf", "tag_clf.xpos")
        ]
        self._tags = [_tag_names(content["vocab"][name]) for name in ("upos", "xpos")]

    def _first_layer(self, forms: list[str]) -> Floats:
        words, vectors, characters = self._reader.parts(forms)
        return self._reader.first.prepare(np.concatenate([words, vectors, characters], 1))

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[str, str]]]:
        """Give the universal and the Penn tag of each word; the longest sentence comes first, none is empty."""
        packing = Packing([len(sentence) for sentence in sentences])
        table, places = self._table.look_up([form for sentence in sentences for form in sentence])
        states = self._reader.states(table, packing.pack(places), packing)
        weight, bias = self._hidden
        hidden = np.maximum(states @ weight + bias, 0)
        columns = []
        for (weight, bias), tags in zip(self._classifiers, self._tags, strict=True):
            best = np.argmax(hidden @ weight + bias, 1)[packing.rows]
            columns.append([tags[identifier] for identifier in best.tolist()])
        return _divided(list(zip(*columns, strict=True)), sentences)


def _tag_names(vocabulary: Mapping[str, Any]) -> list[str]:
    names = list(vocabulary["_id2unit"])
    if vocabulary.get("ignore"):
        names[names.index("<EMPTY>")] = "_"
    return names


def _divided(flat: list[Any], sentences: Sequence[Sequence[object]]) -> list[list[Any]]:
    divided, start = [], 0
    for sentence in sentences:
        divided.append(flat[start : start + len(sentence)])
        start += len(sentence)
    return divided


class Scored(NamedTuple):
    """A sentence's scores; position 0 is the root node, as dependent and as head."""

    arcs: Floats
    """Logarithms of the probabilities of heads (columns) of each dependent (rows)."""
    dependents: Floats
    """For each dependent, what weighs heads for each relation: dependents × relations × (hidden units + 1)."""
    governors: Floats
    """Heads × (hidden units + 1)."""
    bias: Floats

    def relations(self, dependent: int) -> Floats:
        """Give the logarithms of the probabilities of relations (columns) of a dependent to each head (rows)."""
        return log_softmax(self.governors @ self.dependents[dependent].T + self.bias)

    def best_relations(self, heads: NDArray[np.intp]) -> NDArray[np.intp]:
        """Give the best relation of each dependent to its chosen head."""
        scores = np.matmul(self.dependents, self.governors[heads][:, :, None])[:, :, 0]
        return np.argmax(scores + self.bias, 1)


class ArcScorer:
    """Gives scores of heads and relations."""

    def __init__(self, content: Mapping[str, Any], vectors: Vectors) -> None:
        """``content`` is that of Stanza's model file; KeyError or ValueError when a part is missing or does not fit."""
        self._reader = _Reader(content, "parserlstm", vectors)
        self._table = FormTable(self._first_layer, TABLE_ROWS)
        self._lemmas = content["vocab"]["lemma"]["_unit2id"]
        self.relations: list[str] = content["vocab"]["deprel"]["_id2unit"][SPECIAL:]
        weights = self._reader.weights
        parts = [f"{name}.W{side}" for name in ("unlabeled", "linearization", "distance", "deprel") for side in (1, 2)]
        self._hidden = (
            np.ascontiguousarray(np.concatenate([weights[f"{part}.weight"] for part in parts]).T),
            np.concatenate([weights[f"{part}.bias"] for part in parts]),
        )
        self._arcs = [
            (np.ascontiguousarray(weights[f"{name}.scorer.W_bilin.weight"][:, :, 0]), weights[f"{name}.scorer.W_bilin.bias"])
            for name in ("unlabeled", "linearization", "distance")
        ]
        bilinear = weights["deprel.scorer.W_bilin.weight"]
        self._units = bilinear.shape[0] - 1
        self._relation_weight = np.ascontiguousarray(bilinear.transpose(0, 2, 1).reshape(bilinear.shape[0], -1))
        self._relation_bias = weights["deprel.scorer.W_bilin.bias"]

    def _first_layer(self, keys: list[tuple[str, int]]) -> Floats:
        words, vectors, characters = self._reader.parts([form for form, _ in keys])
        lemmas = self._reader.weights["lemma_emb.weight"][[lemma for _, lemma in keys]]
        return self._reader.first.prepare(np.concatenate([vectors, words, lemmas, characters], 1))

    def score(self, sentences: Sequence[Sequence[tuple[str, str]]]) -> Iterator[Scored]:
        """Give the scores of sentences of forms and lemmas; the longest sentence comes first, none is empty."""
        keys = [
            key
            for sentence in sentences
            for key in (("", _ROOT), *((form, self._lemmas.get(lemma.lower(), 1)) for form, lemma in sentence))
        ]
        packing = Packing([len(sentence) + 1 for sentence in sentences])
        table, places = self._table.look_up(keys)
        states = self._reader.states(table, packing.pack(places), packing)[packing.rows]
        weight, bias = self._hidden
        start = 0
        for length in packing.lengths.tolist():
            hidden = states[start : start + length] @ weight
            hidden += bias
            np.maximum(hidden, 0, out=hidden)
            yield self._scored(hidden)
            start += length

    def _scored(self, hidden: Floats) -> Scored:
        length = len(hidden)
        parts = np.ones((8, length, self._units + 1), np.float32)
        parts[:, :, :-1] = hidden.reshape(length, 8, self._units).transpose(1, 0, 2)
        arcs, order, distance = (
            parts[2 * number] @ weight @ parts[2 * number + 1].T + bias
            for number, (weight, bias) in enumerate(self._arcs)
        )
        offset = np.arange(length)[None, :] - np.arange(length)[:, None]
        arcs -= softplus(-order * np.sign(offset).astype(np.float32))
        expected = 1 + softplus(distance)
        arcs -= np.log((np.abs(offset).astype(np.float32) - expected) ** 2 / 2 + 1)
        np.fill_diagonal(arcs, -np.inf)
        dependents = (parts[6] @ self._relation_weight).reshape(length, len(self.relations), -1)
        return Scored(log_softmax(arcs), dependents, parts[7], self._relation_bias)
