"""From token sets to character spans, and from pieces of quotations to whole ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from attribution.extraction.context import SentenceContext
from attribution.parsing import merge
from attribution.records import Span, Token

TRIMMED = frozenset({",", ".", ";", ":", "-", "--", "–", "—", "―", "…", "?", "!", "•", "*", "|", "/"})
"""Punctuation that is trimmed from the edges of a span."""

BRIDGED = 3
"""Most tokens without a role between two pieces of a content that are added to it."""

DASHES = frozenset({"--", "–", "—", "―", "-"})
"""Dashes, and the hyphen that stands for one; tokenizers also part the hyphen of a word (``is_dash``)."""

DATELINE_LENGTH = 9
"""Number of tokens from the start within which a dateline ends with its dash."""


def content_tokens(
    context: SentenceContext, content: Collection[int], blocked: Collection[int], other: Collection[int]
) -> list[int]:
    """The content's tokens, with gaps closed that no other part of the attribution claims, and trimmed edges.

    ``blocked`` are source and cue; ``other`` are words that the role model takes for the writer's own, which are not
    put into somebody's words without a comma.
    """
    indices = sorted(content)
    filled = set(indices)
    for left, right in pairwise(indices):
        gap = range(left + 1, right)
        if not gap or any(index in blocked for index in gap):
            continue
        words = sum(context.is_word(index) for index in gap)
        if any(index in other for index in gap):
            if words == len(gap):
                filled.update(gap)
        elif len(gap) <= BRIDGED or not words:
            filled.update(gap)
    return trim(context, filled)


def source_tokens(context: SentenceContext, source: Collection[int], cue: int) -> list[int]:
    """The contiguous run of the source's tokens nearest to its head, without datelines and loose ends.

    A noun phrase is contiguous except for punctuation; other pieces come from wrong attachments.
    """
    indices = sorted(index for index in source if context.is_word(index))
    if not indices:
        return []
    heads = [index for index in indices if context.tree.head(index) not in source] or indices
    head = next((index for index in heads if context.tokens[index].relation.startswith("nsubj")), heads[0])
    runs: list[list[int]] = []
    for index in indices:
        if runs and not any(context.is_word(between) or between == cue for between in range(runs[-1][-1] + 1, index)):
            runs[-1] += range(runs[-1][-1] + 1, index + 1)
        else:
            runs.append([index])
    run = next(run for run in runs if head in run)
    return trim(context, _without_dateline(context, _inside_dashes(context, run, cue), head))


def is_dash(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token is a dash; not the hyphen of *a dry-dock*, which touches the words on both sides."""
    if tokens[index].text not in DASHES:
        return False
    if tokens[index].text != "-" or not 0 < index < len(tokens) - 1:
        return True
    return tokens[index - 1].end < tokens[index].start or tokens[index].end < tokens[index + 1].start


def _inside_dashes(context: SentenceContext, run: list[int], cue: int) -> list[int]:
    """*The tower – **Moor** says it leans – was shut*: the words before the dash are not the source."""
    dashes = [index for index in run if is_dash(context.tokens, index) and run[0] < index < cue]
    if not dashes or cue < run[-1] or not any(is_dash(context.tokens, index) for index in range(cue, len(context))):
        return run
    return [index for index in run if index > dashes[-1]] or run


def _without_dateline(context: SentenceContext, run: list[int], head: int) -> list[int]:
    """The run without *LONDON (AP) —* before it."""
    if run[0] > 1:
        return run
    dashes = [index for index in run if context.tokens[index].text in DASHES and index < head]
    if dashes and dashes[0] < DATELINE_LENGTH:
        spaced = context.tokens[dashes[0]].start > context.tokens[dashes[0] - 1].end
        if spaced or context.tokens[dashes[0] - 1].text == ")":
            return [index for index in run if index > dashes[0]]
    return run


def consecutive(indices: Iterable[int]) -> list[list[int]]:
    """The tokens in their order, divided into runs without a gap."""
    runs: list[list[int]] = []
    for index in sorted(set(indices)):
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def trim(context: SentenceContext, indices: Iterable[int]) -> list[int]:
    """The tokens without punctuation at the edges of each run; runs without a word are left out."""
    kept: list[int] = []
    for run in consecutive(indices):
        while run and context.tokens[run[-1]].text in TRIMMED and not context.in_quotation[run[-1]]:
            run.pop()
        while run and context.tokens[run[0]].text in TRIMMED:
            run.pop(0)
        if run and _is_left_open(context, run):
            run.append(run[-1] + 1)
        if any(context.is_word(index) for index in run):
            kept += run
    return kept


def _is_left_open(context: SentenceContext, run: list[int]) -> bool:
    """Whether the run opens a bracket that the next token closes (*Ines Roth (left)*)."""
    texts = [context.tokens[index].text for index in run]
    following = context.tokens[run[-1] + 1].text if run[-1] + 1 < len(context.tokens) else ""
    return (texts.count("(") > texts.count(")") and following == ")") or (
        texts.count("[") > texts.count("]") and following == "]"
    )


def join(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in text order; those with only white space between them become one."""
    return merge(spans, text)


def with_whole_quotations(
    text: str, content: tuple[Span, ...], parts: Iterable[Span], elsewhere: Sequence[Span]
) -> tuple[Span, ...]:
    """The content with every quotation part that it touches completed, unless the cue or source is inside that part."""
    whole = [
        part
        for part in parts
        if any(part.overlaps(span) for span in content) and not any(part.overlaps(span) for span in elsewhere)
    ]
    return join(text, (*content, *whole))


def text_of(text: str, spans: Iterable[Span]) -> str:
    """The words of the spans; pieces are joined by `` … ``."""
    return " … ".join(text[span.start : span.end] for span in spans)


def within(spans: Iterable[Span], bounds: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of the spans that lie within one of the bounds."""
    return tuple(
        Span(max(span.start, bound.start), min(span.end, bound.end))
        for span in spans
        for bound in bounds
        if span.overlaps(bound)
    )


def without(spans: Iterable[Span], removed: Sequence[Span]) -> tuple[Span, ...]:
    """The spans without the removed spans inside them."""
    left: list[Span] = []
    for span in spans:
        pieces = [span]
        for cut in removed:
            pieces = [
                piece
                for whole in pieces
                for piece in (
                    (Span(whole.start, cut.start), Span(cut.end, whole.end)) if whole.overlaps(cut) else (whole,)
                )
                if piece.start < piece.end
            ]
        left += pieces
    return tuple(left)


def stripped(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without white space and loose punctuation at their edges; spans of nothing else are left out."""
    left: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and (text[start].isspace() or text[start] in TRIMMED):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in TRIMMED):
            end -= 1
        if start < end:
            left.append(Span(start, end))
    return tuple(left)
