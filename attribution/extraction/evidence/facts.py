"""The facts about an attribution in its sentence that decide its evidence."""

from __future__ import annotations

import msgspec

from attribution import grammar
from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.evidence.complements import complements_of, opening_preposition
from attribution.extraction.evidence.source import is_thing, kind_of_source, source_head
from attribution.extraction.found import Found
from attribution.extraction.frames import entries_of, frames_of, source_kind
from attribution.extraction.names import TIME_WORDS
from attribution.extraction.people import PEOPLE_AS_OBJECTS
from attribution.lexicon import CueAdjective, CueNoun, CueVerb, Lexicon
from attribution.records import Attitude


class Facts(msgspec.Struct, frozen=True):
    """The facts that decide about an attribution's evidence.

    ``complements`` are the ways in which the content depends on the cue: ``clause`` (finite), ``question`` (*asked
    whether*), ``quotation``, ``infinitive``, ``gerund``, ``as``, ``predicate`` (*called it a farce*), ``object``,
    ``around`` (the content surrounds the cue: *…, she said*), ``beyond`` (it continues in another sentence), or a
    preposition. ``source`` is the kind of the source's head by the lexicon, else its class; ``none`` without a source;
    ``thing`` tells that it is nobody who could speak.
    ``lists`` are the word lists that contain the cue's lemma.
    """

    kind: CandidateKind
    lemma: str
    attitude: str
    complements: frozenset[str]
    source: str
    thing: bool
    agentless: bool
    reduced: bool
    sort_named: bool
    agented: bool
    raising: bool
    negated: bool
    negative_source: bool
    supposed: bool
    unrealised: bool
    modal: bool
    counterfactual: bool
    tag: str
    relation: str
    opens: bool
    withheld: bool
    licensed: bool
    framed: bool
    words_object: bool
    naming: bool
    as_called: bool
    likened: bool
    apposed: bool
    person_object: bool
    measuring: bool
    likely: bool
    confident: bool
    lists: frozenset[str]

    def has(self, *complements: str) -> bool:
        """Whether the content depends on the cue in one of these ways."""
        return not self.complements.isdisjoint(complements)


LIKELY = 0.5
"""From these log-odds an assertion about an object is at least a stance."""


CONFIDENT = 1.5
"""From these log-odds an assertion about an object counts as words and not as a deed."""


def facts_of(found: Found, lexicon: Lexicon) -> Facts:
    """The facts of an attribution in its sentence."""
    context, candidate, roles = found.context, found.candidate, found.roles
    tree, head = context.tree, candidate.head
    entries = entries_of(context, candidate, lexicon)
    entry = entries[0] if entries else None
    attitude = str(entry.attitude) if entry is not None else "none"
    lemma = entry.lemma if entry is not None else context.lemma(head)
    if candidate.phrase is not None:
        attitude, lemma = str(candidate.phrase.attitude), candidate.phrase.words
    complements = frozenset(complements_of(found))
    source = source_head(context, roles.source)
    kind = "none" if source is None else kind_of_source(context, source, lexicon)
    source_lemma = "" if source is None else context.lemma(source)
    adverbs = frozenset(context.lemma(child) for child in tree.children(head, "advmod"))
    return Facts(
        kind=candidate.kind,
        lemma=lemma,
        attitude=attitude,
        complements=complements,
        source=kind,
        thing=source is not None and is_thing(context, source, kind, lexicon),
        agentless=candidate.kind is CandidateKind.VERB
        and not roles.source
        and grammar.is_agentless_passive(tree, head),
        reduced=not tree.has_child(head, "aux:pass"),
        sort_named=lemma in lexicon.words_for("calling-verb") and _is_called_a_sort(context, head),
        agented=candidate.kind is CandidateKind.VERB and context.is_passive(head) and grammar.has_agent(tree, head),
        raising=lemma in lexicon.words_for("raising"),
        negated=any(grammar.has_negation(tree, index) for index in roles.cue),
        negative_source=source is not None and grammar.is_negative_phrase(tree, source),
        supposed=_is_supposed(context, head),
        unrealised=_is_unrealised(found, lexicon),
        modal=any(grammar.modals(tree, index) for index in roles.cue),
        counterfactual=any(grammar.is_counterfactual(tree, index) for index in roles.cue),
        tag=context.tokens[head].xpos,
        relation=context.tokens[head].relation,
        opens=context.opens(min(roles.cue, default=head)),
        withheld=any(getattr(entry, "withheld", False) for entry in entries),
        licensed=bool(entries),
        framed=any(_fills_frame(context, head, entry, complements) for entry in entries),
        person_object=_has_person_object(context, head, lexicon),
        measuring=_is_measure(context, candidate, source, lexicon),
        words_object=any(
            _is_words(context, child, lemma, lexicon) for child in tree.children(head, "obj", "nsubj:pass")
        ),
        naming=lemma in lexicon.words_for("naming-verb") and _gives_name(context, head),
        as_called=_is_as_called(context, head, lemma, lexicon),
        likened=_is_likened(context, head),
        apposed=grammar.is_relative_behind(tree, head, roles.content),
        likely=found.log_odds > LIKELY,
        confident=found.log_odds > CONFIDENT,
        lists=_lists(lemma, source_lemma, adverbs, lexicon),
    )


