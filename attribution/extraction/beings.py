"""What a name or noun refers to, by ordered tables of named evidence: the first evidence that applies decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from attribution.extraction.mention import Being, Gender, Mention, age_of
from attribution.extraction.names import Name
from attribution.extraction.people import PEOPLE
from attribution.extraction.retagging import MODAL_NAMES
from attribution.extraction.sentence_view import SentenceView
from attribution.extraction.spans import DASHES
from attribution.lexicon import SourceNounKind

PERSON_ENDINGS = ("person", "man", "woman", "ist", "ian", "eer", "ologist", "ographer", "yer", "or", "er", "ee", "ant")
"""Endings of agent nouns (Marchand 1969); used only for a noun the lexicon does not hold, and only in speech."""


# --- Names ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NameInPlace:
    """A name and its surroundings. ``name`` includes preceding capitalised words that belong to it."""

    view: SentenceView
    mention: Mention
    written: Name
    name: Name
    determiner: str | None
    kind: SourceNounKind | None
    office_kind: SourceNounKind | None
    has_person_office: bool
    gender: Gender | None
    capitals_before: int


class NameEvidence(NamedTuple):
    """Named evidence: what it shows a name to refer to, or None where it does not apply."""

    name: str
    read: Callable[[NameInPlace], Being | None]


def being_of_name(
    view: SentenceView, mention: Mention, name: Name, determiner: str | None, indices: list[int]
) -> tuple[Being, Gender | None]:
    """What the name refers to, and the gender if it is a person's name that implies one."""
    place = _in_place(view, mention, name, determiner, indices)
    readings = (evidence.read(place) for evidence in NAME_EVIDENCE)
    being: Being = next((reading for reading in readings if reading is not None), "unknown")
    return being, place.gender if being == "person" else None


def name_evidence_for(
    view: SentenceView, mention: Mention, name: Name, determiner: str | None, indices: list[int]
) -> str | None:
    """The name of the evidence that decides what a name refers to; None if no evidence applies."""
    place = _in_place(view, mention, name, determiner, indices)
    return next((evidence.name for evidence in NAME_EVIDENCE if evidence.read(place) is not None), None)


def _in_place(
    view: SentenceView, mention: Mention, written: Name, determiner: str | None, indices: list[int]
) -> NameInPlace:
    full = with_capitals_before(view, written, mention, indices).words
    name = written
    text = " ".join(full)
    known = view.lexicon.outlet(text) or view.words.noun_kind(full) or is_state(view, text)
    if len(full) > len(name.words) and known:
        name = view.words.name(full)  # the White House, Saudi Arabia
        determiner = None
    ending = name.words[-1].lower() in view.lexicon.words_for("body-ending")
    office_kind = view.office_kind(mention.office)
    person_office = office_kind in PEOPLE or any(view.lexicon.title(word) is not None for word in mention.office)
    return NameInPlace(
        view=view,
        mention=mention,
        written=written,
        name=name,
        determiner=determiner,
        kind="organisation" if ending else view.words.noun_kind(name.words),
        office_kind=office_kind,
        has_person_office=person_office,
        gender=view.words.gender(mention.office) or view.given_gender(name),
        capitals_before=len(full) - len(name.words),
    )


def with_capitals_before(view: SentenceView, name: Name, base: Mention, indices: list[int]) -> Name:
    """A body's name with the capitalised adjectives before it (***Civil** Protection Agency*, *Associated Press*)."""
    tokens = view.tree.tokens
    words = list(name.words)
    index = indices[0] - 1
    while index in base.tokens and index > 0 and tokens[index].upos in ("ADJ", "NOUN", "VERB"):
        if not tokens[index].text[0].isupper() or len(name.titles) < len(words) - len(name.words) + 1:
            break
        words.insert(0, tokens[index].text)
        index -= 1
    return view.words.name(tuple(words), name.titles[: len(name.titles) - (len(words) - len(name.words))])


def _dateline(place: NameInPlace) -> Being | None:
    return "place" if _is_dateline(place.view, place.mention) else None


