"""Precision, recall and F1 of annotated documents against gold, part by part. Pure functions.

Attributions are paired one to one, greedily, by shared cue words (ties: overlap of the cues, then shared content words,
then shared source words, then order in the text). Those without a cue word on either side (a bare colon) are paired
with each other by content. A part counts as right if the attribution is paired and:

* ``cue``: nothing more; attributions without a cue word are left out
* ``source exact``: the source's words are the same, or there are none on both sides
* ``source partial``: they share a word other than an article, preposition or conjunction
* ``content exact``: the content's words are the same
* ``all exact``: source and content are exact
* ``all soft``: the source is partly right, and the F1 of the content's words is at least 0.5

``content words`` counts words instead of attributions; ``sentence content`` counts the sentences that contain
attributed words. Hedges are paired in the same way: by a shared word (``hedge``), with the same words (``hedge
exact``), with the same category (``hedge category``).

``voice`` counts gold sentences: a program gives a sentence the voice of most of its claimed words, and none if it finds
no claim. ``voice source`` and so on count the sentences of one voice; ``voice unclear`` is left out if neither side has
any. ``mentions`` counts pronouns and role nouns: those resolved to the right name are right, those resolved at all
count as predicted, so that precision tells how far a resolution can be trusted; ``mentions that speak`` counts those
that are sources. ``mentions accuracy`` is the share of all marked mentions that agree with the gold, including those
that the gold leaves unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from attribution.conversion.documents import (
    AnnotatedAttribution,
    AnnotatedDocument,
    AnnotatedHedge,
    AnnotatedMention,
    VoicedSpan,
)
from attribution.evaluation.words import ScoredText
from attribution.records import Manner, Span, Voice

SOFT = 0.5
"""The lowest F1 of content words for a soft match."""

ALIKE = 0.5
"""The smallest share of common words for two mentions of several words to be the same mention."""


class Part(StrEnum):
    """What is counted."""

    CUE = "cue"
    SOURCE_EXACT = "source exact"
    SOURCE_PARTIAL = "source partial"
    CONTENT_WORDS = "content words"
    CONTENT_EXACT = "content exact"
    ALL_EXACT = "all exact"
    ALL_SOFT = "all soft"
    SENTENCE_CONTENT = "sentence content"
    HEDGE = "hedge"
    HEDGE_EXACT = "hedge exact"
    HEDGE_CATEGORY = "hedge category"
    VOICE = "voice"
    VOICE_SOURCE = "voice source"
    VOICE_HEARSAY = "voice hearsay"
    VOICE_OWN = "voice own"
    VOICE_UNCLEAR = "voice unclear"
    MENTIONS = "mentions"
    SPEAKING_MENTIONS = "mentions that speak"
    MENTION_ACCURACY = "mentions accuracy"


ATTRIBUTION_PARTS = (
    Part.CUE,
    Part.SOURCE_EXACT,
    Part.SOURCE_PARTIAL,
    Part.CONTENT_WORDS,
    Part.CONTENT_EXACT,
    Part.ALL_EXACT,
    Part.ALL_SOFT,
    Part.SENTENCE_CONTENT,
)
ACCURACIES = frozenset({Part.VOICE, Part.MENTION_ACCURACY})
"""Parts of which everything is predicted, so that precision and recall are the same."""

VOICE_PARTS = {
    Voice.SOURCE: Part.VOICE_SOURCE,
    Voice.HEARSAY: Part.VOICE_HEARSAY,
    Voice.OWN: Part.VOICE_OWN,
    Voice.UNCLEAR: Part.VOICE_UNCLEAR,
}


class Level(StrEnum):
    """Which attributions are counted: only the outermost, as PolNeAR marks them, or nested ones as well."""

    OUTER = "outer"
    ALL = "all"


class Count(msgspec.Struct, frozen=True):
    """How many were right, how many predicted, and how many are in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of the predicted that is right; 0 if nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 if there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.predicted + self.gold) if self.right else 0.0


Counts = dict[Part, Count]


class ScoredAttribution(msgspec.Struct, frozen=True):
    """An attribution as sets of word numbers."""

    annotated: AnnotatedAttribution
    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]
    manner: Manner | None

    @property
    def words(self) -> frozenset[int]:
        """The words of all three parts."""
        return self.cue | self.source | self.content

    @property
    def order(self) -> int:
        """The first word of the cue, otherwise of the content, otherwise of the source."""
        return min(self.cue or self.content or self.source)


