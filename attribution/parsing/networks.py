"""Stanza's tagger and graph parser (Qi et al. 2020; Dozat and Manning 2017), run by NumPy.

Only the kind of network that ``scripts/train_parser.py`` trains is supported: words, vectors and characters (for the
parser, lemmas as well) feed highway LSTM layers; linear classifiers over one hidden layer give the tags, biaffine
scorers give heads and relations. ``runs_here`` tells whether a model is of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.parsing.arborescence import best_tree
from attribution.parsing.constraints import repaired, violation
from attribution.parsing.layers import (
    CharacterEncoder,
    Floats,
    FormTable,
    HighwayLayer,
    Packing,
    log_softmax,
    softplus,
    widened,
    with_bias,
    with_ones,
)
from attribution.records import AttribError

TABLE_ROWS = 12_000
"""Cache size for first-layer activations, in word forms per network (8 kB each)."""

LAYERS = (1, 2, 3)
"""The numbers of highway LSTM layers that are supported."""

HEADS_AT_ONCE = 256
"""The most heads for which relations are scored at once (5 MB)."""

SCORES_AT_ONCE = 50_000
"""The most arc scores that are computed at once (0.2 MB in each of several arrays)."""

SPECIAL = 4
"""The number of special entries of a vocabulary (padding, unknown, empty, root), which come before its words."""

_ROOT = 3
_MARKS = "?？︖﹖⁇!！︕﹗‼"
_QUESTIONS = re.compile("^[?？︖﹖⁇][?？︖﹖⁇!！︕﹗‼]+$")
_EXCLAMATIONS = re.compile("^[!！︕﹗‼][?？︖﹖⁇!！︕﹗‼]+$")

# The settings of the networks supported here; a setting that is absent has the value given here.
_COMMON = {"pretrain": True, "char": True, "charlm": False, "bert_model": None, "char_num_layers": 1}
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
    """Whether the networks with these settings (Stanza's ``config``) are of the supported kind."""
    return (
        all(tagger.get(name, value) == value for name, value in _TAGGER.items())
        and all(parser.get(name, value) == value for name, value in _PARSER.items())
        and all(layers_of(config) in LAYERS for config in (tagger, parser))
        and parser.get("model_type", "graph") == "graph"
    )


def layers_of(config: Mapping[str, Any]) -> int:
    """The number of highway LSTM layers of a network with these settings."""
    layers: int = config.get("num_layers", 2)
    return layers


def model_form(form: str) -> str:
    """Give the form that tagger and parser read: a run of question or exclamation marks becomes a single mark."""
    if len(form) < 2 or form[0] not in _MARKS:
        return form
    return _EXCLAMATIONS.sub("!", _QUESTIONS.sub("?", form))


class Vectors(NamedTuple):
    """Word vectors, in the precision in which they are stored."""

    places: Mapping[str, int]
    rows: NDArray[Any]


class _Reader:
    """The part that tagger and parser share: from word forms to the states of the highest layer."""

    def __init__(self, content: Mapping[str, Any], name: str, vectors: Vectors) -> None:
        self.weights = widened(content["model"])
        self.vocabularies: Mapping[str, Any] = content["vocab"]
        self._words = self.vocabularies["word"]["_unit2id"]
        self._vectors = vectors
        self._transform = np.ascontiguousarray(self.weights["trans_pretrained.weight"].T)
        self._characters = CharacterEncoder(self.weights, self.vocabularies["char"]["_unit2id"])
        self.first, *self.higher = (
            HighwayLayer(self.weights, name, number) for number in range(layers_of(content["config"]))
        )

    def parts(self, forms: Sequence[str]) -> tuple[Floats, Floats, Floats]:
        """Word embedding, transformed vector and character encoding of each form; the empty form is the root."""
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
        """The packed states of the highest layer, ``with_ones``, for packed rows of a first-layer table."""
        hidden = self.first.run(table, rows, packing)
        for layer in self.higher:
            hidden = layer.run(layer.prepare(hidden), None, packing)
        return hidden


class Tagger:
    """Gives universal and Penn tags."""

    def __init__(self, content: Mapping[str, Any], vectors: Vectors) -> None:
        """``content`` is that of Stanza's model file; KeyError or ValueError if a part is missing or does not fit."""
        self._reader = _Reader(content, "taggerlstm", vectors)
        self._table = FormTable(self._first_layer, self._reader.first.units, TABLE_ROWS)
        weights = self._reader.weights
        self._hidden = _linear(weights, "upos_hid")
        self._classifiers = [_linear(weights, name) for name in ("upos_clf", "tag_clf.xpos")]
        self._tags = [_tag_names(content["vocab"][name]) for name in ("upos", "xpos")]

    def _first_layer(self, forms: list[str], prepared: Floats) -> None:
        words, vectors, characters = self._reader.parts(forms)
        self._reader.first.prepare(with_ones(np.concatenate([words, vectors, characters], 1)), prepared)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[str, str]]]:
        """Give the universal and the Penn tag of each word; the longest sentence comes first, none is empty."""
        packing = Packing([len(sentence) for sentence in sentences])
        table, places = self._table.look_up([form for sentence in sentences for form in sentence])
        states = self._reader.states(table, packing.pack(places), packing)
        hidden = states @ self._hidden
        hidden = with_ones(np.maximum(hidden, 0, out=hidden))
        columns = []
        for weight, tags in zip(self._classifiers, self._tags, strict=True):
            best = np.argmax(hidden @ weight, 1)[packing.rows]
            columns.append([tags[identifier] for identifier in best.tolist()])
        return _divided(list(zip(*columns, strict=True)), sentences)


