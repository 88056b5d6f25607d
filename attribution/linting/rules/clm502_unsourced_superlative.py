"""CLM502: Something is the largest, the worst or unprecedented, with no source nearby."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import NPR_CLAIMS, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates import is_sourced_near, own_claim_at
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.scoring.superlatives import superlatives


@Rule(
    id="CLM502",
    name="unsourced-superlative",
    summary="Something is the largest, the worst or unprecedented, with no source nearby.",
    rationale="A superlative ranks everything of its kind. Somebody must have looked at the rest, and the reader should"
    " know who, and since when.",
    bad="It is the biggest sale ever.",
    good="It is the biggest sale since records began in 1990, the registry said.",
    severity=Severity.INFO,
    guidelines=(NPR_CLAIMS, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    limits="Only superlatives that the sentence itself asserts, not those in passing (“the largest city, Tolva”).",
)
def unsourced_superlative(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        found = list(superlatives(context.lexicon, context.tree(sentence)))
        if not found or is_sourced_near(context, sentence, telling=True):
            continue
        for span, token in found:
            claim = own_claim_at(context, sentence, token.span)
            if claim is None or claim.hedges:
                continue
            if context.is_quoted(span) or grammar.is_supposed(context.tree(sentence), token.index):
                continue
            yield Match(
                span,
                f"“{context.text(span)}” has no source",
                "Say by what measure, since when, and who says so; or give the facts and leave the ranking to readers.",
                claim=claim.id,
            )
            break
