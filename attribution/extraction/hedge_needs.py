"""What the words of a hedge or booster need: a complement, a subject, or a noun that they modify."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from attribution import grammar
from attribution.extraction.hedge_match import Match
from attribution.extraction.hedge_scope import commented_clause, number_phrase
from attribution.lexicon import Complement, HedgeEntry, Lexicon
from attribution.parsing import Tree

SPEAKERS = frozenset({"i", "we"})


THINGS = frozenset({"it", "this", "that", "these", "which"})


HIGH = 0.7
"""Lowest strength of a booster that counts before a noun (*irrefutable proof*)."""


PAST_TAGS = frozenset({"VBD"})


def raises_commitment(tree: Tree, match: Match) -> bool:
    """A booster may not be negated; a verb must have a finite complement (*proves that*, not *proves difficult*)."""
    first, anchor = match.first, match.anchor(tree)
    if first > 0 and tree.lemmas[first - 1] in ("not", "no", "never", "hardly"):
        return False
    if len(match.indices) > 1:
        return tree.tokens[first].upos != "ADP" or not tree.matches(match.indices[-1], "amod")  # *for certain women*
    match tree.tokens[anchor].upos:
        case "ADV" if tree.matches(anchor, "advmod") and tree.tokens[tree.tokens[anchor].head].upos == "VERB":
            # After the verb it is an adverb of manner: *saw the road clearly*.
            return anchor < tree.tokens[anchor].head or tree.forms[anchor - 1] == ","
        case "ADJ" if tree.matches(anchor, "amod"):
            return match.entry.strength >= HIGH
        case "ADJ":
            return match.entry.strength >= 0.6 or bool(_finite_complements(tree, anchor))
        case "VERB":
            return not grammar.has_negation(tree, anchor) and bool(_finite_complements(tree, anchor))
    return True


def governs_clause(tree: Tree, match: Match) -> bool:
    """Whether a clause depends on the words, comments on a clause, or is what their relative clause is about."""
    anchor = match.anchor(tree)
    return (
        bool(_stated_complements(tree, anchor))
        or has_small_clause(tree, anchor)
        or _infinitive_follows(tree, match.indices[-1] + 1)
        or commented_clause(tree, anchor) is not None
        or _lacks_its_clause(tree, anchor)
    )


def governs_finite_clause(tree: Tree, match: Match) -> bool:
    """Whether a finite clause depends on one of the words (*no evidence that it leaked*), or they comment on one."""
    return commented_clause(tree, match.anchor(tree)) is not None or any(
        _finite_complements(tree, index) for index in match.indices
    )


def modifies_noun(tree: Tree, match: Match) -> bool:
    """Whether the word precedes its noun and qualifies it."""
    anchor = match.anchor(tree)
    return tree.matches(anchor, "amod") and not _follows_superlative(tree, anchor)


def _follows_superlative(tree: Tree, index: int) -> bool:
    """Whether the word measures: *the highest possible score*."""
    return index > 0 and tree.tokens[index - 1].xpos in ("JJS", "RBS")


def is_said_of_subject(tree: Tree, match: Match) -> bool:
    """Whether the word is, or modifies, what the sentence says of its subject or says to exist.

    *Delays are possible*, *it was a possible cause*, *there is a potential link*; not *they named possible candidates*.
    """
    anchor = match.anchor(tree)
    head = tree.head(anchor)
    if _follows_superlative(tree, anchor):
        return False
    if _stated_complements(tree, anchor) or not tree.matches(anchor, "amod", "advmod"):
        return True
    if head is not None and tree.matches(head, "amod") and tree.tokens[head].upos == "ADJ":
        head = tree.head(head)
    if head is None or tree.tokens[head].upos not in ("NOUN", "PROPN"):
        return head is not None
    while tree.matches(head, "conj"):
        head = tree.tokens[head].head
    governor = tree.head(head)
    if governor is None or tree.has_child(head, "cop"):
        return True
    # *There is a possible link*; *a possible cause is the valve*.
    equated = tree.has_child(governor, "cop") and tree.tokens[governor].upos != "ADJ"
    return tree.matches(head, "nsubj") and (equated or tree.has_child(governor, "expl"))


def _stated_complements(tree: Tree, index: int) -> list[int]:
    return [clause for clause in grammar.complements(tree, index) if not grammar.is_embedded_question(tree, clause)]


def _finite_complements(tree: Tree, index: int) -> list[int]:
    return [
        clause
        for clause in _stated_complements(tree, index)
        if grammar.is_finite(tree, clause) and not grammar.is_infinitive(tree, clause)
    ]


def _infinitive_follows(tree: Tree, index: int) -> bool:
    """Whether *to* and a verb follow here, whatever their relation."""
    return index + 1 < len(tree) and tree.forms[index] == "to" and tree.tokens[index + 1].xpos == "VB"


def has_small_clause(tree: Tree, verb: int) -> bool:
    """Whether an adjective or participle is said of the verb's subject (*presumed dead*, *feared lost*)."""
    if tree.tokens[verb].upos != "VERB" or tree.has_child(verb, "obj"):
        return False
    return any(
        child > verb and (tree.tokens[child].upos == "ADJ" or tree.tokens[child].xpos == "VBN")
        for child in tree.children(verb, "advmod", "xcomp")
        if not grammar.is_infinitive(tree, child)
    )


def _lacks_its_clause(tree: Tree, verb: int) -> bool:
    """Whether the complement is what the relative clause is about (*the man who they think fled*)."""
    return (
        tree.matches(verb, "acl:relcl")
        and tree.tokens[verb].upos == "VERB"
        and all(tree.tokens[child].xpos in grammar.WH_TAGS for child in tree.children(verb, "obj", "obl"))
        and tree.has_child(verb, "nsubj")
    )


def has_subject(tree: Tree, verb: int, entry: HedgeEntry, lexicon: Lexicon) -> bool:
    """Whether the verb's subject is of the kind that the entry asks for: the one who speaks, or evidence."""
    if entry.subject == "any":
        return True
    subject = grammar.subject(tree, verb)
    if subject is None:
        subject = grammar.understood_subject(tree, verb)
    if subject is None:
        return False
    if entry.subject == "speaker":  # in the present: what *we thought* may be given up
        return tree.forms[subject] in SPEAKERS and not has_tag(tree, verb, PAST_TAGS | {"VBN"})
    return _is_evidence(tree, subject, lexicon)


def _is_evidence(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether a subject is no person or institution but what points to something: *estimates*, *the marks*, *this*."""
    if tree.tokens[noun].upos != "NOUN":
        return tree.forms[noun] in THINGS
    kinds = {entry.kind for entry in lexicon.source_nouns_of(tree.lemmas[noun])}
    return kinds <= {"document"}


def auxiliaries(tree: Tree, verb: int) -> set[str]:
    """The lemmas of a verb's auxiliaries and copula."""
    return {tree.lemmas[child] for child in tree.children(verb, "aux", "cop")}


def has_tag(tree: Tree, clause: int, tags: frozenset[str]) -> bool:
    """Whether the head of a clause, or an auxiliary of it, has one of the tags."""
    return any(tree.tokens[word].xpos in tags for word in (clause, *tree.children(clause, "aux", "cop")))


COMPLEMENTS: Mapping[Complement, Callable[[Tree, Match], bool]] = MappingProxyType(
    {
        "any": lambda tree, match: True,
        "clause": governs_clause,
        "that": governs_finite_clause,
        "noun": modifies_noun,
        "predicate": is_said_of_subject,
        "number": lambda tree, match: number_phrase(tree, match.indices) is not None,
    }
)
"""How what an entry needs is found."""
