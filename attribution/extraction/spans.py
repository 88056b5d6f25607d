"""From token sets to character spans, and from pieces of quotations to whole ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from attribution.extraction.context import SentenceContext
from attribution.parsing import merge
from attribution.records import Span

TRIMMED = frozenset({",", ".", ";", ":", "-", "--", "–", "—", "―", "…", "?", "!", "•", "*", "|", "/"})
"""Punctuation that does not belong to a span when it stands at its edge."""

BRIDGED = 3
"""How many tokens without a role of their own may stand between two pieces of one content and be taken in."""

DASHES = frozenset({"--", "–", "—", "―", "-"})
"""Dashes; a hyphen within a word is no token of its own beside spaces."""

DATELINE_LENGTH = 9
"""Tokens within which the dash of a dateline stands."""


def content_tokens(
    context: SentenceContext, content: Collection[int], blocked: Collection[int], other: Collection[int]
) -> list[int]:
    """The content's tokens with gaps closed that no other part of the attribution claims, edges trimmed.

    ``blocked`` are source and cue; ``other`` is what the role model takes for the writer's own, which nobody puts into
    another's words without a comma.
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
    """The source's one run of tokens nearest its head, without datelines and loose ends.

    A noun phrase is contiguous but for punctuation; pieces elsewhere come from wrong attachments.
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


def _inside_dashes(context: SentenceContext, run: list[int], cue: int) -> list[int]:
    """*The tower – **Moor** says it leans – was shut*: what stands before the dash is not the source's."""
    dashes = [index for index in run if context.tokens[index].text in DASHES and run[0] < index < cue]
    if not dashes or cue < run[-1] or not any(token.text in DASHES for token in context.tokens[cue:]):
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


def trim(context: SentenceContext, indices: Iterable[int]) -> list[int]:
    """The tokens without punctuation at the edges of each run; runs without a word are left out."""
    runs: list[list[int]] = []
    for index in sorted(indices):
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    kept: list[int] = []
    for run in runs:
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
    """The content with every quotation part it touches taken whole, unless cue or source stand inside that part."""
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
    """The spans less every one of the removed spans that lies within them."""
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
    """The spans without white space and loose punctuation at their edges; those that hold nothing else are left out."""
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