def _linear(weights: Mapping[str, Floats], name: str) -> Floats:
    """A linear layer for rows from ``with_ones``."""
    return np.ascontiguousarray(with_bias(weights[f"{name}.weight"], weights[f"{name}.bias"]).T)


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


class Arcs(NamedTuple):
    """Heads and relations of a sentence; position 0 is the root node, whose entries are meaningless."""

    heads: list[int]
    relations: list[str]


class GraphParser:
    """Gives trees."""

    def __init__(self, content: Mapping[str, Any], vectors: Vectors) -> None:
        """``content`` is that of Stanza's model file; KeyError or ValueError if a part is missing or does not fit."""
        self._reader = _Reader(content, "parserlstm", vectors)
        self._table = FormTable(self._first_layer, self._reader.first.units, TABLE_ROWS)
        self._lemmas = content["vocab"]["lemma"]["_unit2id"]
        self._names: list[str] = content["vocab"]["deprel"]["_id2unit"][SPECIAL:]
        weights = self._reader.weights
        # Each scorer's hidden units for dependents and for heads, with a constant unit of 1 for the biases.
        names = ("unlabeled", "linearization", "distance", "deprel")
        sides = [_linear(weights, f"{name}.W{side}") for name in names for side in (1, 2)]
        always = np.zeros((len(sides[0]), 1), np.float32)
        always[-1] = 1
        self._hidden = np.concatenate([part for side in sides for part in (side, always)], 1)
        bilinear = [weights[f"{name}.scorer.W_bilin.weight"] for name in names]
        self._arcs = [np.ascontiguousarray(weight[:, :, 0]) for weight in bilinear[:3]]
        self._biases = [weights[f"{name}.scorer.W_bilin.bias"] for name in names]
        self._units = len(bilinear[3])
        # From dependents: units × (relations × units of heads). From heads: units × (units of dependents × relations).
        self._from_dependents = np.ascontiguousarray(bilinear[3].transpose(0, 2, 1).reshape(self._units, -1))
        self._from_heads = np.ascontiguousarray(bilinear[3].transpose(1, 0, 2).reshape(self._units, -1))

    def _first_layer(self, words_and_lemmas: list[tuple[str, str]], prepared: Floats) -> None:
        words, vectors, characters = self._reader.parts([form for form, _ in words_and_lemmas])
        places = [self._lemmas.get(lemma.lower(), 1) if form else _ROOT for form, lemma in words_and_lemmas]
        lemmas = self._reader.weights["lemma_emb.weight"][places]
        self._reader.first.prepare(with_ones(np.concatenate([vectors, words, lemmas, characters], 1)), prepared)

    def parse(self, sentences: Sequence[Sequence[tuple[str, str]]]) -> list[Arcs]:
        """Give the trees of sentences of forms and lemmas; the longest sentence comes first, none is empty.

        Raises AttribError if weights so large that they must be damaged leave no scores to compare.
        """
        keys: list[tuple[str, str]] = []
        for sentence in sentences:
            keys.append(("", ""))
            keys += sentence
        packing = Packing([len(sentence) + 1 for sentence in sentences])
        table, places = self._table.look_up(keys)
        states = self._reader.states(table, packing.pack(places), packing)
        hidden = states @ self._hidden
        hidden = np.maximum(hidden, 0, out=hidden)[packing.rows]
        lengths = packing.lengths.tolist()
        starts = (np.cumsum(packing.lengths) - packing.lengths).tolist()
        arcs = [scores for group in _groups(lengths) for scores in self._arc_scores(hidden, starts, lengths, group)]
        if any(np.isnan(scores).any() for scores in arcs):
            raise AttribError("the model's weights give no scores for some words; copy the model's files again")
        trees = [best_tree(scores) for scores in arcs]
        heads = np.concatenate([start + np.array(tree) for start, tree in zip(starts, trees, strict=True)])
        labels: list[int] = self._relations(hidden, heads).tolist()
        parsed = []
        for start, scores, tree in zip(starts, arcs, trees, strict=True):
            end = start + len(tree)
            best = labels[start:end]
            relations = [self._names[label] for label in best]
            if violation(tree, relations) is not None:
                scores_of = partial(self._relation_scores, hidden[start:end])
                tree, relations = repaired(scores, scores_of, self._names, tree, best)
            parsed.append(Arcs(tree, relations))
        return parsed

    def _part(self, hidden: Floats, scorer: int, side: int) -> Floats:
        """The hidden units of a scorer for dependents (0) or heads (1)."""
        place = (2 * scorer + side) * self._units
        return hidden[..., place : place + self._units]

    def _arc_scores(
        self, hidden: Floats, starts: Sequence[int], lengths: Sequence[int], group: range
    ) -> Iterator[Floats]:
        """Log probabilities of heads (columns) of dependents (rows), for each sentence of a group."""
        longest = lengths[group.start]
        sizes = np.array(lengths[group.start : group.stop])
        places = np.arange(longest)
        rows = np.array(starts[group.start : group.stop])[:, None] + np.minimum(places, sizes[:, None] - 1)
        units = hidden[rows, : 6 * self._units]
        scores, order, distance = (
            np.matmul(self._part(units, number, 0) @ weight, self._part(units, number, 1).swapaxes(1, 2)) + bias
            for number, (weight, bias) in enumerate(zip(self._arcs, self._biases[:3], strict=True))
        )
        offset = (places[None, :] - places[:, None]).astype(np.float32)
        order *= -np.sign(offset)
        scores -= softplus(order)
        distance = np.abs(offset) - 1 - softplus(distance)
        distance *= distance
        distance *= 0.5
        scores -= np.log1p(distance, out=distance)
        scores[:, places, places] = -np.inf
        scores[np.broadcast_to(places >= sizes[:, None, None], scores.shape)] = -np.inf
        scores = log_softmax(scores)
        for sentence_scores, size in zip(scores, sizes.tolist(), strict=True):
            yield sentence_scores[:size, :size]

    def _relations(self, hidden: Floats, heads: NDArray[np.intp]) -> NDArray[np.intp]:
        """The best relation of each row of hidden units to its head's row.

        Half of the words are no word's head: relations are scored once for each head, and then for its dependents.
        """
        best = np.zeros(len(heads), np.intp)
        order = np.argsort(heads, kind="stable")
        governors, firsts, counts = np.unique(heads[order], return_index=True, return_counts=True)
        dependents, units = self._part(hidden, 3, 0), self._part(hidden, 3, 1)
        for count in sorted(set(counts.tolist())):
            alike = np.flatnonzero(counts == count)
            for start in range(0, len(alike), HEADS_AT_ONCE):
                chosen = alike[start : start + HEADS_AT_ONCE]
                weighed = (units[governors[chosen]] @ self._from_heads).reshape(len(chosen), self._units, -1)
                rows = order[firsts[chosen][:, None] + np.arange(count)]
                best[rows] = np.argmax(np.matmul(dependents[rows], weighed) + self._biases[3], 2)
        return best

    def _relation_scores(self, hidden: Floats, words: Sequence[int]) -> Floats:
        """Log probabilities of the relations of some words of a sentence: dependents × heads × relations."""
        dependents = self._part(hidden[words], 3, 0) @ self._from_dependents
        scores = np.matmul(dependents.reshape(len(words), -1, self._units), self._part(hidden, 3, 1).T)
        return log_softmax(scores.transpose(0, 2, 1) + self._biases[3])


def _groups(lengths: Sequence[int]) -> Iterator[range]:
    """Groups of neighbouring sentences, longest first, scored together: of similar length, and not too many."""
    start = 0
    while start < len(lengths):
        longest = lengths[start]
        end = start + 1
        while end < len(lengths) and lengths[end] >= 0.9 * longest and (end - start) * longest**2 < SCORES_AT_ONCE:
            end += 1
        yield range(start, end)
        start = end
