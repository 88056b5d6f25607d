"""Noun phrases: which tokens belong to one, where its name is, and what it refers to."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.extraction import beings
from attribution.extraction.mention import REFLEXIVES, Mention
from attribution.extraction.name_words import singular
from attribution.extraction.names import PARTICLES, POSTNOMINALS, SUFFIXES, TIME_WORDS, is_body_noun, is_field, is_title
from attribution.extraction.people import PEOPLE
from attribution.extraction.sentence_view import SentenceView
from attribution.lexicon import SourceNoun
from attribution.records import Span

PREPOSITIONS = frozenset({"amid", "amidst", "despite", "per", "via", "versus", "vs", "plus", "minus", "unlike", "sans"})
"""Rare prepositions, which parsers take for adjectives or nouns; no noun phrase extends across them."""

_CORE = frozenset({"det", "amod", "compound", "nummod", "flat", "goeswith", "fixed", "advmod", "punct", "obl"})

OFFICE_PREPOSITIONS = frozenset({"of", "to", "for", "at", "in", "on"})
"""Prepositions between an office and its complement (*Ambassador to Norland*)."""

LEAST_AGENT_NOUN = 6
"""Fewest letters of a noun that is taken for a person's by its ending alone."""


def noun_phrase(view: SentenceView, head: int, core: list[int]) -> Mention | None:
    """The mention with a core; None for days and months, and for articles alone."""
    tokens = view.tree.tokens
    own = without_possessor(view, core)
    described = _description_of(view, head)
    complement = described[1:]
    determiner = None
    words = []
    for index in own:
        upos = tokens[index].upos
        if index in complement:
            continue
        if upos == "DET":
            determiner = determiner or tokens[index].text.lower()
        elif upos != "PUNCT" or view.joins(index):
            words.append(index)
    if not words:
        return None
    if tokens[head].upos == "PROPN" and head in words:
        names = (tokens[index].text.lower() for index in words if tokens[index].upos == "PROPN")
        if all(name.rstrip(".") in TIME_WORDS for name in names):
            return None
    name_tokens = _name_tokens(view, words, head)
    if described:
        name_tokens = [index for index in name_tokens if index > described[-1]]
    before = [index for index in words if index < name_tokens[0]] if name_tokens else words
    titles: tuple[str, ...] = ()
    name_words: tuple[str, ...] = ()
    if name_tokens:
        titles, name_words = view.words.split_titles(tuple(view.joined(name_tokens)))
        start = _start_behind_outlet(view, name_words)
        if start:
            name_words = name_words[start:]
            name_tokens = _last_tokens(view, name_tokens, name_words)
        if titles and len(name_words) == 1 and _is_body_with_article(view, determiner, titles, name_words[0]):
            titles, name_words = (), tuple(view.joined(name_tokens))  # the General Council
        if len(name_words) > 1 and name_words[-1] in POSTNOMINALS:
            titles, name_words = (*titles, POSTNOMINALS[name_words[-1]]), name_words[:-1]
    own_words = (word.lower() for word in view.joined(before, lemmas=True))
    office = (*(word.rstrip(".") if described else word for word in own_words), *titles)
    if head in view.given and tokens[head].upos in ("VERB", "AUX") and before and before[-1] == head:
        office = (*office[:-1], singular(tokens[head].text.lower()))  # a noun that the tagger took for a verb
    possessor = None
    for child in view.tree.children(head, "nmod:poss"):
        if child < head and child not in words:
            possessor = child
            break
    base = Mention(
        number=0,
        sentence=view.position,
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
        quotation=view.quotation_of(head),
        plural=tokens[head].xpos in ("NNS", "NNPS") or (tokens[head].xpos == "VBZ" and head in view.given),
    )
    if not name_words:
        return _common(view, base, own)
    if _is_common(view, base, name_words):
        word = singular(name_words[0].lower())
        return _common(view, msgspec.structs.replace(base, word=word, office=(word,)), own)
    if view.words.name(name_words).keys:
        return _named(view, base, name_words, name_tokens, determiner)
    return _common(view, base, own)


def _start_behind_outlet(view: SentenceView, words: Sequence[str]) -> int:
    """How many words before a person's name are an outlet's (*Fox News Adam Hale*)."""
    return next(
        (
            size
            for size in range(1, len(words) - 1)
            if view.lexicon.gender(words[size]) is not None and view.lexicon.outlet(" ".join(words[:size])) is not None
        ),
        0,
    )


