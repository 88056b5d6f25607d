"""The layout of a draft: the speakers of its blocks, the limits of its contexts, the kinds of its paragraphs."""

from __future__ import annotations

from attribution.ingest.entries import number_sections
from attribution.ingest.reading import Reading
from attribution.ingest.set_apart import lay_out_quotes
from attribution.ingest.shapes import shape_blocks
from attribution.ingest.turns import lay_out_turns


def lay_out(reading: Reading) -> Reading:
    """Give the reading with its blocks classified: turns and signatures, headlines, bylines, datelines, captions."""
    text, marks = reading.text, reading.marks
    blocks = lay_out_quotes(text, reading.blocks, marks)
    blocks = lay_out_turns(text, blocks, marks)
    blocks = number_sections(text, shape_blocks(text, blocks), marks)
    return reading._replace(blocks=blocks)
