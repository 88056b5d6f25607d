"""Which source of the old version is which of the new one: *Ada Quill* is *Quill*, *the ministry* is *they*."""

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
    """Tells whether sources of two versions are the same."""

    def __init__(self, old: Version, new: Version, lexicon: Lexicon) -> None:
        self.old, self.new, self.lexicon = old, new, lexicon

    def same(self, one: ClaimSource, other: ClaimSource) -> bool:
        """Whether the old version's source ``one`` and the new version's ``other`` are the same."""
        pronoun = SourceKind.PRONOUN_UNRESOLVED
        if one.kind is pronoun or other.kind is pronoun:
            if one.kind is other.kind:
                return True
            return self._may_mean(one, other)
        if _key(one.name) == _key(other.name) or self._names(one, self.old, other) or self._names(other, self.new, one):
            # The same words name the same source, whatever kind of source they were taken for.
            return True
        if one.named != other.named:
            # A bare role that the article never names: the same words must stand in the ledger.
            return self._same_institution(one, other)
        if one.kind in PERSONS and other.kind in PERSONS:
            return self._same_person(one.name, other.name)
        if one.named:
            return self._same_outlet(one.name, other.name) or (
                (one.kind in PERSONS) == (other.kind in PERSONS) and _same_words(one.name, other.name)
            )
        return one.kind is other.kind and _same_head(one.name, other.name)

    def pairs(
        self, old: Sequence[ClaimSource], new: Sequence[ClaimSource]
    ) -> tuple[list[ClaimSource], list[ClaimSource]]:
        """The sources of each version that the other does not have."""
        gone = [one for one in old if not any(self.same(one, other) for other in new)]
        came = [other for other in new if not any(self.same(one, other) for one in old)]
        return gone, came

    def _names(self, source: ClaimSource, version: Version, other: ClaimSource) -> bool:
        """Whether a mention of the source has the other's whole name (*Union leader Cora Whitlam*, *Cora Whitlam*)."""
        entity = None if source.entity is None else version.entities.get(source.entity)
        name = _key(other.name)
        if entity is None or len(name) < 2 or not other.named:
            return False
        return any(_key(version.text[span.start : span.end])[-len(name) :] == name for span in entity.mentions)

    def _same_person(self, one: str, other: str) -> bool:
        """Whether one name is a short form of the other: the last names agree, and first names do not differ."""
        names, others = self._name_words(one), self._name_words(other)
        if not names or not others or names[-1] != others[-1]:
            return False
        first, second = names[:-1], others[:-1]
        return not first or not second or first[0][0] == second[0][0]

    def _name_words(self, name: str) -> list[str]:
        words = [word for word in _WORD.findall(name) if word[:1].isupper()]
        return [word.casefold() for word in words if self.lexicon.title(word) is None]

    def _same_outlet(self, one: str, other: str) -> bool:
        first, second = self.lexicon.outlet(_bare(one)), self.lexicon.outlet(_bare(other))
        return first is not None and second is not None and first.name == second.name

    def _same_institution(self, one: ClaimSource, other: ClaimSource) -> bool:
        return one.kind in INSTITUTIONS and other.kind in INSTITUTIONS and _same_words(one.name, other.name)

    def _may_mean(self, one: ClaimSource, other: ClaimSource) -> bool:
        """Whether the unresolved pronoun of one version may mean the other's source: it stands in that version, too."""
        if one.kind is SourceKind.PRONOUN_UNRESOLVED:
            known, version = other, self.old
        else:
            known, version = one, self.new
        return any(_same_words(known.name, entity.name) for entity in version.analysis.sources) or (
            _key(known.name)[-1:] != [] and _key(known.name)[-1] in _WORD.findall(version.text.casefold())
        )


def _bare(name: str) -> str:
    words = name.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].casefold() in ARTICLES else words)


def _key(name: str) -> list[str]:
    name = name.casefold().replace("’s", "").replace("'s", "")
    return [word for word in _WORD.findall(name) if word not in ARTICLES]


def _same_words(one: str, other: str) -> bool:
    """Whether the words of one name are among the other's and the last one agrees (*council*, *Norfield council*)."""
    first, second = _key(one), _key(other)
    if not first or not second:
        return False
    if first == second or _initials(first) == second or first == _initials(second):
        return True
    shorter, longer = sorted((first, second), key=len)
    return set(shorter) <= set(longer) and shorter[-1] in (longer[-1], longer[0])


def _initials(words: list[str]) -> list[str]:
    return ["".join(word[0] for word in words if word not in ("of", "for", "and"))]


def _same_head(one: str, other: str) -> bool:
    """Whether two descriptions have the same head noun; words after a preposition only add to it."""
    return _head(one) == _head(other)


def _head(name: str) -> str:
    words = _key(name)
    for number, word in enumerate(words):
        if number and word in ("of", "from", "in", "at", "with", "who", "on", "for", "close", "familiar", "to"):
            words = words[:number]
            break
    return words[-1].rstrip("s") if words else ""
