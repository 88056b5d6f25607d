"""Questions that several rules ask about the people whom an article mentions."""

from __future__ import annotations

from attribution.extraction.mentions import Gender, Mention
from attribution.extraction.names import same_person
from attribution.linting.context import Context
from attribution.records import Sentence

PRONOUN_GENDERS = {"he": Gender.MALE, "she": Gender.FEMALE}
"""Pronouns that stand for one person."""


def people_in(context: Context, sentence: Sentence) -> list[Mention]:
    """The single persons whom the sentence mentions by name or noun outside quotation marks, each once."""
    tree = context.tree(sentence)
    found: list[Mention] = []
    for one in context.mentions_in(sentence):
        if one.being != "person" or one.form not in ("name", "noun") or one.plural or one.quotation:
            continue
        if tree.matches(one.head, "appos", "nmod:poss", "flat", "compound") or any(_are_one(one, has) for has in found):
            continue
        found.append(one)
    return found


def gender_of(context: Context, sentence: Sentence, mention: Mention) -> Gender | None:
    """The gender that the mention tells, or an apposition to it, or another mention of the surname; else None."""
    if mention.gender is not None:
        return mention.gender
    tree = context.tree(sentence)
    beside = set(tree.children(mention.head, "appos"))
    names = [mention.name] if mention.name is not None else []
    for one in context.mentions_in(sentence):
        if one.head in beside and one.gender is not None:
            return one.gender
        if one.head in beside and one.name is not None:
            names.append(one.name)
    for other in context.sentences:
        for one in context.mentions_in(other):
            if one.gender is not None and one.name is not None:
                if any(one.name.surname == name.surname and same_person(one.name, name) for name in names):
                    return one.gender
    return None


def _are_one(mention: Mention, other: Mention) -> bool:
    return mention.name is not None and other.name is not None and same_person(mention.name, other.name)