def _last_tokens(view: SentenceView, tokens: list[int], words: tuple[str, ...]) -> list[int]:
    """The tokens of a name's last words."""
    rests = (tokens[place:] for place in range(len(tokens)))
    return next(rest for rest in rests if tuple(view.joined(rest)) == words)


def _is_body_with_article(view: SentenceView, determiner: str | None, titles: Sequence[str], word: str) -> bool:
    """Whether an article, and a noun for bodies as the name, make a title part of the name (*the General Council*)."""
    return determiner == "the" and titles[-1] not in TITLES_WITH_ARTICLE and is_body_noun(word, view.lexicon)


TITLES_WITH_ARTICLE = frozenset({"rev", "hon", "reverend", "honourable", "honorable"})
"""Titles that follow an article."""


def core(view: SentenceView, head: int) -> list[int]:
    """The head and the words of its own phrase next to it, left to right."""
    tokens = view.tree.tokens
    chosen = {head}
    waiting = [head]
    while waiting:
        here = waiting.pop()
        for child in view.tree.children(here):
            relation, base = view.tree.relations[child]
            if relation == "nmod:poss" and child < here:
                chosen.update(view.tree.subtree(child))
            elif relation == "nmod:desc" and child < here:
                chosen.update(_office_words(view, child))  # Secretary of Defense
                waiting.append(child)
            elif relation == "nmod:desc" or base in _CORE:
                if base == "punct" and not view.joins(child):
                    continue
                if base == "amod" and child > here and not tokens[child].text[0].isupper():
                    continue
                if base in ("advmod", "obl") and (child > head or tokens[here].upos not in ("ADJ", "NUM", "VERB")):
                    continue
                if base == "det" and child > head:
                    continue
                chosen.add(child)
                waiting.append(child)
                if base == "compound" and tokens[child].text[0].isupper():
                    chosen.update(_joined_to(view, child, here))  # Food and Drug Administration spokeswoman
    _add_neighbours(view, head, chosen)
    _add_tight_apposition(view, head, chosen)
    chosen -= view.claimed - {head}
    if head in view.given:
        chosen = {index for index in chosen if index in view.given[head]} | _given_before(view, head)
    if len(chosen) == 1:
        return [head]
    left = right = head
    while left - 1 in chosen and view.tree.tokens[left - 1].text.lower() not in PREPOSITIONS:
        left -= 1
    while right + 1 in chosen:
        right += 1
    if tokens[left].text == "-":
        left = _start_of_word(view, left)  # rank-and-file members
    return list(range(left, right + 1))


def _start_of_word(view: SentenceView, index: int) -> int:
    """The first token of what hyphens join, without a space."""
    tokens = view.tree.tokens
    while index and tokens[index - 1].end == tokens[index].start:
        if tokens[index - 1].upos == "PUNCT" and tokens[index - 1].text != "-":
            break
        index -= 1
    return index


def _joined_to(view: SentenceView, child: int, head: int) -> range | tuple[()]:
    """The words from a capitalised compound to its head, if *and* joins another capitalised word to it."""
    between = range(child + 1, head)
    forms = view.tree.forms
    if len(between) < 2 or forms[child + 1] not in ("and", "&") or not is_field(forms[child], view.lexicon):
        return ()
    return between if all(view.tree.tokens[index].text[0].isupper() for index in between[1:]) else ()


def _office_words(view: SentenceView, description: int) -> list[int]:
    """A description before a name with its complement (*Secretary of Defense Ada Kern*), else the noun alone."""
    tokens = view.tree.tokens
    inside = view.tree.subtree(description)
    after = [index for index in inside if index > description]
    whole = after == list(range(description + 1, description + 1 + len(after)))
    if not after or not whole or tokens[after[0]].text.lower() not in OFFICE_PREPOSITIONS:
        return [description]
    return [description, *after] if all(tokens[index].upos != "PUNCT" for index in after) else [description]


