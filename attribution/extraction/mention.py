"""The record of a mention: a name, noun phrase or pronoun that may be a source or refer to one."""

from __future__ import annotations

import re
from enum import Enum
from typing import Literal

import msgspec

from attribution.extraction.names import Name
from attribution.lexicon import SourceNounKind
from attribution.parsing import Tree
from attribution.records import Span

Form = Literal["name", "noun", "pronoun", "group"]
"""The form of a mention; a group is a coordination (*Smith and Jones*)."""

Being = Literal[
    "person", "organisation", "outlet", "document", "people", "platform", "place", "state", "thing", "unknown"
]
"""What a mention refers to, as far as grammar and lexicon tell. (Strings, as enum members are slow to compare.)"""


class Gender(Enum):
    """The pronoun, *she* or *he*, that refers to somebody."""

    FEMALE = "female"
    MALE = "male"


FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})

SECOND_PERSON = frozenset({"you", "your", "yours", "yourself", "yourselves"})

MALE_PRONOUNS = frozenset({"he", "him", "his", "himself"})

FEMALE_PRONOUNS = frozenset({"she", "her", "hers", "herself"})

NEUTER_PRONOUNS = frozenset({"it", "its", "itself"})

PLURAL_PRONOUNS = frozenset({"they", "them", "their", "theirs", "themselves", "themself"})

THIRD_PERSON = MALE_PRONOUNS | FEMALE_PRONOUNS | NEUTER_PRONOUNS | PLURAL_PRONOUNS

REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves", "themself"})

RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})

INDEFINITE_PRONOUNS = frozenset(
    {"someone", "somebody", "anyone", "anybody", "everyone", "everybody", "nobody", "no-one", "none", "one", "another"}
    | {"some", "many", "few", "most", "several", "others", "other", "all", "both", "each", "any", "either", "neither"}
    | {"something", "everything", "nothing", "anything"}
)
"""Pronouns and quantifiers that refer to nobody in particular."""

CARDINALS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds"})

DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})


class Mention(msgspec.Struct, frozen=True):
    """One mention. ``tokens`` is its core; ``sentence`` counts sentences, ``number`` mentions, both in text order.

    ``office`` are the words that say what the mention is (title or noun with its modifiers, lower case); for names, the
    words before the name. ``possessor`` and the tokens of other mentions are head indices in the sentence.
    ``quotation`` is the outermost quotation around the mention. In a ``heading`` most words are capitalised,
    so that the end of a name is uncertain. ``crowd`` marks a bare plural for nobody in particular (*analysts*).
    """

    number: int
    sentence: int
    head: int
    tokens: tuple[int, ...]
    span: Span
    form: Form
    being: Being
    plural: bool | None = None
    gender: Gender | None = None
    name: Name | None = None
    office: tuple[str, ...] = ()
    kind: SourceNounKind | None = None
    crowd: bool = False
    determiner: str | None = None
    possessor: int | None = None
    word: str = ""
    relation: str = ""
    quotation: str | None = None
    parts: tuple[int, ...] = ()
    heading: bool = False

    @property
    def definite(self) -> bool:
        """Whether the phrase is definite: *the*, *this* or a possessor precedes it."""
        return self.determiner in DEMONSTRATIVES or self.determiner == "the" or self.possessor is not None

    @property
    def bare(self) -> bool:
        """Whether the phrase has no determiner (*officials*)."""
        return self.determiner is None and self.possessor is None


_AGE = re.compile(r"(\d{1,3})-?years?-?old$")


def age_of(mention: Mention, tree: Tree) -> int | None:
    """The age that the mention gives (*the 60-year-old*), or None."""
    if not tree.tokens[mention.tokens[-1]].text.endswith("old"):
        return None
    text = "".join(tree.tokens[index].text for index in mention.tokens[-5:])
    found = _AGE.search(text)
    return int(found.group(1)) if found else None