def _known_outlet(place: NameInPlace) -> Being | None:
    """An outlet of the lexicon; an ambiguous name with an article or as a subject only."""
    name, mention = place.written, place.mention
    known = place.view.lexicon.outlet
    outlet = known(place.name.text) or known(name.text) or known("The " + name.text)
    if outlet is None:
        return None
    plain = not outlet.ambiguous or mention.determiner == "the" or mention.relation.startswith("nsubj")
    return "outlet" if plain or len(name.words) > 1 else None


def _body_noun(place: NameInPlace) -> Being | None:
    """*Water Agency*, but not *Minister Agency*."""
    return "organisation" if place.kind == "organisation" and not place.has_person_office else None


def _document_noun(place: NameInPlace) -> Being | None:
    """*The Hale Report*; a document's noun alone must have a determiner."""
    alone = len(place.name.words) == 1 and (place.mention.bare or place.view.heading)
    return "document" if place.kind == "document" and not alone else None


def _outlet_noun(place: NameInPlace) -> Being | None:
    return "outlet" if place.kind == "outlet" and not place.has_person_office else None


def _outlet_ending(place: NameInPlace) -> Being | None:
    """*Tenbridge Echo*."""
    ending = len(place.name.words) > 1 and place.name.keys[-1] in place.view.lexicon.words_for("outlet-ending")
    return "outlet" if ending and not place.mention.office and not place.view.given_gender(place.name) else None


def _office_of_a_body(place: NameInPlace) -> Being | None:
    """*The agency Norstat*, *the newspaper Dagsblad*."""
    return place.office_kind if place.office_kind in ("organisation", "outlet") else None


def _platform(place: NameInPlace) -> Being | None:
    nouns = place.view.lexicon.source_nouns_of(place.name.words[-1])
    named = any(noun.kind == "platform" and noun.words == place.name.text.lower() for noun in nouns)
    return "platform" if place.kind == "platform" or named else None


def _firm_after_a_person(place: NameInPlace) -> Being | None:
    """*Nick Lark Productions*: three words or more, the last a plural."""
    long = len(place.name.words) > 2 and not place.has_person_office
    return "organisation" if long and _ends_in_plural(place) else None


def _ends_in_plural(place: NameInPlace) -> bool:
    return place.view.tree.tokens[place.mention.tokens[-1]].xpos == "NNPS"


def _person(place: NameInPlace) -> Being | None:
    """*Minister Hale*, *Ada Hale*, *Hope Lind*: an office, a given name, or a common word that is also a given name."""
    known = place.has_person_office or place.gender is not None
    return "person" if known or _is_word_name(place.view, place.mention, place.name) else None


def _firm_form(place: NameInPlace) -> Being | None:
    """*Brandt & Lowe*, *Tarsk Lines*, *Tarsk Co.*."""
    if len(place.name.words) < 2:
        return None
    ending = place.name.keys[-1] in place.view.lexicon.words_for("firm-ending")
    return "organisation" if "&" in place.name.words or _ends_in_plural(place) or ending else None


def _plural_name(place: NameInPlace) -> Being | None:
    """*Republicans*."""
    plural = place.view.tree.tokens[place.mention.head].xpos == "NNPS"
    return "people" if plural and len(place.name.words) == 1 else None


def _capital_letters(place: NameInPlace) -> Being | None:
    """*NATO*, outside a sentence in capitals."""
    text = place.name.text
    short = len(place.name.words) == 1 and text.isupper() and 2 <= len(text) <= 6
    return "organisation" if short and not place.view.shouting else None


def _article(place: NameInPlace) -> Being | None:
    """*The Rovers*: an article and only capitalised words."""
    only_capitals = len(place.mention.office) <= place.capitals_before
    return "organisation" if place.determiner == "the" and only_capitals else None


def _plural_verb(place: NameInPlace) -> Being | None:
    return "organisation" if _has_plural_verb(place.view, place.mention.head) else None


def _where(place: NameInPlace) -> Being | None:
    return "place" if _is_where(place.view, place.mention.head) else None


