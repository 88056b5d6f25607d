"""Mentions: the names, noun phrases and pronouns of a draft that may speak or stand for one who does.

A mention's core is its head with determiner, adjectives, titles and the parts of a name, without clauses and
apposition. Names are read from adjoining words rather than from the inside of the tree, where parsers err most.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import msgspec

from attribution.extraction.names import (
    BODY_WORDS,
    OUTLET_WORDS,
    PARTICLES,
    POSTNOMINALS,
    SUFFIXES,
    TIME_WORDS,
    Name,
    split_titles,
)
from attribution.extraction.retagging import MODAL_NAMES
from attribution.extraction.span_index import SpanIndex
from attribution.lexicon import Lexicon, SourceNoun, SourceNounKind
from attribution.parsing import Doc, Tree
from attribution.records import BlockKind, Quotation, Span

Form = Literal["name", "noun", "pronoun", "group"]
"""How a mention names what it stands for; a group is a coordination (*Smith and Jones*)."""

Being = Literal["person", "organisation", "outlet", "document", "people", "platform", "place", "thing", "unknown"]
"""What a mention stands for, as far as grammar and lexicon tell. (Words, as enumerations are slow to compare.)"""


class Gender(Enum):
    """Which of *she* and *he* stands for somebody."""

    FEMALE = "female"
    MALE = "male"


FEMALE_KIN = frozenset(
    {"wife", "mother", "daughter", "sister", "aunt", "niece", "widow", "girlfriend", "grandmother", "mum", "mom"}
    | {"woman", "girl", "lady", "queen", "princess", "actress", "duchess", "bride", "nun", "granddaughter"}
)
MALE_KIN = frozenset(
    {"husband", "father", "son", "brother", "uncle", "nephew", "widower", "boyfriend", "grandfather", "dad"}
    | {"man", "boy", "gentleman", "king", "prince", "actor", "duke", "monk", "grandson"}
)
"""Nouns with natural gender, a closed class of English (Quirk et al. 1985, 5.105-106); compounds end in them."""

KIN = frozenset(
    {"partner", "parent", "child", "cousin", "relative", "friend", "fiancé", "fiancée", "spouse", "sibling", "twin"}
)
"""Nouns of relation that tell no gender."""

_PERSON_ENDING = re.compile(r"(?:person|man|woman|ist|ian|eer|ologist|ographer|yer|or|er|ee|ant)$")
"""Endings of agent nouns (Marchand 1969); used only for a noun the lexicon does not hold, and only in speech."""

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
"""Pronouns and quantifiers that stand for nobody in particular."""

CARDINALS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds"})

QUANTITIES = frozenset(
    {"percent", "percentage", "number", "majority", "minority", "half", "third", "two-third", "quarter", "handful"}
    | {"dozen", "dozens", "hundred", "thousand", "million", "lot", "couple", "pair", "trio", "series", "rest", "range"}
    | {"hundreds", "thousands", "millions", "scores", "share", "proportion", "plurality", "variety", "array", "string"}
)
"""Nouns that only count what *of* names."""

TAKING_IN = frozenset(
    {"share", "stake", "stock", "investment", "investor", "interest", "confidence", "trust", "faith", "belief"}
)
"""Nouns whose *in* tells no place."""

PREPOSITIONS = frozenset({"amid", "amidst", "despite", "per", "via", "versus", "vs", "plus", "minus", "unlike", "sans"})
"""Rarer prepositions, which parsers take for adjectives and nouns; no noun phrase reaches over them."""

DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})

_INSIDE = frozenset(
    {"compound", "flat", "fixed", "goeswith", "amod", "det", "nummod", "case", "cc", "mark", "punct", "advmod", "aux"}
    | {"cop", "discourse", "expl"}
)
"""Relations of words that head no mention of their own."""

_CORE = frozenset({"det", "amod", "compound", "nummod", "flat", "goeswith", "fixed", "advmod", "punct", "obl"})
_HEADS = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"})
"""Tags of words that may head a mention."""

_APPOSED = re.compile(r"appos(?::|$)|nmod:unmarked$")

OFFICE_PREPOSITIONS = frozenset({"of", "to", "for", "at", "in", "on"})
"""What joins an office and whose it is (*Ambassador to Norland*)."""

OFFICE_SMALL_WORDS = frozenset({"of", "to", "for", "at", "in", "on", "the", "and", "&"})

DASHES = frozenset({"—", "–", "--", "-", "―"})


class Mention(msgspec.Struct, frozen=True):
    """One mention. ``tokens`` is its core; ``sentence`` counts sentences, ``number`` mentions, both in text order.

    ``office`` are the words that tell what the mention is (title or noun with its modifiers, lower case), for names
    what stands before the name. ``possessor`` and the tokens of other mentions are head indices in the sentence.
    ``quotation`` is the outermost quotation around the mention. In a ``heading`` most words have capitals, so that
    names end nobody knows where. ``crowd`` marks a bare plural that stands for nobody in particular (*analysts*).
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
        """Whether the phrase points at something known: *the*, *this* or a possessor before it."""
        return self.determiner in DEMONSTRATIVES or self.determiner == "the" or self.possessor is not None

    @property
    def bare(self) -> bool:
        """Whether nothing determines the phrase (*officials*)."""
        return self.determiner is None and self.possessor is None


