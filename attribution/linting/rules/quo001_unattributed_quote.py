"""QUO001: A quotation has no speaker."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ATTRIBUTION, GUARDIAN_QUOTES, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.predicates import has_words, sentences_of, speaks, word_count
from attribution.linting.rule import BODY, Match, Need, QuotationPolicy, Rule, Severity
from attribution.records import Claim, Quotation, Sentence, Span, Voice

PERSONS = frozenset({"he", "her", "him", "i", "she"})
"""Pronouns for one person, who may be the one that is quoted next."""

STAGE = 3
"""A sentence with at least this many words is more than a stage direction (*Pause.*)."""

LONGEST = 40
"""The most characters of a quotation that a message repeats."""


@Rule(
    id="QUO001",
    name="unattributed-quote",
    summary="A quotation has no speaker.",
    rationale="Words in quotation marks are somebody's. A reader who is not told whose cannot judge them, and may take"
    " them for the paper's.",
    bad="“The bridge was never safe.” Work stops on Friday.",
    good="“The bridge was never safe,” site engineer Ola Brandt said.",
    severity=Severity.ERROR,
    guidelines=(REUTERS_SOURCING, GUARDIAN_QUOTES, AP_ATTRIBUTION),
    needs=frozenset({Need.QUOTATIONS, Need.SYNTAX, Need.DOCUMENT}),
    quotations=QuotationPolicy.INSIDE,
    settings=("quotation-words",),
    limits="Fires only where the report calls the voice of the quoted words unclear, and not where the words beside"
    " them, or somebody in the sentence before or after, lead a reader to the speaker. Quotations shorter than the"
    " configured number of words are skipped.",
)
def unattributed_quote(context: Context) -> Iterator[Match]:
    unclear = [claim for claim in context.analysis.claims if claim.voice is Voice.UNCLEAR]
    for quotation in context.quotations:
        claim = next((claim for claim in unclear if _stands_in(claim, quotation)), None)
        if claim is None or quotation.parent is not None or not _stands_alone(context, quotation):
            continue
        if _length(context, quotation) < context.settings.quotation_words or _is_somebody_near(context, quotation):
            continue
        yield Match(
            next(part for part in quotation.parts for span in claim.spans if part.overlaps(span)),
            f"nobody is named as the speaker of {_shortened(context.text(quotation.span))}",
            "Say who said it, at the latest where the first sentence of the quotation ends.",
            claim=claim.id,
        )


def _stands_in(claim: Claim, quotation: Quotation) -> bool:
    return any(part.overlaps(span) for part in quotation.parts for span in claim.spans)


def _stands_alone(context: Context, quotation: Quotation) -> bool:
    """Whether the quotation consists of whole sentences; otherwise the words around it would tell whose it is."""
    return not any(
        any(map(str.isalnum, token.text)) and not any(part.covers(token.span) for part in quotation.parts)
        for sentence in sentences_of(context, quotation)
        for token in sentence.tokens
    )


def _length(context: Context, quotation: Quotation) -> int:
    return sum(any(map(str.isalnum, word)) for word in context.text(quotation.parts).split())


def _is_somebody_near(context: Context, quotation: Quotation) -> bool:
    """Whether a reader can tell the speaker from the words before the quotation, or the sentence before or after."""
    if context.draft.text[: quotation.start].rstrip().endswith((":", "—", "–", "-", "?", "…", "...")):
        return True
    first, *_, last = [*sentences_of(context, quotation), sentences_of(context, quotation)[-1]]
    before = context.before(first, 1)
    if not before:
        return context.paragraph(first)[-1].end <= quotation.end  # a heading printed as text
    if word_count(before[0]) < STAGE or not any(token.upos in ("VERB", "AUX") for token in before[0].tokens):
        return True  # after a heading or a stage direction
    if context.block(before[0]) in BODY and _has_voice(context, before[0]):
        return True
    return any(
        (near.block == last.block and _has_voice(context, near)) or _is_signature(near)
        for near in context.after(last, 1)
    )


def _is_signature(sentence: Sentence) -> bool:
    """Whether the sentence is just a name: *Ada Quill, Tarsk.*"""
    words = {token.upos for token in sentence.tokens}
    return "PROPN" in words and words.isdisjoint(("VERB", "AUX"))


def _has_voice(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is quoted, or mentions somebody who speaks or could speak, or something quotable."""
    edges = (Span(sentence.start, sentence.start + 1), Span(sentence.end - 1, sentence.end))
    if any(context.is_quoted(edge) for edge in edges) or has_words(context, [sentence], "quoted-thing"):
        return True
    if any(speaks(attribution) for attribution in context.attributions_in(sentence)):
        return True
    if any(token.text.lower() in PERSONS for token in sentence.tokens):
        return True
    return any(
        (mention.form == "name" and mention.being in ("person", "unknown"))
        or (mention.being == "person" and mention.definite)
        for mention in context.mentions_in(sentence)
    )


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]}…”"
