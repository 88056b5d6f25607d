"""Where a student of another size begins: with the units of a larger network that matter most.

A layer's unit matters as much as the weights that read it are large (after Li et al. 2017, *Pruning Filters for
Efficient ConvNets*). A larger student keeps all units of the smaller network; what it has besides stays as it was
initialised. So do the scorers' weights if the highest layer is another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

Weights = Mapping[str, Tensor]

GATES = 4
DIRECTIONS = ("_l0", "_l0_reverse")
SCORERS = ("unlabeled", "linearization", "distance", "deprel")
CLASSIFIERS = ("upos_clf", "tag_clf.xpos", "tag_clf.feats.0")


@dataclass(frozen=True)
class Axis:
    """The places along an axis of a student's array, and those of the larger or smaller network that fill them."""

    own: Tensor
    given: Tensor

    @classmethod
    def of(cls, given: Tensor) -> Axis:
        """The first places of the student's axis, filled from the given ones."""
        return cls(torch.arange(len(given)), given)

    def after(self, own: int, given: int) -> Axis:
        """The same places where so many others come before them."""
        return Axis(self.own + own, self.given + given)


def joined(*axes: Axis) -> Axis:
    """One axis from several."""
    return Axis(torch.cat([axis.own for axis in axes]), torch.cat([axis.given for axis in axes]))


def carried(own: Weights, parent: Weights) -> dict[str, Tensor]:
    """A student's weights, filled from a network of the same kind and perhaps of another size."""
    weights = {name: array.clone() for name, array in own.items()}
    for name, axes in axes_of(own, parent):
        target, source = weights[name], parent[name]
        target[_grid([axis.own for axis in axes])] = source[_grid([axis.given for axis in axes])]
    return weights


def _grid(places: list[Tensor]) -> tuple[Tensor, ...]:
    return tuple(
        place.view([-1 if axis == number else 1 for axis in range(len(places))]) for number, place in enumerate(places)
    )


def axes_of(own: Weights, parent: Weights) -> Iterator[tuple[str, list[Axis]]]:
    """The name of every array that can be filled, and the places along its axes."""
    network = next(name.split(".")[0] for name in own if ".lstm." in name and name.startswith(("parser", "tagger")))
    layers, given_layers = (_layers(weights, network) for weights in (own, parent))
    size, given_size = (weights[f"{network}_h_init"].shape[2] for weights in (own, parent))
    # A pretrained encoder's vectors come last.
    width = min(weights[f"{network}.highway.0.weight"].shape[1] for weights in (own, parent))
    inputs = states = _whole(width)
    for layer in range(min(layers, given_layers)):
        top = layer == given_layers - 1
        readers = [parent[name] for name in _readers(parent, network, layer, top)]
        sides = []
        for direction, suffix in enumerate(DIRECTIONS):
            start = direction * given_size
            importance = sum(reader[:, start : start + given_size].norm(dim=0) ** 2 for reader in readers)
            recurrent = parent[f"{network}.lstm.{layer}.lstm.weight_hh{suffix}"].norm(dim=0) ** 2
            units = Axis.of(_most(torch.as_tensor(importance) + recurrent, size))
            gates = joined(*(units.after(gate * size, gate * given_size) for gate in range(GATES)))
            for kind, columns in (("weight_ih", inputs), ("weight_hh", units)):
                yield f"{network}.lstm.{layer}.lstm.{kind}{suffix}", [gates, columns]
            for kind in ("bias_ih", "bias_hh"):
                yield f"{network}.lstm.{layer}.lstm.{kind}{suffix}", [gates]
            sides.append(units.after(direction * size, start))
            row = torch.tensor([2 * layer + direction])
            for kind in "hc":
                yield f"{network}_{kind}_init", [Axis(row, row), _whole(1), units]
        states = joined(*sides)
        for kind in ("highway", "gate"):
            yield f"{network}.{kind}.{layer}.weight", [states, inputs]
            yield f"{network}.{kind}.{layer}.bias", [states]
        inputs = states
    top_arrays = dict(_top(own, parent, states))
    if layers == given_layers:
        yield from top_arrays.items()
    spelling = dict(_spelling(own, parent))
    yield from spelling.items()
    for name, array in own.items():
        fits = name in parent and parent[name].shape == array.shape
        if fits and name not in top_arrays and name not in spelling and not name.startswith(network):
            yield name, [_whole(length) for length in array.shape]


