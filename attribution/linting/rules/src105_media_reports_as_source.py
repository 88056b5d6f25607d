"""SRC105: The source is “media reports”, “the press” or “it was reported”."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_CREDIT, NPR_ATTRIBUTION
from attribution.linting.context import Context
from attribution.linting.predicates import is_media, reports, speaker, words_with
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attitude, Attribution, Frame, SourceKind, Span, Token


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
        _, tree, head = found
        if not is_media(context, tree, head) or (_is_bare_media(tree, head) and attribution.frame is not Frame.PHRASE):
            continue
        words = context.text(attribution.source.spans)
        yield Match(
            attribution.source.spans[0],
            f"“{words}” is not a source a reader can judge",
            "Name the outlet that reported it, and link to its report where you can.",
            attribution=attribution.id,
        )


def _is_bare_media(tree: Tree, head: Token) -> bool:
    """Whether the noun is *the media* or *the press*, which are mentioned as often as they are cited."""
    return not words_with(tree, head, "amod", "compound") and bool(words_with(tree, head, "det"))


def _it_was_reported(context: Context, attribution: Attribution) -> Iterator[Match]:
    verbs = context.lexicon.words_for("medium-verb")
    if attribution.cue.lemma.split()[-1:] == [] or attribution.frame is not Frame.PASSIVE or attribution.negated:
        return
    if not verbs.intersection(attribution.cue.lemma.lower().split()):
        return
    sentence = context.sentence(attribution.sentence)
    cue = context.head(sentence, attribution.cue.spans)
    if cue is None:
        return
    tree = context.tree(sentence)
    if not tree.children(cue.index, "ccomp", "csubj", "xcomp") or tree.children(cue.index, "obl"):
        return  # no clause is relayed, or the place or the agent is given
    words = context.text(attribution.cue.spans)
    yield Match(
        Span(attribution.cue.spans[0].start, attribution.cue.spans[-1].end),
        f"“{words}” does not say who reported it",
        "Name the outlet that reported it, and link to its report where you can.",
        attribution=attribution.id,
    )