def _description_of(view: SentenceView, head: int) -> list[int]:
    """What somebody is, directly before a name of two words or more: the noun and its complement; empty for none.

    *NASA Administrator Ada Kern*: the noun is an office or one for people in the lexicon, or ends as those do.
    """
    if not view.tree.has_child(head, "flat", "nmod:desc"):
        return []
    tokens = view.tree.tokens
    parts = (head, *view.tree.children(head, "flat"))
    if len(tokens) > head + 2 and head + 1 in parts and tokens[head + 2].relation == "flat":
        office = (tokens[head].text.lower(),)
        if view.office_kind(office) in PEOPLE or view.is_title(office):
            return [head]  # the parser took the office for a given name
    nouns = [child for part in parts for child in view.tree.children(part, "nmod:desc") if child < head]
    if not nouns:
        return []
    words = _office_words(view, nouns[-1])
    name = tokens[words[-1] + 1 : head + 1]
    if any(token.upos != "PROPN" for token in name) or not name:
        return []
    if len(name) == 1 and not any(child == head + 1 for child in view.tree.children(head, "flat")):
        return []
    noun = tokens[nouns[-1]].text
    if not noun[0].isupper() or view.lexicon.gender(noun) is not None:
        return []
    known = view.office_kind((noun.lower(),)) in PEOPLE or view.is_title((noun,))
    return words if known or (len(noun) >= LEAST_AGENT_NOUN and noun.lower().endswith(beings.PERSON_ENDINGS)) else []


def _given_before(view: SentenceView, head: int) -> set[int]:
    """The tokens of a given phrase before its head, back to a comma, verb or preposition."""
    found: set[int] = set()
    index = head - 1
    while index in view.given[head]:
        token = view.tree.tokens[index]
        if token.upos in ("ADP", "SCONJ", "CCONJ", "AUX") or (token.upos == "PUNCT" and not view.joins(index)):
            break
        found.add(index)
        index -= 1
    return found


def _add_neighbours(view: SentenceView, head: int, chosen: set[int]) -> None:
    """Add adjacent names with the same head and relation, and "&" and "and" in names of firms."""
    tokens = view.tree.tokens
    if tokens[head].upos != "PROPN":
        return
    for step in (-1, 1):
        here = head + step
        while 0 <= here < len(tokens) and (here in chosen or _same_place(view, here, here - step)):
            chosen.add(here)
            here += step
        if 0 < here < len(tokens) - 1 and tokens[here].text == "&" and tokens[here + step].upos == "PROPN":
            chosen.update((here, here + step))


def _same_place(view: SentenceView, index: int, neighbour: int) -> bool:
    token, other = view.tree.tokens[index], view.tree.tokens[neighbour]
    return (
        token.upos == other.upos == "PROPN"
        and token.head == other.head
        and token.relation == other.relation
        and token.relation != "conj"
        and token.text.lower() not in TIME_WORDS
    )


def _add_tight_apposition(view: SentenceView, head: int, chosen: set[int]) -> None:
    """Add a name that follows its noun without a comma (*his successor Zhdar*)."""
    tokens = view.tree.tokens
    if tokens[head].upos not in ("NOUN", "PROPN"):
        return
    names = [
        child
        for child in view.tree.children(head, "appos", "nmod:unmarked")
        if child > head and tokens[child].upos == "PROPN"
    ]
    if head + 1 < len(tokens):
        beside = tokens[head + 1]
        same = beside.head == tokens[head].head and beside.relation == tokens[head].relation != "conj"
        if beside.upos == "PROPN" and (same or _is_role_before_name(view, head)):
            names.append(head + 1)
    for child in names:
        inner = set(core(view, child))
        if min(inner) - 1 in chosen and "NNP" in (tokens[min(inner)].xpos, tokens[child].xpos):
            chosen.update(inner)


def _is_role_before_name(view: SentenceView, head: int) -> bool:
    """Whether a role directly precedes a name, however they are attached (*maths teacher Ada Kern said*)."""
    tokens = view.tree.tokens
    beside = tokens[head + 1]
    if tokens[head].xpos != "NN" or not beside.text[0].isupper() or view.tree.has_child(head + 1, "case", "det"):
        return False
    if not view.tree.matches(head + 1, "vocative", "dep", "appos", "nmod", "flat", "list"):
        return False
    return view.office_kind((tokens[head].text.lower(),)) in PEOPLE


def _is_common(view: SentenceView, base: Mention, words: Sequence[str]) -> bool:
    """Whether a name is only a common noun at the start of a sentence (*Footage*, *Police*)."""
    if len(words) != 1 or base.tokens[0] != 0 or not base.bare or view.lexicon.gender(words[0]) is not None:
        return False
    word = words[0].lower()
    nouns = [*view.lexicon.source_nouns_of(word), *view.lexicon.source_nouns_of(singular(word))]
    return any(noun.kind != "platform" for noun in nouns)


