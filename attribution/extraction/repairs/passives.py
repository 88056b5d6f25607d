"""Repairs of passive cues: who is spoken of, who speaks, and what is said."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import source_kind
from attribution.extraction.names import TIME_WORDS
from attribution.extraction.people import AGENTS
from attribution.extraction.repairs.pattern import Case
from attribution.extraction.roles import Roles
from attribution.lexicon import Lexicon
from attribution.records import Attitude


def expletive_subject(case: Case, roles: Roles) -> Roles | None:
    """*It emerged that …*, *It was alleged that …*: the expletive *it* is not a source."""
    context, cue = case.context, case.cue
    tree = context.tree
    expletive = frozenset(tree.children(cue, "expl")) & (roles.source | roles.other)
    if expletive:
        return Roles(roles.cue | expletive, roles.source - expletive, roles.content, roles.other - expletive)
    subject = context.subject(cue)
    if subject is None or tree.forms[subject] != "it" or "that" not in tree.forms[cue:]:
        return None
    impersonal = any(
        entry.attitude is Attitude.HEARSAY or getattr(entry, "subject", "any") == "content" for entry in case.entries
    )
    if not context.is_passive(cue) and not impersonal:
        return None
    empty = {subject}
    return Roles(roles.cue, roles.source - empty, roles.content - empty, roles.other | empty)


def subject_of_passive(case: Case, roles: Roles) -> Roles | None:
    """*Among the dead were said to be pupils*: what a passive speaks of is content, not the source."""
    context, cue = case.context, case.cue
    tree = context.tree
    if not tree.has_child(cue, "aux:pass"):
        return None
    among = [index for index in tree.children(cue, "obl") if context.preposition(index) == "among"]
    spoken_of = {
        index
        for subject in (*tree.children(cue, "nsubj:pass"), *among)
        if subject in roles.source and subject < cue
        for index in tree.subtree(subject)
    }
    if not spoken_of:
        return None
    return Roles(roles.cue, roles.source - spoken_of, roles.content | spoken_of - roles.cue, roles.other - spoken_of)


def subject_of_participle(case: Case, roles: Roles) -> Roles | None:
    """*Asked whether he would sell, Lind said no*: who is asked is the subject of what follows, and does not ask."""
    context, cue = case.context, case.cue
    tree = context.tree
    if cue or context.tokens[cue].xpos != "VBN" or not tree.matches(cue, "advcl"):
        return None
    if tree.has_child(cue, "aux", "nsubj"):
        return None
    subject = tree.child(context.tokens[cue].head, "nsubj")
    if subject is None or not roles.source or not roles.source <= frozenset(tree.subtree(subject)):
        return None
    return Roles(roles.cue, frozenset(), roles.content, roles.other | roles.source)


def predicate_of_passive(case: Case, roles: Roles) -> Roles | None:
    """*He was branded a coward*: the predicate is content, where the role model put it into the cue."""
    context, cue = case.context, case.cue
    if not context.is_passive(cue) or not any("object-complement" in entry.frames for entry in case.entries):
        return None
    tree = context.tree
    said = {
        index
        for child in tree.children(cue, "xcomp", "obj")
        if child in roles.cue and child > cue and context.tokens[child].upos in {"NOUN", "ADJ", "PROPN"}
        for index in tree.subtree(child)
        if index in roles.cue
    }
    return Roles(roles.cue - said, roles.source, roles.content | said, roles.other - said) if said else None


def agent_below(case: Case, roles: Roles) -> Roles | None:
    """*The law was described as cruel by Bishop Roth*: the agent is the source, wherever it is attached."""
    context, cue = case.context, case.cue
    if roles.source or not context.is_passive(cue):
        return None
    tree = context.tree
    for nominal in tree.subtree(cue):
        if nominal < cue or not tree.matches(nominal, "obl", "nmod") or context.preposition(nominal) != "by":
            continue
        if (governor := tree.head(nominal)) not in (None, cue) and context.is_passive(governor):
            continue  # is said to have broken out, which was stopped by police
        if _may_be_agent(context, nominal, case.lexicon):
            by = frozenset(tree.children(nominal, "case"))
            agent = frozenset(tree.subtree(nominal, without=by))
            return Roles(roles.cue - agent, agent, roles.content - agent - by, roles.other - agent)
    return None


def document_of_passive(case: Case, roles: Roles) -> Roles | None:
    """*In the report, the dam is described as unsafe*: what a passive without an agent is read in is its source."""
    context, cue = case.context, case.cue
    if roles.source or not context.is_passive(cue):
        return None
    tree = context.tree
    for nominal in tree.children(cue, "obl"):
        if context.preposition(nominal) != "in" or source_kind(context, nominal, case.lexicon) != "document":
            continue
        papers = context.tokens[nominal].xpos == "NNS" and context.lemma(nominal) in case.lexicon.words_for("paper")
        if papers and not tree.has_child(nominal, "compound"):
            continue  # reported in two papers, which have no name, but described in court papers
        beside = frozenset(tree.children(nominal, "case"))
        clauses = [clause for clause in tree.children(nominal, "acl", "ccomp") if tree.has_child(clause, "mark")]
        document = frozenset(tree.subtree(nominal, without={*beside, *clauses}))
        moved = document | beside
        return Roles(roles.cue - moved, document, roles.content - moved, (roles.other | beside) - document)
    return None


def _may_be_agent(context: SentenceContext, nominal: int, lexicon: Lexicon) -> bool:
    """Whether a noun after *by* can be a speaker, or some of a group of speakers (*by two of his partners*)."""
    if context.tree.forms[nominal] in TIME_WORDS:
        return False  # will run out by Christmas
    kind = source_kind(context, nominal, lexicon)
    if kind in AGENTS:
        return True
    if kind not in PARTS and context.lemma(nominal) not in lexicon.words_for("quantity"):
        return False
    wholes = [child for child in context.tree.children(nominal, "nmod") if context.preposition(child) == "of"]
    return any(source_kind(context, child, lexicon) in AGENTS for child in wholes)


PARTS = frozenset({"num", "pronoun:one", "pronoun:both", "pronoun:all", "pronoun:several", "pronoun:none", "adj"})
"""Kinds of words that select some of a group."""


def accusation_behind_agent(case: Case, roles: Roles) -> Roles | None:
    """*accused by critics of promoting high taxes*: the accusation attached to the agent is content."""
    context, cue = case.context, case.cue
    if not context.is_passive(cue) or not roles.source:
        return None
    words = sorted(roles.source)
    for index in words[1:]:
        gerund = index + 1 < len(context) and context.tokens[index + 1].xpos == "VBG"
        if gerund and any(context.lemma(index) in entry.prepositions for entry in case.entries):
            accusation = frozenset(word for word in words if word >= index)
            return Roles(roles.cue, roles.source - accusation, roles.content | accusation, roles.other)
    return None


def auxiliaries_of_cue(case: Case, roles: Roles) -> Roles | None:
    """*Owners have **been** told that …*: an auxiliary between words of the cue is one of them."""
    between = case.context.tree.children(case.cue, "aux")
    missed = frozenset(index for index in between if min(roles.cue) < index < case.cue) - roles.cue
    if not missed:
        return None
    return Roles(roles.cue | missed, roles.source - missed, roles.content - missed, roles.other - missed)


def gap_before_that(case: Case, roles: Roles) -> Roles | None:
    """*It has been argued for years that …*: the words between an impersonal cue and *that* are not content."""
    context, cue = case.context, case.cue
    tree = context.tree
    if not grammar.is_impersonal_passive(tree, cue):
        return None
    marks = [index for index in range(cue + 1, len(tree)) if tree.forms[index] == "that"]
    if not marks or marks[0] not in roles.content or min(roles.content) > marks[0]:
        return None
    between = frozenset(index for index in roles.content if index < marks[0])
    return Roles(roles.cue, roles.source, roles.content - between, roles.other | between)