def _is_words(context: SentenceContext, noun: int, verb: str, lexicon: Lexicon) -> bool:
    """Whether a verb's object stands for words (*a warning*), or is a plan that it tells (*unveiled plans to sell*)."""
    entries = lexicon.nouns_of(context.lemma(noun))
    told = verb in lexicon.words_for("presenting") and context.tree.has_child(noun, "acl")
    return any(
        (entry.attitude is Attitude.ASSERTION and entry.lemma not in lexicon.words_for("put-forward"))
        or (told and "infinitive" in entry.frames and entry.attitude is Attitude.INTENTION)
        for entry in entries
    )


def _gives_name(context: SentenceContext, head: int) -> bool:
    """Whether a verb is completed by a bare name in the paper's own words (*called him **Mel***)."""
    tree = context.tree
    return any(
        context.tokens[name].upos == "PROPN" and not tree.has_child(name, "det", "nmod:poss", "amod", "case")
        for name in tree.children(head, "xcomp")
        if not context.in_quotation[name]
    )


def _is_as_called(context: SentenceContext, head: int, lemma: str, lexicon: Lexicon) -> bool:
    """Whether a clause only tells a name (*Gus, **as** the crane is **called***)."""
    tree = context.tree
    if not context.is_passive(head) or grammar.has_agent(tree, head) or tree.has_child(head, "ccomp", "xcomp"):
        return False
    is_naming = lemma in lexicon.words_for("naming-verb")
    return is_naming and any(tree.forms[mark] == "as" for mark in tree.children(head, "mark"))


def _is_likened(context: SentenceContext, head: int) -> bool:
    """Whether the verb's clause begins with *like*, *as if* or *as though* (*It felt **like** the lake had shrunk*)."""
    tree = context.tree
    return any(
        tree.forms[mark] == "like" or tree.forms[mark : mark + 2] in (["as", "if"], ["as", "though"])
        for clause in tree.children(head, "ccomp", "advcl")
        if clause > head
        for mark in tree.children(clause, "mark")
    )


FRAMES_OF_COMPLEMENTS = {
    "clause": frozenset({"clause", "object-clause"}),
    "question": frozenset({"clause", "object-clause"}),
    "infinitive": frozenset({"infinitive", "object-infinitive"}),
    "as": frozenset({"object-as"}),
    "predicate": frozenset({"object-complement"}),
}
"""The frames of the lexicon that each complement fills, with or without a listener."""


def _fills_frame(
    context: SentenceContext, head: int, entry: CueVerb | CueNoun | CueAdjective, complements: frozenset[str]
) -> bool:
    """Whether the word fills a frame that its entry lists, with a listed preposition."""
    if any(FRAMES_OF_COMPLEMENTS.get(name, frozenset()).intersection(entry.frames) for name in complements):
        return True
    filled = frames_of(context, head).intersection(entry.frames)
    if filled - {"preposition", "object-preposition"}:
        return True
    below = context.tree.children(head, "obl", "nmod", "advcl")
    below += [clause for child in context.tree.children(head, "obl") for clause in context.tree.children(child, "acl")]
    prepositions = {
        opening_preposition(context, child) for child in below if context.tokens[child].text.lower() not in TIME_WORDS
    }
    return bool(filled) and bool(prepositions.intersection(entry.prepositions))


def _has_person_object(context: SentenceContext, head: int, lexicon: Lexicon) -> bool:
    """Whether a verb's object is a person, not something said (*denied **him***, *announced **himself***)."""
    subject = context.subject(head)
    if subject is None or subject > head:
        return False  # reports Tova Lind in Velm
    return any(
        source_kind(context, child, lexicon) in PEOPLE_AS_OBJECTS or context.tree.forms[child].endswith("self")
        for child in context.tree.children(head, "obj")
        if child > head and not context.in_quotation[child]
    )


