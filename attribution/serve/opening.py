"""Makes a text to write on of any file: of what is no text already, attrib's own reading of it.

A web page or a word processor's file is not edited itself. Its paragraphs become plain text, or Markdown where it has
lists, quotations or several headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from attribution.records import Block, BlockKind, Draft

WRITTEN = frozenset(("text", "markdown"))
"""The formats that people write in as they are."""

MARKERS = {BlockKind.HEADLINE: "# ", BlockKind.LIST_ITEM: "- ", BlockKind.BLOCK_QUOTE: "> "}
"""How Markdown begins a block of a kind that plain text does not tell."""

_MARKUP = re.compile(r"[\\`*\[]|<(?=[\w/!?])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")
_LIKE_A_MARKER = re.compile(r"(\s*)(?:([#>+-])|(\d+)([.)]))")


class OpenedDraft(msgspec.Struct, frozen=True):
    """A text with its format and a name for it; ``notices`` say what reading had to guess or leave out."""

    text: str
    format: str
    name: str
    notices: tuple[str, ...]


def opened(draft: Draft, source: str, name: str) -> OpenedDraft:
    """The text of a file with this name: the file's own, if people write in its format, else what was read of it."""
    if draft.format in WRITTEN:
        return OpenedDraft(re.sub(r"\r\n?", "\n", source), draft.format, name, draft.notices)
    notice = f"{name} is not changed: this is a copy of its text"
    form = "markdown" if _needs_markdown(draft.blocks) else "text"
    text = "\n\n".join(_written(draft, block, form) for block in draft.blocks) + "\n"
    return OpenedDraft(text, form, name, (*draft.notices, notice))


def _needs_markdown(blocks: Sequence[Block]) -> bool:
    """Whether a block is of a kind that plain text would not tell; a headline at the top is told by its place."""
    return any(
        block.kind in MARKERS and not (number == 0 and block.kind is BlockKind.HEADLINE)
        for number, block in enumerate(blocks)
    )


def _written(draft: Draft, block: Block, form: str) -> str:
    words = " ".join(draft.text[block.span.start : block.span.end].split())
    if form == "text":
        return words
    escaped = _MARKUP.sub(lambda found: "\\" + found[0], words)
    if _LIKE_A_MARKER.match(escaped):
        escaped = _LIKE_A_MARKER.sub(
            lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}",
            escaped,
            count=1,
        )
    return MARKERS.get(block.kind, "") + escaped
