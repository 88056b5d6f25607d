"""Turns of speech: interviews, transcripts and lists of voices, told from other text by how their blocks follow.

Labels that are speakers go before questions told by their type, and these before lists of voices.
"""

from __future__ import annotations

from collections.abc import Sequence

from attribution.ingest.labels import is_name_like, label_at
from attribution.ingest.listed_voices import listed_voices
from attribution.ingest.reading import Mark
from attribution.ingest.speaker_labels import accepted_labels
from attribution.ingest.turn_blocks import with_answers, with_statements, with_turns
from attribution.ingest.turn_lines import is_other, lines_of
from attribution.ingest.typed_questions import asked_by_type, prompts
from attribution.records import Block, Span


def lay_out_turns(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Give the blocks with labels, questions and turns told apart, each turn with who speaks it."""
    lines = list(lines_of(text, blocks, marks))
    accepted = accepted_labels(text, lines)
    if accepted:
        return tuple(with_turns(text, lines, accepted, marks))
    asked = asked_by_type(text, lines)
    if asked:
        return tuple(with_answers(text, lines, asked | prompts(text, lines, asked, marks), marks))
    listed = listed_voices(text, lines)
    if listed:
        return tuple(with_statements(text, lines, listed))
    return tuple(blocks)


def opens_turn(text: str, line: Span) -> bool:
    """Whether a line of plain text may open a turn, so that it is not joined to the line before."""
    label = label_at(text, line.start, line.end)
    return label is not None and not is_other(text[line.start : line.end]) and is_name_like(text, label)
