"""What is wrong with the input rather than with its sourcing, and limits that fire only where a newsroom sets them."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BBC_ACCURACY, GUARDIAN_QUOTES, NPR_IDENTIFY, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.rule import EVERYWHERE, Match, Need, QuotationPolicy, Rule, Severity
from attribution.linting.settings import Settings
from attribution.records import Span

UNBALANCED = "X001"


def _unbalanced_quotation_marks(context: Context) -> Iterator[Match]:
    for problem in context.analysis.problems:
        if problem.code == UNBALANCED:
            yield Match(
                Span(problem.start, problem.end),
                problem.message,
                "Add the missing mark, or take this one out: until then it is unclear whose words these are.",
            )


X001 = Rule(
    id=UNBALANCED,
    name="unbalanced-quotation-mark",
    summary="A quotation mark has no partner.",
    rationale="Where a quotation begins or ends without a mark, a reader cannot tell the speaker's words from the"
    " paper's, and neither can any other rule.",
    bad='The mayor said: "We will not close the bridge.\n\nWork begins on Friday.',
    good='The mayor said: "We will not close the bridge."\n\nWork begins on Friday.',
    severity=Severity.WARNING,
    guidelines=(GUARDIAN_QUOTES,),
    needs=frozenset({Need.QUOTATIONS}),
    check=_unbalanced_quotation_marks,
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
)


def _sourcing_below_minimum(context: Context) -> Iterator[Match]:
    least, score = context.settings.minimum_sourcing, context.analysis.summary.sourcing
    if least is not None and score is not None and score < least:
        yield Match(
            context.body[0].span if context.body else context.sentences[0].span,
            f"the article's sourcing score is {score:.2f}, below the minimum of {least:.2f}",
            "attrib report lists the weakest claims; give those a source first.",
        )


LIM701 = Rule(
    id="LIM701",
    name="sourcing-below-minimum",
    summary="The article's sourcing score is below the minimum that the newsroom set.",
    rationale="Fires only where minimum-sourcing is set (or --min-sourcing is given). The score says how well a reader"
    " is told where claims come from; it is no measure of truth, and legitimate copy may score low.",
    bad="The dam is unsafe. The council knew. It will fail in the spring.",
    good="Dana Reyes, the county's engineer, said the dam is safe.",
    severity=Severity.ERROR,
    guidelines=(REUTERS_SOURCING, BBC_ACCURACY),
    needs=frozenset({Need.DOCUMENT}),
    check=_sourcing_below_minimum,
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    settings=("minimum-sourcing",),
    example_settings=Settings(minimum_sourcing=0.6),
)


def _hearsay_above_maximum(context: Context) -> Iterator[Match]:
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


LIM702 = Rule(
    id="LIM702",
    name="hearsay-above-maximum",
    summary="More of the article's claims are hearsay than the newsroom allows.",
    rationale="Fires only where maximum-hearsay is set. Claims passed on with nobody named are for a reader to take or"
    " to leave.",
    bad="The star has reportedly left. The club was allegedly told in May. The coach is said to be furious.",
    good="The star has left, her agent Tom Okoro said.",
    severity=Severity.ERROR,
    guidelines=(NPR_IDENTIFY,),
    needs=frozenset({Need.DOCUMENT}),
    check=_hearsay_above_maximum,
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    settings=("maximum-hearsay",),
    example_settings=Settings(maximum_hearsay=0.25),
)


SUP901 = Rule(
    id="SUP901",
    name="unused-suppression",
    summary="A suppression silences nothing, or names no rule that there is.",
    rationale="A suppression that is left behind silences the next true finding in its place.",
    bad="<!-- attrib: ignore[SRC104] named below -->\n\nThe dam is safe, Dana Reyes said.",
    good="<!-- attrib: ignore[SRC104] named in the caption -->\n\nExperts say the dam will hold.",
    severity=Severity.WARNING,
    guidelines=(BBC_ACCURACY,),
    needs=frozenset({Need.MARKUP}),
    check=None,
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    example_format="markdown",
)


SUP902 = Rule(
    id="SUP902",
    name="suppression-without-reason",
    summary="A suppression does not say why.",
    rationale="The next editor must be able to tell a considered exception from a nuisance switched off.",
    bad="<!-- attrib: ignore[SRC104] -->\n\nExperts say the dam will hold.",
    good="<!-- attrib: ignore[SRC104] named in the caption -->\n\nExperts say the dam will hold.",
    severity=Severity.WARNING,
    guidelines=(BBC_ACCURACY,),
    needs=frozenset({Need.MARKUP}),
    check=None,
    quotations=QuotationPolicy.BOTH,
    blocks=EVERYWHERE,
    example_format="markdown",
)


RULES: tuple[Rule, ...] = (LIM701, LIM702, X001, SUP901, SUP902)
