"""LIM701: The claims of others are supported less than the minimum that the newsroom set."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BBC_ACCURACY, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.rule import EVERYWHERE, Match, Need, QuotationPolicy, Rule, Severity
from attribution.linting.settings import Settings
from attribution.scoring import mean_support


@Rule(
    id="LIM701",
    name="sourcing-below-minimum",
    summary="The claims of others are supported less than the minimum that the newsroom set.",
    rationale="Fires only where minimum-sourcing is set (or --min-sourcing is given). A claim in the words of somebody"
    " with a name has a support of 1, one that nobody in particular makes has 0; docs/SCORING.md tells the grades in"
    " between. The mean is over the claims that somebody other than the paper answers for: its own background does not"
    " count. Support does not measure truth, and legitimate copy may have little.",
    bad="Experts say the dam is unsafe. The council reportedly knew. Officials fear that it will fail in the spring.",
    good="The dam was built in 1962. Dana Reyes, the county's engineer, said it is safe.",
    severity=Severity.ERROR,
    guidelines=(REUTERS_SOURCING, BBC_ACCURACY),
    needs=frozenset({Need.DOCUMENT}),
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    settings=("minimum-sourcing",),
    example_settings=Settings(minimum_sourcing=0.6),
)
def sourcing_below_minimum(context: Context) -> Iterator[Match]:
    least, support = context.settings.minimum_sourcing, mean_support(context.analysis.claims)
    if least is not None and support is not None and support < least:
        yield Match(
            context.body[0].span if context.body else context.sentences[0].span,
            f"the claims of others are supported {support:.2f} on average, below the minimum of {least:.2f}",
            "Say by name who tells what nobody, or nobody with a name, answers for.",
        )