def find_mentions(
    doc: Doc,
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    given: Mapping[tuple[int, int], Collection[int]] = MappingProxyType({}),
) -> list[Mention]:
    """All mentions of the draft in text order; a coordination comes right after its first part.

    ``given`` are phrases known to be mentions, whatever the parser made of them (sources of attributions): by sentence
    and head, the tokens they are limited to.
    """
    outer = [quotation for quotation in quotations if quotation.parent is None]
    limits: dict[int, dict[int, frozenset[int]]] = {}
    for (sentence, head), tokens in given.items():
        limits.setdefault(sentence, {})[head] = frozenset(tokens)
    words = _NameReader(lexicon)
    near = SpanIndex((part, quotation) for quotation in outer for part in quotation.parts)
    found: list[Mention] = []
    for position, tree in enumerate(doc.trees):
        reader = _SentenceReader(position, tree, near, words, limits.get(position, {}))
        in_headline = doc.block_kind(tree.sentence) is BlockKind.HEADLINE
        for mention in reader.mentions():
            found.append(msgspec.structs.replace(mention, number=len(found), heading=reader.heading or in_headline))
    plain = [one.name for one in found if one.name is not None and one.determiner is None]
    surnames = {name.surname[-1] for name in plain if len(name.keys) > 1}
    members = {one.name.keys[-1] for one in found if one.name is not None and one.being == "people"}
    members -= {surname + "s" for surname in surnames}  # the Longmuirs are no party
    callings = _callings(doc)
    return [
        _as_member(_as_surname(_with_calling(one, callings), doc.trees[one.sentence], surnames), members)
        for one in found
    ]


def _callings(doc: Doc) -> frozenset[str]:
    """What the draft calls somebody by with *the* (*the sculptor*), in small letters."""
    return frozenset(
        tree.forms[index]
        for tree in doc.trees
        for index, token in enumerate(tree.tokens)
        if index and token.upos == "NOUN" and token.text.islower() and tree.forms[index - 1] == "the"
    )


def _with_calling(mention: Mention, callings: Collection[str]) -> Mention:
    """The mention with its first word as an office, when the draft has that as a noun, too (*Sculptor Ada Fisk*)."""
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
    """The mention as a noun when its name is the singular of a people's or party's (*the Alabama Republican*)."""
    name = mention.name
    if name is None or mention.determiner is None or len(name.keys) > 2 or name.keys[-1] + "s" not in members:
        return mention
    office = (*mention.office, *name.keys)
    return msgspec.structs.replace(
        mention, form="noun", name=None, being="person", office=office, plural=False, word=name.keys[-1]
    )


def _as_surname(mention: Mention, tree: Tree, surnames: Collection[str]) -> Mention:
    """The mention as a name when it is one capitalised word that the draft elsewhere gives as a surname (*Stone*)."""
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


class _NameReader:
    """What the lexicon says of a draft's names and titles; each is looked up once, as most come again."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.name = cache(Name)
        self.split_titles = cache(lambda words: split_titles(words, lexicon))
        self.noun_kind = cache(self._noun_kind)
        self.gender = cache(self._gender)

    def _noun_kind(self, words: tuple[str, ...]) -> SourceNounKind | None:
        """The lexicon's kind for a name that ends in a noun, or has one before *of* (*Water Agency*)."""
        lowered = [word.lower().rstrip(".,") for word in words]
        for end in ([lowered.index("of")] if "of" in lowered[1:] else []) + [len(lowered)]:
            for noun in self.lexicon.source_nouns_of(lowered[end - 1]):
                size = len(noun.words.split())
                if tuple(noun.words.split()) == tuple(lowered[max(0, end - size) : end]):
                    return noun.kind
        for word in ("for", "on"):
            if word in lowered[1:]:
                kind = self.noun_kind(tuple(lowered[: lowered.index(word)]))
                if kind is not None:
                    return kind
        return None

    def _gender(self, office: tuple[str, ...]) -> Gender | None:
        for size in range(len(office), 0, -1):
            title = self.lexicon.title(" ".join(office[-size:]))
            if title is not None and title.gender is not None:
                return Gender(title.gender)
        for word in reversed(office):
            if word in FEMALE_KIN or word.endswith(("woman", "girl")):
                return Gender.FEMALE
            if word in MALE_KIN or (word.endswith(("man", "boy")) and not word.endswith("human")):
                return Gender.MALE
        return None


