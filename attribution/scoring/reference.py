"""Writes the parts of ``docs/SCORING.md`` that follow from the tables that decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attribution.records import AttribError
from attribution.scoring.commitment import CommitmentShares
from attribution.scoring.construction_table import CONSTRUCTIONS, Construction, ConstructionKind

TITLES = {
    ConstructionKind.FORM: "The form of the predicate",
    ConstructionKind.BEARING: "What bears on it",
    ConstructionKind.LINK: "What it hangs on",
}


def with_blocks(page: str, blocks: Mapping[str, str]) -> str:
    """The page with the text between the markers of each block replaced.

    A block stands between ``<!-- made: NAME -->`` and ``<!-- end: NAME -->``. Raises AttribError for a block whose
    markers the page lacks.
    """
    for name, text in blocks.items():
        opening, closing = f"<!-- made: {name} -->", f"<!-- end: {name} -->"
        start, end = page.find(opening), page.find(closing)
        if not 0 <= start < end:
            raise AttribError(f"the page has no block {name}; add {opening} and {closing}")
        page = f"{page[:start]}{opening}\n\n{text.strip()}\n\n{page[end:]}"
    return page


def commitment_tables(shares: CommitmentShares) -> str:
    """The constructions with their shares, as Markdown: a table for each kind."""
    parts: list[str] = []
    for kind, title in TITLES.items():
        rows = [one for one in CONSTRUCTIONS if one.kind is kind]
        parts += [f"### {title}", _table(rows, shares)]
    return "\n\n".join(parts)


def _table(constructions: Iterable[Construction], shares: CommitmentShares) -> str:
    lines = [
        "| construction | example | leaves | takes over | expected | brings |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in constructions:
        taken_over = shares.taken_over.get(one.name)
        cells = [
            one.name,
            _emphasised(one.example),
            f"{shares.shares[one.name]:.2f}",
            "" if taken_over is None else f"{taken_over:.2f}",
            f"{one.expected:.2f}",
            ", ".join(_brings(one)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _emphasised(example: str) -> str:
    """The example with its predicate in bold."""
    before, predicate, after = example.split("*")
    return f"{before}**{predicate}**{after}"


def _brings(one: Construction) -> Iterable[str]:
    if one.negates:
        yield "negation"
    if one.mode is not None:
        yield f"mode *{one.mode.value}*"
    if one.transparent:
        yield "passes on polarity and mode"
