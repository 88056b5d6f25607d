"""Repairs by commas and dashes: an attribution that follows a clause or interrupts it."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from attribution.extraction.context import SentenceContext
from attribution.extraction.repairs.pattern import Case
from attribution.extraction.repairs.stretches import (
    edge_marks,
    has_clause,
    has_finite_tag,
    has_main_clause,
    is_finite_cue,
    is_set_off,
    noun_phrase_after,
)
from attribution.extraction.roles import Roles
from attribution.extraction.spans import is_dash
from attribution.grammar import FINITE_VERB_TAGS, NOMINAL_TAGS, WH_TAGS
from attribution.lexicon import Lexicon


def between_dashes(case: Case, roles: Roles) -> Roles | None:
    """*The dam – Kell said it was safe – failed*: source and content lie between the dashes or brackets."""
    context, cue = case.context, case.cue
    if not case.reports_clauses:
        return None
    dashes, openings, closings = _dashes_and_brackets(context)
    before = sorted(index for index in (*dashes, *openings) if index < cue)
    bracketed = bool(before) and context.tokens[before[-1]].text == "("
    ends = closings if bracketed else dashes
    after = [index for index in ends if index > cue]
    if not before or not after or context.opens(before[0]):
        return None
    source = frozenset(range(before[-1] + 1, cue)) - roles.cue
    content = frozenset(range(cue + 1, after[0]))
    crossing = any(index < before[-1] for index in roles.source | roles.content)
    crossing = crossing or any(index > after[0] for index in roles.content)
    if not crossing or not source or len(source) > LONGEST_PARENTHETICAL or not has_clause(context, content):
        return None
    opening = context.tokens[min(source)]
    if not is_set_off(context, cue, sorted(source)) or opening.upos not in NOMINAL_TAGS or opening.xpos in WH_TAGS:
        return None
    return Roles(roles.cue, source, content - roles.cue, roles.other - source - content)


@lru_cache(maxsize=1)  # asked for each cue of a sentence
def _dashes_and_brackets(context: SentenceContext) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The dashes, opening brackets and closing brackets outside quotations."""
    free = [index for index in range(len(context)) if not context.in_quotation[index]]
    dashes = tuple(index for index in free if is_dash(context.tokens, index))
    openings, closings = (
        tuple(index for index in free if context.tokens[index].text == bracket) for bracket in ("(", ")")
    )
    return dashes, openings, closings


def inverted_after_clause(case: Case, roles: Roles) -> Roles | None:
    """*The bridge was safe, indicated the ministry.*: the clause before the comma is the content.

    After a second comma the content continues (*The bridge, said the ministry, was safe*).
    """
    context, cue = case.context, case.cue
    if "clause" not in case.frames:
        return None  # the noun after *told* is the listener
    source = frozenset(noun_phrase_after(context, cue))
    if "object" in case.frames and "quotation" not in case.frames and not _may_speak(context, source, case.lexicon):
        return None  # a verb that takes no object can only be followed by its speaker: insists the harbour master
    if cue < 2 or context.tokens[cue - 1].text != "," or context.tokens[cue].xpos not in FINITE_VERB_TAGS:
        return None
    subject = context.subject(cue)
    if subject is not None and subject < cue and _closes_apposition(context, subject, cue - 1):
        return None
    if not source or source == roles.source:
        return None
    return _set_off_by_commas(context, roles, source, cue - 1, max(source) + 1)


def _closes_apposition(context: SentenceContext, subject: int, comma: int) -> bool:
    """Whether the comma ends an apposition of the subject: *Brandt, who wrote it, said the bridge was safe*."""
    phrase = [index for index in context.tree.subtree(subject) if index < comma]
    return phrase[-1] >= comma - 1 and any(context.tokens[index].text == "," for index in phrase)


