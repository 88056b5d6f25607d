"""The standing of a claim in its version: its sources, and what weakens or strengthens it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import prod

import msgspec

from attribution.comparison.changes import ClaimSource, Words
from attribution.comparison.version import Version
from attribution.lexicon import Lexicon
from attribution.records import Attitude, Attribution, Claim, Manner, ScoreName, SourceKind, Span, Tone, Voice
from attribution.scoring import Weights

NOBODY = frozenset({SourceKind.AGENTLESS, SourceKind.NONE, SourceKind.OWN_OUTLET})
"""Kinds of source that tell the reader of nobody but the paper."""

ATTITUDE_WEIGHTS = {
    Attitude.BELIEF: "belief-attitude",
    Attitude.INTENTION: "intention-attitude",
    Attitude.HEARSAY: "hearsay-attitude",
}

CROWDS = {
    "anonymous": SourceKind.ANONYMOUS,
    "vague-collective": SourceKind.VAGUE_COLLECTIVE,
    "official": SourceKind.UNNAMED_OFFICIAL,
}

CLOSE = 0.12
"""Markers of the same category whose effects differ by less count as equal (*may*, *might*)."""

_JOIN = re.compile(r",?\s+and\s+(?=the\s|an?\s)|,\s+(?=the\s|an?\s)")
_PERSON_JOIN = re.compile(r",?\s+and\s+|,\s+(?=[A-Z])")


class Backer(msgspec.Struct, frozen=True):
    """A source of a claim with the attribution that names it and the words that do.

    ``own_act``: the cue is part of the claim, which is about what the source says or plans (*The firm plans to sell*,
    *The ministry blamed the rain*).
    """

    source: ClaimSource
    attribution: str
    own_act: bool
    words: tuple[Words, ...]


class Marker(msgspec.Struct, frozen=True):
    """Words that weaken a claim (``share``, the factor of its certainty, is below 1) or strengthen it (above 1).

    ``factive`` cues strengthen only in comparison with another cue. ``host`` are the lemmas of the words in the scope
    of a hedge on part of the claim.
    """

    lemma: str
    category: str
    share: float
    words: tuple[Words, ...]
    factive: bool = False
    host: frozenset[str] = frozenset()


class Standing(msgspec.Struct, frozen=True):
    """Voice, sources and markers of a claim."""

    voice: Voice
    backers: tuple[Backer, ...]
    markers: tuple[Marker, ...]

    @property
    def sources(self) -> tuple[ClaimSource, ...]:
        """The sources of the claim and those who act in it, each once."""
        return tuple(dict.fromkeys(backer.source for backer in self.backers))

    @property
    def speakers(self) -> tuple[ClaimSource, ...]:
        """The sources of the claim, each once, except those that the claim is about."""
        return tuple(dict.fromkeys(backer.source for backer in self.backers if not backer.own_act))


def standing(claim: Claim, version: Version, lexicon: Lexicon, weights: Weights) -> Standing:
    """Voice, sources and markers of the claim; a quotation whose speaker is unclear has no sources."""
    chain = version.provenance(claim)
    backers: list[Backer] = []
    if claim.voice is not Voice.UNCLEAR:
        backers = [backer for attribution in chain for backer in _backers(attribution, claim, version, lexicon)]
    markers = _hedge_markers(claim, version, weights)
    markers += _booster_markers(claim, chain, version, weights)
    marked = [word.span for marker in markers for word in marker.words]
    for plan in version.plans_in(claim):
        markers += _cue_markers(plan, False, version, weights, marked)
    for attribution in chain:
        nobody = not any(backer.attribution == attribution.id for backer in backers)
        markers += _cue_markers(attribution, nobody, version, weights, marked)
    return Standing(claim.voice, tuple(backers), tuple(markers))


def certainty(markers: list[Marker]) -> float:
    """The joint factor of a claim's certainty by its markers (1 without markers)."""
    return prod(marker.share for marker in markers)


