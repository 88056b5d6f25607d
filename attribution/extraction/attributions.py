"""Finds attributions: who is said to say, think, want or show what.

Candidates come from tree patterns and the lexicon (``candidates``), a log-linear model over named features decides
(``features``, ``weights``), the tree around an accepted cue is labelled with roles (``roles``), and quotations make
contents whole (``spans``). What counts as source, cue and content follows the conventions of PARC (Pareti 2012) and
PolNeAR (Newell, Margolin and Ruths 2018); nested attributions are kept and know their parent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attribution.extraction.acceptance import accepted, may_be_traced
from attribution.extraction.accusers import lead_to_accuser_before
from attribution.extraction.candidates import find_candidates
from attribution.extraction.context import contexts_of
from attribution.extraction.evidence import Decision, evidence_of, is_further_report
from attribution.extraction.features import cue_features, unquoted
from attribution.extraction.finished import finished_record
from attribution.extraction.found import Found
from attribution.extraction.nesting import nest, vouching_parent
from attribution.extraction.quotation_kinds import QuotationKind, judge_quotations
from attribution.extraction.shared_words import (
    lead_added_words_to_speaker,
    part_coordinated_cues,
    part_hearsay,
    without_doubles,
)
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import stripped, within, without
from attribution.extraction.speech import give_speakers
from attribution.extraction.speech.self_links import without_self_links
from attribution.extraction.weights import AttributionWeights, built_in_weights
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import VOUCHING, Attribution, Evidence, Quotation, Span


def find_attributions(
    doc: Doc,
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    weights: AttributionWeights | None = None,
) -> tuple[Attribution, ...]:
    """The draft's attributions in the order of their cues, with provisional source kinds (``agentless`` or ``none``).

    Kinds and entities of named sources are for ``sources.resolve_sources`` to fill. ``weights`` default to those the
    package carries.
    """
    draft, quoted = doc.draft, _index_of_parts(quotations)
    found = accepted_cues(doc, quotations, lexicon, weights)
    identifiers = {id(one): f"a{number}" for number, one in enumerate(found, 1)}
    return tuple(finished_record(draft, one, identifiers, lexicon, quoted) for one in found)


def accepted_cues(
    doc: Doc,
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    weights: AttributionWeights | None = None,
) -> list[Found]:
    """The cues that attribute, in text order, with their parts, evidence and parents; acts are left out."""
    weights = weights or built_in_weights()
    draft = doc.draft
    speeches = [quotation for quotation in quotations if quotation.parent is None]
    judgements = judge_quotations(doc, quotations, lexicon)
    titles = [one.span for one in quotations if judgements[one.id].kind is QuotationKind.TITLE]
    contexts = contexts_of(doc, _index_of_parts(quotations), titles)
    candidates = [(context, candidate) for context in contexts for candidate in find_candidates(context, lexicon)]
    # Features take time, and are asked for once more within contents.
    facts = [
        (context, candidate, cue_features(context, candidate, lexicon))
        for context, candidate in candidates
        if may_be_traced(context, candidate, lexicon)
    ]
    found = without_doubles(accepted(facts, lexicon, weights), lexicon)
    part_hearsay(found)
    part_coordinated_cues(found)
    lead_added_words_to_speaker(found, lexicon)
    found += give_speakers(doc, found, candidates, speeches, judgements, contexts, lexicon, weights.role)
    found = _with_evidence(found, lexicon)
    lead_to_accuser_before(doc, found, lexicon)
    contents = SpanIndex((span, span) for one in found if one.evidence in VOUCHING for span in one.content)
    taken = {(one.context.sentence.id, one.candidate.head) for one in found}
    inner = [
        (context, candidate, unquoted(features))
        for context, candidate, features in facts
        if (context.sentence.id, candidate.head) not in taken
        and any(
            span.covers(head) for head in [context.tokens[candidate.head].span] for span in contents.overlapping(head)
        )
    ]
    inner_found = _with_evidence(accepted(inner, lexicon, weights, nested=True), lexicon)
    found = without_doubles(found + inner_found, lexicon)
    found.sort(key=lambda one: (one.head, one.candidate.head))
    nest(found)
    found = without_self_links(found)
    for one in found:
        if one.parent is not None:
            # What an inner attribution gives as content is a part of what the outer one does.
            shared = within(one.content, one.parent.content) or one.content
            one.content = stripped(draft.text, without(shared, one.parent.source + one.parent.cue))
    kept = [one for one in found if vouching_parent(one) is None or is_further_report(one, lexicon)]
    remaining = {id(one) for one in kept}
    for one in kept:
        while one.parent is not None and id(one.parent) not in remaining:
            one.parent = one.parent.parent
    return kept


def _index_of_parts(quotations: Iterable[Quotation]) -> SpanIndex[Span]:
    return SpanIndex((part, part) for quotation in quotations for part in quotation.parts)


def _with_evidence(found: Sequence[Found], lexicon: Lexicon) -> list[Found]:
    """The cues that attribute, with the evidence of each; acts are left out."""
    kept = []
    for one in found:
        # What punctuation or the order of sentences shows to be speech needs no sign.
        decision = Decision(Evidence.REPORT, one.frame) if one.frame else evidence_of(one, lexicon)
        if decision.evidence is not None:
            one.evidence, one.sign = decision.evidence, decision.sign
            kept.append(one)
    return kept
