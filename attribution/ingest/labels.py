"""The labels that open a turn of speech: *Q:*, *A.*, *Quill:*, *MR. HALE:*, *[00:01:12] Ada Quill (host):*.

A label alone proves nothing: *Cost: six euros* has the same form. ``turns`` decides from the surrounding labels; this
module only tells whether words may be a label at all, and of what kind.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar

import msgspec

from attribution.ingest.text_words import LONGEST_INITIALS, index_of_words
from attribution.lexicon import Entry, Words
from attribution.parsing.segmentation import is_lower_case_word, is_seen_in_lower_case
from attribution.records import AttribError, Span
from attribution.resources import lexicon_folder, tables_in

LABELS_FILE = "turn-labels.toml"

LONGEST_LABEL = 110
"""The colon of a label with name and role comes within this many characters."""

Role = Literal["asks", "answers", "speaks"]


LETTERS: Mapping[str, Role] = MappingProxyType({"Q": "asks", "A": "answers"})
"""The letters that stand for question and answer."""


class TurnLabel(Entry, frozen=True, kw_only=True):
    """turn-labels.toml: a label that gives the speaker's role in the exchange instead of a name."""

    words: Words
    role: Role


class SectionLabel(Entry, frozen=True, kw_only=True):
    """turn-labels.toml: a word before the colon of a headline that names a section or format."""

    words: Words


class LeadingVerb(Entry, frozen=True, kw_only=True):
    """turn-labels.toml: a form of a verb of saying that comes before the speaker's name (*Says Ada Quill: …*)."""

    words: Words


class Label(NamedTuple):
    """A possible label at the start of a block.

    ``key`` is equal for all labels of a speaker, ``speaker`` is the span that names the speaker, ``end`` is where the
    label with its colon ends. ``role`` is the role that the label's words tell; None for a name. ``letter`` is true of
    *Q* and *A*; ``described`` of a name followed by a role (*Ida Bolt, baker*), ``titled`` of a name after a title
    (*Mrs Bolt*).
    """

    key: str
    speaker: Span
    end: int
    role: Role | None = None
    letter: bool = False
    described: bool = False
    titled: bool = False


EntryType = TypeVar("EntryType", bound=Entry)

_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?"
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.'’&-]*"
_SMALL = r"(?:al|bin|da|de|del|den|der|di|dos|du|el|ibn|la|le|ten|van|von|y|of|the|and|for)"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|{_SMALL}|\d{{1,2}}(?=\s*[:\[(])))*?"
_ROLE = r"(?:\s*\((?P<bracket>[^()\n]{1,60})\)|,\s+(?P<role>[^:?!\n]{2,80}?))"
_NAMED = re.compile(
    rf"(?:{_TIME}\s*(?:[-–—|]\s*)?)?(?P<name>{_NAME}){_ROLE}?(?:\s*{_TIME})?\s*(?P<colon>:)(?:\s+(?=\S)|$)"
)
_DASHED = re.compile(rf"(?P<name>{_NAME}){_ROLE}?\s+(?P<colon>[–—-]|--)\s+(?=[\"“‘'])")
_LETTER = re.compile(rf"(?:{_TIME}\s*(?:[-–—|]\s*)?)?(?P<name>[QA])\d{{0,2}}\s*(?:[.:)]|[-–—](?=\s))(?:\s+(?=\S)|$)")
_GLUED = re.compile(r"(?P<name>Q)(?=[A-Z][a-z'’])")
_ALONE = re.compile(rf"(?:{_TIME}\s*(?:[-–—|]\s*)?)?(?P<name>{_NAME}){_ROLE}?(?:\s*{_TIME})?\s*")
_DIGITS = re.compile(r"\s+\d{1,2}$")
_TITLES = re.compile(
    r"(?:the|mr|mrs|ms|mx|dr|prof|sen|rep|gov|gen|sir|dame|lord|lady|justice|judge|senator)\b\.?\s*", re.I
)
_TITLED = re.compile(
    r"(?:mr|mrs|ms|mx|dr|prof|sen|rep|gov|gen|sir|dame|lord|lady|justice|judge|senator)\b\.?\s+\S", re.I
)
_TIME_WORDS = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:jan|febr)uary|march|april|may|june|july|august|"
    r"(?:septem|octo|novem|decem)ber|(?:today|tomorrow|yesterday|tonight)",
    re.IGNORECASE,
)
_MOST_WORDS = 6


