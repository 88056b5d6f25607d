"""Find mentions: the names, noun phrases and pronouns of a draft that may be a source or refer to one.

A mention's core is its head with determiner, adjectives, titles and the parts of a name, without clauses and
apposition. Names are read from adjacent words, as parsers make most errors inside them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from attribution.extraction import long_names, phrases
from attribution.extraction.joint_names import joint_bodies
from attribution.extraction.mention import (
    CARDINALS,
    FEMALE_PRONOUNS,
    INDEFINITE_PRONOUNS,
    MALE_PRONOUNS,
    NEUTER_PRONOUNS,
    PLURAL_PRONOUNS,
    THIRD_PERSON,
    Being,
)
from attribution.extraction.mention import Gender as Gender
from attribution.extraction.mention import Mention as Mention
from attribution.extraction.name_words import NameWords
from attribution.extraction.names import Name
from attribution.extraction.sentence_view import SentenceView
from attribution.extraction.span_index import SpanIndex
from attribution.ingest.labels import part_of
from attribution.lexicon import Lexicon
from attribution.parsing import Doc, Tree
from attribution.records import BlockKind, Quotation, Span

_INSIDE = frozenset(
    {"compound", "flat", "fixed", "goeswith", "amod", "det", "nummod", "case", "cc", "mark", "punct", "advmod", "aux"}
    | {"cop", "discourse", "expl"}
)
"""Relations of words that do not head a mention."""

_HEADS = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"})
"""Tags of words that may head a mention."""


def find_mentions(
    doc: Doc,
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    given: Mapping[tuple[int, int], Collection[int]] = MappingProxyType({}),
) -> list[Mention]:
    """All mentions of the draft in text order; a coordination comes right after its first part.

    ``given`` are the sources of attributions, which are mentions however they are parsed: for each sentence and head,
    the tokens that the mention is limited to.
    """
    outer = [quotation for quotation in quotations if quotation.parent is None]
    limits: dict[int, dict[int, frozenset[int]]] = {}
    for (sentence, head), tokens in given.items():
        limits.setdefault(sentence, {})[head] = frozenset(tokens)
    words = NameWords(lexicon)
    near = SpanIndex((part, quotation) for quotation in outer for part in quotation.parts)
    found: list[Mention] = []
    for position, tree in enumerate(doc.trees):
        view = SentenceView(position, tree, near, words, limits.get(position, {}))
        if position not in limits and _is_letter(doc, tree):
            continue
        in_headline = doc.block_kind(tree.sentence) is BlockKind.HEADLINE
        for mention in _mentions_of(view):
            found.append(msgspec.structs.replace(mention, number=len(found), heading=view.heading or in_headline))
    plain = [mention.name for mention in found if mention.name is not None and mention.determiner is None]
    surnames = {name.surname[-1] for name in plain if len(name.keys) > 1}
    members = {mention.name.keys[-1] for mention in found if mention.name is not None and mention.being == "people"}
    members -= {surname + "s" for surname in surnames}  # the Longmuirs are no party
    callings = _callings(doc)
    persons = _names_of_persons(found)
    bodies = lexicon.words_for("known-body")
    return [
        _as_member(
            _as_surname(
                _of_a_person(_with_calling(mention, callings), persons, bodies), doc.trees[mention.sentence], surnames
            ),
            members,
        )
        for mention in found
    ]


def _is_letter(doc: Doc, tree: Tree) -> bool:
    """Whether a sentence is a label without a name (*Q:*, *Host:*)."""
    return (
        doc.block_kind(tree.sentence) is BlockKind.SPEAKER and part_of(tree.sentence.text.rstrip(" .:)-–—")) is not None
    )


def _callings(doc: Doc) -> frozenset[str]:
    """The lower-case nouns that the draft uses with *the* (*the sculptor*)."""
    return frozenset(
        tree.forms[index]
        for tree in doc.trees
        for index, token in enumerate(tree.tokens)
        if index and token.upos == "NOUN" and token.text.islower() and tree.forms[index - 1] == "the"
    )


def _with_calling(mention: Mention, callings: Collection[str]) -> Mention:
    """The mention with its first word as an office, if the draft also uses that as a noun (*Sculptor Ada Fisk*)."""
    name = mention.name
    if (
        name is None
        or len(name.keys) < 3
        or mention.determiner is not None
        or mention.being not in ("person", "unknown")
    ):
        return mention
    if name.keys[0] not in callings:
        return mention
    office = (*mention.office, name.keys[0])
    shorter = Name(name.words[1:], (*name.titles, name.keys[0]))
    return msgspec.structs.replace(mention, name=shorter, office=office, being="person", plural=False)


def _as_member(mention: Mention, members: Collection[str]) -> Mention:
    """The mention as a noun, if its name is the singular of a people's or party's (*the Alabama Republican*)."""
    name = mention.name
    if name is None or mention.determiner is None or len(name.keys) > 2 or name.keys[-1] + "s" not in members:
        return mention
    office = (*mention.office, *name.keys)
    return msgspec.structs.replace(
        mention, form="noun", name=None, being="person", office=office, plural=False, word=name.keys[-1]
    )


def _names_of_persons(found: Iterable[Mention]) -> frozenset[str]:
    """The first and last words of the full names that may be people's."""
    words: set[str] = set()
    for mention in found:
        name = mention.name
        if name is not None and name.given and mention.being in ("person", "unknown"):
            words.add(name.surname[-1])
            words.update(name.given[:1] if mention.being == "person" else ())
    return frozenset(words)


