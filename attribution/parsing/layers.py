"""The layers of Stanza's tagger and parser, in NumPy: for reading only, with the arithmetic of single precision.

What a word form brings along (its vectors, what its characters say, and the first layer's share of both) depends on the
form alone; it is computed once and kept (``FormTable``). Sequences are packed: sorted by length, longest first, and laid
out by position, so that one position of all sequences is one block of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Weights = Mapping[str, NDArray[Any]]


def widened(weights: Weights) -> dict[str, Floats]:
    """Give the weights, which are kept in half precision, in single precision."""
    return {name: array.astype(np.float32) for name, array in weights.items()}


def sigmoid(numbers: Floats) -> Floats:
    """Give the logistic function by the hyperbolic tangent, which has no overflow."""
    return 0.5 * np.tanh(0.5 * numbers) + np.float32(0.5)


def softplus(numbers: Floats) -> Floats:
    """Give the logarithm of one and the exponential, without overflow."""
    return np.maximum(numbers, 0) + np.log1p(np.exp(-np.abs(numbers)))


def log_softmax(scores: Floats) -> Floats:
    """Give the logarithms of the probabilities of each row's scores."""
    shifted = scores - scores.max(1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(1, keepdims=True))
    return shifted


class Packing:
    """The order in which sequences of given lengths are laid out."""

    def __init__(self, lengths: Sequence[int]) -> None:
        """``lengths`` in falling order; all at least 1."""
        self.lengths = np.asarray(lengths)
        # How many sequences reach each position, and where each position's rows start.
        self.widths = np.searchsorted(-self.lengths, -np.arange(self.lengths[0]), side="left").tolist()
        starts = np.concatenate([[0], np.cumsum(self.widths)])
        self.starts = starts.tolist()
        # The rows of one sequence, position after position, are rows[start of the sequence:].
        places = np.arange(self.lengths.sum()) - np.repeat(np.cumsum(self.lengths) - self.lengths, self.lengths)
        self.rows = starts[places] + np.repeat(np.arange(len(self.lengths)), self.lengths)

    def pack(self, flat: NDArray[Any]) -> NDArray[Any]:
        """Give the rows of sequences that follow one another in packed order."""
        packed = np.empty_like(flat)
        packed[self.rows] = flat
        return packed


class Direction(NamedTuple):
    """The recurrent part of an LSTM in one direction; gates are input, forget, output and candidate."""

    recurrent: Floats
    """Hidden units × 4 hidden units."""
    hidden: Floats
    """The state before the first position."""
    cell: Floats


def gates_of(matrix: Floats) -> Floats:
    """Give an LSTM's weights or biases with torch's gates (input, forget, candidate, output) in the order used here.

    Input, forget and output are halved, so that one hyperbolic tangent serves them all: see ``run_lstm``.
    """
    entry, forget, candidate, output = np.split(matrix, 4)
    return np.concatenate([0.5 * entry, 0.5 * forget, 0.5 * output, candidate])


def run_lstm(inputs: Floats, packing: Packing, direction: Direction, backward: bool, output: Floats) -> Floats:
    """Write the states of an LSTM over packed sequences to ``output``; give the last cell of each sequence.

    ``inputs`` are the packed rows of the input's share of the gates, biases included.
    """
    size = direction.recurrent.shape[0]
    widths, starts = packing.widths, packing.starts
    first = widths[-1] if backward else widths[0]
    hidden = np.broadcast_to(direction.hidden, (first, size))
    cell = np.broadcast_to(direction.cell, (first, size)).copy()
    ended: list[Floats] = []
    room = np.empty((widths[0], 4 * size), np.float32)
    for position in reversed(range(len(widths))) if backward else range(len(widths)):
        width, start = widths[position], starts[position]
        if width < len(cell):
            ended.append(cell[width:])
            hidden, cell = hidden[:width], cell[:width]
        elif width > len(cell):
            more = width - len(cell)
            hidden = np.concatenate([hidden, np.broadcast_to(direction.hidden, (more, size))])
            cell = np.concatenate([cell, np.broadcast_to(direction.cell, (more, size))])
        gates = np.dot(hidden, direction.recurrent, out=room[:width])
        gates += inputs[start : start + width]
        np.tanh(gates, out=gates)
        # The logistic function is half of one more than the tangent of the half.
        logistic = gates[:, : 3 * size]
        logistic += 1
        logistic *= 0.5
        cell *= gates[:, size : 2 * size]
        cell += gates[:, :size] * gates[:, 3 * size :]
        hidden = np.tanh(cell)
        hidden *= gates[:, 2 * size : 3 * size]
        output[start : start + width] = hidden
    return np.concatenate([cell, *reversed(ended)])


