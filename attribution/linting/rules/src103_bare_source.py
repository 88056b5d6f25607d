"""SRC103: The speaker is a “source” or “insider” and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ANONYMOUS, NPR_ATTRIBUTION
from attribution.linting.context import Context
from attribution.linting.predicates.source_nouns import (
    is_bare_source,
    is_indefinite,
    place_of_speaker,
    speaker_or_noun_of_cue,
)
from attribution.linting.rule import Match, Need, Rule, Severity


@Rule(
    id="SRC103",
    name="bare-source",
    summary="The speaker is a “source” or “insider” and nothing more.",
    rationale="Agencies reject “a source” without a description: it could be anybody, and the reader cannot tell"
    " whether the source can know.",
    bad="Sources said a deal is near.",
    good="Two people briefed on the talks said a deal is near.",
    severity=Severity.ERROR,
    guidelines=(AP_ANONYMOUS, NPR_ATTRIBUTION),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    more_specific_than=("SRC110",),
)
def bare_source(context: Context) -> Iterator[Match]:
    for attribution in context.attributions:
        found = speaker_or_noun_of_cue(context, attribution)
        if found is None:
            continue
        _, tree, head = found
        if not is_bare_source(context, tree, head) or not is_indefinite(tree, head):
            continue
        span = place_of_speaker(attribution, tree, head)
        words = context.text(span)
        yield Match(
            span,
            f"“{words}” tells a reader nothing about who speaks",
            "Describe how the source knows: “two people briefed on the talks”, “an engineer who inspected the bridge”.",
            attribution=attribution.id,
        )
