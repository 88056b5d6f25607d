"""Repairs of verbs whose clause or object the parse or the role model misplaced."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.candidates import CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import source_kind
from attribution.extraction.names import TIME_WORDS
from attribution.extraction.people import AGENTS
from attribution.extraction.repairs.pattern import Case
from attribution.extraction.repairs.stretches import has_clause, is_conjunction
from attribution.extraction.roles import Roles
from attribution.grammar import FINITE_VERB_TAGS, WH_TAGS
from attribution.lexicon import Lexicon
from attribution.records import Attitude


def clause_of_listener(case: Case, roles: Roles) -> Roles | None:
    """*told cheering teachers that …*: a clause attached to the listener is the content."""
    context, cue = case.context, case.cue
    if not any("object-clause" in entry.frames for entry in case.entries):
        return None
    for listener in context.tree.children(cue, "obj", "iobj"):
        for clause in context.tree.children(listener, "acl", "ccomp"):
            subject = context.subject(clause)
            if subject is None or context.tree.forms[subject] == "that":
                continue
            marks = [index for index in context.tree.subtree(clause) if context.tree.forms[index] == "that"]
            if not marks and not _is_whole_clause(context, cue, listener, clause, case.lexicon):
                continue
            start = marks[0] if marks else context.tree.subtree(clause)[0]
            content = frozenset(index for index in context.tree.subtree(clause) if index >= start)
            other = frozenset(context.tree.subtree(listener)) - content
            return Roles(roles.cue - content - other, roles.source - content, content, roles.other | other)
    return None


def _is_whole_clause(context: SentenceContext, cue: int, listener: int, clause: int, lexicon: Lexicon) -> bool:
    """Whether a clause without *that* directly after the listener is complete, and so no relative clause.

    *warned the council the wall would fall* is; *told the man she loved* is not.
    """
    tree = context.tree
    if tree.has_child(cue, "ccomp", "parataxis") or any(context.in_quotation):
        return False
    first = tree.subtree(clause)[0]
    follows = first == listener + 1 and context.is_word(first) and context.tokens[first].xpos not in WH_TAGS
    if not follows or not (source_kind(context, listener, lexicon) in AGENTS or tree.matches(listener, "iobj")):
        return False
    return grammar.is_finite(tree, clause) and tree.has_child(
        clause, "cop", "obj", "ccomp", "xcomp", "aux:pass", "aux", "obl"
    )


def clause_behind_place(case: Case, roles: Roles) -> Roles | None:
    """*said on Friday that …*: a clause attached to the time or place of speaking is the content.

    Not where the noun itself has a clause to report (*acted on the claim that …*).
    """
    context, cue = case.context, case.cue
    tree = context.tree
    if not case.reports_clauses:
        return None
    for place in tree.children(cue, "obl"):
        if place < cue or case.lexicon.nouns_of(context.lemma(place)):
            continue
        below = tree.subtree(place)
        that = next((index for index in below if index > place and is_conjunction(context, index, "that")), None)
        if that is None:
            continue
        content = frozenset(index for index in below if index >= that)
        if content <= roles.content or not has_clause(context, content):
            return None
        other = frozenset(below) - content
        return Roles(roles.cue - content - other, roles.source - content, content, roles.other - content | other)
    return None


def subject_behind_mark(case: Case, roles: Roles) -> Roles | None:
    """*It came after police said that …*: the noun between *after* and its verb is the subject, wherever it hangs.

    Parsers read *after police* as a time of its own.
    """
    context, cue = case.context, case.cue
    tree = context.tree
    if context.tokens[cue].xpos not in FINITE_VERB_TAGS or tree.has_child(cue, "nsubj", "nsubj:pass"):
        return None
    mark = max((mark for mark in tree.children(cue, "mark") if mark < cue), default=None)
    if mark is None:
        return None
    between = frozenset(range(mark + 1, cue)) - roles.cue
    heads = [index for index in sorted(between) if tree.head(index) not in between]
    if len(heads) != 1 or heads[0] == cue or context.tokens[heads[0]].upos not in grammar.NOMINAL_TAGS:
        return None
    if tree.head(heads[0]) == cue or tree.has_child(heads[0], "case"):
        return None
    return Roles(roles.cue - between, between, roles.content - between, roles.other - between)


def clause_heard(case: Case, roles: Roles) -> Roles | None:
    """*…, the court was told*; *…, it was reported on Monday*: the clause before is content without a source.

    *When it grows on piers, it is called “pier moss”*: the verb names what follows it, and the clause tells when.
    """
    context, cue = case.context, case.cue
    subject = context.subject(cue)
    if subject is None:
        return None
    heard = context.lemma(cue) == "hear" or (context.lemma(cue) == "tell" and context.is_passive(cue))
    told_in_court = heard and context.lemma(subject) in case.lexicon.words_for("hearing")
    told = grammar.is_impersonal_passive(context.tree, cue) and "that" not in context.tree.forms[cue:]
    told = told and not context.tree.has_child(cue, "xcomp", "obj")
    if not told_in_court and not told:
        return None
    first = context.tree.subtree(subject)[0]
    if first < 2 or context.tokens[first - 1].text != "," or not has_clause(context, range(first)):
        return None
    listener = frozenset(context.tree.subtree(subject))
    cue_words = frozenset(index for index in roles.cue - listener if index <= cue)
    return Roles(cue_words, frozenset(), frozenset(range(first - 1)), roles.other | listener)


def clause_of_occasion(case: Case, roles: Roles) -> Roles | None:
    """*Lind was pleased when the vote passed*: the clause tells when, not what.

    Verbs that take clauses (*asked when it would come*) are parsed too unevenly to tell.
    """
    context, cue = case.context, case.cue
    tree = context.tree
    if not roles.content or (case.candidate.kind is CandidateKind.VERB and "clause" in case.frames):
        return None
    occasions = {
        index
        for clause in tree.children(cue, "advcl")
        if grammar.opens_with(tree, clause, grammar.TIME_OPENERS)
        for index in tree.subtree(clause)
    }
    if min(roles.content) not in occasions:
        return None
    # What is said behind the clause is said in it: laughed when he urged them, “Look at it.”
    return Roles(roles.cue, roles.source, frozenset(), roles.other | roles.content)


def complement_of_preposition(case: Case, roles: Roles) -> Roles | None:
    """*Roth has been accused of padding bills*: what the cue's own preposition opens is content."""
    context, cue = case.context, case.cue
    tree = context.tree
    listed = {
        preposition
        for entry in case.entries
        if "object-preposition" in entry.frames
        for preposition in entry.prepositions
    }
    added = {
        index
        for child in tree.children(cue, "advcl", "obl")
        if child > cue and child in roles.other
        if any(tree.forms[mark] in listed for mark in (tree.subtree(child)[0], *tree.children(child, "mark", "case")))
        for index in tree.subtree(child)
    }
    return Roles(roles.cue, roles.source, roles.content | added, roles.other - added) if added else None