def _is_measure(context: SentenceContext, candidate: Candidate, source: int | None, lexicon: Lexicon) -> bool:
    """Whether *according to* introduces a measure, an order, a plan or a law, and so says how something is done.

    A noun that can also be a document is one if somebody saw it (*a schedule seen by the Gazette*). A noun that cannot
    speak is a measure inside a clause (*seen according to the urgency of their condition*), and so is a bare noun
    (*sorted according to district*) or a question (*according to how many points they have*).
    """
    if candidate.phrase is None or candidate.phrase.words not in MEASURING or source is None:
        return False
    tree = context.tree
    kind = source_kind(context, source, lexicon)
    if kind == "name":
        return False
    first = candidate.tokens[-1] + 1
    if first < len(context) and context.tokens[first].xpos in {"WRB", "WP"}:
        return True
    if tree.lemmas[first] == "whether":
        return True
    if context.lemma(source) in lexicon.words_for("measure"):
        told = lexicon.words_for("disclosing")
        return not any(context.lemma(child) in told for child in tree.children(source, "acl"))
    within = candidate.head > 0 and context.is_word(candidate.head - 1)
    return within and kind in {"noun", "nouns"}


MEASURING = frozenset({"according to {source}", "in accordance with {source}"})
"""Cue phrases that can also say how something is done."""


def _is_called_a_sort(context: SentenceContext, head: int) -> bool:
    """Whether a finite past passive is followed by a sort and not by a name (*has been called a liar*)."""
    tree = context.tree
    if not any(context.tokens[child].xpos in {"VBD", "VBN"} for child in tree.children(head, "aux:pass")):
        return False
    for child in tree.children(head, "xcomp", "obj", "obl:unmarked"):
        opening = tree.forms[tree.subtree(child)[0]]
        if opening in {"a", "an"} or (context.tokens[child].upos == "ADJ" and not tree.has_child(child, "det")):
            return True
    return False


def _is_supposed(context: SentenceContext, head: int) -> bool:
    """Whether the cue is in a question by the writer, or under *if*, *unless*, *whether* or *until*."""
    tree = context.tree
    if head in context.questions or grammar.is_awaited(tree, head):
        return True
    for above in (head, *tree.ancestors(head)):
        for mark in tree.children(above, "mark", "advmod"):
            if grammar.supposes(tree, mark) and context.in_quotation[mark] == context.in_quotation[head]:
                return True
        if not tree.matches(above, "conj", "xcomp", "ccomp", "aux", "cop"):
            break
    governor = tree.head(head) if tree.matches(head, "xcomp", "ccomp") else None
    # Let's say, let the record show: nobody has done so
    return governor is not None and tree.lemmas[governor] == "let" and grammar.is_imperative(tree, governor)


def _is_unrealised(found: Found, lexicon: Lexicon) -> bool:
    """Whether the act of saying is only tried, intended or omitted: *tried to claim*, *his refusal to say*."""
    context, head = found.context, found.candidate.head
    tree = context.tree
    words = lexicon.words_for("unrealised")
    yet = any(context.lemma(child) == "yet" and child < head for child in tree.children(head, "advmod"))
    if yet and grammar.is_infinitive(tree, head):
        return True  # has yet to confirm
    if context.tokens[head].xpos == "VBG" and grammar.opens_with(tree, head, UNREALISED_MARKS):
        return True  # was talked into saying; left without saying
    here = head
    while tree.matches(here, "xcomp", "acl", "conj") and (governor := tree.head(here)) is not None:
        of_noun = tree.matches(here, "acl") and grammar.is_infinitive(tree, here)
        if (of_noun or tree.matches(here, "xcomp")) and context.lemma(governor) in words:
            return True
        here = governor
    return any(
        context.lemma(index) in words and any(child in found.roles.cue for child in tree.children(index, "xcomp"))
        for index in found.roles.cue
    )


UNREALISED_MARKS = frozenset({"from", "into", "without"})
"""Prepositions before a gerund that tell what somebody was brought to say, kept from saying, or did not say."""

LEMMA_LISTS = frozenset(
    {
        "appraising",
        "causative",
        "collective-claim",
        "commissive",
        "conversing",
        "expecting",
        "gauging",
        "inference",
        "inquiring",
        "mental-event",
        "naming-verb",
        "obliging",
        "pondering",
        "presenting",
        "proposing",
        "rumouring",
        "seeming",
        "untold",
    }
)
"""Word lists in which the cue's lemma is looked up."""


SOURCE_LISTS = frozenset({"announced-thing", "forecaster", "hearing"})
"""Word lists in which the lemma of the source's head is looked up."""


def _lists(lemma: str, source_lemma: str, adverbs: frozenset[str], lexicon: Lexicon) -> frozenset[str]:
    lists = (LEMMA_LISTS & lexicon.lists_of(lemma)) | (SOURCE_LISTS & lexicon.lists_of(source_lemma))
    return lists if adverbs.isdisjoint(lexicon.words_for("judging-adverb")) else lists | {"judged-name"}
