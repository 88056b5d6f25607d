"""Repairs of parses and roles that the words around a cue or the punctuation contradict, declared in order.

*“…,” Ola Brandt, 57, told the paper*: newsroom punctuation always shows where a speaker's words end; parsers trained on
other genres still go wrong there. A repair is a named pattern with an example: a function of the case and the roles so
far, which returns what is right, or None where the pattern is absent. Three groups are tried in turn:

* ``BY_GRAMMAR``: patterns of the tree, each applied to what the one before left;
* ``BY_QUOTATION`` for each quoted run, then ``BY_PUNCTUATION``: verbs outside quotations, to the first final repair;
* ``COMPLETIONS``: verbs outside quotations that still lack a clause or a subject.
"""

from __future__ import annotations

from dataclasses import replace

from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.repairs import clauses, commas, leftovers, nouns, passives, phrases, quotations
from attribution.extraction.repairs.pattern import Case, Repair
from attribution.extraction.repairs.stretches import quoted_runs
from attribution.extraction.roles import Roles
from attribution.lexicon import Lexicon

NOUN = frozenset({CandidateKind.NOUN})
ADJECTIVE = frozenset({CandidateKind.ADJECTIVE})
PHRASE = frozenset({CandidateKind.PHRASE})
VERB = frozenset({CandidateKind.VERB})
NO_NOUN = frozenset(CandidateKind) - NOUN

BY_GRAMMAR = (
    Repair(
        "subject-of-light-verb",
        NOUN,
        "The mayor came to the conclusion that the dam leaks.",
        nouns.subject_of_light_verb,
    ),
    Repair(
        "predicate-of-claim",
        NOUN,
        "Kell's strange claim that he can't recall the captain's name is as hard to follow as the rest.",
        nouns.predicate_of_claim,
    ),
    Repair("existential-there", NOUN, "There are reports that the ferry sank.", nouns.existential_there),
    Repair("light-verb-in-cue", NOUN, "Otto Kell took the view that the roof was rotten.", nouns.light_verb_in_cue),
    Repair(
        "linking-verb-in-cue",
        ADJECTIVE,
        "Residents remain unconvinced that the dam is safe.",
        nouns.linking_verb_in_cue,
    ),
    Repair(
        "bracketed-aside",
        NO_NOUN,
        "President Ivo Karl said in a meeting with growers on Wednesday [4 May].",
        phrases.bracketed_aside,
    ),
    Repair(
        "named-by-copula",
        PHRASE,
        "That is according to a new survey from the harbour office.",
        phrases.named_by_copula,
    ),
    Repair("expletive-subject", VERB, "It emerged on Friday that Lind had failed to pay.", passives.expletive_subject),
    Repair("subject-of-passive", VERB, "Tova Lind was alarmed by what the divers found.", passives.subject_of_passive),
    Repair(
        "subject-of-participle",
        VERB,
        "Asked whether he would sell, Lind said no.",
        passives.subject_of_participle,
    ),
    Repair("predicate-of-passive", VERB, "He was branded a coward by his rivals.", passives.predicate_of_passive),
    Repair("agent-below", VERB, "The law was described as cruel by the bishop.", passives.agent_below),
    Repair(
        "document-of-passive",
        VERB,
        "In a report, the dam is described as unsafe.",
        passives.document_of_passive,
    ),
    Repair(
        "clause-behind-place",
        VERB,
        "The union said on Twitter that the rota has confused drivers with new shifts, and demanded a delay.",
        clauses.clause_behind_place,
    ),
    Repair(
        "subject-behind-mark",
        VERB,
        "This comes after police said the divers inside the wreck had no choice but to leave.",
        clauses.subject_behind_mark,
    ),
    Repair("clause-of-listener", VERB, "Lind warned the council the wall would fall.", clauses.clause_of_listener),
    Repair(
        "clause-of-occasion",
        VERB | ADJECTIVE,
        "Lind was pleased when the vote passed.",
        clauses.clause_of_occasion,
    ),
    Repair(
        "complement-of-preposition",
        VERB,
        "Roth has been accused of padding bills.",
        clauses.complement_of_preposition,
    ),
    Repair("time-in-cue", VERB, "Kell reported in January that the dam leaks.", clauses.time_in_cue),
    Repair(
        "speaker-moved-to-speak",
        VERB,
        "The tests led the institute to conclude that the water was unsafe.",
        clauses.speaker_moved_to_speak,
    ),
    Repair("object-and-predicate", VERB, "They called the plan a disaster.", clauses.object_and_predicate),
    Repair("seeming-verb-in-cue", VERB, "The footage appears to show armed men.", clauses.seeming_verb_in_cue),
    Repair("bare-verb-in-cue", VERB, "The mayor went on to say that the dam was safe.", clauses.bare_verb_in_cue),
    Repair(
        "accusation-behind-agent",
        VERB,
        "Roth was accused by rivals of hiding reports.",
        passives.accusation_behind_agent,
    ),
    Repair("clause-heard", VERB, "The guard slept through the alarm, the court was told.", clauses.clause_heard),
    Repair(
        "participle-behind-quotation",
        VERB,
        "Lind wrote that the county’s vote “needs to be a family matter,” adding “we have the numbers.”",
        quotations.participle_behind_quotation,
    ),
    Repair(
        "clause-untold",
        VERB,
        "The club says the stand is a copy of its first hall, but it didn't say when the hall will be sold.",
        clauses.clause_untold,
    ),
    Repair(
        "participle-beside-report",
        VERB,
        "The dam leaks, the daily reported, citing engineers.",
        clauses.participle_beside_report,
    ),
    Repair(
        "clause-beside-wish",
        VERB,
        "“They wanted to sell the hall, but the roof fell in,” Lind said.",
        clauses.clause_beside_wish,
    ),
    Repair("auxiliaries-of-cue", VERB, "Owners have been told that the dam leaks.", passives.auxiliaries_of_cue),
    Repair("gap-before-that", VERB, "It has been argued for years that the dam leaks.", passives.gap_before_that),
)

