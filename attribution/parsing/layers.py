"""The layers of Stanza's tagger and parser in NumPy: inference only, in single precision.

A word form's vectors, its character encoding and its first-layer activations depend on the form alone; they are
computed once and cached (``FormTable``). Sequences are packed: sorted by length, longest first, and laid out by
position, so that each position of all sequences is one block of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Weights = Mapping[str, NDArray[Any]]


def widened(weights: Weights) -> dict[str, Floats]:
    """Give the weights, stored in half precision, in single precision."""
    return {name: array.astype(np.float32) for name, array in weights.items()}


def sigmoid(numbers: Floats) -> Floats:
    """Give the logistic function, computed with the hyperbolic tangent, which does not overflow."""
    halved: Floats = 0.5 * np.tanh(0.5 * numbers) + np.float32(0.5)
    return halved


def softplus(numbers: Floats) -> Floats:
    """Give log(1 + exp(x)), without overflow."""
    return np.maximum(numbers, 0) + np.log1p(np.exp(-np.abs(numbers)))


def log_softmax(scores: Floats) -> Floats:
    """Give log probabilities from scores along the last axis."""
    shifted: Floats = scores - scores.max(-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(-1, keepdims=True))
    return shifted


class Packing:
    """The layout of sequences of given lengths."""

    def __init__(self, lengths: Sequence[int]) -> None:
        """``lengths`` is in descending order; each is at least 1."""
        self.lengths = np.asarray(lengths)
        # How many sequences reach each position, and where each position's rows start.
        self.widths = np.searchsorted(-self.lengths, -np.arange(self.lengths[0]), side="left").tolist()
        starts = np.concatenate([[0], np.cumsum(self.widths)])
        self.starts = starts.tolist()
        # The rows of a sequence, position by position, are rows[start of the sequence:].
        places = np.arange(self.lengths.sum()) - np.repeat(np.cumsum(self.lengths) - self.lengths, self.lengths)
        self.rows = starts[places] + np.repeat(np.arange(len(self.lengths)), self.lengths)

    def pack(self, flat: NDArray[Any]) -> NDArray[Any]:
        """Give the rows of consecutive sequences in packed order."""
        packed = np.empty_like(flat)
        packed[self.rows] = flat
        return packed


class Direction(NamedTuple):
    """The recurrent part of an LSTM in one direction; gates are input, forget, output and candidate."""

    recurrent: Floats
    """Gates × hidden units × hidden units."""
    hidden: Floats
    """The state before the first position."""
    cell: Floats


def gates_of(matrix: Floats) -> Floats:
    """Give an LSTM's weights or biases, transposed, as gates × inputs × hidden units, in the gate order used here.

    torch's order is input, forget, candidate, output. Input, forget and output are halved, so that one hyperbolic
    tangent serves all gates: see ``run_lstm``.
    """
    entry, forget, candidate, output = np.split(matrix, 4)
    gates = np.stack([0.5 * entry, 0.5 * forget, 0.5 * output, candidate])
    return np.ascontiguousarray(np.swapaxes(gates, -1, 1))


class Gathered(NamedTuple):
    """LSTM inputs looked up in a table, by the row numbers of packed inputs."""

    table: Floats
    rows: NDArray[np.intp]


def run_lstm(
    inputs: Floats | Gathered, packing: Packing, direction: Direction, backward: bool, output: Floats
) -> Floats:
    """Write the states of an LSTM over packed sequences to ``output``; give the last cell of each sequence.

    ``inputs`` are the inputs' contributions to the gates, biases included: gates × packed rows × hidden units. Every
    array used in the computation is contiguous; on slices NumPy is three times as slow.
    """
    size = direction.recurrent.shape[1]
    widths, starts = packing.widths, packing.starts
    first = widths[-1] if backward else widths[0]
    hidden = np.tile(direction.hidden, (first, 1))
    cell = np.tile(direction.cell, (first, 1))
    ended: list[Floats] = []
    rooms: tuple[Floats, Floats] | None = None
    for position in reversed(range(len(widths))) if backward else range(len(widths)):
        width, start = widths[position], starts[position]
        if width < len(cell):
            ended.append(cell[width:])
            hidden, cell = hidden[:width], cell[:width]
        elif width > len(cell):
            more = width - len(cell)
            hidden = np.concatenate([hidden, np.tile(direction.hidden, (more, 1))])
            cell = np.concatenate([cell, np.tile(direction.cell, (more, 1))])
        if rooms is None or rooms[0].shape[1] != width:
            rooms = np.empty((4, width, size), np.float32), np.empty((4, width, size), np.float32)
        gates = np.matmul(hidden, direction.recurrent, out=rooms[0])
        if isinstance(inputs, Gathered):
            rows = inputs.rows[start : start + width]
            gates += np.take(inputs.table, rows, axis=1, out=rooms[1], mode="clip")
        else:
            gates += inputs[:, start : start + width]
        np.tanh(gates, out=gates)
        # The logistic function of x is (1 + tanh(x / 2)) / 2.
        logistic = gates[:3]
        logistic += 1
        logistic *= 0.5
        cell *= gates[1]
        gates[0] *= gates[3]
        cell += gates[0]
        hidden = np.tanh(cell)
        hidden *= gates[2]
        output[start : start + width] = hidden
    return np.concatenate([cell, *reversed(ended)])


def with_bias(weight: Floats, bias: Floats) -> Floats:
    """Give a weight matrix (outputs × inputs) with the bias as an additional input, for rows from ``with_ones``."""
    return np.concatenate([weight, bias[:, None]], 1)


def with_ones(numbers: Floats) -> Floats:
    """Give the rows with a 1 appended to each, so that a layer's bias is one of its weights."""
    return np.concatenate([numbers, np.ones((len(numbers), 1), np.float32)], 1)


