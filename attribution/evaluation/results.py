"""Scores of one or more systems on the same gold, and the places where they differ from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from attribution.conversion.documents import AnnotatedAttribution, AnnotatedDocument, AnnotatedHedge
from attribution.evaluation.scores import (
    ATTRIBUTION_PARTS,
    Counts,
    Level,
    Pairing,
    Resolution,
    add_counts,
    pair_attributions,
    pair_hedges,
    resolve_mentions,
    score_document,
    voices_of,
)
from attribution.evaluation.words import ScoredText
from attribution.records import Manner, Span, joined

Predictions = Sequence[AnnotatedDocument | None]
"""A system's documents in the order of the gold; None for those it gave no result for."""


class SystemScores(msgspec.Struct, frozen=True):
    """A system's scores: at the outer level, at all levels, by manner, and document by document (outer level)."""

    name: str
    outer: Counts
    all_levels: Counts
    manners: dict[Manner, Counts]
    documents: tuple[tuple[str, Counts], ...]


_Member = TypeVar("_Member")

Side = tuple[tuple[str, str], ...]
"""One side's annotation at a place, as (label, words); empty if it has none."""


class Difference(msgspec.Struct, frozen=True):
    """A place where a system differs from the gold: the gold's side, then each system's."""

    document: int
    layer: str
    start: int
    sides: tuple[Side, ...]


def evaluate_system(name: str, gold: Sequence[AnnotatedDocument], predicted: Predictions) -> SystemScores:
    """All scores of one system."""
    documents = [score_document(document, guess) for document, guess in zip(gold, predicted, strict=True)]

    def total(level: Level, manner: Manner | None) -> Counts:
        counts: Counts = {}
        for document, guess in zip(gold, predicted, strict=True):
            counts = add_counts(counts, score_document(document, guess, level, manner))
        return counts

    outer: Counts = {}
    for counts in documents:
        outer = add_counts(outer, counts)
    everything = total(Level.ALL, None)
    return SystemScores(
        name=name,
        outer=outer,
        all_levels={part: everything[part] for part in ATTRIBUTION_PARTS if part in everything},
        manners={manner: total(Level.OUTER, manner) for manner in Manner},
        documents=tuple((document.name, counts) for document, counts in zip(gold, documents, strict=True)),
    )


def find_differences(
    gold: Sequence[AnnotatedDocument], systems: Sequence[Predictions], *, strict: bool = False
) -> tuple[Difference, ...]:
    """The places where a system differs from the gold, in text order; attributions at all levels.

    Attributions differ if one side has none, or their match is not soft; with ``strict``, if a source or content has
    other words. Layers that are not annotated yield no differences.
    """
    found: list[Difference] = []
    for number, document in enumerate(gold):
        text = ScoredText(document.text)
        guesses = [system[number] or AnnotatedDocument(document.name, document.text) for system in systems]
        rows = [
            *([] if document.has_mentions_only else _attributions(text, document, guesses, strict)),
            *_hedges(text, document, guesses),
            *_voices(text, document, guesses),
            *_mentions(text, document, guesses),
        ]
        found += [Difference(number, layer, start, sides) for start, layer, sides in sorted(rows, key=_place)]
    return tuple(found)


_Row = tuple[int, str, tuple[Side, ...]]


def _place(row: _Row) -> tuple[int, str]:
    return row[0], row[1]


def _attributions(
    text: ScoredText, gold: AnnotatedDocument, guesses: Sequence[AnnotatedDocument], strict: bool
) -> list[_Row]:
    pairings = [pair_attributions(text, gold, guess, Level.ALL) for guess in guesses]
    partners = [dict(pairing.pairs) for pairing in pairings]
    rows: list[_Row] = []
    for number, attribution in enumerate(pairings[0].gold if pairings else ()):
        agree = [
            number in partner and _agree(pairing, number, partner[number], strict)
            for pairing, partner in zip(pairings, partners, strict=True)
        ]
        if not all(agree):
            sides = [
                _attribution(text, pairing.predicted[partner[number]].annotated) if number in partner else ()
                for pairing, partner in zip(pairings, partners, strict=True)
            ]
            rows.append(
                (_start(attribution.annotated), "attribution", (_attribution(text, attribution.annotated), *sides))
            )
    spurious = [
        [attribution.annotated for other, attribution in enumerate(pairing.predicted) if other not in partner.values()]
        for pairing, partner in zip(pairings, partners, strict=True)
    ]
    groups = _aligned(
        [[(_words(text, attribution), attribution) for attribution in attributions] for attributions in spurious]
    )
    for group in groups:
        start = min(_start(attribution) for attribution in group if attribution is not None)
        sides = [() if attribution is None else _attribution(text, attribution) for attribution in group]
        rows.append((start, "attribution", ((), *sides)))
    return rows


