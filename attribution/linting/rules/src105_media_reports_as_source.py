"""SRC105: The source is “media reports”, “the press” or “it was reported”."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_CREDIT, NPR_ATTRIBUTION
from attribution.linting.context import Context
from attribution.linting.predicates.claims import claim_id_at
from attribution.linting.predicates.cues import cue_span, cue_token, is_told_by_somebody, reports
from attribution.linting.predicates.source_nouns import is_media, speaker, words_with
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.linting.views import views_of_nobody
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, Frame, Sentence, SourceKind, Span, Token

NAME_IT = "Name the outlet that reported it, and link to its report where you can."
"""How to mend any of these."""

RELAYED = 3
"""How many sentences before may name the outlet whose report goes on."""


@Rule(
    id="SRC105",
    name="media-reports-as-source",
    summary="The source is “media reports”, “the press” or “it was reported”.",
    rationale="Reports are somebody's work: without the outlet's name a reader cannot tell a wire agency from a rumour,"
    " and the newsroom that did the work gets no credit.",
    bad="According to media reports, the mayor has quit.",
    good="The Harbour Post reported that the mayor has quit.",
    severity=Severity.WARNING,
    guidelines=(NPR_ATTRIBUTION, AP_CREDIT),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    more_specific_than=("SRC110",),
)
def media_reports_as_source(context: Context) -> Iterator[Match]:
    for attribution in context.attributions:
        if attribution.source.kind is SourceKind.AGENTLESS or not attribution.source.spans:
            yield from _it_was_reported(context, attribution)
            continue
        found = speaker(context, attribution)
        if found is None or not reports(attribution) or attribution.attitude is not Attitude.ASSERTION:
            continue
        sentence, tree, head = found
        if not is_media(context, tree, head) or (_is_bare_media(tree, head) and attribution.frame is not Frame.PHRASE):
            continue
        if _is_outlet_named(context, attribution, sentence):
            continue
        words = context.text(attribution.source.spans)
        yield Match(
            attribution.source.spans[0],
            f"“{words}” is not a source a reader can judge",
            NAME_IT,
            attribution=attribution.id,
        )
    for _, span in views_of_nobody(context, "rumour-noun"):
        yield _nobodys_report(context, span, claim_id_at(context, span))


def _is_bare_media(tree: Tree, head: Token) -> bool:
    """Whether the noun is *the media* or *the press*, which are mentioned as often as they are cited."""
    return not words_with(tree, head, "amod", "compound") and any(
        token.text.lower() == "the" for token in words_with(tree, head, "det")
    )


def _is_outlet_named(context: Context, attribution: Attribution, sentence: Sentence) -> bool:
    """Whether this sentence, the one before or the next names an outlet that says so."""
    return any(
        entity.kind is SourceKind.OUTLET and entity.named
        for near in (*context.before(sentence, 1), sentence, *context.after(sentence, 1))
        for other in context.attributions_in(near)
        if other.id != attribution.id
        for entity in context.entities(other)
    )


def _is_outlet_relayed(context: Context, attribution: Attribution) -> bool:
    """Whether the sentences before relay what an outlet with a name reports, and this one goes on: *also reported*."""
    sentence = context.sentence(attribution.sentence)
    return any(
        entity.kind.passes_on and entity.named
        for near in context.before(sentence, RELAYED)
        for other in context.attributions_in(near)
        for entity in context.entities(other)
    )


def _it_was_reported(context: Context, attribution: Attribution) -> Iterator[Match]:
    """*It is reported that*, *was reported to be calm*: a clause is relayed, and nobody who reported it is told."""
    if attribution.frame not in (Frame.PASSIVE, Frame.PHRASE) or attribution.negated:
        return
    verb = cue_token(context, attribution)
    if verb is None or verb.upos != "VERB" or is_told_by_somebody(context, attribution):
        return
    tree = context.tree(context.sentence(attribution.sentence))
    relayed = tree.children(verb.index, "ccomp", "csubj", "xcomp")
    if context.lexicon.words_for("medium-verb").isdisjoint(context.words_of(verb)) or not relayed:
        return
    if not tree.children(verb.index, "obl") and not _is_outlet_relayed(context, attribution):
        yield _nobodys_report(context, cue_span(attribution), claim_id_at(context, verb.span), attribution.id)


def _nobodys_report(context: Context, span: Span, claim: str | None, attribution: str | None = None) -> Match:
    message = f"“{context.text(span)}” does not say who reported it"
    return Match(span, message, NAME_IT, claim=claim, attribution=attribution)