PREPARED = 10
"""What a layer computes from an input by itself: four gates and the highway's share, in either direction."""


class HighwayLayer:
    """One bidirectional layer of Stanza's highway LSTM (Srivastava, Greff and Schmidhuber 2015)."""

    def __init__(self, weights: Weights, name: str, number: int) -> None:
        """``name`` is the network's name in the model, ``taggerlstm`` or ``parserlstm``; layers count from 0."""
        lstm = f"{name}.lstm.{number}.lstm."
        self.directions: list[Direction] = []
        blocks: list[Floats] = []
        for place, suffix in enumerate(("_l0", "_l0_reverse")):
            self.directions.append(
                Direction(
                    gates_of(weights[f"{lstm}weight_hh{suffix}"]),
                    weights[f"{name}_h_init"][2 * number + place, 0],
                    weights[f"{name}_c_init"][2 * number + place, 0],
                )
            )
            bias = weights[f"{lstm}bias_ih{suffix}"] + weights[f"{lstm}bias_hh{suffix}"]
            blocks.append(gates_of(with_bias(weights[f"{lstm}weight_ih{suffix}"], bias)))
        for part, factor in (("gate", np.float32(0.5)), ("highway", np.float32(1))):
            part_name = f"{name}.{part}.{number}"
            matrix = with_bias(weights[f"{part_name}.weight"], weights[f"{part_name}.bias"])
            blocks.append(np.stack(np.split(factor * matrix, 2)).transpose(0, 2, 1))
        self._weights = np.concatenate(blocks)
        self.units: int = self._weights.shape[2]
        """Hidden units of each direction."""

    def prepare(self, inputs: Floats, prepared: Floats | None = None) -> Floats:
        """Give everything the layer computes from each input by itself, 10 × inputs × hidden units.

        That is the four forward gates, the four backward gates, and what the highway passes in either direction.
        ``inputs`` come from ``with_ones``. The result is written to ``prepared`` if that is given.
        """
        if prepared is None:
            prepared = np.empty((PREPARED, len(inputs), self.units), np.float32)
        np.matmul(inputs, self._weights[:PREPARED], out=prepared)
        passed = np.tanh(prepared[8:], out=prepared[8:])
        passed += 1
        passed *= 0.5
        highway = np.matmul(inputs, self._weights[PREPARED:])
        passed *= np.tanh(highway, out=highway)
        return prepared

    def run(self, prepared: Floats, rows: NDArray[np.intp] | None, packing: Packing) -> Floats:
        """Give the packed states, ``with_ones``, for all rows that ``prepare`` gave, or only for those in ``rows``."""
        size = prepared.shape[2]
        output = np.ones((len(packing.rows), 2 * size + 1), np.float32)
        for number, direction in enumerate(self.directions):
            gates = prepared[4 * number : 4 * number + 4]
            passed = prepared[8 + number]
            part = output[:, number * size : (number + 1) * size]
            inputs = gates if rows is None else Gathered(gates, rows)
            run_lstm(inputs, packing, direction, number == 1, part)
            part += passed if rows is None else passed[rows]
        return output


