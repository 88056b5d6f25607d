"""SUP902: A suppression does not say why."""

from __future__ import annotations

from attribution.linting.bibliography import BBC_ACCURACY
from attribution.linting.rule import EVERYWHERE, Need, QuotationPolicy, Rule, Severity

RULE = Rule(
    id="SUP902",
    name="suppression-without-reason",
    summary="A suppression does not say why.",
    rationale="The next editor must be able to tell a considered exception from a nuisance switched off.",
    bad="<!-- attrib: ignore[SRC104] -->\n\nExperts say the dam will hold.",
    good="<!-- attrib: ignore[SRC104] named in the caption -->\n\nExperts say the dam will hold.",
    severity=Severity.WARNING,
    guidelines=(BBC_ACCURACY,),
    needs=frozenset({Need.MARKUP}),
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    example_format="markdown",
)
