"""LIM701: The article's sourcing score is below the minimum that the newsroom set."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BBC_ACCURACY, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.rule import EVERYWHERE, Match, Need, QuotationPolicy, Rule, Severity
from attribution.linting.settings import Settings


@Rule(
    id="LIM701",
    name="sourcing-below-minimum",
    summary="The article's sourcing score is below the minimum that the newsroom set.",
    rationale="Fires only where minimum-sourcing is set (or --min-sourcing is given). The score says how well a reader"
    " is told where claims come from; it does not measure truth, and legitimate copy may score low.",
    bad="The dam is unsafe. The council knew. It will fail in the spring.",
    good="Dana Reyes, the county's engineer, said the dam is safe.",
    severity=Severity.ERROR,
    guidelines=(REUTERS_SOURCING, BBC_ACCURACY),
    needs=frozenset({Need.DOCUMENT}),
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    settings=("minimum-sourcing",),
    example_settings=Settings(minimum_sourcing=0.6),
)
def sourcing_below_minimum(context: Context) -> Iterator[Match]:
    least, score = context.settings.minimum_sourcing, context.analysis.summary.sourcing
    if least is not None and score is not None and score < least:
        yield Match(
            context.body[0].span if context.body else context.sentences[0].span,
            f"the article's sourcing score is {score:.2f}, below the minimum of {least:.2f}",
            "attrib report lists what to look at; begin with what needs a source.",
        )
