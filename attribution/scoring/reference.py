"""Writes the parts of ``docs/SCORING.md`` that follow from the tables that decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attribution.records import AttribError
from attribution.scoring.carriers import SUPPORTS
from attribution.scoring.commitment import CommitmentShares, load_commitment_shares
from attribution.scoring.construction_table import CONSTRUCTIONS, Construction, ConstructionKind
from attribution.scoring.exposure_marks import MARK_KINDS
from attribution.scoring.places import UNBEARABLE

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
        rows = [construction for construction in CONSTRUCTIONS if construction.kind is kind]
        parts += [f"### {title}", _table(rows, shares)]
    return "\n\n".join(parts)


def _table(constructions: Iterable[Construction], shares: CommitmentShares) -> str:
    lines = [
        "| construction | example | leaves | takes over | expected | brings |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for construction in constructions:
        taken_over = shares.taken_over.get(construction.name)
        cells = [
            construction.name,
            _emphasised(construction.example),
            f"{shares.shares[construction.name]:.2f}",
            "" if taken_over is None else f"{taken_over:.2f}",
            f"{construction.expected:.2f}",
            ", ".join(_brings(construction)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _emphasised(example: str) -> str:
    """The example with its predicate in bold."""
    before, predicate, after = example.split("*")
    return f"{before}**{predicate}**{after}"


def _brings(construction: Construction) -> Iterable[str]:
    if construction.negates:
        yield "negation"
    if construction.mode is not None:
        yield f"mode *{construction.mode.value}*"
    if construction.transparent:
        yield "passes on polarity and mode"


def support_table() -> str:
    """The grades of support as a Markdown table."""
    rows = (f"| {support} | {meaning} |\n" for support, meaning in SUPPORTS.items())
    return "| support | who is given |\n| --- | --- |\n" + "".join(rows)


def mark_table() -> str:
    """The marks of exposure as a Markdown table: name, grade, meaning, an example and where a weak source is listed."""
    rows = []
    for kind in MARK_KINDS:
        weak = [support for support, names in sorted(UNBEARABLE.items()) if kind.name in names]
        listed = ", ".join(str(support) for support in weak)
        rows.append(f"| {kind.name} | {kind.grade} | {kind.meaning} | *{kind.example}* | {listed} |\n")
    return "| mark | grade | meaning | example | weak source at support |\n| --- | --- | --- | --- | --- |\n" + "".join(
        rows
    )


def blocks() -> dict[str, str]:
    """The text of every block, by its name."""
    return {
        "support": support_table(),
        "exposure": mark_table(),
        "commitment": commitment_tables(load_commitment_shares()),
    }