def _of_a_person(mention: Mention, persons: Collection[str], bodies: Collection[str]) -> Mention:
    """The mention as a name of unknown kind, if it is a state's or body's and a person of the draft has it too."""
    if mention.name is None or mention.name.keys[-1] not in persons or len(mention.name.keys) > 1:
        return mention
    if mention.being != "state" and mention.name.text not in bodies:
        return mention
    return msgspec.structs.replace(mention, being="unknown", plural=None)  # Ada Jordan said; Jordan added


def _as_surname(mention: Mention, tree: Tree, surnames: Collection[str]) -> Mention:
    """The mention as a name, if it is a capitalised word that the draft uses as a surname (*Stone*)."""
    word = tree.tokens[mention.head].text
    if mention.being == "people" and mention.name is not None and mention.name.keys[-1] in surnames:
        return msgspec.structs.replace(mention, being="unknown", plural=None)  # Summers, tagged as a plural
    if mention.form != "noun" or len(mention.tokens) > 1 or not word[0].isupper():
        return mention
    if word.lower() not in surnames:
        return mention
    return msgspec.structs.replace(
        mention, form="name", name=Name((word,)), being="unknown", office=(), kind=None, plural=None
    )


def _mentions_of(view: SentenceView) -> list[Mention]:
    """The mentions of one sentence in text order; a coordination comes right after its first part."""
    taken: set[int] = set()
    found: list[Mention] = []
    bodies = joint_bodies(view)
    for index, token in enumerate(view.tree.tokens):
        if index in bodies:
            found.append(bodies[index])
            continue
        if token.upos not in _HEADS and index not in view.given:
            continue
        if index in taken or index in view.claimed or not _heads_mention(view, index):
            continue
        if token.upos == "PRON" or _is_indefinite(view, index):
            found.append(_pronoun(view, index))
            continue
        mention = long_names.long_title(view, index) or long_names.office_with_name(view, index)
        mention = mention or phrases.noun_phrase(view, index, phrases.core(view, index))
        if mention is None:
            continue
        if mention.form == "name" or len(mention.tokens) > 1:
            taken.update(index for index in mention.tokens if view.tree.tokens[index].upos == "PROPN")
        found.append(mention)
    if view.conjuncts:
        found += [group for mention in found if (group := _coordination(view, mention, found)) is not None]
    return sorted(found, key=lambda mention: (mention.span.start, mention.form == "group", mention.span.end))


def _heads_mention(view: SentenceView, index: int) -> bool:
    if index in view.given:
        return True
    token = view.tree.tokens[index]
    if token.relation == "nmod:desc":
        return False
    relation = view.tree.relations[index][1]
    if token.upos in ("NOUN", "PROPN"):
        return relation not in _INSIDE or (token.upos == "PROPN" and relation == "advmod")
    if token.upos == "PRON":
        return relation not in ("expl",) or token.text.lower() in THIRD_PERSON
    if token.upos in ("ADJ", "NUM", "DET"):
        return relation in ("nsubj", "obj", "iobj", "obl", "nmod") and (
            _is_indefinite(view, index) or view.determiner(index) is not None
        )
    return False


def _is_indefinite(view: SentenceView, index: int) -> bool:
    token = view.tree.tokens[index]
    word = token.text.lower()
    return token.upos in ("PRON", "DET", "ADJ", "NOUN", "NUM") and (
        (word in INDEFINITE_PRONOUNS and view.determiner(index) is None) or word in CARDINALS
    )


def _pronoun(view: SentenceView, index: int) -> Mention:
    token = view.tree.tokens[index]
    word = token.text.lower()
    being: Being = "unknown"
    gender, plural = None, None
    if word in MALE_PRONOUNS:
        being, gender, plural = "person", Gender.MALE, False
    elif word in FEMALE_PRONOUNS:
        being, gender, plural = "person", Gender.FEMALE, False
    elif word in NEUTER_PRONOUNS:
        plural = False
    elif word in PLURAL_PRONOUNS:
        plural = True
    return Mention(
        number=0,
        sentence=view.position,
        head=index,
        tokens=(index,),
        span=token.span,
        form="pronoun",
        being=being,
        plural=plural,
        gender=gender,
        word=word,
        relation=token.relation,
        quotation=view.quotation_of(index),
    )


def _coordination(view: SentenceView, mention: Mention, found: Sequence[Mention]) -> Mention | None:
    """*Smith and Jones* as one mention, beside its parts."""
    if mention.form == "pronoun" or mention.head not in view.conjuncts:
        return None
    heads = [mention.head, *view.conjuncts[mention.head]]
    parts = [part for head in heads for part in found if part.head == head]
    if len(parts) < 2 or len(parts) != len(heads):
        return None
    joiners = (view.tree.forms[child] for head in heads for child in view.tree.children(head, "cc"))
    if "and" not in joiners:
        return None
    parts.sort(key=lambda part: part.span.start)
    tokens = tuple(range(parts[0].tokens[0], parts[-1].tokens[-1] + 1))
    if any(
        view.tree.tokens[index].upos == "VERB" and index not in {i for part in parts for i in part.tokens}
        for index in tokens
    ):
        return None
    persons = all(part.being in ("person", "unknown", "people") for part in parts)
    organisations = all(part.being in ("organisation", "outlet", "unknown") for part in parts)
    return Mention(
        number=0,
        sentence=view.position,
        head=mention.head,
        tokens=tokens,
        span=Span(parts[0].span.start, parts[-1].span.end),
        form="group",
        being="people" if persons else "organisation" if organisations else "thing",
        plural=True,
        relation=mention.relation,
        quotation=mention.quotation,
        parts=tuple(part.head for part in parts),
    )
