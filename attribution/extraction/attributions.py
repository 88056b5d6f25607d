"""Finds attributions: who is said to say, think, want or show what.

Candidates come from tree patterns and the lexicon (``candidates``), a log-linear model over named features decides
(``features``, ``weights``), the tree around an accepted cue is labelled with roles (``roles``), and quotations make
contents whole (``spans``). What counts as source, cue and content follows the conventions of PARC (Pareti 2012) and
PolNeAR (Newell, Margolin and Ruths 2018); nested attributions are kept and know their parent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind, find_candidates
from attribution.extraction.context import SentenceContext, contexts_of
from attribution.extraction.evidence import Decision, evidence_of, is_further_report
from attribution.extraction.features import cue_features, entries_of, frames_of, source_kind, unquoted
from attribution.extraction.found import Found, by_sentence, content_spans
from attribution.extraction.quotation_kinds import QuotationKind, judge_quotations
from attribution.extraction.repairs import repair
from attribution.extraction.repairs.clauses import seems_to_show
from attribution.extraction.repairs.repair import REPORTING_FRAMES
from attribution.extraction.roles import Roles, find_roles
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import (
    join,
    source_tokens,
    stripped,
    text_of,
    trim,
    within,
    without,
)
from attribution.extraction.speech import give_speakers, without_self_links
from attribution.extraction.weights import AttributionWeights, built_in_weights, probability
from attribution.lexicon import SOURCE_PLACE, CueAdjective, CueNoun, CuePhrase, CueVerb, Lexicon
from attribution.parsing import Doc
from attribution.records import (
    VOUCHING,
    Attitude,
    Attribution,
    Content,
    Cue,
    Draft,
    Evidence,
    Frame,
    Manner,
    Quotation,
    SourceKind,
    SourceMention,
    Span,
    Tone,
)

DIRECT_SHARE = 0.8
"""Share of a content's words that must stand in quotation marks for it to be direct."""


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
    return tuple(_record(draft, one, identifiers, lexicon, quoted) for one in found)


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
        if _may_be_traced(context, candidate, lexicon)
    ]
    found = _without_doubles(_accepted(facts, lexicon, weights), lexicon)
    _part_hearsay(found)
    _part_coordinated_cues(found)
    _lead_added_words_to_speaker(found, lexicon)
    found += give_speakers(doc, found, candidates, speeches, judgements, contexts, lexicon, weights.role)
    found = _with_evidence(found, lexicon)
    _lead_to_accuser_before(doc, found, lexicon)
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
    inner_found = _with_evidence(_accepted(inner, lexicon, weights, nested=True), lexicon)
    found = _without_doubles(found + inner_found, lexicon)
    found.sort(key=lambda one: (one.head, one.candidate.head))
    _nest(found)
    found = without_self_links(found)
    for one in found:
        if one.parent is not None:
            # What an inner attribution gives as content is a part of what the outer one does.
            shared = within(one.content, one.parent.content) or one.content
            one.content = stripped(draft.text, without(shared, one.parent.source + one.parent.cue))
    kept = [one for one in found if _vouching_parent(one) is None or is_further_report(one, lexicon)]
    remaining = {id(one) for one in kept}
    for one in kept:
        while one.parent is not None and id(one.parent) not in remaining:
            one.parent = one.parent.parent
    return kept


def _index_of_parts(quotations: Iterable[Quotation]) -> SpanIndex[Span]:
    return SpanIndex((part, part) for quotation in quotations for part in quotation.parts)


def _vouching_parent(one: Found) -> Found | None:
    """The nearest attribution around one that vouches for its content."""
    above = one.parent
    while above is not None and above.evidence not in VOUCHING:
        above = above.parent
    return above


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


