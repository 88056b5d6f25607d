"""ATT205: Reported content runs on for more sentences than one attribution can carry."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ATTRIBUTION
from attribution.linting.context import Context
from attribution.linting.predicates.cues import reports, speaks
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Attribution, Frame, Sentence, Span

CARRYING = frozenset({Frame.CCOMP, Frame.INVERTED, Frame.PARATAXIS, Frame.PHRASE})
"""Frames of attributions whose account the next sentences may continue."""


@Rule(
    id="ATT205",
    name="lapsed-attribution",
    summary="Reported content runs on for more sentences than one attribution can carry.",
    rationale="A few sentences on, a reader no longer knows whether the source or the paper is speaking.",
    bad="The inspector said the wall had failed. It had leaked since May. The pump had stood still for a week."
    " Repairs would take a year. Nobody had paid for them.",
    good="The inspector said the wall had failed. It had leaked since May. The pump had stood still for a week."
    " Repairs would take a year, she said. Nobody had paid for them.",
    severity=Severity.INFO,
    guidelines=(AP_ATTRIBUTION,),
    needs=frozenset({Need.DOCUMENT, Need.SYNTAX}),
    settings=("lapsed-sentences",),
    limits="Reported content is recognised by its tense (“had failed”, “would close”); accounts in the present tense"
    " are not found.",
)
def lapsed_attribution(context: Context) -> Iterator[Match]:
    last: Attribution | None = None
    run: list[Sentence] = []
    for sentence in (*context.body, None):
        telling = (
            ()
            if sentence is None
            else tuple(attribution for attribution in context.attributions_in(sentence) if speaks(attribution))
        )
        if sentence is not None and last is not None and not telling and _is_backshifted(context, sentence):
            run.append(sentence)
            continue
        if last is not None and len(run) > context.settings.lapsed_sentences:
            over = run[context.settings.lapsed_sentences]
            claims = context.claims_in(over)
            source = context.text(last.source.spans)
            yield Match(
                claims[0].spans[0] if claims else over.span,
                f"“{source}” was last named {context.settings.lapsed_sentences + 1} sentences ago, and this still reads"
                " as its account",
                "Name the source again, or make clear that this is the paper's own statement.",
                claim=claims[0].id if claims else None,
                attribution=last.id,
            )
        run = []
        telling = tuple(attribution for attribution in telling if speaks(attribution) and reports(attribution))
        last = telling[-1] if telling and telling[-1].frame in CARRYING else None


def _is_backshifted(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence's main verb is in the tense of reported speech: *had failed*, *would close*."""
    tree = context.tree(sentence)
    if context.is_quoted(Span(sentence.start, sentence.start + 1)):
        return False
    auxiliaries = [tree.tokens[index] for index in tree.children(tree.root, "aux")]
    if any(token.text.lower() in ("would", "’d", "'d") for token in auxiliaries):
        return True
    return any(token.text.lower() == "had" for token in auxiliaries)
