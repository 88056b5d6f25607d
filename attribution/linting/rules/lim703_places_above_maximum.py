"""LIM703: The article has more places that need or lack a source than the newsroom allows."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BBC_ACCURACY, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.rule import EVERYWHERE, Match, Need, QuotationPolicy, Rule, Severity
from attribution.linting.settings import Settings


@Rule(
    id="LIM703",
    name="places-above-maximum",
    summary="The article has more places that need a source, or a better one, than the newsroom allows.",
    rationale="Fires only where maximum-places is set (or --max-places is given). A place is a sentence that would hurt"
    " to be wrong and has no source or a weak one, or a quotation without a speaker; attrib report lists them, and"
    " docs/SCORING.md tells what makes one. Marks of exposure that a newsroom does not mind go into ignore-marks.",
    bad="The treasurer stole the fund's money. The council ignored three warnings.",
    good="The treasurer stole the fund's money, the prosecutor Lena Voss said.",
    severity=Severity.ERROR,
    guidelines=(REUTERS_SOURCING, BBC_ACCURACY),
    needs=frozenset({Need.DOCUMENT}),
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    settings=("maximum-places",),
    example_settings=Settings(maximum_places=0),
)
def places_above_maximum(context: Context) -> Iterator[Match]:
    most, found = context.settings.maximum_places, len(context.analysis.places)
    if most is not None and found > most:
        needing = "1 place needs" if found == 1 else f"{found} places need"
        yield Match(
            context.body[0].span if context.body else context.sentences[0].span,
            f"{needing} a source, a better one or a speaker, more than the maximum of {most}",
            "attrib report lists each with how to mend it; begin with the first.",
        )
