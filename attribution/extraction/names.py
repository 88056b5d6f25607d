"""Proper names: their parts, and when two of them may name the same person or body.

The rules are those of name matching in newswire coreference (Bontcheva et al. 2002, "Shallow methods for named entity
coreference resolution"; the strict name passes of Raghunathan et al. 2010): high precision, no world knowledge.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from types import MappingProxyType

import msgspec

from attribution.extraction.people import OFFICES
from attribution.lexicon import Lexicon

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Generational suffixes, which are not part of a surname."""

POSTNOMINALS = MappingProxyType({"KC": "barrister", "QC": "barrister", "MP": "mp", "MEP": "mep", "MSP": "msp"})
"""Letters after a name that stand for an office."""

PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "mac", "st"}
    | {"ten", "ter", "van", "von", "zu"}
)
"""Particles that open a surname of several words (*van der Berg*)."""

SMALL_WORDS = frozenset({"of", "for", "the", "and", "&", "on", "in", "at"})
"""Words without a letter in an acronym."""

WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})

TIME_WORDS = WEEKDAYS.union(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october"}
    | {"november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
    | {"christmas", "diwali", "easter", "halloween", "hanukkah", "passover", "ramadan", "thanksgiving"}
)
"""Days, months and feasts: tagged as names, but never a person or body."""


class Name(msgspec.Struct, frozen=True, dict=True):
    """A proper name as written, without titles; ``titles`` are the lower-case words of title or office before it."""

    words: tuple[str, ...]
    titles: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The name's words."""
        return " ".join(self.words)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words for comparison: lower case, without full stops, generational suffixes, or a leading article."""
        keys = tuple(key for word in self.words if (key := word.lower().strip(".,'’")) and key not in SUFFIXES)
        return keys[1:] if len(keys) > 1 and keys[0] == "the" else keys

    @cached_property
    def surname(self) -> tuple[str, ...]:
        """The last word, with the particles before it."""
        keys = self.keys
        start = len(keys) - 1
        while start > 1 and keys[start - 1] in PARTICLES:
            start -= 1
        return keys[start:] if start >= 0 else ()

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The words before the surname."""
        return self.keys[: len(self.keys) - len(self.surname)]

    @cached_property
    def acronym(self) -> str:
        """The initials of its words, small words left out; empty for a single word."""
        initials = [word[0] for word in self.words if word[0].isalnum() and word.lower() not in SMALL_WORDS]
        return "".join(initials).upper() if len(initials) > 1 else ""


def same_given(first: str, second: str) -> bool:
    """Whether two given names may be one: equal, an initial, or a short form that begins the other (Dan, Daniel)."""
    short, long = sorted((first, second), key=len)
    return (
        first == second or (len(short) == 1 and long.startswith(short)) or (len(short) >= 3 and long.startswith(short))
    )


def same_person(first: Name, second: Name) -> bool:
    """Whether two names may be one person's: the surname alone, or surname and a given name that fits."""
    if first.keys == second.keys:
        return True
    short, long = sorted((first, second), key=lambda name: len(name.keys))
    if 0 < len(short.keys) < len(long.keys) and long.keys[-len(short.keys) :] == short.keys:
        return True  # Berg, van Berg; a surname of two words; words before the name that were no title
    if first.surname != second.surname:
        return False
    if not first.given or not second.given:
        return True
    return same_given(first.given[0], second.given[0])


LEAST_MISSPELT = 6
"""Fewest letters of a surname that may be misspelt."""


def is_misspelt(name: Name, other: Name) -> bool:
    """Whether a surname is a longer name's with a letter or two amiss (*Ms Bauchtman*, Lydia Buchtmann)."""
    short, long = sorted((name, other), key=lambda name: len(name.keys))
    if len(short.keys) != 1 or len(long.keys) < 2:
        return False
    first, second = short.keys[-1], long.keys[-1]
    if min(len(first), len(second)) < LEAST_MISSPELT or first[0] != second[0]:
        return False
    return _edits(first, second) <= 2 and min(len(first), len(second)) >= 4 * _edits(first, second)


def _edits(first: str, second: str) -> int:
    """The number of letters to insert, delete or change between two words (Levenshtein 1966)."""
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        diagonal, row[0] = row[0], place
        for column, against in enumerate(second, 1):
            diagonal, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, diagonal + (letter != against)),
            )
    return row[-1]


def is_given_name_of(short: Name, full: Name) -> bool:
    """Whether a name of one word is the first name of a longer one (*Hillary*)."""
    return len(short.keys) == 1 and len(full.keys) > 1 and short.keys[0] == full.keys[0]


