"""Constructions that can hardly be anything but a report or a belief."""

from __future__ import annotations

from collections.abc import Sequence

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import entries_of, frames_of
from attribution.extraction.repairs.clauses import seems_to_show
from attribution.extraction.repairs.pattern import REPORTING_FRAMES
from attribution.extraction.roles import Roles
from attribution.lexicon import CueAdjective, CueNoun, CuePhrase, CueVerb, Lexicon
from attribution.records import Attitude

TELLING_ATTITUDES = frozenset({Attitude.ASSERTION, Attitude.BELIEF})


LONGEST_STEP = 3
"""Most tokens from the end of a source to its verb (*she later added*)."""


def is_plain_report(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the construction of a word can hardly be anything but a report or a belief.

    *She said (that) it leaked*; *It was alleged at the inquest that it leaked*; *They called the strike a disgrace*;
    *came to the conclusion that it leaked*; *are concerned it leaks*; *As the paper has revealed, it leaks*.
    """
    tree, head = context.tree, candidate.head
    entries = entries_of(context, candidate, lexicon)
    if _comes_to_light(context, candidate, entries):
        return True
    impersonal = candidate.kind is CandidateKind.NOUN or (context.is_passive(head) and "it" in tree.forms[:head])
    telling = TELLING_ATTITUDES | {Attitude.HEARSAY} if impersonal else TELLING_ATTITUDES
    listed = {frame for entry in entries if entry.attitude in telling for frame in entry.frames}
    if not listed or any(getattr(entry, "bodily", False) for entry in entries):
        return False
    if seems_to_show(context, head, lexicon):
        return True
    subject = context.subject(head)
    if context.lemma(head) in {"hear", "tell"} and subject is not None:
        if context.lemma(subject) in lexicon.words_for("hearing"):
            return True
    if candidate.kind is CandidateKind.NOUN:
        if context.lemma(head) in lexicon.words_for("rumouring") and tree.matches(head, "nsubj"):
            return tree.has_child(head, "nmod", "acl")  # Rumours of a reshuffle do the rounds
        return "clause" in listed and _is_carried_clause(context, head, lexicon)
    if "object-complement" in listed and grammar.predicate_of_object(tree, head) is not None:
        return True
    if subject is None and _shares_subject(context, candidate, lexicon):
        subject = context.inherited_subject(head)
    if candidate.kind is CandidateKind.VERB and subject is not None and _is_as_clause(context, head, lexicon):
        return True
    if not listed & {"clause", "object-clause"} or (subject is None and not _is_inverted(context, head)):
        return False
    if candidate.kind is CandidateKind.VERB and context.is_passive(head):
        if any(entry.lemma in lexicon.words_for("raising") for entry in entries) and "infinitive" in frames_of(
            context, head
        ):
            return True
        if subject is None:
            return False
        follows = tree.forms[head + 1 :]
        return tree.forms[subject] == "it" and subject < head and "that" in follows
    return any(clause > head and grammar.is_finite(tree, clause) for clause in tree.children(head, "ccomp"))


def _is_inverted(context: SentenceContext, verb: int) -> bool:
    """Whether a place stands where the subject of a passive does (***Among** the dead were said to be pupils*)."""
    fronted = (child for child in context.tree.children(verb, "obl") if child < verb)
    return context.is_passive(verb) and any(context.preposition(child) == "among" for child in fronted)


def _is_as_clause(context: SentenceContext, verb: int, lexicon: Lexicon) -> bool:
    """Whether a verb that tells what came to light has a clause with *as* (*As Lind **revealed**, it leaks*)."""
    tree = context.tree
    if not tree.matches(verb, "advcl") or context.lemma(verb) not in lexicon.words_for("disclosing-verb"):
        return False
    marked = any(tree.forms[mark] == "as" for mark in tree.children(verb, "mark"))
    return marked and not tree.has_child(verb, "obj", "ccomp", "xcomp")


def _is_carried_clause(context: SentenceContext, noun: int, lexicon: Lexicon) -> bool:
    """Whether a light verb or *there is* carries a noun with its clause (*took the view that …*, *rumour has it*)."""
    tree, verb = context.tree, context.tree.head(noun)
    if verb is None or not any(_is_that_clause(context, clause) for clause in tree.children(noun, "acl", "ccomp")):
        return False
    there_is = tree.has_child(verb, "expl") and not tree.has_child(noun, "det")
    collective = context.lemma(noun) in lexicon.words_for("collective-claim")
    return context.lemma(verb) in lexicon.words_for("light-verb") or (there_is and collective)


def _shares_subject(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a cue without a subject certainly shares that of the verb above it.

    *remain unconvinced that …*; *He left, agreeing that …*; *She managed to tell him that …*.
    """
    tree, head = context.tree, candidate.head
    if candidate.kind is CandidateKind.ADJECTIVE:
        return True
    if tree.matches(head, "advcl"):
        return context.tokens[head].xpos == "VBG"
    governor = tree.head(head)
    return (
        tree.matches(head, "xcomp")
        and governor is not None
        and context.lemma(governor) in lexicon.words_for("implicative")
    )


def _comes_to_light(
    context: SentenceContext, candidate: Candidate, entries: Sequence[CueVerb | CueNoun | CueAdjective | CuePhrase]
) -> bool:
    """Whether the cue is of the kind *It emerged on Friday that he had lied*."""
    tree, head = context.tree, candidate.head
    if candidate.kind is not CandidateKind.VERB or not any(entry.attitude is Attitude.HEARSAY for entry in entries):
        return False
    empty = any(tree.forms[child] == "it" for child in tree.children(head, "nsubj", "expl") if child < head)
    above = (head, *tree.children(head, "obl"))  # the clause may be attached to the day
    clauses = (child for word in above for child in tree.children(word, "ccomp", "csubj", "advcl", "acl"))
    return empty and any(_is_that_clause(context, clause) for clause in clauses)


def tells_clauses(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the candidate is a finite verb outside quotations that reports clauses (*say*, *add*, *report*)."""
    head = candidate.head
    return (
        candidate.kind is CandidateKind.VERB
        and not context.in_quotation[head]
        and (context.tokens[head].xpos in grammar.FINITE_VERB_TAGS or context.tree.has_child(head, "aux"))
        and not context.is_passive(head)
        and any(
            entry.attitude in TELLING_ATTITUDES and not REPORTING_FRAMES.isdisjoint(entry.frames)
            for entry in entries_of(context, candidate, lexicon)
        )
    )


def is_set_off_report(context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> bool:
    """Whether a cue and its source follow a comma and the content before it.

    *The general has left, state radio reported on Sunday*; *The government, it added, has amended the act*.
    """
    if not roles.source or not tells_clauses(context, candidate, lexicon):
        return False
    first, head = min(roles.source), candidate.head
    said = [index for index in roles.content if index < first]
    return (
        first > 0
        and max(roles.source) + LONGEST_STEP >= head > first
        and context.tokens[first - 1].text == ","
        and context.tokens[first].xpos not in grammar.WH_TAGS
        and not any(child in roles.content for child in context.tree.children(head, "obj", "ccomp", "xcomp"))
        and len(said) > 1
        and any(grammar.is_finite(context.tree, index) for index in roles.content)
    )


def _is_that_clause(context: SentenceContext, clause: int) -> bool:
    """Whether a clause opens with *that* and has another word as its subject, whatever *that* was tagged as."""
    subject = context.subject(clause)
    forms = context.tree.forms
    return subject is not None and forms[context.tree.subtree(clause)[0]] == "that" != forms[subject]
