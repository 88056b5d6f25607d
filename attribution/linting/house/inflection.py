"""Puts what a substitution writes instead into the form of the words that it replaces: *claimed*, *said*."""

from __future__ import annotations

from collections.abc import Sequence

from attribution.linting.edits import with_case_of
from attribution.records import Token

INFLECTED_VERBS = frozenset({"VBD", "VBZ", "VBG", "VBN"})
INFLECTED_NOUNS = frozenset({"NNS", "NNPS"})


def in_form_of(words: Sequence[Token], head: Token, entry: str, replacement: str, as_written: str) -> str:
    """The replacement in the form of the words found, which are an entry of a rule and ``as_written`` in the draft.

    The first word of the replacement takes the form of a verb, its last that of a noun. An entry that is itself
    inflected has a replacement that is.
    """
    return with_case_of(as_written, _inflected(words, head, entry, replacement, as_written))


def _inflected(words: Sequence[Token], head: Token, entry: str, replacement: str, as_written: str) -> str:
    is_verb = head.xpos in INFLECTED_VERBS
    is_own_form = as_written.lower() == entry.lower() and head.text.lower() != head.lemma.lower()
    if is_own_form or not (is_verb or head.xpos in INFLECTED_NOUNS) or head not in words:
        return replacement
    # Its tables load only for a draft with such a finding.
    from lemminflect import getInflection

    parts = replacement.split(" ")
    place = 0 if is_verb else -1
    tag = head.xpos.replace("NNPS", "NNS")
    forms = getInflection(parts[place], tag)
    if forms:
        parts[place] = forms[0]
    return " ".join(parts)
