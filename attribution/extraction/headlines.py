"""Attributions that headlines make with a colon or a dash instead of a verb.

*Rain will last a week: forecasters*, *Two dead after crash – police*, *Minister: tax will not rise* leave the verb of
saying out (Mårdh 1980, *Headlinese*). The side with the speaker is a noun phrase of few words without a verb whose head
can speak by the lexicon, or a name that the article itself gives as a source; anything else before a colon is a topic
or a place (*Ferries: what the new timetable means*).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.found import Found, content_spans
from attribution.extraction.roles import Roles
from attribution.extraction.spans import DASHES, source_tokens
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import BlockKind, Feature

LONGEST_SPEAKER = 6
"""Words a headline gives to its speaker at most."""

SHORTEST_CLAIM = 3
"""Words that what is said has at least."""

SPEAKING_KINDS = frozenset({"role", "official", "anonymous", "organisation", "vague-collective"})
FRAME = "headline"


def headline_attributions(
    doc: Doc, contexts: Sequence[SentenceContext], found: Sequence[Found], lexicon: Lexicon
) -> list[Found]:
    """The attributions of the draft's headlines that no verb gives."""
    names = _names(found)
    new = []
    for context in contexts:
        if doc.block_kind(context.sentence) is not BlockKind.HEADLINE:
            continue
        here = [one for one in found if one.context is context and one.source]
        one = None if here else headline_attribution(context, lexicon, names)
        if one is not None:
            new.append(one)
    return new


def headline_attribution(context: SentenceContext, lexicon: Lexicon, names: frozenset[str]) -> Found | None:
    """*claim: speaker*, *claim – speaker* or *speaker: claim*; ``names`` are those the article has as sources."""
    marks = [index for index in range(len(context)) if _parts_headline(context, index)]
    if not marks:
        return None
    last, first = marks[-1], marks[0]
    behind, before = range(last + 1, len(context)), range(first)
    if _is_speaker(context, behind, lexicon, names, documents=True) and _count(context, range(last)) >= SHORTEST_CLAIM:
        return _found(context, last, behind, range(last))
    rest = range(first + 1, len(context))
    colon = context.tokens[first].text == ":"
    if colon and _is_speaker(context, before, lexicon, names) and _count(context, rest) >= SHORTEST_CLAIM:
        return _found(context, first, before, rest)
    return None


def _parts_headline(context: SentenceContext, index: int) -> bool:
    """Whether a token is a colon or a dash with space around it, outside quotations."""
    token = context.tokens[index]
    if context.in_quotation[index] or index in (0, len(context) - 1):
        return False
    spaced = context.tokens[index - 1].end < token.start and token.end < context.tokens[index + 1].start
    return token.text == ":" or (token.text in DASHES and spaced)


def _is_speaker(
    context: SentenceContext,
    indices: Iterable[int],
    lexicon: Lexicon,
    names: frozenset[str],
    *,
    documents: bool = False,
) -> bool:
    """Whether the words are a noun phrase that names somebody who can speak; a newsroom signs its own pages so."""
    words = [context.tokens[index] for index in indices if context.is_word(index)]
    if not words or len(words) > LONGEST_SPEAKER or any(word.upos in ("VERB", "AUX", "SCONJ") for word in words):
        return False
    if lexicon.outlet(" ".join(word.text for word in words)) is not None:
        return False
    joints = [place for place, word in enumerate(words) if word.upos == "ADP" and place]
    head = words[joints[0] - 1] if joints else words[-1]
    nouns = lexicon.source_nouns_of(head.lemma) or lexicon.source_nouns_of(head.text)
    kinds = SPEAKING_KINDS | {"document"} if documents else SPEAKING_KINDS
    return any(noun.kind in kinds for noun in nouns[-1:]) or head.text in names


def _found(context: SentenceContext, mark: int, source: Iterable[int], content: Iterable[int]) -> Found:
    kind = CandidateKind.COLON if context.tokens[mark].text == ":" else CandidateKind.DASH
    roles = Roles(frozenset({mark}), frozenset(source), frozenset(content))
    one = Found(context, Candidate(kind, mark, (mark,)), 0.0, (Feature(FRAME, 0.0),), roles, frame=FRAME)
    one.source = context.tree.spans(source_tokens(context, roles.source, mark))
    one.cue = context.tree.spans([mark])
    one.content = content_spans(one)
    return one


def _count(context: SentenceContext, indices: Iterable[int]) -> int:
    return sum(context.is_word(index) for index in indices)


def _names(found: Iterable[Found]) -> frozenset[str]:
    """The proper nouns in the sources of the article's attributions."""
    return frozenset(
        one.context.tokens[index].text
        for one in found
        for index in one.roles.source
        if one.context.tokens[index].upos == "PROPN"
    )