def _accepted(
    facts: Sequence[tuple[SentenceContext, Candidate, list[str]]],
    lexicon: Lexicon,
    weights: AttributionWeights,
    *,
    nested: bool = False,
) -> list[Found]:
    """The candidates that the cue model takes by their features, with their roles and spans.

    ``nested`` ones stand in what somebody else is known to say: the threshold is the lower one for inner attributions,
    which the annotators behind the weights did not mark. So it is for passives that leave out who says or thinks it
    (*is seen as*, *has been dubbed*): they are what an editor is to be told of.
    """
    found = []
    for context, candidate, features in facts:
        log_odds = weights.cue.scores(features)[0]
        lenient = (nested or _is_agentless(context, candidate)) and _reports(context, candidate, lexicon)
        threshold = weights.nested_threshold if lenient else weights.threshold
        plain = _is_plain_report(context, candidate, lexicon)
        if plain:
            threshold = PLAIN_NOUN_THRESHOLD if candidate.kind is CandidateKind.NOUN else PLAIN_REPORT_THRESHOLD
        if log_odds <= min(threshold, PLAIN_REPORT_THRESHOLD) and not _is_hearsay(candidate):
            continue
        if log_odds <= threshold and not _is_hearsay(candidate) and not _tells_clauses(context, candidate, lexicon):
            continue
        roles = repair(context, candidate, find_roles(context, candidate, lexicon, weights.role), lexicon)
        if not _is_set_off_report(context, candidate, roles, lexicon):
            if log_odds <= threshold and not _is_hearsay(candidate):
                continue
            if not plain and not _is_traceable(context, candidate, roles, lexicon, log_odds):
                continue
        one = Found(context, candidate, log_odds, weights.cue.reasons(features), roles)
        source = roles.source - _venue_words(context, roles.source, lexicon)
        one.source = context.tree.spans(source_tokens(context, source, candidate.head))
        one.cue = context.tree.spans(trim(context, roles.cue) or roles.cue)
        one.content = content_spans(one)
        found.append(one)
    return found


PLAIN_REPORT_THRESHOLD = -3.0
"""Log-odds that a cue must reach where its construction leaves no doubt; only other senses of its word lie below."""

PLAIN_NOUN_THRESHOLD = -4.5
"""The same of a noun that a light verb carries: the model gives the odds to the verb."""


