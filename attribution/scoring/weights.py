"""The weights of the scores: one data file, checked before it is used."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import msgspec

from attribution.records import AttribError, HedgeCategory, Share, SourceKind
from attribution.resources import scoring_weights_file
from attribution.text_files import read_text_file

UNIDENTIFIED_DOCUMENT = "unidentified-document"
"""Name of the weight of a document that cannot be found again; ``document`` is for those that can."""

NAMED = (
    SourceKind.NAMED_PERSON.value,
    SourceKind.NAMED_ORGANISATION.value,
    SourceKind.DOCUMENT.value,
    SourceKind.OUTLET.value,
)
"""Source weights of those a reader could ask or look up."""

NAMES = MappingProxyType(
    {
        "source": frozenset({*(kind.value for kind in SourceKind), UNIDENTIFIED_DOCUMENT}),
        "own": frozenset({"own-voice", "reported-silence"}),
        "support": frozenset({"direct-quotation", "mixed-quotation", "venue", "unnamed-link"}),
        "certainty": frozenset(
            {
                "plain-assertion",
                "booster",
                "factive-cue",
                "doubting-cue",
                "belief-attitude",
                "intention-attitude",
                "hearsay-attitude",
            }
        ),
        "hedge": frozenset({*(category.value for category in HedgeCategory), "in-part"}),
    }
)
"""The weights each section of the file must hold, neither more nor fewer."""


class Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number from 0 to 1, what it means, and why it has its size."""

    value: Share
    meaning: Annotated[str, msgspec.Meta(min_length=1)]
    reason: Annotated[str, msgspec.Meta(min_length=1)]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """All weights by section and name. The file itself says what each means."""

    source: Mapping[str, Weight]
    own: Mapping[str, Weight]
    support: Mapping[str, Weight]
    certainty: Mapping[str, Weight]
    hedge: Mapping[str, Weight]

    def value(self, section: str, name: str) -> float:
        """The number of a weight; KeyError for a name the file cannot hold."""
        return self._values[section, name]

    def unnamed_share(self, name: str) -> float:
        """The share of a named chain's value that a link of this weight leaves: more for better described sources."""
        least = self.value("support", "unnamed-link")
        return least + (1 - least) * self.value("source", name)

    @cached_property
    def _values(self) -> Mapping[tuple[str, str], float]:
        return {(section, name): weight.value for section in NAMES for name, weight in getattr(self, section).items()}


@lru_cache(maxsize=8)
def load_weights(path: Path | None = None) -> Weights:
    """The built-in weights, or those of a file of the same form.

    Raises AttribError, with the file and the weight, when a weight is missing, unknown or outside 0 to 1, and when
    the values would let a named source lower a score.
    """
    place = path or scoring_weights_file()
    text = read_text_file(place)
    try:
        weights = msgspec.convert(tomllib.loads(text), Weights)
    except tomllib.TOMLDecodeError as error:
        raise AttribError(f"{place}: is not TOML ({error}); mend the file") from error
    except msgspec.ValidationError as error:
        raise AttribError(f"{place}: {error}; see the built-in weights for the form") from error
    for section, names in NAMES.items():
        held = set(getattr(weights, section))
        for name in sorted(names - held):
            raise AttribError(f"{place}: [{section}.{name}] is missing; every weight must be given")
        for name in sorted(held - names):
            raise AttribError(f"{place}: [{section}.{name}] is unknown; allowed are {', '.join(sorted(names))}")
    _check_monotone(weights, place)
    return weights


def _check_monotone(weights: Weights, place: Path) -> None:
    """Refuse values by which a named source could lower a score: alone, or put before or behind unnamed ones."""
    unnamed = [name for name in weights.source if name not in NAMED]
    for named in NAMED:
        value = weights.value("source", named)
        if value < weights.value("own", "own-voice"):
            raise AttribError(f"{place}: [source.{named}] must not be below [own.own-voice]")
        for first, second in product(unnamed, unnamed):
            link = min(weights.unnamed_share(first), weights.unnamed_share(second))
            if value * link < min(weights.value("source", first), weights.value("source", second)):
                raise AttribError(
                    f"{place}: [source.{named}] with [support.unnamed-link] must be worth at least [source.{first}]"
                )