class Pairing(msgspec.Struct, frozen=True):
    """Gold and predicted attributions of a text, and the matching pairs of their indices."""

    text: ScoredText
    gold: tuple[ScoredAttribution, ...]
    predicted: tuple[ScoredAttribution, ...]
    pairs: tuple[tuple[int, int], ...]

    def source_exact(self, gold: int, predicted: int) -> bool:
        """Whether the sources have the same words."""
        return self.gold[gold].source == self.predicted[predicted].source

    def source_partial(self, gold: int, predicted: int) -> bool:
        """Whether the sources share a word other than a function word, or are both empty."""
        ours, theirs = self.gold[gold].source, self.predicted[predicted].source
        if not ours or not theirs:
            return not ours and not theirs
        return bool((ours - self.text.function_words or ours) & theirs)

    def content_exact(self, gold: int, predicted: int) -> bool:
        """Whether the contents have the same words."""
        return self.gold[gold].content == self.predicted[predicted].content

    def content_f1(self, gold: int, predicted: int) -> float:
        """F1 of the content's words; 1 if there are none on both sides."""
        ours, theirs = self.gold[gold].content, self.predicted[predicted].content
        return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 1.0

    def soft(self, gold: int, predicted: int) -> bool:
        """Whether all parts are roughly right."""
        return self.source_partial(gold, predicted) and self.content_f1(gold, predicted) >= SOFT


def score(
    gold: Sequence[AnnotatedDocument],
    predicted: Sequence[AnnotatedDocument | None],
    level: Level = Level.OUTER,
    manner: Manner | None = None,
) -> Counts:
    """The counts over all documents; ``predicted`` has one for each in ``gold``, None if a system gave none.

    With a manner, only gold attributions of that manner count, and predictions paired with them, or unpaired and of
    that manner themselves; then only the parts of attributions are counted.
    """
    total: Counts = {}
    for document, guess in zip(gold, predicted, strict=True):
        total = add_counts(total, score_document(document, guess, level, manner))
    return total


def add_counts(first: Counts, second: Counts) -> Counts:
    """The sums of both counts, with parts in their usual order."""
    return {
        part: first.get(part, Count()) + second.get(part, Count()) for part in Part if part in first or part in second
    }


def score_document(
    gold: AnnotatedDocument,
    predicted: AnnotatedDocument | None,
    level: Level = Level.OUTER,
    manner: Manner | None = None,
) -> Counts:
    """The counts of one document. Layers that the gold or the prediction does not annotate are not counted."""
    predicted = predicted or AnnotatedDocument(gold.name, gold.text)
    text = ScoredText(gold.text)
    counts: Counts = {}
    if not gold.has_mentions_only:
        counts |= _count_attributions(pair_attributions(text, gold, predicted, level), manner)
    if manner is None:
        if gold.hedges is not None and predicted.hedges is not None:
            counts |= _count_hedges(text, gold.hedges, predicted.hedges)
        if gold.voices is not None and predicted.voices is not None:
            counts |= _count_voices(text, gold.voices, predicted.voices)
        if gold.mentions is not None and predicted.mentions is not None:
            counts |= _count_mentions(text, gold, predicted.mentions)
    return counts


# --- Attributions -----------------------------------------------------------------------------------------------------


def pair_attributions(
    text: ScoredText, gold: AnnotatedDocument, predicted: AnnotatedDocument, level: Level = Level.OUTER
) -> Pairing:
    """The attributions of both sides at a level, in text order, and which of them match."""
    ours, theirs = (_scored(text, document.attributions, level) for document in (gold, predicted))
    return Pairing(text, ours, theirs, tuple(_pairs(ours, theirs)))


def _scored(
    text: ScoredText, attributions: Iterable[AnnotatedAttribution], level: Level
) -> tuple[ScoredAttribution, ...]:
    found = []
    for attribution in attributions:
        if attribution.nested and level is Level.OUTER:
            continue
        content = text.words_in(attribution.content)
        scored = ScoredAttribution(
            attribution,
            text.words_in(attribution.cue),
            text.words_in(attribution.source),
            content,
            text.manner(content),
        )
        if scored.words:
            found.append(scored)
    return tuple(sorted(found, key=lambda scored: scored.order))