def time_in_cue(case: Case, roles: Roles) -> Roles | None:
    """*Kell reported in January that …*: the time is no part of the cue."""
    context, cue = case.context, case.cue
    tree = context.tree
    times = {
        index
        for child in tree.children(cue, "obl")
        if child in roles.cue and tree.forms[child] in TIME_WORDS
        for index in tree.subtree(child)
    }
    return Roles(roles.cue - times, roles.source, roles.content, roles.other | times) if times else None


def speaker_moved_to_speak(case: Case, roles: Roles) -> Roles | None:
    """*The tests led the institute to conclude …*: who is moved to speak speaks, not what moved them."""
    context, cue = case.context, case.cue
    tree, governor = context.tree, context.tree.head(cue)
    if governor is None or not tree.matches(cue, "xcomp", "advcl") or not grammar.is_infinitive(tree, cue):
        return None
    moved = tree.child(governor, "obj")
    if moved is None or not governor < moved < cue or context.lemma(governor) not in case.lexicon.words_for("moving"):
        return None
    if source_kind(context, moved, case.lexicon) not in AGENTS:
        return None  # *led a march to demand …*: the subject of *led* demands
    speaker = frozenset(tree.subtree(moved, {cue}))
    if roles.source & speaker or speaker & (roles.cue | roles.content):
        return None
    return Roles(roles.cue, speaker, roles.content, (roles.other | roles.source) - speaker)


def object_and_predicate(case: Case, roles: Roles) -> Roles | None:
    """*called the plan a disaster*: object and predicate are both content."""
    context, cue = case.context, case.cue
    predicate = grammar.predicate_of_object(context.tree, cue)
    if predicate is None or context.in_quotation[cue]:
        return None
    said = {index for noun in context.tree.children(cue, "obj") for index in context.tree.subtree(noun)}
    said.update(context.tree.subtree(predicate), roles.content)
    return Roles(roles.cue - said, roles.source - said, frozenset(said), roles.other - said)


def seems_to_show(context: SentenceContext, head: int, lexicon: Lexicon) -> bool:
    """*The footage appears **to show** armed men*: a document that seems to show something counts as showing it."""
    governor = context.tree.head(head)
    if governor is None or not context.tree.matches(head, "xcomp"):
        return False
    if context.lemma(head) not in lexicon.words_for("inference"):
        return False
    subject = context.subject(governor)
    return (
        context.lemma(governor) in lexicon.words_for("seeming")
        and subject is not None
        and source_kind(context, subject, lexicon) == "document"
    )


