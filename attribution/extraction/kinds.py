"""The kind of a source, by ordered tables of named evidence: the first evidence that applies decides.

* a person, body or document with a name: ``named-person``, ``named-organisation``, ``outlet``, ``document``;
* an institution without a name that can still be asked (*police*, *the ministry*), and an unnamed person who speaks for
  an institution (*a spokeswoman for the ministry*): ``named-organisation``;
* an office without a name: ``unnamed-official``; a person without one: ``anonymous``; a crowd: ``vague-collective``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.institutions import institutions_beside, is_spokesperson, whole_of
from attribution.extraction.mention import DEMONSTRATIVES, Mention
from attribution.extraction.names import TIME_WORDS
from attribution.records import SourceKind

NAMED_KINDS = frozenset({SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANISATION, SourceKind.OWN_OUTLET})
"""Kinds that always have a name; an outlet or a document may lack one."""

CROWDS = frozenset(
    {"many", "some", "few", "most", "several", "others", "other", "everyone", "everybody", "any"}
    | {"dozens", "hundreds", "nobody", "none", "no-one", "anyone", "anybody"}
)
"""Indefinite pronouns for a crowd; others refer to one person, or to everybody named before."""

CROWD_QUANTIFIERS = frozenset({"some", "many", "most", "few", "other", "various", "numerous"})
"""Quantifiers that make a plural noun a crowd."""

INDEFINITE_DETERMINERS = frozenset({"a", "an", "another", "one", "no", "neither", "either", "any", "every"})

PLACING = frozenset({"at", "from", "with"})
"""Prepositions after a noun that say where somebody works or comes from."""


@dataclass(frozen=True)
class Sources:
    """The entities of a draft, and the names of the paper itself in plain form (see ``_plain``)."""

    store: EntityStore
    own: frozenset[str] = frozenset()


# --- Entities ---------------------------------------------------------------------------------------------------------


def kind_of(sources: Sources, entity: Entity, mention: Mention) -> SourceKind:
    """The kind of an entity as a source, from its name, else from its most informative noun."""
    if is_own(sources, entity):
        return SourceKind.OWN_OUTLET
    if entity.names:
        return kind_of_named(sources, entity)
    group = next((member for member in entity.mentions if member.form == "group"), None)
    if group is not None:
        return _kind_of_group(sources, group)
    nouns = [member for member in entity.mentions if member.form == "noun"] or [mention]
    return kind_of_noun(sources, next((noun for noun in nouns if noun.kind is not None), nouns[0]))


def is_own(sources: Sources, entity: Entity) -> bool:
    """Whether the entity is the paper itself: one of its configured names, or *this newspaper*."""
    if any(plain(name.text) in sources.own for name in entity.names):
        return True
    return any(member.determiner in DEMONSTRATIVES and member.kind == "outlet" for member in entity.mentions)


def plain(name: str) -> str:
    """A name in lower case on one line, without its article."""
    words = name.lower().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def kind_of_named(sources: Sources, entity: Entity) -> SourceKind:
    """The kind of a source with a name."""
    match entity.being:
        case "person":
            return SourceKind.NAMED_PERSON
        case "outlet":
            return SourceKind.OUTLET
        case "document":
            return SourceKind.DOCUMENT
        case "people":
            return SourceKind.ANONYMOUS
        case "unknown" if entity.names:
            return _kind_of_unknown_name(sources, entity)
        case "organisation" if not entity.names:
            return kind_of_noun(sources, entity.mentions[0])
    return SourceKind.NAMED_ORGANISATION


def _kind_of_unknown_name(sources: Sources, entity: Entity) -> SourceKind:
    """Kind of a name with no other evidence: person, unless it is used like a country or company."""
    if entity.gender is not None:
        return SourceKind.NAMED_PERSON
    if entity.name is not None and len(entity.name.keys) > 1 and not entity.neuter:
        neuter = any(mention.word in ("it", "its", "which") for mention in entity.mentions)
    else:
        neuter = entity.neuter or any(_is_used_like_a_body(sources, mention) for mention in entity.mentions)
    return SourceKind.NAMED_ORGANISATION if neuter else SourceKind.NAMED_PERSON


def _is_used_like_a_body(sources: Sources, mention: Mention) -> bool:
    """Whether the mention tells where, is *it* or *they*, or has an office or a body (*Norland's minister*)."""
    if mention.being == "place" or mention.word in ("it", "its", "they", "their", "which"):
        return True
    tree = sources.store.trees[mention.sentence]
    head = tree.head(mention.head)
    if head is None or not tree.matches(mention.head, "nmod:poss"):
        return False
    owned = sources.store.discourse.mention_at(mention.sentence, head)
    return owned is not None and owned.kind in ("role", "organisation")


def _kind_of_group(sources: Sources, group: Mention) -> SourceKind:
    """The kind of several nouns without a name: that of the first, or a crowd if any of them is one."""
    parts = (sources.store.discourse.mention_at(group.sentence, head) for head in group.parts)
    kinds = [kind_of_noun(sources, part) for part in parts if part is not None]
    return SourceKind.VAGUE_COLLECTIVE if not kinds or SourceKind.VAGUE_COLLECTIVE in kinds else kinds[0]


def is_named(sources: Sources, entity: Entity, kind: SourceKind) -> bool:
    """Whether a reader could ask for the source by name: a name, an institution, or a named maker of a document."""
    if kind in NAMED_KINDS:
        return True
    if entity.names and kind in (SourceKind.OUTLET, SourceKind.DOCUMENT):
        return True
    if kind is SourceKind.OUTLET:
        return any(_is_called_by_name(sources, mention) for mention in entity.mentions)
    return kind is SourceKind.DOCUMENT and any(_has_name_beside(sources, mention) for mention in entity.mentions)


def _is_called_by_name(sources: Sources, mention: Mention) -> bool:
    """*The official **Tolva** news agency*, but not *a Norland newspaper*: whether the phrase has the outlet's name."""
    if mention.form != "noun" or mention.plural or not (mention.determiner == "the" or mention.bare):
        return False
    tree = sources.store.trees[mention.sentence]
    no_names = TIME_WORDS | sources.store.discourse.lexicon.words_for("outlet-sort")
    before = (tree.tokens[index] for index in mention.tokens if tree.matches(index, "compound", "flat"))
    return any(word.upos == "PROPN" and word.text.lower().rstrip(".") not in no_names for word in before)


def _has_name_beside(sources: Sources, mention: Mention) -> bool:
    """Whether a name other than a day or month is in the phrase or directly depends on it."""
    tree = sources.store.trees[mention.sentence]
    near = [*mention.tokens, *tree.children(mention.head, "nmod", "nmod:poss", "acl")]
    near += [index for child in tree.children(mention.head, "acl") for index in tree.children(child, "obl")]
    names = (tree.tokens[index].text for index in near if tree.tokens[index].upos == "PROPN")
    return any(name.lower().rstrip(".") not in TIME_WORDS for name in names)


# --- Nouns ------------------------------------------------------------------------------------------------------------


class Evidence(NamedTuple):
    """Named evidence: the kind that it shows a noun phrase to be, or None where it does not apply."""

    name: str
    read: Callable[[Sources, Mention], SourceKind | None]


def kind_of_noun(sources: Sources, mention: Mention) -> SourceKind:
    """The kind of a phrase without a name, by the first evidence in ``NOUN_EVIDENCE`` that applies."""
    return next(kind for evidence in NOUN_EVIDENCE if (kind := evidence.read(sources, mention)) is not None)


def evidence_for(sources: Sources, mention: Mention) -> str:
    """The name of the evidence that decides the kind of a phrase without a name."""
    return next(evidence.name for evidence in NOUN_EVIDENCE if evidence.read(sources, mention) is not None)


def kind_of_part(sources: Sources, mention: Mention, otherwise: SourceKind = SourceKind.ANONYMOUS) -> SourceKind:
    """The kind of *some* and *two of the aides*: that of the whole, if it has no name."""
    whole = whole_of(sources.store, mention)
    described = [] if whole is None else [member for member in whole.mentions if member.form in ("noun", "name")]
    if whole is not None and described:
        kind = kind_of(sources, whole, described[0])
        if kind not in NAMED_KINDS:
            return kind
    return SourceKind.VAGUE_COLLECTIVE if mention.word in CROWDS else otherwise


def _quantity(sources: Sources, mention: Mention) -> SourceKind | None:
    """*A majority of the growers*, *40 %*."""
    counting = mention.office[-1].lower().rstrip("%") if mention.office else ""
    if counting in sources.store.lexicon.words_for("quantity") or mention.word.endswith("%"):
        return kind_of_part(sources, mention, SourceKind.VAGUE_COLLECTIVE)
    return None


def _office_of_somebody(sources: Sources, mention: Mention) -> SourceKind | None:
    """*Her office*."""
    owned = mention.office[-1:] == ("office",) and mention.possessor is not None
    return SourceKind.NAMED_ORGANISATION if owned else None


def _bare_crowd(sources: Sources, mention: Mention) -> SourceKind | None:
    """*Analysts*, *reports*: a bare plural that nothing identifies."""
    papers = mention.kind == "document" and mention.plural and _is_quantified(sources, mention)
    bare = mention.crowd or papers  # some estimates
    crowd = bare and not _is_counted(sources, mention) and not _is_told_apart(sources, mention)
    return SourceKind.VAGUE_COLLECTIVE if crowd else None


def _organisation(sources: Sources, mention: Mention) -> SourceKind | None:
    """*The ministry* can be asked; *the unions* and *a union* have no name, *some unions* are a crowd."""
    if mention.kind != "organisation":
        return None
    if mention.plural:
        return SourceKind.VAGUE_COLLECTIVE if _is_quantified(sources, mention) else SourceKind.ANONYMOUS
    some = mention.determiner in INDEFINITE_DETERMINERS
    return SourceKind.ANONYMOUS if some else SourceKind.NAMED_ORGANISATION


def _outlet(sources: Sources, mention: Mention) -> SourceKind | None:
    """*The paper* is an outlet, *the papers* are a crowd."""
    if mention.kind != "outlet":
        return None
    return SourceKind.VAGUE_COLLECTIVE if mention.plural else SourceKind.OUTLET


def _document(sources: Sources, mention: Mention) -> SourceKind | None:
    return SourceKind.DOCUMENT if mention.kind == "document" else None


def _official(sources: Sources, mention: Mention) -> SourceKind | None:
    return SourceKind.UNNAMED_OFFICIAL if mention.kind == "official" else None


def _role_in_office(sources: Sources, mention: Mention) -> SourceKind | None:
    """*The minister*, *a Tarsk engineer*, *school leaders*: a role that can be checked."""
    if mention.kind != "role" or _is_quantified(sources, mention):
        return None
    leading = bool(mention.plural) and mention.word in sources.store.lexicon.words_for("leading-role")
    if _is_office(sources, mention) or _place_is_told(sources, mention) or leading:
        return SourceKind.UNNAMED_OFFICIAL
    return None


def _person(sources: Sources, mention: Mention) -> SourceKind | None:
    """*A teacher*, *residents*; with a quantifier a crowd (*some residents*)."""
    if mention.kind not in ("role", "anonymous"):
        return None
    return SourceKind.VAGUE_COLLECTIVE if _is_quantified(sources, mention) else SourceKind.ANONYMOUS


def _told_apart(sources: Sources, mention: Mention) -> SourceKind | None:
    """*A critic*, *two experts*, *experts at the depot*: of a crowd, but not all of it."""
    if mention.kind != "vague-collective":
        return None
    told = not _is_quantified(sources, mention) and _is_told_apart(sources, mention)
    return SourceKind.ANONYMOUS if _is_counted(sources, mention) or mention.being == "person" or told else None


def _collective(sources: Sources, mention: Mention) -> SourceKind | None:
    """*Critics*, *social media*."""
    return SourceKind.VAGUE_COLLECTIVE if mention.kind in ("vague-collective", "platform") else None


def _part(sources: Sources, mention: Mention) -> SourceKind | None:
    """*Two of the aides*."""
    return kind_of_part(sources, mention) if mention.form == "pronoun" else None


def _number(sources: Sources, mention: Mention) -> SourceKind:
    """A noun missing from the lexicon: a crowd in the plural, an anonymous person in the singular."""
    crowd = mention.plural and not _is_counted(sources, mention)
    return SourceKind.VAGUE_COLLECTIVE if crowd else SourceKind.ANONYMOUS


NOUN_EVIDENCE = (
    Evidence("quantity", _quantity),
    Evidence("office-of-somebody", _office_of_somebody),
    Evidence("bare-crowd", _bare_crowd),
    Evidence("organisation", _organisation),
    Evidence("outlet", _outlet),
    Evidence("document", _document),
    Evidence("official", _official),
    Evidence("role-in-office", _role_in_office),
    Evidence("person", _person),
    Evidence("told-apart", _told_apart),
    Evidence("collective", _collective),
    Evidence("part", _part),
    Evidence("number", _number),
)
"""Evidence about phrases without a name, in the order in which it is tried; the last always applies."""


# --- What phrases tell ------------------------------------------------------------------------------------------------


def _is_counted(sources: Sources, mention: Mention) -> bool:
    """Whether a number counts the noun (*two diplomats*)."""
    tree = sources.store.trees[mention.sentence]
    return mention.form == "noun" and tree.has_child(mention.head, "nummod")


def _is_quantified(sources: Sources, mention: Mention) -> bool:
    """Whether a quantifier makes a crowd of the phrase (*some diplomats*)."""
    words = {mention.determiner, *mention.office}
    return not _is_counted(sources, mention) and not CROWD_QUANTIFIERS.isdisjoint(words)


def _is_told_apart(sources: Sources, mention: Mention) -> bool:
    """Whether modifiers identify the group: *experts at the depot*, *Tarsk analysts*, *people who saw it*.

    The target of criticism does not (*critics of the mayor*).
    """
    tree = sources.store.trees[mention.sentence]
    if any(tree.tokens[index].upos == "PROPN" for index in mention.tokens):
        return True
    after = [child for child in tree.children(mention.head, "acl", "amod", "nmod") if child > mention.head]
    if after and (mention.word == "people" or any(tree.matches(child, "amod") for child in after)):
        return True  # people who saw it; sources close to the delegation
    if mention.kind == "document":
        makers = [child for child in tree.children(mention.head, "nmod") if _may_make(sources, mention, child)]
        return bool(makers or tree.has_child(mention.head, "acl", "compound"))
    openings = (tree.forms[tree.subtree(child)[0]] for child in tree.children(mention.head, "nmod"))
    clauses = (tree.forms[tree.subtree(child)[0]] for child in tree.children(mention.head, "acl"))
    return any(word in PLACING for word in openings) or any(word != "of" for word in clauses)


def _may_make(sources: Sources, mention: Mention, index: int) -> bool:
    """Whether a noun beside papers may be who made them (*by the ministry*), not where (*from the valley*)."""
    tree = sources.store.trees[mention.sentence]
    token = tree.tokens[index]
    if token.upos == "PROPN" or any(tree.lemmas[case] == "by" for case in tree.children(index, "case")):
        return True
    return bool(sources.store.lexicon.source_nouns_of(tree.lemmas[index]))


def _is_relation(sources: Sources, mention: Mention) -> bool:
    """Whether the noun tells whose somebody is or their sex, and no office (*widow*, *cousin*)."""
    lexicon = sources.store.lexicon
    return any(mention.office[-1] in lexicon.words_for(name) for name in ("relation", "female-person", "male-person"))


def _is_office(sources: Sources, mention: Mention) -> bool:
    """Whether the noun is an office that goes before a name as a title (*minister*, *prosecutors*)."""
    if _is_relation(sources, mention):
        return False
    endings = (" ".join(mention.office[-size:]) for size in (1, 2, 3))
    return is_spokesperson(mention, sources.store.lexicon) or any(
        sources.store.lexicon.title(words) is not None for words in endings
    )


def _place_is_told(sources: Sources, mention: Mention) -> bool:
    """Whether the reader is told whose or where: *Russia's*, *at Brandt & Lowe*, *a Tarsk engineer*."""
    if _is_relation(sources, mention):
        return False
    tree = sources.store.trees[mention.sentence]
    if mention.possessor is not None or any(tree.tokens[index].upos == "PROPN" for index in mention.tokens):
        return True
    beside = institutions_beside(sources.store, mention)
    return any(entity.names or entity.being == "organisation" for entity in beside)
