"""SRC107: The paper “understands” or “has learned”, or “it is understood”."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import BBC_UNDERSTANDS, NPR_IDENTIFY, SMH_UNDERSTOOD
from attribution.linting.context import Context
from attribution.linting.predicates.cues import cue_lemmas, cue_token, is_told_by_somebody
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Attribution, Frame, SourceKind, Span, Token


@Rule(
    id="SRC107",
    name="own-outlet-as-source",
    summary="The paper “understands” or “has learned”, or “it is understood”.",
    rationale="The paper is not a source. The phrase tells insiders that somebody briefed the reporter and tells"
    " readers nothing; broadcasters have told their staff to drop it.",
    bad="It is understood that the vote is off.",
    good="Two committee members told the Echo that the vote is off.",
    severity=Severity.WARNING,
    guidelines=(BBC_UNDERSTANDS, NPR_IDENTIFY, SMH_UNDERSTOOD),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    settings=("own-outlets",),
    limits="“Has learned” is found for the configured names of the paper only.",
)
def own_outlet_as_source(context: Context) -> Iterator[Match]:
    for attribution in context.attributions:
        verb = cue_token(context, attribution)
        if verb is None or attribution.negated or is_told_by_somebody(context, attribution):
            continue
        if _is_understood(context, attribution, verb):
            span = Span(attribution.cue.spans[0].start, attribution.cue.spans[-1].end)
            yield Match(
                span,
                f"“{context.text(span)}” does not say who told the paper",
                "Say who said so, or describe them.",
                attribution=attribution.id,
            )
        elif _understands(context, attribution):
            words = f"{context.text(attribution.source.spans)} {verb.text}"
            yield Match(
                attribution.source.spans[0],
                f"“{words}” makes the paper its own source",
                "Say who told the paper, or describe them: “two committee members told the Echo”.",
                attribution=attribution.id,
            )


def _is_understood(context: Context, attribution: Attribution, verb: Token) -> bool:
    """*It is understood that*, *it is learned that*, *the minister is understood to*."""
    verbs = context.lexicon.words_for("own-outlet-verb").intersection(context.words_of(verb))
    tree = context.tree(context.sentence(attribution.sentence))
    if attribution.source.spans or not verbs:
        return False
    impersonal = any(tree.forms[index] == "it" for index in tree.children(verb.index) if index < verb.index)
    if "understand" not in verbs and not impersonal:
        return False
    complement = tree.child(verb.index, "ccomp", "xcomp", "csubj")
    return (
        complement is not None
        and grammar.is_plain_passive(tree, verb.index)
        and not grammar.has_agent(tree, verb.index)
    )


def _understands(context: Context, attribution: Attribution) -> bool:
    if not attribution.source.spans or attribution.frame not in (Frame.CCOMP, Frame.INVERTED, Frame.PARATAXIS):
        return False
    head = context.source_head(attribution)
    if attribution.source.kind is SourceKind.OWN_OUTLET and head is not None and head.upos != "PRON":
        return bool(context.lexicon.words_for("own-outlet-verb").intersection(cue_lemmas(attribution)))
    return attribution.source.kind is SourceKind.OUTLET and "understand" in cue_lemmas(attribution)
