"""Finds the words and fixed phrases of word lists in tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attribution.lexicon import Lexicon, regular_bases
from attribution.parsing import Tree
from attribution.records import Token


class PhraseFinder:
    """Looks for the entries of a lexicon's word lists; each list is prepared once and kept."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._lists: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}

    def find(self, tokens: Sequence[Token], name: str) -> list[list[Token]]:
        """Where words of a list stand: runs of tokens by lemma or form, in text order, longer ones first."""
        known = self._phrases_of(name)
        found: list[list[Token]] = []
        taken: set[int] = set()
        for start in range(len(tokens)):
            if start in taken:
                continue
            for phrase in (phrase for word in self.words_of(tokens[start]) for phrase in known.get(word, ())):
                run = list(tokens[start : start + len(phrase)])
                if len(run) == len(phrase) and all(map(self._is_word, run, phrase)):
                    found.append(run)
                    taken.update(range(start, start + len(run)))
                    break
        return found

    def find_predicates(self, tree: Tree, indices: Iterable[int], name: str) -> list[list[Token]]:
        """Where verbs of a list stand with the rest of their phrase below them: *took a large bribe* for *take bribe*.

        The runs are in the order of the verbs, the longest phrase of each; their words need not adjoin.
        """
        known = self._phrases_of(name)
        found: list[list[Token]] = []
        for index in indices:
            verb = tree.tokens[index]
            for phrase in (phrase for word in self.words_of(verb) for phrase in known.get(word, ())):
                run = self._below(tree, verb, phrase[1:])
                if run is not None:
                    found.append(run)
                    break
        return found

    def _below(self, tree: Tree, verb: Token, words: Sequence[str]) -> list[Token] | None:
        """The verb with the words, each a dependent of the one before or of the verb; None where one is missing."""
        run = [verb]
        for word in words:
            near = [*tree.children(verb.index), *tree.children(run[-1].index)]
            near = [child for child in near if tree.tokens[child] not in run]
            token = next((tree.tokens[child] for child in near if self._is_word(tree.tokens[child], word)), None)
            if token is None:
                return None
            run.append(token)
        return run

    def words_of(self, token: Token) -> tuple[str, ...]:
        """The lower-case lemma and form of a token; of a verb also what its form may be of, as lemmatizers err."""
        words = [token.lemma.lower(), token.text.lower().replace("’", "'")]
        if token.upos == "VERB":
            words += [entry.lemma for entry in self.lexicon.verbs_of(token.lemma, token.text)]
            words += regular_bases(token.text.lower())
        return tuple(dict.fromkeys(words))

    def _is_word(self, token: Token, word: str) -> bool:
        return word in self.words_of(token)

    def _phrases_of(self, name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
        if name not in self._lists:
            table: dict[str, tuple[tuple[str, ...], ...]] = {}
            for words in sorted(self.lexicon.words_for(name), key=lambda words: (-len(words.split()), words)):
                phrase = tuple(words.split())
                table[phrase[0]] = (*table.get(phrase[0], ()), phrase)
            self._lists[name] = table
        return self._lists[name]
