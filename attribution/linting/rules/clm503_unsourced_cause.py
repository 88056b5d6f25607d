"""CLM503: One event is said to have caused another, with no source nearby."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import BBC_ACCURACY
from attribution.linting.context import Context
from attribution.linting.predicates.claims import own_claim_at
from attribution.linting.predicates.surroundings import is_printed_heading, is_sourced_near
from attribution.linting.rule import Match, Need, Rule, Severity, Status
from attribution.records import Span
from attribution.scoring.causes import links_events


@Rule(
    id="CLM503",
    name="unsourced-cause",
    summary="One event is said to have caused another, with no source nearby.",
    rationale="That one thing led to another is nearly always somebody's interpretation. Following something is not the"
    " same as being caused by it.",
    bad="The new tax triggered an exodus of firms.",
    good="The chamber of commerce blames the new tax for an exodus of firms.",
    severity=Severity.INFO,
    status=Status.PREVIEW,
    guidelines=(BBC_ACCURACY,),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    limits="Causes that anybody can see (a storm that flooded a cellar) are not distinguished from interpretations.",
)
def unsourced_cause(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        tree = context.tree(sentence)
        for run in context.phrases(sentence.tokens, "causing"):
            verb = run[0]
            if verb.upos != "VERB" or verb.xpos not in ("VBD", "VBN"):
                continue
            claim = own_claim_at(context, sentence, verb.span)
            if claim is None or claim.hedges or grammar.is_negated(tree, verb.index):
                continue
            if grammar.is_supposed(tree, verb.index) or is_sourced_near(context, sentence, telling=True):
                continue
            if not links_events(context.lexicon, tree, verb) or is_printed_heading(context, sentence):
                continue
            yield Match(
                Span(run[0].start, run[-1].end),
                f"“{context.text(Span(run[0].start, run[-1].end))}” states a cause that nobody vouches for",
                "Say who makes the connection, or say only that one followed the other.",
                claim=claim.id,
            )
