"""ATT204: A claim is made, and its source comes only two or more sentences later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attribution.linting.bibliography import AP_ATTRIBUTION, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.predicates.claims import own_claims
from attribution.linting.predicates.cues import speaks
from attribution.linting.predicates.surroundings import source_of_what_was_said
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Claim, Sentence

FIRST_PERSONS = frozenset({"i", "we", "you"})
"""The start of a source that is not the paper's: an interview printed as text."""


@Rule(
    id="ATT204",
    name="buried-attribution",
    summary="A claim is made, and its source comes only two or more sentences later.",
    rationale="A reader takes an unsourced claim for the paper's own finding. A correction two sentences later comes"
    " too late, and is the first thing to be cut.",
    bad="The vaccine batch was spoiled. Deliveries stopped. The health board said so on Monday.",
    good="The health board said on Monday the batch was spoiled. Deliveries stopped.",
    severity=Severity.WARNING,
    guidelines=(AP_ATTRIBUTION, REUTERS_SOURCING),
    needs=frozenset({Need.DOCUMENT, Need.SYNTAX}),
    limits="Only sources that point back (“said so”, “that is according to”) in the same paragraph are found.",
)
def buried_attribution(context: Context) -> Iterator[Match]:
    run: list[Claim] = []
    block = None
    for sentence in context.sentences:
        if sentence.block != block:
            run, block = [], sentence.block
        if context.is_in_body(sentence) and len(run) > 1:
            yield from _match(context, sentence, run)
        # The first claims of the sentences without a source that follow each other in the paragraph.
        claims = own_claims(context, sentence)
        if any(map(speaks, context.attributions_in(sentence))) or not claims or context.is_quoted(claims[0].spans[0]):
            run = []
        else:
            run.append(claims[0])


def _match(context: Context, sentence: Sentence, run: Sequence[Claim]) -> Iterator[Match]:
    source = source_of_what_was_said(context, sentence)
    if source is None or context.is_quoted(source) or context.text(source).lower().split()[0] in FIRST_PERSONS:
        return
    if not any(map(str.isalpha, context.text(source))):
        return
    yield Match(
        run[0].spans[0],
        f"the reader learns only {len(run)} sentences later that “{context.text(source)}” says so",
        "Put the source into the sentence that makes the claim.",
        claim=run[0].id,
    )