def _state(place: NameInPlace) -> Being | None:
    """*China said*, *Texas sued*: a state that acts."""
    bare = place.determiner is None and not place.has_person_office and not place.capitals_before
    return "state" if bare and is_state(place.view, place.name.text) else None  # no Latin America


def is_state(view: SentenceView, text: str) -> bool:
    """Whether the lexicon has the name as that of a state or of a part of one."""
    return view.lexicon.state(text) is not None or text in view.lexicon.words_for("region")


def _known_body(place: NameInPlace) -> Being | None:
    """*Greenpeace*, *Boeing*: firms and other bodies whose names do not tell that they are."""
    known = place.name.text in place.view.lexicon.words_for("known-body")
    return "organisation" if known and not place.has_person_office else None


NAME_EVIDENCE = (
    NameEvidence("dateline", _dateline),
    NameEvidence("known-outlet", _known_outlet),
    NameEvidence("body-noun", _body_noun),
    NameEvidence("document-noun", _document_noun),
    NameEvidence("outlet-noun", _outlet_noun),
    NameEvidence("outlet-ending", _outlet_ending),
    NameEvidence("office-of-a-body", _office_of_a_body),
    NameEvidence("platform", _platform),
    NameEvidence("known-body", _known_body),
    NameEvidence("firm-after-a-person", _firm_after_a_person),
    NameEvidence("person", _person),
    NameEvidence("firm-form", _firm_form),
    NameEvidence("plural-name", _plural_name),
    NameEvidence("capital-letters", _capital_letters),
    NameEvidence("article", _article),
    NameEvidence("plural-verb", _plural_verb),
    NameEvidence("where", _where),
    NameEvidence("state", _state),
)
"""Evidence about names, in the order in which it is tried."""


def _is_word_name(view: SentenceView, mention: Mention, name: Name) -> bool:
    """Whether the name begins with a given name that is also a common word (*Will*, *Hope Lind*)."""
    if not mention.bare or mention.relation.partition(":")[0] not in ("nsubj", "appos", "obl"):
        return False
    word = name.words[0]
    return word in MODAL_NAMES or word.lower() in view.lexicon.words_for("word-name")


def _is_where(view: SentenceView, head: int) -> bool:
    """Whether the name is used as a location (*in Ostrel*, but not *shares in Ostmar*)."""
    tokens = view.tree.tokens
    case = view.tree.child(head, "case")
    if case is None or tokens[case].text.lower() not in ("in", "near", "across", "outside", "inside", "around"):
        return False
    governor = view.tree.head(head)
    return governor is None or tokens[governor].lemma.lower() not in view.lexicon.words_for("taking-in")


def _is_dateline(view: SentenceView, mention: Mention) -> bool:
    """Whether the name opens a paragraph before a dash (*TOLVA, Sept 12 —*)."""
    tokens = view.tree.tokens
    if mention.tokens[0] != 0 or not all(tokens[index].text.isupper() for index in mention.tokens):
        return False
    return any(
        token.text in DASHES and token.end < following.start
        for token, following in pairwise(tokens[mention.tokens[-1] + 1 : mention.tokens[-1] + 9])
    )


def _has_plural_verb(view: SentenceView, head: int) -> bool:
    """Whether a singular name takes a plural verb, as teams and firms do in British use (*Aymer have not …*)."""
    tokens = view.tree.tokens
    token = tokens[head]
    if not token.relation.startswith("nsubj") or token.head < 0 or view.tree.has_child(head, "conj"):
        return False
    if any(other.text in (",", "and") for other in tokens[head + 1 : token.head]):
        return False  # a list that the parser took apart
    verbs = [*view.tree.children(token.head, "aux", "cop")]
    return any(tokens[verb].text.lower() in ("have", "are", "do") for verb in verbs[:1])


# --- Nouns ------------------------------------------------------------------------------------------------------------

NounReading = tuple[Being, bool | None]
"""What a noun refers to, and whether it is plural."""


class NounEvidence(NamedTuple):
    """Named evidence: what it shows a noun phrase to refer to, or None where it does not apply."""

    name: str
    read: Callable[[SentenceView, Mention], NounReading | None]