def without_possessor(view: SentenceView, core: list[int]) -> list[int]:
    """The core without its possessor: the words after the last possessive."""
    if len(core) == 1:
        return core
    tokens = view.tree.tokens
    start = 0
    for place, index in enumerate(core[:-1]):
        if tokens[index].xpos == "PRP$" or (tokens[index].xpos == "POS" and not _is_inside_name(view, core, place)):
            start = place + 1
    return core[start:]


def _is_inside_name(view: SentenceView, core: list[int], place: int) -> bool:
    """Whether the possessive is part of a body's name: a plural's (*Teachers’ Union*), or *Sheriff’s Office*."""
    tokens = view.tree.tokens
    rest = [tokens[index].text for index in core[place + 1 :]]
    owner = tokens[core[place - 1]] if place else None
    if owner is None or not owner.text[0].isupper() or not all(word[0].isupper() for word in rest):
        return False
    if rest == ["Office"]:
        return is_title(owner.text, view.lexicon) or owner.text == "General"  # the Attorney General’s Office
    plural = owner.xpos in ("NNPS", "NNS") or owner.text.lower() in IRREGULAR_PLURALS
    return plural and view.words.noun_kind(tuple(rest)) in ("organisation", "outlet")


IRREGULAR_PLURALS = frozenset({"children", "men", "people", "women"})
"""Plurals that taggers take for singular names."""


def _name_tokens(view: SentenceView, words: list[int], head: int) -> list[int]:
    """The capitalised words that end the phrase; none when a common noun is its last word."""
    tokens = view.tree.tokens
    start = len(words)
    last = tokens[words[-1]].text
    if last == "i" and tokens[words[-1]].upos == "PROPN":
        return words[-1:]  # the newspaper
    if last.islower() and last not in REFLEXIVES and last.rstrip(".") not in SUFFIXES:
        if not _is_second_syllable(view, words, len(words) - 1):
            return []
    for place in range(len(words) - 1, -1, -1):
        token = tokens[words[place]]
        capital = any(letter.isupper() for letter in token.text) and not token.text[0].islower()
        if token.text.lower() in REFLEXIVES and start == len(words) == place + 1:
            words = words[:place]  # Cruz himself
            start = place
        elif capital and (token.upos == "PROPN" or token.xpos in ("NNP", "NNPS")):
            start = place
        elif _is_second_syllable(view, words, place):
            start = place  # Aya Lin-mei
        elif token.text.lower() in PARTICLES and _is_particle(view, words, place, start):
            start = place  # Jan van der Berg, Salim al-Marri
        elif start < len(words) and _is_plural_owner(view, words, place, start):
            start = place  # Teachers’ Union
        elif start < len(words) and capital and _begins_state(view, words[place], words[start]):
            start = place  # Saudi Arabia
        elif start == len(words) == place + 1 and place and token.text.lower().rstrip(".") in SUFFIXES:
            start = place  # Harry Hurt III
        elif start == len(words) == place + 1 and place and capital and tokens[words[place - 1]].upos == "PROPN":
            start = place  # Breathe Clear
        elif start == len(words) or not (
            token.text in ("-", "&", ".", "/") or token.xpos == "POS" or (token.upos == "NOUN" and capital)
        ):
            break
    return words[start:]


def _begins_state(view: SentenceView, index: int, following: int) -> bool:
    """Whether a word that the tagger took for an adjective is the first of a state's name."""
    tokens = view.tree.tokens
    return following == index + 1 and beings.is_state(view, f"{tokens[index].text} {tokens[following].text}")


def _is_second_syllable(view: SentenceView, words: list[int], place: int) -> bool:
    """Whether a small word is the second half of a given name that a hyphen joins (*Aya Lin-**mei***)."""
    if place < 3 or not view.joins(words[place - 1]):
        return False
    token, first, surname = (view.tree.tokens[words[index]] for index in (place, place - 2, place - 3))
    return (
        token.text.isalpha()
        and token.text.islower()
        and view.tree.matches(token.index, "flat")
        and all(part.upos == "PROPN" and part.text[0].isupper() for part in (first, surname))
    )


def _is_particle(view: SentenceView, words: list[int], place: int, start: int) -> bool:
    """Whether a small word is between two parts of a name."""
    tokens = view.tree.tokens
    after = place + 2 if place + 1 < len(words) and tokens[words[place + 1]].text == "-" else place + 1
    return place > 0 and start == after < len(words) and tokens[words[place - 1]].upos == "PROPN"


