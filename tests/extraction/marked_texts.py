"""Texts with quotation marks of every kind in every place, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from attribution.extraction.quotations import find_quotations
from attribution.records import Block, BlockKind, Draft, Span

PAIRS = (
    ('"', '"'),
    ("'", "'"),
    ("“", "”"),
    ("‘", "’"),
    ("”", "”"),
    ("’", "’"),
    ("„", "“"),
    ("„", "”"),
    ("‚", "‘"),
    ("«", "»"),
    ("»", "«"),
    ("‹", "›"),
    ("``", "''"),
    ("''", "''"),
    ("‘‘", "’’"),
    ("\"'", "'\""),
    ("“", '"'),
    ('"', "”"),
    ("‘", "'"),
    ("'", "’"),
    ("“", "“"),
    ("’", "‘"),
    ("“", "’"),
    ("“", ""),
    ("'", ""),
)
"""Opening and closing marks, of one kind or not."""

BEFORE = ("He said ", "He said:", "(", "the", "5", "said—", "\n", "’s ")
WITHIN = ("It fell", "don't", "the boys' toys", 'a 12" gun', "“no”", "'no'", "It fell\n{}and broke")
STOPS = (",", ".", "", "—", " ", "?")
BEHIND = (" she said.", "s", ") ", "—he said", "", ", ", "\nIt rained.", " and '90s", "5")
STEP = 61
"""One of so many combinations is taken; a prime, so that every part meets every other."""


def marked_texts() -> Iterator[str]:
    """The texts: something before a quotation, its marks and words, its stop, something behind."""
    for before, (opening, closing), within, stop, behind in islice(
        product(BEFORE, PAIRS, WITHIN, STOPS, BEHIND), 0, None, STEP
    ):
        yield f"{before}{opening}{within.format(opening)}{stop}{closing}{behind}"


def quotations_read(text: str) -> str:
    """The quotations of a text whose lines are paragraphs, and the marks without a partner, on one line."""
    blocks: list[Block] = []
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(BlockKind.PARAGRAPH, Span(offset, offset + len(line))))
        offset += len(line) + 1
    quotations, problems = find_quotations(Draft(text=text, blocks=tuple(blocks)))
    found = [
        f"[{' + '.join(text[part.start : part.end] for part in quotation.parts)}]"
        f"{f' in {quotation.parent}' if quotation.parent else ''}{'' if quotation.closed else ' open'}"
        for quotation in quotations
    ]
    strays = [f"{problem.start}:{problem.end}" for problem in problems]
    return " | ".join([text.strip(), *found, *strays]).replace("\n", "¶")
