"""What the lexicon knows of a cue candidate, and the frames that the tree around it fills."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.lexicon import CueAdjective, CueNoun, CueVerb, Lexicon

SILENT_RELATIONS = frozenset({"punct", "aux", "aux:pass", "cc", "det", "case", "nsubj", "nsubj:pass", "cop"})
"""Dependents of a verb that are not part of its frame."""


def entries_of(
    context: SentenceContext, candidate: Candidate, lexicon: Lexicon
) -> tuple[CueVerb | CueNoun | CueAdjective, ...]:
    """The lexicon entries of a verb, noun or adjective candidate; phrasal verbs only with their particle."""
    key = (candidate.kind, candidate.head)
    known = context.entries.get(key)
    if known is None:
        known = context.entries[key] = _entries_of(context, candidate, lexicon)
    return known


def _entries_of(
    context: SentenceContext, candidate: Candidate, lexicon: Lexicon
) -> tuple[CueVerb | CueNoun | CueAdjective, ...]:
    lemma = context.lemma(candidate.head)
    if candidate.kind is CandidateKind.NOUN:
        return lexicon.nouns_of(lemma)
    if candidate.kind is CandidateKind.ADJECTIVE:
        return lexicon.adjectives_of(lemma) or lexicon.adjectives_of(context.tokens[candidate.head].text)
    if candidate.kind is not CandidateKind.VERB:
        return ()
    particles = {context.lemma(child) for child in context.tree.children(candidate.head, "compound:prt", "xcomp")}
    entries = lexicon.verbs_of(lemma, context.tokens[candidate.head].text)
    phrasal = tuple(entry for entry in entries if entry.particle is not None and entry.particle in particles)
    return phrasal or tuple(entry for entry in entries if entry.particle is None)


def frames_of(context: SentenceContext, index: int) -> frozenset[str]:
    """The frames of the lexicon that the tree around a verb, noun or adjective could fill."""
    known = context.frames.get(index)
    if known is None:
        known = context.frames[index] = frozenset(_frames_of(context, index))
    return known


def _frames_of(context: SentenceContext, index: int) -> set[str]:
    tree = context.tree
    frames: set[str] = set()
    token = context.tokens[index]
    if tree.has_child(index, "ccomp", "parataxis") or token.relation in {"parataxis", "ccomp"}:
        frames.add("clause")
    for child in tree.children(index, "xcomp", "acl", "advcl"):
        marks = {context.lemma(mark) for mark in tree.children(child, "mark")}
        if "to" in marks:
            frames.add("infinitive")
        elif "that" in marks:
            frames.add("clause")
        elif context.tokens[child].xpos == "VBG":
            frames.add("gerund")
        elif context.tokens[child].relation == "xcomp":
            frames.add("object-complement")
        if context.preposition(child) == "as":
            frames.add("object-as")
    has_object = tree.has_child(index, "obj", "nsubj:pass")
    if tree.has_child(index, "obj") and tree.has_child(index, "nsubj:pass"):
        frames.add("object-complement")  # he was dubbed a hero: what looks like an object is a predicate
    if has_object:
        frames.add("object")
        frames |= {f"object-{frame}" for frame in ("clause", "infinitive") if frame in frames}
    if grammar.predicate_of_object(tree, index) is not None:
        frames.add("object-complement")
    for child in tree.children(index, "obl", "nmod"):
        preposition = context.preposition(child)
        if preposition == "as":
            frames.add("object-as")
        frames.add("object-preposition" if has_object else "preposition")
    if context.has_quotation and not context.in_quotation[index]:
        frames.add("quotation")
    if token.upos == "NOUN" and (token.relation == "root" or tree.has_child(index, "cop") or token.relation == "nsubj"):
        frames.add("predicate")
    return frames or {"bare"}


def source_kind(context: SentenceContext, index: int, lexicon: Lexicon) -> str:
    """The kind of a phrase's head among the source nouns of the lexicon, else its phrase class."""
    nouns = lexicon.source_nouns_of(context.lemma(index)) if context.tokens[index].upos == "NOUN" else ()
    return nouns[-1].kind if nouns else context.phrase_class(index)
