"""Find the words of hedges and boosters in a sentence, without regard to grammar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

import msgspec

from attribution.lexicon import BoosterEntry, HedgeEntry, Lexicon
from attribution.parsing import Tree

OPEN_TO_ASIDES = frozenset({"ADV", "ADJ"})
"""Parts of speech of a word that may stand inside an entry of several words (*no scientific evidence*)."""

SHORTEST_STEM = 3


class Match(msgspec.Struct, frozen=True):
    """An entry found at tokens of a sentence."""

    entry: HedgeEntry | BoosterEntry
    indices: tuple[int, ...]

    @property
    def first(self) -> int:
        """The first of the tokens."""
        return self.indices[0]

    def anchor(self, tree: Tree) -> int:
        """The first of the tokens that is attached to none of the others."""
        return next(index for index in self.indices if tree.tokens[index].head not in self.indices)


def matches_at(tree: Tree, lexicon: Lexicon) -> Iterator[list[Match]]:
    """For each token, the entries whose words stand from there on, the one to try first at the head."""
    verbs = [token.upos == "VERB" for token in tree.tokens]
    readings = list(map(_readings, tree.forms, tree.lemmas, verbs))
    words = frozenset(chain.from_iterable(readings))
    for start, token in enumerate(tree.tokens):
        found = []
        for entry in lexicon.markers_of(readings[start], token.upos):
            indices = _stand_at(tree, start, entry.row) if entry.fixed <= words else None
            if indices is not None:
                found.append(Match(entry, indices))
        if found:
            yield found


def _stand_at(tree: Tree, start: int, words: Sequence[str]) -> tuple[int, ...] | None:
    """Give the tokens that are these words in a row from ``start`` on, with at most one aside between two."""
    indices = [start]
    for word in words[1:]:
        index = indices[-1] + 1
        if not _is_word(tree, index, word):
            if not _is_aside(tree, index):
                return None
            index += 1
            if not _is_word(tree, index, word):
                return None
        indices.append(index)
    return tuple(indices)


def _is_aside(tree: Tree, index: int) -> bool:
    """Whether the token is an adverb or adjective that modifies what follows it."""
    return index < len(tree) and tree.tokens[index].upos in OPEN_TO_ASIDES and tree.tokens[index].head > index


def _is_word(tree: Tree, index: int, word: str) -> bool:
    return index < len(tree) and word in readings_at(tree, index)


def readings_at(tree: Tree, index: int) -> tuple[str, ...]:
    """The token's form and lemma, and what an inflected verb may be a form of."""
    return _readings(tree.forms[index], tree.lemmas[index], tree.tokens[index].upos == "VERB")


@lru_cache(maxsize=2**15)
def _readings(form: str, lemma: str, is_verb: bool) -> tuple[str, ...]:
    """Lemmatisers guess wrongly for the past of rare regular verbs (*reckoned*, *rumoured*)."""
    readings = dict.fromkeys((form, lemma))
    for ending in ("ed", "es", "s", "ing") if is_verb else ():
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < SHORTEST_STEM:
            continue
        readings.update(dict.fromkeys((stem, stem + "e")))
        if stem[-1] == stem[-2]:
            readings[stem[:-1]] = None
        if ending in ("ed", "es") and stem.endswith("i"):
            readings[stem[:-1] + "y"] = None
    return tuple(readings)
