"""The marked text as a notebook shows it below a cell: a piece of HTML without a script, with a style of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from attribution.index import AnalysisIndex
from attribution.records import Analysis, BlockKind, Carrier
from attribution.reporting import words
from attribution.reporting.html.article import ItemList, Node, Outside, Piece, TextBlock, article
from attribution.reporting.html.templates import render_part

STANDING_OUT = frozenset({BlockKind.HEADLINE, BlockKind.SPEAKER})
"""Blocks written in bold."""


class Run(msgspec.Struct, frozen=True):
    """A stretch of text, the classes of its look, and in words who answers for it and how sure it is."""

    text: str
    looks: str = ""
    told: str = ""


class Paragraph(msgspec.Struct, frozen=True):
    """A block of the text with its stretches."""

    stands_out: bool
    runs: tuple[Run, ...]


def notebook_html(analysis: Analysis) -> str:
    """The marked text of an analysis as an element for light and dark pages; what a mark means is its title.

    It holds no identifiers, so any number of them may stand on one page.
    """
    index = AnalysisIndex(analysis, vouching_only=True)
    claims = {claim.id: _told(claim.id, index) for claim in analysis.claims}
    paragraphs = [
        Paragraph(block.kind in STANDING_OUT, tuple(_runs(block, claims, index)))
        for block in _blocks(article(index, ()))
    ]
    return render_part(
        "notebook.html.jinja",
        "notebook.css",
        name=analysis.draft.path,
        counts=words.counts_words(analysis.summary),
        carriers=[
            (carrier.value, words.capital(called.whose))
            for carrier, called in words.CARRIERS.items()
            if carrier is not Carrier.PAPER and getattr(analysis.summary.carriers, carrier.value)
        ],
        paragraphs=paragraphs,
    )


def _blocks(nodes: Iterable[Node | TextBlock | Outside]) -> Iterator[TextBlock]:
    for node in nodes:
        if isinstance(node, TextBlock):
            yield node
        elif isinstance(node, ItemList):
            yield from _blocks(node.items)


def _told(name: str, index: AnalysisIndex) -> str:
    """Who answers for a claim, who says so, and how sure the text is."""
    claim = index.claims[name]
    whose = words.capital(words.CARRIERS[claim.carrier].whose)
    said = words.provenance_words(index.chains(claim), index)
    return f"{whose}{f': {said}' if said else ''}; certainty {claim.certainty:.2f}"


def _runs(block: TextBlock, told: dict[str, str], index: AnalysisIndex) -> Iterator[Run]:
    for piece in block.parts:
        if isinstance(piece, Piece):
            innermost = next((name for name in piece.claims.split() if name in index.claims), None)
            looks = [
                *([index.claims[innermost].carrier.value] if innermost else []),
                *(["source"] if piece.speaks else []),
                *(["cue"] if piece.cues else []),
                *(["hedge"] if piece.hedges else []),
            ]
            classes = " ".join(f"attrib-{look}" for look in looks)
            yield Run(piece.text, classes, told[innermost] if innermost else "")
