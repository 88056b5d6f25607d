"""Finds the words that a newsroom's rule lists: in all their forms, or as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from attribution.extraction.phrase_finder import Phrases, phrases_by_first_word
from attribution.lexicon import Lexicon
from attribution.linting.context import Context
from attribution.records import Sentence, Span, Token

LIST_SIGN = "@"
"""Begins the name of a word list of the lexicon, in place of its words."""


@dataclass(frozen=True)
class Wording:
    """The words and phrases of a rule. ``forms_only`` finds them only as written, otherwise in all their forms.

    Letter case does not matter, except for an entry with a capital letter, which is found as written.
    """

    entries: tuple[str, ...]
    forms_only: bool = False

    def find(self, context: Context, sentence: Sentence, tokens: Sequence[Token]) -> list[tuple[Span, str]]:
        """Where the entries stand among consecutive tokens of a sentence, in text order, each with its entry.

        Of entries that share words the longest is found.
        """
        if not tokens:
            return []
        found = {
            (Span(run[0].start, run[-1].end), self._entry_of(context, run))
            for run in context.finder.find_phrases(tokens, self._phrases)
        }
        first, last = tokens[0].start, tokens[-1].end
        if self._pattern is not None:
            for match in self._pattern.finditer(context.draft.text, first, last):
                found.add((Span(*match.span()), self._written_as(match[0])))
        return _without_shared(found)

    def names(self, words: str) -> bool:
        """Whether the words, in their dictionary form or as written, are one of the entries."""
        return words.lower() in self._lower

    @cached_property
    def _lower(self) -> frozenset[str]:
        return frozenset(entry.lower() for entry in self.entries)

    @cached_property
    def _phrases(self) -> Phrases:
        return phrases_by_first_word(() if self.forms_only else self._lemmas)

    @cached_property
    def _lemmas(self) -> dict[str, str]:
        """The entries found in all their forms, by their words as a parse separates them."""
        return {_separated(entry): entry for entry in self.entries if entry == entry.lower()}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """The entries as written: a parse may separate words otherwise (*co-pilot*)."""
        if not self.entries:
            return None
        longest_first = sorted(self.entries, key=len, reverse=True)
        return re.compile("|".join(map(_as_written, longest_first)))

    def _entry_of(self, context: Context, run: Sequence[Token]) -> str:
        readings = [context.words_of(token) for token in run]
        for words, entry in self._lemmas.items():
            parts = words.split()
            if len(parts) == len(run) and all(part in known for part, known in zip(parts, readings, strict=True)):
                return entry
        raise KeyError(run)  # pragma: no cover - every run is an entry's

    def _written_as(self, words: str) -> str:
        plain = " ".join(words.replace("’", "'").split())
        exact = next((entry for entry in self.entries if entry == plain), None)
        return exact or next(entry for entry in self.entries if entry.replace("’", "'").lower() == plain.lower())


def spelled_out(entries: Iterable[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The entries with the words of lists in place of their names (``@loaded-speech``); KeyError for no such list."""
    found: dict[str, None] = {}
    for entry in entries:
        if entry.startswith(LIST_SIGN):
            found.update(dict.fromkeys(sorted(lexicon.word_lists_by_name[entry.removeprefix(LIST_SIGN)])))
        else:
            found[entry] = None
    return tuple(found)


def _separated(entry: str) -> str:
    """The entry with clitics separated, as in a parse: *isn't* is two words, and so is *driver's*."""
    return re.sub(r"(?<=\w)(n't|'s|'re|'ve|'ll|'d|'m)\b", r" \1", entry.replace("’", "'"))


def _as_written(entry: str) -> str:
    words = r"\s+".join(re.escape(word).replace("'", "['’]") for word in entry.replace("’", "'").split())
    before = r"(?<!\w)" if entry[0].isalnum() else ""
    after = r"(?!\w)" if entry[-1].isalnum() else ""
    body = words if entry != entry.lower() else f"(?i:{words})"
    return f"{before}{body}{after}"


def _without_shared(found: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    kept: list[tuple[Span, str]] = []
    for span, entry in sorted(found, key=lambda pair: (-len(pair[0]), pair)):
        if not any(span.overlaps(other) for other, _ in kept):
            kept.append((span, entry))
    return sorted(kept)