def _may_speak(context: SentenceContext, phrase: frozenset[int], lexicon: Lexicon) -> bool:
    """Whether a noun phrase can be a speaker: *the ministry*, not *a lower offer*."""
    heads = [index for index in phrase if context.tree.head(index) not in phrase]
    return any(
        context.tokens[index].upos in {"PROPN", "PRON", "NUM", "DET", "ADJ"}
        or bool(lexicon.source_nouns_of(context.lemma(index)))
        for index in heads
    )


def parenthetical(case: Case, roles: Roles) -> Roles | None:
    """*The bridge, engineers said, was safe*: the words around the two commas are the content."""
    context, cue = case.context, case.cue
    if not case.reports_clauses:
        return None
    if cue + 1 >= len(context) or context.tokens[cue + 1].text != "," or not is_finite_cue(context, cue):
        return None
    commas = [index for index in range(cue) if context.tokens[index].text == ","]
    if not commas:
        return None
    # The role model sometimes puts a bare noun into the cue: the bridge, | sources said |, was safe.
    adverbs = {index for index in roles.cue if context.tokens[index].upos not in {"NOUN", "PROPN", "PRON"}}
    source = frozenset(range(commas[-1] + 1, cue)) - adverbs
    later = any(index > cue and context.is_word(index) for index in roles.content)
    known = source == roles.source and not roles.cue.intersection(range(commas[-1])) and later
    if len(source) > LONGEST_PARENTHETICAL or known or not is_set_off(context, cue, sorted(source)):
        return None
    if not any(context.tokens[index].upos in {"NOUN", "PROPN", "PRON"} for index in source):
        return None
    # Words of the surrounding clause do not belong to the cue: she did not, | the affidavit adds |, know it.
    inside = roles.cue.intersection(range(commas[-1] + 1, cue + 1))
    return _set_off_by_commas(context, msgspec.structs.replace(roles, cue=inside), source, commas[-1], cue + 1)


LONGEST_PARENTHETICAL = 6
"""Most tokens a source may have in an attribution that interrupts a clause."""


def _set_off_by_commas(
    context: SentenceContext, roles: Roles, source: frozenset[int], before: int, after: int
) -> Roles | None:
    """Roles with the sentence around an attribution as content, if that makes a clause.

    The attribution runs from its comma at ``before`` to the token at ``after``.
    """
    interrupted = after < len(context) and context.tokens[after].text == ","
    if interrupted and after + 1 < len(context) and context.tokens[after + 1].xpos == "VBG":
        # …, reiterated Zhao, emphasizing that …; …, the agency said, citing the harbour office
        speaks_on = context.tree.has_child(after + 1, "ccomp") or context.tree.head(after + 1) in roles.cue
        interrupted = not speaks_on
    rest = frozenset(range(after + 1, len(context))) if interrupted else frozenset()
    content = frozenset(range(before)) | rest
    if content & roles.cue or not has_clause(context, content):
        return None
    left = frozenset(range(after, len(context))) - content
    words = [index for index in sorted(left) if context.is_word(index)]
    participle = bool(words) and words[0] > after and context.tokens[words[0]].xpos == "VBG"  # …, emphasizing that …
    if not participle and any(context.tokens[index].upos in {"VERB", "AUX", "SCONJ", "CCONJ"} for index in left):
        return None
    return Roles(roles.cue - source, source, content, left)