class HighwayLayer:
    """One bidirectional layer of Stanza's highway LSTM (Srivastava, Greff and Schmidhuber 2015)."""

    def __init__(self, weights: Weights, name: str, number: int) -> None:
        """``name`` is that of the network in the model, ``taggerlstm`` or ``parserlstm``; layers count from 0."""
        lstm = f"{name}.lstm.{number}.lstm."
        self.directions: list[Direction] = []
        gates: list[Floats] = []
        biases: list[Floats] = []
        for place, suffix in enumerate(("_l0", "_l0_reverse")):
            self.directions.append(
                Direction(
                    np.ascontiguousarray(gates_of(weights[f"{lstm}weight_hh{suffix}"]).T),
                    weights[f"{name}_h_init"][2 * number + place, 0],
                    weights[f"{name}_c_init"][2 * number + place, 0],
                )
            )
            gates.append(gates_of(weights[f"{lstm}weight_ih{suffix}"]))
            biases.append(gates_of(weights[f"{lstm}bias_ih{suffix}"] + weights[f"{lstm}bias_hh{suffix}"]))
        self.size = self.directions[0].recurrent.shape[0]
        self.weight = np.ascontiguousarray(
            np.concatenate(
                [*gates, 0.5 * weights[f"{name}.gate.{number}.weight"], weights[f"{name}.highway.{number}.weight"]]
            ).T
        )
        self.bias = np.concatenate(
            [*biases, 0.5 * weights[f"{name}.gate.{number}.bias"], weights[f"{name}.highway.{number}.bias"]]
        )

    def prepare(self, inputs: Floats) -> Floats:
        """Give all that the layer takes from each input by itself: the gates of both directions, then the highway."""
        prepared = inputs @ self.weight
        prepared += self.bias
        size = self.size
        highway = np.tanh(prepared[:, 8 * size :], out=prepared[:, 8 * size :])
        passed = highway[:, : 2 * size]
        passed += 1
        passed *= 0.5
        passed *= highway[:, 2 * size :]
        return prepared[:, : 10 * size]

    def run(self, prepared: Floats, packing: Packing) -> Floats:
        """Give the packed states of packed rows of ``prepare``."""
        size = self.size
        output = np.empty((len(prepared), 2 * size), np.float32)
        for number, direction in enumerate(self.directions):
            part = slice(number * size, (number + 1) * size)
            gates = prepared[:, 4 * number * size : 4 * (number + 1) * size]
            run_lstm(gates, packing, direction, number == 1, output[:, part])
        output += prepared[:, 8 * size : 10 * size]
        return output


class CharacterEncoder:
    """What the characters of a word say: the states of an LSTM over them, weighted and added up."""

    def __init__(self, weights: Weights, vocabulary: Mapping[str, int]) -> None:
        """``vocabulary`` numbers the characters."""
        self._vocabulary = vocabulary
        self._unknown = vocabulary["<UNK>"]
        lstm = "charmodel.charlstm.lstm."
        gates = gates_of(weights[f"{lstm}weight_ih_l0"])
        bias = gates_of(weights[f"{lstm}bias_ih_l0"] + weights[f"{lstm}bias_hh_l0"])
        self._inputs = weights["charmodel.char_emb.weight"] @ gates.T + bias
        self._direction = Direction(
            np.ascontiguousarray(gates_of(weights[f"{lstm}weight_hh_l0"]).T),
            weights["charmodel.charlstm_h_init"][0, 0],
            weights["charmodel.charlstm_c_init"][0, 0],
        )
        self._attention = np.ascontiguousarray(weights["charmodel.char_attn.weight"][0])
        self._transform = np.ascontiguousarray(weights["trans_char.weight"].T)

    def encode(self, words: Sequence[Sequence[str]]) -> Floats:
        """Give a row for each word; a word is a string, or a list of names of characters."""
        order = sorted(range(len(words)), key=lambda index: -len(words[index]))
        packing = Packing([len(words[index]) for index in order])
        identifiers = [
            self._vocabulary.get(character, self._unknown) for index in order for character in words[index]
        ]
        packed = packing.pack(np.array(identifiers))
        states = np.empty((len(packed), len(self._attention)), np.float32)
        run_lstm(self._inputs[packed], packing, self._direction, False, states)
        states *= sigmoid(states @ self._attention)[:, None]
        sums = np.empty((len(words), len(self._attention)), np.float32)
        starts = np.cumsum(packing.lengths) - packing.lengths
        sums[order] = np.add.reduceat(states[packing.rows], starts)
        return sums @ self._transform


Key = TypeVar("Key")


class FormTable(Generic[Key]):
    """Rows of numbers by key, computed once, kept as long as there is room; the bound keeps the memory flat."""

    def __init__(self, compute: Callable[[list[Key]], Floats], largest: int) -> None:
        """``compute`` gives a row for each of a list of keys; ``largest`` is how many rows are kept at most."""
        self._compute = compute
        self._largest = largest
        self._places: dict[Key, int] = {}
        self._rows: Floats = np.empty((0, 0), np.float32)

    def look_up(self, keys: Sequence[Key]) -> tuple[Floats, NDArray[np.intp]]:
        """Give the table, and for each key the number of its row."""
        places = self._places
        missing = [key for key in dict.fromkeys(keys) if key not in places]
        if missing and len(places) + len(missing) > self._largest:
            places.clear()
            missing = list(dict.fromkeys(keys))
        if missing:
            rows = self._compute(missing)
            start, end = len(places), len(places) + len(missing)
            if end > len(self._rows):
                grown = np.empty((max(end, min(2 * len(self._rows), self._largest)), rows.shape[1]), np.float32)
                if start:
                    grown[:start] = self._rows[:start]
                self._rows = grown
            self._rows[start:end] = rows
            places.update(zip(missing, range(start, end), strict=True))
        return self._rows, np.array([places[key] for key in keys])
