"""A sentence in its own words, with source, cue, content and hedges marked in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter

import msgspec
from rich.style import Style
from rich.text import Text

from attribution.index import AnalysisIndex, clipped
from attribution.records import Attribution, HedgeCategory, Sentence, Span
from attribution.reporting.look import PLAIN, Look, Role, printable

ENDINGS = " \t\n\u00a0,;:.’”»)"


class Mark(msgspec.Struct, frozen=True):
    """A marked stretch of a sentence; of those that overlap, the deeper ones lie inside."""

    span: Span
    depth: int
    role: Role


def marked_sentence(
    sentence: Sentence,
    index: AnalysisIndex,
    look: Look,
    style: Style = PLAIN,
    *,
    roles: Sequence[Role] | None = None,
    flagged: Iterable[Span] = (),
) -> Text:
    """The sentence with its parts marked; white space is shown as single spaces.

    ``roles`` are the parts to mark (all of them by default); ``flagged`` are words that stand out by their style alone.
    """
    marks = marks_of(sentence, index, look, look.roles if roles is None else roles)
    marks += [Mark(span, len(look.roles), look.flagged) for span in clipped(sentence.span, flagged)]
    return marked_text(sentence.span, marks, index, look, style)


def marked_text(shown: Span, marks: Sequence[Mark], index: AnalysisIndex, look: Look, style: Style = PLAIN) -> Text:
    """The draft's words in a span with marks on them."""
    text = index.analysis.draft.text
    marks = [msgspec.structs.replace(mark, span=span) for mark in marks for span in clipped(shown, [mark.span])]
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (-mark.span.end, mark.depth)):
        opening.setdefault(mark.span.start, []).append(mark)
    for mark in sorted(marks, key=lambda mark: (-mark.span.start, mark.span.end, -mark.depth)):
        closing.setdefault(mark.span.end, []).append(mark)
    borders = sorted({shown.start, shown.end, *opening, *closing})
    told = Text(style=style)
    over: Counter[tuple[int, Role]] = Counter()
    for start, end in zip(borders, [*borders[1:], shown.end], strict=True):
        for mark in closing.get(start, ()):
            told.append(mark.role.closing, style=mark.role.style)
            over[mark.depth, mark.role] -= 1
        for mark in opening.get(start, ()):
            told.append(mark.role.opening, style=mark.role.style)
            over[mark.depth, mark.role] += 1
        told.append(printable(text[start:end], look), style=_combined(over))
    return told


def _combined(over: Counter[tuple[int, Role]]) -> Style:
    """The style of words under marks, each counted by its depth and role: the deeper marks win."""
    here = sorted(((depth, role.style) for (depth, role), count in over.items() if count), key=itemgetter(0))
    return Style.combine([PLAIN, *(style for _, style in here)])


def marks_of(sentence: Sentence, index: AnalysisIndex, look: Look, roles: Sequence[Role]) -> list[Mark]:
    """What is to be marked in the sentence, each stretch once for each role.

    A cue that is itself a hedge (*reportedly*, a passive without an agent) is marked as a hedge. Approximators (*about
    40*) are not marked: a claim is no less sure for them.
    """
    text = index.analysis.draft.text
    hedges = [hedge for hedge in index.hedges_in(sentence) if hedge.category is not HedgeCategory.APPROXIMATOR]
    found: dict[tuple[int, int, str], Mark] = {}

    def add(spans: Iterable[Span], role: Role) -> None:
        if role not in roles:
            return
        for span in clipped(sentence.span, spans):
            span = _stripped(span, text)
            if len(span):
                found.setdefault((span.start, span.end, role.name), Mark(span, look.roles.index(role), role))

    hedged_cues: set[Span] = set()
    for attribution in index.attributions_in(sentence):
        cues = _over_hyphens(clipped(sentence.span, attribution.cue.spans), text)
        hedging = any(span.overlaps(cue) for hedge in hedges for span in hedge.spans for cue in cues)
        add(_content(attribution, hedging), look.content)
        add(attribution.source.spans, look.source)
        add([cue for cue in cues if _has_words(text, cue)], look.hedge if hedging else look.cue)
        if hedging:
            hedged_cues.update(cues)
    for hedge in hedges:
        add([span for span in hedge.spans if not any(span.overlaps(cue) for cue in hedged_cues)], look.hedge)
    for booster in index.boosters_in(sentence):
        add(booster.spans, look.booster)
    return list(found.values())


def _content(attribution: Attribution, cue_is_hedge: bool) -> list[Span]:
    """The content's spans, those joined that only the attribution's own hedging cue parts (*has ~reportedly~ left*)."""
    joined: list[Span] = []
    for span in attribution.content.spans:
        if joined and cue_is_hedge and _only_between(joined[-1].end, span.start, attribution.cue.spans):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _only_between(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether the spans fill the gap but for a character at each side."""
    gap = Span(start, end)
    return sum(len(part) for part in clipped(gap, spans)) >= len(gap) - 2


def _over_hyphens(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans, those joined that only a hyphen parts (*his often-repeated vow*)."""
    joined: list[Span] = []
    for span in spans:
        if joined and text[joined[-1].end : span.start] in ("-", "‐", "‑"):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _has_words(text: str, span: Span) -> bool:
    """Whether there is more than punctuation, which is a cue of its own in a headline (*Prosecutors: …*)."""
    return any(character.isalnum() for character in text[span.start : span.end])


def _stripped(span: Span, text: str) -> Span:
    """The span without white space at its edges, and without what ends the words before it: a comma, closing marks."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(ENDINGS))
    return Span(start, max(start, span.start + len(words.rstrip())))
