"""Whether the words of a hedge have the meaning of its category: possibility, not permission or ability."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.hedge_claims import restricts_forecast
from attribution.extraction.hedge_match import Match
from attribution.extraction.hedge_needs import PAST_TAGS, auxiliaries, has_small_clause, has_tag
from attribution.extraction.people import SUBJECT_PRONOUNS
from attribution.lexicon import Lexicon
from attribution.parsing import Tree
from attribution.records import Attitude, HedgeCategory

ADDRESSEES = frozenset({"you"})


PRESENT_TAGS = frozenset({"VBZ", "VBP"})


WRITERS_OWN = frozenset({"can", "ca", "could", "must", "should"})
"""Modals that make a passive of saying or thinking the writer's own advice."""


def has_meaning(tree: Tree, match: Match, category: HedgeCategory, lexicon: Lexicon) -> bool:
    """Whether the words have the meaning of their category here."""
    match category:
        case HedgeCategory.MODAL:
            return len(match.indices) > 1 or is_possibility(tree, match.first, lexicon)
        case HedgeCategory.AGENTLESS_PASSIVE:
            return is_told_by_nobody(tree, match.anchor(tree))
        case HedgeCategory.CONDITIONAL:
            return restricts_forecast(tree, match)
        case _:
            return True


def is_told_by_nobody(tree: Tree, verb: int) -> bool:
    """Whether the verb is a passive without an agent.

    What *can be said* or *must be assumed* is the writer's own.
    """
    if tree.matches(verb, "amod") or not WRITERS_OWN.isdisjoint(grammar.modals(tree, verb)):
        return False
    return _is_passive(tree, verb) and not grammar.agents(tree, verb)


def _is_passive(tree: Tree, verb: int) -> bool:
    """As in ``grammar``, and in headlines without an auxiliary (*Three feared dead*)."""
    if grammar.is_passive(tree, verb) or has_small_clause(tree, verb):
        return True
    if tree.tokens[verb].upos == "ADJ":  # *is forecast to rise*
        return tree.has_child(verb, "cop")
    auxiliaries = {tree.lemmas[child] for child in tree.children(verb, "aux")}
    is_participle = tree.tokens[verb].xpos == "VBN" and not tree.has_child(verb, "obj")
    return is_participle and ("be" in auxiliaries or not auxiliaries)


def is_possibility(tree: Tree, modal: int, lexicon: Lexicon) -> bool:
    """Whether a modal expresses possibility, not permission, ability or duty (Palmer 2001, chapters 2, 3)."""
    verb = tree.head(modal)
    if verb is None or not tree.matches(modal, "aux", "cop") or _is_part_of_name(tree, modal):
        return False
    if "have" in auxiliaries(tree, verb):
        return not (grammar.is_negated(tree, verb) and tree.forms[modal] == "could")
    match tree.forms[modal]:
        case "may":
            return not gives_leave(tree, verb, lexicon)
        case "could":
            return not grammar.is_negated(tree, verb) and not tells_ability(tree, verb, lexicon)
        case "must":
            return False
    return True


def _is_part_of_name(tree: Tree, index: int) -> bool:
    """Whether a capital in mid-sentence makes the word a part of a name (*Devil May Cry*)."""
    return (
        tree.tokens[index].text.istitle()
        and index > 0
        and tree.tokens[index - 1].upos != "PUNCT"
        and not grammar.is_title_case(tree)
    )


def gives_leave(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether *may* wishes, permits or forbids: *may she rest*, *you may park*, *ruled that they may sell*."""
    if _stands_before_subject(tree, verb):
        return True
    subject = grammar.subject(tree, verb)
    if subject is not None and tree.forms[subject] in ADDRESSEES and "be" not in auxiliaries(tree, verb):
        return True
    if grammar.is_passive(tree, verb) and (_is_only(tree, verb) or grammar.has_negation(tree, verb)):
        return True
    if _has_oblique(tree, verb, ("under", "by"), lexicon.words_for("statute")):
        return True
    governor = tree.head(verb)
    return governor is not None and tree.matches(verb, "ccomp") and _decrees(tree, governor, lexicon)


def _has_oblique(tree: Tree, verb: int, prepositions: tuple[str, ...], nouns: frozenset[str]) -> bool:
    """Whether a phrase of one of these prepositions and nouns stands with the verb (*under the new law*)."""
    return any(
        tree.lemmas[phrase] in nouns
        and any(tree.lemmas[case] in prepositions for case in tree.children(phrase, "case"))
        for phrase in tree.children(verb, "obl")
    )


def _stands_before_subject(tree: Tree, verb: int) -> bool:
    """Whether the first auxiliary stands before the only subject, as in a wish (*may she rest in peace*)."""
    subjects, auxiliaries = tree.children(verb, "nsubj", "expl"), tree.children(verb, "aux")
    return bool(subjects and auxiliaries) and min(auxiliaries) < min(subjects)


def _is_only(tree: Tree, verb: int) -> bool:
    return any(tree.lemmas[child] == "only" for child in tree.children(verb, "advmod"))


def _decrees(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether the verb decides or rules what is to be, in all its meanings with a clause."""
    clausal = [
        entry for entry in lexicon.verbs_of(tree.lemmas[verb]) if entry.particle is None and "clause" in entry.frames
    ]
    return bool(clausal) and all(entry.attitude is Attitude.INTENTION for entry in clausal)


def tells_ability(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether *could* expresses past ability: in a narrative in the past tense, and not in reported speech."""
    if _has_oblique(tree, verb, ("as", "at", "by", "from", "in"), lexicon.words_for("childhood")):
        return True
    if _senses(tree, verb, lexicon):
        return True
    clause = verb
    while not tree.matches(clause, "acl:relcl", "advcl:relcl"):
        beside = tree.children(clause, "conj", "advcl")
        if any(has_tag(tree, child, PAST_TAGS) for child in beside):
            return True
        head = tree.head(clause)
        if head is None or has_tag(tree, head, PRESENT_TAGS):
            return False
        if tree.matches(clause, "acl") or (
            tree.matches(clause, "ccomp", "parataxis") and lexicon.verbs_of(tree.lemmas[head])
        ):
            return False
        if has_tag(tree, head, PAST_TAGS):
            return True
        clause = head
    return False


def _senses(tree: Tree, verb: int, lexicon: Lexicon) -> bool:
    """Whether somebody perceives: *she could hear it*, *it could be seen for miles*; not *the coast could see snow*."""
    if tree.lemmas[verb] in lexicon.words_for("sensing"):
        return True
    if tree.lemmas[verb] not in lexicon.words_for("sighting"):
        return False
    subject = grammar.subject(tree, verb)
    return grammar.is_passive(tree, verb) or (subject is not None and tree.forms[subject] in SUBJECT_PRONOUNS)
