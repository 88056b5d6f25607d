"""A version of an article prepared for comparison: its claims with their content words, its records by identifier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import msgspec

from attribution import grammar
from attribution.extraction.span_index import SpanIndex
from attribution.index import AnalysisIndex
from attribution.parsing import Doc, Tree
from attribution.records import Attitude, Attribution, Booster, Claim, Evidence, Hedge, SourceEntity, Span

CONTENT_WEIGHTS = {"PROPN": 1.5, "NUM": 1.5, "VERB": 1.2, "NOUN": 1.0, "SYM": 1.0, "ADJ": 0.7, "ADV": 0.4, "X": 0.7}
"""The weight of words of each part of speech in comparing claims; others do not count."""

HEAD_FACTOR = 1.4
"""Factor of the predicate, which says what the claim is about."""

PREFIX = 5
"""Words that share this many first letters may be forms of the same word (*dismissed*, *dismissal*)."""

LIGHT_LEMMAS = frozenset({"be", "have", "do"})


class Term(msgspec.Struct, frozen=True):
    """A content word: its lemma, its weight, and whether it is part of the subject."""

    lemma: str
    weight: float
    subject: bool = False
    head: bool = False


class ClaimView(msgspec.Struct, frozen=True):
    """A claim as the comparison sees it.

    ``stems`` are the first letters of its terms, ``predicate`` is the lemma of its head, ``subject`` are the words of
    its subject, ``cues`` the lemmas of the cues outside of it; ``quoted``: it is in quotation marks; ``relative``: it
    is a relative clause. ``sentence`` is the number of its sentence, ``place`` its position in the article from 0 to
    1. Words are in lower case.
    """

    number: int
    claim: Claim
    terms: tuple[Term, ...]
    stems: frozenset[str]
    predicate: str
    subject: frozenset[str]
    pronoun_subject: bool
    negated: bool
    cues: frozenset[str]
    quoted: bool
    relative: bool
    sentence: int
    place: float
    wording: str

    @property
    def head(self) -> Term | None:
        """The predicate, if it is a content word."""
        return next((term for term in self.terms if term.head), None)


@dataclass(frozen=True, eq=False)
class Version(AnalysisIndex):
    """An index of an analysis, with only the attributions that vouch for claims, and the claims as compared."""

    vouching_only: bool = True

    @property
    def text(self) -> str:
        """The draft's text."""
        return self.analysis.draft.text

    @cached_property
    def doc(self) -> Doc:
        """The parsed draft."""
        return Doc.of_sentences(self.analysis.draft, self.analysis.sentences)

    @cached_property
    def views(self) -> list[ClaimView]:
        """The views of the claims in text order."""
        return [self._view(number, claim) for number, claim in enumerate(self.analysis.claims)]

    def view(self, claim: str) -> ClaimView:
        """The view of the claim with this identifier."""
        return self._views_by_id[claim]

    @cached_property
    def _views_by_id(self) -> dict[str, ClaimView]:
        return {view.claim.id: view for view in self.views}

    def lemmas(self, sentences: Iterable[str]) -> set[str]:
        """The lemmas of the sentences, in lower case."""
        return {token.lemma.casefold() for identifier in sentences for token in self.sentences[identifier].tokens}

    def name_in_sentence(self, entity: SourceEntity) -> str:
        """The ledger's name as it reads in a sentence, looked for once."""
        if entity.id not in self._names:
            self._names[entity.id] = super().name_in_sentence(entity)
        return self._names[entity.id]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {}

    @cached_property
    def lemmas_of_sentences(self) -> dict[str, frozenset[str]]:
        """The lemmas of each sentence, in lower case."""
        return {identifier: frozenset(self.lemmas([identifier])) for identifier in self.sentences}

    @cached_property
    def sentences_with(self) -> dict[str, list[str]]:
        """The sentences with a lemma, in text order."""
        found: dict[str, list[str]] = {}
        for identifier, lemmas in self.lemmas_of_sentences.items():
            for lemma in lemmas:
                found.setdefault(lemma, []).append(identifier)
        return found

    def plans_in(self, claim: Claim) -> list[Attribution]:
        """The plans and wishes that the claim is about (*The firm **plans** to sell*); they are weaker than facts."""
        near = {number for span in claim.spans for number in self._plans.overlapping(span)}
        return [
            attribution
            for attribution in (self.analysis.attributions[number] for number in sorted(near))
            if any(span.covers(cue) for span in claim.spans for cue in attribution.cue.spans)
        ]

    @cached_property
    def _plans(self) -> SpanIndex[int]:
        """The numbers of the attributions that are plans and wishes, by their cues."""
        return SpanIndex(
            (span, number)
            for number, attribution in enumerate(self.analysis.attributions)
            if attribution.evidence is Evidence.STANCE and attribution.attitude is Attitude.INTENTION
            for span in attribution.cue.spans
        )

    @cached_property
    def _quotations(self) -> SpanIndex[str]:
        return SpanIndex((quotation.span, quotation.id) for quotation in self.analysis.quotations)

    @cached_property
    def _spans_of_claims(self) -> SpanIndex[int]:
        return SpanIndex((span, number) for number, claim in enumerate(self.analysis.claims) for span in claim.spans)

    @cached_property
    def _spans_of_sentences(self) -> SpanIndex[str]:
        return SpanIndex((sentence.span, sentence.id) for sentence in self.analysis.sentences)

    def claims_at(self, span: Span) -> list[Claim]:
        """The claims with words in the span, in text order."""
        return [self.analysis.claims[number] for number in sorted(set(self._spans_of_claims.overlapping(span)))]

    def sentences_at(self, span: Span) -> list[str]:
        """The identifiers of the sentences in the span."""
        return self._spans_of_sentences.overlapping(span)

    def tree(self, sentence: str) -> Tree:
        """The tree of the sentence with this identifier."""
        return self.doc.tree(sentence)

    def tokens_of(self, claim: Claim) -> list[int]:
        """Indices of the claim's tokens in its sentence."""
        return self.tree(claim.sentence).words_within(claim.spans)

    def _view(self, number: int, claim: Claim) -> ClaimView:
        tree = self.tree(claim.sentence)
        inside = self.tokens_of(claim)
        held = set(inside)
        # Parts of the claim may depend on words outside it; its head is the token that dominates most of it.
        tops = [index for index in inside if tree.tokens[index].head not in held]
        head = max(tops, key=lambda index: (len(held.intersection(tree.subtree(index))), -index), default=None)
        subject = None if head is None else tree.child(head, "nsubj", "csubj")
        subject_words = set() if subject is None else set(tree.subtree(subject))
        markers = self._marker_spans(claim)
        terms: list[Term] = []
        for index in inside:
            token = tree.tokens[index]
            weight = CONTENT_WEIGHTS.get(token.upos)
            lemma = token.lemma.casefold()
            if weight is None or lemma in LIGHT_LEMMAS or not any(map(str.isalnum, lemma)):
                continue
            if any(span.overlaps(token.span) for span in markers):
                continue
            weight *= HEAD_FACTOR if index == head else 1.0
            terms.append(Term(lemma, weight, index in subject_words, index == head))
        negated = head is not None and (
            grammar.is_negated(tree, head)
            or any(grammar.is_negative_phrase(tree, child) for child in tree.children(head, "obj"))
        )
        return ClaimView(
            number=number,
            claim=claim,
            terms=tuple(terms),
            stems=frozenset(term.lemma[:PREFIX] for term in terms),
            predicate="" if head is None else tree.tokens[head].lemma.casefold(),
            subject=frozenset(tree.tokens[index].text.casefold() for index in subject_words),
            pronoun_subject=subject is not None and tree.tokens[subject].upos == "PRON",
            negated=negated,
            cues=frozenset(
                cue.lemma
                for cue in (attribution.cue for attribution in self.provenance(claim))
                if not any(span.overlaps(part) for span in claim.spans for part in cue.spans)
            ),
            quoted=any(self._quotations.overlapping(span) for span in claim.spans),
            relative=head is not None and tree.tokens[head].relation == "acl:relcl",
            sentence=self.doc.positions[claim.sentence],
            place=claim.spans[0].start / max(1, len(self.text)),
            wording=" ".join(claim.text.casefold().split()),
        )

    def _marker_spans(self, claim: Claim) -> list[Span]:
        """Spans of the claim's hedges and boosters, which are not part of what is claimed."""
        markers: list[Hedge | Booster] = [*self.hedges_on(claim), *self.boosters_on(claim)]
        return [span for marker in markers for span in marker.spans]