def _spelling(own: Weights, parent: Weights) -> Iterator[tuple[str, list[Axis]]]:
    """The arrays of the network that reads a word's characters, in one direction, and the one that reads its states."""
    readers = ("charmodel.charlstm.lstm.weight_hh_l0", "charmodel.char_attn.weight", "trans_char.weight")
    size, given_size = (weights["charmodel.charlstm_h_init"].shape[2] for weights in (own, parent))
    importance = sum(parent[name].norm(dim=0) ** 2 for name in readers)
    units = Axis.of(_most(torch.as_tensor(importance), size))
    gates = joined(*(units.after(gate * size, gate * given_size) for gate in range(GATES)))
    yield "charmodel.charlstm.lstm.weight_ih_l0", [gates, _whole(own["charmodel.char_emb.weight"].shape[1])]
    yield "charmodel.charlstm.lstm.weight_hh_l0", [gates, units]
    for kind in ("bias_ih", "bias_hh"):
        yield f"charmodel.charlstm.lstm.{kind}_l0", [gates]
    for kind in "hc":
        yield f"charmodel.charlstm_{kind}_init", [_whole(1), _whole(1), units]
    yield "charmodel.char_attn.weight", [_whole(1), units]
    yield "trans_char.weight", [_whole(len(own["trans_char.weight"])), units]


def _whole(length: int) -> Axis:
    """All places of an axis that is as long in both networks."""
    return Axis.of(torch.arange(length))


def _top(own: Weights, parent: Weights, states: Axis) -> Iterator[tuple[str, list[Axis]]]:
    """The arrays that read the highest layer, and those that read these."""
    if "upos_hid.weight" in own:
        importance = sum(parent[f"{name}.weight"].norm(dim=0) ** 2 for name in CLASSIFIERS)
        hidden = Axis.of(_most(torch.as_tensor(importance), len(own["upos_hid.bias"])))
        yield "upos_hid.weight", [hidden, states]
        yield "upos_hid.bias", [hidden]
        for name in CLASSIFIERS:
            array = own[f"{name}.weight"]
            yield f"{name}.weight", [_whole(len(array)), hidden]
        return
    for name in SCORERS:
        bilinear = parent[f"{name}.scorer.W_bilin.weight"]
        size, given_size = (len(weights[f"{name}.W1.bias"]) for weights in (own, parent))
        sides = []
        for side in (0, 1):
            importance = bilinear.norm(dim=2).norm(dim=1 - side)[:-1]
            units = Axis.of(_most(importance, size))
            yield f"{name}.W{side + 1}.weight", [units, states]
            yield f"{name}.W{side + 1}.bias", [units]
            # The last row and column are those of the biases.
            sides.append(joined(units, Axis(torch.tensor([size]), torch.tensor([given_size]))))
        yield f"{name}.scorer.W_bilin.weight", [*sides, _whole(bilinear.shape[2])]


def _layers(weights: Weights, network: str) -> int:
    return sum(name.startswith(f"{network}.highway.") and name.endswith("weight") for name in weights)


def _readers(weights: Weights, network: str, layer: int, top: bool) -> list[str]:
    """The arrays whose columns are the states of a layer."""
    if not top:
        above = f"{network}.lstm.{layer + 1}.lstm.weight_ih"
        names = [f"{above}{suffix}" for suffix in DIRECTIONS]
        return [*names, *(f"{network}.{kind}.{layer + 1}.weight" for kind in ("highway", "gate"))]
    if "upos_hid.weight" in weights:
        return ["upos_hid.weight"]
    return [f"{name}.W{side}.weight" for name in SCORERS for side in (1, 2)]


def _most(importance: Tensor, count: int) -> Tensor:
    """The places of the most important units, in their order."""
    return importance.topk(min(count, len(importance))).indices.sort().values
