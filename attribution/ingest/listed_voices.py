"""Lists of voices: items that give names, often with roles, and statements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attribution.ingest.labels import is_personal_name
from attribution.ingest.shapes import ends_sentence
from attribution.ingest.turn_lines import OURSELVES, SELF, Line, without_quotations
from attribution.records import BlockKind

SHORTEST_STATEMENT = 4
"""Words of a statement behind a name in a list."""

_THIRD = re.compile(r"\b(?:he|she|his|her)\b", re.IGNORECASE)


def listed_voices(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """The lines of lists that give a name with a role, or a name alone, and what he or she says."""
    found: list[int] = []
    run: list[int] = []
    for number, line in enumerate(lines):
        if line.block.kind is BlockKind.LIST_ITEM and not line.cut:
            run.append(number)
        else:
            found += _voices(text, lines, run)
            run = []
    return frozenset([*found, *_voices(text, lines, run)])


def _voices(text: str, lines: Sequence[Line], run: Sequence[int]) -> list[int]:
    """Those items of one list that are statements behind a name."""
    named = []
    personal = told = 0
    for number in run:
        line = lines[number]
        if line.label is None or line.alone or text[line.label.end - 1] not in ":–—-":
            continue
        words = text[line.label.end : line.block.span.end].strip()
        unquoted = without_quotations(words)
        own = bool(SELF.search(unquoted) or OURSELVES.search(unquoted)) or words[:1] in ("“", '"')
        personal += own
        told += _THIRD.search(unquoted) is not None
        name = text[line.label.speaker.start : line.label.speaker.end]
        if is_personal_name(name) and _is_statement(words, own=own) and not _THIRD.match(unquoted):
            named.append((number, own or line.label.described))
    return [number for number, speaks in named if speaks and (not told or personal * 2 >= len(named))]


def _is_statement(words: str, *, own: bool) -> bool:
    """Whether what stands behind a name is a sentence; in the speaker's ``own`` words it may be short."""
    return (
        len(words.split()) >= (2 if own else SHORTEST_STATEMENT)
        and ends_sentence(words)
        and any(word.islower() for word in words.split())
    )
