"""The layout of a draft: the speakers of its blocks, the limits of its contexts, the kinds of its paragraphs."""

from __future__ import annotations

from attribution.ingest.block_roles import lay_out_items, with_roles
from attribution.ingest.entries import number_sections
from attribution.ingest.reading import Reading
from attribution.ingest.set_apart import lay_out_quotes
from attribution.ingest.shapes import shape_blocks
from attribution.ingest.turns import lay_out_turns


def lay_out(reading: Reading) -> Reading:
    """Give the reading with its blocks classified: turns, signatures, headlines, bylines, captions, roles and so on."""
    text, marks = reading.text, reading.marks
    blocks = lay_out_quotes(text, lay_out_items(reading.blocks, marks), marks)
    blocks = lay_out_turns(text, blocks, marks)
    blocks = number_sections(text, shape_blocks(text, blocks), marks)
    return reading._replace(blocks=with_roles(text, blocks, marks))