def clause_before_source(case: Case, roles: Roles) -> Roles | None:
    """*The bridge was safe, three engineers told the paper.*: the clause before the source's comma is the content.

    The source is the noun phrase between the last comma and the cue, with its apposition where a comma precedes the cue
    (*…, John Smith, an analyst, said*).
    """
    context, cue = case.context, case.cue
    if not case.reports_clauses or (roles.content and not is_finite_cue(context, cue)):
        return None
    linked = context.tree.has_child(cue, "mark") or any(
        context.tokens[child].xpos in WH_TAGS for child in context.tree.children(cue, "advmod") if child < cue
    )
    if linked:
        return None  # …, when, in fact, he responded
    source: frozenset[int] = frozenset()
    clause = range(0)
    stretches = 2 if context.tokens[cue - 1].text == "," else 1
    for comma in reversed(range(cue)):
        if context.tokens[comma].text != ",":
            continue
        between = [index for index in range(comma + 1, cue) if index not in roles.cue]
        missed = not roles.content and has_finite_tag(context, range(comma))
        if not is_set_off(context, cue, between) or not (missed or has_clause(context, range(comma))):
            break
        words = [index for index in between if context.is_word(index)]
        stretches -= bool(words)
        if not stretches and context.tokens[words[0]].upos in NOMINAL_TAGS:
            source, clause = frozenset(between) - edge_marks(context, between), range(comma)
            break
    content = frozenset(clause) - roles.cue
    later = [index for index in sorted(roles.content) if index > cue and context.is_word(index)]
    aside = _is_occasion(context, cue, roles.content) and has_main_clause(context, clause)
    if (
        not source
        or (
            source & roles.source
            and roles.content
            and not aside
            and not _is_afterthought(context, cue, roles.content)
            and not _is_torn(context, cue, roles.content, content)
            and not _is_divided(context, roles, source)
        )
        or (later and not aside and not any(context.tokens[index].text == "," for index in range(cue, later[0])))
    ):
        return None
    return Roles(roles.cue, source, content, roles.other - source - content)


def _is_occasion(context: SentenceContext, cue: int, content: frozenset[int]) -> bool:
    """Whether the content found is only a time or place of speaking: *…, the station reported live from Velm*."""
    tops = [index for index in content if context.is_word(index) and context.tree.head(index) not in content]
    return bool(tops) and all(
        index > cue
        and not context.in_quotation[index]
        and (
            (context.tokens[index].upos == "ADV" and context.tree.matches(index, "xcomp"))
            or (context.tree.matches(index, "obl") and context.preposition(index) in OCCASION_PREPOSITIONS)
        )
        for index in tops
    )


OCCASION_PREPOSITIONS = frozenset(
    {"-", "after", "around", "at", "before", "during", "from", "in", "late", "near", "outside"}
)
"""Prepositions of phrases that tell when or where something was said; ``-`` for none."""


def _is_torn(context: SentenceContext, cue: int, known: frozenset[int], clause: frozenset[int]) -> bool:
    """Whether the content found is only a part of the clause: *| His song, “Cold Tea,” | sold well, they said*."""
    tree = context.tree
    words = frozenset(index for index in known if context.is_word(index))
    tops = (index for index in words if tree.head(index) not in words)
    phrase = not has_clause(context, words) or all(tree.matches(top, "obl", "nmod") for top in tops)
    left = (top for top in tree.children(cue, "ccomp", "dislocated") if top in clause - words)
    topic = any(context.tokens[top].upos in NOMINAL_TAGS and not has_clause(context, [top]) for top in left)
    return bool(words) and words < clause and (phrase or topic)


def _is_divided(context: SentenceContext, roles: Roles, source: frozenset[int]) -> bool:
    """Whether the words before the cue were taken for content in part: *…, people familiar | with the talks | say*."""
    # …, which he denies; …, a claim that it rejects
    relative = any(context.tokens[index].xpos in WH_TAGS or context.tree.forms[index] == "that" for index in source)
    return not relative and not roles.content.isdisjoint(source) and not roles.source - source


def _is_afterthought(context: SentenceContext, cue: int, content: frozenset[int]) -> bool:
    """Whether the content found only trails behind its cue: *…, the daily reported in May, | citing bankers*."""
    complements = context.tree.children(cue, "ccomp", "parataxis", "obj")
    return (
        bool(content)
        and min(content) > cue
        and not content.intersection(complements)
        and not has_clause(context, content)
        and not any(context.in_quotation[index] for index in content)
    )
