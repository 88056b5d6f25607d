"""ATT204: A claim is made, and its source comes only two or more sentences later."""

from __future__ import annotations

from collections.abc import Iterator

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
    for sentence in context.body:
        source = source_of_what_was_said(context, sentence)
        if source is None or context.is_quoted(source) or context.text(source).lower().split()[0] in FIRST_PERSONS:
            continue
        if not any(map(str.isalpha, context.text(source))):
            continue
        claims = _unsourced_run_before(context, sentence)
        if len(claims) < 2:
            continue
        yield Match(
            claims[0].spans[0],
            f"the reader learns only {len(claims)} sentences later that “{context.text(source)}” says so",
            "Put the source into the sentence that makes the claim.",
            claim=claims[0].id,
        )


def _unsourced_run_before(context: Context, sentence: Sentence) -> list[Claim]:
    """The first claim of each unsourced sentence in the unbroken run of them before this one in the paragraph."""
    run: list[Claim] = []
    for near in reversed([other for other in context.paragraph(sentence) if other.start < sentence.start]):
        if any(speaks(attribution) for attribution in context.attributions_in(near)):
            break
        claims = list(own_claims(context, near))
        if not claims or context.is_quoted(claims[0].spans[0]):
            break
        run.insert(0, claims[0])
    return run
