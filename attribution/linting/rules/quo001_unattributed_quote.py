"""QUO001: A quotation has no speaker."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ATTRIBUTION, GUARDIAN_QUOTES, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.predicates import has_words, is_inside, sentences_of, speaks, word_count
from attribution.linting.rule import BODY, Match, Need, QuotationPolicy, Rule, Severity
from attribution.records import Quotation, Sentence, Span, Token

PERSONS = frozenset({"he", "her", "him", "i", "she"})
"""Pronouns of one person, who may be the one that is quoted next."""

STAGE = 3
"""Words from which a sentence is more than a stage direction (*Pause.*)."""


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
    limits="Titles, terms and quotations shorter than the configured number of words are passed over, and so is a"
    " quotation where the sentence before or after has anybody who could be its speaker.",
)
def unattributed_quote(context: Context) -> Iterator[Match]:
    for quotation in context.quotations:
        if quotation.parent is not None or not quotation.closed or not _is_speech(context, quotation):
            continue
        if not _stands_alone(context, quotation) or _has_speaker(context, quotation):
            continue
        if _is_introduced(context, quotation) or _carries_on(context, quotation) or _is_taken_up(context, quotation):
            continue
        words = context.text(quotation.span)
        yield Match(
            quotation.parts[0],
            f"nobody is named as the speaker of {_shortened(words)}",
            "Say who said it, at the latest where the first sentence of the quotation ends.",
        )


def _is_speech(context: Context, quotation: Quotation) -> bool:
    """Whether somebody's sentence is quoted: long enough, with a finite verb and its subject, and no title."""
    tokens = _tokens_of(context, quotation)
    words = [token for token in tokens if any(map(str.isalnum, token.text))]
    if len(words) < context.settings.quotation_words or _is_title(words):
        return False
    indices = {(token.start, token.end) for token in tokens}
    for sentence in sentences_of(context, quotation):
        tree = context.tree(sentence)
        for token in sentence.tokens:
            if (token.start, token.end) in indices and token.upos in ("VERB", "AUX", "ADJ", "NOUN", "PRON"):
                subject = tree.child(token.index, "nsubj")
                if subject is not None and (tree.tokens[subject].start, tree.tokens[subject].end) in indices:
                    return True
    return False


def _is_title(words: list[Token]) -> bool:
    """Whether the words are written like a title: all but the small ones with a capital."""
    long = [word for word in words if len(word.text) > 3]
    return bool(long) and all(word.text[0].isupper() or word.text[0].isdigit() for word in long)


def _tokens_of(context: Context, quotation: Quotation) -> list[Token]:
    return [
        token for sentence in sentences_of(context, quotation) for token in context.tokens(sentence, quotation.parts)
    ]


def _stands_alone(context: Context, quotation: Quotation) -> bool:
    """Whether the quotation is made of whole sentences: words beside it in them would tell whose it is."""
    return not any(
        any(map(str.isalnum, token.text)) and not any(part.covers(token.span) for part in quotation.parts)
        for sentence in sentences_of(context, quotation)
        for token in sentence.tokens
    )


def _has_speaker(context: Context, quotation: Quotation) -> bool:
    """Whether an attribution from outside takes the quotation, or a part of it, as content."""
    return any(
        attribution.source.spans
        and not is_inside(attribution, quotation)
        and any(part.overlaps(content) for part in quotation.parts for content in attribution.content.spans)
        for attribution in context.attributions
    )


def _is_introduced(context: Context, quotation: Quotation) -> bool:
    """Whether a colon, a dash or a question leads up to the quotation."""
    return context.draft.text[: quotation.start].rstrip().endswith((":", "—", "–", "-", "?", "…", "..."))


def _carries_on(context: Context, quotation: Quotation) -> bool:
    """Whether the sentence before has a speaker, is quoted itself, or has somebody in it, who then speaks."""
    first = sentences_of(context, quotation)[0]
    before = context.before(first, 1)
    if not before:
        return context.paragraph(first)[-1].end <= quotation.end  # a heading printed as text
    if word_count(before[0]) < STAGE or not any(token.upos in ("VERB", "AUX") for token in before[0].tokens):
        return True  # a heading or a stage direction stands before it
    return context.block(before[0]) in BODY and _has_voice(context, before[0])


def _is_taken_up(context: Context, quotation: Quotation) -> bool:
    """Whether the next sentence tells who said so, or is the quotation's signature (*Ada Quill, Tarsk.*)."""
    last = sentences_of(context, quotation)[-1]
    for sentence in context.after(last, 1):
        if sentence.block == last.block and _has_voice(context, sentence):
            return True
        verbs = [token for token in sentence.tokens if token.upos in ("VERB", "AUX")]
        if not verbs and any(token.upos == "PROPN" for token in sentence.tokens):
            return True
    return False


def _has_voice(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence is quoted, tells of somebody who speaks or could, or of something that can be quoted."""
    if context.is_quoted(Span(sentence.start, sentence.start + 1)) or context.is_quoted(
        Span(sentence.end - 1, sentence.end)
    ):
        return True
    if any(speaks(attribution) for attribution in context.attributions_in(sentence)) or has_words(
        context, [sentence], "quoted-thing"
    ):
        return True
    if any(token.text.lower() in PERSONS for token in sentence.tokens):
        return True
    return any(
        (mention.form == "name" and mention.being in ("person", "unknown"))
        or (mention.being == "person" and mention.definite)
        for mention in context.mentions_in(sentence)
    )


def _shortened(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:40].rsplit(' ', 1)[0]}…”"