def seeming_verb_in_cue(case: Case, roles: Roles) -> Roles | None:
    """*The footage **appears to show** armed men*: the verb of seeming belongs to the cue."""
    context, cue = case.context, case.cue
    if not seems_to_show(context, cue, case.lexicon):
        return None
    governor = context.tree.tokens[cue].head
    seeming = frozenset({governor, *context.tree.children(governor, "aux", "advmod")}) - roles.source - roles.content
    return Roles(roles.cue | seeming, roles.source, roles.content, roles.other - seeming)


def bare_verb_in_cue(case: Case, roles: Roles) -> Roles | None:
    """*The mayor **went on to** say that …*: what only leads to the act of saying belongs to the cue."""
    context, cue = case.context, case.cue
    tree, leading = context.tree, context.tree.head(cue)
    if leading is None or leading in roles.cue or not roles.content or not grammar.is_infinitive(tree, cue):
        return None
    subject = context.subject(leading)
    first = tree.matches(cue, "acl") and context.tokens[leading].upos in ("ADJ", "NUM")  # was the first to say
    if subject is None or subject not in roles.source or not (first or tree.matches(cue, "xcomp", "advcl", "ccomp")):
        return None
    lemma = context.lemma(leading)
    if grammar.has_negation(tree, leading) or lemma in case.lexicon.words_for("unrealised"):
        return None
    if any({"clause", "infinitive"}.intersection(entry.frames) for entry in case.lexicon.verbs_of(lemma)):
        return None  # is said to have claimed, threatened to tell
    words = frozenset(tree.subtree(leading)) - frozenset(tree.subtree(subject)) - frozenset(tree.subtree(cue))
    bare = all(tree.head(word) == leading and tree.matches(word, *LEADING) for word in words - {leading})
    carried = {word for word in words if context.is_word(word) and not tree.matches(word, "cc", "mark")} | {leading}
    if not bare or not min(carried) > subject or max(carried) > cue:
        return None
    return Roles(roles.cue | carried, roles.source - carried, roles.content - carried, roles.other - carried)


LEADING = ("advmod", "aux", "aux:pass", "cc", "compound:prt", "cop", "det", "mark", "punct")
"""Relations of the words that may stand beside a verb that only leads to the act of saying."""


def clause_beside_wish(case: Case, roles: Roles) -> Roles | None:
    """*“They wanted to sell the hall, **but the roof fell in**”*: what happened beside a wish is no part of it."""
    context, cue = case.context, case.cue
    tree = context.tree
    wish = next((child for child in tree.children(cue, "xcomp") if child in roles.content), None)
    if wish is None or not grammar.is_infinitive(tree, wish):
        return None
    beside = frozenset(
        index
        for clause in tree.children(cue, "conj")
        if clause > wish and tree.has_child(clause, "nsubj")
        for index in tree.subtree(clause)
    )
    if not beside & roles.content or beside >= roles.content:
        return None
    return Roles(roles.cue, roles.source, roles.content - beside, roles.other | beside & roles.content)


def participle_beside_report(case: Case, roles: Roles) -> Roles | None:
    """*The dam leaks, the daily reported, **citing engineers***: on whom a speaker relies is no part of the report."""
    context, cue = case.context, case.cue
    tree = context.tree
    if not roles.content or min(roles.content) > cue:
        return None
    beside = {
        index
        for participle in tree.children(cue, "advcl")
        if participle > cue + 1
        and context.tokens[participle].xpos == "VBG"
        and context.tokens[participle - 1].text == ","
        and not context.in_quotation[participle]
        for index in tree.subtree(participle)
    }
    beside.update(index for index in roles.content if index + 1 in beside and context.tokens[index].text == ",")
    beside &= roles.content
    if not beside:
        return None
    return Roles(roles.cue, roles.source, roles.content - beside, roles.other | beside)


def clause_untold(case: Case, roles: Roles) -> Roles | None:
    """*The firm says it is safe, **but it did not say** why*: what a speaker leaves unsaid is told by the paper."""
    context, cue = case.context, case.cue
    tree = context.tree
    if not roles.content or min(roles.content) < cue:
        return None
    for joint in sorted(roles.content):
        verb = tree.head(joint)
        if tree.forms[joint] != "but" or verb is None or verb not in roles.content or not tree.matches(joint, "cc"):
            continue
        speaks = any(entry.attitude is Attitude.ASSERTION for entry in case.lexicon.verbs_of(context.lemma(verb)))
        if speaks and grammar.has_negation(tree, verb) and tree.has_child(verb, "nsubj"):
            untold = frozenset(index for index in roles.content if index >= joint)
            return Roles(roles.cue, roles.source, roles.content - untold, roles.other | untold)
    return None