BY_QUOTATION = (
    Repair(
        "quotation-before-cue",
        VERB,
        "“He leaves the post,” announced the ministry’s press office on Telegram late on Wednesday.",
        quotations.quotation_before_cue,
        final=True,
    ),
    Repair(
        "quotation-after-cue",
        VERB,
        "They printed shirts that said, “The river belongs to all of us.”",
        quotations.quotation_after_cue,
        final=True,
    ),
    Repair(
        "occasion-of-quotation",
        VERB,
        "As the crowd booed, Brandt said, “We will come back.”",
        quotations.occasion_of_quotation,
    ),
)

BY_PUNCTUATION = (
    Repair("between-dashes", VERB, "The dam – Kell said it was safe – failed.", commas.between_dashes, final=True),
    Repair(
        "inverted-after-clause",
        VERB,
        "The bridge was safe, indicated the ministry.",
        commas.inverted_after_clause,
        final=True,
    ),
    Repair("parenthetical", VERB, "The bridge, engineers said, was safe.", commas.parenthetical, final=True),
    Repair(
        "clause-before-source",
        VERB,
        "The general has left, state radio reported live from Velm.",
        commas.clause_before_source,
        final=True,
    ),
)

COMPLETIONS = (
    Repair(
        "title-before-clause",
        VERB,
        "In her memoir, “Smoke,” Brook writes that the mill burned.",
        leftovers.title_before_clause,
    ),
    Repair("missed-clause", VERB, "It was claimed at the inquest that the guard slept.", leftovers.missed_clause),
    Repair(
        "coordinated-clauses",
        VERB,
        "The Lind board is due to meet on Friday, but owners have been told that 12 boats is the limit, "
        "Reuters reported.",
        leftovers.coordinated_clauses,
    ),
    Repair(
        "resumed-quotation",
        VERB,
        "“It was,” Falk said after the game, “a farce.”",
        leftovers.resumed_quotation,
    ),
    Repair("missed-subject", VERB, "One member called it fair.", leftovers.missed_subject),
)

REPAIRS = (*BY_GRAMMAR, *BY_QUOTATION, *BY_PUNCTUATION, *COMPLETIONS)
"""All repairs in the order in which they are tried."""


def repair(context: SentenceContext, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> Roles:
    """The roles of a candidate after all repairs that apply to it."""
    case = Case(context, candidate, lexicon)
    roles = _apply(BY_GRAMMAR, case, roles)
    if candidate.kind is not CandidateKind.VERB or context.in_quotation[candidate.head]:
        return roles
    return _apply(COMPLETIONS, case, _by_punctuation(case, roles))


def _apply(repairs: tuple[Repair, ...], case: Case, roles: Roles) -> Roles:
    for step in repairs:
        if case.candidate.kind in step.kinds:
            roles = step.apply(case, roles) or roles
    return roles


def _by_punctuation(case: Case, roles: Roles) -> Roles:
    """The roles after the repairs by quotation marks, commas and dashes, up to the first final one."""
    places = [replace(case, run=run) for run in quoted_runs(case.context)]
    in_runs = ((step, place) for place in places for step in BY_QUOTATION)
    for step, place in (*in_runs, *((step, case) for step in BY_PUNCTUATION)):
        repaired = step.apply(place, roles)
        if repaired is not None and step.final:
            return repaired
        roles = repaired or roles
    return roles