def being_of_noun(view: SentenceView, mention: Mention) -> NounReading:
    """What a phrase without a name refers to, by the first evidence in ``NOUN_EVIDENCE`` that applies."""
    return next(found for evidence in NOUN_EVIDENCE if (found := evidence.read(view, mention)) is not None)


def gender_of_noun(view: SentenceView, mention: Mention) -> Gender | None:
    """The gender implied by a singular noun for a person and its modifiers (*the policewoman*, *his widow*)."""
    if mention.plural or _people_together(view, mention) is not None:
        return None
    if mention.kind in PEOPLE:
        return view.words.gender(mention.office)
    return view.words.gender(mention.office[-1:]) if mention.kind is None else None


BEING_OF_KIND: dict[str | None, Being] = {
    "organisation": "organisation",
    "outlet": "outlet",
    "document": "document",
    "platform": "platform",
}


def _person_noun(view: SentenceView, mention: Mention) -> NounReading | None:
    """*The minister*, *officials*, *a source*."""
    return _somebody(mention) if mention.kind in PEOPLE else None


def _crowd_noun(view: SentenceView, mention: Mention) -> NounReading | None:
    """*Critics*, *a critic*."""
    if mention.kind != "vague-collective":
        return None
    return ("person" if mention.determiner in ("a", "an", "one", "another") else "people"), mention.plural


def _people_together(view: SentenceView, mention: Mention) -> NounReading | None:
    """*The couple*, but not *a couple of boats*."""
    if mention.kind in PEOPLE or mention.kind == "vague-collective" or not mention.office:
        return None
    together = mention.office[-1] in view.lexicon.words_for("people-together") and _is_whole(view, mention.head)
    return ("people", True) if together else None


def _body_or_text(view: SentenceView, mention: Mention) -> NounReading | None:
    """*The ministry*, *police* (a plural only in its verb), *the report*."""
    being = BEING_OF_KIND.get(mention.kind)
    if being is None:
        return None
    several = mention.plural and view.tree.tokens[mention.head].text.lower() != mention.word
    return being, mention.plural if several or being not in ("organisation", "outlet") else None


def _relation(view: SentenceView, mention: Mention) -> NounReading | None:
    """*The widow*, *her cousin*."""
    if not mention.office:
        return None
    known = view.words.gender(mention.office[-1:]) is not None
    return _somebody(mention) if known or mention.office[-1] in view.lexicon.words_for("relation") else None


def _age_or_title(view: SentenceView, mention: Mention) -> NounReading | None:
    """*The 60-year-old*, *the premier*."""
    aged = age_of(mention, view.tree) is not None
    return ("person", mention.plural) if aged or (mention.definite and view.is_title(mention.office)) else None


def _agent_ending(view: SentenceView, mention: Mention) -> NounReading | None:
    """*A welder*: perhaps a person."""
    agent = view.tree.tokens[mention.head].upos == "NOUN" and mention.word.endswith(PERSON_ENDINGS)
    return ("unknown", mention.plural) if agent else None


def _thing(view: SentenceView, mention: Mention) -> NounReading:
    return "thing", mention.plural


NOUN_EVIDENCE = (
    NounEvidence("person-noun", _person_noun),
    NounEvidence("crowd-noun", _crowd_noun),
    NounEvidence("people-together", _people_together),
    NounEvidence("body-or-text", _body_or_text),
    NounEvidence("relation", _relation),
    NounEvidence("age-or-title", _age_or_title),
    NounEvidence("agent-ending", _agent_ending),
    NounEvidence("thing", _thing),
)
"""Evidence about nouns, in the order in which it is tried; the last always applies."""


def _somebody(mention: Mention) -> NounReading:
    return ("people" if mention.plural else "person"), mention.plural


def _is_whole(view: SentenceView, head: int) -> bool:
    """Whether the noun does not count anything (*the couple*, but not *a couple of boats*)."""
    return not any(view.tree.has_child(child, "case") for child in view.tree.children(head, "nmod"))
