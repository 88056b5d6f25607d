"""Which attributions stand behind a word, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from attribution.extraction.span_index import SpanIndex
from attribution.parsing import Tree
from attribution.records import (
    VOUCHING,
    Attribution,
    Evidence,
    Frame,
    SourceKind,
    Span,
)


class Parts(msgspec.Struct, frozen=True):
    """The sentence's words in each part of an attribution, by token index."""

    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]


class Provenance:
    """Answers which attributions stand behind a word."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        vouching = [attribution for attribution in attributions if attribution.evidence in VOUCHING]
        self.attributions = sorted(vouching, key=lambda attribution: (_start(attribution), attribution.id))
        self.supposed = SpanIndex(
            (span, attribution)
            for attribution in attributions
            if attribution.evidence is Evidence.SUPPOSED
            for span in attribution.content.spans
        )
        self._by_id = {attribution.id: attribution for attribution in attributions}
        self._parents = {attribution.id: self._parents_of(attribution) for attribution in attributions}
        self._places = SpanIndex(
            (span, number)
            for number, attribution in enumerate(self.attributions)
            for span in (*attribution.cue.spans, *attribution.content.spans)
        )
        self.carrying: set[tuple[str, str]] = set()
        """Attributions that have a stating clause for content in a sentence, with that sentence."""

    def look_for_content_clauses(self, tree: Tree, heads: Sequence[int]) -> None:
        """Record which attributions have a clause that states their content: their own clause is then only a frame.

        A negated one has none: *residents do not believe that it is safe* claims what residents do not believe.
        """
        for attribution in self.touching(tree.sentence.span):
            if attribution.withheld or attribution.negated:
                continue
            contents = tree.words_in(attribution.content.spans) - tree.words_in(attribution.cue.spans)
            for head in heads:
                if head in contents and self._tops(tree, head, contents):
                    self.carrying.add((attribution.id, tree.sentence.id))
                    break

    def _tops(self, tree: Tree, head: int, contents: frozenset[int]) -> bool:
        """Whether no word of the content governs the clause, except by coordination or parataxis."""
        while (governor := tree.head(head)) is not None and governor in contents:
            if not tree.matches(head, "conj", "parataxis"):
                return False
            head = governor
        # An adverbial or coordinated clause is the content only if nothing else is: *They fear floods as the dam gives
        # way*, *They trusted her and she left*.
        beside = contents.difference(tree.subtree(head)) if tree.matches(head, "advcl", "conj") else ()
        return all(tree.tokens[index].upos == "PUNCT" for index in beside)

    def touching(self, span: Span) -> list[Attribution]:
        """The attributions that have a cue or content in the span."""
        return [self.attributions[number] for number in sorted(set(self._places.overlapping(span)))]

    def behind(self, word: int, sentence: str, attributions: Sequence[tuple[Attribution, Parts]]) -> frozenset[str]:
        """Attributions whose content holds the word, or whose cue does if the content has no clause, and their parents.

        An attribution of what was not said is left out.
        """
        found: set[str] = set()
        for attribution, parts in attributions:
            if is_unsaid(attribution) or attribution.id in found:
                continue
            if word in parts.cue:
                stands = (attribution.id, sentence) not in self.carrying and attribution.frame is not Frame.INTRODUCTION
            else:
                stands = word in parts.content
            if stands:
                found.update(
                    (
                        attribution.id,
                        *(parent for parent in self._parents[attribution.id] if not is_unsaid(self._by_id[parent])),
                    )
                )
        return frozenset(found)

    def _parents_of(self, attribution: Attribution) -> tuple[str, ...]:
        """The attributions that this one is nested in, nearest first."""
        above: dict[str, None] = {}
        parent = attribution.parent
        while parent is not None and parent in self._by_id and parent != attribution.id and parent not in above:
            above[parent] = None
            parent = self._by_id[parent].parent
        return tuple(identifier for identifier in above if self._by_id[identifier].evidence in VOUCHING)

    def chain(self, identifiers: Iterable[str]) -> tuple[str, ...]:
        """The attributions outermost first, those of equal depth in text order; each speaker appears only once.

        *Brandt said he had told the board it was safe*: Brandt once.
        """
        ordered = sorted(
            identifiers,
            key=lambda identifier: (len(self._parents[identifier]), _start(self._by_id[identifier]), identifier),
        )
        return tuple(identifier for identifier in ordered if not self._repeats_speaker(identifier))

    def _repeats_speaker(self, identifier: str) -> bool:
        entity = self._by_id[identifier].source.entity
        return entity is not None and any(
            self._by_id[parent].source.entity == entity for parent in self._parents[identifier]
        )


def is_unsaid(attribution: Attribution) -> bool:
    """Whether nobody says it: a source kept silent, or it is said that nobody does (*has not been charged with*)."""
    nobody = attribution.source.kind in (SourceKind.AGENTLESS, SourceKind.NONE)
    return attribution.withheld or (attribution.negated and nobody)


def _start(attribution: Attribution) -> int:
    return min((span.start for span in (*attribution.cue.spans, *attribution.content.spans)), default=0)
