"""The people that a sentence mentions."""

from __future__ import annotations

from attribution.extraction.mentions import Gender, Mention
from attribution.extraction.names import same_person
from attribution.linting.context import Context
from attribution.records import Sentence

PRONOUN_GENDERS = {"he": Gender.MALE, "she": Gender.FEMALE}
"""Pronouns that refer to a single person."""


def people_in(context: Context, sentence: Sentence) -> list[Mention]:
    """The individual people that the sentence mentions by name or noun outside quotation marks, each once."""
    tree = context.tree(sentence)
    found: list[Mention] = []
    for mention in context.mentions_in(sentence):
        if mention.being != "person" or mention.form not in ("name", "noun") or mention.plural or mention.quotation:
            continue
        beside = tree.matches(mention.head, "appos", "nmod:poss", "flat", "compound")
        if not beside and not any(_are_one(mention, other) for other in found):
            found.append(mention)
    return found


def gender_of(context: Context, sentence: Sentence, mention: Mention) -> Gender | None:
    """The gender told by the mention, by an apposition to it, or by another mention of the surname; otherwise None."""
    if mention.gender is not None:
        return mention.gender
    beside = set(context.tree(sentence).children(mention.head, "appos"))
    names = [mention.name] if mention.name is not None else []
    for other in context.mentions_in(sentence):
        if other.head in beside and other.gender is not None:
            return other.gender
        if other.head in beside and other.name is not None:
            names.append(other.name)
    known = context.kept(_of_known_gender)
    alike = {number: other for name in names for number, other in known.get(name.surname, ())}
    for _, other in sorted(alike.items()):
        if other.name is not None and any(
            other.name.surname == name.surname and same_person(other.name, name) for name in names
        ):
            return other.gender
    return None


def _of_known_gender(context: Context) -> dict[tuple[str, ...], list[tuple[int, Mention]]]:
    """The mentions by name that tell a gender, by surname, each with its number in the draft."""
    found: dict[tuple[str, ...], list[tuple[int, Mention]]] = {}
    mentions = (mention for sentence in context.sentences for mention in context.mentions_in(sentence))
    for number, mention in enumerate(mentions):
        if mention.gender is not None and mention.name is not None:
            found.setdefault(mention.name.surname, []).append((number, mention))
    return found


def _are_one(mention: Mention, other: Mention) -> bool:
    return mention.name is not None and other.name is not None and same_person(mention.name, other.name)
