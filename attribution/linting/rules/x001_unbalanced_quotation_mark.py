"""X001: A quotation mark has no partner."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import GUARDIAN_QUOTES
from attribution.linting.context import Context
from attribution.linting.rule import EVERYWHERE, Match, Need, QuotationPolicy, Rule, Severity
from attribution.records import Sentence, Span

UNBALANCED = "X001"

APOSTROPHES = frozenset("'’")
"""Marks that may stand for a possessive."""

SIGNED = 2
"""How many sentences after its last quoted one a post may be signed."""


@Rule(
    id="X001",
    name="unbalanced-quotation-mark",
    summary="A quotation mark has no partner.",
    rationale="Where a quotation begins or ends without a mark, a reader cannot tell the speaker's words from the"
    " paper's, and neither can any other rule.",
    bad='The mayor said: "We will not close the bridge.\n\nWork begins on Friday.',
    good='The mayor said: "We will not close the bridge."\n\nWork begins on Friday.',
    severity=Severity.WARNING,
    guidelines=(GUARDIAN_QUOTES,),
    needs=frozenset({Need.QUOTATIONS}),
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
)
def unbalanced_quotation_mark(context: Context) -> Iterator[Match]:
    told: Sentence | None = None
    for problem in context.analysis.problems:
        if problem.code == UNBALANCED and not _is_apostrophe(context.draft.text, problem.start):
            sentence = context.sentence_at(problem.start)
            if sentence is not None and told is not None and told in (sentence, *context.before(sentence, 1)):
                continue  # one missing mark leaves the marks after it without partners, too
            told = sentence
            if sentence is not None and _ends_with_signature(context, sentence):
                continue
            yield Match(
                Span(problem.start, problem.end),
                problem.message,
                "Add the missing mark or remove this one.",
            )


def _ends_with_signature(context: Context, sentence: Sentence) -> bool:
    """Whether a post is quoted here, whose signature ends it: *Club statement — Tolva Swimmers (@tolvaswims)*."""
    return any(
        token.text.startswith("@")
        for near in (sentence, *context.after(sentence, SIGNED))
        for token in near.tokens
        if near.tokens[0].text not in "\"“‘'"
    )


def _is_apostrophe(text: str, offset: int) -> bool:
    """Whether the mark is a possessive set apart by mistake: *the divers ’ boat*."""
    return text[offset] in APOSTROPHES and text[:offset].endswith("s ") and text[offset + 1 : offset + 2].isspace()
