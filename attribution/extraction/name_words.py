"""The lexicon's information about names, titles and nouns."""

from __future__ import annotations

from functools import cache

from attribution.extraction.mention import Gender
from attribution.extraction.names import Name, split_titles
from attribution.lexicon import Lexicon, SourceNounKind


class NameWords:
    """The lexicon's information about a draft's names and titles, cached as most recur."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.name = cache(Name)
        self.split_titles = cache(lambda words: split_titles(words, lexicon))
        self.noun_kind = cache(self._noun_kind)
        self.gender = cache(self._gender)

    def _noun_kind(self, words: tuple[str, ...]) -> SourceNounKind | None:
        """The lexicon's kind for a name that ends in a noun, or has one before *of* (*Water Agency*)."""
        lowered = [word.lower().rstrip(".,") for word in words]
        first = next((place for place, word in enumerate(lowered) if place and word in ("of", "for", "on")), None)
        if first is not None and lowered[first - 1] in self.lexicon.words_for("body-ending"):
            return "organisation"
        of = [first] if first is not None and "of" in lowered[1:] else []
        for end in (*of, len(lowered)):
            for noun in self.lexicon.source_nouns_of(lowered[end - 1]):
                size = len(noun.words.split())
                if tuple(noun.words.split()) == tuple(lowered[max(0, end - size) : end]):
                    return noun.kind
        for word in ("for", "on"):
            if word in lowered[1:]:
                kind = self.noun_kind(tuple(lowered[: lowered.index(word)]))
                if kind is not None:
                    return kind
        return None

    def _gender(self, office: tuple[str, ...]) -> Gender | None:
        for size in range(len(office), 0, -1):
            title = self.lexicon.title(" ".join(office[-size:]))
            if title is not None and title.gender is not None:
                return Gender(title.gender)
        female, male = self.lexicon.words_for("female-person"), self.lexicon.words_for("male-person")
        for word in reversed(office):
            if word in female or word.endswith(("woman", "girl")):
                return Gender.FEMALE
            if word in male or (word.endswith(("man", "boy")) and not word.endswith("human")):
                return Gender.MALE
        return None


def singular(form: str) -> str:
    """The singular of a regular plural, for nouns whose lemma the tagger got wrong."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes")):
        return form[:-2]
    return form[:-1] if form.endswith("s") and not form.endswith("ss") else form
