"""Repairs by quotation marks: the quotation beside a cue, and the occasion around it."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.context import SentenceContext
from attribution.extraction.repairs.pattern import Case
from attribution.extraction.repairs.stretches import (
    CLAUSE_ENDS,
    edge_marks,
    has_main_clause,
    is_set_off,
    noun_phrase_after,
)
from attribution.extraction.roles import Roles
from attribution.grammar import NOMINAL_TAGS


def quotation_before_cue(case: Case, roles: Roles) -> Roles | None:
    """*“…,” Brandt, 57, said* and *“…,” said Brandt*: the quotation is the content, the noun phrase the source."""
    context, cue, (first, last) = case.context, case.cue, case.run
    if last >= cue:
        return None
    if context.tokens[cue].xpos == "VBG" and context.tree.has_child(cue, "ccomp"):
        return None  # “…”, saying she trusted the courts
    recommended = (child for child in context.tree.children(cue, "xcomp") if context.tokens[child].xpos == "VBG")
    if any(child > cue and child in roles.content for child in recommended):
        return None  # For “the best view”, Kell recommends taking the ferry
    quoted = frozenset(range(first, last + 1))
    between = [index for index in range(last + 1, cue) if index not in roles.cue]
    if context.is_passive(cue) and context.lemma(cue) in case.lexicon.words_for("raising"):
        return None  # “the hut,” which is said to be “the oldest”
    end = last - 1
    while end > first and context.tokens[end].xpos == "''":
        end -= 1  # … and stand in it,’ ” recalled the defender
    closed = any(context.tokens[index].text in CLAUSE_ENDS for index in (end, last, last + 1) if index < cue)
    if not closed or len(between) > SET_OFF_LENGTH or not is_set_off(context, cue, between):
        return None
    touches = bool(roles.content & quoted)
    misplaced = bool(roles.source & quoted) or bool(roles.content & set(between))
    if touches and roles.source and not misplaced:
        return None
    source = frozenset(between) - edge_marks(context, between)
    if not any(context.tokens[index].upos in NOMINAL_TAGS for index in source):
        if case.frames and "clause" not in case.frames:
            return None  # the noun after *told* is the listener
        source = frozenset(noun_phrase_after(context, cue))
    if not source:
        return None
    quoted |= _clause_around(context, first)
    later = {index for index in roles.content if context.in_quotation[index]}
    return Roles(roles.cue - source, source - roles.cue, quoted | later, roles.other - source - quoted)


def _clause_around(context: SentenceContext, first: int) -> frozenset[int]:
    """The words before a quotation that is part of their clause: *He wants to “shoot” him, the leader said*."""
    if first < 2 or not context.is_word(first - 1) or not has_main_clause(context, range(first)):
        return frozenset()
    return frozenset(range(first))


def quotation_after_cue(case: Case, roles: Roles) -> Roles | None:
    """*Brandt told the paper, “…”*: the quotation after the cue is the content when the roles leave it out.

    In *calling him “…”* and *claimed on Tuesday that “…”* the words before the quotation belong to the content too.
    """
    context, cue, (first, last) = case.context, case.cue, case.run
    if last < cue:
        return None
    quoted = frozenset(range(first, last + 1))
    between = range(cue + 1, first)
    opens = context.opens(cue)
    if roles.content & quoted and roles.source and not (opens and roles.content & frozenset(between)):
        return None
    if len(between) > SET_OFF_LENGTH or any(
        context.tokens[index].upos == "VERB"
        and (index not in roles.cue | roles.other | roles.source or context.tree.matches(index, "conj"))
        for index in (() if opens else between)
    ):
        return None
    nearest = next((index for index in reversed(between) if context.is_word(index)), cue)
    set_off = any(context.tokens[index].text in SPEECH_OPENERS for index in range(nearest + 1, first + 1))
    if context.tokens[nearest].upos == "VERB" and nearest not in roles.cue and set_off and not opens:
        # *… that Roth had lied, adding: “It was bad.”*: the quotation belongs to the nearer verb.
        return Roles(roles.cue, roles.source, roles.content - quoted, roles.other | roles.content & quoted)
    if between and context.lemma(first - 1) in {"that", "whether"}:
        return Roles(roles.cue, roles.source - quoted, quoted | {first - 1}, roles.other | roles.content)
    introduced = any(context.tokens[index].text in {",", ":"} for index in (first - 1, first - 2) if index > cue)
    if introduced and opens:
        # *Said Ola Brandt, who runs the kiosk: “…”*
        speaker = frozenset(between) - edge_marks(context, list(between)) - roles.other
        if speaker and context.tokens[min(speaker)].upos in NOMINAL_TAGS:
            return Roles(roles.cue - speaker, speaker, quoted, roles.other - speaker)
    if roles.content & quoted:
        return None
    before = {index for index in roles.content if index < cue}
    if introduced or not between:
        if (roles.content - before) <= frozenset(between):
            return Roles(roles.cue, roles.source - quoted, quoted, roles.other | roles.content)
    elif roles.content and max(roles.content) == first - 1:
        return Roles(roles.cue, roles.source - quoted, roles.content | quoted, roles.other)
    return None


BESIDES = grammar.TIME_OPENERS | {"as"}
"""Words that open what happened while somebody spoke."""


def occasion_of_quotation(case: Case, roles: Roles) -> Roles | None:
    """*As the crowd booed, Brandt said, “…”* and *“…,” Brandt said after they booed*: the occasion is the writer's.

    A quotation set off from its cue by a comma or colon is the content; anything on the other side of the cue is not.
    """
    context, cue, (first, last) = case.context, case.cue, case.run
    quoted = frozenset(range(first, last + 1))
    if not roles.content & quoted:
        return None
    tree = context.tree
    if last < cue:
        if not any(context.tokens[index].text in CLAUSE_ENDS for index in (last - 1, last, last + 1) if index < cue):
            return None
        said = {
            index
            for child in tree.children(cue, "ccomp", "xcomp", "conj")
            if child > cue and not grammar.opens_with(tree, child, BESIDES)
            for index in tree.subtree(child)
        }
        beyond = {index for index in roles.content if index > cue and index not in said}
    else:
        opened = [context.tokens[index].text for index in (first - 1, first) if index > cue]
        if not SPEECH_OPENERS.intersection(opened):
            return None
        beyond = {index for index in roles.content if index < cue}
        if tree.matches(cue, "advcl") and tree.has_child(cue, "mark"):
            # While the crowd chanted, “Out,” the mayor spoke of the budget.
            beyond |= {index for index in roles.content if index > last}
    beyond = {index for index in beyond if not context.in_quotation[index]}
    return Roles(roles.cue, roles.source, roles.content - beyond, roles.other | beyond)


def participle_behind_quotation(case: Case, roles: Roles) -> Roles | None:
    """*Lind wrote that the vote “must stand”, adding: “…”*: the speaker of the verb before adds, not who is quoted."""
    context, cue = case.context, case.cue
    tree = context.tree
    governor = tree.head(cue)
    if context.tokens[cue].xpos != "VBG" or context.in_quotation[cue] or not tree.matches(cue, "advcl"):
        return None
    if governor is None or governor > cue or not context.in_quotation[governor]:
        return None
    speaking = next((verb for verb in tree.ancestors(governor) if not context.in_quotation[verb]), None)
    subject = None if speaking is None else context.subject(speaking)
    if subject is None or subject in roles.source:
        return None
    source = frozenset(tree.subtree(subject)) - roles.cue
    return Roles(roles.cue, source, roles.content - source, roles.other - source)


SET_OFF_LENGTH = 30
"""Longest distance in tokens between a quotation and its cue."""


SPEECH_OPENERS = frozenset({",", ":"})
"""Punctuation between a cue and the quotation it introduces."""
