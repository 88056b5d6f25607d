"""Finds the words and fixed phrases of word lists in tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attribution.lexicon import Lexicon, regular_bases
from attribution.parsing import Tree
from attribution.records import Token

Phrases = dict[str, tuple[tuple[str, ...], ...]]
"""The entries of a word list by their first word, the longest first."""

Places = dict[str, list[int]]
"""Where each word stands in a sequence of tokens."""


class PhraseFinder:
    """Looks for the entries of a lexicon's word lists; each list is prepared once and kept."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._lists: dict[str, Phrases] = {}
        self._words: dict[tuple[str, str, bool], tuple[str, ...]] = {}

    def places_of(self, tokens: Iterable[Token]) -> Places:
        """Where each word stands in the tokens, for several searches in them."""
        places: Places = {}
        for place, token in enumerate(tokens):
            for word in self.words_of(token):
                places.setdefault(word, []).append(place)
        return places

    def lists_at(self, places: Places) -> frozenset[str]:
        """The names of the lists of which the tokens may hold an entry: one look, where most lists have none."""
        known = self.lexicon.lists_by_first_word
        return frozenset().union(*(known[word] for word in known.keys() & places.keys()))

    def find(self, tokens: Sequence[Token], name: str, places: Places | None = None) -> list[list[Token]]:
        """Where words of a list stand: runs of tokens by lemma or form, in text order, longer ones first.

        ``places`` are those of the tokens' words, if they are known.
        """
        known = self._phrases_of(name)
        return self._runs(tokens, known, range(len(tokens)) if places is None else _starts(known, places))

    def find_phrases(self, tokens: Sequence[Token], known: Phrases) -> list[list[Token]]:
        """The same for entries that are in no list of the lexicon (``phrases_by_first_word``)."""
        return self._runs(tokens, known, range(len(tokens)))

    def _runs(self, tokens: Sequence[Token], known: Phrases, starts: Iterable[int]) -> list[list[Token]]:
        found: list[list[Token]] = []
        taken: set[int] = set()
        for start in starts:
            words = self.words_of(tokens[start])
            if known.keys().isdisjoint(words) or start in taken:  # as nearly every token is
                continue
            for phrase in _starting_with(words, known):
                run = list(tokens[start : start + len(phrase)])
                if len(run) == len(phrase) and all(map(self._is_word, run, phrase)):
                    found.append(run)
                    taken.update(range(start, start + len(run)))
                    break
        return found

    def find_predicates(self, tree: Tree, tokens: Sequence[Token], name: str, places: Places) -> list[list[Token]]:
        """Where verbs of a list stand with the rest of their phrase below them: *took a large bribe* for *take bribe*.

        The runs are in the order of the verbs, the longest phrase of each; their words need not adjoin. ``places`` are
        those of the tokens' words.
        """
        known = self._phrases_of(name)
        found: list[list[Token]] = []
        for start in _starts(known, places):
            verb = tokens[start]
            for phrase in _starting_with(self.words_of(verb), known):
                run = self._below(tree, verb, phrase[1:])
                if run is not None:
                    found.append(run)
                    break
        return found

    def _below(self, tree: Tree, verb: Token, words: Sequence[str]) -> list[Token] | None:
        """The verb with the words, each a dependent of the one before or of the verb; None where one is missing."""
        run = [verb.index]
        for word in words:
            near = dict.fromkeys([*tree.children(verb.index), *tree.children(run[-1])])
            below = (child for child in near if child not in run and self._is_word(tree.tokens[child], word))
            found = next(below, None)
            if found is None:
                return None
            run.append(found)
        return [tree.tokens[index] for index in run]

    def words_of(self, token: Token) -> tuple[str, ...]:
        """The lower-case lemma and form of a token; of a verb also what its form may be of, as lemmatizers err."""
        key = token.lemma, token.text, token.upos == "VERB"
        known = self._words.get(key)
        if known is None:
            words = [token.lemma.lower(), token.text.lower().replace("’", "'")]
            if token.upos == "VERB":
                words += [entry.lemma for entry in self.lexicon.verbs_of(token.lemma, token.text)]
                words += regular_bases(token.text.lower())
            known = self._words[key] = tuple(dict.fromkeys(words))
        return known

    def _is_word(self, token: Token, word: str) -> bool:
        return word in self.words_of(token)

    def _phrases_of(self, name: str) -> Phrases:
        if name not in self._lists:
            self._lists[name] = phrases_by_first_word(self.lexicon.words_for(name))
        return self._lists[name]


def _starts(phrases: Phrases, places: Places) -> list[int]:
    """The places of the words that begin a phrase, in text order."""
    return sorted({place for word in phrases.keys() & places.keys() for place in places[word]})


def _starting_with(words: Iterable[str], phrases: Phrases) -> list[tuple[str, ...]]:
    """The phrases whose first word is one of the words."""
    return [phrase for word in words for phrase in phrases.get(word, ())]


def phrases_by_first_word(entries: Iterable[str]) -> Phrases:
    """Entries of words separated by spaces, by their first word, the longest first."""
    table: Phrases = {}
    for words in sorted(entries, key=lambda words: (-len(words.split()), words)):
        phrase = tuple(words.split())
        table[phrase[0]] = (*table.get(phrase[0], ()), phrase)
    return table
