"""Whose voice each sentence is in, and who is said to speak, compared with an editor's marks. Pure functions.

A gold document is a line ``{"doc", "text", "sentences": [{"start", "end", "kind", "voice", "alt", "mixed",
"source_text", "who", "who_ok", "quoted", "cueless", "anon", "hedges"}]}``, with offsets in code points; seeds/README.md
explains the fields. A program gives a sentence the voice of the claim that covers most of it. Sentences without a
claim, and bylines, datelines, captions and the like, are not scored. The counts are:

* ``strict``: unmixed sentences in exactly the gold's voice; ``lenient``: all sentences in a voice that an editor would
  accept, for a mixed one in any of its claims
* ``source``: unmixed sentences of a source whose claim leads to the right name, or to the describing words if the
  source is unnamed; only the outermost source counts
* ``quoted own`` and ``cueless own``: quoted sentences of a source, and those of them without a cue of their own, that
  are given the paper's own voice; ``quoted unclear``: those whose speaker was not found
* ``false``: sentences that can only be the paper's own, but are given to a source or to hearsay
* ``links``: attributions within the outermost one that a source's claim depends on
* ``hedges``: overlapping words, approximators left out

``unclear`` (a quotation whose speaker is not found) is not the voice of any gold sentence: it is neither own nor false.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Protocol

import msgspec

from attribution.records import AttribError, Attribution, Claim, Hedge, HedgeCategory, SourceEntity, Span

SCORED_KINDS = frozenset({"body", "headline", "standfirst", "list", "pullquote", "crosshead"})
VOICES = ("own", "source", "hearsay")


class GoldVoice(StrEnum):
    """Whose claim a sentence is in an editor's judgement; ``none``: it claims nothing."""

    OWN = "own"
    SOURCE = "source"
    HEARSAY = "hearsay"
    NONE = "none"


class GoldSentence(msgspec.Struct, frozen=True):
    """A marked sentence. ``hedges`` is None if hedges were not marked; ``opt`` and ``approx`` may be omitted."""

    start: int
    end: int
    voice: GoldVoice
    kind: str = "body"
    alt: tuple[GoldVoice, ...] = ()
    mixed: bool = False
    source_text: str = ""
    who: str = ""
    who_ok: tuple[str, ...] = ()
    quoted: bool = False
    cueless: bool = False
    anon: bool = False
    hedges: tuple[str, ...] | None = None
    opt: tuple[str, ...] = ()
    approx: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The sentence's span in the text."""
        return Span(self.start, self.end)

    @property
    def is_scored(self) -> bool:
        """Whether it makes a claim and is of a kind that counts."""
        return self.kind in SCORED_KINDS and self.voice is not GoldVoice.NONE

    @property
    def accepted(self) -> frozenset[str]:
        """The voices that an editor would accept."""
        return frozenset({self.voice, *self.alt})

    @property
    def right_names(self) -> tuple[str, ...]:
        """The right names of its source; for an unnamed one also the words that describe it."""
        names = self.who_ok or (self.who,)
        return (*names, self.source_text) if self.anon else names


class GoldDocument(msgspec.Struct, frozen=True):
    """A marked article; ``file`` is its name beside the gold if it is stored in a form other than plain text."""

    doc: str
    text: str
    sentences: tuple[GoldSentence, ...]
    file: str = ""

    @property
    def words(self) -> int:
        """The number of words in the article, separated by white space."""
        return len(self.text.split())