def _pairs(gold: Sequence[ScoredAttribution], predicted: Sequence[ScoredAttribution]) -> list[tuple[int, int]]:
    """Pairs by cue; then, of those without a cue word, by content."""
    pairs = _pair(
        [attribution.cue for attribution in gold],
        [attribution.cue for attribution in predicted],
        _ties(gold, predicted),
    )
    bare_gold = [number for number, attribution in enumerate(gold) if not attribution.cue]
    bare_predicted = [number for number, attribution in enumerate(predicted) if not attribution.cue]
    return pairs + _pair_some(gold, bare_gold, predicted, bare_predicted)


def _pair_some(
    gold: Sequence[ScoredAttribution],
    gold_numbers: Sequence[int],
    predicted: Sequence[ScoredAttribution],
    predicted_numbers: Sequence[int],
) -> list[tuple[int, int]]:
    """Pairs of the numbered attributions by content."""
    ours = [gold[number] for number in gold_numbers]
    theirs = [predicted[number] for number in predicted_numbers]

    def ties(first: int, second: int) -> tuple[int, ...]:
        return len(ours[first].source & theirs[second].source), len(ours[first].cue & theirs[second].cue)

    found = _pair([attribution.content for attribution in ours], [attribution.content for attribution in theirs], ties)
    return [(gold_numbers[first], predicted_numbers[second]) for first, second in found]


class _Ties(Protocol):
    def __call__(self, first: int, second: int, /) -> tuple[int, ...]: ...


def _ties(gold: Sequence[ScoredAttribution], predicted: Sequence[ScoredAttribution]) -> _Ties:
    def ties(first: int, second: int) -> tuple[int, ...]:
        ours, theirs = gold[first], predicted[second]
        return len(ours.content & theirs.content), len(ours.source & theirs.source)

    return ties


def _pair(
    gold: Sequence[frozenset[int]], predicted: Sequence[frozenset[int]], ties: _Ties | None = None
) -> list[tuple[int, int]]:
    """One-to-one pairs of word sets that share a word, best first."""
    candidates = []
    for first, ours in enumerate(gold):
        for second, theirs in enumerate(predicted):
            shared = len(ours & theirs)
            if shared:
                better = ties(first, second) if ties else ()
                key = (-shared, -shared / len(ours | theirs), *(-number for number in better))
                candidates.append((key, first, second))
    pairs: list[tuple[int, int]] = []
    for _, first, second in sorted(candidates):
        if all(first != taken and second != other for taken, other in pairs):
            pairs.append((first, second))
    return pairs


def _count_attributions(full: Pairing, manner: Manner | None) -> Counts:
    pairing, ignored = (full, frozenset[int]()) if manner is None else _of_manner(full, manner)
    gold, predicted, pairs = pairing.gold, pairing.predicted, pairing.pairs
    shared = sum(len(gold[first].content & predicted[second].content) for first, second in pairs)

    def count(right: int) -> Count:
        return Count(right, len(predicted), len(gold))

    return {
        Part.CUE: Count(
            sum(bool(gold[first].cue) for first, _ in pairs),
            sum(bool(attribution.cue) for attribution in predicted),
            sum(bool(attribution.cue) for attribution in gold),
        ),
        Part.SOURCE_EXACT: count(sum(pairing.source_exact(*pair) for pair in pairs)),
        Part.SOURCE_PARTIAL: count(sum(pairing.source_partial(*pair) for pair in pairs)),
        Part.CONTENT_WORDS: Count(
            shared,
            sum(len(attribution.content) for attribution in predicted),
            sum(len(attribution.content) for attribution in gold),
        ),
        Part.CONTENT_EXACT: count(sum(pairing.content_exact(*pair) for pair in pairs)),
        Part.ALL_EXACT: count(sum(pairing.source_exact(*pair) and pairing.content_exact(*pair) for pair in pairs)),
        Part.ALL_SOFT: count(sum(pairing.soft(*pair) for pair in pairs)),
        Part.SENTENCE_CONTENT: _count_sentences(pairing, ignored),
    }