def _agree(pairing: Pairing, gold: int, predicted: int, strict: bool) -> bool:
    if strict:
        return pairing.source_exact(gold, predicted) and pairing.content_exact(gold, predicted)
    return pairing.soft(gold, predicted)


def _hedges(text: ScoredText, gold: AnnotatedDocument, guesses: Sequence[AnnotatedDocument]) -> list[_Row]:
    if gold.hedges is None:
        return []
    rows: list[_Row] = []
    pairs = [dict(pair_hedges(text, gold.hedges, guess.hedges or ())) for guess in guesses]
    known = [guess.hedges is not None for guess in guesses]
    for number, hedge in enumerate(gold.hedges):
        partners = [
            (guess.hedges or ())[partner[number]] if number in partner else None
            for guess, partner in zip(guesses, pairs, strict=True)
        ]
        if any(
            there and (partner is None or hedge.category not in (None, partner.category))
            for there, partner in zip(known, partners, strict=True)
        ):
            sides = [() if partner is None else _hedge(text, partner) for partner in partners]
            rows.append((hedge.spans[0].start, "hedge", (_hedge(text, hedge), *sides)))
    spurious = [
        [
            (text.words_in(hedge.spans), hedge)
            for other, hedge in enumerate(guess.hedges or ())
            if other not in partner.values()
        ]
        for guess, partner in zip(guesses, pairs, strict=True)
    ]
    for group in _aligned(spurious):
        start = min(hedge.spans[0].start for hedge in group if hedge is not None)
        rows.append((start, "hedge", ((), *(() if hedge is None else _hedge(text, hedge) for hedge in group))))
    return rows


def _voices(text: ScoredText, gold: AnnotatedDocument, guesses: Sequence[AnnotatedDocument]) -> list[_Row]:
    if gold.voices is None:
        return []
    columns = [
        None if guess.voices is None else [voice for _, voice in voices_of(text, gold.voices, guess.voices)]
        for guess in guesses
    ]
    rows: list[_Row] = []
    for number, sentence in enumerate(gold.voices):
        given = [column[number] for column in columns if column is not None]
        if any(voice is not sentence.voice for voice in given):
            first: Side = (("voice", sentence.voice or "none"), ("sentence", _quote(text, sentence.spans)))
            sides: list[Side] = [() if column is None else (("voice", column[number] or "none"),) for column in columns]
            rows.append((sentence.spans[0].start, "voice", (first, *sides)))
    return rows


def _mentions(text: ScoredText, gold: AnnotatedDocument, guesses: Sequence[AnnotatedDocument]) -> list[_Row]:
    if gold.mentions is None:
        return []
    columns = [
        None if guess.mentions is None else resolve_mentions(text, gold.mentions, guess.mentions) for guess in guesses
    ]
    rows: list[_Row] = []
    for number, mention in enumerate(gold.mentions):
        if any(column is not None and column[number][2] is not Resolution.RIGHT for column in columns):
            sides: list[Side] = []
            for column in columns:
                guess = None if column is None else column[number][1]
                sides.append((("resolves to", guess.names[0] if guess.names else "unresolved"),) if guess else ())
            names = " / ".join(mention.names) or "unresolved"
            first: Side = (("mention", _quote(text, (mention.span,))), ("resolves to", names))
            rows.append((mention.span.start, "mention", (first, *sides)))
    return rows


def _aligned(columns: Sequence[Sequence[tuple[frozenset[int], _Member]]]) -> list[tuple[_Member | None, ...]]:
    """Aligns the members of the columns in rows: members that share a word with a row's first are beside it."""
    rows: list[tuple[_Member | None, ...]] = []
    left = [list(column) for column in columns]
    for number, column in enumerate(left):
        for words, member in column:
            row: list[_Member | None] = [None] * len(columns)
            row[number] = member
            for other in range(number + 1, len(columns)):
                beside = next((pair for pair in left[other] if pair[0] & words), None)
                if beside is not None:
                    left[other].remove(beside)
                    row[other] = beside[1]
            rows.append(tuple(row))
    return rows


def _words(text: ScoredText, attribution: AnnotatedAttribution) -> frozenset[int]:
    return text.words_in(attribution.cue or attribution.content)


def _start(attribution: AnnotatedAttribution) -> int:
    return min(span.start for span in (*attribution.cue, *attribution.source, *attribution.content))


def _attribution(text: ScoredText, attribution: AnnotatedAttribution) -> Side:
    return (
        ("source", _quote(text, attribution.source) or "nobody"),
        ("cue", _quote(text, attribution.cue)),
        ("content", _quote(text, attribution.content)),
    )


def _hedge(text: ScoredText, hedge: AnnotatedHedge) -> Side:
    return (("hedge", _quote(text, hedge.spans)), ("category", hedge.category or "none given"))


def _quote(text: ScoredText, spans: Sequence[Span]) -> str:
    return " ".join(joined(text.text, spans).split())
