"""ATT202: Something “is seen as”, “is believed to” or “has been dubbed”, and the text does not say by whom."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import SMH_UNDERSTOOD, SWAIM, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates import (
    agentless_passives,
    claim_id_at,
    cue_lemmas,
    cue_span,
    cue_token,
    is_told_by_somebody,
    noun_kinds,
    speaks,
)
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, Frame, Span, Token


@Rule(
    id="ATT202",
    name="agentless-belief",
    summary="Something “is seen as”, “is believed to” or “has been dubbed”, and the text does not say by whom.",
    rationale="A view without a holder cannot be weighed; it stands where a citation should. Editors call it oblique"
    " sourcing.",
    bad="She is widely seen as the next leader.",
    good="Three of five party chairs we asked see her as the next leader.",
    severity=Severity.WARNING,
    guidelines=(WORDS_TO_WATCH, SWAIM, SMH_UNDERSTOOD),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    limits="A view that somebody with a name or an office is said to have told of is passed over; one that an outlet"
    " passes on is not.",
)
def agentless_belief(context: Context) -> Iterator[Match]:
    for attribution, tree, verb in agentless_passives(context, "believing"):
        if attribution.attitude not in (Attitude.BELIEF, Attitude.ASSERTION, Attitude.HEARSAY):
            continue
        if verb.lemma.lower() in context.lexicon.words_for("believing-as") and not _has_as(tree, verb):
            continue
        if _is_naming(context, tree, verb) or _is_believer_told(context, attribution):
            continue
        yield _belief(context, attribution, cue_span(attribution))
    for attribution in context.attributions:
        cue = cue_token(context, attribution)
        if attribution.frame is not Frame.PHRASE or attribution.source.spans or cue is None:
            continue
        if cue.lemma.lower() in context.lexicon.words_for("believing") and not is_told_by_somebody(
            context, attribution
        ):
            tree = context.tree(context.sentence(attribution.sentence))
            if grammar.is_plain_passive(tree, cue.index) and not grammar.has_agent(tree, cue.index):
                yield _belief(context, attribution, cue_span(attribution))


def _has_as(tree: Tree, verb: Token) -> bool:
    """Whether the verb says what something is taken for: *seen as a failure*; not *seen shaking hands*."""
    complements = tree.children(verb.index, "obl", "advcl", "xcomp", "ccomp")
    complements = [index for index in complements if tree.child(index, "nsubj") is None]
    marks = [mark for index in complements for mark in tree.children(index, "case", "mark")]
    return any(tree.tokens[index].text.lower() in ("as", "like") for index in marks)


def _is_naming(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether a rule or a document decides: *is considered a felony under the act*."""
    for index in tree.children(verb.index, "obl"):
        case = tree.child(index, "case")
        if case is not None and tree.tokens[case].text.lower() in ("under", "in", "for"):
            kinds = noun_kinds(context, tree.tokens[index])
            if "document" in kinds:
                return True
    return False


def _is_believer_told(context: Context, attribution: Attribution) -> bool:
    """Whether the sentence before tells who believes it."""
    sentence = context.sentence(attribution.sentence)
    believing = context.lexicon.words_for("believing")
    return any(
        speaks(other) and believing.intersection(cue_lemmas(other))
        for near in context.before(sentence, 1)
        for other in context.attributions_in(near)
    )


def _belief(context: Context, attribution: Attribution, span: Span) -> Match:
    return Match(
        span,
        f"“{context.text(span)}” does not say who thinks so",
        "Say whose view it is, or give the facts that it rests on.",
        claim=claim_id_at(context, span),
        attribution=attribution.id,
    )
