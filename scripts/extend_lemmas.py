#!/usr/bin/env python
"""Adds lemmas to a model's dictionary for frequent words that it would misspell.

    scripts/extend_lemmas.py MODEL --most 2500

A word that the treebanks do not hold is spelt character by character, and a small network spells some wrongly: *bosses*
became *bosse*, and *Families* at the start of a sentence *familie*. Of the words that the model has vectors for, those
whose lemma is none of lemminflect's (Jascob 2020; made from the NIH SPECIALIST Lexicon, MIT licence) are added to the
dictionary, as they are written and as they begin a sentence, the most frequent first. The files in MODEL, in this
project's format, are written anew; Stanza reads the same dictionary (``scripts/convert_model.py to-stanza``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from attribution.parsing.lemmatizer import Lemmatizer  # noqa: E402
from attribution.parsing.model_files import read_model, write_model  # noqa: E402

TAGS = ("NOUN", "VERB", "ADJ")
"""Tags whose words are inflected by rules that hold for unseen words."""

ANY_TAG = "*"
"""The key of the dictionary under which lemmas for every tag stand."""

OPENING = 5
"""How many times rarer a word is taken to be as the first of a sentence."""

AT_ONCE = 2_000
"""The most words that are spelt together."""


@click.command(help=__doc__)
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--most", default=2_500, show_default=True, help="The most lemmas to add.")
def main(model: Path, most: int) -> None:
    """Add lemmas to the dictionary of MODEL."""
    parts = read_model(model)
    dictionary = parts.lemmatizer["dicts"]
    words = [unit for unit in parts.vectors["vocab"]["_unit2id"] if unit.isascii() and unit.isalpha()]
    ranked = [
        (rank * factor, form, tag, lemma)
        for rank, word in enumerate(dict.fromkeys(map(str.lower, words)))
        for tag, lemma in regular_lemmas(word)
        for factor, form in ((1, word), (OPENING, word.capitalize()))
        if form not in dictionary[ANY_TAG] and form not in dictionary.get(tag, {})
    ]
    unknown = [(form, tag, lemma) for _, form, tag, lemma in sorted(ranked)]
    spelt = spelt_by(parts.lemmatizer, unknown)
    wrong = [found for found, lemma in zip(unknown, spelt, strict=True) if lemma.lower() != found[2]]
    for form, tag, lemma in wrong[:most]:
        dictionary.setdefault(tag, {})[form] = lemma
    write_model(parts, model)
    click.echo(f"{len(wrong)} of {len(unknown)} words are misspelt; {min(most, len(wrong))} lemmas added")


def regular_lemmas(word: str) -> Iterator[tuple[str, str]]:
    """The word's tags, each with the lemma, where lemminflect knows exactly one."""
    from lemminflect import getAllLemmas

    for tag, lemmas in getAllLemmas(word).items():
        if tag in TAGS and len(lemmas) == 1:
            yield tag, lemmas[0]


def spelt_by(lemmatizer: Mapping[str, Any], words: list[tuple[str, str, str]]) -> Iterator[str]:
    """The lemmas that the model gives for forms and tags."""
    spelling = Lemmatizer(lemmatizer)
    for start in range(0, len(words), AT_ONCE):
        yield from spelling.lemmas([(form, tag) for form, tag, _ in words[start : start + AT_ONCE]])


if __name__ == "__main__":
    main()