def same_body(first: Name, second: Name) -> bool:
    """Whether two names may be one organisation's: equal, its acronym, or its first words (*Tarsk*, *Tarsk Lines*)."""
    if first.keys == second.keys:
        return True
    short, long = sorted((first, second), key=lambda name: len(name.keys))
    if len(short.keys) == 1 and short.text.isupper() and long.acronym and short.text.replace(".", "") == long.acronym:
        return True
    if len(short.keys) == 1 and short.text.isupper():
        return False  # the EP Committee is not the EP
    return 0 < len(short.keys) < len(long.keys) and long.keys[: len(short.keys)] == short.keys


@lru_cache(maxsize=4096)
def same_title(first: str, second: str) -> bool:
    """Whether two title words are one, written out or abbreviated (*Gen.*, *general*; *Lt*, *lieutenant*; *Sgt*)."""
    short, long = sorted((first.rstrip("."), second.rstrip(".")), key=len)
    if short == long:
        return True
    if not 2 <= len(short) <= 4 or len(long) < len(short) + 2 or short[0] != long[0]:
        return False
    return long.startswith(short) or _is_spread_over(short, long)


def _is_spread_over(short: str, long: str) -> bool:
    """Whether the letters of ``short`` occur in ``long`` in order, with no vowel but the first (an abbreviation)."""
    if any(letter in "aeiou" for letter in short[1:]):
        return False
    position = 0
    for letter in short:
        position = long.find(letter, position) + 1
        if position == 0:
            return False
    return True


def same_office(first: Sequence[str], second: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether an office (*the minister*) may be short for a fuller one (*transport minister*).

    The last word and words of rank must be the same, and the other words of the short one must be in the long one.
    """
    if not first or not second or not same_title(first[-1], second[-1]):
        return False
    ranks = lexicon.words_for("rank")
    if ranks.intersection(first) != ranks.intersection(second):
        return False
    short, long = sorted((first, second), key=len)
    return all(any(same_title(word, there) for there in long) for word in short[:-1])


def split_titles(words: Sequence[str], lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles and offices at the start of a name's words (lower case), and the words of the name itself.

    The last word that is a title or an office ends the title (*Assistant District Attorney Tomas Reyle*). When that is
    the last word of all, the whole is an office (*the Attorney General*) and no name is left, but for a single given
    name before it (*Stephen King* is a name).
    """
    last = -1
    body = bool(words) and is_body_noun(words[-1], lexicon)
    for position in range(len(words)):
        if body and words[position].lower().endswith("s"):
            continue  # the Governors Association
        for start in range(max(0, position - 3), position + 1):
            if is_title(" ".join(words[start : position + 1]), lexicon):
                last = position
    if last == len(words) - 1 and len(words) > 1:
        before = [word for word in words[:-1] if not is_title(word, lexicon)]
        if lexicon.gender(words[0]) is not None or (len(before) == len(words) - 1 and _is_surname_like(words, lexicon)):
            return (), tuple(words)
    if body and _is_part_of_body(words[: last + 1], words[last + 1 :], lexicon):
        return (), tuple(words)
    return tuple(word.lower().rstrip(".") for word in words[: last + 1]), tuple(words[last + 1 :])


def is_body_noun(word: str, lexicon: Lexicon) -> bool:
    """Whether the word ends the names of bodies (*Department*, *Service*)."""
    lowered = word.lower()
    if lowered in lexicon.words_for("body-ending"):
        return True
    return any(noun.kind == "organisation" and noun.words == lowered for noun in lexicon.source_nouns_of(lowered))


def is_field(word: str, lexicon: Lexicon) -> bool:
    """Whether bodies are named after the word (*Justice*, *Health*)."""
    return word.lower() in lexicon.words_for("field")


def _is_part_of_body(titles: Sequence[str], rest: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether what could be a title begins a body's name: *Justice Department*, *General Medical Council*.

    Nobody is called Medical Council; Senator Church has a title, and so has Senator Frank Church.
    """
    if not titles:
        return False
    if not rest:
        return True
    if lexicon.gender(rest[0]) or any(title.endswith(".") for title in titles):
        return False
    return len(rest) > 1 or is_field(titles[-1], lexicon)


def _is_surname_like(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a title word that ends a name is more likely a surname: it is only a title, and no office noun."""
    return not any(noun.kind in OFFICES for noun in lexicon.source_nouns_of(words[-1].lower()))


def is_title(words: str, lexicon: Lexicon) -> bool:
    """Whether the words are a title or an office of a person."""
    if lexicon.title(words) is not None or lexicon.title(words.rstrip(".").removesuffix("s")) is not None:
        return True  # Sen., Sens.
    lowered = words.lower()
    return any(
        noun.words == lowered and noun.kind in OFFICES
        for noun in lexicon.source_nouns_of(lowered.split()[-1] if lowered.split() else "")
    )
