"""What the tests of all readers check."""

from __future__ import annotations

from attribution.ingest import locate
from attribution.records import Draft


def blocks(draft: Draft) -> list[tuple[str, str]]:
    """Give each block's kind and words."""
    return [(block.kind.value, draft.text[block.span.start : block.span.end]) for block in draft.blocks]


def links(draft: Draft) -> list[tuple[str, str]]:
    """Give each link's words and target."""
    return [(draft.text[link.span.start : link.span.end], link.target) for link in draft.links]


def file_offset(draft: Draft, offset: int) -> int:
    """Give the code point in the file to which a draft offset corresponds."""
    line, column = locate(draft, offset)
    return draft.line_starts[line - 1] + column - 1


def assert_well_formed(draft: Draft, source: str, markup: str) -> None:
    """Check what is true of every draft: blocks are in order, and each character is found again in its file.

    ``markup`` is the characters with which markup that represents another character can begin.
    """
    end = -1
    for block in draft.blocks:
        assert end <= block.span.start < block.span.end <= len(draft.text)
        end = block.span.end
        words = draft.text[block.span.start : block.span.end]
        assert words == words.strip()
    for link in draft.links:
        assert 0 <= link.span.start < link.span.end <= len(draft.text)
    before = 0
    for offset in range(len(draft.text) + 1):
        place = file_offset(draft, offset)
        assert before <= place <= len(source)
        before = place
        if offset < len(draft.text) and not draft.text[offset].isspace():
            assert source[place] == draft.text[offset] or source[place] in markup
