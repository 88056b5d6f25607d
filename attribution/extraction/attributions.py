"""Find attributions: who is reported to say, think, want or show what.

Candidates come from tree patterns and the lexicon (``candidates``), a log-linear model over named features accepts
them (``features``, ``acceptance``), the tree around an accepted cue is labelled with roles (``roles``, ``repairs``),
and quotations complete their contents (``speech``). What counts as source, cue and content follows the conventions of
PARC (Pareti 2012) and PolNeAR (Newell, Margolin and Ruths 2018); nested attributions are kept and know their parent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from msgspec.structs import replace

from attribution.extraction.acceptance import accepted, may_be_traced
from attribution.extraction.accusers import led_to_accuser_before
from attribution.extraction.candidates import Candidate, find_candidates
from attribution.extraction.context import SentenceContext, contexts_of
from attribution.extraction.evidence import Decision, evidence_of
from attribution.extraction.features import cue_features, unquoted
from attribution.extraction.finished import finished_record
from attribution.extraction.found import Found, by_number
from attribution.extraction.nesting import clipped, further_reports, nested, vouching_parent, without_self_links
from attribution.extraction.quotation_kinds import QuotationKind, judge_quotations
from attribution.extraction.shared_words import (
    added_words_led_to_speaker,
    coordinated_cues_parted,
    hearsay_parted,
    without_doubles,
)
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.speech import give_speakers
from attribution.extraction.weights import AttributionWeights, built_in_weights
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import VOUCHING, Attribution, Evidence, Quotation, Sentence, Span

MOST_CUES = 40
"""The most words of a sentence that are read as cues, twice as many as any of ten thousand sentences of news has.

What one of them costs grows with the length of its sentence.
"""


def find_attributions(
    doc: Doc,
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    weights: AttributionWeights | None = None,
    tell: Callable[[str], None] | None = None,
) -> tuple[Attribution, ...]:
    """The draft's attributions in the order of their cues, with provisional source kinds (``agentless`` or ``none``).

    ``sources.resolve_sources`` fills in kinds and entities of named sources. ``weights`` default to the built-in ones.
    ``tell`` is told, in a sentence, of sentences with more than ``MOST_CUES`` words that may be cues.
    """
    found = accepted_cues(doc, quotations, lexicon, weights, tell)
    known, quoted = by_number(found), _index_of_parts(quotations)
    identifiers = {number: f"a{place}" for place, number in enumerate(known, 1)}
    return tuple(
        finished_record(doc.draft, attribution, vouching_parent(attribution, known), identifiers, lexicon, quoted)
        for attribution in found
    )


def accepted_cues(
    doc: Doc,
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    weights: AttributionWeights | None = None,
    tell: Callable[[str], None] | None = None,
) -> tuple[Found, ...]:
    """The cues that attribute, in text order, with their parts, evidence and parents; acts are left out."""
    weights = weights or built_in_weights()
    outermost = [quotation for quotation in quotations if quotation.parent is None]
    judgements = judge_quotations(doc, quotations, lexicon)
    titles = [quotation.span for quotation in quotations if judgements[quotation.id].kind is QuotationKind.TITLE]
    contexts = contexts_of(doc, _index_of_parts(quotations), titles)
    candidates = [(context, candidate) for context in contexts for candidate in find_candidates(context, lexicon)]
    may_attribute = [
        (context, candidate) for context, candidate in candidates if may_be_traced(context, candidate, lexicon)
    ]
    # Features take time, and are used once more for candidates within contents.
    traceable = [
        (context, candidate, cue_features(context, candidate, lexicon))
        for context, candidate in _first_of_each(may_attribute, tell)
    ]
    # Each stage gives a new tuple; their order matters.
    found = without_doubles(accepted(traceable, lexicon, weights), lexicon)
    found = hearsay_parted(found)
    found = coordinated_cues_parted(found)
    found = added_words_led_to_speaker(found, lexicon)
    found = give_speakers(doc, found, candidates, outermost, judgements, contexts, lexicon, weights.role)
    found = _with_evidence(found, lexicon)
    found = led_to_accuser_before(doc, found, lexicon)
    found = without_doubles((*found, *_accepted_inside(found, traceable, lexicon, weights)), lexicon)
    found = nested(sorted(found, key=lambda attribution: (attribution.head, attribution.candidate.head)))
    found = without_self_links(found)
    found = clipped(doc.draft.text, found)
    return further_reports(found)


def _first_of_each(
    candidates: Iterable[tuple[SentenceContext, Candidate]], tell: Callable[[str], None] | None
) -> list[tuple[SentenceContext, Candidate]]:
    """The first ``MOST_CUES`` candidates of each sentence."""
    kept: list[tuple[SentenceContext, Candidate]] = []
    crowded: list[Sentence] = []
    for _, run in groupby(candidates, key=lambda pair: pair[0].sentence.id):
        here = list(run)
        if len(here) > MOST_CUES:
            crowded.append(here[0][0].sentence)
        kept += here[:MOST_CUES]
    if crowded and tell is not None:
        count = "a sentence has" if len(crowded) == 1 else f"{len(crowded)} sentences have"
        opening = " ".join(crowded[0].text.split()[:OPENING_WORDS])
        tell(
            f"{count} more than {MOST_CUES} words that may tell of a source; those after the first {MOST_CUES} "
            f"were not read as such: “{opening} …”"
        )
    return kept


OPENING_WORDS = 6
"""Words by which a notice tells a sentence."""


def _index_of_parts(quotations: Iterable[Quotation]) -> SpanIndex[Span]:
    return SpanIndex((part, part) for quotation in quotations for part in quotation.parts)


def _with_evidence(attributions: Iterable[Found], lexicon: Lexicon) -> tuple[Found, ...]:
    """The attributions with their evidence; acts are left out."""
    kept = []
    for attribution in attributions:
        # Speech found by punctuation or the order of sentences needs no sign.
        frame = attribution.frame
        decision = Decision(Evidence.REPORT, frame) if frame else evidence_of(attribution, lexicon)
        if decision.evidence is not None:
            kept.append(replace(attribution, evidence=decision.evidence, sign=decision.sign, further=decision.further))
    return tuple(kept)


def _accepted_inside(
    found: Sequence[Found],
    traceable: Sequence[tuple[SentenceContext, Candidate, list[str]]],
    lexicon: Lexicon,
    weights: AttributionWeights,
) -> tuple[Found, ...]:
    """Further cues inside what is reported or believed, accepted by the lower threshold for nested ones."""
    contents = SpanIndex(
        (span, span) for attribution in found if attribution.evidence in VOUCHING for span in attribution.content
    )
    taken = {(attribution.sentence, attribution.candidate.head) for attribution in found}
    inside = []
    for context, candidate, features in traceable:
        head = context.tokens[candidate.head].span
        if (context.sentence.id, candidate.head) not in taken and any(
            span.covers(head) for span in contents.overlapping(head)
        ):
            inside.append((context, candidate, unquoted(features)))
    first_number = 1 + max((attribution.number for attribution in found), default=-1)
    return _with_evidence(accepted(inside, lexicon, weights, nested=True, first_number=first_number), lexicon)