class _SentenceReader:
    """Reads the mentions of one sentence."""

    def __init__(
        self,
        position: int,
        tree: Tree,
        quotations: SpanIndex[Quotation],
        words: _NameReader,
        given: Mapping[int, frozenset[int]],
    ) -> None:
        self.given = given
        self.position = position
        self.tree = tree
        self.words = words
        self.lexicon = words.lexicon
        self.near = list({one.id: one for one in quotations.overlapping(tree.sentence.span)}.values())
        letters = [text for token in tree.tokens if len(text := token.text) > 1 and text.isalpha()]
        capitals = sum(word[0].isupper() for word in letters)
        self.heading = capitals > 0.7 * len(letters) and any(
            token.text[:1].isupper() for token in tree.tokens[1:] if token.upos not in ("PROPN", "PRON")
        )
        self.shouting = (
            len(letters) > 2
            and capitals > len(letters) / 2
            and sum(word.isupper() for word in letters) > len(letters) / 2
        )
        self.claimed: set[int] = set()
        self.conjuncts: dict[int, list[int]] = {}
        for token in tree.tokens:
            if token.relation == "conj" or token.relation.startswith("conj:"):
                self.conjuncts.setdefault(self._head_of_name(token.head), []).append(token.index)

    def _head_of_name(self, index: int) -> int:
        """The first word of the name that the word is a later part of."""
        while index >= 0 and self.tree.matches(index, "flat"):
            index = self.tree.tokens[index].head
        return index

    def mentions(self) -> list[Mention]:
        taken: set[int] = set()
        found: list[Mention] = []
        for index, token in enumerate(self.tree.tokens):
            if token.upos not in _HEADS and index not in self.given:
                continue
            if index in taken or index in self.claimed or not self._heads_mention(index):
                continue
            if token.upos == "PRON" or self._is_indefinite(index):
                found.append(self._pronoun(index))
                continue
            mention = self._long_title(index) or self._office_with_name(index)
            mention = mention or self._joint_body(index) or self._noun_phrase(index, self._core(index))
            if mention is None:
                continue
            if mention.form == "name" or len(mention.tokens) > 1:
                taken.update(index for index in mention.tokens if self.tree.tokens[index].upos == "PROPN")
            found.append(mention)
        if self.conjuncts:
            found += [group for mention in found if (group := self._coordination(mention, found)) is not None]
        return sorted(found, key=lambda mention: (mention.span.start, mention.form == "group", mention.span.end))

    def _quotation_of(self, index: int) -> str | None:
        """The quotation that the token stands in."""
        if not self.near:
            return None
        span = self.tree.tokens[index].span
        return next((one.id for one in self.near if any(part.covers(span) for part in one.parts)), None)

    def _heads_mention(self, index: int) -> bool:
        if index in self.given:
            return True
        token = self.tree.tokens[index]
        if token.relation == "nmod:desc":
            return False
        relation = token.relation.split(":")[0]
        if token.upos in ("NOUN", "PROPN"):
            return relation not in _INSIDE or (token.upos == "PROPN" and relation == "advmod")
        if token.upos == "PRON":
            return relation not in ("expl",) or token.text.lower() in THIRD_PERSON
        if token.upos in ("ADJ", "NUM", "DET"):
            return relation in ("nsubj", "obj", "iobj", "obl", "nmod") and (
                self._is_indefinite(index) or self._determiner(index) is not None
            )
        return False

    def _is_indefinite(self, index: int) -> bool:
        token = self.tree.tokens[index]
        word = token.text.lower()
        return token.upos in ("PRON", "DET", "ADJ", "NOUN", "NUM") and (
            (word in INDEFINITE_PRONOUNS and self._determiner(index) is None) or word in CARDINALS
        )

    def _determiner(self, index: int) -> str | None:
        child = self.tree.child(index, "det")
        return None if child is None else self.tree.tokens[child].text.lower()

    # ------------------------------------------------------------------------------------------------------ pronouns

    def _pronoun(self, index: int) -> Mention:
        token = self.tree.tokens[index]
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
            sentence=self.position,
            head=index,
            tokens=(index,),
            span=token.span,
            form="pronoun",
            being=being,
            plural=plural,
            gender=gender,
            word=word,
            relation=token.relation,
            quotation=self._quotation_of(index),
        )

    # -------------------------------------------------------------------------------------------------- noun phrases

    def _core(self, head: int) -> list[int]:
        """The head and the words of its own phrase next to it, left to right."""
        tokens = self.tree.tokens
        chosen = {head}
        waiting = [head]
        while waiting:
            here = waiting.pop()
            for child in self.tree.children(here):
                relation = tokens[child].relation
                base = relation if ":" not in relation else relation.split(":")[0]
                if relation == "nmod:poss" and child < here:
                    chosen.update(self.tree.subtree(child))
                elif relation == "nmod:desc" or base in _CORE:
                    if base == "punct" and not self._joins(child):
                        continue
                    if base == "amod" and child > here and not tokens[child].text[0].isupper():
                        continue
                    if base in ("advmod", "obl") and (child > head or tokens[here].upos not in ("ADJ", "NUM", "VERB")):
                        continue
                    if base == "det" and child > head:
                        continue
                    chosen.add(child)
                    waiting.append(child)
        self._add_neighbours(head, chosen)
        self._add_tight_apposition(head, chosen)
        chosen -= self.claimed - {head}
        if head in self.given:
            chosen = {index for index in chosen if index in self.given[head]} | self._given_before(head)
        if len(chosen) == 1:
            return [head]
        left = right = head
        while left - 1 in chosen and self.tree.tokens[left - 1].text.lower() not in PREPOSITIONS:
            left -= 1
        while right + 1 in chosen:
            right += 1
        return list(range(left, right + 1))

    def _given_before(self, head: int) -> set[int]:
        """The tokens of a given phrase before its head, as far as no comma, verb or preposition parts them."""
        found: set[int] = set()
        index = head - 1
        while index in self.given[head]:
            token = self.tree.tokens[index]
            if token.upos in ("ADP", "SCONJ", "CCONJ", "AUX") or (token.upos == "PUNCT" and not self._joins(index)):
                break
            found.add(index)
            index -= 1
        return found

    def _joins(self, index: int) -> bool:
        """Whether the token is a hyphen or the like between two words without a space."""
        tokens = self.tree.tokens
        return (
            0 < index < len(tokens) - 1
            and tokens[index].text in ("-", "–", "/", ".", "&")
            and tokens[index - 1].end == tokens[index].start
            and tokens[index].end == tokens[index + 1].start
        )

    def _add_neighbours(self, head: int, chosen: set[int]) -> None:
        """Take in names next to a name that hang on the same word in the same way, and "&" and "and" of firms."""
        tokens = self.tree.tokens
        if tokens[head].upos != "PROPN":
            return
        for step in (-1, 1):
            here = head + step
            while 0 <= here < len(tokens) and (here in chosen or self._same_place(here, here - step)):
                chosen.add(here)
                here += step
            if 0 < here < len(tokens) - 1 and tokens[here].text == "&" and tokens[here + step].upos == "PROPN":
                chosen.update((here, here + step))

    def _same_place(self, index: int, neighbour: int) -> bool:
        token, other = self.tree.tokens[index], self.tree.tokens[neighbour]
        return (
            token.upos == other.upos == "PROPN"
            and token.head == other.head
            and token.relation == other.relation
            and token.relation != "conj"
            and token.text.lower() not in TIME_WORDS
        )

    def _add_tight_apposition(self, head: int, chosen: set[int]) -> None:
        """Take in a name that follows its noun without a comma (*his successor Zhdar*)."""
        tokens = self.tree.tokens
        if tokens[head].upos not in ("NOUN", "PROPN"):
            return
        names = [
            child
            for child in self.tree.children(head)
            if child > head and tokens[child].upos == "PROPN" and _APPOSED.match(tokens[child].relation)
        ]
        if head + 1 < len(tokens):
            beside = tokens[head + 1]
            same = beside.head == tokens[head].head and beside.relation == tokens[head].relation != "conj"
            if beside.upos == "PROPN" and (same or self._is_role_before_name(head)):
                names.append(head + 1)
        for child in names:
            inner = set(self._core(child))
            if min(inner) - 1 in chosen and tokens[min(inner)].upos == "PROPN":
                chosen.update(inner)

    def _is_role_before_name(self, head: int) -> bool:
        """Whether a role stands right before a name, however the parser joined them (*maths teacher Ada Kern said*)."""
        tokens = self.tree.tokens
        beside = tokens[head + 1]
        if tokens[head].xpos != "NN" or not beside.text[0].isupper() or self.tree.children(head + 1, "case", "det"):
            return False
        if not self.tree.matches(head + 1, "vocative", "dep", "appos", "nmod", "flat", "list"):
            return False
        return self._office_kind((tokens[head].text.lower(),)) in ("role", "official", "anonymous")

    def _noun_phrase(self, head: int, core: list[int]) -> Mention | None:
        tokens = self.tree.tokens
        own = self._without_possessor(core)
        determiner = None
        words = []
        for index in own:
            upos = tokens[index].upos
            if upos == "DET":
                determiner = determiner or tokens[index].text.lower()
            elif upos != "PUNCT" or self._joins(index):
                words.append(index)
        if not words:
            return None
        if tokens[head].upos == "PROPN" and head in words:
            names = (tokens[index].text.lower() for index in words if tokens[index].upos == "PROPN")
            if all(name.rstrip(".") in TIME_WORDS for name in names):
                return None
        name_tokens = self._name_tokens(words, head)
        before = [index for index in words if index < name_tokens[0]] if name_tokens else words
        titles: tuple[str, ...] = ()
        name_words: tuple[str, ...] = ()
        if name_tokens:
            titles, name_words = self.words.split_titles(tuple(self._joined(name_tokens)))
            if len(name_words) > 1 and name_words[-1] in POSTNOMINALS:
                titles, name_words = (*titles, POSTNOMINALS[name_words[-1]]), name_words[:-1]
        office = (*(word.lower() for word in self._joined(before, lemmas=True)), *titles)
        if head in self.given and tokens[head].upos in ("VERB", "AUX") and before and before[-1] == head:
            office = (*office[:-1], _singular(tokens[head].text.lower()))  # a noun that the tagger took for a verb
        possessor = None
        for child in self.tree.children(head):
            if child < head and tokens[child].relation == "nmod:poss" and child not in words:
                possessor = child
                break
        base = Mention(
            number=0,
            sentence=self.position,
            head=head,
            tokens=tuple(core),
            span=Span(tokens[core[0]].start, tokens[core[-1]].end),
            form="noun",
            being="unknown",
            office=office,
            determiner=determiner,
            possessor=possessor,
            word=tokens[head].lemma.lower(),
            relation=tokens[head].relation,
            quotation=self._quotation_of(head),
            plural=tokens[head].xpos in ("NNS", "NNPS") or (tokens[head].xpos == "VBZ" and head in self.given),
        )
        if not name_words:
            return self._common(base, own)
        if self._is_common(base, name_words):
            word = _singular(name_words[0].lower())
            return self._common(msgspec.structs.replace(base, word=word, office=(word,)), own)
        if self.words.name(name_words).keys:
            return self._named(base, name_words, name_tokens, determiner)
        return self._common(base, own)

    def _is_common(self, base: Mention, words: Sequence[str]) -> bool:
        """Whether a name is only a common noun at the start of a sentence (*Footage*, *Police*)."""
        if len(words) != 1 or base.tokens[0] != 0 or not base.bare or self.lexicon.gender(words[0]) is not None:
            return False
        word = words[0].lower()
        nouns = [*self.lexicon.source_nouns_of(word), *self.lexicon.source_nouns_of(_singular(word))]
        return any(noun.kind != "platform" for noun in nouns)

    def _long_title(self, head: int) -> Mention | None:
        """A name after a title with *of* in it (*General of the Army Anton Berezkov*), which parsers take apart."""
        tokens = self.tree.tokens
        if head + 2 >= len(tokens) or tokens[head + 1].text.lower() != "of" or not tokens[head].text[0].isupper():
            return None
        for size in (4, 3):
            end = head + size
            if self.lexicon.title(" ".join(token.text for token in tokens[head:end])) is None:
                continue
            last = end
            while last < len(tokens) and tokens[last].upos == "PROPN" and tokens[last].text[0].isupper():
                last += 1
            if last == end:
                continue
            core = tuple(range(head, last))
            office = tuple(token.text.lower() for token in tokens[head:end])
            name = self.words.name(tuple(self._joined(range(end, last))), (office[0],))
            return Mention(
                number=0,
                sentence=self.position,
                head=head,
                tokens=core,
                span=Span(tokens[head].start, tokens[last - 1].end),
                form="name",
                being="person",
                plural=False,
                gender=self._given_gender(name),
                name=name,
                office=(office[0],),
                word=tokens[head].lemma.lower(),
                relation=tokens[head].relation,
                quotation=self._quotation_of(head),
            )
        return None

    def _office_with_name(self, head: int) -> Mention | None:
        """A name behind an office and whose it is (*Ambassador to the United States Ada Kern*, *CEO of the Trust …*).

        No comma parts the two, and parsers hang the name anywhere.
        """
        tokens = self.tree.tokens
        if head + 3 >= len(tokens) or not self._is_office_noun(head):
            return None
        last = self._end_of_capitals(head)
        start = self._start_of_name(head, last)
        if start is None:
            return None
        before = [index for index in self._core(head) if index <= head]
        own = self._without_possessor(before)
        words = [index for index in own if tokens[index].upos not in ("DET", "PUNCT")]
        titles, name_words = self.words.split_titles(tuple(self._joined(range(start, last + 1))))
        if not name_words:
            return None
        office = (*(word.lower() for word in self._joined(words, lemmas=True)), *titles)
        name = self.words.name(name_words, office)
        self.claimed.update(range(start, last + 1))
        return Mention(
            number=0,
            sentence=self.position,
            head=head,
            tokens=(*before, *range(head + 1, last + 1)),
            span=Span(tokens[before[0]].start, tokens[last].end),
            form="name",
            being="person",
            plural=False,
            gender=self.words.gender(office) or self._given_gender(name),
            name=name,
            office=tuple(word.lower() for word in self._joined(words, lemmas=True)),
            word=tokens[head].lemma.lower(),
            relation=tokens[head].relation,
            quotation=self._quotation_of(head),
        )

    def _is_office_noun(self, head: int) -> bool:
        """Whether the noun is a person's office, in the singular, with a preposition after it."""
        tokens = self.tree.tokens
        token = tokens[head]
        if token.upos not in ("NOUN", "PROPN") or token.xpos in ("NNS", "NNPS"):
            return False
        if tokens[head + 1].upos not in ("ADP", "SCONJ") or tokens[head + 1].text.lower() not in OFFICE_PREPOSITIONS:
            return False
        return self._office_kind((token.text.lower(),)) in ("role", "official") or self._is_title((token.text.lower(),))

    def _end_of_capitals(self, head: int) -> int:
        """The last word of the run of names and small words after an office."""
        tokens = self.tree.tokens
        last = head
        for token in tokens[head + 1 :]:
            small = token.text.lower() in OFFICE_SMALL_WORDS or token.text.lower() in PARTICLES
            joined = token.upos == "PUNCT" and self._joins(token.index)
            capital = token.text[0].isupper() and token.upos in ("PROPN", "NOUN", "ADJ", "VERB")
            if not (small or joined or capital or token.xpos == "POS"):
                break
            if capital:
                last = token.index
        return last

    def _start_of_name(self, head: int, last: int) -> int | None:
        """Where somebody's name starts in the capitals after an office; None when they are all whose office it is."""
        tokens = self.tree.tokens
        first = next((index for index in range(head + 2, last + 1) if tokens[index].text[0].isupper()), last)
        names = [index for index in range(first + 1, last + 1) if tokens[index].upos == "PROPN"]
        if not names or tokens[last].upos != "PROPN":
            return None
        for index in names:
            words = tuple(self._joined(range(index, last + 1)))
            if not self._may_be_person(index, last, words):
                continue
            own = tokens[index].head == head and not self.tree.children(index, "case")
            titled = self.lexicon.title(tokens[index].text) is not None and len(words) > 1
            if own or titled or (len(words) > 1 and self._opens_name(index)):
                return index
        unmarked = not self.tree.children(head, "det", "nmod:poss")
        return (
            names[-2]
            if unmarked
            and len(names) > 1
            and names[-2] + 1 == last
            and self._may_be_person(names[-2], last, tuple(self._joined(range(names[-2], last + 1))))
            else None
        )

    def _may_be_person(self, first: int, last: int, words: tuple[str, ...]) -> bool:
        """Whether capitals between an office and the next words can be a person's name: no body's, at most four."""
        tokens = self.tree.tokens
        if len(words) > 4 or tokens[first - 1].text.lower() in OFFICE_SMALL_WORDS or self.words.noun_kind(words):
            return False
        inside = tokens[first : last + 1]
        return not any(token.text.lower() in OFFICE_SMALL_WORDS or token.xpos in ("POS", "NNPS") for token in inside)

    def _opens_name(self, index: int) -> bool:
        """Whether a word is a given name, or comes after a body's noun or initials."""
        tokens = self.tree.tokens
        if self.lexicon.gender(tokens[index].text) is not None:
            return True
        before = tokens[index - 1].text
        initials = before.replace(".", "")
        return self.words.noun_kind((before,)) == "organisation" or (len(initials) > 1 and initials.isupper())

    def _joint_body(self, head: int) -> Mention | None:
        """*Devon and Marsh Police*: two places with one police force or council, which parsers take for two bodies."""
        tokens = self.tree.tokens
        last = head + 3
        if last >= len(tokens) or tokens[head + 1].text.lower() != "and" or head in self.claimed:
            return None
        parts = (tokens[head], tokens[head + 2], tokens[last])
        if any(token.upos != "PROPN" or not token.text[0].isupper() for token in parts):
            return None
        if head and tokens[head - 1].upos == "PROPN":
            return None
        following = tokens[last + 1].upos if last + 1 < len(tokens) else ""
        kinds = [self.words.noun_kind((token.text,)) for token in parts]
        if kinds[2] != "organisation" or kinds[:2] != [None, None] or following == "PROPN":
            return None
        if any(self.lexicon.gender(token.text) or self.lexicon.outlet(token.text) for token in parts[:2]):
            return None
        name = self.words.name(tuple(token.text for token in tokens[head : last + 1]))
        self.claimed.update(range(head + 1, last + 1))
        determiner = tokens[head - 1].text.lower() if head and tokens[head - 1].upos == "DET" else None
        return Mention(
            number=0,
            sentence=self.position,
            head=head,
            tokens=tuple(range(head, last + 1)),
            span=Span(tokens[head].start, tokens[last].end),
            form="name",
            being="organisation",
            name=name,
            determiner=determiner,
            word=tokens[last].lemma.lower(),
            relation=tokens[head].relation,
            quotation=self._quotation_of(head),
        )

    def _without_possessor(self, core: list[int]) -> list[int]:
        """The core less its possessor: what follows the last possessive."""
        if len(core) == 1:
            return core
        tokens = self.tree.tokens
        start = 0
        for place, index in enumerate(core[:-1]):
            if tokens[index].xpos == "PRP$" or (tokens[index].xpos == "POS" and not self._is_inside_name(core, place)):
                start = place + 1
        return core[start:]

    def _is_inside_name(self, core: list[int], place: int) -> bool:
        """Whether the possessive is part of a body's name (*the Teachers’ Union*): a plural and a body's noun."""
        tokens = self.tree.tokens
        rest = [tokens[index].text for index in core[place + 1 :]]
        owner = tokens[core[place - 1]] if place else None
        return (
            owner is not None
            and owner.text[0].isupper()
            and owner.xpos in ("NNPS", "NNS")
            and all(word[0].isupper() for word in rest)
            and self.words.noun_kind(tuple(rest)) == "organisation"
        )

    def _name_tokens(self, words: list[int], head: int) -> list[int]:
        """The capitalised words that end the phrase; none when a common noun is its last word."""
        tokens = self.tree.tokens
        start = len(words)
        last = tokens[words[-1]].text
        if last == "i" and tokens[words[-1]].upos == "PROPN":
            return words[-1:]  # the newspaper
        if last.islower() and last not in REFLEXIVES and last.rstrip(".") not in SUFFIXES:
            return []
        for place in range(len(words) - 1, -1, -1):
            token = tokens[words[place]]
            capital = any(letter.isupper() for letter in token.text) and not token.text[0].islower()
            if token.text.lower() in REFLEXIVES and start == len(words) == place + 1:
                words = words[:place]  # Cruz himself
                start = place
            elif capital and (token.upos == "PROPN" or token.xpos in ("NNP", "NNPS")):
                start = place
            elif token.text.lower() in PARTICLES and self._is_particle(words, place, start):
                start = place  # Jan van der Berg, Salim al-Marri
            elif start < len(words) and self._is_plural_owner(words, place, start):
                start = place  # Teachers’ Union
            elif start == len(words) == place + 1 and place and token.text.lower().rstrip(".") in SUFFIXES:
                start = place  # Harry Hurt III
            elif start == len(words) == place + 1 and place and capital and tokens[words[place - 1]].upos == "PROPN":
                start = place  # Breathe Clear
            elif start == len(words) or not (
                token.text in ("-", "&", ".", "/") or token.xpos == "POS" or (token.upos == "NOUN" and capital)
            ):
                break
        return words[start:]

    def _is_particle(self, words: list[int], place: int, start: int) -> bool:
        """Whether a small word stands between two parts of a name."""
        tokens = self.tree.tokens
        after = place + 2 if place + 1 < len(words) and tokens[words[place + 1]].text == "-" else place + 1
        return place > 0 and start == after < len(words) and tokens[words[place - 1]].upos == "PROPN"

    def _is_plural_owner(self, words: list[int], place: int, start: int) -> bool:
        """Whether the word is the plural before a possessive that is part of a name."""
        tokens = self.tree.tokens
        return (
            start == place + 2
            and tokens[words[place + 1]].xpos == "POS"
            and tokens[words[place]].text[0].isupper()
            and tokens[words[place]].xpos in ("NNS", "NNPS")
        )

    def _joined(self, indices: Sequence[int], *, lemmas: bool = False) -> list[str]:
        """The words of the tokens, those without a space between them as one word."""
        tokens = self.tree.tokens
        words: list[str] = []
        end = -1
        for index in indices:
            token = tokens[index]
            text = token.lemma if lemmas and token.upos == "NOUN" else token.text
            if token.start == end:
                words[-1] += text
            else:
                words.append(text)
            end = token.end
        return words

    # ----------------------------------------------------------------------------------------- what is it a name of

    def _named(self, base: Mention, words: tuple[str, ...], indices: list[int], determiner: str | None) -> Mention:
        words, tokens = self._extended(base, words, indices)
        name = self.words.name(words, base.office)
        core = tuple(sorted({*base.tokens, *tokens}))
        last = self.tree.tokens[core[-1]]
        mention = msgspec.structs.replace(
            base, form="name", name=name, tokens=core, span=Span(base.span.start, last.end), plural=None
        )
        being, gender = self._being_of_name(mention, name, determiner, indices)
        if being in ("organisation", "outlet", "document"):
            name = self._with_capitals_before(name, base, indices)
            mention = msgspec.structs.replace(mention, name=name)
        plural = True if being == "people" else False if being == "person" else None
        return msgspec.structs.replace(mention, being=being, gender=gender, plural=plural)

    def _with_capitals_before(self, name: Name, base: Mention, indices: list[int]) -> Name:
        """A body's name with the capitalised adjectives before it (***Civil** Protection Agency*)."""
        tokens = self.tree.tokens
        words = list(name.words)
        index = indices[0] - 1
        while index in base.tokens and index > 0 and tokens[index].upos in ("ADJ", "NOUN"):
            if not tokens[index].text[0].isupper() or len(name.titles) < len(words) - len(name.words) + 1:
                break
            words.insert(0, tokens[index].text)
            index -= 1
        return self.words.name(tuple(words), name.titles[: len(name.titles) - (len(words) - len(name.words))])

    def _extended(self, base: Mention, words: tuple[str, ...], indices: list[int]) -> tuple[tuple[str, ...], list[int]]:
        """A name of an institution goes on after *of* and *for* (*Institute for Fiscal Balance*)."""
        tokens = self.tree.tokens
        if base.office or self.words.noun_kind(words) not in ("organisation", "document", "outlet", None):
            return words, []
        last = indices[-1]
        if last + 1 >= len(tokens) or tokens[last + 1].text.lower() not in ("of", "for"):
            return words, []
        if len(words) > 1 and self.words.noun_kind(words) is None:
            return words, []
        child = next(
            (
                child
                for index in indices
                for child in self.tree.children(index, "nmod")
                if tokens[child].upos in ("PROPN", "NOUN") and tokens[child].text[0].isupper() and child > last
            ),
            None,
        )
        if child is None:
            return words, []
        inner = self._core(child)
        if inner[0] > last + 2 or not tokens[inner[-1]].text[0].isupper():
            return words, []
        added = list(range(last + 1, inner[-1] + 1))
        return (*words, *self._joined(added)), added

    def _being_of_name(
        self, mention: Mention, name: Name, determiner: str | None, indices: list[int]
    ) -> tuple[Being, Gender | None]:
        tokens = self.tree.tokens
        if self._is_dateline(mention):
            return "place", None
        outlet = self.lexicon.outlet(name.text) or self.lexicon.outlet("The " + name.text)
        if outlet is not None and (
            not outlet.ambiguous or determiner == "the" or mention.relation.startswith("nsubj") or len(name.words) > 1
        ):
            return "outlet", None
        full = self._with_capitals_before(name, mention, indices).words
        if len(full) > len(name.words) and (self.lexicon.outlet(" ".join(full)) or self.words.noun_kind(full)):
            name = self.words.name(full)  # the White House
            determiner = None
        kind = "organisation" if name.words[-1].lower() in BODY_WORDS else self.words.noun_kind(name.words)
        office_kind = self._office_kind(mention.office)
        person_office = office_kind in ("role", "official", "anonymous") or any(
            self.lexicon.title(word) is not None for word in mention.office
        )
        if kind == "organisation" and not person_office:
            return "organisation", None
        if kind == "document" and (len(name.words) > 1 or not (mention.bare or self.heading)):
            return "document", None
        if kind == "outlet" and not person_office:
            return "outlet", None
        if (
            len(name.words) > 1
            and name.keys[-1] in OUTLET_WORDS
            and not mention.office
            and not self._given_gender(name)
        ):
            return "outlet", None
        if office_kind == "organisation":
            return "organisation", None
        if office_kind == "outlet":
            return "outlet", None
        if kind == "platform" or any(
            noun.kind == "platform" and noun.words == name.text.lower()
            for noun in self.lexicon.source_nouns_of(name.words[-1])
        ):
            return "platform", None
        gender = self.words.gender(mention.office) or self._given_gender(name)
        if person_office or gender is not None or self._is_word_name(mention, name):
            return "person", gender
        if "&" in name.words or (len(name.words) > 1 and tokens[mention.tokens[-1]].xpos == "NNPS"):
            return "organisation", None  # Brandt & Lowe; Tarsk Lines
        if tokens[mention.head].xpos == "NNPS" and len(name.words) == 1:
            return "people", None
        if not self.shouting and len(name.words) == 1 and name.text.isupper() and 2 <= len(name.text) <= 6:
            return "organisation", None
        only_capitals = len(mention.office) <= len(full) - len(name.words)
        if (determiner == "the" and only_capitals) or self._has_plural_verb(mention.head):
            return "organisation", None
        return "place" if self._is_where(mention.head) else "unknown", None

    def _is_word_name(self, mention: Mention, name: Name) -> bool:
        """Whether the name begins with a given name that is a common word, too (*Will*, *Hope Lind*)."""
        if not mention.bare or mention.relation.partition(":")[0] not in ("nsubj", "appos", "obl"):
            return False
        word = name.words[0]
        return word in MODAL_NAMES or word.lower() in self.lexicon.words_for("word-name")

    def _is_where(self, head: int) -> bool:
        """Whether the name tells where something is (*in Ostrel*, but not *shares in Ostmar*)."""
        tokens = self.tree.tokens
        case = self.tree.child(head, "case")
        if case is None or tokens[case].text.lower() not in ("in", "near", "across", "outside", "inside", "around"):
            return False
        governor = self.tree.head(head)
        return governor is None or tokens[governor].lemma.lower() not in TAKING_IN

    def _is_dateline(self, mention: Mention) -> bool:
        """Whether the name opens a paragraph before a dash (*TOLVA, Sept 12 —*)."""
        tokens = self.tree.tokens
        if mention.tokens[0] != 0 or not all(tokens[index].text.isupper() for index in mention.tokens):
            return False
        return any(
            token.text in DASHES and token.end < following.start
            for token, following in pairwise(tokens[mention.tokens[-1] + 1 : mention.tokens[-1] + 9])
        )

    def _has_plural_verb(self, head: int) -> bool:
        """Whether a singular name takes a plural verb, as teams and firms do in British use (*Aymer have not …*)."""
        tokens = self.tree.tokens
        token = tokens[head]
        if not token.relation.startswith("nsubj") or token.head < 0 or self.tree.children(head, "conj"):
            return False
        if any(other.text in (",", "and") for other in tokens[head + 1 : token.head]):
            return False  # a list that the parser took apart
        verbs = [*self.tree.children(token.head, "aux", "cop")]
        return any(tokens[verb].text.lower() in ("have", "are", "do") for verb in verbs[:1])

    def _given_gender(self, name: Name) -> Gender | None:
        if len(name.words) < 2:
            return None
        gender = self.lexicon.gender(name.words[0])
        return None if gender is None else Gender(gender)

    def _office_kind(self, office: Sequence[str]) -> SourceNounKind | None:
        return self.words.noun_kind(tuple(office)) if office else None

    def _common(self, base: Mention, own: Sequence[int]) -> Mention:
        """A phrase without a name: what its noun is. ``own`` are its tokens after a possessor."""
        tokens = self.tree.tokens
        office = base.office
        token = tokens[base.head]
        noun = self._lexicon_noun([index for index in own if index <= base.head])
        kind = None if noun is None else noun.kind
        being = "thing"
        gender = None
        if kind in ("role", "official", "anonymous"):
            being = "people" if base.plural else "person"
            gender = None if base.plural else self.words.gender(office)
        elif kind == "vague-collective":
            being = "person" if base.determiner in ("a", "an", "one", "another") else "people"
        elif office and office[-1] in self.lexicon.words_for("people-together") and self._is_whole(base.head):
            being = "people"
            base = msgspec.structs.replace(base, plural=True)
        elif kind == "organisation":
            being = "organisation"
        elif kind == "outlet":
            being = "outlet"
        elif kind == "document":
            being = "document"
        elif kind == "platform":
            being = "platform"
        elif office and (self.words.gender(office[-1:]) is not None or office[-1] in KIN):
            being = "people" if base.plural else "person"
            gender = None if base.plural else self.words.gender(office[-1:])
        elif age_of(base, self.tree) is not None or (base.definite and self._is_title(office)):
            being = "person"
        elif token.upos == "NOUN" and _PERSON_ENDING.search(base.word):
            being = "unknown"
        plural = base.plural
        if being in ("organisation", "outlet") and (not base.plural or token.text.lower() == base.word):
            plural = None  # police, a plural only in its verb
        crowd = noun is not None and noun.crowd and base.plural is True and base.bare
        return msgspec.structs.replace(base, being=being, gender=gender, kind=kind, crowd=crowd, plural=plural)

    def _is_whole(self, head: int) -> bool:
        """Whether nothing is counted by the noun (*the couple*, but not *a couple of boats*)."""
        return not any(self.tree.child(child, "case") is not None for child in self.tree.children(head, "nmod"))

    def _is_title(self, office: Sequence[str]) -> bool:
        return any(self.lexicon.title(word) is not None for word in office[-1:])

    def _lexicon_noun(self, own: Sequence[int]) -> SourceNoun | None:
        """The lexicon's entry for a phrase's noun, the longest entry that its words end in."""
        if not own:
            return None
        tokens = self.tree.tokens
        last = tokens[own[-1]]
        form = last.text.lower()
        endings = (last.lemma.lower(), form, _singular(form))
        entries = [self.lexicon.source_nouns_of(ending) for ending in endings]
        if not any(entries):
            return None
        lemmas = [tokens[index].lemma.lower() for index in own]
        forms = [tokens[index].text.lower() for index in own]
        for words, nouns in zip((lemmas, forms, [*forms[:-1], endings[2]]), entries, strict=True):
            for noun in nouns:
                entry = noun.words.split()
                if words[-len(entry) :] == entry or forms[-len(entry) :] == entry:
                    return noun
        return None

    # ------------------------------------------------------------------------------------------------- coordinations

    def _coordination(self, mention: Mention, found: Sequence[Mention]) -> Mention | None:
        """*Smith and Jones* as one mention, beside its parts."""
        if mention.form == "pronoun" or mention.head not in self.conjuncts:
            return None
        heads = [mention.head, *self.conjuncts[mention.head]]
        parts = [one for head in heads for one in found if one.head == head]
        if len(parts) < 2 or len(parts) != len(heads):
            return None
        if not any(self.tree.tokens[child].text.lower() == "and" for head in heads for child in self._joiners(head)):
            return None
        parts.sort(key=lambda part: part.span.start)
        tokens = tuple(range(parts[0].tokens[0], parts[-1].tokens[-1] + 1))
        if any(
            self.tree.tokens[index].upos == "VERB" and index not in {i for part in parts for i in part.tokens}
            for index in tokens
        ):
            return None
        persons = all(part.being in ("person", "unknown", "people") for part in parts)
        organisations = all(part.being in ("organisation", "outlet", "unknown") for part in parts)
        return Mention(
            number=0,
            sentence=self.position,
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

    def _joiners(self, head: int) -> list[int]:
        return self.tree.children(head, "cc")


def _singular(form: str) -> str:
    """The singular of a regular plural, for nouns whose lemma the tagger got wrong."""
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes")):
        return form[:-2]
    return form[:-1] if form.endswith("s") and not form.endswith("ss") else form


def age_of(mention: Mention, tree: Tree) -> int | None:
    """The age that the mention gives (*the 60-year-old*), or None."""
    if not tree.tokens[mention.tokens[-1]].text.endswith("old"):
        return None
    text = "".join(tree.tokens[index].text for index in mention.tokens[-5:])
    found = re.search(r"(\d{1,3})-?years?-?old$", text)
    return int(found.group(1)) if found else None
