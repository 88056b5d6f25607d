"""LIM702: More of the article's claims are hearsay than the newsroom allows."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import NPR_IDENTIFY
from attribution.linting.context import Context
from attribution.linting.rule import EVERYWHERE, Match, Need, QuotationPolicy, Rule, Severity
from attribution.linting.settings import Settings


@Rule(
    id="LIM702",
    name="hearsay-above-maximum",
    summary="More of the article's claims are hearsay than the newsroom allows.",
    rationale="Fires only where maximum-hearsay is set. Claims relayed from nobody in particular cannot be checked;"
    " a reader can only take them or leave them.",
    bad="The star has reportedly left. The club was allegedly told in May. The coach is said to be furious.",
    good="The star has left, her agent Tom Okoro said.",
    severity=Severity.ERROR,
    guidelines=(NPR_IDENTIFY,),
    needs=frozenset({Need.DOCUMENT}),
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    settings=("maximum-hearsay",),
    example_settings=Settings(maximum_hearsay=0.25),
)
def hearsay_above_maximum(context: Context) -> Iterator[Match]:
    most, numbers = context.settings.maximum_hearsay, context.analysis.summary
    if most is None or not numbers.claims:
        return
    share = numbers.voice.hearsay / numbers.claims
    if share > most:
        yield Match(
            context.body[0].span if context.body else context.sentences[0].span,
            f"{numbers.voice.hearsay} of {numbers.claims} claims ({share:.0%}) are hearsay, more than {most:.0%}",
            "Say who reports, alleges or believes it.",
        )
