"""Find the tokens of a sentence that may be the head of a cue.

Recall is high on purpose: every verb, and every noun, adjective and fixed phrase in the lexicon; the cue model decides
among them.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from attribution.extraction.context import SentenceContext
from attribution.extraction.exceptions import exception_applies
from attribution.grammar import NOMINAL_TAGS, words_stand_at
from attribution.lexicon import SOURCE_PLACE, CuePhrase, Lexicon
from attribution.records import Attitude


class CandidateKind(StrEnum):
    """What makes a token a candidate."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    PHRASE = "phrase"
    COLON = "colon"
    DASH = "dash"


class Candidate(msgspec.Struct, frozen=True):
    """A possible cue: its head token, all its fixed tokens, and for a phrase the entry and the source's head token."""

    kind: CandidateKind
    head: int
    tokens: tuple[int, ...]
    phrase: CuePhrase | None = None
    source: int | None = None


def find_candidates(context: SentenceContext, lexicon: Lexicon) -> list[Candidate]:
    """The sentence's candidates in text order; tokens of a phrase are not candidates of another kind."""
    phrases = _phrases(context, lexicon)
    taken = {index for phrase in phrases for index in phrase.tokens}
    found = list(phrases)
    for token in context.tokens:
        if token.index in taken:
            continue
        kind = None
        lemma = token.lemma.lower()
        if token.xpos == "VBN" and lexicon.adjectives_of(token.text) and not lexicon.verbs_of(lemma, token.text):
            kind = CandidateKind.ADJECTIVE  # are concerned that …
        elif token.upos == "VERB":
            kind = CandidateKind.VERB
        elif token.upos == "NOUN" and lexicon.nouns_of(lemma):
            kind = CandidateKind.NOUN
        elif token.upos == "ADJ" and token.relation != "amod" and lexicon.adjectives_of(lemma):
            kind = CandidateKind.ADJECTIVE
        elif token.text == ":":
            kind = CandidateKind.COLON
        if kind is not None and not _is_shadowed(context, token.index, lexicon):
            found.append(Candidate(kind, token.index, (token.index,)))
    return sorted(found, key=lambda candidate: candidate.head)


def _is_shadowed(context: SentenceContext, index: int, lexicon: Lexicon) -> bool:
    """Whether the word only looks like a cue here (*claimed 12 lives*, *per se*, *is heard saying*)."""
    return _tells_of_overhearing(context, index, lexicon) or any(
        exception_applies(context.tree, index, exception)
        for exception in lexicon.exceptions_of(context.lemma(index))
        if exception.shadows == "cue"
    )


def _tells_of_overhearing(context: SentenceContext, index: int, lexicon: Lexicon) -> bool:
    """Whether a passive only says how an utterance became known (*is heard saying*): the participle is the cue."""
    if context.lemma(index) not in lexicon.words_for("overhearing") or not context.is_passive(index):
        return False
    return any(
        entry.attitude is Attitude.ASSERTION
        for child in context.tree.children(index, "xcomp", "advcl", "acl")
        if context.tokens[child].xpos == "VBG"
        for entry in lexicon.verbs_of(context.lemma(child))
    )


def _phrases(context: SentenceContext, lexicon: Lexicon) -> list[Candidate]:
    """Cue phrases, longest first, each token used once."""
    found: list[Candidate] = []
    taken: set[int] = set()
    words: frozenset[str] = frozenset()
    for token in context.tokens:
        known = lexicon.phrases_of(token.text)
        if not known or token.index in taken:
            continue
        words = words or frozenset({*context.tree.forms, *context.tree.lemmas})
        phrases = [phrase for phrase in known if phrase.fixed <= words]
        if not phrases or _is_shadowed(context, token.index, lexicon):
            continue
        for phrase in phrases:
            candidate = _match(context, token.index, phrase)
            if candidate is not None and not taken.intersection(candidate.tokens):
                found.append(candidate)
                taken.update(candidate.tokens)
                break
    return found


def _match(context: SentenceContext, start: int, phrase: CuePhrase) -> Candidate | None:
    """The phrase as a candidate, if its words before the source are at ``start`` and those after the source follow."""
    before, after = phrase.before, phrase.after
    if not before or not words_stand_at(context.tree, start, before):
        if not before and after and words_stand_at(context.tree, start, after) and start > 0:
            source = _phrase_ending_at(context, start - 1)
            tokens = tuple(range(start, start + len(after)))
            return Candidate(CandidateKind.PHRASE, start, tokens, phrase, source)
        return None
    if phrase.opening and not _opens_clause(context, start):
        return None
    tokens = tuple(range(start, start + len(before)))
    if SOURCE_PLACE not in phrase.words:
        return Candidate(CandidateKind.PHRASE, start, tokens, phrase)
    sources = _phrases_starting_at(context, start + len(before), tokens)
    if phrase.sources:
        sources = [source for source in sources if context.lemma(source) in phrase.sources]
    if not after:
        return Candidate(CandidateKind.PHRASE, start, tokens, phrase, sources[-1]) if sources else None
    for source in sources:
        # A possessive pronoun stands for a name and its 's: in his view.
        pronoun = after[0] == "'s" and context.tokens[source].upos == "PRON"
        words = after[1:] if pronoun else after
        inner = context.tree.subtree(source, without=tokens)
        end = max(filter(context.is_word, inner), default=source)  # a comma may be attached far behind its phrase
        for position in range(source + 1, end + 2):
            if words_stand_at(context.tree, position, words):
                return Candidate(
                    CandidateKind.PHRASE, start, (*tokens, *range(position, position + len(words))), phrase, source
                )
    return None


def _opens_clause(context: SentenceContext, index: int) -> bool:
    """Whether nothing but a conjunction is before a word in its clause (*but **in** a poll of farmers, …*)."""
    return context.opens(index) or context.tokens[index - 1].upos in {"CCONJ", "SCONJ"}


def _phrases_starting_at(context: SentenceContext, start: int, without: tuple[int, ...]) -> list[int]:
    """The heads of the noun phrases whose first word is the token at ``start``, the smallest phrase first."""
    if start >= len(context.tokens):
        return []
    here = start
    found = [start] if context.tokens[start].upos in NOMINAL_TAGS else []
    while True:
        head = context.tree.head(here)
        if head is None or head < start or context.subject(head) is not None:
            break
        subtree = [index for index in context.tree.subtree(head) if index not in without]
        if min(index for index in subtree if context.is_word(index) or index == head) < start:
            break
        here = head
        if context.tokens[head].upos in NOMINAL_TAGS:
            found.append(head)
        elif context.tokens[head].upos == "VERB":
            break
    return found


def _phrase_ending_at(context: SentenceContext, end: int) -> int | None:
    """The head of the largest noun phrase whose last word is the token at ``end``."""
    here = end
    best = end if context.tokens[end].upos in NOMINAL_TAGS else None
    while True:
        head = context.tree.head(here)
        if head is None or head > end or max(context.tree.subtree(head)) > end:
            return best
        here = head
        if context.tokens[head].upos in NOMINAL_TAGS:
            best = head