def _count_sentences(pairing: Pairing, ignored: frozenset[int]) -> Count:
    ours = frozenset[int]().union(*(attribution.content for attribution in pairing.gold))
    theirs = frozenset[int]().union(*(attribution.content for attribution in pairing.predicted))
    total = Count()
    for sentence in pairing.text.sentences:
        is_gold, is_predicted = bool(ours & sentence), bool(theirs & sentence)
        if is_gold or not sentence & ignored:
            total += Count(is_gold and is_predicted, is_predicted, is_gold)
    return total


def _of_manner(full: Pairing, manner: Manner) -> tuple[Pairing, frozenset[int]]:
    """The attributions to count for a manner, and the words of the gold attributions that were removed."""
    gold, predicted = full.gold, full.predicted
    left_gold = [number for number in range(len(gold)) if number not in {first for first, _ in full.pairs}]
    left_predicted = [number for number in range(len(predicted)) if number not in {other for _, other in full.pairs}]
    partner = {
        second: first for first, second in (*full.pairs, *_pair_some(gold, left_gold, predicted, left_predicted))
    }
    kept_predicted = tuple(
        attribution
        for number, attribution in enumerate(predicted)
        if (gold[partner[number]].manner if number in partner else attribution.manner) is manner
    )
    kept_gold = tuple(attribution for attribution in gold if attribution.manner is manner)
    kept = frozenset[int]().union(*(attribution.words for attribution in kept_gold))
    gone = (
        frozenset[int]().union(*(attribution.words for attribution in gold if attribution.manner is not manner)) - kept
    )
    return Pairing(full.text, kept_gold, kept_predicted, tuple(_pairs(kept_gold, kept_predicted))), gone


# --- Hedges -----------------------------------------------------------------------------------------------------------


def pair_hedges(
    text: ScoredText, gold: Sequence[AnnotatedHedge], predicted: Sequence[AnnotatedHedge]
) -> list[tuple[int, int]]:
    """The pairs of hedges that share a word; of several, first those of the same category."""

    def same_category(first: int, second: int) -> tuple[int, ...]:
        return (int(gold[first].category is predicted[second].category),)

    ours, theirs = ([text.words_in(hedge.spans) for hedge in hedges] for hedges in (gold, predicted))
    return _pair(ours, theirs, same_category)


def _count_hedges(text: ScoredText, gold: Sequence[AnnotatedHedge], predicted: Sequence[AnnotatedHedge]) -> Counts:
    pairs = pair_hedges(text, gold, predicted)

    def count(right: int) -> Count:
        return Count(right, len(predicted), len(gold))

    exact = [text.words_in(gold[first].spans) == text.words_in(predicted[second].spans) for first, second in pairs]
    counts = {Part.HEDGE: count(len(pairs)), Part.HEDGE_EXACT: count(sum(exact))}
    if all(hedge.category is not None for hedge in gold):
        same = sum(gold[first].category is predicted[second].category for first, second in pairs)
        counts[Part.HEDGE_CATEGORY] = count(same)
    return counts


# --- Voices -----------------------------------------------------------------------------------------------------------


def voices_of(
    text: ScoredText, sentences: Iterable[VoicedSpan], claims: Sequence[VoicedSpan]
) -> list[tuple[VoicedSpan, Voice | None]]:
    """Each gold sentence with the voice that most of its claimed words stand in; the first of equals, None for none."""
    claimed = [(text.words_in(claim.spans), claim.voice) for claim in claims]
    found = []
    for sentence in sentences:
        words = text.words_in(sentence.spans)
        shares: dict[Voice, int] = {}
        for claim, voice in claimed:
            if voice is not None and claim & words:
                shares[voice] = shares.get(voice, 0) + len(claim & words)
        found.append((sentence, max(shares, key=lambda voice: shares[voice]) if shares else None))
    return found


def _count_voices(text: ScoredText, sentences: Sequence[VoicedSpan], claims: Sequence[VoicedSpan]) -> Counts:
    pairs = [(sentence.voice, voice) for sentence, voice in voices_of(text, sentences, claims)]
    counts = {Part.VOICE: Count(sum(ours is theirs for ours, theirs in pairs), len(pairs), len(pairs))}
    for voice, part in VOICE_PARTS.items():
        if voice is Voice.UNCLEAR and not any(voice in pair for pair in pairs):
            continue  # annotators name the speaker, so there are hardly any
        counts[part] = Count(
            pairs.count((voice, voice)),
            sum(theirs is voice for _, theirs in pairs),
            sum(ours is voice for ours, _ in pairs),
        )
    return counts


