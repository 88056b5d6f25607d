"""Stored parses, laid over the drafts that they are of. (Scripts that use it add ``tests`` to their path.)"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.parsing import read_conllu
from attribution.records import Draft, Sentence, Span, Token


def aligned(draft: Draft, conllu: str) -> tuple[Sentence, ...]:
    """The sentences of a stored parse in CoNLL-U, with their positions in the draft."""
    return laid_over(draft, read_conllu(conllu)[1])


def words_in_blocks(draft: Draft, span: Span) -> str:
    """What the draft's blocks have of a span, without white space around it."""
    if not draft.text[span.start : span.end].strip():
        return ""
    shared = (
        draft.text[max(span.start, block.span.start) : min(span.end, block.span.end)]
        for block in draft.blocks
        if block.span.overlaps(span)
    )
    return " ".join(shared).strip()


def laid_over(draft: Draft, parsed: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences of a parse with their positions in the draft."""
    placed: list[Sentence] = []
    position = 0
    for sentence in parsed:
        tokens: list[Token] = []
        for token in sentence.tokens:
            start = draft.text.index(token.text, position)
            skipped = Span(position, start)
            assert not words_in_blocks(draft, skipped), f"the stored parse skips {draft.text[position:start]!r}"
            position = start + len(token.text)
            tokens.append(msgspec.structs.replace(token, start=start, end=position))
        start, end = tokens[0].start, tokens[-1].end
        block = next(number for number, block in enumerate(draft.blocks) if block.span.covers(tokens[0].span))
        placed.append(Sentence(sentence.id, start, end, draft.text[start:end], block, tuple(tokens)))
    return tuple(placed)