def _is_plural_owner(view: SentenceView, words: list[int], place: int, start: int) -> bool:
    """Whether the word is the plural before a possessive that is part of a name."""
    tokens = view.tree.tokens
    return (
        start == place + 2
        and tokens[words[place + 1]].xpos == "POS"
        and tokens[words[place]].text[0].isupper()
        and tokens[words[place]].xpos in ("NNS", "NNPS")
    )


def _named(
    view: SentenceView, base: Mention, words: tuple[str, ...], indices: list[int], determiner: str | None
) -> Mention:
    words, tokens = _extended(view, base, words, indices)
    name = view.words.name(words, base.office)
    core = tuple(sorted({*base.tokens, *tokens}))
    last = view.tree.tokens[core[-1]]
    mention = msgspec.structs.replace(
        base, form="name", name=name, tokens=core, span=Span(base.span.start, last.end), plural=None
    )
    being, gender = beings.being_of_name(view, mention, name, determiner, indices)
    if being in ("organisation", "outlet", "document", "state") or (
        being == "unknown" and _has_adjective_in_name(view, base, words, indices)
    ):
        name = beings.with_capitals_before(view, name, base, indices)
        mention = msgspec.structs.replace(mention, name=name)
    plural = True if being == "people" else False if being == "person" else None
    return msgspec.structs.replace(mention, being=being, gender=gender, plural=plural)


def _has_adjective_in_name(view: SentenceView, base: Mention, words: tuple[str, ...], indices: list[int]) -> bool:
    """Whether a name of one word goes on before it with a capital adjective (*Silver Anchor*, no *Swedish Hale*)."""
    before = indices[0] - 1
    return (
        len(words) == 1
        and base.bare
        and not view.heading
        and before in base.tokens
        and 0 < before == base.tokens[0]
        and view.tree.tokens[before].upos == "ADJ"
        and view.tree.tokens[before].text[0].isupper()
        and not view.lexicon.states_in([view.tree.tokens[before].text, *words])
    )


def _extended(
    view: SentenceView, base: Mention, words: tuple[str, ...], indices: list[int]
) -> tuple[tuple[str, ...], list[int]]:
    """A name of an institution goes on after *of*, *for* and *on* (*Institute for Fiscal Balance*)."""
    tokens = view.tree.tokens
    kind = view.words.noun_kind(words)
    if base.office or kind not in ("organisation", "document", "outlet", None):
        return words, []
    last = indices[-1]
    prepositions = ("of", "for", "on") if kind == "organisation" else ("of", "for")
    if last + 1 >= len(tokens) or tokens[last + 1].text.lower() not in prepositions:
        return words, []
    if len(words) > 1 and view.words.noun_kind(words) is None:
        return words, []
    child = next(
        (
            child
            for index in indices
            for child in view.tree.children(index, "nmod")
            if tokens[child].upos in ("PROPN", "NOUN") and tokens[child].text[0].isupper() and child > last
        ),
        None,
    )
    if child is None:
        return words, []
    inner = core(view, child)
    if inner[0] > last + 2 or not tokens[inner[-1]].text[0].isupper() or view.tree.forms[child] in TIME_WORDS:
        return words, []
    added = list(range(last + 1, inner[-1] + 1))
    return (*words, *view.joined(added)), added


def _common(view: SentenceView, base: Mention, own: Sequence[int]) -> Mention:
    """A phrase without a name: what its noun is. ``own`` are its tokens after a possessor."""
    noun = _lexicon_noun(view, [index for index in own if index <= base.head])
    if noun is not None:
        crowd = noun.crowd and base.plural is True and base.bare
        base = msgspec.structs.replace(base, kind=noun.kind, crowd=crowd)
    being, plural = beings.being_of_noun(view, base)
    return msgspec.structs.replace(base, being=being, gender=beings.gender_of_noun(view, base), plural=plural)


def _lexicon_noun(view: SentenceView, own: Sequence[int]) -> SourceNoun | None:
    """The lexicon's entry for a phrase's noun, the longest entry that its words end in."""
    if not own:
        return None
    tokens = view.tree.tokens
    last = tokens[own[-1]]
    form = last.text.lower()
    endings = (last.lemma.lower(), form, singular(form))
    entries = [view.lexicon.source_nouns_of(ending) for ending in endings]
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