# --- Mentions ---------------------------------------------------------------------------------------------------------


class Resolution(StrEnum):
    """How a mention was resolved."""

    RIGHT = "right"
    WRONG = "wrong"
    UNRESOLVED = "unresolved"


def resolve_mentions(
    text: ScoredText, gold: Iterable[AnnotatedMention], predicted: Sequence[AnnotatedMention]
) -> list[tuple[AnnotatedMention, AnnotatedMention | None, Resolution]]:
    """Each gold mention with the matching predicted one and how it was resolved.

    A mention that the gold leaves unresolved is right if the prediction leaves it unresolved as well.
    """
    found = []
    for mention in gold:
        guess = _same_mention(text, mention, predicted)
        if guess is None or not guess.names:
            resolution = Resolution.UNRESOLVED if mention.names else Resolution.RIGHT
        else:
            same = any(same_name(ours, theirs) for ours in mention.names for theirs in guess.names)
            resolution = Resolution.RIGHT if same else Resolution.WRONG
        found.append((mention, guess, resolution))
    return found


def _same_mention(
    text: ScoredText, mention: AnnotatedMention, predicted: Sequence[AnnotatedMention]
) -> AnnotatedMention | None:
    """The predicted mention of the same words: for one word the same, for several most of them or more after them."""
    words = text.words_in([mention.span])
    best: tuple[float, AnnotatedMention] | None = None
    for guess in predicted:
        if not guess.span.overlaps(mention.span):
            continue
        theirs = text.words_in([guess.span])
        alike = len(words & theirs) / len(words | theirs) if words | theirs else 0.0
        if alike < 1.0:
            longer = words < theirs and min(words, default=-1) == min(theirs)
            several = min(len(_plain(text, words)), len(_plain(text, theirs))) > 1
            if _stops_at_owner(text, mention.span, guess.span) or _stops_at_owner(text, guess.span, mention.span):
                continue
            if not several or (alike < ALIKE and not longer):
                continue
        if best is None or alike > best[0]:
            best = (alike, guess)
    return best[1] if best else None


def _stops_at_owner(text: ScoredText, outer: Span, part: Span) -> bool:
    """Whether the part is the possessor in the outer span: *the brokerage('s)* in *the brokerage's analyst*."""
    if not (outer.start <= part.start and part.end < outer.end):
        return False
    end = text.text[part.end - 2 : outer.end]
    return bool(re.match(r"(?:['’]s|s['’]|..['’]s?) \w", end))


def _plain(text: ScoredText, words: Collection[int]) -> list[int]:
    """The words except the possessive *s*."""
    return [word for word in words if text.text[text.words[word].start : text.words[word].end] != "s"]


def same_name(first: str, second: str) -> bool:
    """Whether two names may be the same: all words of one are in the other (*Zhdar*, *Col Gen Pavel Zhdar*)."""
    ours, theirs = _name_words(first), _name_words(second)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def _name_words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", name.casefold())) - {"the", "a", "an", "s"}


def _count_mentions(text: ScoredText, gold: AnnotatedDocument, predicted: Sequence[AnnotatedMention]) -> Counts:
    speaking = {span for attribution in gold.attributions for span in attribution.source}
    everything, speakers, accuracy = Count(), Count(), Count()
    for mention, guess, resolution in resolve_mentions(text, gold.mentions or (), predicted):
        count = Count(
            resolution is Resolution.RIGHT and bool(mention.names),
            guess is not None and bool(guess.names),
            bool(mention.names),
        )
        everything += count
        accuracy += Count(int(resolution is Resolution.RIGHT), 1, 1)
        if _is_source(mention.span, speaking):
            speakers += count
    counts = {Part.MENTIONS: everything, Part.MENTION_ACCURACY: accuracy}
    return counts if gold.has_mentions_only else counts | {Part.SPEAKING_MENTIONS: speakers}


def _is_source(mention: Span, sources: Collection[Span]) -> bool:
    return mention in sources