def read_gold(data: str, name: str) -> list[GoldDocument]:
    """The documents of JSON Lines; ``AttribError`` names a line that is invalid, or has a sentence outside its text."""
    documents = []
    for number, line in enumerate(data.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            document = msgspec.json.decode(line, type=GoldDocument)
        except (msgspec.DecodeError, RecursionError) as error:
            raise AttribError(
                f"{name}:{number}: is not an article with its sentences' voices ({error}); fix it"
            ) from None
        for sentence in document.sentences:
            if not 0 <= sentence.start < sentence.end <= len(document.text):
                raise AttribError(
                    f"{name}:{number}: {document.doc} has a sentence from {sentence.start} to {sentence.end}, "
                    f"which is not a span of its text; count code points"
                )
        documents.append(document)
    return documents


# --- A program's answers ----------------------------------------------------------------------------------------------


class PredictedClaim(msgspec.Struct, frozen=True):
    """A claim in a program's output: its voice, the names of its outermost source, and the links within that one."""

    spans: tuple[Span, ...]
    voice: str
    names: tuple[str, ...] = ()
    links: int = 0

    def overlap(self, span: Span) -> int:
        """How many characters of the claim are within ``span``."""
        return sum(max(0, min(piece.end, span.end) - max(piece.start, span.start)) for piece in self.spans)


class Prediction(msgspec.Struct, frozen=True):
    """Everything that is scored in a program's output for an article; ``hedges`` excludes approximators."""

    claims: tuple[PredictedClaim, ...]
    hedges: tuple[Span, ...] = ()


class Findings(Protocol):
    """An ``Analysis``, or the records of a report, with offsets in code points."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims with their chains of attributions."""

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """The attributions."""

    @property
    def sources(self) -> tuple[SourceEntity, ...]:
        """The ledger."""

    @property
    def hedges(self) -> tuple[Hedge, ...]:
        """The words that lower the commitment."""


def prediction_of(findings: Findings) -> Prediction:
    """The claims and hedges of an analysis or a report, in the form that is scored."""
    attributions = {attribution.id: attribution for attribution in findings.attributions}
    entities = {entity.id: entity.name for entity in findings.sources}
    claims = []
    for claim in findings.claims:
        names: tuple[str, ...] = ()
        if claim.attributions:
            source = attributions[claim.attributions[0]].source
            names = (entities.get(source.entity or "", ""), source.text)
        links = max(0, len(claim.attributions) - 1)
        claims.append(PredictedClaim(claim.spans, str(claim.voice), names, links))
    hedges = (hedge.spans for hedge in findings.hedges if hedge.category is not HedgeCategory.APPROXIMATOR)
    return Prediction(tuple(claims), tuple(span for spans in hedges for span in spans))


# --- A baseline to compare with ---------------------------------------------------------------------------------------

# Fixed, so that scores can be compared across versions; nothing else uses these words.
_SAYING = re.compile(
    r"\b(?:said|says?|saying|told|according to|add(?:ed|s)|writes?|wrote|announced|claim(?:ed|s)|argued|noted|insisted"
    r"|warned|explained|stated|tweeted|reported|confirmed|denied|believes?|asked)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly)\b", re.IGNORECASE)


def voice_by_expression(sentence: str) -> GoldVoice:
    """The voice by a regular expression: twenty verbs of saying, *according to*, or a quotation mark at an end.

    A system that uses grammar should beat it.
    """
    words = sentence.strip()
    if _SAYING.search(words) or words.startswith(("“", '"', "‘")) or words.endswith(("”", '"')):
        return GoldVoice.SOURCE
    return GoldVoice.HEARSAY if _HEARSAY.search(words) else GoldVoice.OWN


def predict_by_expression(gold: GoldDocument) -> Prediction:
    """The regular expression's prediction for an article; it names nobody and finds no hedges."""
    return Prediction(
        tuple(
            PredictedClaim((sentence.span,), voice_by_expression(gold.text[sentence.start : sentence.end]))
            for sentence in gold.sentences
        )
    )


# --- Judging ----------------------------------------------------------------------------------------------------------


class Tally(msgspec.Struct, frozen=True):
    """A number of hits out of a total."""

    count: int = 0
    total: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.count + other.count, self.total + other.total)

    @property
    def share(self) -> float:
        """The share, 0 if the total is 0."""
        return self.count / self.total if self.total else 0.0


class Judgement(msgspec.Struct, frozen=True):
    """A scored sentence and a program's answer.

    ``voice`` is None if no claim is found. ``is_led_right`` is None unless the sentence is an unmixed one of a source.
    ``hedges_found`` counts the gold's hedges, ``hedges_right`` the program's.
    """

    sentence: GoldSentence
    voice: str | None
    is_accepted: bool
    is_led_right: bool | None
    names: tuple[str, ...] = ()
    hedges_found: Tally = Tally()
    hedges_right: Tally = Tally()

    @property
    def is_false(self) -> bool:
        """Whether a sentence that can only be the paper's own is given to somebody else."""
        sentence = self.sentence
        is_own_alone = sentence.accepted == {GoldVoice.OWN} and not sentence.mixed
        return is_own_alone and self.voice in (GoldVoice.SOURCE, GoldVoice.HEARSAY)


def judge(gold: GoldDocument, prediction: Prediction) -> tuple[Judgement, ...]:
    """Every scored sentence of an article with a program's answer, in text order."""
    return tuple(_judge(gold.text, sentence, prediction) for sentence in gold.sentences if sentence.is_scored)


def _judge(text: str, sentence: GoldSentence, prediction: Prediction) -> Judgement:
    claims = [claim for claim in prediction.claims if claim.overlap(sentence.span)]
    # On ties max returns the first.
    main = max(claims, key=lambda claim: claim.overlap(sentence.span), default=None)
    counted = claims if sentence.mixed else [main] if main else []
    led: bool | None = None
    if sentence.voice is GoldVoice.SOURCE and not sentence.mixed:
        led = main is not None and main.voice != GoldVoice.OWN and _is_led(main.names, sentence.right_names)
    found, right = _judge_hedges(text, sentence, prediction.hedges)
    return Judgement(
        sentence,
        main.voice if main else None,
        any(claim.voice in sentence.accepted for claim in counted),
        led,
        main.names if main else (),
        found,
        right,
    )


def _is_led(names: Iterable[str], right_names: Iterable[str]) -> bool:
    right = tuple(right_names)
    return any(is_same_name(name, other) for name in names for other in right)


