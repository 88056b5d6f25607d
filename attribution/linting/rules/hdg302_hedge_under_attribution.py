"""HDG302: “Allegedly” or “reportedly” stands in what is already attributed."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ALLEGEDLY, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates import claim_id_at, hearsay_adverbs
from attribution.linting.rule import Match, Need, Rule, Severity


@Rule(
    id="HDG302",
    name="hedge-under-attribution",
    summary="“Allegedly” or “reportedly” stands in what is already attributed.",
    rationale="The attribution already tells the reader that this is somebody's word. A hedge inside it leaves open"
    " whether the source or the writer is unsure.",
    bad="Police said he allegedly ran.",
    good="Police said he ran.",
    severity=Severity.WARNING,
    guidelines=(AP_ALLEGEDLY, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
)
def hedge_under_attribution(context: Context) -> Iterator[Match]:
    for hedge in hearsay_adverbs(context):
        span = hedge.spans[0]
        over = [
            attribution
            for attribution in context.attributions_over(span)
            if attribution.source.spans and not attribution.withheld
        ]
        if over:
            attribution = over[-1]
            source = context.text(attribution.source.spans)
            yield Match(
                span,
                f"“{hedge.text}” hedges what is already attributed to “{source}”",
                f"Drop “{hedge.text}”; if {source} does not vouch for it, say whose claim it is.",
                claim=claim_id_at(context, span),
                attribution=attribution.id,
            )
