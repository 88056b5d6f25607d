"""Questions about stretches of a sentence: quoted runs, clauses, and the noun phrase beside a cue."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from attribution import grammar
from attribution.extraction.context import SentenceContext
from attribution.grammar import FINITE_VERB_TAGS, NOMINAL_TAGS

SPEECH_TOKENS = 4
"""From this number of words a quoted run is speech, however it ends."""


CLAUSE_ENDS = frozenset({",", ".", "?", "!", "…", "--", "—", "–"})


@lru_cache(maxsize=1)  # asked for each cue of a sentence
def quoted_runs(context: SentenceContext) -> tuple[tuple[int, int], ...]:
    """The first and last token of each quoted stretch of speech in the sentence; titles and lone terms are left out."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index in range(len(context.tokens) + 1):
        inside = index < len(context.tokens) and context.in_quotation[index] and index not in context.in_title
        if inside and start is None:
            start = index
        elif not inside and start is not None:
            words = sum(context.is_word(place) for place in range(start, index))
            ends = [context.tokens[place].text for place in range(max(start, index - 2), min(index + 1, len(context)))]
            if words >= SPEECH_TOKENS or (words and any(end in CLAUSE_ENDS for end in ends)):
                runs.append((start, index - 1))
            start = None
    return tuple(runs)


def is_set_off(context: SentenceContext, cue: int, between: Iterable[int]) -> bool:
    """Whether the tokens ``between`` hold only the cue's own noun phrase, and no finite clause."""
    between = list(between)
    opening = next((index for index in between if context.is_word(index)), None)
    for index in between:
        token = context.tokens[index]
        relation = token.relation.split(":")[0]
        if index == opening and token.upos == "VERB" and index in context.tree.ancestors(cue):
            return False  # “…”, saying he trusted the courts
        if token.upos == "CCONJ" and context.tokens[index - 1].text == "," and context.tree.head(index) == cue:
            return False  # the maker recommends a cable, but doing so felt wrong
        if token.upos == "VERB" and relation not in {"acl", "amod", "advcl"} and token.xpos not in {"VBG", "VBN"}:
            return False
        if token.upos == "CCONJ" and index == opening:
            return False
        if context.in_quotation[index]:
            return False
        if token.upos == "SCONJ" and (index == opening or not _is_in_apposition(context, token.head)):
            return False
    return True


def _is_in_apposition(context: SentenceContext, participle: int) -> bool:
    """Whether a participle tells of a noun (*Kern, the winner after **taking** the cup twice, said*)."""
    token = context.tokens[participle]
    return token.xpos in {"VBG", "VBN"} and token.relation == "acl" and context.tokens[token.head].upos == "NOUN"


def has_main_clause(context: SentenceContext, indices: Iterable[int]) -> bool:
    """Whether the tokens hold a main clause: a finite predicate without subordinator that is no relative clause."""
    return any(
        grammar.is_finite(context.tree, index)
        and context.subject(index) is not None
        and not context.tree.has_child(index, "mark")
        and context.tokens[index].relation != "acl:relcl"
        for index in indices
    )


def has_finite_tag(context: SentenceContext, indices: Iterable[int]) -> bool:
    """Whether a token has the tag of a finite verb, whatever its place in the tree."""
    return any(context.tokens[index].xpos in grammar.FINITE_TAGS for index in indices)


def is_finite_cue(context: SentenceContext, cue: int) -> bool:
    """Whether the cue is a finite verb; taggers sometimes take *said* after a noun phrase for a participle."""
    tag, auxiliaries = context.tokens[cue].xpos, context.tree.children(cue, "aux")
    if tag == "VBN" and auxiliaries:  # has claimed, but not: may have claimed, was told
        return context.tokens[auxiliaries[0]].xpos in FINITE_VERB_TAGS and not context.is_passive(cue)
    return tag in FINITE_VERB_TAGS or tag == "VBN"


def has_clause(context: SentenceContext, indices: Iterable[int]) -> bool:
    """Whether a predicate with its subject or auxiliary is among the tokens."""
    return any(context.tree.has_child(index, "nsubj", "aux", "cop") for index in indices)


def is_conjunction(context: SentenceContext, index: int, *words: str) -> bool:
    """Whether the token is one of the words (*that*, *whether*) and opens a clause, not a relative pronoun."""
    return context.lemma(index) in words and context.tokens[index].upos == "SCONJ"


def edge_marks(context: SentenceContext, indices: list[int]) -> set[int]:
    """The punctuation at both edges of a stretch."""
    words = [index for index in indices if context.is_word(index)]
    if not words:
        return set(indices)
    return {index for index in indices if index < words[0] or index > words[-1]}


def noun_phrase_after(context: SentenceContext, cue: int) -> list[int]:
    """The noun phrase directly after an inverted cue, with an adjective or participle that follows its noun.

    Parsers sometimes attach the modifier elsewhere (*said a person | familiar with the plans*).
    """
    start = cue + 1
    if start >= len(context) or context.tokens[start].upos not in NOMINAL_TAGS:
        return []
    here = start
    while not context.tree.matches(here, "nsubj", "csubj"):  # The cause, says Kell, is an old pipe
        head = context.tree.head(here)
        if head is None or head <= cue or context.tokens[head].upos not in NOMINAL_TAGS:
            break
        here = head
    phrase = [index for index in context.tree.subtree(here) if index >= start]
    end = phrase[-1] + 1
    if end < len(context) and (context.tokens[end].upos == "ADJ" or context.tokens[end].xpos in {"VBN", "VBG"}):
        while end < len(context) and (context.is_word(end) or context.tokens[end].text == "-"):
            phrase.append(end)
            end += 1
    last = max(filter(context.is_word, phrase), default=cue)
    return [index for index in phrase if index <= last]