class CharacterEncoder:
    """Encodes a word's characters: the states of an LSTM over them, weighted and summed."""

    def __init__(self, weights: Weights, vocabulary: Mapping[str, int]) -> None:
        """``vocabulary`` maps characters to their numbers."""
        self._vocabulary = vocabulary
        self._unknown = vocabulary["<UNK>"]
        lstm = "charmodel.charlstm.lstm."
        bias = weights[f"{lstm}bias_ih_l0"] + weights[f"{lstm}bias_hh_l0"]
        gates = gates_of(with_bias(weights[f"{lstm}weight_ih_l0"], bias))
        self._inputs = np.matmul(with_ones(weights["charmodel.char_emb.weight"]), gates)
        self._direction = Direction(
            gates_of(weights[f"{lstm}weight_hh_l0"]),
            weights["charmodel.charlstm_h_init"][0, 0],
            weights["charmodel.charlstm_c_init"][0, 0],
        )
        self._attention = np.ascontiguousarray(weights["charmodel.char_attn.weight"][0])
        self._transform = np.ascontiguousarray(weights["trans_char.weight"].T)

    def encode(self, words: Sequence[Sequence[str]]) -> Floats:
        """Give a row for each word; a word is a string, or a list of character names."""
        order = sorted(range(len(words)), key=lambda index: -len(words[index]))
        packing = Packing([len(words[index]) for index in order])
        identifiers = [self._vocabulary.get(character, self._unknown) for index in order for character in words[index]]
        packed = packing.pack(np.array(identifiers))
        states = np.empty((len(packed), len(self._attention)), np.float32)
        run_lstm(Gathered(self._inputs, packed), packing, self._direction, False, states)
        states *= sigmoid(states @ self._attention)[:, None]
        sums = np.empty((len(words), len(self._attention)), np.float32)
        starts = np.cumsum(packing.lengths) - packing.lengths
        sums[order] = np.add.reduceat(states[packing.rows], starts)
        encoded: Floats = sums @ self._transform
        return encoded


Key = TypeVar("Key", bound=Hashable)


class FormTable(Generic[Key]):
    """A bounded cache of what ``HighwayLayer.prepare`` gives for keys."""

    def __init__(self, prepare: Callable[[list[Key], Floats], None], units: int, largest: int) -> None:
        """``prepare`` writes what it computes for keys; ``largest`` is the most keys that are cached.

        ``units`` are those of the layer.
        """
        self._prepare = prepare
        self._units = units
        self._largest = largest
        self._places: dict[Key, int] = {}
        self._table: Floats = np.empty((0, 0, 0), np.float32)

    def look_up(self, keys: Sequence[Key]) -> tuple[Floats, NDArray[np.intp]]:
        """Give the table, and the row number of each key."""
        places = self._places
        missing = [key for key in dict.fromkeys(keys) if key not in places]
        if missing and len(places) + len(missing) > self._largest:
            places.clear()
            missing = list(dict.fromkeys(keys))
        if missing:
            start, end = len(places), len(places) + len(missing)
            if end > self._table.shape[1]:
                # Pages of memory are only used once they are written to.
                self._table = np.empty((PREPARED, max(end, self._largest), self._units), np.float32)
            self._prepare(missing, self._table[:, start:end])
            places.update(zip(missing, range(start, end), strict=True))
        return self._table, np.array(list(map(places.__getitem__, keys)))
