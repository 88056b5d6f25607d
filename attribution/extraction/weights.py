"""Log-linear decisions over named features, with weights in a file that people can read.

``attribution-weights.json`` beside this module holds two models, ``cue`` (is this token the head of a cue?) and
``role`` (what is this phrase to the cue: source, cue, content, or none of them?). A decision is the sum of the weights
of the features that hold plus a bias; nothing else. ``scripts/train_extraction.py`` estimates the weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache, reduce
from operator import add
from pathlib import Path

import msgspec

from attribution.records import AttribError, Feature
from attribution.resources import attribution_weights_file


class LogLinear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A log-linear model: one bias and, for each feature, one weight a class.

    A model of a yes-no question has one class, its weights are log-odds of yes.
    """

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The score of each class, in the order of ``classes``."""
        rows = list(filter(None, map(self.weights.get, features)))
        if not rows:
            return list(self.bias)
        # Added in the features' order: sum() rounds differently from Python 3.12 on.
        return [reduce(add, column, bias) for bias, column in zip(self.bias, zip(*rows, strict=True), strict=True)]

    def reasons(self, features: Iterable[str], position: int = 0) -> tuple[Feature, ...]:
        """The features with a weight for a class, the largest weight first."""
        rows = ((feature, self.weights.get(feature)) for feature in features)
        found = [Feature(feature, row[position]) for feature, row in rows if row is not None]
        return tuple(sorted(found, key=lambda feature: (-abs(feature.weight), feature.name)))


class AttributionWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of the weights file.

    ``threshold`` is the log-odds a cue must reach, ``nested_threshold`` the same inside another attribution's content.
    """

    about: str
    threshold: float
    nested_threshold: float
    cue: LogLinear
    role: LogLinear


def probability(log_odds: float) -> float:
    """The probability for log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, log_odds))))


def read_weights(path: Path) -> AttributionWeights:
    """The weights of a file; raises AttribError that names the file when it is missing or malformed."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=AttributionWeights)
    except FileNotFoundError:
        raise AttribError(f"{path}: the weights file is missing; install attrib again") from None
    except msgspec.DecodeError as error:
        raise AttribError(f"{path}: not a weights file ({error}); install attrib again") from None


@cache
def built_in_weights() -> AttributionWeights:
    """The built-in weights."""
    return read_weights(attribution_weights_file())
