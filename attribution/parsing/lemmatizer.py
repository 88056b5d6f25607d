"""Stanza's lemmatizer (Qi et al. 2020), run by NumPy: a dictionary, then an edit or the lemma character by character.

For a form and tag that are not in the dictionary, a classifier decides whether the lemma is the form itself or the
form in lower case; otherwise a sequence-to-sequence network with attention, which can copy characters (even ones it
has never seen), spells the lemma. The result depends on form and tag alone and is cached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attribution.parsing.layers import (
    Direction,
    Floats,
    Packing,
    gates_of,
    log_softmax,
    run_lstm,
    softplus,
    widened,
    with_bias,
    with_ones,
)

KEPT = 50_000
"""The most lemmas of forms and tags that are cached."""

_PADDING, _UNKNOWN, _START, _END = range(4)
_ANY_TAG = "*"
_NEVER = np.float32(-1e12)
_SPELL, _AS_IT_IS, _LOWER = range(3)

# The settings of the lemmatizers supported here; a setting that is absent has the value given here.
_SETTINGS = {
    "ensemble_dict": True,
    "dict_only": False,
    "caseless": False,
    "charlm": False,
    "num_layers": 1,
    "beam_size": 1,
    "attn_type": "soft",
    "pos": True,
    "edit": True,
    "copy": True,
}


def runs_here(content: Mapping[str, Any]) -> bool:
    """Whether a lemmatizer (the content of its model file) is of the supported kind."""
    settings = content["config"]
    return (
        all(settings.get(name, value) == value for name, value in _SETTINGS.items())
        and content.get("dicts_version") == 3
        and not content.get("contextual")
    )


class Lemmatizer:
    """Gives the lemmas of forms with universal tags."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        """``content`` is that of Stanza's model file, with its dictionary expanded; KeyError if a part is missing."""
        weights = widened(content["model"])
        self._dictionary: Mapping[str, Mapping[str, str]] = content["dicts"]
        self._characters = content["vocab"]["char"]["_unit2id"]
        self._names = content["vocab"]["char"]["_id2unit"]
        self._tags = content["vocab"]["pos"]["_unit2id"]
        self._longest = content["config"]["max_dec_len"]
        self._embedding = weights["embedding.weight"]
        self._tag_embedding = weights["pos_embedding.weight"]
        self._encoder = []
        for suffix in ("_l0", "_l0_reverse"):
            bias = weights[f"encoder.bias_ih{suffix}"] + weights[f"encoder.bias_hh{suffix}"]
            inputs = gates_of(with_bias(weights[f"encoder.weight_ih{suffix}"], bias))
            self._encoder.append((inputs, gates_of(weights[f"encoder.weight_hh{suffix}"])))
        self._edits = [(weights[f"edit_clf.{part}.weight"].T, weights[f"edit_clf.{part}.bias"]) for part in (0, 2)]
        cell = "decoder.lstm_cell."
        bias = weights[f"{cell}bias_ih"] + weights[f"{cell}bias_hh"]
        letters = gates_of(with_bias(weights[f"{cell}weight_ih"], bias))
        self._decoder_inputs = np.matmul(with_ones(self._embedding), letters)
        self._decoder = gates_of(weights[f"{cell}weight_hh"])
        self._attention_in = weights["decoder.attention_layer.linear_in.weight"].T
        self._attention_out = weights["decoder.attention_layer.linear_out.weight"].T
        self._letters = weights["dec2vocab.weight"].T, weights["dec2vocab.bias"]
        self._copying = weights["copy_gate.weight"].T, weights["copy_gate.bias"]
        self._kept: dict[tuple[str, str], str] = {}

    def lemmas(self, words: Sequence[tuple[str, str]]) -> list[str]:
        """Give the lemma of each form and universal tag."""
        missing = [word for word in dict.fromkeys(words) if word not in self._kept]
        if len(self._kept) + len(missing) > KEPT:
            self._kept.clear()
            missing = list(dict.fromkeys(words))
        known = {word: self._known(*word) for word in missing}
        unknown = [word for word, lemma in known.items() if lemma is None]
        if unknown:
            known.update(zip(unknown, self._predicted(unknown), strict=True))
        self._kept.update((word, lemma or "_") for word, lemma in known.items())
        return [self._kept[word] for word in words]

    def _known(self, form: str, tag: str) -> str | None:
        lemma = self._dictionary.get(tag, {}).get(form)
        return self._dictionary[_ANY_TAG].get(form) if lemma is None else lemma

    def _predicted(self, words: Sequence[tuple[str, str]]) -> list[str]:
        order = sorted(range(len(words)), key=lambda index: -len(words[index][0]))
        ordered = [words[index] for index in order]
        states, hidden, cell, packing = self._encode(ordered)
        (weight, bias), (last_weight, last_bias) = self._edits
        edits = np.argmax(np.maximum(hidden @ weight + bias, 0) @ last_weight + last_bias, 1)
        predicted = [form.lower() if edit == _LOWER else form for (form, _), edit in zip(ordered, edits, strict=True)]
        spelt = np.flatnonzero(edits == _SPELL).tolist()
        if spelt:
            forms = [ordered[index][0] for index in spelt]
            context = np.zeros((len(spelt), len(forms[0]) + 3, states.shape[1]), np.float32)
            starts = (np.cumsum(packing.lengths) - packing.lengths).tolist()
            for row, index in enumerate(spelt):
                length = packing.lengths[index]
                context[row, :length] = states[packing.rows[starts[index] : starts[index] + length]]
            for index, lemma in zip(spelt, self._spell(forms, context, hidden[spelt], cell[spelt]), strict=True):
                predicted[index] = lemma or ordered[index][0]
        result = [""] * len(words)
        for index, lemma in zip(order, predicted, strict=True):
            result[index] = lemma
        return result

    def _encode(self, words: Sequence[tuple[str, str]]) -> tuple[Floats, Floats, Floats, Packing]:
        """Packed states over tag, start, characters and end; last states and cells of both directions."""
        packing = Packing([len(form) + 3 for form, _ in words])
        rows = []
        for form, tag in words:
            rows.append(self._tag_embedding[[self._tags.get(tag, _UNKNOWN)]])
            rows.append(
                self._embedding[[_START, *(self._characters.get(character, _UNKNOWN) for character in form), _END]]
            )
        inputs = with_ones(packing.pack(np.concatenate(rows)))
        size = self._encoder[0][1].shape[1]
        states = np.empty((len(inputs), 2 * size), np.float32)
        zeros = np.zeros(size, np.float32)
        ends, cells = [], []
        for number, (weight, recurrent) in enumerate(self._encoder):
            output = states[:, number * size : (number + 1) * size]
            cells.append(
                run_lstm(np.matmul(inputs, weight), packing, Direction(recurrent, zeros, zeros), number == 1, output)
            )
            firsts = np.cumsum(packing.lengths) - packing.lengths
            last = firsts if number == 1 else firsts + packing.lengths - 1
            ends.append(output[packing.rows[last]])
        return states, np.concatenate(ends[::-1], 1), np.concatenate(cells[::-1], 1), packing

    def _spell(self, forms: Sequence[str], context: Floats, hidden: Floats, cell: Floats) -> list[str]:
        """Lemmas spelt greedily; empty if a character remains unknown. ``context`` starts with the tag's state."""
        known = len(self._names)
        sources, alphabets = self._sources(forms, context.shape[1] - 1)
        outside = sources == _PADDING
        masked = np.concatenate([np.zeros((len(forms), 1), bool), outside], 1)
        everyone = np.arange(len(forms))
        letters = np.full(len(forms), _START)
        spelt: list[list[str]] = [[] for _ in forms]
        done = np.zeros(len(forms), bool)
        for _ in range(self._longest):
            *gates, candidate = np.tanh(np.matmul(hidden, self._decoder) + self._decoder_inputs[:, letters])
            entry, forget, out = (0.5 * gate + np.float32(0.5) for gate in gates)
            cell = forget * cell + entry * candidate
            hidden = out * np.tanh(cell)
            attention = np.matmul(context, (hidden @ self._attention_in)[:, :, None])[:, :, 0]
            attention = log_softmax(np.where(masked, _NEVER, attention))
            summary = np.matmul(np.exp(attention)[:, None, :], context)[:, 0]
            output = np.tanh(np.concatenate([summary, hidden], 1) @ self._attention_out)
            scores = self._letter_scores(output, attention[:, 1:], sources, alphabets)
            best = scores.argmax(1)
            done |= best == _END
            if done.all():
                break
            for row in everyone[~done].tolist():
                letter = int(best[row])
                spelt[row].append(self._names[letter] if letter < known else alphabets[row][letter - known])
            letters = np.where(best < known, best, _UNKNOWN)
        return ["" if "<UNK>" in characters else "".join(characters) for characters in spelt]

    def _sources(self, forms: Sequence[str], width: int) -> tuple[NDArray[np.intp], list[list[str]]]:
        """Numbers of the characters of each form; unknown ones are numbered per form, after all known ones."""
        known = len(self._names)
        sources = np.full((len(forms), width), _PADDING)
        alphabets = []
        for row, form in enumerate(forms):
            alphabet = sorted({character for character in form if character not in self._characters})
            numbers = [
                known + alphabet.index(character) if character in alphabet else self._characters.get(character, 0)
                for character in form
            ]
            sources[row, : len(form) + 2] = [_START, *numbers, _END]
            alphabets.append(alphabet)
        return sources, alphabets

    def _letter_scores(
        self, output: Floats, attention: Floats, sources: NDArray[np.intp], alphabets: Sequence[Sequence[str]]
    ) -> Floats:
        """Log probabilities of letters, spelt or copied; unknown ones come last."""
        weight, bias = self._letters
        spelt = log_softmax(output @ weight + bias)
        known = spelt.shape[1]
        more = max(map(len, alphabets))
        spelt = np.concatenate([spelt, np.repeat(spelt[:, [_UNKNOWN]], more, 1)], 1)
        weight, bias = self._copying
        gate = output @ weight + bias
        copied = log_softmax(attention) - softplus(-gate)
        highest = copied.max(1, keepdims=True)
        sums = np.zeros((len(output), known + more), np.float32)
        np.add.at(sums, (np.arange(len(output))[:, None], sources), np.exp(copied - highest))
        nothing = sums == 0
        copied = np.where(nothing, _NEVER, np.log(np.where(nothing, 1, sums)) + highest)
        scores: Floats = np.logaddexp(copied, spelt - softplus(gate))
        return scores
