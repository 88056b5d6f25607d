"""Repairs of cues that are nouns or adjectives: the verb that carries them, and its subject."""

from __future__ import annotations

from attribution.extraction.repairs.pattern import Case
from attribution.extraction.roles import Roles


def subject_of_light_verb(case: Case, roles: Roles) -> Roles | None:
    """*Brask came to the conclusion that …*: the subject of the light verb is the source."""
    context, cue = case.context, case.cue
    if roles.source or not roles.content or not context.tree.matches(cue, "obj", "obl"):
        return None
    verb = context.tree.head(cue)
    if verb is None or context.lemma(verb) not in case.lexicon.words_for("light-verb") or context.is_passive(verb):
        return None
    subject = context.subject(verb)
    if subject is None:
        subject = context.inherited_subject(verb)
    if subject is None or context.lemma(subject) in {"it", "there"}:
        return None
    source = frozenset(context.tree.subtree(subject)) - roles.cue - roles.content
    return Roles(roles.cue, source, roles.content, roles.other - source) if source else None


def predicate_of_claim(case: Case, roles: Roles) -> Roles | None:
    """*The **claim that the well is clean** is false*: what is said of a claim is not claimed."""
    context, cue = case.context, case.cue
    tree, predicate = context.tree, context.tree.head(cue)
    clause = tree.child(cue, "acl", "ccomp")
    if predicate is None or clause is None or not tree.matches(cue, "nsubj", "nsubj:pass", "nsubj:outer"):
        return None
    if not clause < predicate or not {clause, predicate} <= roles.content:
        return None
    beyond = roles.content.difference(tree.subtree(clause))
    return Roles(roles.cue, roles.source, roles.content - beyond, roles.other | beyond)


def existential_there(case: Case, roles: Roles) -> Roles | None:
    """*There are reports that …*: the empty *there is* belongs to the cue."""
    context, cue = case.context, case.cue
    tree, verb = context.tree, context.tree.head(cue)
    if verb is None or not roles.content or not tree.has_child(verb, "expl") or context.lemma(verb) != "be":
        return None
    empty = {verb, *tree.children(verb, "expl", "aux")}
    return Roles(roles.cue | empty, roles.source - empty, roles.content - empty, roles.other - empty)


def light_verb_in_cue(case: Case, roles: Roles) -> Roles | None:
    """*took the view that …*: a light verb whose subject is the source belongs to the cue."""
    context, cue = case.context, case.cue
    tree, verb = context.tree, context.tree.head(cue)
    if verb is None or not tree.matches(cue, "obj", "obl") or verb in roles.cue | roles.source | roles.content:
        return None
    if context.lemma(verb) not in case.lexicon.words_for("light-verb") or not roles.content or min(roles.content) < cue:
        return None
    subject = context.subject(verb)
    if subject is None or subject not in roles.source or tree.has_child(verb, "ccomp", "xcomp"):
        return None
    carrier = {verb, *tree.children(verb, "aux", "aux:pass"), *tree.children(cue, "case")}
    return Roles(roles.cue | carrier, roles.source, roles.content, roles.other - carrier)


def linking_verb_in_cue(case: Case, roles: Roles) -> Roles | None:
    """*remain unconvinced that …*: the linking verb of an adjective belongs to the cue."""
    context, cue = case.context, case.cue
    verb = context.tree.head(cue)
    if verb is None or not context.tree.matches(cue, "xcomp") or verb in roles.content | roles.source:
        return None
    if context.lemma(verb) not in case.lexicon.words_for("linking"):
        return None
    return Roles(roles.cue | {verb}, roles.source, roles.content, roles.other - {verb})
