"""Matches the sources of the old version with those of the new: *Ada Quill* is *Quill*, *the ministry* is *they*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attribution.comparison.changes import ClaimSource
from attribution.comparison.version import Version
from attribution.lexicon import Lexicon
from attribution.records import SourceKind

PERSONS = frozenset({SourceKind.NAMED_PERSON})
INSTITUTIONS = frozenset({SourceKind.NAMED_ORGANISATION, SourceKind.OUTLET, SourceKind.DOCUMENT})
ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her", "our"})
_WORD = re.compile(r"\w+(?:[-.]\w+)*")


class SourceMatcher:
    """Decides whether sources of two versions are the same."""

    def __init__(self, old: Version, new: Version, lexicon: Lexicon) -> None:
        self.old, self.new, self.lexicon = old, new, lexicon
        self._known: dict[tuple[ClaimSource, ClaimSource], bool] = {}
        self._mentions: dict[tuple[int, str], frozenset[tuple[str, ...]]] = {}
        self._words = {id(version): frozenset(_WORD.findall(version.text.casefold())) for version in (old, new)}

    def same(self, old: ClaimSource, new: ClaimSource) -> bool:
        """Whether a source of the old version and a source of the new version are the same."""
        if (old, new) not in self._known:
            self._known[old, new] = self._same(old, new)
        return self._known[old, new]

    def _same(self, old: ClaimSource, new: ClaimSource) -> bool:
        pronoun = SourceKind.PRONOUN_UNRESOLVED
        if old.kind is pronoun or new.kind is pronoun:
            if old.kind is new.kind:
                return True
            return self._may_mean(old, new)
        if _key(old.name) == _key(new.name) or self._names(old, self.old, new) or self._names(new, self.new, old):
            # The same words name the same source, even if its kind was classified differently.
            return True
        if old.named != new.named:
            # A role without a name: the ledger must contain the same words.
            return self._same_institution(old, new)
        if old.kind in PERSONS and new.kind in PERSONS:
            return self._same_person(old.name, new.name)
        if old.named:
            return self._same_outlet(old.name, new.name) or (
                (old.kind in PERSONS) == (new.kind in PERSONS) and _same_words(old.name, new.name)
            )
        return old.kind is new.kind and _same_head(old.name, new.name)

    def pairs(
        self, old: Sequence[ClaimSource], new: Sequence[ClaimSource]
    ) -> tuple[list[ClaimSource], list[ClaimSource]]:
        """The sources of each version that the other lacks."""
        gone = [source for source in old if not any(self.same(source, other) for other in new)]
        came = [source for source in new if not any(self.same(other, source) for other in old)]
        return gone, came

    def _names(self, source: ClaimSource, version: Version, other: ClaimSource) -> bool:
        """Whether a mention of the source ends in the other's full name (*Union leader Cora Whitlam*)."""
        entity = None if source.entity is None else version.entities.get(source.entity)
        name = _key(other.name)
        if entity is None or len(name) < 2 or not other.named:
            return False
        place = id(version), entity.id
        if place not in self._mentions:
            texts = {version.text[span.start : span.end] for span in entity.mentions}
            self._mentions[place] = frozenset(tuple(_key(text)) for text in texts)
        return any(list(mention[-len(name) :]) == name for mention in self._mentions[place])

    def _same_person(self, old: str, new: str) -> bool:
        """Whether one name is a short form of the other: the same surname, and no conflicting first name."""
        names, others = self._name_words(old), self._name_words(new)
        if not names or not others or names[-1] != others[-1]:
            return False
        first, second = names[:-1], others[:-1]
        return not first or not second or first[0][0] == second[0][0]

    def _name_words(self, name: str) -> list[str]:
        words = [word for word in _WORD.findall(name) if word[:1].isupper()]
        return [word.casefold() for word in words if self.lexicon.title(word) is None]

    def _same_outlet(self, old: str, new: str) -> bool:
        first, second = self.lexicon.outlet(_bare(old)), self.lexicon.outlet(_bare(new))
        return first is not None and second is not None and first.name == second.name

    def _same_institution(self, old: ClaimSource, new: ClaimSource) -> bool:
        return old.kind in INSTITUTIONS and new.kind in INSTITUTIONS and _same_words(old.name, new.name)

    def _may_mean(self, old: ClaimSource, new: ClaimSource) -> bool:
        """Whether the pronoun in one version may refer to the other's source: both versions mention that source."""
        if old.kind is SourceKind.PRONOUN_UNRESOLVED:
            known, version = new, self.old
        else:
            known, version = old, self.new
        return any(_same_words(known.name, entity.name) for entity in version.analysis.sources) or (
            _key(known.name)[-1:] != [] and _key(known.name)[-1] in self._words[id(version)]
        )


def _bare(name: str) -> str:
    words = name.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].casefold() in ARTICLES else words)


def _key(name: str) -> list[str]:
    name = name.casefold().replace("’s", "").replace("'s", "")
    return [word for word in _WORD.findall(name) if word not in ARTICLES]


def _same_words(name: str, other: str) -> bool:
    """Whether all words of one name are in the other and the last ones agree (*council*, *Norfield council*)."""
    first, second = _key(name), _key(other)
    if not first or not second:
        return False
    if first == second or _initials(first) == second or first == _initials(second):
        return True
    shorter, longer = sorted((first, second), key=len)
    return set(shorter) <= set(longer) and shorter[-1] in (longer[-1], longer[0])


def _initials(words: list[str]) -> list[str]:
    return ["".join(word[0] for word in words if word not in ("of", "for", "and"))]


def _same_head(first: str, second: str) -> bool:
    """Whether two descriptions have the same head noun, ignoring prepositional phrases."""
    return _head(first) == _head(second)


def _head(name: str) -> str:
    words = _key(name)
    for number, word in enumerate(words):
        if number and word in ("of", "from", "in", "at", "with", "who", "on", "for", "close", "familiar", "to"):
            words = words[:number]
            break
    return words[-1].rstrip("s") if words else ""