def label_at(text: str, start: int, end: int) -> Label | None:
    """The label (or a transcript's *Q.*), with its colon, that opens the text from ``start`` to ``end``, or None.

    Before quotation marks, a dash may replace the colon (*Ida Bolt, baker – “We had no flour.”*).
    """
    line = text[start : min(end, start + LONGEST_LABEL)]
    letter = _LETTER.match(line)
    if letter is None:
        letter = _GLUED.match(line)
    if letter is not None:
        speaker = Span(start + letter.start("name"), start + letter.end("name"))
        return Label(letter["name"], speaker, start + len(letter[0].rstrip()), LETTERS[letter["name"]], letter=True)
    match = _NAMED.match(line) or _DASHED.match(line)
    return None if match is None else _label(match, start, start + match.end("colon"))


def label_alone(text: str, start: int, end: int) -> Label | None:
    """The label without a colon that is the whole text from ``start`` to ``end`` (*ADA QUILL*, *Ada Quill, host*)."""
    if end - start > LONGEST_LABEL:
        return None
    if text[start:end] in LETTERS:
        return Label(text[start:end], Span(start, end), end, LETTERS[text[start:end]], letter=True)
    match = _ALONE.fullmatch(text, start, end)
    return None if match is None else _label(match, 0, end)


def _label(match: re.Match[str], offset: int, end: int) -> Label | None:
    name = match["name"]
    if len(name.split()) > _MOST_WORDS or _TIME_WORDS.fullmatch(name.split()[0]):
        return None
    speaker = Span(offset + match.start("name"), offset + match.end("name"))
    described = match["role"] is not None or match["bracket"] is not None
    role = part_of(name)
    if match["bracket"] is not None and role is None:
        role = part_of(match["bracket"])
    titled = _TITLED.match(name) is not None
    return Label(" ".join(name.lower().split()), speaker, end, role, described=described, titled=titled)


def part_of(words: str) -> Role | None:
    """The role in the exchange that a label's words tell (*Host*, *THE COURT*, *Q*); None for a name."""
    if words in LETTERS:
        return LETTERS[words]
    plain = _DIGITS.sub("", " ".join(words.lower().split())).removeprefix("the ")
    label = read_labels().get(plain)
    return None if label is None else label.role


def is_name_like(text: str, label: Label) -> bool:
    """Whether the label's words may name somebody: a role, a title with a name, or a word that is rarely a common noun.

    A word that is also a common noun (*Stone*, *Echo*) passes if it occurs capitalised within the draft's sentences.
    """
    if label.letter or label.role is not None:
        return True
    name = text[label.speaker.start : label.speaker.end]
    bare = _TITLES.sub("", name, count=1)
    if not bare:
        return False
    words = [word.strip(".,'’") for word in bare.split()]
    words = [word for word in words if word]
    if not words or not words[-1][0].isupper():
        return False
    if bare != name and not name.lower().startswith("the"):
        return True
    if len(words) == 1 and words[0].isupper() and len(words[0]) <= LONGEST_INITIALS:
        return words[0] in index_of_words(text).initials
    if any(not is_seen_in_lower_case(word) for word in words if len(word) > 1):
        return True
    shown = " ".join(word if not word.isupper() or len(word) < 4 else word.capitalize() for word in words)
    return index_of_words(text).is_within_sentence(shown, ",", ":")


def is_personal_name(name: str) -> bool:
    """Whether words look like a person's full name: two to four capitalised words, none of them a common word."""
    words = [word for word in name.split() if not re.fullmatch(_SMALL, word)]
    return (
        2 <= len(words) <= 4
        and all(word[0].isupper() for word in words)
        and not _TIME_WORDS.fullmatch(words[0])
        and not is_lower_case_word(words[-1].strip(".,'’"))
        and any(not is_lower_case_word(word.strip(".,'’")) for word in words)
    )


@cache
def read_labels() -> dict[str, TurnLabel]:
    """Give the labels that are not names, by their words; AttribError if the file is missing or an entry is wrong."""
    return {label.words: label for label in _entries("label", TurnLabel)}


@cache
def section_labels() -> frozenset[str]:
    """Give the words that label a headline's section or format (*Video: …*) rather than a source."""
    return frozenset(label.words for label in _entries("section", SectionLabel))


@cache
def headline_tails() -> frozenset[str]:
    """Give the words after a headline's last dash that tell the kind of page (*as it happened*)."""
    return frozenset(label.words for label in _entries("tail", SectionLabel))


@cache
def leading_verbs() -> frozenset[str]:
    """Give the verb forms that come before the speaker's name at the start of a paragraph."""
    return frozenset(verb.words for verb in _entries("verb", LeadingVerb))


def _entries(table: str, entry_type: type[EntryType]) -> list[EntryType]:
    path = lexicon_folder() / LABELS_FILE
    try:
        return [msgspec.convert(entry, entry_type) for entry in tables_in(path)[table]]
    except (OSError, KeyError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise AttribError(f"{path}: the labels of turns cannot be read: {error}") from error
