"""Which kinds of nouns and which pronouns stand for people and for others who speak: a name for each meaning.

A kind is what ``frames.source_kind`` gives: that of a source noun in the lexicon, or a phrase class (``name``,
``pronoun:they``).
"""

from __future__ import annotations

from collections.abc import Iterable


def pronoun_kinds(words: Iterable[str]) -> frozenset[str]:
    """The kinds of pronouns."""
    return frozenset(f"pronoun:{word}" for word in words)


SUBJECT_PRONOUNS = frozenset({"i", "we", "you", "he", "she", "they", "who"})
"""Pronouns for people as subjects."""

OBJECT_PRONOUNS = frozenset({"me", "us", "him", "her", "them"})
"""Pronouns for people as objects, without *you*, which is also a subject."""

OFFICES = frozenset({"role", "official"})
"""Nouns for somebody by an office or a role (*mayor*, *officials*)."""

PEOPLE = OFFICES | {"anonymous"}
"""Nouns for somebody, named by an office or by nothing (*a source*)."""

QUOTABLE = PEOPLE | {"name", "organisation", "outlet", "vague-collective"}
"""Nouns for those whose words are quoted: people, bodies, media, crowds."""

AGENTS = QUOTABLE | {"document"} | pronoun_kinds(OBJECT_PRONOUNS) | pronoun_kinds(("many", "some"))
"""Nouns after *by* that can be speakers; others tell how or when (*by June*)."""

ACTING_SUBJECTS = PEOPLE | {"name", "organisation"} | pronoun_kinds(SUBJECT_PRONOUNS)
"""Subjects that act, rather than convey something by being read."""

PEOPLE_AS_OBJECTS = PEOPLE | {"name"} | pronoun_kinds(OBJECT_PRONOUNS)
"""Objects that are people, and so nothing that is said."""

SPEAKING_SUBJECTS = (
    QUOTABLE
    | {"document", "platform", "adj", "num"}
    | pronoun_kinds(SUBJECT_PRONOUNS)
    | pronoun_kinds(("some", "many", "others", "all", "both"))
)
"""Subjects that can say something, documents and platforms among them."""