def is_same_name(name: str, other: str) -> bool:
    """Whether the words of one name occur as a run in the other."""
    first, second = (" ".join(re.findall(r"\w+", words.casefold())) for words in (name, other))
    return bool(first and second) and (f" {first} " in f" {second} " or f" {second} " in f" {first} ")


def _judge_hedges(text: str, sentence: GoldSentence, hedges: Iterable[Span]) -> tuple[Tally, Tally]:
    """The tally of the gold's hedges that were found, and of the found ones that are right."""
    if sentence.hedges is None:
        return Tally(), Tally()
    wanted = [hedge.casefold() for hedge in sentence.hedges]
    optional = [hedge.casefold() for hedge in (*sentence.opt, *sentence.approx)]
    found = [text[hedge.start : hedge.end].casefold() for hedge in hedges if hedge.overlaps(sentence.span)]
    judged = [hedge for hedge in found if not _is_part_of_any(hedge, optional)]
    return (
        Tally(sum(_is_part_of_any(hedge, found) for hedge in wanted), len(wanted)),
        Tally(sum(_is_part_of_any(hedge, wanted) for hedge in judged), len(judged)),
    )


def _is_part_of_any(words: str, others: Iterable[str]) -> bool:
    """Whether the words are part of one of the others, or the other way round."""
    return any(words in other or other in words for other in others)


# --- Scores -----------------------------------------------------------------------------------------------------------


class VoiceScores(msgspec.Struct, frozen=True):
    """A program's scores; shares of the tallies, and ``confusion`` counts by (gold voice, voice) for ``strict``."""

    words: int = 0
    strict: Tally = Tally()
    lenient: Tally = Tally()
    confusion: dict[tuple[str, str], int] = {}
    source: Tally = Tally()
    quoted_own: Tally = Tally()
    cueless_own: Tally = Tally()
    quoted_unclear: Tally = Tally()
    false: int = 0
    unclaimed: int = 0
    links: Tally = Tally()
    hedges_found: Tally = Tally()
    hedges_right: Tally = Tally()

    def precision(self, voice: str) -> Tally:
        """Of the sentences given this voice, the tally of those that are in it."""
        return Tally(self.confusion.get((voice, voice), 0), self._count(voice, place=1))

    def recall(self, voice: str) -> Tally:
        """Of the sentences in this voice, the tally of those that are given it."""
        return Tally(self.confusion.get((voice, voice), 0), self._count(voice, place=0))

    @property
    def false_per_thousand_words(self) -> float:
        """False attributions per 1,000 words."""
        return 1000 * self.false / self.words if self.words else 0.0

    def _count(self, voice: str, place: int) -> int:
        return sum(number for pair, number in self.confusion.items() if pair[place] == voice)


NO_CLAIM = "no claim"
"""The entry in ``confusion`` for a sentence in which no claim is found."""


def score_judgements(judgements: Iterable[Judgement]) -> VoiceScores:
    """The scores of sentences; words and links are counted per article, and are 0 here."""
    strict = lenient = source = quoted = cueless = unclear = found = right = Tally()
    confusion: dict[tuple[str, str], int] = {}
    false = unclaimed = 0
    for judgement in judgements:
        sentence = judgement.sentence
        lenient += Tally(judgement.is_accepted, 1)
        unclaimed += judgement.voice is None
        false += judgement.is_false
        if not sentence.mixed:
            strict += Tally(judgement.voice == sentence.voice, 1)
            pair = (str(sentence.voice), judgement.voice or NO_CLAIM)
            confusion[pair] = confusion.get(pair, 0) + 1
        if judgement.is_led_right is not None:
            source += Tally(judgement.is_led_right, 1)
        if sentence.quoted and sentence.voice is GoldVoice.SOURCE:
            quoted += Tally(judgement.voice == GoldVoice.OWN, 1)
            unclear += Tally(judgement.voice == "unclear", 1)
            if sentence.cueless:
                cueless += Tally(judgement.voice == GoldVoice.OWN, 1)
        found += judgement.hedges_found
        right += judgement.hedges_right
    return VoiceScores(
        strict=strict,
        lenient=lenient,
        confusion=confusion,
        source=source,
        quoted_own=quoted,
        cueless_own=cueless,
        quoted_unclear=unclear,
        false=false,
        unclaimed=unclaimed,
        hedges_found=found,
        hedges_right=right,
    )


def score_voices(gold: Sequence[GoldDocument], predictions: Sequence[Prediction]) -> VoiceScores:
    """A program's scores on articles."""
    pairs = list(zip(gold, predictions, strict=True))
    scores = score_judgements(judgement for document, guess in pairs for judgement in judge(document, guess))
    links = Tally()
    for guess in predictions:
        for claim in guess.claims:
            if claim.voice == GoldVoice.SOURCE:
                links += Tally(claim.links, 1)
    return msgspec.structs.replace(scores, words=sum(document.words for document in gold), links=links)