def _is_plain_report(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a word stands in a construction that can hardly be anything but a report or a belief.

    *She said (that) it leaked*; *It was alleged at the inquest that it leaked*; *They called the strike a disgrace*;
    *came to the conclusion that it leaked*; *are concerned it leaks*.
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
            return bool(tree.children(head, "nmod", "acl"))  # Rumours of a reshuffle do the rounds
        return "clause" in listed and _is_carried_clause(context, head, lexicon)
    if "object-complement" in listed and grammar.predicate_of_object(tree, head) is not None:
        return True
    if subject is None and _shares_subject(context, candidate, lexicon):
        subject = context.inherited_subject(head)
    if not listed & {"clause", "object-clause"} or subject is None:
        return False
    if candidate.kind is CandidateKind.VERB and context.is_passive(head):
        if any(entry.lemma in lexicon.words_for("raising") for entry in entries) and "infinitive" in frames_of(
            context, head
        ):
            return True
        follows = tree.forms[head + 1 :]
        return tree.forms[subject] == "it" and subject < head and "that" in follows
    return any(clause > head and grammar.is_finite(tree, clause) for clause in tree.children(head, "ccomp"))


def _is_carried_clause(context: SentenceContext, noun: int, lexicon: Lexicon) -> bool:
    """Whether a light verb or *there is* carries a noun with its clause (*took the view that …*, *rumour has it*)."""
    tree, verb = context.tree, context.tree.head(noun)
    if verb is None or not any(_is_that_clause(context, clause) for clause in tree.children(noun, "acl", "ccomp")):
        return False
    there_is = bool(tree.children(verb, "expl")) and not tree.children(noun, "det")
    collective = context.lemma(noun) in lexicon.words_for("collective-claim")
    return context.lemma(verb) in lexicon.words_for("light-verb") or (there_is and collective)


def _shares_subject(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a cue without a subject certainly has that of the verb above it.

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
    """*It emerged on Friday that he had lied*: nobody says who brought it to light."""
    tree, head = context.tree, candidate.head
    if candidate.kind is not CandidateKind.VERB or not any(entry.attitude is Attitude.HEARSAY for entry in entries):
        return False
    empty = any(tree.forms[child] == "it" for child in tree.children(head, "nsubj", "expl") if child < head)
    above = (head, *tree.children(head, "obl"))  # the parse may hang the clause on the day
    clauses = (child for one in above for child in tree.children(one, "ccomp", "csubj", "advcl", "acl"))
    return empty and any(_is_that_clause(context, clause) for clause in clauses)


def _tells_clauses(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a finite verb outside quotations is one that reports clauses (*say*, *add*, *report*)."""
    head = candidate.head
    return (
        candidate.kind is CandidateKind.VERB
        and not context.in_quotation[head]
        and (context.tokens[head].xpos in grammar.FINITE_VERB_TAGS or bool(context.tree.children(head, "aux")))
        and not context.is_passive(head)
        and any(
            entry.attitude in TELLING_ATTITUDES and not REPORTING_FRAMES.isdisjoint(entry.frames)
            for entry in entries_of(context, candidate, lexicon)
        )
    )


def _is_set_off_report(context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> bool:
    """Whether a cue stands with its source behind a comma and what is said before it.

    *The general has left, state radio reported on Sunday*; *The government, it added, has amended the act*.
    """
    if not roles.source or not _tells_clauses(context, candidate, lexicon):
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


LONGEST_STEP = 3
"""Tokens between the end of a source and its verb (*she later added*)."""

TELLING_ATTITUDES = frozenset({Attitude.ASSERTION, Attitude.BELIEF})


def _is_that_clause(context: SentenceContext, clause: int) -> bool:
    """Whether a clause is one with *that* and a subject besides, whatever the parser took *that* for."""
    subject = context.subject(clause)
    forms = context.tree.forms
    return subject is not None and forms[context.tree.subtree(clause)[0]] == "that" != forms[subject]


UNLICENSED = 0.5
"""Log-odds that a verb needs in a frame that its entries do not list."""


def _may_be_traced(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a candidate can turn out traceable at all: asked first, since features and roles take time."""
    head = candidate.head
    return (
        candidate.kind is not CandidateKind.VERB
        or bool(entries_of(context, candidate, lexicon))
        or bool(context.tree.children(head, "ccomp", "parataxis"))
        or context.has_quotation
        or any(lexicon.nouns_of(context.lemma(index)) for index in context.tree.subtree(head))
    )


def _is_traceable(
    context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon, log_odds: float
) -> bool:
    """Whether an editor can see why a verb was taken for a cue.

    A verb without an entry, one that may name a bodily act, or one that only documents are the subject of needs words
    for its content (a clause or speech), a cue noun in its cue (*made the claim*), or a claim or document as object.
    """
    if candidate.kind is not CandidateKind.VERB:
        return True
    tree, head = context.tree, candidate.head
    if context.in_quotation[head] and grammar.is_imperative(tree, head):
        return False
    entries = [entry for entry in entries_of(context, candidate, lexicon) if isinstance(entry, CueVerb)]
    subject = context.subject(head)
    spoken_of = entries and all(entry.subject == "document" for entry in entries)
    misfit = spoken_of and subject is not None and source_kind(context, subject, lexicon) in PERSON_KINDS
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
        or bool(entries and tree.children(head, "xcomp"))
        or any(
            lexicon.nouns_of(context.lemma(child))
            or source_kind(context, child, lexicon) == "document"
            or (context.preposition(child) in prepositions and tree.matches(child, "obl"))
            for child in objects
            if entries and not misfit
        )
    )


PERSON_KINDS = frozenset(
    {"role", "official", "anonymous", "organisation", "name"}
    | {f"pronoun:{word}" for word in ("i", "you", "he", "she", "we", "they", "who")}
)
"""Kinds of subjects that act rather than tell by being read (``features.source_kind``)."""


def _reports(context: SentenceContext, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether a verb stands in a frame that only words or thoughts fill: *seen as*, *accused of*, not *released it*."""
    frames = frames_of(context, candidate.head) - {"object", "preposition", "bare", "quotation"}
    entries = entries_of(context, candidate, lexicon)
    return any(frames.intersection(entry.frames) for entry in entries)


def _is_agentless(context: SentenceContext, candidate: Candidate) -> bool:
    """Whether a verb stands in a finite passive that names no agent."""
    tree, head = context.tree, candidate.head
    return (
        candidate.kind is CandidateKind.VERB
        and bool(tree.children(head, "aux:pass"))
        and tree.child(head, "obl:agent") is None
    )


def _is_hearsay(candidate: Candidate) -> bool:
    """Whether the candidate is a fixed phrase that by its meaning passes on what nobody is named for (*reportedly*)."""
    return candidate.phrase is not None and candidate.phrase.attitude is Attitude.HEARSAY


def _without_doubles(found: list[Found], lexicon: Lexicon) -> list[Found]:
    """The attributions less those whose cue is only a part of another's cue (*declined **to say***).

    Hearsay gives way to none (*reportedly **told***), and a verb that only the model takes for a cue gives way to
    hearsay that modifies it (*reportedly **fired***).
    """

    def wins(one: Found, other: Found) -> bool:
        carried = not entries_of(other.context, other.candidate, lexicon)
        if carried and one.candidate.head in other.roles.cue and _is_carried(one, other, lexicon):
            return True
        if _is_carried(other, one, lexicon) and not entries_of(one.context, one.candidate, lexicon):
            return False
        if _is_hearsay(one.candidate) and carried:
            return True
        return other.candidate.head in one.roles.cue and one.log_odds > other.log_odds

    neighbours = by_sentence(found)

    def loses(one: Found) -> bool:
        for other in neighbours[one.context.sentence.id]:
            if other is one:
                continue
            if one.candidate.head in other.roles.cue and not wins(one, other) and not _is_hearsay(one.candidate):
                return True
            if other.candidate.head in one.roles.cue and wins(other, one):
                return True
        return False

    return [one for one in found if not loses(one)]


def _is_carried(one: Found, other: Found, lexicon: Lexicon) -> bool:
    """Whether a noun or adjective with content is what a light or linking verb only carries (*took the **view***)."""
    return (
        one.candidate.kind in {CandidateKind.NOUN, CandidateKind.ADJECTIVE}
        and other.candidate.kind is CandidateKind.VERB
        and bool(one.content)
        and bool(one.source)
        and other.context.lemma(other.candidate.head) in lexicon.words_for("light-verb") | lexicon.words_for("linking")
    )


def _part_hearsay(found: list[Found]) -> None:
    """*A witness reportedly told investigators*: the word of hearsay is a cue of its own and no part of the verb's."""
    neighbours = by_sentence(one for one in found if _is_hearsay(one.candidate))
    for one in found:
        for other in neighbours[one.context.sentence.id]:
            if other is not one and one.roles.cue & other.roles.cue:
                one.roles = msgspec.structs.replace(one.roles, cue=one.roles.cue - other.roles.cue)
                one.cue = one.context.tree.spans(trim(one.context, one.roles.cue) or one.roles.cue)


def _part_coordinated_cues(found: list[Found]) -> None:
    """*The mayor said it was open and added that …*: the second cue is no part of what the first one says."""
    neighbours = by_sentence(found)
    for later in found:
        tree, head = later.context.tree, later.candidate.head
        if not tree.matches(head, "conj") or later.context.subject(head) is not None or not later.source:
            continue
        for earlier in neighbours[later.context.sentence.id]:
            if earlier.source == later.source and earlier is not later:
                below = frozenset(tree.subtree(head))
                if earlier.candidate.head not in below:
                    earlier.roles = msgspec.structs.replace(earlier.roles, content=earlier.roles.content - below)
                    earlier.content = content_spans(earlier)


def _lead_added_words_to_speaker(found: list[Found], lexicon: Lexicon) -> None:
    """*Lind said the boats had sailed to rest, **adding** that pay was low*: it is Lind who adds it.

    Only who speaks can add; the parse often takes the participle for a part of what was said.
    """
    neighbours = by_sentence(found)
    for later in found:
        tree, head = later.context.tree, later.candidate.head
        if later.context.lemma(head) not in lexicon.words_for("adding") or tree.tokens[head].xpos != "VBG":
            continue
        if head == 0 or tree.tokens[head - 1].text != "," or later.context.in_quotation[head]:
            continue
        earlier = [
            one
            for one in neighbours[later.context.sentence.id]
            if one.source and one.candidate.head < head and not one.context.in_quotation[one.candidate.head]
        ]
        outermost = min(earlier, key=lambda one: len(tree.ancestors(one.candidate.head)), default=None)
        if outermost is None or outermost.source == later.source:
            continue
        below = frozenset(tree.subtree(head))
        later.roles = msgspec.structs.replace(later.roles, source=outermost.roles.source)
        later.source = outermost.source
        outermost.roles = msgspec.structs.replace(outermost.roles, content=outermost.roles.content - below)
        outermost.content = content_spans(outermost)


def _lead_to_accuser_before(doc: Doc, found: Sequence[Found], lexicon: Lexicon) -> None:
    """*The trust accused Roth of fraud. He is accused of hiding reports.*: the accuser stands plainly before.

    Only where the sentence before, in the same paragraph, holds one accusation, and of the same person or body; *also
    accused* may be somebody else's accusation.
    """
    accusing = lexicon.words_for("levelling")
    places = by_sentence(found)
    for one in found:
        context, head = one.context, one.candidate.head
        if one.sign != "agentless-judgment" or one.source or context.lemma(head) not in accusing:
            continue
        position = doc.positions[context.sentence.id]
        if not position or doc.sentences[position - 1].block != context.sentence.block:
            continue
        if any(context.lemma(child) in {"also", "separately"} for child in context.tree.children(head, "advmod")):
            continue
        accusations = [
            earlier
            for earlier in places[doc.sentences[position - 1].id]
            if earlier.context.lemma(earlier.candidate.head) in accusing and earlier.evidence is Evidence.REPORT
        ]
        if len(accusations) == 1 and accusations[0].source and _is_about_accused(one, accusations[0], lexicon):
            one.source = accusations[0].source


def _is_about_accused(later: Found, earlier: Found, lexicon: Lexicon) -> bool:
    """Whether who is accused is named by a word of the accusation before, or is *he* or *she* where a body accused.

    With a person for the accuser, or *it*, the pronoun may stand for the accuser.
    """
    subject = later.context.subject(later.candidate.head)
    if subject is None:
        return False
    if later.context.tree.forms[subject] in {"he", "she"}:
        accuser = earlier.context.subject(earlier.candidate.head)
        return accuser is not None and source_kind(earlier.context, accuser, lexicon) == "organisation"
    told = {earlier.context.lemma(index) for index in earlier.roles.content}
    nominal = later.context.tokens[subject].upos in {"NOUN", "PROPN"}
    return nominal and later.context.lemma(subject) in told


def _nest(found: list[Found]) -> None:
    """Give each attribution the smallest other one whose content its cue stands in.

    Of two that stand in each other's content the outer is the one with a source, else the likelier.
    """

    def ranks_above(one: Found, other: Found) -> bool:
        return (bool(one.source), one.log_odds) > (bool(other.source), other.log_odds)

    contents = SpanIndex((span, number) for number, one in enumerate(found) for span in one.content)
    for one in found:
        near = [found[number] for number in sorted(set(contents.overlapping(one.head)))]
        around = [
            other
            for other in near
            if other is not one and _holds(other, one) and not (_holds(one, other) and ranks_above(one, other))
        ]
        around.sort(key=lambda other: sum(len(span) for span in other.content))
        for other in around:
            if not _is_above(one, other):
                one.parent = other
                break


def _holds(outer: Found, inner: Found) -> bool:
    return any(span.covers(inner.head) for span in outer.content)


def _is_above(one: Found, other: Found | None) -> bool:
    """Whether ``one`` is already among the parents of ``other``."""
    while other is not None:
        if other is one:
            return True
        other = other.parent
    return False


def _record(
    draft: Draft, one: Found, identifiers: dict[int, str], lexicon: Lexicon, quoted: SpanIndex[Span]
) -> Attribution:
    context = one.context
    entry = _entry(one, lexicon)
    parent = _vouching_parent(one)
    attitude = Attitude.ASSERTION if entry is None else entry.attitude
    nobody = one.sign == "negative-source"
    negated = nobody or any(context.is_negated(index) for index in one.roles.cue)
    if negated and not nobody and context.lemma(one.candidate.head) in lexicon.words_for("doubting"):
        negated = False  # was in no doubt that it leaked
    denies = isinstance(entry, CueVerb) and entry.denies
    withheld = isinstance(entry, CueVerb) and (
        entry.withheld or (negated and attitude is Attitude.ASSERTION and not denies and "clause" in entry.frames)
    )
    return Attribution(
        id=identifiers[id(one)],
        sentence=context.sentence.id,
        cue=Cue(one.cue, text_of(draft.text, one.cue), _cue_lemma(one, entry)),
        source=_source(draft, one, lexicon),
        content=Content(one.content, text_of(draft.text, one.content)),
        manner=_manner(draft, one.content, quoted),
        attitude=attitude,
        tone=Tone.NEUTRAL if entry is None else entry.tone,
        negated=negated or denies,
        parent=None if parent is None else identifiers[id(parent)],
        frame=_frame(one),
        evidence=one.evidence,
        withheld=withheld,
        probability=probability(one.log_odds),
        features=one.features,
    )


def _entry(one: Found, lexicon: Lexicon) -> CueVerb | CueNoun | CueAdjective | CuePhrase | None:
    """The lexicon's entry that fits the frame best; None for a cue the model took without an entry."""
    if one.candidate.phrase is not None:
        return one.candidate.phrase
    frames = frames_of(one.context, one.candidate.head)
    entries = entries_of(one.context, one.candidate, lexicon)
    return max(entries, key=lambda entry: len(frames.intersection(entry.frames)), default=None)


def _cue_lemma(one: Found, entry: CueVerb | CueNoun | CueAdjective | CuePhrase | None) -> str:
    match entry:
        case CuePhrase():
            return entry.words.replace(SOURCE_PLACE, "").strip()
        case CueVerb(particle=str(particle)):
            return f"{entry.lemma} {particle}"
        case None:
            return one.context.lemma(one.candidate.head)
        case _:
            return entry.lemma


def _source(draft: Draft, one: Found, lexicon: Lexicon) -> SourceMention:
    """The source as the sentence gives it: its words, or why there are none, and the venue."""
    venue = join(
        draft.text,
        [
            span
            for index in venues_of(one.context, one.roles.cue | one.roles.source, lexicon)
            for span in one.context.tree.spans(one.context.tree.subtree(index))
        ],
    )
    if one.source:
        return SourceMention(one.source, text_of(draft.text, one.source), SourceKind.NONE, venue=venue)
    if one.candidate.kind is CandidateKind.VERB and one.context.is_passive(one.candidate.head):
        return SourceMention((), "", SourceKind.AGENTLESS, reason="passive without an agent", venue=venue)
    if one.candidate.phrase is not None and SOURCE_PLACE not in one.candidate.phrase.words:
        reason = f"“{one.candidate.phrase.words}” names nobody"
    else:
        reason = "no source stands with the cue"
    return SourceMention((), "", SourceKind.NONE, reason=reason, venue=venue)


VENUE_PREPOSITIONS = frozenset({"on", "via", "through", "over"})


def _venue_words(context: SentenceContext, source: frozenset[int], lexicon: Lexicon) -> frozenset[int]:
    """The words of a source from the first venue in it on: *the press office | on Telegram late*.

    What circulates on a platform is told by it (*footage on social media*), and so is what a clause says of the source.
    """
    speakers = [
        index
        for index in source
        if context.tokens[index].upos in {"NOUN", "PROPN"} and source_kind(context, index, lexicon) != "document"
    ]
    venues = venues_of(context, speakers, lexicon)
    first = min((context.tree.subtree(venue)[0] for venue in venues), default=len(context))
    return frozenset(index for index in source if index >= first)


def venues_of(context: SentenceContext, parents: Iterable[int], lexicon: Lexicon) -> list[int]:
    """Phrases on a cue or source that name the platform it was said on (*on Telegram*)."""
    return [
        child
        for parent in sorted(parents)
        for child in context.tree.children(parent, "obl", "nmod")
        if context.preposition(child) in VENUE_PREPOSITIONS and is_platform(context, child, lexicon)
    ]


def is_platform(context: SentenceContext, index: int, lexicon: Lexicon) -> bool:
    """Whether the lexicon knows the noun as a place where things are said."""
    nouns = lexicon.source_nouns_of(context.lemma(index)) or lexicon.source_nouns_of(context.tokens[index].text)
    return any(noun.kind == "platform" for noun in nouns)


def _manner(draft: Draft, content: Sequence[Span], quoted: SpanIndex[Span]) -> Manner:
    """Direct when nearly all the content's words stand in quotation marks, indirect when none does, else mixed."""
    letters = inside = 0
    for span in content:
        near = quoted.overlapping(span)
        for offset, character in enumerate(draft.text[span.start : span.end], span.start):
            if character.isalnum():
                letters += 1
                inside += any(part.start <= offset < part.end for part in near) if near else 0
    if not inside:
        return Manner.INDIRECT
    return Manner.DIRECT if inside >= DIRECT_SHARE * letters else Manner.MIXED


def _frame(one: Found) -> Frame:
    """The tree pattern that gave the attribution."""
    context, head = one.context, one.candidate.head
    if one.frame is not None:
        return one.frame
    if one.candidate.kind is not CandidateKind.VERB:
        return Frame(one.candidate.kind)
    if context.is_passive(head):
        return Frame.PASSIVE_AGENT if context.tree.child(head, "obl:agent") is not None else Frame.PASSIVE
    upwards = context.tree.head(head)
    if upwards is not None and upwards in one.roles.content:
        if context.tree.matches(head, "parataxis", "ccomp", "conj", "advcl"):
            return Frame.INVERTED
        return Frame.ACL if context.tree.matches(head, "acl") else Frame.OTHER
    for frame in (Frame.CCOMP, Frame.XCOMP, Frame.PARATAXIS, Frame.ADVCL, Frame.OBJ, Frame.OBL):
        if any(child in one.roles.content for child in context.tree.children(head, frame)):
            return frame
    return Frame.QUOTATION if one.content else Frame.BARE
