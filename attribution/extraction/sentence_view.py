"""A sentence with the look-ups needed to read mentions: its tree, its words, and facts about its phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from attribution.extraction.mention import Gender
from attribution.extraction.name_words import NameWords
from attribution.extraction.names import Name
from attribution.extraction.span_index import SpanIndex
from attribution.lexicon import SourceNounKind
from attribution.parsing import Tree
from attribution.records import Quotation


class SentenceView:
    """A sentence. ``given`` are phrases known to be mentions: for each head, the tokens they are limited to.

    ``claimed`` are words of names read after an office, which no other phrase may use.
    """

    def __init__(
        self,
        position: int,
        tree: Tree,
        quotations: SpanIndex[Quotation],
        words: NameWords,
        given: Mapping[int, frozenset[int]],
    ) -> None:
        self.position = position
        self.tree = tree
        self.words = words
        self.lexicon = words.lexicon
        self.given = given
        self.quotations = quotations
        self.claimed: set[int] = set()

    @cached_property
    def _near(self) -> list[Quotation]:
        return list(
            {quotation.id: quotation for quotation in self.quotations.overlapping(self.tree.sentence.span)}.values()
        )

    @cached_property
    def _letters(self) -> list[str]:
        return [text for token in self.tree.tokens if len(text := token.text) > 1 and text.isalpha()]

    @cached_property
    def _capitals(self) -> int:
        return sum(word[0].isupper() for word in self._letters)

    @cached_property
    def heading(self) -> bool:
        """Whether most words are capitalised, also words other than names."""
        return self._capitals > 0.7 * len(self._letters) and any(
            token.text[:1].isupper() for token in self.tree.tokens[1:] if token.upos not in ("PROPN", "PRON")
        )

    @cached_property
    def shouting(self) -> bool:
        """Whether the sentence is in capital letters."""
        upper = sum(word.isupper() for word in self._letters)
        return len(self._letters) > 2 and self._capitals > len(self._letters) / 2 and upper > len(self._letters) / 2

    @cached_property
    def conjuncts(self) -> dict[int, list[int]]:
        """The further parts of coordinations, by the head of the first."""
        found: dict[int, list[int]] = {}
        for index, (_, universal) in enumerate(self.tree.relations):
            if universal == "conj":
                found.setdefault(self._head_of_name(self.tree.tokens[index].head), []).append(index)
        return found

    def _head_of_name(self, index: int) -> int:
        """The first word of the name that the word is a later part of."""
        while index >= 0 and self.tree.matches(index, "flat"):
            index = self.tree.tokens[index].head
        return index

    def quotation_of(self, index: int) -> str | None:
        """The quotation that the token stands in."""
        if not self._near:
            return None
        span = self.tree.tokens[index].span
        return next(
            (quotation.id for quotation in self._near if any(part.covers(span) for part in quotation.parts)), None
        )

    def determiner(self, index: int) -> str | None:
        """The determiner of a noun, in lower case."""
        child = self.tree.child(index, "det")
        return None if child is None else self.tree.tokens[child].text.lower()

    def joins(self, index: int) -> bool:
        """Whether the token is a hyphen or similar mark that joins two words."""
        tokens = self.tree.tokens
        return (
            0 < index < len(tokens) - 1
            and tokens[index].text in ("-", "–", "/", ".", "&")
            and tokens[index - 1].end == tokens[index].start
            and tokens[index].end == tokens[index + 1].start
        )

    def joined(self, indices: Sequence[int], *, lemmas: bool = False) -> list[str]:
        """The words of the tokens, those without a space between them as one word."""
        tokens = self.tree.tokens
        words: list[str] = []
        end = -1
        for index in indices:
            token = tokens[index]
            text = token.lemma if lemmas and token.upos == "NOUN" else token.text
            if token.start == end:
                words[-1] += text
            else:
                words.append(text)
            end = token.end
        return words

    def given_gender(self, name: Name) -> Gender | None:
        """The gender implied by a person's given name."""
        if len(name.words) < 2:
            return None
        gender = self.lexicon.gender(name.words[0])
        return None if gender is None else Gender(gender)

    def office_kind(self, office: Sequence[str]) -> SourceNounKind | None:
        """The lexicon's kind for an office."""
        return self.words.noun_kind(tuple(office)) if office else None

    def is_title(self, office: Sequence[str]) -> bool:
        """Whether the last word of an office can precede a name."""
        return any(self.lexicon.title(word) is not None for word in office[-1:])
