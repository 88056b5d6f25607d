"""Repairs that complete roles the other repairs left without clause or subject."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.context import SentenceContext
from attribution.extraction.repairs.pattern import Case
from attribution.extraction.repairs.stretches import has_clause, is_conjunction, quoted_runs
from attribution.extraction.roles import Roles
from attribution.grammar import FINITE_VERB_TAGS, NOMINAL_TAGS
from attribution.records import Attitude


def title_before_clause(case: Case, roles: Roles) -> Roles | None:
    """*In her memoir, “Smoke,” Brook writes that …*: a title before the cue is not content if a clause follows."""
    context, cue = case.context, case.cue
    before = frozenset(index for index in roles.content if index < cue)
    words = frozenset(index for index in before if context.is_word(index))
    if not words or not words <= context.in_title or not has_clause(context, roles.content - before):
        return None
    return Roles(roles.cue, roles.source, roles.content - before, roles.other | before)


def missed_clause(case: Case, roles: Roles) -> Roles | None:
    """*told voters who asked that …*: a cue without a clause in the parse takes the clause that follows it.

    A clause with *that* may begin anywhere after the cue, also inside the content found so far (*said in one of the
    letters to them that …*); one without must follow directly, and only a cue without content takes it. Both run to the
    end of the sentence.
    """
    context, cue = case.context, case.cue
    if not case.reports_clauses or ("preposition" in case.frames and roles.content):
        return None
    complements = context.tree.children(cue, "ccomp", "xcomp", "parataxis", "csubj", "obj", "nsubj:pass")
    if roles.content and (min(roles.content) <= cue or roles.content.intersection(complements)):
        return None
    last = max(index for index in range(len(context)) if context.is_word(index) or index == cue)
    impersonal = grammar.is_impersonal_passive(context.tree, cue)
    marks = [
        index
        for index in range(cue + 1, last)
        if is_conjunction(context, index, "that", "whether") or (impersonal and context.tree.forms[index] == "that")
    ]
    if roles.content:
        marks = [index for index in marks if index in roles.content and not context.in_quotation[index]]
    if marks:
        content = frozenset(range(marks[0], last + 1))
        content = content & roles.content if roles.content else content
    else:
        content = frozenset(range(cue + 1, last + 1))
        begins = cue < last and context.tokens[cue + 1].upos in NOMINAL_TAGS
        if roles.content or not begins or not has_clause(context, content):
            return None
    content -= roles.cue | roles.source
    return Roles(roles.cue, roles.source, content, roles.other - content) if content else None


def resumed_quotation(case: Case, roles: Roles) -> Roles | None:
    """*“It was,” Falk said after the game, “a farce”*: what was broken off with a comma goes on after one."""
    context, cue = case.context, case.cue
    before = [run for run in quoted_runs(context) if run[1] < cue and run[1] - 1 in roles.content]
    resumed = next((index for index in range(cue + 1, len(context)) if context.in_quotation[index]), None)
    if not before or resumed is None:
        return None
    end = next((index for index in range(resumed, len(context)) if not context.in_quotation[index]), len(context))
    words = frozenset(range(resumed, end))
    broken_off = {context.tokens[index].text for index in (before[-1][1] - 1, before[-1][1])}
    if "," not in broken_off or context.tokens[resumed - 1].text != "," or words & roles.content:
        return None
    return Roles(roles.cue - words, roles.source - words, roles.content | words, roles.other - words)


def coordinated_clauses(case: Case, roles: Roles) -> Roles | None:
    """*The deal is near, but talks go on, the agency reported*: both clauses are the content.

    Where the parse gives only the second clause, a conjunction opens it.
    """
    context, cue = case.context, case.cue
    if not case.reports_clauses:
        return None
    if not roles.content or not roles.source or context.tokens[cue].xpos not in FINITE_VERB_TAGS:
        return None
    first = min((index for index in roles.content if context.is_word(index)), default=0)
    closes = max(roles.content) < min(roles.source) <= cue and not any(
        context.tokens[index].upos == "VERB" for index in range(cue + 1, len(context))
    )
    joins = any(context.tokens[index].upos == "CCONJ" for index in (first - 1, first) if index >= 0)
    if first == 0 or not closes or not joins or not has_clause(context, range(first)):
        return None
    before = frozenset(range(first))
    if any(context.in_quotation[index] for index in before) or any(
        entry.attitude in {Attitude.ASSERTION, Attitude.BELIEF}
        for index in before
        if context.tokens[index].upos == "VERB" and context.tokens[index].xpos in FINITE_VERB_TAGS
        for entry in case.lexicon.verbs_of(context.lemma(index))
    ):
        return None  # another speaker's clause
    return Roles(roles.cue, roles.source, roles.content | before, roles.other - before)


def missed_subject(case: Case, roles: Roles) -> Roles | None:
    """*Brandt, who wrote the book, called it fair*: a finite cue without a subject takes the noun phrase before it.

    The phrase includes what its commas enclose. In *One member called it fair*, parsed as a member who was called so,
    it is the noun that the parser attached the verb to.
    """
    context, cue = case.context, case.cue
    if roles.source or context.tokens[cue].xpos not in FINITE_VERB_TAGS:
        return None
    if context.subject(cue) is not None or context.is_passive(cue) or context.tree.has_child(cue, "expl"):
        return None
    before = cue - 1
    while before >= 0 and (before in roles.cue or context.tokens[before].upos in {"ADV", "AUX", "PART"}):
        before -= 1
    end = before
    if before > 0 and context.tokens[before].text == ",":
        opening = next((index for index in reversed(range(before)) if context.tokens[index].text == ","), None)
        if opening is None:
            return None
        end = opening - 1
    start = end + 1
    while start > 0 and context.is_word(start - 1) and not _breaks_phrase(context, start - 1):
        start -= 1
    while start <= end and context.tokens[start].upos in {"ADV", "SCONJ", "CCONJ"}:
        start += 1
    phrase = range(start, end + 1)
    if not phrase or len(phrase) > LONGEST_PHRASE or context.tokens[start].upos not in NOMINAL_TAGS:
        return None
    if not any(context.tokens[index].upos in {"NOUN", "PROPN", "PRON"} for index in phrase):
        return None
    if any(context.subject(index) in phrase for index in range(len(context)) if index != cue):
        return None
    source = frozenset(range(start, before + 1)) - roles.cue
    if any(context.in_quotation[index] for index in source):
        return None
    return Roles(roles.cue, source, roles.content - source, roles.other - source)


LONGEST_PHRASE = 14
"""Most tokens of a noun phrase before its verb."""


def _breaks_phrase(context: SentenceContext, index: int) -> bool:
    token = context.tokens[index]
    return token.upos in {"VERB", "AUX", "SCONJ"} and token.xpos not in {"VBG", "VBN"}