def cancelled(old: Sequence[Marker], new: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """The markers of each version without those that have a counterpart (same word or same effect) in the other."""
    gone, came = list(old), list(new)
    for same in (_same_word, _same_effect):
        for marker in list(gone):
            partner = next((candidate for candidate in came if same(marker, candidate)), None)
            if partner is not None:
                gone.remove(marker)
                came.remove(partner)
    return gone, came


def _same_word(first: Marker, second: Marker) -> bool:
    return first.lemma == second.lemma or set(first.lemma.split()) <= set(second.lemma.split())


def _same_effect(first: Marker, second: Marker) -> bool:
    return first.category == second.category and abs(first.share - second.share) < CLOSE


def _backers(attribution: Attribution, claim: Claim, version: Version, lexicon: Lexicon) -> list[Backer]:
    mention = attribution.source
    in_claim = any(span.overlaps(cue) for span in claim.spans for cue in attribution.cue.spans)
    own_act = in_claim and mention.kind is not SourceKind.NONE and not _is_agent(attribution, version)
    if own_act and mention.kind is SourceKind.PRONOUN_UNRESOLVED:
        return []
    words = tuple(_words((*mention.spans, *attribution.cue.spans), version))
    sources: list[ClaimSource] = []
    for identifier in dict.fromkeys([mention.entity, *mention.also]):
        entity = None if identifier is None else version.entities.get(identifier)
        if entity is not None:
            names = _members(entity.name, entity.kind)
            told = version.name_in_sentence(entity) if len(names) == 1 else ""
            sources += [ClaimSource(name, entity.kind, entity.named, entity.id, told) for name in names]
        elif mention.kind is SourceKind.NONE:
            sources += _crowd(attribution, version, lexicon)
        else:
            names = _members(mention.text or attribution.cue.text, mention.kind)
            sources += [ClaimSource(name, mention.kind, False, None) for name in names]
    return [Backer(source, attribution.id, own_act, words) for source in sources if source.kind not in NOBODY]


def _is_agent(attribution: Attribution, version: Version) -> bool:
    """Whether the source stands in a *by*-phrase: *was accused by prosecutors of fraud*."""
    tokens = version.sentences[attribution.sentence].tokens
    starts = {span.start for span in attribution.source.spans}
    return any(
        following.start in starts and token.lemma.casefold() == "by" for token, following in pairwise(tokens)
    ) or any(token.start in starts and token.lemma.casefold() == "by" for token in tokens)


def _members(name: str, kind: SourceKind) -> list[str]:
    """The parts of a compound source with a single ledger entry (*the ministry and the coastguard*)."""
    return (_PERSON_JOIN if kind is SourceKind.NAMED_PERSON else _JOIN).split(name)


def _crowd(attribution: Attribution, version: Version, lexicon: Lexicon) -> list[ClaimSource]:
    """The unnamed people whom the cue itself mentions (*Sources said*)."""
    tree = version.tree(attribution.sentence)
    for token in (tree.tokens[index] for index in tree.words_within(attribution.cue.spans)):
        if token.upos == "NOUN":
            for noun in lexicon.source_nouns_of(token.lemma):
                if noun.words == token.lemma.casefold() and noun.kind in CROWDS:
                    return [ClaimSource(token.text.casefold(), CROWDS[noun.kind], False, None)]
    return []


def _hedge_markers(claim: Claim, version: Version, weights: Weights) -> list[Marker]:
    in_part = {
        factor.because for factor in claim.factors if factor.score is ScoreName.CERTAINTY and factor.name == "in-part"
    }
    markers: list[Marker] = []
    for hedge in version.hedges_on(claim):
        strength = weights.value("hedge", hedge.category.value) * hedge.strength
        host: frozenset[str] = frozenset()
        if hedge.id in in_part:
            strength *= weights.value("hedge", "in-part")
            host = _lemmas(hedge.sentence, hedge.scope, version) - _lemmas(hedge.sentence, hedge.spans, version)
        markers.append(
            Marker(
                lemma=_lemma(hedge.sentence, hedge.spans, version),
                category=hedge.category.value,
                share=1 - strength,
                words=tuple(_words(hedge.spans, version)),
                host=host,
            )
        )
    return markers


def _booster_markers(claim: Claim, chain: list[Attribution], version: Version, weights: Weights) -> list[Marker]:
    """Markers of the claim's boosters; a booster that is also a cue (*confirmed*) counts as factive."""
    cues = [span for attribution in chain for span in attribution.cue.spans]
    markers: list[Marker] = []
    for booster in version.boosters_on(claim):
        share = 1 + weights.value("certainty", "booster") * booster.strength / 2
        lemma = _lemma(booster.sentence, booster.spans, version)
        factive = any(span.overlaps(cue) for span in booster.spans for cue in cues)
        markers.append(Marker(lemma, "booster", share, tuple(_words(booster.spans, version)), factive))
    return markers


def _cue_markers(
    attribution: Attribution, nobody: bool, version: Version, weights: Weights, marked: list[Span]
) -> list[Marker]:
    """Markers of belief, plan, doubt or truth by the cue; none if the cue is already a hedge."""
    if any(span.overlaps(cue) for cue in attribution.cue.spans for span in marked):
        return []
    words = tuple(_words(attribution.cue.spans, version))
    lemma = attribution.cue.lemma.casefold()
    shares: list[tuple[str, float]] = []
    if (name := ATTITUDE_WEIGHTS.get(attribution.attitude)) and (
        nobody or attribution.attitude is not Attitude.HEARSAY
    ):
        shares.append((name, weights.value("certainty", name)))
    elif nobody and attribution.source.kind in (SourceKind.AGENTLESS, SourceKind.NONE) and attribution.cue.spans:
        if attribution.manner is not Manner.DIRECT:
            shares.append(("hearsay-attitude", weights.value("certainty", "hearsay-attitude")))
    if attribution.tone is Tone.DOUBTING:
        shares.append(("doubting-cue", weights.value("certainty", "doubting-cue")))
    markers = [Marker(lemma, name, share, words) for name, share in shares]
    if attribution.tone is Tone.FACTIVE and not attribution.negated:
        share = 1 + weights.value("certainty", "factive-cue")
        markers.append(Marker(lemma, "factive-cue", share, words, factive=True))
    return markers


def _words(spans: tuple[Span, ...], version: Version) -> list[Words]:
    return [Words(span.start, span.end, version.text[span.start : span.end]) for span in sorted(set(spans))]


def _lemma(sentence: str, spans: tuple[Span, ...], version: Version) -> str:
    """The lemmas of the words in the spans, without forms of *be* and *have*: *is believed to* is *believe to*."""
    tree = version.tree(sentence)
    held = [tree.tokens[index] for index in tree.words_within(spans)]
    content = [token for token in held if token.lemma.casefold() not in ("be", "have", "to", "that", "it")] or held
    return " ".join(token.lemma.casefold() for token in content)


def _lemmas(sentence: str, spans: tuple[Span, ...], version: Version) -> frozenset[str]:
    tree = version.tree(sentence)
    held = (tree.tokens[index] for index in tree.words_within(spans))
    return frozenset(token.lemma.casefold() for token in held if token.upos != "PUNCT")
