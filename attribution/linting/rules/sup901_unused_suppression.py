"""SUP901: A suppression has no effect, or names a rule that does not exist."""

from __future__ import annotations

from attribution.linting.bibliography import BBC_ACCURACY
from attribution.linting.rule import EVERYWHERE, Need, QuotationPolicy, Rule, Severity

RULE = Rule(
    id="SUP901",
    name="unused-suppression",
    summary="A suppression has no effect, or names a rule that does not exist.",
    rationale="A suppression left behind hides the next true finding in its place.",
    bad="<!-- attrib: ignore[SRC104] named below -->\n\nThe dam is safe, Dana Reyes said.",
    good="<!-- attrib: ignore[SRC104] named in the caption -->\n\nExperts say the dam will hold.",
    severity=Severity.WARNING,
    guidelines=(BBC_ACCURACY,),
    needs=frozenset({Need.MARKUP}),
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    example_format="markdown",
)
