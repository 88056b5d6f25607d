"""Which candidates are accepted as cues.

The cue model decides by a threshold. Where the construction leaves no doubt (``plain_reports``), and for nested and
agentless cues, the threshold is lower; a verb that only the model takes for a cue must also show an editor why.
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.found import Found, content_spans
from attribution.extraction.frames import entries_of, frames_of, source_kind
from attribution.extraction.people import ACTING_SUBJECTS
from attribution.extraction.plain_reports import is_plain_report, is_set_off_report, tells_clauses
from attribution.extraction.repairs import repair
from attribution.extraction.roles import Roles, find_roles
from attribution.extraction.spans import source_tokens, trim
from attribution.extraction.venues import venue_words
from attribution.extraction.weights import AttributionWeights
from attribution.lexicon import CueVerb, Lexicon
from attribution.records import Attitude


def accepted(
    facts: Sequence[tuple[SentenceContext, Candidate, list[str]]],
    lexicon: Lexicon,
    weights: AttributionWeights,
    *,
    nested: bool = False,
    first_number: int = 0,
) -> tuple[Found, ...]:
    """The candidates accepted by the cue model, with their roles and spans; numbered from ``first_number``.

    ``nested``: the candidates are inside the content of others. Their threshold is lower, as the annotations behind the
    weights leave out inner attributions. So it is for passives without a source (*is seen as*, *has been dubbed*),
    which editors want to see.
    """
    found: list[Found] = []
    lowest = min(weights.threshold, weights.nested_threshold, PLAIN_REPORT_THRESHOLD)
    for context, candidate, features in facts:
        log_odds = weights.cue.scores(features)[0]
        hearsay = is_hearsay(candidate)
        plain_threshold = PLAIN_NOUN_THRESHOLD if candidate.kind is CandidateKind.NOUN else PLAIN_REPORT_THRESHOLD
        if log_odds <= min(plain_threshold, lowest) and not hearsay:
            continue  # whatever its construction is, which takes time to see
        plain = is_plain_report(context, candidate, lexicon)
        if plain:
            threshold = plain_threshold
        else:
            lenient = (nested or _names_no_agent(context, candidate)) and _reports(context, candidate, lexicon)
            threshold = weights.nested_threshold if lenient else weights.threshold
        if log_odds <= min(threshold, PLAIN_REPORT_THRESHOLD) and not hearsay:
            continue
        if log_odds <= threshold and not hearsay and not tells_clauses(context, candidate, lexicon):
            continue
        roles = repair(context, candidate, find_roles(context, candidate, lexicon, weights.role), lexicon)
        if not is_set_off_report(context, candidate, roles, lexicon):
            if log_odds <= threshold and not hearsay:
                continue
            if not plain and not _is_traceable(context, candidate, roles, lexicon, log_odds):
                continue
        source = roles.source - venue_words(context, roles.source, lexicon)
        found.append(
            Found(
                context,
                candidate,
                log_odds,
                weights.cue.reasons(features),
                roles,
                number=first_number + len(found),
                source=context.tree.spans(source_tokens(context, source, candidate.head)),
                cue=context.tree.spans(trim(context, roles.cue) or roles.cue),
                content=content_spans(context, roles),
            )
        )
    return tuple(found)


PLAIN_REPORT_THRESHOLD = -3.0
"""Threshold (log-odds) where the construction leaves no doubt; below it are only other senses of the word."""


PLAIN_NOUN_THRESHOLD = -4.5
"""The same for a noun with a light verb: there the model gives high odds to the verb, not to the noun."""


UNLICENSED = 0.5
"""Threshold (log-odds) of a verb in a frame that its entries do not list."""


def may_be_traced(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a candidate can be traceable at all: checked first, as features and roles take time."""
    head = candidate.head
    return (
        candidate.kind is not CandidateKind.VERB
        or bool(entries_of(context, candidate, lexicon))
        or context.tree.has_child(head, "ccomp", "parataxis")
        or context.has_quotation
        or any(lexicon.nouns_of(context.lemma(index)) for index in context.tree.subtree(head))
    )


def _is_traceable(
    context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon, log_odds: float
) -> bool:
    """Whether an editor can see why a verb was accepted as a cue.

    A verb without an entry, a verb that may name a bodily act, or a person as subject of a verb for documents needs a
    clause or quotation as content, a cue noun in the cue (*made the claim*), or a claim or document as object.
    """
    if candidate.kind is not CandidateKind.VERB:
        return True
    tree, head = context.tree, candidate.head
    if context.in_quotation[head] and grammar.is_imperative(tree, head):
        return False
    entries = [entry for entry in entries_of(context, candidate, lexicon) if isinstance(entry, CueVerb)]
    subject = context.subject(head)
    spoken_of = entries and all(entry.subject == "document" for entry in entries)
    misfit = spoken_of and subject is not None and source_kind(context, subject, lexicon) in ACTING_SUBJECTS
    licensed = any(frames_of(context, head).intersection(entry.frames) for entry in entries)
    if entries and not misfit and not all(entry.bodily for entry in entries) and (licensed or log_odds > UNLICENSED):
        return True
    clause = tree.children(head, "ccomp", "parataxis")
    objects = tree.children(head, "obj", "obl", "nsubj:pass")
    prepositions = {preposition for entry in entries for preposition in entry.prepositions}
    return (
        any(child in roles.content for child in clause)
        or any(context.in_quotation[index] for index in roles.content)
        or any(lexicon.nouns_of(context.lemma(index)) for index in roles.cue)
        or bool(entries and tree.has_child(head, "xcomp"))
        or any(
            lexicon.nouns_of(context.lemma(child))
            or source_kind(context, child, lexicon) == "document"
            or (context.preposition(child) in prepositions and tree.matches(child, "obl"))
            for child in objects
            if entries and not misfit
        )
    )


def _reports(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a verb's frame is one that only words or thoughts fill: *seen as*, *accused of*, not *released it*."""
    frames = frames_of(context, candidate.head) - {"object", "preposition", "bare", "quotation"}
    entries = entries_of(context, candidate, lexicon)
    return any(frames.intersection(entry.frames) for entry in entries)


def _names_no_agent(context: SentenceContext, candidate: Candidate) -> bool:
    """Whether the candidate is a finite passive without an agent."""
    tree, head = context.tree, candidate.head
    finite = candidate.kind is CandidateKind.VERB and tree.has_child(head, "aux:pass")
    return finite and grammar.is_agentless_passive(tree, head)


def is_hearsay(candidate: Candidate) -> bool:
    """Whether the candidate is a fixed phrase of hearsay (*reportedly*)."""
    return candidate.phrase is not None and candidate.phrase.attitude is Attitude.HEARSAY
