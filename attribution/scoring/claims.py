"""Finds the clauses of a draft that make claims.

A claim is a finite clause that asserts something checkable. Which clauses are claims of their own (docs/SCORING.md
tells it with examples):

* main clauses, and clauses coordinated with them that have a finite verb of their own;
* of subordinate clauses those that stand in another voice than the clause they hang on (other attributions cover
  them), those whose governing clause is only a frame (*Officials said that …*, *It is clear that …*), relative clauses
  set off by a comma, and contrasts (*although …*). All others are part of the clause they hang on;
* a clause whose predicate is a cue but whose content is no clause (*has been accused of fraud*, *plans to sell*).

No claims: questions, clauses without a finite verb, imperatives, frames, what a source is said *not* to have said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from attribution import grammar
from attribution.extraction.span_index import SpanIndex
from attribution.parsing import Doc, Tree
from attribution.records import (
    Attribution,
    BlockKind,
    Booster,
    Hedge,
    Quotation,
)
from attribution.scoring.clauses import ClaimClause, SentenceReader
from attribution.scoring.provenance import Provenance

CLAUSAL = frozenset(grammar.CLAUSE_RELATIONS)
"""Relations of the heads of clauses, as a set, for every word of a draft is asked for them."""

UNCLAIMING_BLOCKS = (BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.SPEAKER)


def find_claims(
    doc: Doc,
    attributions: Sequence[Attribution],
    hedges: Sequence[Hedge],
    boosters: Sequence[Booster],
    quotations: Sequence[Quotation] = (),
) -> tuple[ClaimClause, ...]:
    """The claims of the draft in text order, with the attributions, hedges and boosters that bear on each."""
    trees = [tree for tree in doc.trees if tree.tokens and not _is_unclaiming(doc, tree)]
    provenance = Provenance(attributions)
    finite = [_finite_clauses(tree, doc.block_kind(tree.sentence)) for tree in trees]
    asked = [grammar.questions(tree) for tree in trees]
    for tree, heads, questions in zip(trees, finite, asked, strict=True):
        stating = [head for head in heads if head not in questions and not grammar.is_embedded_question(tree, head)]
        provenance.look_for_content_clauses(tree, stating)
    found: list[ClaimClause] = []
    all_markers: list[Hedge | Booster] = [*hedges, *boosters]
    places = SpanIndex(
        (span, number) for number, marker in enumerate(all_markers) for span in (*marker.spans, *marker.scope)
    )
    for tree, heads, questions in zip(trees, finite, asked, strict=True):
        markers = [all_markers[number] for number in sorted(set(places.overlapping(tree.sentence.span)))]
        found.extend(SentenceReader(tree, heads, questions, provenance, markers).claims(doc.draft.text))
    found.sort(key=lambda claim: (claim.spans[0], claim.spans[-1], claim.head))
    unclaimed = _Unclaimed(doc, attributions, quotations)
    return tuple(
        msgspec.structs.replace(claim, id=f"c{number}", **unclaimed.facts(claim))
        for number, claim in enumerate(found, 1)
    )


def _is_unclaiming(doc: Doc, tree: Tree) -> bool:
    """Whether a sentence claims nothing because of its place: in a label, or as an interviewer's question."""
    kind = doc.block_kind(tree.sentence)
    asked = kind is BlockKind.QUESTION and tree.sentence.text.rstrip("\"'”’)] ").endswith("?")
    return asked or kind in UNCLAIMING_BLOCKS


NEARLY_ALL = 0.7
"""Share of a claim's characters inside a quotation that makes it quoted even if its predicate is parsed as outside."""


class _Unclaimed:
    """Quoted speech that is not the content of any attribution."""

    def __init__(self, doc: Doc, attributions: Sequence[Attribution], quotations: Sequence[Quotation]) -> None:
        self.doc = doc
        self.cues = {attribution.id: attribution.cue.spans for attribution in attributions}
        self.parts = SpanIndex(
            (part, (part, quotation))
            for quotation in quotations
            if quotation.speech and quotation.attribution is None and quotation.parent is None
            for part in quotation.parts
        )

    def facts(self, claim: ClaimClause) -> dict[str, Any]:
        """The quotation that holds the predicate and most of a claim's words, and whether it is in a heading.

        Attributions within the quotation (*“They say it is safe”*) leave open who speaks.
        """
        tree = self.doc.tree(claim.sentence)
        length = sum(len(span) for span in claim.spans)
        near = [pair for span in claim.spans for pair in self.parts.overlapping(span)]
        for part, quotation in near:
            inside = sum(max(0, min(span.end, part.end) - max(span.start, part.start)) for span in claim.spans)
            if not part.covers(tree.tokens[claim.head].span) and inside < NEARLY_ALL * length:
                continue
            outside = [
                identifier for identifier in claim.attributions if not all(map(part.covers, self.cues[identifier]))
            ]
            heading = self.doc.block_kind(tree.sentence) is BlockKind.HEADLINE
            if not outside and (heading or 2 * inside > length):
                return {"quotation": quotation.id, "heading": heading}
        return {}


def _finite_clauses(tree: Tree, block: BlockKind) -> list[int]:
    """Heads of clauses with a finite verb; in headlines also those that leave the auxiliary out (*Mayor accused*)."""
    heads = [index for index, names in enumerate(tree.relations) if not CLAUSAL.isdisjoint(names)]
    return [
        head
        for head in heads
        if grammar.is_finite(tree, head) or (block is BlockKind.HEADLINE and _headlinese(tree, head))
    ]


def _headlinese(tree: Tree, head: int) -> bool:
    return (
        tree.matches(head, *grammar.MAIN_RELATIONS)
        and tree.tokens[head].upos == "VERB"
        and tree.child(head, "nsubj", "csubj") is not None
    )
